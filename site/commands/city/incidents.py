"""What is told of single batches: every verdict, every kind of recall, and every way of putting a mistake right."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from zuofang.site.commands.city.production import Works
from zuofang.site.commands.city.stories import Story
from zuofang.site.commands.city.workshops import Line, Maker
from zuofang.traceability.models import Method, ReceiverKind
from zuofang.traceability.verdict import Verdict

SCHOOL, CANTEEN, SUPERMARKET = ReceiverKind.school, ReceiverKind.canteen, ReceiverKind.supermarket
MARKET, SHOP, RESTAURANT = ReceiverKind.market, ReceiverKind.shop, ReceiverKind.restaurant


@dataclass(slots=True)
class Cast:
    """The workshops that stories are told of; as long as there is another one, none appears twice."""

    works: Works
    makers: list[Maker]

    def story(self, good: str) -> Story:
        """A story of a batch of this good, by a workshop that makes it."""
        maker, line = self._find(good)
        self.makers.remove(maker)
        self.makers.append(maker)
        return Story(self.works, maker, line)

    def _find(self, good: str) -> tuple[Maker, Line]:
        found = ((maker, line) for maker in self.makers for line in maker.lines if line.good.name == good)
        try:
            return next(found)
        except StopIteration:
            raise LookupError(f"nobody in the city makes {good}") from None


def tell(cast: Cast, ordered: list[Maker], revoked: list[Maker]) -> dict[Verdict, Story]:
    """Put every story on the agenda; the ones handed back stand for the verdict that a scan shows today."""
    _mistakes(cast)
    _quick_tests(cast)
    _seized(cast.works, ordered, revoked)
    recalled = _recalls(cast)
    return {
        Verdict.not_issued: cast.story("青豆老豆腐").made(1, labelled=False).tested(1).released(1),
        Verdict.do_not_eat: recalled,
        Verdict.not_released: cast.story("卤鸭胗").made(1),
        Verdict.past_date: cast.story("老卤鸭").made(24).tested(21).released(21).sent(20, MARKET, SHOP),
        Verdict.take_care: _lost_labels(cast),
        Verdict.released: cast.story("酱牛肉").made(6).tested(3).released(3).sent(2, SUPERMARKET, SCHOOL, SHOP),
    }


def _recalls(cast: Cast) -> Story:
    """One recall of each level, at three different stages, and one that was withdrawn. The gravest is handed back."""
    (
        cast.story("土榨花生油").made(58).tested(56).released(56).sent(54, SUPERMARKET, SHOP)
        .recalled(40, 2, "黄曲霉毒素B1超过限量").announced(39).finished(15)
    )  # fmt: skip
    cast.story("鹭洲千层饼").made(16).tested(13).released(13).sent(12, SHOP).recalled(1, 3, "标签漏标致敏物质芝麻")
    (
        cast.story("水磨年糕").made(50).tested(48).released(48).sent(47, SUPERMARKET, CANTEEN)
        .recalled(36, 2, "抽检二氧化硫不合格").announced(35).withdrawn(27, "样品编号错配，抽检结论已撤销")
        .unblocked(26, "召回已撤销").released(25, "召回撤销后重新放行")
    )  # fmt: skip
    return (
        cast.story("酱牛肉").made(13).tested(10).released(10).sent(9, SCHOOL, MARKET, RESTAURANT)
        .recalled(2, 1, "抽检检出单核细胞增生李斯特氏菌").announced(1)
    )  # fmt: skip


def _mistakes(cast: Cast) -> None:
    """Blocks, releases, sheets and deliveries that were taken back."""
    (
        cast.story("谷香米烧").made(44).tested(42).released(42).sent(41, SHOP)
        .blocked(33, "酒精度标注待核实").unblocked(30, "标注核实无误").released(29)
    )  # fmt: skip
    (
        cast.story("芝麻薄酥饼").made(30).tested(27).released(27).undone(27, "放行时选错了批号")
        .released(26).sent(25, SUPERMARKET)
    )  # fmt: skip
    (
        cast.story("水磨年糕").made(22).tested(20).released(20).annulled(19, "检验记录抄错了批号")
        .tested(18).released(18).sent(17, SUPERMARKET)
    )  # fmt: skip
    (
        cast.story("绿豆糕").made(12).tested(9).released(9).sent(8, SHOP, CANTEEN)
        .never_sent(7, "车辆故障，当日没有送出")
    )  # fmt: skip
    cast.story("霜降山茶油").made(34).tested(32).released(32).sent(30, SHOP).labels_lost(
        25, 31, 60, "一卷标签遗失"
    ).labels_found(22, 31, 60, "标签已找回，未使用")


def _quick_tests(cast: Cast) -> None:
    """A quick test that failed decides nothing; a regular one does, in either direction. One sheet is not finished."""
    quick = Method.quick
    cast.story("手打麻糍").made(1).tested(1, fails="二氧化硫")
    (
        cast.story("香卤鸡爪").made(24).tested(24, fails="亚硝酸盐", method=quick).tested(21).released(21)
        .sent(20, MARKET)
    )  # fmt: skip
    (
        cast.story("香卤鸡爪").made(6).tested(6, method=quick).released(6).sent(5, MARKET, CANTEEN)
        .tested(3, fails="菌落总数")
    )  # fmt: skip
    cast.story("桂花糕").made(4).tested(1, unfinished=True)


def _seized(works: Works, ordered: Iterable[Maker], revoked: Iterable[Maker]) -> None:
    """Batches that were made while the workshop was stopped, or after its certificate was gone."""
    suspended, cancelled = list(ordered)[1], next(iter(revoked))
    Story(works, suspended, suspended.lines[0]).made(12).blocked(11, "责令停产期间生产，已查封")
    Story(works, cancelled, cancelled.lines[0]).made(20).blocked(19, "登记证注销后生产，已查封")


def _lost_labels(cast: Cast) -> Story:
    story = cast.story("压榨菜籽油").made(19).tested(17).released(17).sent(15, SUPERMARKET, RESTAURANT)
    return story.labels_lost(6, 1, 40, "一卷标签在运输途中遗失")

"""What the regulator of the city found: records of every term class, and everything that can become of one.

One officer enters and puts forward, another approves and publishes; the daily clock does the rest. Days are counted
back from today, save those of records decided under the text of 2021, which lie where that text was in force.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import partial

from zuofang.credit.acts import records
from zuofang.credit.events import Annulled, Delisted, Event, Repaired, Stayed
from zuofang.credit.file import standing_of, value_of
from zuofang.credit.findings import Closure, Inspection, Objection, Reinspection, Sample
from zuofang.credit.measures import Interview, Rectification, Referral
from zuofang.credit.models import CreditRecord, RecordKind, SampleItem
from zuofang.credit.records import Dispute, Ground, Kind, Level, Listing, Outcome, Penalty, Record, Result, Tier
from zuofang.rules.calendar import ONE_DAY
from zuofang.site.commands.city.agenda import Agenda, Shift
from zuofang.site.commands.city.days import ago, later
from zuofang.site.commands.city.geography import CITY_BUREAU
from zuofang.site.commands.city.workshops import Maker
from zuofang.storage.acts import Desk

WHY = "示例城市：录入查处记录"
Made = Callable[[date], Record]
"""Makes the value of a record from the day of its decision or finding."""
Fate = Callable[[Desk, CreditRecord, date], object]
"""What becomes of a record on a day."""

OLD_TEXT, OLD_MINOR = date(2025, 10, 20), date(2025, 9, 10)
"""Days on which the text of 2021 was still in force."""


@dataclass(frozen=True, slots=True)
class Found:
    """One record: made so many days ago (or on a fixed day), published so many days later, and what became of it."""

    made: int | date
    value: Made
    title: str
    content: str
    published: int | None = 10
    fates: tuple[tuple[int, Fate], ...] = ()
    items: tuple[tuple[str, str, str, str], ...] = field(default=())

    def made_on(self, today: date) -> date:
        """The day of the decision or finding."""
        return self.made if isinstance(self.made, date) else ago(today, self.made)


def penalty(
    *kinds: Kind, fine: int | None = None, tier: Tier = Tier.ordinary, done_after: int | None = 9,
    restricted: int | None = None,
) -> Made:  # fmt: skip
    """A penalty; performed and put right so many days after, and restricted for so many days."""

    def made(on: date) -> Penalty:
        done = None if done_after is None else later(on, done_after)
        return Penalty(
            decided_on=on, kinds=frozenset(kinds), fine=None if fine is None else Decimal(fine), tier=tier,
            performed_on=done, rectified_on=done,
            restricted_until=None if restricted is None else later(on, restricted),
        )  # fmt: skip

    return made


def listing(ground: Ground) -> Made:
    """An entry in the serious-violation list, with the consent of the province."""
    return lambda on: Listing(listed_on=on, grounds=(ground,), level=Level.city, consent_on=on)


def failed(*, again: Outcome | None = None, objected: bool = False) -> Made:
    """A failed sample; the party asked for a re-inspection, or objected in vain."""

    def made(on: date) -> Sample:
        retest = Reinspection(asked_on=later(on, 6), concluded_on=later(on, 20), outcome=again) if again else None
        objection = Objection(
            about=Dispute.method, filed_on=later(on, 5), decided_on=later(on, 19), upheld=False
        )  # fmt: skip
        return Sample(
            concluded_on=on, outcome=Outcome.failed, served_on=later(on, 3), reinspection=retest,
            objections=(objection,) if objected else (),
        )  # fmt: skip

    return made


def passed(on: date) -> Sample:
    """A passed sample."""
    return Sample(concluded_on=on, outcome=Outcome.passed)


def inspected(result: Result) -> Made:
    """An inspection and its result."""
    return lambda on: Inspection(found_on=on, result=result)


def happens(event: type[Event], why: str) -> Fate:
    """An event on the day of the fate."""
    return lambda desk, record, on: records.happened(desk, record, event(on=on, why=why), WHY)


def corrected(title: str, content: str) -> Fate:
    """What it says is put right; the facts stay as they are."""

    def fate(desk: Desk, record: CreditRecord, _on: date) -> None:
        value = value_of(record)
        if value is not None:
            records.correct(desk, record, "文书录入有误", title=title, content=content, value=value)

    return fate


def withdrawn(why: str) -> Fate:
    """The bureau takes it back."""
    return lambda desk, record, _on: records.withdraw(desk, record, why, WHY)


def replied(text: str) -> Fate:
    """The workshop answers."""
    return lambda desk, record, _on: records.reply(desk, record, text, "作坊的回应")


FINE = Kind.fine
SULPHUR = (("二氧化硫残留量", "0.08", "不得使用", "fails"), ("铅", "0.05", "≤0.2", "conforms"))
SORBIC = (("山梨酸及其钾盐", "0.12", "≤0.075", "fails"), ("菌落总数", "120", "≤10000", "conforms"))
CLEAN = (("铅", "0.03", "≤0.2", "conforms"), ("山梨酸及其钾盐", "未检出", "≤0.075", "conforms"))

FILES: tuple[tuple[Found, ...], ...] = (
    (
        Found(40, penalty(FINE, fine=500, tier=Tier.lighter), "预包装食品标签缺少贮存条件",
              "预包装食品标签没有标注贮存条件，责令改正，罚款 500 元。", 9,
              ((21, replied("标签已经重印，旧标签全部销毁。")),)),
        Found(72, inspected(Result.largely_conforming), "日常监督检查", "检查 36 项，2 项不符合，责令当场改正。"),
    ),
    (
        Found(19, penalty(Kind.shut_down, FINE, fine=12000, done_after=None, restricted=60),
              "生产场所卫生条件严重不符合要求",
              "车间地面积水、墙面霉斑，责令停产停业，罚款 12000 元。", 8),
        Found(24, inspected(Result.not_conforming), "飞行检查", "检查 41 项，9 项不符合，移交立案。", 8),
    ),
    (
        Found(46, penalty(Kind.permit_revoked, Kind.goods_confiscated, FINE, fine=60000, tier=Tier.heavier),
              "用超过保质期的原料加工食品",
              "用超过保质期的冻肉加工熟肉制品，情节严重，吊销登记证，罚款 60000 元。", 8),
        Found(38, listing(Ground.over_limit), "列入严重违法失信名单",
              "用超过保质期的原料加工食品，受到较重行政处罚。", 9),
    ),
    (
        Found(100, penalty(FINE, fine=1500), "三个批次未做出厂检验", "三个批次的食品未经检验出厂，罚款 1500 元。", 12,
              ((50, replied("已与加工区检验室签订检验协议，每批必检。")),)),
        Found(9, penalty(FINE, fine=1000), "没有进货台账", "没有保存原料进货凭证，拒不改正，罚款 1000 元。", None),
    ),
    (Found(150, penalty(FINE, fine=800, tier=Tier.lighter), "健康证明过期", "两人健康证明过期，罚款 800 元。"),),
    (
        Found(118, penalty(FINE, fine=2000), "成品库与原料库没有分开", "原料与成品混放，罚款 2000 元。", 12,
              ((41, happens(Annulled, "行政复议撤销原决定")),)),
    ),
    (
        Found(130, penalty(FINE, fine=3000), "使用过期酱油", "使用超过保质期的酱油，罚款 3000 元。", 12,
              ((58, corrected("使用过期料酒", "使用超过保质期的料酒，罚款 3000 元。")),)),
    ),
    (
        Found(70, failed(again=Outcome.failed, objected=True), "", "", 24, items=SULPHUR),
        Found(210, passed, "", "", 12, items=CLEAN),
    ),
    (Found(OLD_TEXT, penalty(FINE, fine=6000), "使用未经登记的场所加工", "在登记地址以外加工食品，罚款 6000 元。",
           fates=((10, happens(Repaired, "准予信用修复")),)),),
    (Found(60, listing(Ground.false_application), "列入严重违法失信名单", "提供虚假材料取得登记。", 9),),
    (Found(OLD_MINOR, penalty(FINE, fine=300), "没有悬挂登记证", "没有在显著位置悬挂登记证，罚款 300 元。"),),
    (
        Found(64, failed(again=Outcome.passed), "", "", 24, items=SORBIC),
        Found(90, penalty(FINE, fine=1200), "索证索票不全", "原料没有索取合格证明，罚款 1200 元。", 12,
              ((30, withdrawn("当事人名称相同，录错了作坊")),)),
    ),
    (
        Found(OLD_TEXT, penalty(Kind.gains_confiscated, FINE, fine=5000), "标注虚假生产日期",
              "标注虚假生产日期，没收违法所得，罚款 5000 元。"),
        Found(55, penalty(FINE, fine=1800), "广告用语不实", "宣传食品具有治疗作用，罚款 1800 元。", 10,
              ((12, happens(Stayed, "法院裁定停止执行")),)),
    ),
    (Found(33, inspected(Result.conforming), "日常监督检查", "检查 38 项，全部符合。"),),
    (Found(28, passed, "", "", 9, items=CLEAN),),
    (Found(500, listing(Ground.obstruction), "列入严重违法失信名单", "拒绝、阻碍监督检查。",
           fates=((40, happens(Delisted, "符合条件，准予移出")),)),),
)  # fmt: skip
"""One file for each of the first workshops; a sample without a title is of the workshop's first product."""
KINDS: dict[type[Record], RecordKind] = {
    Penalty: RecordKind.penalty,
    Listing: RecordKind.listing,
    Sample: RecordKind.sample,
    Inspection: RecordKind.inspection,
    Closure: RecordKind.closure,
    Interview: RecordKind.interview,
    Rectification: RecordKind.rectification,
    Referral: RecordKind.referral,
}
PREFIXES = {
    RecordKind.penalty: "清市监处罚",
    RecordKind.listing: "清市监信列",
    RecordKind.sample: "清市监抽",
    RecordKind.inspection: "清市监检",
    RecordKind.closure: "清市监关",
    RecordKind.interview: "清市监约",
    RecordKind.rectification: "清市监改",
    RecordKind.referral: "清市监移",
}


def plan_findings(agenda: Agenda, makers: Sequence[Maker]) -> None:
    """Put every record and what became of it on the agenda, one file for each workshop."""
    number = 100
    for maker, file in zip(makers, FILES, strict=False):
        for found in file:
            number += 1
            plan(agenda, maker, found, number)


def plan(agenda: Agenda, maker: Maker, found: Found, number: int) -> CreditRecord:
    """Put a record and what became of it on the agenda; one that is never public is entered and nothing more."""
    made_on = found.made_on(agenda.today)
    record = _record(maker, found, made_on, number)
    agenda.add(later(made_on, 1), Shift.bureau, partial(_enter, record, found.value(made_on)))
    published = None if found.published is None else later(made_on, found.published)
    if record.kind is not RecordKind.referral:
        agenda.add(published or later(made_on, 2), Shift.review, partial(approve, agenda, record, published))
    for days_ago, fate in found.fates:
        on = ago(agenda.today, days_ago)
        agenda.add(on, Shift.review, partial(_befall, agenda, record, fate, on))
    return record


def _record(maker: Maker, found: Found, made_on: date, number: int) -> CreditRecord:
    kind = KINDS[type(found.value(made_on))]
    food = maker.lines[0].good.name
    return CreditRecord(
        kind=kind, workshop_id=maker.workshop.id, party=maker.workshop.name, authority=CITY_BUREAU,
        document=f"{PREFIXES[kind]}〔{made_on.year}〕{number} 号", made_on=made_on, title=found.title or food,
        content=found.content,
        items=[
            SampleItem(position=place, item=item, result=result, limit=limit, judgement=judgement)
            for place, (item, result, limit, judgement) in enumerate(found.items, 1)
        ],
    )  # fmt: skip


def _enter(record: CreditRecord, value: Record, desk: Desk) -> None:
    records.enter(desk, record, value, WHY)
    records.propose(desk, record, "提交审核")


def approve(agenda: Agenda, record: CreditRecord, published: date | None, desk: Desk) -> None:
    """Another officer approves a record, and publishes it on its day."""
    desk.session.add(record)
    records.approve(desk, record, "审核无误")
    if published is not None:
        records.publish(desk, record, published, "依法公示")
        _end(agenda, record, desk)


def _befall(agenda: Agenda, record: CreditRecord, fate: Fate, on: date, desk: Desk) -> None:
    desk.session.add(record)
    fate(desk, record, on)
    _end(agenda, record, desk)


def _end(agenda: Agenda, record: CreditRecord, desk: Desk) -> None:
    """Put the take-down on the agenda, where by what is known now the record is not public today."""
    found = standing_of(record, agenda.today, desk.rules)
    if not found.public and found.last_day is not None and record.taken_down_on is None:
        over = max(found.last_day + ONE_DAY, desk.today)
        agenda.add(over, Shift.review, partial(_take_down, record, over))


def _take_down(record: CreditRecord, on: date, desk: Desk) -> None:
    desk.session.add(record)
    if record.taken_down_on is None and not standing_of(record, on, desk.rules).public:
        records.take_down(desk, record, on, "依法停止公示")

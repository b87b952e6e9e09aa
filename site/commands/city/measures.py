"""Records that hang together: from a flying inspection to food that passed again, a trade called in, a case at the
police, a place that was closed and came back, papers that were changed, an evaluation, and food of nobody.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from functools import partial

from zuofang.credit.acts import facts, honours, interviews, links, records
from zuofang.credit.findings import Closure, Handling, Inspection, Sample, Sort
from zuofang.credit.measures import Called, Interview, Rectification, Referral
from zuofang.credit.models import (
    CreditRecord,
    Evaluation,
    EvaluationPart,
    HonourKind,
    LinkKind,
    LookBack,
    Outside,
    RecordKind,
    Revisit,
    SampleItem,
)
from zuofang.credit.records import Kind, Outcome, Result, Tier
from zuofang.site.commands.city.agenda import Agenda, Shift
from zuofang.site.commands.city.days import ago, later
from zuofang.site.commands.city.findings import CLEAN, SORBIC, WHY, Found, approve, failed, penalty, plan, replied
from zuofang.site.commands.city.geography import CITY_BUREAU, EAST
from zuofang.site.commands.city.workshops import Maker
from zuofang.storage.acts import Desk
from zuofang.traceability.acts import operators

BASIS = "浙江省食品小作坊小餐饮店小食杂店和食品摊贩管理规定 第二十条"
FIVE_S = ("整理", "整顿", "清扫", "清洁", "素养")
LED, RECHECKED, RESAMPLED = LinkKind
TRADE = "酱卤肉制品"


def plan_measures(agenda: Agenda, tenants: Sequence[Maker], closed: Sequence[Maker]) -> None:
    """Put all of it on the agenda; the workshops are those of whom nothing else is told."""
    _plan_story(agenda, tenants[1])
    _plan_referral(agenda, tenants[2])
    _plan_closure(agenda, closed[1])
    _plan_papers(agenda, tenants[1])
    _plan_evaluation(agenda, tenants[3])
    agenda.add(ago(agenda.today, 34), Shift.bureau, partial(_call_in, agenda))
    agenda.add(ago(agenda.today, 27), Shift.bureau, partial(_food_of_nobody, agenda))


def _plan_story(agenda: Agenda, maker: Maker) -> None:
    """From a flying inspection over a failed sample to a penalty, and from an order to rectify to food that passed."""
    first, order, again, sample, fine, resample, _talk = (
        plan(agenda, maker, found, 300 + number) for number, found in enumerate(_story())
    )
    ties = (
        (first, order, LED, 56), (order, again, RECHECKED, 39), (sample, fine, LED, 33),
        (sample, resample, RESAMPLED, 14),
    )  # fmt: skip
    for earlier, after, kind, days_ago in ties:
        agenda.add(ago(agenda.today, days_ago), Shift.bureau, partial(_link, earlier, after, kind))
    put_right = ago(agenda.today, 40)
    agenda.add(later(put_right, 1), Shift.bureau, partial(_learn, order, "accepted_on", put_right))


def _story() -> tuple[Found, ...]:
    return (
        Found(58, lambda on: Inspection(
            found_on=on, result=Result.not_conforming, sort=Sort.unannounced, handling=Handling.rectify, items=44,
            faults=6, rectify_by=later(on, 15),
        ), "飞行检查", "防鼠设施破损，成品与原料混放，书面责令限期整改。", 8),
        Found(58, lambda on: Rectification(
            ordered_on=on, demands="修补防鼠设施，成品与原料分库存放", basis="食品生产经营监督检查管理办法 第三十二条",
            due_on=later(on, 15), done_on=later(on, 14),
        ), "限期整改", "十五日内修补防鼠设施，成品与原料分库存放。", 8),
        Found(42, lambda on: Inspection(
            found_on=on, result=Result.conforming, sort=Sort.routine, handling=Handling.passed, items=44, faults=0,
        ), "整改复查", "六项问题全部改正。", 8),
        Found(54, failed(), "", "", 15, items=SORBIC),
        Found(36, penalty(Kind.fine, fine=3000, tier=Tier.ordinary), "食品添加剂超过限量",
              "一批酱卤肉的山梨酸超过限量，罚款 3000 元。", 8,
              ((20, replied("配料改为电子秤称量，双人复核。")),)),
        Found(16, lambda on: Sample(concluded_on=on, outcome=Outcome.passed), "", "", 8, items=CLEAN),
        Found(30, lambda on: Interview(
            held_on=on, ground="监督检查和抽检都有不合格", promised="每批称量双人复核，检验合格再出厂",
            promised_until=later(on, 20), kept_on=later(on, 19),
        ), "个别约谈", "当面指出问题，经营者当场承诺整改。", 6),
    )  # fmt: skip


def _plan_referral(agenda: Agenda, maker: Maker) -> None:
    crime = Found(
        25, lambda on: Referral(
            referred_on=on, suspicion="生产、销售有毒、有害食品罪", to="清溪市公安局", accepted_on=later(on, 6),
        ),
        "移送公安机关", "案件移送公安机关。", None,
    )  # fmt: skip
    plan(agenda, maker, crime, 320)


def _plan_closure(agenda: Agenda, maker: Maker) -> None:
    """A place without a certificate is closed, quiet at first, and back at work when it was looked at again."""
    shut = Found(
        52, lambda on: Closure(closed_on=on, basis=BASIS), "关闭无证加工点", "撤销登记以后继续加工，予以关闭。", 8
    )
    back = Found(
        9, lambda on: Closure(closed_on=on, basis=BASIS), "再次关闭无证加工点", "关闭以后又恢复加工，再次关闭。", 4
    )
    first, second = (plan(agenda, maker, found, 330 + number) for number, found in enumerate((shut, back)))
    for planned, on, noted, found, words, record in (
        (50, 30, 30, Revisit.quiet, "场所已经清空，没有加工。", None),
        (29, 10, 7, Revisit.resurged, "设备又在运转，当场封存。", second),
    ):
        agenda.add(ago(agenda.today, planned), Shift.bureau, partial(_plan_visit, first, ago(agenda.today, on)))
        agenda.add(ago(agenda.today, noted), Shift.review, partial(_visit, first, found, words, record))
    agenda.add(ago(agenda.today, 5), Shift.bureau, partial(_plan_visit, second, later(agenda.today, 25)))


def _plan_papers(agenda: Agenda, maker: Maker) -> None:
    """What its certificate covers is changed, once by mistake."""
    for days_ago, scope in ((61, "酱卤肉制品、凉拌菜"), (45, "酱卤肉制品、豆制品")):
        agenda.add(
            ago(agenda.today, days_ago), Shift.bureau, partial(_change, maker, ago(agenda.today, days_ago), scope)
        )
        if days_ago == 61:
            agenda.add(ago(agenda.today, days_ago), Shift.review, partial(_undo_change, maker))


def _plan_evaluation(agenda: Agenda, maker: Maker) -> None:
    on = ago(agenda.today, 22)
    points = (19, 18, 18, 19, 18)
    made = Evaluation(
        kind=HonourKind.five_s, workshop_id=maker.workshop.id, evaluated_on=on, evaluated_by=CITY_BUREAU, passed=True,
        form="食品生产加工小作坊“5S”现场管理评价表", score=Decimal(sum(points)),
        parts=[
            EvaluationPart(name=name, score=Decimal(score), most=Decimal(20))
            for name, score in zip(FIVE_S, points, strict=True)
        ],
    )  # fmt: skip
    agenda.add(on, Shift.bureau, lambda desk: honours.evaluate(desk, made, "示例城市：5S 评价验收"))


def _call_in(agenda: Agenda, desk: Desk) -> None:
    """The trade whose samples failed most is called in, and one stays away."""
    called = interviews.of_trade(desk, TRADE, EAST.code)
    on = ago(agenda.today, 34)
    told = Interview(
        held_on=on, ground="近来酱卤肉抽检，山梨酸和菌落总数不合格较多", called=Called.trade, trade=TRADE,
        place=EAST.name, promised="添加剂专人称量，每批留样", promised_until=later(on, 60),
    )  # fmt: skip
    absent = frozenset(one.id for one in called[-1:])
    meeting = interviews.Meeting(
        told, f"清市监约〔{on.year}〕2 号", CITY_BUREAU, "集中通报情况，集中宣贯学习，集中讨论对策。", absent
    )
    for record in interviews.call_in(desk, meeting, called, "示例城市：行业约谈"):
        published = later(on, 10)
        agenda.add(published, Shift.review, partial(approve, agenda, record, published))


def _food_of_nobody(agenda: Agenda, desk: Desk) -> None:
    """Food was sampled at a market whose maker nobody could find: set aside as made without a certificate."""
    on = ago(agenda.today, 28)
    record = CreditRecord(
        kind=RecordKind.sample, party="标称“渡口老李家”，无证", authority=CITY_BUREAU, made_on=on, title="散装卤鸭脖",
        document=f"清市监抽〔{on.year}〕340 号", content="在渡口街道菜市场抽样，包装上的作坊查无登记。",
        items=[SampleItem(position=1, item=SORBIC[0][0], result="0.31", limit=SORBIC[0][2], judgement="fails")],
    )  # fmt: skip
    records.enter(desk, record, failed()(on), WHY)
    records.propose(desk, record, "提交审核")
    records.set_outside(desk, record, Outside.unlicensed, "查无登记，按无证生产处理")
    agenda.add(later(on, 12), Shift.review, partial(approve, agenda, record, later(on, 12)))


def _link(earlier: CreditRecord, after: CreditRecord, kind: LinkKind, desk: Desk) -> None:
    desk.session.add_all((earlier, after))
    links.link(desk, earlier, after, kind, WHY)


def _learn(record: CreditRecord, fact: str, on: date, desk: Desk) -> None:
    desk.session.add(record)
    facts.learn(desk, record, fact, on, "复查合格")


def _plan_visit(closure: CreditRecord, on: date, desk: Desk) -> None:
    desk.session.add(closure)
    links.plan_visit(desk, closure, on, "防止死灰复燃")


def _visit(closure: CreditRecord, found: Revisit, words: str, record: CreditRecord | None, desk: Desk) -> None:
    planned = desk.session.query(LookBack).filter_by(closure_id=closure.id, visited_on=None).first()
    if planned is not None:
        new = None if record is None else desk.session.get_one(CreditRecord, record.id)
        links.visited(desk, planned, planned.planned_on, found, words, "回头看", new)


def _change(maker: Maker, on: date, scope: str, desk: Desk) -> None:
    operators.change_certificate(desk, maker.certificates[-1].id, on, scope, "申请变更品种")


def _undo_change(maker: Maker, desk: Desk) -> None:
    paper = desk.session.merge(maker.certificates[-1])
    operators.undo_paper_event(desk, paper.events[-1], "品种录错")

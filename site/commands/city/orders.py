"""Orders that close, suspend or correct a workshop, and certificates that are taken away and given back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from zuofang.site.commands.city.agenda import Agenda, Shift
from zuofang.site.commands.city.days import ago
from zuofang.site.commands.city.workshops import Maker
from zuofang.storage.acts import Desk
from zuofang.traceability.acts import operators
from zuofang.traceability.models import RestrictionKind

WHY = "示例城市：监管决定"
RULES = "浙江省食品小作坊小餐饮店小食杂店和食品摊贩管理规定"
CLOSED, SUSPENDED, RECTIFYING = RestrictionKind


@dataclass(frozen=True, slots=True)
class Order:
    """An order on one of the home workshops, so many days ago; ``lifted`` is empty while it runs."""

    kind: RestrictionKind
    since: int
    lifted: int | None
    ground: str
    article: str


@dataclass(frozen=True, slots=True)
class Revocation:
    """A certificate taken away so many days ago, and perhaps given back."""

    on: int
    given_back: int | None
    why: str


ORDERS = (
    Order(RECTIFYING, 30, None, "预包装食品标签缺少净含量和贮存条件", "第二十一条第一款第二项"),
    Order(SUSPENDED, 18, None, "生产场所卫生条件严重不符合要求", "第二十一条第一款第一项"),
    Order(CLOSED, 45, None, "用超过保质期的原料加工食品，情节严重", "第二十三条"),
    Order(RECTIFYING, 12, None, "三个批次未做出厂检验", "第二十一条第一款第三项"),
    Order(RECTIFYING, 120, 96, "从业人员健康证明过期", "第二十一条第四款"),
    Order(RECTIFYING, 75, 52, "原料库与成品库没有分开", "第二十一条第一款第一项"),
    Order(SUSPENDED, 140, 110, "车间鼠迹明显，防护设施失效", "第二十一条第一款第一项"),
    Order(RECTIFYING, 61, 41, "散装食品容器上没有标明生产日期", "第二十一条第一款第二项"),
)
REVOCATIONS = (
    Revocation(33, None, "经营者申请注销"),
    Revocation(58, None, "提供虚假材料取得登记，撤销登记"),
    Revocation(140, None, "经营者去世，家属申请注销"),
    Revocation(50, 28, "地址核实有误，误作注销"),
)


def plan_orders(agenda: Agenda, makers: Sequence[Maker]) -> None:
    """Put every order on the agenda, one workshop each, and keep the workshop from working meanwhile."""
    for number, (maker, order) in enumerate(zip(makers, ORDERS, strict=False), 11):
        since = ago(agenda.today, order.since)
        until = None if order.lifted is None else ago(agenda.today, order.lifted)
        if order.kind is not RECTIFYING:
            maker.pauses.append((since, until or agenda.today))
        agenda.add(since, Shift.bureau, partial(_restrict, agenda, maker, order, since, until, number))


def plan_revocations(agenda: Agenda, makers: Sequence[Maker]) -> None:
    """Put every revocation on the agenda, one workshop each."""
    for maker, told in zip(makers, REVOCATIONS, strict=False):
        on = ago(agenda.today, told.on)
        back = agenda.today if told.given_back is None else ago(agenda.today, told.given_back)
        maker.pauses.append((on, back))
        agenda.add(on, Shift.bureau, partial(_revoke, maker, on, told.why))
        if told.given_back is not None:
            agenda.add(back, Shift.bureau, partial(_give_back, maker))


def _restrict(
    agenda: Agenda, maker: Maker, order: Order, since: date, until: date | None, number: int, desk: Desk
) -> None:
    desk.session.add(maker.workshop)
    restriction = operators.restrict(
        desk, maker.workshop, order.kind, since, WHY, ground=order.ground, article=f"{RULES} {order.article}",
        document=f"清市监责〔{since.year}〕{number} 号",
    )  # fmt: skip
    if until is not None:
        agenda.add(until, Shift.bureau, partial(_lift, restriction.id, maker, until))


def _lift(restriction: int, maker: Maker, until: date, desk: Desk) -> None:
    desk.session.add(maker.workshop)
    operators.lift_restriction(desk, restriction, until, "复查合格")


def _revoke(maker: Maker, on: date, why: str, desk: Desk) -> None:
    desk.session.add(maker.workshop)
    operators.revoke_certificate(desk, maker.certificates[-1].id, on, why)


def _give_back(maker: Maker, desk: Desk) -> None:
    desk.session.add(maker.workshop)
    operators.reinstate_certificate(desk, maker.certificates[-1].id, "注销有误，予以恢复")

"""What stands behind the honours of the city: evaluations on the spot, bearers and apprentices, and places of sale."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from functools import partial

from sqlalchemy import select

from zuofang.credit.acts import brands, honours
from zuofang.credit.models import (
    Bearer,
    BearerRole,
    Evaluation,
    EvaluationPart,
    Honour,
    HonourKind,
    Outlet,
    OutletKind,
)
from zuofang.site.commands.city.agenda import Agenda, Shift
from zuofang.site.commands.city.days import ago, later
from zuofang.site.commands.city.geography import CITY_BUREAU
from zuofang.site.commands.city.workshops import Maker
from zuofang.site.commands.city.zones import FoundedZone
from zuofang.storage.acts import Desk

WHY = "示例城市：录入品牌"
ENTERED = 3
"""Days ago on which all of it was entered."""
BEARERS = {
    "清溪卤味制作技艺传承人工作室": (("方守拙", BearerRole.bearer, 1400), ("方晓禾", BearerRole.apprentice, 700),
                                     ("林阿满", BearerRole.apprentice, 420)),
    "鹭洲木模糕点制作技艺": (("周桂香", BearerRole.bearer, 2100), ("周小棠", BearerRole.apprentice, 900)),
    "云岭水碓年糕制作技艺": (("蓝石生", BearerRole.bearer, 1800),),
}  # fmt: skip
"""By the title of the honour: name, role, and the days ago on which it began."""
OF_ZONES = {
    "beixi-luwei": ((OutletKind.shop, "北溪卤直营店", "溪东区渡口路 9 号", 500, None),
                    (OutletKind.fair, "清溪市冬季特产展销会", "溪东区会展中心", -10, -14)),
    "luhu-gaodian": ((OutletKind.scenic_counter, "九孔桥景区特产专柜", "鹭湖县九孔桥景区南门", 300, None),
                     (OutletKind.online, "鹭洲点心旗舰店", "各大网购平台搜“鹭洲点心”", 260, None)),
    "yunling-mifen": ((OutletKind.scenic_counter, "水碓文化园专柜", "云岭县碓头镇水碓文化园", 200, None),),
}  # fmt: skip
"""By the slug of the zone: kind, name, place, the days ago of the first day and of the last."""
POINTS = ("19", "18", "19.5", "18", "19")
FULL = Decimal(20)


def plan_wall(agenda: Agenda, zones: Sequence[FoundedZone], tenants: Sequence[Maker]) -> None:
    """Put everything behind the honours on the agenda of the bureau."""
    on = ago(agenda.today, ENTERED)
    agenda.add(on, Shift.bureau, partial(_enter_bearers, agenda.today))
    agenda.add(on, Shift.bureau, partial(_evaluate, agenda.today))
    for founded in zones:
        for kind, name, place, since, until in OF_ZONES.get(founded.plan.slug, ()):
            outlet = Outlet(
                zone_id=founded.zone.id, kind=kind, name=name, place=place, since=ago(agenda.today, since),
                until=None if until is None else ago(agenda.today, until),
            )  # fmt: skip
            agenda.add(on, Shift.bureau, partial(_open, outlet))
    for maker in tenants[:9:3]:
        outlet = Outlet(
            workshop_id=maker.workshop.id, kind=OutletKind.shop, name=f"{maker.workshop.name}门店",
            place="溪东区菜市街 21 号", since=ago(agenda.today, 400),
        )  # fmt: skip
        agenda.add(on, Shift.bureau, partial(_open, outlet))


def _open(outlet: Outlet, desk: Desk) -> None:
    brands.open_outlet(desk, outlet, WHY)


def _enter_bearers(today: date, desk: Desk) -> None:
    for honour in desk.session.scalars(select(Honour).where(Honour.title.in_(BEARERS)).order_by(Honour.id)):
        for name, role, since in BEARERS[honour.title]:
            bearer = Bearer(honour_id=honour.id, name=name, role=role, since=ago(today, since))
            brands.enter_bearer(desk, bearer, WHY)


def _evaluate(today: date, desk: Desk) -> None:
    """The evaluation by which each workshop came to its honour, by the form of its kind."""
    judged = (HonourKind.five_s, HonourKind.fine_workshop)
    granted = select(Honour).where(Honour.kind.in_(judged), Honour.workshop_id.is_not(None)).order_by(Honour.id)
    for honour in desk.session.scalars(granted):
        on = min(later(honour.since, -20), today)
        honours.evaluate(desk, _evaluation(desk, honour, on), WHY)


def _evaluation(desk: Desk, honour: Honour, on: date) -> Evaluation:
    five = honour.kind is HonourKind.five_s
    names = desk.rules.parameters("honour.five_s.parts", on).words if five else ()
    parts = [
        EvaluationPart(name=name, score=Decimal(points), most=FULL) for name, points in zip(names, POINTS, strict=False)
    ]
    return Evaluation(
        kind=honour.kind, workshop_id=honour.workshop_id, honour_id=None, applied_on=None, evaluated_on=on,
        evaluated_by=CITY_BUREAU, passed=True, parts=parts,
        form="食品生产加工小作坊“5S”现场管理评价表" if five else "浙江省名特优食品作坊验收评分表",
        score=sum((part.score for part in parts), Decimal(0)) if five else Decimal(93),
    )  # fmt: skip

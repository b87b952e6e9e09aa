"""Founding the six zones: units, findings, steps to acceptance, laboratories and what they are accredited for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from zuofang.site.commands.city.days import ago, later
from zuofang.site.commands.city.geography import CITY_BUREAU, FOOD_OFFICE
from zuofang.site.commands.city.standards import find_standards
from zuofang.site.commands.city.zone_plans import PLANS, Accredited, ZonePlan
from zuofang.storage.acts import Desk
from zuofang.traceability.acts import laboratories
from zuofang.traceability.acts import zones as acts
from zuofang.traceability.models import Laboratory, Zone, ZoneStepKind, ZoneUnit

WHY = "示例城市：录入加工区"
CENTRE = "清溪市食品检验检测中心"
SHARED = "清溪市小微食品共享检验室"


@dataclass(frozen=True, slots=True)
class FoundedZone:
    """A zone in the register, with its units and its laboratory where it has one."""

    plan: ZonePlan
    zone: Zone
    units: tuple[ZoneUnit, ...]
    laboratory: Laboratory | None


@dataclass(frozen=True, slots=True)
class Outside:
    """Laboratories that belong to no zone: the city's accredited centre, and a shared one that has no accreditation."""

    centre: Laboratory
    shared: Laboratory


def found_zones(desk: Desk, today: date) -> list[FoundedZone]:
    """Enter all six zones."""
    return [_found(desk, plan, today) for plan in PLANS]


def found_laboratories(desk: Desk, today: date) -> Outside:
    """Enter the two laboratories outside the zones; the centre may test every item of the rules."""
    centre = laboratories.add_laboratory(desk, CENTRE, None, WHY)
    everything = {item for category in desk.rules.limits.categories for item in _items(desk, category, today)}
    scope = Accredited("203399000001", -5 * 365, 365 + 60, tuple(sorted(everything)))
    _accredit(desk, centre, scope, today)
    return Outside(centre, laboratories.add_laboratory(desk, SHARED, None, WHY))


def _items(desk: Desk, category: str, on: date) -> list[str]:
    return [line.item.name for line in desk.rules.limits.sheet(category, on)]


def _found(desk: Desk, plan: ZonePlan, today: date) -> FoundedZone:
    zone = acts.found_zone(desk, _zone(plan), WHY)
    units = tuple(acts.add_unit(desk, zone, f"A-{n:02d}", _cameras(plan, n), WHY) for n in range(1, plan.units + 1))
    for number, (kind, days_ago) in enumerate(plan.steps, 3):
        _take_step(desk, zone, kind, ago(today, days_ago), number)
    find_standards(desk, zone, plan.findings, _measured(plan), today, plan.steps[-1][1])
    return FoundedZone(plan, zone, units, _laboratory(desk, plan, zone, today))


def _zone(plan: ZonePlan) -> Zone:
    return Zone(
        slug=plan.slug, name=plan.name, district_code=plan.place.code, address=f"{plan.place.name}{plan.street}",
        manager=plan.manager, phone=plan.phone, area=None if plan.area is None else Decimal(plan.area),
        map_x=plan.at[0], map_y=plan.at[1], brand=plan.brand.name, brand_mark=plan.brand.mark, story=plan.brand.story,
        brand_en=plan.brand.name_en, story_en=plan.brand.story_en,
    )  # fmt: skip


def _take_step(desk: Desk, zone: Zone, kind: ZoneStepKind, on: date, number: int) -> None:
    match kind:
        case ZoneStepKind.applied | ZoneStepKind.built:
            by, report = zone.manager, None
        case ZoneStepKind.first_review:
            by, report = CITY_BUREAU, f"清市监初评〔{on.year}〕{number} 号"
        case ZoneStepKind.accepted | ZoneStepKind.confirmed:
            by, report = FOOD_OFFICE, f"清食安办〔{on.year}〕{number} 号"
    acts.take_step(desk, zone, kind, on, WHY, by=by, report=report)


def _cameras(plan: ZonePlan, number: int) -> int | None:
    """A few units are short of cameras; where nobody has moved in yet, nobody has counted them."""
    if number > plan.units - plan.short_of_cameras:
        return 3
    if plan.laboratory is None and number > plan.tenants:
        return None
    return 4 + number % 3


def _measured(plan: ZonePlan) -> dict[str, str]:
    return {
        "floor_area": f"建筑面积 {plan.area} 平方米",
        "units": f"已进驻 {plan.tenants} 家",
        "cameras": "每个单元监控点位 4 至 6 个",
    }


def _laboratory(desk: Desk, plan: ZonePlan, zone: Zone, today: date) -> Laboratory | None:
    if plan.laboratory is None:
        return None
    laboratory = laboratories.add_laboratory(desk, plan.laboratory, zone, WHY)
    for scope in plan.accredited:
        _accredit(desk, laboratory, scope, today)
    return laboratory


def _accredit(desk: Desk, laboratory: Laboratory, scope: Accredited, today: date) -> None:
    since, until = (later(today, days) for days in (scope.since, scope.until))
    laboratories.accredit(desk, laboratory, scope.number, since, until, scope.items, WHY)

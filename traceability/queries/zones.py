"""The processing zones (集中加工区) as a list and as points on a schematic map."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import BindParameter, Connection, bindparam, func, or_, select

from zuofang.rules.book import RuleBook
from zuofang.traceability.models import (
    Accreditation,
    Laboratory,
    StandardState,
    Tenancy,
    Zone,
    ZoneStandard,
    ZoneStep,
    ZoneStepKind,
    ZoneUnit,
)
from zuofang.traceability.queries.districts import district_names
from zuofang.traceability.queries.rows import AnyRow

ON: BindParameter[date] = bindparam("on")


@dataclass(frozen=True, slots=True)
class ZoneLine:
    """A zone in a list. ``met`` of the ``standards`` in force are met; ``accredited`` counts laboratories."""

    id: int
    slug: str
    name: str
    brand: str | None
    brand_en: str | None
    brand_mark: str | None
    district: str | None
    map_x: int | None
    map_y: int | None
    accepted_on: date | None
    units: int
    members: int
    met: int
    standards: int
    laboratories: int
    accredited: int


_ACCEPTED = (
    select(func.min(ZoneStep.on))
    .where(ZoneStep.zone_id == Zone.id, ZoneStep.kind == ZoneStepKind.accepted, ZoneStep.on <= ON)
    .scalar_subquery()
)
_UNITS = select(func.count()).select_from(ZoneUnit).where(ZoneUnit.zone_id == Zone.id).scalar_subquery()
_MEMBERS = (
    select(func.count(Tenancy.workshop_id.distinct()))
    .join(ZoneUnit, ZoneUnit.id == Tenancy.unit_id)
    .where(ZoneUnit.zone_id == Zone.id, Tenancy.since <= ON, or_(Tenancy.until.is_(None), Tenancy.until >= ON))
    .scalar_subquery()
)
_MET = (
    select(func.count())
    .select_from(ZoneStandard)
    .where(
        ZoneStandard.zone_id == Zone.id,
        ZoneStandard.state == StandardState.met,
        ZoneStandard.standard.in_(bindparam("standards", expanding=True)),
    )
    .scalar_subquery()
)
_LABORATORIES = select(func.count()).select_from(Laboratory).where(Laboratory.zone_id == Zone.id).scalar_subquery()
_ACCREDITED = (
    select(func.count(Laboratory.id.distinct()))
    .join(Accreditation, Accreditation.laboratory_id == Laboratory.id)
    .where(
        Laboratory.zone_id == Zone.id,
        Accreditation.since <= ON,
        Accreditation.until >= ON,
        or_(Accreditation.revoked_on.is_(None), Accreditation.revoked_on > ON),
    )
    .scalar_subquery()
)
_ZONES = select(
    Zone.id,
    Zone.slug,
    Zone.name,
    Zone.brand,
    Zone.brand_en,
    Zone.brand_mark,
    Zone.district_code,
    Zone.map_x,
    Zone.map_y,
    _ACCEPTED.label("accepted_on"),
    _UNITS.label("units"),
    _MEMBERS.label("members"),
    _MET.label("met"),
    _LABORATORIES.label("laboratories"),
    _ACCREDITED.label("accredited"),
).order_by(Zone.id)


def zone_list(connection: Connection, on: date, rules: RuleBook) -> tuple[ZoneLine, ...]:
    """Every zone, as it stands on the day ``on``. Two statements."""
    standards = standards_in_force(rules, on)
    rows = connection.execute(_ZONES, {"on": on, "standards": standards}).all()
    names = district_names(connection, (row.district_code for row in rows), on)
    return tuple(_line(row, names.get(row.district_code), len(standards)) for row in rows)


def standards_in_force(rules: RuleBook, on: date) -> list[str]:
    """The keys of the standards that zones are held to on a day, in their order."""
    return [
        key
        for key, rule in rules.registers.standards.items()
        if rule.since <= on and (rule.until is None or on <= rule.until)
    ]


def _line(row: AnyRow, district: str | None, standards: int) -> ZoneLine:
    return ZoneLine(
        id=row.id,
        slug=row.slug,
        name=row.name,
        brand=row.brand,
        brand_en=row.brand_en,
        brand_mark=row.brand_mark,
        district=district,
        map_x=row.map_x,
        map_y=row.map_y,
        accepted_on=row.accepted_on,
        units=row.units,
        members=row.members,
        met=row.met,
        standards=standards,
        laboratories=row.laboratories,
        accredited=row.accredited,
    )

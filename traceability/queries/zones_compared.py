"""Several processing zones side by side (并排比较): the same facts of each, counted over the same days."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import BindParameter, Connection, bindparam, func, or_, select

from zuofang.rules.book import RuleBook
from zuofang.traceability.models import (
    Accreditation,
    AccreditedItem,
    CameraMonth,
    Laboratory,
    Subsidy,
    Tenancy,
    Zone,
    ZoneStandard,
    ZoneUnit,
)
from zuofang.traceability.queries.release_record import Month, months_up_to, release_records
from zuofang.traceability.queries.rows import Grouped, grouped
from zuofang.traceability.queries.support import share_of_time
from zuofang.traceability.queries.zone import Standard, standard_of
from zuofang.traceability.queries.zones import ZoneLine, standards_in_force

KEYS: BindParameter[int] = bindparam("keys", expanding=True)
ON = bindparam("on", type_=Tenancy.since.type)


@dataclass(frozen=True, slots=True)
class Compared:
    """One zone of a comparison.

    ``fewest_cameras`` is that of the unit with the fewest, among the ``counted`` units of which somebody recorded it.
    ``scope`` are the items that an accreditation in force covers; ``year`` counts the twelve months that end with the
    present one; ``online`` is the share of those months that the cameras ran, in per cent, never rounded up.
    """

    line: ZoneLine
    area: Decimal | None
    fewest_cameras: int | None
    counted: int
    standards: tuple[Standard, ...]
    scope: tuple[str, ...]
    year: Month
    online: Decimal | None
    subsidies: Decimal
    members: tuple[int, ...]


_AREAS = select(Zone.id, Zone.area).where(Zone.id.in_(KEYS))
_CAMERAS = (
    select(ZoneUnit.zone_id, func.min(ZoneUnit.cameras), func.count(ZoneUnit.cameras))
    .where(ZoneUnit.zone_id.in_(KEYS))
    .group_by(ZoneUnit.zone_id)
)
_FINDINGS = select(
    ZoneStandard.zone_id,
    ZoneStandard.standard,
    ZoneStandard.state,
    ZoneStandard.found,
    ZoneStandard.evidence,
    ZoneStandard.on,
).where(ZoneStandard.zone_id.in_(KEYS))
_ITEMS = (
    select(Laboratory.zone_id, AccreditedItem.item)
    .join(Accreditation, Accreditation.id == AccreditedItem.accreditation_id)
    .join(Laboratory, Laboratory.id == Accreditation.laboratory_id)
    .where(
        Laboratory.zone_id.in_(KEYS),
        Accreditation.since <= ON,
        Accreditation.until >= ON,
        or_(Accreditation.revoked_on.is_(None), Accreditation.revoked_on > ON),
    )
    .order_by(AccreditedItem.id)
)
_RAN = (
    select(CameraMonth.zone_id, func.sum(CameraMonth.owed_hours), func.sum(CameraMonth.online_hours))
    .where(CameraMonth.zone_id.in_(KEYS), CameraMonth.month >= bindparam("first"), CameraMonth.month <= ON)
    .group_by(CameraMonth.zone_id)
)
_PAID = select(Subsidy.zone_id, Subsidy.amount).where(Subsidy.zone_id.in_(KEYS))
_MEMBERS = (
    select(ZoneUnit.zone_id, Tenancy.workshop_id)
    .distinct()
    .join(Tenancy, Tenancy.unit_id == ZoneUnit.id)
    .where(ZoneUnit.zone_id.in_(KEYS), Tenancy.since <= ON, or_(Tenancy.until.is_(None), Tenancy.until >= ON))
)


def zones_compared(
    connection: Connection, lines: Sequence[ZoneLine], on: date, rules: RuleBook
) -> tuple[Compared, ...]:
    """These zones of the list with what is compared of them. Eight statements, however many zones."""
    keys = [line.id for line in lines]
    areas, cameras, findings, paid = (grouped(connection, one, keys) for one in (_AREAS, _CAMERAS, _FINDINGS, _PAID))
    items, members = (grouped(connection, one.params(on=on), keys) for one in (_ITEMS, _MEMBERS))
    ran = grouped(connection, _RAN.params(on=on, first=months_up_to(on)[0]), keys)
    months = release_records(connection, keys, on)
    standards = standards_in_force(rules, on)
    return tuple(
        Compared(
            line=line,
            area=areas[line.id][0][0],
            fewest_cameras=cameras[line.id][0][0] if cameras[line.id] else None,
            counted=cameras[line.id][0][1] if cameras[line.id] else 0,
            standards=_standards(findings, line.id, standards, rules),
            scope=tuple(dict.fromkeys(item for (item,) in items[line.id])),
            year=_year(months[line.id]),
            online=share_of_time(ran[line.id][0][1], ran[line.id][0][0]) if ran[line.id] else None,
            subsidies=sum((amount for (amount,) in paid[line.id]), Decimal(0)),
            members=tuple(key for (key,) in members[line.id]),
        )
        for line in lines
    )


def _standards(findings: Grouped, zone: int, standards: Sequence[str], rules: RuleBook) -> tuple[Standard, ...]:
    found = {name: told for name, *told in findings[zone]}
    return tuple(standard_of(rules, name, found.get(name)) for name in standards)


def _year(months: Sequence[Month]) -> Month:
    """The months taken together."""
    return Month(
        first=months[0].first,
        batches=sum(month.batches for month in months),
        tested=sum(month.tested for month in months),
        passed=sum(month.passed for month in months),
        failed=sum(month.failed for month in months),
    )

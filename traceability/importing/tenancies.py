"""Units that operators work in inside a zone. An import lets a workshop in; it never moves one out."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import insert, select

from zuofang.rules.sentences import say
from zuofang.traceability.importing.columns import Row
from zuofang.traceability.importing.merging import Target, Wish, merge
from zuofang.traceability.importing.papers import Term
from zuofang.traceability.importing.work import Work, standing
from zuofang.traceability.models import Tenancy, Zone, ZoneUnit

UNITS = Target(ZoneUnit, ("zone_id", "number"), "unit", part=True)


@dataclass(frozen=True, slots=True)
class KnownZone:
    """A zone with its district."""

    id: int
    district: str


@dataclass(slots=True)
class Occupancy:
    """Who works where now: workshop and first day by unit, unit by workshop; and every time that has ended."""

    of_unit: dict[int, tuple[int, date]] = field(default_factory=dict)
    of_workshop: dict[int, int] = field(default_factory=dict)
    ended: set[tuple[int, int, date]] = field(default_factory=set)


def match_zones(work: Work, rows: list[Row]) -> dict[Row, KnownZone]:
    """The zone of every row that names one, by its name and, where two share it, its district."""
    naming = [row for row in rows if row.cells.get("zone")]
    named: dict[str, list[KnownZone]] = defaultdict(list)
    statement = select(Zone.name, Zone.id, Zone.district_code)
    for name, key, district in work.find(statement, Zone.name.expression, (row.cells["zone"] for row in naming)):
        named[name].append(KnownZone(key, district))
    for row in naming:
        _check_zone(work, row, _fitting(row, named))
    return {row: _fitting(row, named)[0] for row in standing(naming)}


def _fitting(row: Row, named: dict[str, list[KnownZone]]) -> list[KnownZone]:
    zones = named[row.cells["zone"]]
    stated = row.cells.get("district_code")
    return zones if len(zones) < 2 or stated is None else [zone for zone in zones if zone.district == stated]


def _check_zone(work: Work, row: Row, zones: list[KnownZone]) -> None:
    if not zones:
        work.unmatched(row, "zone", say("没有登记这个加工区。请先导入加工区。"))
    elif len(zones) > 1:
        work.refuse(row, "zone", say("有 %(count)s 个同名的加工区，请加一列“区划代码”。", count=len(zones)))
    elif not row.cells.get("unit"):
        work.refuse(row, "unit", say("写了所属加工区，就要写单元号。"))


def bring_tenancies(work: Work, workshops: dict[Row, int], zones: dict[Row, KnownZone], terms: dict[Row, Term]) -> None:
    """Enter units and tenancies that are new; where a unit or a workshop is taken otherwise, the row is refused."""
    tenants = [row for row in workshops if row in zones]
    units = merge(work, UNITS, [Wish(row, (zones[row].id, row.cells["unit"]), {}) for row in tenants])
    places = {row: units.ids[zones[row].id, row.cells["unit"]] for row in tenants}
    now = _occupancy(work, set(workshops.values()), set(places.values()))
    fresh = []
    for row, unit in places.items():
        since = row.cells.get("entered_on") or terms[row].since
        if _may_enter(work, row, workshops[row], unit, since, terms[row], now):
            fresh.append({"workshop_id": workshops[row], "unit_id": unit, "since": since})
            now.of_unit[unit], now.of_workshop[workshops[row]] = (workshops[row], since), unit
            row.changed = row.changed if row.changed == "created" else "updated"
            work.touch("zone", [zones[row].id])
    if fresh:
        work.connection.execute(insert(Tenancy), fresh)


def _occupancy(work: Work, workshops: set[int], units: set[int]) -> Occupancy:
    now = Occupancy()
    times = select(Tenancy.workshop_id, Tenancy.unit_id, Tenancy.since, Tenancy.until)
    by_unit = work.find(times, Tenancy.unit_id.expression, units)
    by_workshop = work.find(times, Tenancy.workshop_id.expression, workshops)
    for workshop, unit, since, until in (*by_unit, *by_workshop):
        if until is not None:
            now.ended.add((workshop, unit, since))
            continue
        now.of_unit[unit] = workshop, since
        now.of_workshop[workshop] = unit
    return now


def _may_enter(work: Work, row: Row, workshop: int, unit: int, since: date, term: Term, now: Occupancy) -> bool:
    """Whether a tenancy is to be entered; not when it is there already, and not when something speaks against it."""
    if (workshop, unit, since) in now.ended:
        return False
    tenant, entered = now.of_unit.get(unit, (workshop, since))
    if tenant != workshop:
        work.refuse(row, "unit", say("这个单元已有别的作坊进驻。"))
    elif now.of_workshop.get(workshop, unit) != unit:
        work.refuse(row, "unit", say("这家作坊还登记在另一个单元，请先办理离开。"))
    elif entered != since and row.cells.get("entered_on"):
        work.refuse(row, "entered_on", say("登记的进驻日期是 %(since)s。", since=entered))
    elif unit not in now.of_unit and not term.covers(since):
        work.refuse(row, "entered_on", say("进驻那天没有有效的登记证。"))
    return not row.refused and unit not in now.of_unit

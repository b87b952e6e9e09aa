"""Everything the page of a processing zone shows, save its honours."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, bindparam, or_, select

from zuofang.rules.book import RuleBook
from zuofang.rules.parameters import Unit
from zuofang.traceability.models import (
    Accreditation,
    AccreditedItem,
    Laboratory,
    StandardState,
    Tenancy,
    Workshop,
    Zone,
    ZoneStandard,
    ZoneStep,
    ZoneStepKind,
    ZoneUnit,
)
from zuofang.traceability.queries.districts import district_names
from zuofang.traceability.queries.release_record import Month, release_record
from zuofang.traceability.queries.rows import AnyRow, grouped
from zuofang.traceability.queries.zones import standards_in_force

ZONE = bindparam("zone", type_=Zone.id.type)


@dataclass(frozen=True, slots=True)
class Member:
    """A workshop that sits in a unit on the day of viewing."""

    workshop_id: int
    name: str
    since: date


@dataclass(frozen=True, slots=True)
class UnitLine:
    """A unit with its cameras (empty: nobody recorded how many) and who sits in it; nobody where it is vacant."""

    number: str
    cameras: int | None
    cameras_on: date | None
    cameras_evidence: str | None
    member: Member | None


@dataclass(frozen=True, slots=True)
class Standard:
    """One standard of the zone rules and what was found; ``minimum`` in ``unit`` where it is a figure."""

    name: str
    requirement: str
    minimum: Decimal | None
    unit: Unit
    source: str
    state: StandardState
    found: str | None
    evidence: str | None
    on: date | None


@dataclass(frozen=True, slots=True)
class Step:
    """A step to acceptance; ``on`` is empty where it was not taken."""

    kind: ZoneStepKind
    on: date | None
    by: str | None
    report: str | None


@dataclass(frozen=True, slots=True)
class Permit:
    """A certificate of 资质认定 of a laboratory; ``holds`` says whether it stands on the day of viewing."""

    number: str
    since: date
    until: date
    revoked_on: date | None
    items: tuple[str, ...]
    holds: bool


@dataclass(frozen=True, slots=True)
class Bench:
    """A laboratory of the zone with its accreditations, the newest first."""

    name: str
    permits: tuple[Permit, ...]


@dataclass(frozen=True, slots=True)
class Ground:
    """The zone itself."""

    id: int
    slug: str
    name: str
    brand: str | None
    brand_en: str | None
    brand_mark: str | None
    story: str | None
    story_en: str | None
    address: str
    manager: str | None
    phone: str | None
    area: Decimal | None
    district: str | None


@dataclass(frozen=True, slots=True)
class ZonePage:
    """The page of a zone."""

    ground: Ground
    units: tuple[UnitLine, ...]
    standards: tuple[Standard, ...]
    steps: tuple[Step, ...]
    laboratories: tuple[Bench, ...]
    months: tuple[Month, ...]


_GROUND = select(
    Zone.id,
    Zone.slug,
    Zone.name,
    Zone.brand,
    Zone.brand_en,
    Zone.brand_mark,
    Zone.story,
    Zone.story_en,
    Zone.address,
    Zone.manager,
    Zone.phone,
    Zone.area,
    Zone.district_code,
).where(Zone.slug == bindparam("slug"))
_UNITS = (
    select(
        ZoneUnit.number,
        ZoneUnit.cameras,
        ZoneUnit.cameras_on,
        ZoneUnit.cameras_evidence,
        Workshop.id,
        Workshop.name,
        Tenancy.since,
    )
    .join(
        Tenancy,
        (Tenancy.unit_id == ZoneUnit.id)
        & (Tenancy.since <= bindparam("on"))
        & or_(Tenancy.until.is_(None), Tenancy.until >= bindparam("on")),
        isouter=True,
    )
    .join(Workshop, Workshop.id == Tenancy.workshop_id, isouter=True)
    .where(ZoneUnit.zone_id == ZONE)
    .order_by(ZoneUnit.number, Tenancy.since)
)
_STANDARDS = select(
    ZoneStandard.standard, ZoneStandard.state, ZoneStandard.found, ZoneStandard.evidence, ZoneStandard.on
).where(ZoneStandard.zone_id == ZONE)
_STEPS = (
    select(ZoneStep.kind, ZoneStep.on, ZoneStep.by, ZoneStep.report)
    .where(ZoneStep.zone_id == ZONE)
    .order_by(ZoneStep.on, ZoneStep.id)
)
_LABORATORIES = select(Laboratory.id, Laboratory.name).where(Laboratory.zone_id == ZONE).order_by(Laboratory.id)
_PERMITS = (
    select(
        Accreditation.laboratory_id, Accreditation.id, Accreditation.number, Accreditation.since,
        Accreditation.until, Accreditation.revoked_on,
    )
    .where(Accreditation.laboratory_id.in_(bindparam("keys", expanding=True)))
    .order_by(Accreditation.since.desc(), Accreditation.id.desc())
)  # fmt: skip
_ITEMS = (
    select(AccreditedItem.accreditation_id, AccreditedItem.item)
    .where(AccreditedItem.accreditation_id.in_(bindparam("keys", expanding=True)))
    .order_by(AccreditedItem.id)
)


def zone_page(connection: Connection, slug: str, on: date, rules: RuleBook) -> ZonePage | None:
    """The page of a zone as it stands on the day ``on``, or nothing where there is none.

    A fixed number of statements.
    """
    row = connection.execute(_GROUND, {"slug": slug}).one_or_none()
    if row is None:
        return None
    key = {"zone": row.id}
    names = district_names(connection, [row.district_code], on)
    return ZonePage(
        ground=_ground(row, names.get(row.district_code)),
        units=tuple(_unit(told) for told in connection.execute(_UNITS, {**key, "on": on})),
        standards=_standards(connection, key, on, rules),
        steps=_steps(connection, key),
        laboratories=_laboratories(connection, key, on),
        months=release_record(connection, row.id, on),
    )


def _ground(row: AnyRow, district: str | None) -> Ground:
    return Ground(*(*row[:-1], district))


def _unit(row: AnyRow) -> UnitLine:
    member = None if row.id is None else Member(row.id, row.name, row.since)
    return UnitLine(row.number, row.cameras, row.cameras_on, row.cameras_evidence, member)


def _standards(connection: Connection, key: dict[str, int], on: date, rules: RuleBook) -> tuple[Standard, ...]:
    findings = {name: told for name, *told in connection.execute(_STANDARDS, key)}
    return tuple(standard_of(rules, name, findings.get(name)) for name in standards_in_force(rules, on))


def standard_of(rules: RuleBook, name: str, finding: Sequence[Any] | None) -> Standard:
    """A standard with what was found: state, finding, evidence and day; nothing where nobody recorded any."""
    rule = rules.registers.standards[name]
    state, found, evidence, day = finding or (StandardState.not_recorded, None, None, None)
    return Standard(
        name=rule.name,
        requirement=rule.requirement,
        minimum=rule.minimum,
        unit=rule.unit,
        source=rule.source,
        state=state,
        found=found,
        evidence=evidence,
        on=day,
    )


def _steps(connection: Connection, key: dict[str, int]) -> tuple[Step, ...]:
    """Every step that was taken, and where none of a kind was, the kind alone; in the order of the procedure."""
    taken: dict[ZoneStepKind, list[Step]] = defaultdict(list)
    for told in connection.execute(_STEPS, key):
        taken[told.kind].append(Step(*told))
    return tuple(step for kind in ZoneStepKind for step in taken[kind] or [Step(kind, None, None, None)])


def _laboratories(connection: Connection, key: dict[str, int], on: date) -> tuple[Bench, ...]:
    rows = connection.execute(_LABORATORIES, key).all()
    permits = grouped(connection, _PERMITS, [row.id for row in rows])
    items = grouped(connection, _ITEMS, [permit[0] for found in permits.values() for permit in found])
    return tuple(
        Bench(row.name, tuple(_permit(permit, items[permit[0]], on) for permit in permits[row.id])) for row in rows
    )


def _permit(permit: tuple[Any, ...], items: list[tuple[Any, ...]], on: date) -> Permit:
    _, number, since, until, revoked_on = permit
    holds = since <= on <= until and (revoked_on is None or on < revoked_on)
    return Permit(number, since, until, revoked_on, tuple(item for (item,) in items), holds)

"""The census of the register (底数): how many of each small kind there are in each county, and whose papers run out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, or_, select

from zuofang.rules.book import RuleBook
from zuofang.rules.calendar import ONE_DAY
from zuofang.traceability.models import Certificate, OperatorKind, Workshop
from zuofang.traceability.queries.certificates import has_certificate_in_force
from zuofang.traceability.queries.districts import district_names
from zuofang.traceability.queries.towns import Counted, Town, towns

MOST = 200
"""Certificates listed at once."""


@dataclass(frozen=True, slots=True)
class County:
    """A county with its counts, in the order of the kinds."""

    code: str
    name: str | None
    counts: tuple[Counted, ...]


@dataclass(frozen=True, slots=True)
class RunningOut:
    """A certificate whose last day is near, with no later one of the same operator."""

    workshop: int
    name: str
    kind: OperatorKind
    number: str
    until: date


@dataclass(frozen=True, slots=True)
class Census:
    """The counts, and the certificates that end by ``by``, the soonest first; ``towns`` are those of one county."""

    counties: tuple[County, ...]
    by: date
    running_out: tuple[RunningOut, ...]
    towns: tuple[Town, ...] = ()

    @property
    def totals(self) -> tuple[Counted, ...]:
        """All counties together."""
        columns = zip(*(county.counts for county in self.counties), strict=True)
        return tuple(sum(those, Counted()) for those in columns)


def census(connection: Connection, on: date, rules: RuleBook, district: str | None = None) -> Census | None:
    """The register as it stands on the day ``on``, or one county of it with its towns; nothing where there is none.

    Three statements, four of a county.
    """
    by = rules.calendar.after(on, rules.parameters("certificate.renewal_before", on)).day
    counties = _counties(connection, on)
    if district is None:
        return Census(counties, by, _running_out(connection, on, by))
    county = next((one for one in counties if one.code == district), None)
    if county is None:
        return None
    found = _running_out(connection, on, by, Workshop.district_code == district)
    return Census((county,), by, found, towns(connection, district, county.name or district, on))


def _counties(connection: Connection, on: date) -> tuple[County, ...]:
    certified = func.count().filter(has_certificate_in_force(on))
    found: dict[str, dict[OperatorKind, Counted]] = defaultdict(dict)
    for code, kind, registered, holding in connection.execute(
        select(Workshop.district_code, Workshop.kind, func.count(), certified).group_by(
            Workshop.district_code, Workshop.kind
        )
    ):
        found[code][kind] = Counted(registered, holding)
    names = district_names(connection, found, on)
    return tuple(
        County(code, names.get(code), tuple(found[code].get(kind, Counted()) for kind in OperatorKind))
        for code in sorted(found)
    )


def _running_out(connection: Connection, on: date, by: date, *wanted: ColumnElement[bool]) -> tuple[RunningOut, ...]:
    later = Certificate.__table__.alias("later")
    renewed = (
        select(later.c.id)
        .where(
            later.c.workshop_id == Certificate.workshop_id,
            later.c.since <= by + ONE_DAY,
            or_(later.c.until.is_(None), later.c.until > by),
            or_(later.c.revoked_on.is_(None), later.c.revoked_on > on),
        )
        .exists()
    )
    rows: Iterable[Any] = connection.execute(
        select(Workshop.id, Workshop.name, Workshop.kind, Certificate.number, Certificate.until)
        .join(Workshop, Workshop.id == Certificate.workshop_id)
        .where(
            Certificate.until >= on,
            Certificate.until <= by,
            Certificate.since <= on,
            or_(Certificate.revoked_on.is_(None), Certificate.revoked_on > on),
            ~renewed,
            *wanted,
        )
        .order_by(Certificate.until, Workshop.id)
        .limit(MOST)
    )
    return tuple(RunningOut(*row) for row in rows)

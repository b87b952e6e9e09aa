"""The census of the register (底数): how many of each small kind there are in each county, and whose papers run out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, func, or_, select

from zuofang.rules.book import RuleBook
from zuofang.rules.calendar import ONE_DAY
from zuofang.traceability.models import Certificate, OperatorKind, Workshop
from zuofang.traceability.queries.certificates import has_certificate_in_force
from zuofang.traceability.queries.districts import district_names

MOST = 200
"""Certificates listed at once."""


@dataclass(frozen=True, slots=True)
class Counted:
    """How many are registered, and how many of them have a certificate in force."""

    registered: int = 0
    certified: int = 0


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
    """The counts, and the certificates that end by ``by``, the soonest first."""

    counties: tuple[County, ...]
    by: date
    running_out: tuple[RunningOut, ...]

    @property
    def totals(self) -> tuple[Counted, ...]:
        """All counties together."""
        columns = zip(*(county.counts for county in self.counties), strict=True)
        return tuple(
            Counted(sum(one.registered for one in those), sum(one.certified for one in those)) for those in columns
        )


def census(connection: Connection, on: date, rules: RuleBook) -> Census:
    """The register as it stands on the day ``on``. Three statements."""
    by = rules.calendar.after(on, rules.parameters("certificate.renewal_before", on)).day
    return Census(_counties(connection, on), by, _running_out(connection, on, by))


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


def _running_out(connection: Connection, on: date, by: date) -> tuple[RunningOut, ...]:
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
        )
        .order_by(Certificate.until, Workshop.id)
        .limit(MOST)
    )
    return tuple(RunningOut(*row) for row in rows)

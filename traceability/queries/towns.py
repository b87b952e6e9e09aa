"""Towns (乡镇、街道) of a county, as the registered addresses name them: the register itself knows counties alone."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, func, select

from zuofang.traceability.models import OperatorKind, Workshop
from zuofang.traceability.queries.certificates import has_certificate_in_force

_TOWN = re.compile(r"[\u4e00-\u9fff]{1,8}?(?:街道|镇|乡)")


@dataclass(frozen=True, slots=True)
class Counted:
    """How many are registered, and how many of them have a certificate in force."""

    registered: int = 0
    certified: int = 0

    def __add__(self, other: Counted) -> Counted:
        """Both together."""
        return Counted(self.registered + other.registered, self.certified + other.certified)


@dataclass(frozen=True, slots=True)
class Town:
    """A town with its counts, in the order of the kinds; without a name are those whose address names none."""

    name: str | None
    counts: tuple[Counted, ...]


def town_in(address: str, county: str) -> str | None:
    """The town that an address names after its county, or at its beginning."""
    _, found, rest = address.partition(county)
    town = _TOWN.match(rest if found else address)
    return town[0] if town else None


def towns(connection: Connection, district: str, county: str, on: date) -> tuple[Town, ...]:
    """The towns of a county by their names, those without a name last. One statement of a row an address."""
    found: dict[str | None, dict[OperatorKind, Counted]] = defaultdict(lambda: defaultdict(Counted))
    certified = func.count().filter(has_certificate_in_force(on))
    for address, kind, registered, holding in connection.execute(
        select(Workshop.address, Workshop.kind, func.count(), certified)
        .where(Workshop.district_code == district)
        .group_by(Workshop.address, Workshop.kind)
    ):
        found[town_in(address, county)][kind] += Counted(registered, holding)
    names = sorted(found, key=lambda name: (name is None, name or ""))
    return tuple(Town(name, tuple(found[name].get(kind, Counted()) for kind in OperatorKind)) for name in names)

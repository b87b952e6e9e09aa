"""Laboratories as those who keep the register see them, with every certificate of 资质认定 they ever held."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, selectinload

from zuofang.storage.journal import last_about
from zuofang.traceability.models import Accreditation, Laboratory, Zone


@dataclass(frozen=True, slots=True)
class LaboratoryLine:
    """A laboratory in a list; ``until`` is the last day of the certificates in force, nothing where none is."""

    id: int
    name: str
    zone: str | None
    until: date | None


@dataclass(frozen=True, slots=True)
class Held:
    """One certificate with its scope."""

    id: int
    number: str
    since: date
    until: date
    revoked_on: date | None
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LaboratoryAtDesk:
    """One laboratory; ``seen`` is the number of the last entry in the journal about it."""

    id: int
    name: str
    zone: str | None
    held: tuple[Held, ...]
    seen: int


def laboratories(session: Session, districts: Collection[str] | None, on: date) -> list[LaboratoryLine]:
    """The laboratories of zones in these divisions; all, and the bodies outside zones, where none is named."""
    statement = select(Laboratory).options(selectinload(Laboratory.zone), selectinload(Laboratory.accreditations))
    if districts is not None:
        statement = statement.join(Zone).where(or_(*(Zone.district_code.startswith(code) for code in districts)))
    rows = session.scalars(statement.order_by(Laboratory.name, Laboratory.id))
    return [LaboratoryLine(row.id, row.name, row.zone.name if row.zone else None, _until(row, on)) for row in rows]


def laboratory_at_desk(session: Session, key: int) -> LaboratoryAtDesk | None:
    """One laboratory with its certificates, the newest first. A fixed number of statements."""
    papers = selectinload(Laboratory.accreditations).selectinload(Accreditation.items)
    row = session.get(Laboratory, key, options=[papers, selectinload(Laboratory.zone)])
    if row is None:
        return None
    held = sorted(map(_held, row.accreditations), key=lambda one: (one.since, one.id), reverse=True)
    seen = last_about(session, (Laboratory.__tablename__, str(key)))
    return LaboratoryAtDesk(row.id, row.name, row.zone.name if row.zone else None, tuple(held), seen)


def _until(row: Laboratory, on: date) -> date | None:
    standing = (one.until for one in row.accreditations if one.since <= on <= one.until and one.revoked_on is None)
    return max(standing, default=None)


def _held(row: Accreditation) -> Held:
    items = tuple(sorted(one.item for one in row.items))
    return Held(row.id, row.number, row.since, row.until, row.revoked_on, items)

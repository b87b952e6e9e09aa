"""The register as those who keep it see it: a part of a name finds operators, and one operator with all its papers."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, or_, select, type_coerce
from sqlalchemy import Date as Day
from sqlalchemy.orm import Session, selectinload

from zuofang.storage.journal import JournalEntry
from zuofang.traceability.models import (
    Certificate,
    OperatorKind,
    PaperEventKind,
    Restriction,
    RestrictionKind,
    Workshop,
)

MOST = 50
"""Operators that one list shows."""


@dataclass(frozen=True, slots=True)
class OperatorLine:
    """An operator in a list, with one of its certificates."""

    id: int
    name: str
    kind: OperatorKind
    address: str
    number: str | None
    until: date | None
    revoked_on: date | None


@dataclass(frozen=True, slots=True)
class PaperEvent:
    """Something that happened to a certificate; what it says of before and after is text."""

    kind: PaperEventKind
    on: date
    before: str | None
    after: str | None
    undone: bool


@dataclass(frozen=True, slots=True)
class Paper:
    """A certificate with what happened to it; ``undoable`` says that the newest change can be taken back."""

    id: int
    kind: str
    number: str
    issuer: str | None
    issued_on: date
    until: date | None
    scope: str | None
    revoked_on: date | None
    events: tuple[PaperEvent, ...]
    undoable: bool


@dataclass(frozen=True, slots=True)
class Order:
    """An order under which the operator may not produce, or must put something right; ``until`` is its last day."""

    id: int
    kind: RestrictionKind
    since: date
    until: date | None
    ground: str
    article: str
    document: str | None


@dataclass(frozen=True, slots=True)
class OperatorAtDesk:
    """One operator; ``seen`` is the number of the last entry in the journal about it."""

    id: int
    name: str
    kind: OperatorKind
    operator: str | None
    credit_code: str | None
    district_code: str
    address: str
    phone: str | None
    papers: tuple[Paper, ...]
    orders: tuple[Order, ...]
    seen: int


def operators_found(connection: Connection, wanted: str, districts: Collection[str] | None) -> list[OperatorLine]:
    """Operators of these divisions (all where none is named) by a part of a name, a certificate or a credit code."""
    columns = Workshop.id, Workshop.name, Workshop.kind, Workshop.address, Certificate.number
    days = type_coerce(Certificate.until, Day), type_coerce(Certificate.revoked_on, Day)
    statement = select(*columns, *days).outerjoin(Certificate).order_by(Workshop.id.desc(), Certificate.id.desc())
    if districts is not None:
        statement = statement.where(or_(*(Workshop.district_code.startswith(code) for code in districts)))
    if wanted:
        part = f"%{wanted.replace('%', '').replace('_', '')}%"
        by = Workshop.name.like(part), Certificate.number == wanted, Workshop.credit_code == wanted
        statement = statement.where(or_(*by))
    return [OperatorLine(*row) for row in connection.execute(statement.limit(MOST))]


def operator_at_desk(session: Session, key: int) -> OperatorAtDesk | None:
    """One operator with every certificate it ever had. A fixed number of statements."""
    papers = selectinload(Workshop.certificates).selectinload(Certificate.events)
    row = session.get(Workshop, key, options=[papers, selectinload(Workshop.restrictions)])
    if row is None:
        return None
    about = JournalEntry.subject_kind == Workshop.__tablename__, JournalEntry.subject_key == str(key)
    seen = session.scalar(select(JournalEntry.seq).where(*about).order_by(JournalEntry.seq.desc()).limit(1))
    return OperatorAtDesk(
        row.id, row.name, row.kind, row.operator, row.credit_code, row.district_code, row.address, row.phone,
        tuple(map(_paper, row.certificates)), tuple(map(_order, row.restrictions)), seen or 0,
    )  # fmt: skip


def _order(row: Restriction) -> Order:
    return Order(row.id, row.kind, row.since, row.until, row.ground, row.article, row.document)


def _paper(row: Certificate) -> Paper:
    events = tuple(PaperEvent(one.kind, one.on, one.before, one.after, one.undone_at is not None) for one in row.events)
    undoable = any(one.field and one.undone_at is None for one in row.events)
    return Paper(
        row.id, row.kind, row.number, row.issuer, row.issued_on, row.until, row.scope, row.revoked_on, events, undoable
    )

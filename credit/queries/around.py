"""What stands around one record at the desk: days that became known, what it is tied to, visits, items of a sample."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, select
from sqlalchemy.orm import Session, selectinload

from zuofang.credit.acts.facts import learnable
from zuofang.credit.acts.links import FITTING
from zuofang.credit.codec import load
from zuofang.credit.file import VALUES
from zuofang.credit.measures import Called, Interview
from zuofang.credit.models import CreditRecord, LinkKind, RecordKind, Revisit, SampleItem, SamplingSheet
from zuofang.traceability.models import Certificate, Workshop

MOST = 30
"""Earlier records that are offered for tying."""


@dataclass(frozen=True, slots=True)
class KnownDay:
    """A day that may become known after the record was entered, and the day if it has."""

    fact: str
    on: date | None


@dataclass(frozen=True, slots=True)
class Neighbour:
    """Another record of the same file."""

    id: int
    kind: RecordKind
    title: str
    made_on: date


@dataclass(frozen=True, slots=True)
class Tie:
    """A record that this one belongs to, or that belongs to it where ``follows``."""

    other: Neighbour
    kind: LinkKind
    follows: bool


@dataclass(frozen=True, slots=True)
class Visit:
    """A look-back visit to a closed place, planned or made."""

    id: int
    planned_on: date
    visited_on: date | None
    found: Revisit | None
    words: str | None
    record: int | None


@dataclass(frozen=True, slots=True)
class Around:
    """Everything beside a record that its page at the desk shows."""

    days: tuple[KnownDay, ...]
    ties: tuple[Tie, ...]
    earlier: tuple[Neighbour, ...]
    """Records of the same file that this one may be tied to."""
    visits: tuple[Visit, ...]
    items: tuple[SampleItem, ...]
    trade: bool
    """Whether it is one line of a meeting with a whole trade."""
    sheet: SamplingSheet | None
    """Upon which the result of a sample was entered."""


@dataclass(frozen=True, slots=True)
class Before:
    """The record from whose page a form was opened; ``number`` names its operator."""

    id: int
    kind: RecordKind
    title: str
    party: str
    number: str | None


_NEIGHBOUR = CreditRecord.id, CreditRecord.kind, CreditRecord.title, CreditRecord.made_on


def around(session: Session, key: int) -> Around:
    """What stands around a record that is there."""
    beside = selectinload(CreditRecord.items), selectinload(CreditRecord.look_backs)
    row = session.get_one(CreditRecord, key, options=beside)
    own = load(VALUES[row.kind], row.facts)
    visits = (
        Visit(one.id, one.planned_on, one.visited_on, one.found, one.words, one.record_id) for one in row.look_backs
    )
    return Around(
        tuple(KnownDay(fact, getattr(own, fact)) for fact in learnable(row)),
        tuple(_ties(row)),
        tuple(_earlier(session, row)),
        tuple(visits),
        tuple(row.items),
        isinstance(own, Interview) and own.called is Called.trade,
        session.scalar(select(SamplingSheet).filter_by(record_id=key)),
    )


def _ties(row: CreditRecord) -> Iterator[Tie]:
    for link in row.origins:
        yield Tie(_neighbour(link.earlier), link.kind, follows=False)
    for link in row.sequels:
        yield Tie(_neighbour(link.later), link.kind, follows=True)


def _neighbour(row: CreditRecord) -> Neighbour:
    return Neighbour(row.id, row.kind, row.title, row.made_on)


def _earlier(session: Session, row: CreditRecord) -> Iterator[Neighbour]:
    kinds = {kind for before, after in FITTING.values() if row.kind in after for kind in before}
    if row.workshop_id is None or not kinds:
        return
    tied = [one.earlier_id for one in row.origins]
    statement = (
        select(*_NEIGHBOUR)
        .where(CreditRecord.workshop_id == row.workshop_id, CreditRecord.kind.in_(kinds))
        .where(CreditRecord.made_on <= row.made_on, CreditRecord.id.not_in([*tied, row.id]))
        .order_by(CreditRecord.made_on.desc(), CreditRecord.id.desc())
        .limit(MOST)
    )
    for found in session.execute(statement):
        yield Neighbour(*found)


def before(connection: Connection, key: int) -> Before | None:
    """What a form that was opened from a record says of it. One statement."""
    number = (
        select(Certificate.number)
        .where(Certificate.workshop_id == Workshop.id)
        .order_by(Certificate.since.desc())
        .limit(1)
        .scalar_subquery()
    )
    columns = CreditRecord.id, CreditRecord.kind, CreditRecord.title, CreditRecord.party, number
    statement = select(*columns).outerjoin(Workshop, Workshop.id == CreditRecord.workshop_id)
    found = connection.execute(statement.where(CreditRecord.id == key)).one_or_none()
    return None if found is None else Before(*found)

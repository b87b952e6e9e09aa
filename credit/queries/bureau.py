"""Records as those who keep them see them: the list of an officer, and one record with what can be done about it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, exists, or_, select
from sqlalchemy.orm import Session

from zuofang.credit.acts.cases import steps
from zuofang.credit.clocks import ClockStep
from zuofang.credit.file import standing_of, value_of
from zuofang.credit.models import CaseKind, CreditParty, CreditRecord, RecordKind, RecordState
from zuofang.credit.publication import Publication
from zuofang.credit.records import Record
from zuofang.credit.redaction import Mark, mask
from zuofang.credit.remedies import Remedy, remedies
from zuofang.rules.book import RuleBook
from zuofang.storage.journal import JournalEntry
from zuofang.traceability.models import Workshop

MOST = 100
"""Records that one list shows."""


@dataclass(frozen=True, slots=True)
class RecordLine:
    """A record in a list."""

    id: int
    kind: RecordKind
    title: str
    party: str
    document: str | None
    made_on: date
    state: RecordState
    published_on: date | None
    taken_down_on: date | None


@dataclass(frozen=True, slots=True)
class ReplyLine:
    """What the workshop says."""

    id: int
    text: str
    at: datetime
    taken_back: bool


@dataclass(frozen=True, slots=True)
class CaseLine:
    """A case about the record, with its clock."""

    id: int
    kind: CaseKind
    words: str
    filed_on: date
    accepted_on: date | None
    decided_on: date | None
    granted: bool | None
    extended_by: str | None
    done_on: date | None
    steps: tuple[ClockStep, ...]


@dataclass(frozen=True, slots=True)
class Happening:
    """One entry of the journal about the record."""

    at: datetime
    who: str
    act: str
    why: str


@dataclass(frozen=True, slots=True)
class RecordAtDesk:
    """One record; ``seen`` is the number of the last entry in the journal about it, ``marks`` are doubtful places."""

    line: RecordLine
    content: str
    value: Record
    """What it says, part by part."""
    authority: str | None
    workshop_id: int | None
    workshop: str | None
    proposed_by: str | None
    approved_by: str | None
    standing: Publication
    marks: tuple[Mark, ...]
    replies: tuple[ReplyLine, ...]
    cases: tuple[CaseLine, ...]
    history: tuple[Happening, ...]
    withdrawn: int | None
    """Number of the event by which it was taken back, where it was."""
    remedies: tuple[Remedy, ...]
    """What the party may ask for, until when, or why not any more."""
    seen: int


_COLUMNS = (
    CreditRecord.id, CreditRecord.kind, CreditRecord.title, CreditRecord.party, CreditRecord.document,
    CreditRecord.made_on, CreditRecord.state, CreditRecord.published_on, CreditRecord.taken_down_on,
)  # fmt: skip


def record_list(
    connection: Connection, state: RecordState | None, name: str, districts: Collection[str] | None
) -> list[RecordLine]:
    """The newest records of these districts (all where none is named), in a state and by a part of a name."""
    statement = select(*_COLUMNS).outerjoin(Workshop, Workshop.id == CreditRecord.workshop_id)
    if state is not None:
        statement = statement.where(CreditRecord.state == state, CreditRecord.published_on.is_(None))
    if districts is not None:
        told = exists().where(CreditParty.record_id == CreditRecord.id, CreditRecord.workshop_id.is_(None))
        statement = statement.where(
            or_(
                *(Workshop.district_code.startswith(code) for code in districts),
                *(told.where(CreditParty.district_code.startswith(code)) for code in districts),
            )
        )
    if name:
        part = f"%{name.replace('%', '').replace('_', '')}%"
        columns = CreditRecord.party, CreditRecord.title, CreditRecord.document
        statement = statement.where(or_(*(column.like(part) for column in columns)))
    rows = connection.execute(statement.order_by(CreditRecord.made_on.desc(), CreditRecord.id.desc()).limit(MOST))
    return [RecordLine(*row) for row in rows]


def record_at_desk(session: Session, key: int, on: date, rules: RuleBook) -> RecordAtDesk | None:
    """One record with everything that hangs on it."""
    row = session.get(CreditRecord, key)
    if row is None:
        return None
    line = RecordLine(*(getattr(row, column.key) for column in _COLUMNS))
    workshop = session.get(Workshop, row.workshop_id) if row.workshop_id else None
    entries = _history(session, key)
    withdrawn = next((one.id for one in row.events if one.kind == "Withdrawn" and one.undone_at is None), None)
    return RecordAtDesk(
        line, row.content, value_of(row), row.authority, row.workshop_id, workshop.name if workshop else None,
        row.proposed_by, row.approved_by, standing_of(row, on, rules), mask(row.content)[1],
        tuple(ReplyLine(one.id, one.text, one.at, one.taken_back_at is not None) for one in row.replies),
        tuple(
            CaseLine(
                one.id, one.kind, one.words, one.filed_on, one.accepted_on, one.decided_on, one.granted,
                one.extended_by, one.done_on, steps(one, rules),
            )
            for one in row.cases
        ),
        tuple(Happening(one.at, one.who, one.act, one.why) for one in entries), withdrawn,
        remedies(value_of(row), on, rules),
        max((one.seq for one in entries), default=0),
    )  # fmt: skip


def _history(session: Session, key: int) -> list[JournalEntry]:
    statement = select(JournalEntry).filter_by(subject_kind=CreditRecord.__tablename__, subject_key=str(key))
    return list(session.scalars(statement.order_by(JournalEntry.seq.desc())))

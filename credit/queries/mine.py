"""What the bureau holds about one workshop, as its owner sees it: records, their days, replies and cases.

These are the approved ones, and failed samples whose conclusion was served: the days for a second test and for an
objection run from the service (SAMP Art 30, 37), however far the record has come on its way to the public.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session, selectinload

from zuofang.credit.acts.cases import steps
from zuofang.credit.clocks import ClockStep
from zuofang.credit.codec import load
from zuofang.credit.file import standing_of, value_of
from zuofang.credit.findings import Sample
from zuofang.credit.measures import Rectification
from zuofang.credit.models import CaseKind, CreditCase, CreditRecord, RecordKind, RecordState, SampleItem
from zuofang.credit.publication import Publication
from zuofang.credit.records import Outcome, Record
from zuofang.credit.remedies import Remedy, remedies
from zuofang.rules.book import RuleBook

BESIDE = CreditRecord.events, CreditRecord.replies, CreditRecord.cases, CreditRecord.items
"""What is read with a record."""


@dataclass(frozen=True, slots=True)
class OwnCase:
    """Something the owner asked for, with its clock."""

    id: int
    kind: CaseKind
    words: str
    filed_on: date
    accepted_on: date | None
    granted: bool | None
    steps: tuple[ClockStep, ...]


@dataclass(frozen=True, slots=True)
class OwnRecord:
    """A record about the workshop; ``replies`` are its own words that stand beside it, by number.

    ``value`` is what the record says, part by part, ``items`` what a sample was tested for. ``approved`` says
    whether it is decided that the record becomes public; where it is not, no day of publication may be told.
    """

    id: int
    kind: RecordKind
    title: str
    content: str
    document: str | None
    made_on: date
    published_on: date | None
    standing: Publication
    replies: tuple[tuple[int, str], ...]
    cases: tuple[OwnCase, ...]
    remedies: tuple[Remedy, ...]
    value: Record
    items: tuple[SampleItem, ...]
    approved: bool

    @property
    def field(self) -> str:
        """The field in which the owner's words are typed."""
        return f"reply-{self.id}"

    @property
    def order(self) -> Rectification | None:
        """What the record orders to be put right, where it orders something."""
        return self.value if isinstance(self.value, Rectification) else None

    @property
    def owes(self) -> date | None:
        """The last day of an order that the owner has not yet said to have followed."""
        return self.order.due_on if self.order and self.order.done_on is None and not self.order.accepted_on else None


def records_of(session: Session, workshop: int, on: date, rules: RuleBook) -> list[OwnRecord]:
    """The records about a workshop that are public or may become it, and what can still be disputed, the newest first.

    The number of statements does not grow with the number of records.
    """
    statement = _held(workshop).order_by(CreditRecord.made_on.desc(), CreditRecord.id.desc())
    rows = (row for row in session.scalars(statement) if is_told(row))
    found = (_own(row, standing_of(row, on, rules), on, rules) for row in rows)
    return [one for one in found if one.standing.awaits or (not one.approved and one.remedies)]


def record_of(session: Session, workshop: int, key: int, on: date, rules: RuleBook) -> OwnRecord | None:
    """One record about a workshop, also where it is no longer public; nothing where it is another's or not told."""
    row = session.scalars(_held(workshop).where(CreditRecord.id == key)).one_or_none()
    return _own(row, standing_of(row, on, rules), on, rules) if row is not None and is_told(row) else None


def is_told(row: CreditRecord) -> bool:
    """Whether the party may know of a record: it is approved, or a failed sample whose conclusion was served."""
    if row.state is RecordState.approved:
        return True
    if row.kind is not RecordKind.sample:
        return False
    sample = load(Sample, row.facts)
    return sample.outcome is Outcome.failed and sample.served_on is not None


def _held(workshop: int) -> Select[CreditRecord]:
    """Records that may be told to the owner; which samples are is seen from their facts (:func:`is_told`)."""
    told = or_(CreditRecord.state == RecordState.approved, CreditRecord.kind == RecordKind.sample)
    return (
        select(CreditRecord)
        .where(CreditRecord.workshop_id == workshop, told)
        .options(*(selectinload(one) for one in BESIDE))
    )


def _own(row: CreditRecord, standing: Publication, on: date, rules: RuleBook) -> OwnRecord:
    value = value_of(row)
    return OwnRecord(
        row.id, row.kind, row.title, row.content, row.document, row.made_on, row.published_on, standing,
        tuple((one.id, one.text) for one in row.replies if one.taken_back_at is None),
        tuple(_case(one, rules) for one in row.cases), remedies(value, on, rules),
        value, tuple(row.items), row.state is RecordState.approved,
    )  # fmt: skip


def _case(row: CreditCase, rules: RuleBook) -> OwnCase:
    return OwnCase(row.id, row.kind, row.words, row.filed_on, row.accepted_on, row.granted, steps(row, rules))

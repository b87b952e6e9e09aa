"""What the bureau holds about one workshop, as its owner sees it: approved records, their days, and replies."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from zuofang.credit.file import standing_of
from zuofang.credit.models import CreditRecord, RecordKind, RecordState
from zuofang.credit.publication import Publication
from zuofang.rules.book import RuleBook


@dataclass(frozen=True, slots=True)
class OwnRecord:
    """A record about the workshop; ``replies`` are its own words that stand beside it, by number."""

    id: int
    kind: RecordKind
    title: str
    content: str
    document: str | None
    made_on: date
    published_on: date | None
    standing: Publication
    replies: tuple[tuple[int, str], ...]

    @property
    def field(self) -> str:
        """The field in which the owner's words are typed."""
        return f"reply-{self.id}"


def records_of(session: Session, workshop: int, on: date, rules: RuleBook) -> list[OwnRecord]:
    """The approved records about a workshop that are public or will be, the newest first."""
    statement = (
        select(CreditRecord)
        .where(CreditRecord.workshop_id == workshop, CreditRecord.state == RecordState.approved)
        .options(selectinload(CreditRecord.events), selectinload(CreditRecord.replies))
        .order_by(CreditRecord.made_on.desc(), CreditRecord.id.desc())
    )
    found = ((row, standing_of(row, on, rules)) for row in session.scalars(statement))
    return [_own(row, standing) for row, standing in found if standing.awaits]


def _own(row: CreditRecord, standing: Publication) -> OwnRecord:
    replies = tuple((one.id, one.text) for one in row.replies if one.taken_back_at is None)
    return OwnRecord(
        row.id, row.kind, row.title, row.content, row.document, row.made_on, row.published_on, standing, replies
    )  # fmt: skip

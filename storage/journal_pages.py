"""The journal as it is read: entries by act, person, subject and day, each held against the digest before it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from zuofang.rules.calendar import ONE_DAY, day_start
from zuofang.storage.journal import BEGINNING, JournalEntry, entry_digest


@dataclass(frozen=True, slots=True)
class Asked:
    """Which entries are asked for; what is empty asks for all. Days are those of China, both included."""

    act: str = ""
    who: str = ""
    kind: str = ""
    key: str = ""
    since: date | None = None
    until: date | None = None

    @property
    def anything(self) -> bool:
        """Whether the list is narrowed at all."""
        return self != Asked()


def entries(session: Session, asked: Asked, most: int, before: int | None = None) -> Sequence[JournalEntry]:
    """The newest entries that are asked for, below the entry ``before``."""
    statement = select(JournalEntry).where(*_wanted(asked)).order_by(JournalEntry.seq.desc()).limit(most)
    if before is not None:
        statement = statement.where(JournalEntry.seq < before)
    return session.scalars(statement).all()


def count(session: Session, asked: Asked) -> int:
    """How many entries are asked for."""
    if not asked.anything:
        return session.scalar(select(func.max(JournalEntry.seq))) or 0
    return session.scalar(select(func.count(JournalEntry.seq)).where(*_wanted(asked))) or 0


def unfit(session: Session, shown: Sequence[JournalEntry]) -> list[int]:
    """The numbers of those entries that do not follow from the digest before them."""
    before = [one.seq - 1 for one in shown]
    found = session.execute(select(JournalEntry.seq, JournalEntry.digest).where(JournalEntry.seq.in_(before)))
    digests = {0: BEGINNING, **{one.seq: one.digest for one in found}}
    return [
        one.seq for one in shown if one.seq - 1 not in digests or entry_digest(digests[one.seq - 1], one) != one.digest
    ]


def acts(session: Session) -> Sequence[str]:
    """Every act that was ever done."""
    return session.scalars(select(JournalEntry.act).distinct().order_by(JournalEntry.act)).all()


def kinds(session: Session) -> Sequence[str]:
    """Every kind of thing to which something was done."""
    return session.scalars(select(JournalEntry.subject_kind).distinct().order_by(JournalEntry.subject_kind)).all()


def _wanted(asked: Asked) -> Iterator[ColumnElement[bool]]:
    columns = (
        (JournalEntry.act, asked.act), (JournalEntry.who, asked.who), (JournalEntry.subject_kind, asked.kind),
        (JournalEntry.subject_key, asked.key),
    )  # fmt: skip
    yield from (column == wanted for column, wanted in columns if wanted)
    if asked.since is not None:
        yield JournalEntry.at >= day_start(asked.since)
    if asked.until is not None:
        yield JournalEntry.at < day_start(asked.until + ONE_DAY)

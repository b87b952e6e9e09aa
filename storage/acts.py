"""The one door for writes.

A change of data happens only inside :func:`writing`, by an act that says who, what and why. The act's rows, its journal
entry and what must follow it are one transaction; a transaction that changed something and recorded nothing is refused.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import event
from sqlalchemy.orm import ORMExecuteState, Session

from zuofang.rules.book import RuleBook, read_rules
from zuofang.rules.calendar import china_day, day_start
from zuofang.rules.sentences import Sentence
from zuofang.storage import journal, outbox
from zuofang.storage.base import Base
from zuofang.storage.database import Database
from zuofang.storage.keys import Keys
from zuofang.storage.outbox import Subject

Clock = Callable[[], datetime]

CHANGED = "zuofang.changed"
HOUSEKEEPING = {
    "journal", "journal_head", "outbox", "outbox_cursor",
    "account_session", "account_attempt", "account_challenge", "spent_form", "errand",
}  # fmt: skip
"""Tables that keep the house itself running; changing them is no act on what the register says."""


DAY_ALONE = {"report", "report_case"}
"""What acts on these are entered with their day and no hour: the moment could be laid beside another log."""


class Refused(Exception):
    """An act was refused; the sentence says why in words for the person who tried."""

    def __init__(self, sentence: Sentence) -> None:
        super().__init__(str(sentence))
        self.sentence = sentence


class Unrecorded(Exception):
    """A programming error: rows were changed and no act was recorded for it."""


@dataclass(slots=True)
class Desk:
    """One person's hand on the data for the length of one transaction."""

    session: Session
    who: str
    now: datetime
    rules: RuleBook
    keys: Keys
    _entries: list[tuple[journal.JournalEntry, list[Subject]]] = field(default_factory=list)

    @property
    def today(self) -> date:
        """The day in China."""
        return china_day(self.now)

    def record(
        self, act: str, subject: Base | Subject, why: str, *, touches: Iterable[Base | Subject] = (), **facts: Any
    ) -> None:
        """Write down an act: what was done, to what, why, and which facts changed.

        ``touches`` names other subjects whose pages show the change; copies of them are brought up to date too.
        """
        self.session.flush()
        kind, key = _subject(subject)
        entry = journal.JournalEntry(
            at=day_start(self.today) if kind in DAY_ALONE else self.now,
            who=self.who,
            act=act,
            subject_kind=kind,
            subject_key=key,
            why=why,
            facts=journal.canonical(facts),
        )
        self._entries.append((entry, [(kind, key), *map(_subject, touches)]))

    def close(self) -> journal.Head | None:
        """Chain the recorded acts to the journal and queue what must follow."""
        self.session.flush()
        if not self._entries:
            if self.session.info.get(CHANGED):
                raise Unrecorded(f"{self.who} changed rows without an act")
            return None
        head = journal.append(self.session, [entry for entry, _ in self._entries], self.keys.journal)
        outbox.queue(self.session, ((entry.seq, subjects) for entry, subjects in self._entries))
        return head


def _subject(of: Base | Subject) -> Subject:
    return of.subject if isinstance(of, Base) else of


def system_clock() -> datetime:
    """The moment it is, in UTC."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Office:
    """Everything a writing transaction needs: database, keys, rules, the time, and where heads are noted."""

    database: Database
    keys: Keys
    rules: RuleBook = field(default_factory=read_rules)
    clock: Clock = system_clock
    heads: Path | None = None
    """File outside the database that notes every signed head of the journal."""

    @contextmanager
    def writing(self, who: str) -> Iterator[Desk]:
        """Open the door for one transaction; everything done inside lasts, or nothing does."""
        with Session(self.database.write, expire_on_commit=False) as session:
            desk = Desk(session, who, self.clock(), self.rules, self.keys)
            session.connection()  # takes the write lock before anything is read
            yield desk
            head = desk.close()
            session.commit()
        if head is not None and self.heads is not None:
            note_head(self.heads, head, desk.now)


def note_head(file: Path, head: journal.Head, at: datetime) -> None:
    """Note a signed head outside the database, one line of JSON, forced to disk."""
    line = {"seq": head.seq, "digest": head.digest.hex(), "key": head.key, "signature": head.signature.hex()}
    text = json.dumps({**line, "at": at.isoformat()}) + "\n"
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        os.write(descriptor, text.encode("ascii"))
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def last_noted(file: Path) -> journal.Head | None:
    """The newest head noted outside the database; a half-written last line is passed over."""
    if not file.exists():
        return None
    for line in reversed(file.read_text(encoding="ascii").splitlines()):
        try:
            told = json.loads(line)
            return journal.Head(
                told["seq"], bytes.fromhex(told["digest"]), told["key"], bytes.fromhex(told["signature"])
            )
        except (ValueError, KeyError):
            continue
    return None


@event.listens_for(Session, "after_flush")
def _note_flush(session: Session, _context: Any) -> None:
    touched = (*session.new, *session.dirty, *session.deleted)
    if any(row.__table__.name not in HOUSEKEEPING for row in touched):
        session.info[CHANGED] = True


@event.listens_for(Session, "do_orm_execute")
def _note_bulk(state: ORMExecuteState) -> None:
    if state.is_select or state.bind_mapper is None:
        return
    if state.bind_mapper.local_table.description not in HOUSEKEEPING:
        state.session.info[CHANGED] = True

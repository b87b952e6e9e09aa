"""The honours of one workshop as its owner sees them: until when, when to ask for the re-evaluation, what it asks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from zuofang.credit.file import value_of
from zuofang.credit.honours import Held, conduct, first_day, has_rules, needed
from zuofang.credit.models import CreditRecord, Honour, HonourKind, RecordState
from zuofang.credit.reasons import Reason
from zuofang.credit.records import Record
from zuofang.rules.book import RuleBook
from zuofang.storage.journal import last_about_each


@dataclass(frozen=True, slots=True)
class OwnHonour:
    """An honour in force or just lost. ``first_day`` is when its holder may first ask to keep it, where rules say so.

    ``needed`` is what a re-evaluation must find, ``against`` what would stand against it today, ``seen`` the number of
    the last entry in the journal about it.
    """

    id: int
    kind: HonourKind
    title: str
    granted_by: str
    since: date
    until: date | None
    applied_on: date | None
    withdrawn_on: date | None
    withdrawn_why: str | None
    seen: int
    first_day: date | None = None
    needed: tuple[Reason, ...] = ()
    against: tuple[Reason, ...] = ()

    @property
    def applied(self) -> bool:
        """Whether the owner has asked to keep it in its present term."""
        return self.applied_on is not None and self.first_day is not None and self.applied_on >= self.first_day

    def open_on(self, day: date) -> bool:
        """Whether the owner may ask on a day and has not."""
        if self.first_day is None or self.until is None or self.applied or self.withdrawn_on is not None:
            return False
        return self.first_day <= day <= self.until


def own_honours(session: Session, workshop: int, on: date, rules: RuleBook) -> tuple[OwnHonour, ...]:
    """Every honour a workshop ever had, the newest first. Five statements at most."""
    statement = select(Honour).filter_by(workshop_id=workshop).order_by(Honour.since.desc(), Honour.id.desc())
    rows = session.scalars(statement).all()
    known = _records(session, workshop) if any(_kept(row, rules) for row in rows) else []
    seen = last_about_each(session, Honour.__tablename__, [row.id for row in rows])
    return tuple(_own(row, seen.get(row.id, 0), known, on, rules) for row in rows)


def _kept(row: Honour, rules: RuleBook) -> bool:
    return row.until is not None and row.withdrawn_on is None and has_rules(row.kind, rules)


def _records(session: Session, workshop: int) -> list[Record]:
    held = select(CreditRecord).filter_by(workshop_id=workshop, state=RecordState.approved)
    return [value_of(row) for row in session.scalars(held.options(selectinload(CreditRecord.events)))]


def _own(row: Honour, seen: int, known: list[Record], on: date, rules: RuleBook) -> OwnHonour:
    told = (
        row.id, row.kind, row.title, row.granted_by, row.since, row.until, row.applied_on, row.withdrawn_on,
        row.withdrawn_why, seen,
    )  # fmt: skip
    if row.until is None or not _kept(row, rules):
        return OwnHonour(*told)
    first = first_day(Held(row.kind, row.until), rules)
    return OwnHonour(
        *told, first_day=first, needed=tuple(needed(row.kind, on, rules)),
        against=tuple(conduct(row.kind, on, known, rules)),
    )  # fmt: skip

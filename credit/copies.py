"""Keeps the copies of what is computed for every workshop: grades, and the public days of its records.

Only workshops whose answer may have changed are computed again: those that an act touched since, those whose day has
come, and all of them where a rule file differs. Reading and computing divide over several processes where there is
much to do; this one alone writes. Each batch is one transaction, and whatever is killed is done by the next run.
"""

from __future__ import annotations

import multiprocessing
import os
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import date

from sqlalchemy import bindparam, delete, func, insert, or_, select, update
from sqlalchemy.orm import Session

from zuofang.credit.models import CreditRecord, Reckoning, WorkshopGrade
from zuofang.credit.queries.files import files
from zuofang.credit.reckoning import Reckoned, reckon
from zuofang.rules.book import RuleBook
from zuofang.storage.database import Database, open_database
from zuofang.storage.outbox import OutboxCursor, OutboxItem, advance, pending
from zuofang.traceability.models import Product, Workshop

READER = "grades"
BATCH = 500
"""Workshops of one transaction."""
MANY = 5_000
"""From this many workshops on, starting further processes is worth its time."""
Progress = Callable[[str, float], None]


@dataclass(slots=True)
class Refreshed:
    """What one run did: workshops graded, and records the clock must look at this very day."""

    graded: int = 0
    to_look_at: int = 0


@dataclass(frozen=True, slots=True)
class Reckoner:
    """Computes batches of workshops; each process has its own, with its own connections."""

    database: Database
    on: date
    rules: RuleBook

    def __call__(self, workshops: Sequence[int]) -> list[Reckoned]:
        """Read the files of some workshops and compute what is kept about them."""
        with self.database.read.connect() as connection:
            return [reckon(file, self.on, self.rules) for file in files(connection, workshops)]


def refresh(
    database: Database, on: date, rules: RuleBook, *, processes: int = 1, tell: Progress | None = None
) -> Refreshed:
    """Bring every copy up to date for the day ``on``; a second run the same day writes nothing."""
    forget(database)
    done = Refreshed(to_look_at=_look_at_those_of_nobody(database, on, rules))
    waiting = stale(database, on, rules)
    batches = [waiting[start : start + BATCH] for start in range(0, len(waiting), BATCH)]
    for number, reckoned in enumerate(reckonings(database, batches, on, rules, processes), 1):
        _keep(database, reckoned, on, rules.fingerprint, done)
        if tell is not None:
            tell("grades", number / len(batches))
    return done


def _look_at_those_of_nobody(database: Database, on: date, rules: RuleBook) -> int:
    """Where a rule file was replaced, have the clock look at every public record that belongs to no workshop."""
    with Session(database.read) as session:
        if session.scalar(select(Reckoning.workshop_id).where(Reckoning.rules != rules.fingerprint).limit(1)) is None:
            return 0
    of_nobody = CreditRecord.workshop_id.is_(None), CreditRecord.published_on.is_not(None)
    with Session(database.write) as session:
        found = session.scalars(select(CreditRecord.id).where(*of_nobody, CreditRecord.look_again_on > on)).all()
        if found:
            session.connection().execute(_LOOK, [{"key": key, "look": on} for key in found])
        session.commit()
    return len(found)


def forget(database: Database, limit: int = 5_000) -> None:
    """Strike out the reckoning of every workshop that an act touched since the last run."""
    while _forget_some(database, limit):
        pass


def _forget_some(database: Database, limit: int) -> bool:
    """Strike some out; answers whether more may wait. Asks without the write lock first."""
    with Session(database.read) as session:
        if not pending(session, READER, 1):
            return False
    with Session(database.write) as session:
        if session.scalar(select(Reckoning.workshop_id).limit(1)) is None:  # nothing is reckoned that could be wrong
            advance(session, READER, session.scalar(select(func.max(OutboxItem.id))) or 0)
        elif items := pending(session, READER, limit):
            _strike_out(session, _touched(session, items))
            advance(session, READER, items[-1].id)
        session.commit()
    return True


def _touched(session: Session, items: Sequence[OutboxItem]) -> list[int]:
    """The workshops that acts touched, by themselves or by one of their products."""
    found = _keys(items, "workshop")
    for part in _parts(sorted(_keys(items, "product"))):
        found.update(session.scalars(select(Product.workshop_id).where(Product.id.in_(part))))
    return sorted(found)


def _keys(items: Sequence[OutboxItem], kind: str) -> set[int]:
    return {int(one.subject_key) for one in items if one.subject_kind == kind}


def _strike_out(session: Session, workshops: list[int]) -> None:
    for part in _parts(workshops):
        session.execute(delete(Reckoning).where(Reckoning.workshop_id.in_(part)))


def _parts(keys: list[int]) -> Iterator[list[int]]:
    return (keys[start : start + BATCH] for start in range(0, len(keys), BATCH))


def behind(database: Database) -> bool:
    """Whether acts wait to be followed, so that copies need not agree with the records yet."""
    done = select(func.coalesce(func.max(OutboxCursor.last), 0)).where(OutboxCursor.reader == READER).scalar_subquery()
    with Session(database.read) as session:
        return session.scalar(select(OutboxItem.id).where(OutboxItem.id > done).limit(1)) is not None


def stale(database: Database, on: date, rules: RuleBook) -> list[int]:
    """The workshops that must be graded again for the day ``on``."""
    statement = (
        select(Workshop.id)
        .outerjoin(Reckoning, Reckoning.workshop_id == Workshop.id)
        .where(or_(Reckoning.workshop_id.is_(None), Reckoning.again_on <= on, Reckoning.rules != rules.fingerprint))
        .order_by(Workshop.id)
    )
    with Session(database.read) as session:
        return list(session.scalars(statement))


def reckonings(
    database: Database, batches: Sequence[Sequence[int]], on: date, rules: RuleBook, processes: int
) -> Iterator[list[Reckoned]]:
    """Compute every batch, in order; over several processes where there is much to do."""
    if processes < 2 or sum(map(len, batches)) < MANY:
        yield from map(Reckoner(database, on, rules), batches)
        return
    address = database.read.url.render_as_string(hide_password=False)
    # Processes start afresh: a forked one would share the open files of the database, which SQLite forbids.
    fresh = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(processes, fresh, initializer=_begin, initargs=(address, on, rules)) as pool:
        yield from pool.map(_reckon, batches)


_mine: list[Reckoner] = []
"""The reckoner of a further process."""


def _begin(address: str, on: date, rules: RuleBook) -> None:
    threading.Thread(target=_leave_with_the_first, daemon=True).start()
    _mine.append(Reckoner(open_database(address), on, rules))


def _leave_with_the_first() -> None:
    """End this process when the one that started it is gone: killed, it can tell nobody that no work will come."""
    first = multiprocessing.parent_process()
    if first is not None:
        first.join()
        os._exit(1)


def _reckon(workshops: Sequence[int]) -> list[Reckoned]:
    return _mine[0](workshops)


_SET_DAYS = (
    update(CreditRecord)
    .where(CreditRecord.id == bindparam("key"))
    .values(last_day=bindparam("last"), look_again_on=bindparam("look"))
)

_LOOK = update(CreditRecord).where(CreditRecord.id == bindparam("key")).values(look_again_on=bindparam("look"))


def _keep(database: Database, reckoned: list[Reckoned], on: date, fingerprint: str, done: Refreshed) -> None:
    """Write the copies of one batch."""
    keys = [one.workshop for one in reckoned]
    days = [{"key": d.key, "last": d.last_day, "look": d.look_again_on} for one in reckoned for d in one.days]
    graded = [
        {"workshop_id": one.workshop, "scheme": scheme, "letter": letter, "score": score}
        for one in reckoned
        for scheme, (letter, score) in one.grades.items()
    ]
    made = [{"workshop_id": one.workshop, "rules": fingerprint, "on": on, "again_on": one.again_on} for one in reckoned]
    with Session(database.write) as session:
        for copy in (WorkshopGrade, Reckoning):
            session.execute(delete(copy).where(copy.workshop_id.in_(keys)))
        for kept, rows in ((WorkshopGrade, graded), (Reckoning, made)):
            if rows:
                session.execute(insert(kept), rows)
        if days:
            session.connection().execute(_SET_DAYS, days)
        session.commit()
    done.graded += len(keys)
    done.to_look_at += sum(one["look"] == on for one in days)

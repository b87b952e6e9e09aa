"""The daily clock of the credit file: publishes what is due and approved, takes down what ended, grades. Idempotent.

Each record carries the day on which something about it changes next, so that a day's work is the records that day
concerns and not the whole register.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session, selectinload

from zuofang.credit import copies, exits
from zuofang.credit.acts import records as acts
from zuofang.credit.copies import Progress
from zuofang.credit.exits import CLOCK
from zuofang.credit.file import VALUES, standing_of, told
from zuofang.credit.models import CreditRecord, RecordState
from zuofang.credit.publication import Publication, Standing
from zuofang.credit.reckoning import next_look
from zuofang.rules.calendar import china_day
from zuofang.rules.sentences import Sentence, say
from zuofang.storage.acts import Desk, Office

BATCH = 500


@dataclass(slots=True)
class DailyReport:
    """What one run did."""

    looked_at: int = 0
    published: int = 0
    taken_down: int = 0
    put_up_again: int = 0
    graded: int = 0
    left: int = 0
    """Honours that were lost."""


def run(office: Office, batch: int = BATCH, *, processes: int = 1, tell: Progress | None = None) -> DailyReport:
    """Do everything that the day asks for; a second run the same day does nothing.

    Where a rule file was replaced, the copies show which records must be looked at, and the clock goes round once more.
    """
    report = DailyReport()
    while True:
        report.left += exits.run(office)
        while _is_due(office) and _round(office, report, batch):
            pass
        today = china_day(office.clock())
        done = copies.refresh(office.database, today, office.rules, processes=processes, tell=tell)
        report.graded += done.graded
        if not done.to_look_at:
            return report


def _is_due(office: Office) -> bool:
    """Whether a record asks to be looked at; asks without taking the write lock."""
    with Session(office.database.read) as session:
        return session.scalar(select(CreditRecord.id).where(*_asking(china_day(office.clock()))).limit(1)) is not None


def _asking(today: date) -> tuple[ColumnElement[bool], ...]:
    """The records about which something changes on the day, or that nobody has looked at since they changed."""
    return (
        CreditRecord.state == RecordState.approved,
        CreditRecord.kind.in_(list(VALUES)),
        or_(CreditRecord.look_again_on.is_(None), CreditRecord.look_again_on <= today),
    )


def _round(office: Office, report: DailyReport, batch: int) -> int:
    """One transaction of at most ``batch`` records; killed between two of them, the next run goes on."""
    with office.writing(CLOCK) as desk:
        found = list(_due(desk, batch))
        for record in found:
            _tend(desk, record, report)
        if found:
            subject = ("credit_record", f"{found[0].id}–{found[-1].id}")
            desk.record("clock.tend", subject, str(say("到期处理")), records=len(found))
    return len(found)


def _due(desk: Desk, batch: int) -> Iterator[CreditRecord]:
    statement = (
        select(CreditRecord)
        .where(*_asking(desk.today))
        .order_by(CreditRecord.id)
        .limit(batch)
        .options(selectinload(CreditRecord.events))
    )
    yield from desk.session.scalars(statement)


def _tend(desk: Desk, record: CreditRecord, report: DailyReport) -> None:
    report.looked_at += 1
    today = desk.today
    found = standing_of(record, today, desk.rules)
    if found is not None and found.standing is Standing.due and found.due is not None:
        acts.publish(desk, record, today, str(_why(found)))
        report.published += 1
        found = standing_of(record, today, desk.rules)
    if found is None:
        return
    if record.published_on is not None and not found.public and record.taken_down_on is None:
        acts.take_down(desk, record, today, str(_why(found)))
        report.taken_down += 1
    if found.public and record.taken_down_on is not None:
        acts.put_up_again(desk, record, today, str(_why(found)))
        report.put_up_again += 1
    record.last_day = found.last_day
    record.look_again_on = next_look(told(record), found, today)


def _why(found: Publication) -> Sentence:
    return found.reasons[-1].sentence if found.reasons else say("依规定")

"""The daily clock of the credit file: once a day, in batches, and never twice, even when it is killed between two."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from tests import scene
from tests.conftest import NOON
from tests.credit import filed

from zuofang.credit import daily
from zuofang.credit.models import CreditRecord
from zuofang.storage.acts import Office
from zuofang.storage.journal import JournalEntry


class Killed(BaseException):
    """Stands for the end of the process."""


@pytest.fixture
def waiting(office: Office) -> Office:
    """Five approved records that wait for the clock."""
    with office.writing("officer") as desk:
        workshop = scene.build(desk).workshop.id
    for _ in range(5):
        filed.filed(office, workshop, filed.FINE, published=False)
    return office


def published(office: Office) -> int:
    with Session(office.database.read) as session:
        return session.scalar(select(func.count(CreditRecord.published_on))) or 0


def acts(office: Office) -> int:
    with Session(office.database.read) as session:
        return session.scalar(select(func.count()).select_from(JournalEntry).filter_by(act="record.publish")) or 0


def test_a_clock_killed_between_two_batches_is_finished_by_the_next_run(waiting: Office) -> None:
    def hours() -> Iterator[datetime]:
        yield from [NOON] * 4  # is an honour lost, is anything due, the first batch, is anything due
        raise Killed

    moments = hours()
    with pytest.raises(Killed):
        daily.run(replace(waiting, clock=lambda: next(moments)), batch=2)
    assert published(waiting) == 2
    assert daily.run(waiting, batch=2).published == 3
    assert (published(waiting), acts(waiting)) == (5, 5)


def test_a_second_run_writes_nothing_at_all(waiting: Office) -> None:
    daily.run(waiting)
    with Session(waiting.database.read) as session:
        before = session.scalar(select(func.max(JournalEntry.seq)))
    assert daily.run(waiting) == daily.DailyReport()
    with Session(waiting.database.read) as session:
        assert session.scalar(select(func.max(JournalEntry.seq))) == before


def test_the_next_day_looks_only_at_what_that_day_concerns(waiting: Office) -> None:
    daily.run(waiting)
    assert daily.run(filed.at(waiting, date(2026, 11, 21))).looked_at == 0

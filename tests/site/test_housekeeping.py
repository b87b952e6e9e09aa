"""What happens by itself: followed within a moment, once, and without holding up anyone."""

import threading
import time
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from tests import scene
from tests.conftest import NOON
from tests.credit import filed

from zuofang.credit.daily import DailyReport
from zuofang.search.models import SearchDocument
from zuofang.site import housekeeping
from zuofang.site.housekeeping import Done, Housekeeper, tidy
from zuofang.storage.acts import Office
from zuofang.storage.outbox import behind
from zuofang.traceability import page_log
from zuofang.traceability.models import PageVersion
from zuofang.traceability.scans import ScanLog, scan_key


@pytest.fixture(autouse=True)
def _often(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(housekeeping, "EVERY", 0.05)


def versions(office: Office) -> int:
    with Session(office.database.read) as session:
        return session.scalar(select(func.count()).select_from(PageVersion)) or 0


def test_a_round_follows_the_acts_and_folds_the_scans_and_a_second_one_finds_nothing(
    office: Office, tmp_path: Path
) -> None:
    assert not behind(office.database, page_log.READER)
    with office.writing("lab") as desk:
        scene.released(desk)
    ScanLog(tmp_path, seconds=NOON.timestamp).scan(scan_key(1, 1))
    assert behind(office.database, page_log.READER)
    first = tidy(office, tmp_path)
    assert first.pages > 0
    assert first.scans == 1
    assert tidy(office, tmp_path) == Done(0, 0, DailyReport())
    assert versions(office) >= 3


def test_the_housekeeper_of_a_server_follows_within_two_seconds(office: Office, tmp_path: Path) -> None:
    keeper = Housekeeper(office.database, tmp_path, clock=lambda: NOON)
    keeper.start()
    try:
        with office.writing("lab") as desk:
            scene.released(desk)
        deadline = time.monotonic() + 10
        while behind(office.database, page_log.READER) and time.monotonic() < deadline:
            time.sleep(0.05)
    finally:
        keeper.stop()
    assert versions(office) >= 3


def test_the_housekeeper_publishes_what_is_due_when_the_server_starts(office: Office, tmp_path: Path) -> None:
    with office.writing("officer") as desk:
        workshop = scene.build(desk).workshop.id
    key = filed.filed(office, workshop, filed.FINE, published=False)
    keeper = Housekeeper(office.database, tmp_path, clock=lambda: NOON, office=office)
    keeper.start()
    try:
        deadline = time.monotonic() + 10
        while filed.read(office, key).published_on is None and time.monotonic() < deadline:
            time.sleep(0.05)
    finally:
        keeper.stop()
    assert filed.read(office, key).published_on == filed.TODAY


def test_the_housekeeper_makes_findable_what_it_published(office: Office, tmp_path: Path) -> None:
    with office.writing("officer") as desk:
        workshop = scene.build(desk).workshop.id
    key = filed.filed(office, workshop, filed.FINE, published=False)
    keeper = Housekeeper(office.database, tmp_path, clock=lambda: NOON, office=office)
    keeper.start()
    try:
        deadline = time.monotonic() + 10
        while not findable(office, key) and time.monotonic() < deadline:
            time.sleep(0.05)
    finally:
        keeper.stop()
    assert findable(office, key)


def test_a_search_follows_while_the_clock_of_a_day_is_at_work(office: Office, tmp_path: Path) -> None:
    over = threading.Event()

    def clock() -> datetime:
        if threading.current_thread().name == "housekeeper":
            over.wait(10)
        return NOON

    keeper = Housekeeper(office.database, tmp_path, clock=clock, office=office)
    keeper.start()
    try:
        key = filed.filed(office, None, filed.FINE)
        deadline = time.monotonic() + 5
        while not (found := findable(office, key)) and time.monotonic() < deadline:
            time.sleep(0.05)
    finally:
        over.set()
        keeper.stop()
    assert found


def findable(office: Office, key: int) -> bool:
    with Session(office.database.read) as session:
        return session.get(SearchDocument, key) is not None

"""What must happen by itself: the change log and the search follow the acts, scans are folded into their counters, and
once a day the credit file publishes what is due and takes down what has ended.

Each round does what is due and says what it did. A round that is killed is simply done again by the next one.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from itertools import count
from pathlib import Path

from zuofang.credit import copies, daily
from zuofang.credit.copies import Progress
from zuofang.credit.daily import DailyReport
from zuofang.programmes import reckoning
from zuofang.reporting import receiving, retention
from zuofang.reporting.retention import Purged
from zuofang.rules.book import read_rules
from zuofang.rules.calendar import china_day
from zuofang.search import following
from zuofang.storage import editions
from zuofang.storage.acts import Clock, Office, system_clock
from zuofang.storage.database import Database, is_busy
from zuofang.storage.outbox import behind
from zuofang.traceability import page_log
from zuofang.traceability.scans import fold

log = logging.getLogger(__name__)

EVERY = 1.0
"""Seconds between rounds of a server: a change stands in the change log within two."""
FOLD_EVERY = 60
"""Rounds between two folds of the scan logs."""


@dataclass(frozen=True, slots=True)
class Done:
    """What one round did."""

    pages: int
    scans: int
    credit: DailyReport
    found: int = 0
    """Acts that the documents of the search followed."""
    plans: int = 0
    """Plans whose indicators were computed."""
    letters: int = 0
    """Letters of reports that the journal took note of."""
    purged: Purged = field(default_factory=Purged)


def tidy(office: Office, scans: Path, *, processes: int = 1, tell: Progress | None = None) -> Done:
    """Do everything that is due; the daily clock comes first, because its acts are followed too."""
    letters, purged = receiving.take_note(office), retention.purge(office)
    report = daily.run(office, processes=processes, tell=tell)
    pages = 0
    while behind(office.database, page_log.READER):
        pages += page_log.follow(office.database)
    found = 0
    while done := following.follow(office.database, china_day(office.clock()), office.rules):
        found += done
    plans = reckoning.refresh(office.database, china_day(office.clock()), office.rules).plans
    return Done(pages, fold(scans, office.clock()), report, found, plans, letters, purged)


class Rounds(threading.Thread):
    """Does something once a second until told to stop; a round that fails is reported and tried again."""

    def __init__(self, name: str, what: Callable[[int], None]) -> None:
        super().__init__(name=name, daemon=True)
        self._what, self._told = what, threading.Event()

    def run(self) -> None:
        """Go round; rounds are counted from 1."""
        for number in count(1):
            if self._told.wait(EVERY):
                return
            try:
                self._what(number)
            except Exception as error:
                if is_busy(error):
                    log.warning("a round of the %s found the database busy and will be tried again", self.name)
                else:
                    log.exception("a round of the %s failed and will be tried again", self.name)

    def stop(self) -> None:
        """Finish the round under way and stop."""
        self._told.set()
        self.join()


class Housekeeper:
    """Keeps house beside a server that runs alone; several workers leave it to ``zuofang clocks run``.

    What follows the acts has a thread of its own, so that a search shows them soon while a day's clock is at work.
    ``office`` is missing where the server may not write to the journal; the credit file then waits for the command.
    """

    def __init__(
        self,
        database: Database,
        scans: Path,
        clock: Clock = system_clock,
        office: Office | None = None,
        keep_index: Callable[[], None] = lambda: None,
    ) -> None:
        self._database = database
        self._scans = scans
        self._clock = clock
        self._office = office
        self._keep_index = keep_index
        self._rules = office.rules if office else read_rules()
        self._tended: date | None = None
        self._hands = Rounds("housekeeper", self._tend), Rounds("follower", self._follow_acts)

    def start(self) -> None:
        """Begin."""
        for hand in self._hands:
            hand.start()

    def stop(self) -> None:
        """Finish the rounds under way and stop."""
        for hand in self._hands:
            hand.stop()

    def _tend(self, number: int) -> None:
        self._tend_credit()
        if number % FOLD_EVERY == 1:
            fold(self._scans, self._clock())
            self._take_note()

    def _follow_acts(self, _number: int) -> None:
        if behind(self._database, page_log.READER):
            page_log.follow_all(self._database)
        following.follow_all(self._database, china_day(self._clock()), self._rules)
        self._keep_index()

    def _take_note(self) -> None:
        """Enter the reports of days that are over in the journal, so that it tells nothing of their hour."""
        if self._office is not None:
            receiving.take_note(self._office)

    def _tend_credit(self) -> None:
        """Run the daily clock of the credit file and that of the plans in the first round of each day."""
        today = china_day(self._clock())
        if self._office is None:
            return
        office = editions.current(self._office)
        if office is not self._office:  # another edition of a rule is in force: the day begins anew
            self._office, self._rules, self._tended = office, office.rules, None
        if self._tended == today:
            self._follow(self._office, today)
            return
        report = daily.run(self._office)
        reckoning.refresh(self._office.database, today, self._office.rules)
        retention.purge(self._office)
        self._tended = today
        if report != DailyReport():
            log.info("credit file of %s: %s", today, report)

    def _follow(self, office: Office, today: date) -> None:
        """Grade the workshops again that an act touched meanwhile."""
        if copies.behind(office.database):
            copies.refresh(office.database, today, office.rules)

"""The service window: what every public page answers from. It reads the data,
counts scans and signs answer sheets, and can change nothing."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from flask import Flask, current_app
from sqlalchemy import Connection

from zuofang.rules.book import RuleBook
from zuofang.rules.calendar import CHINA, china_day
from zuofang.search.finder import Finder
from zuofang.search.synonyms import Synonyms
from zuofang.storage.acts import Clock, system_clock
from zuofang.storage.database import Database
from zuofang.storage.keys import AnswerKeys
from zuofang.storage.version import DataVersion
from zuofang.traceability.codes import LabelKeyring
from zuofang.traceability.scans import ScanLog

NAME = "zuofang.window"


@dataclass(frozen=True, slots=True)
class Window:
    """One process's window; opened after the process has forked."""

    database: Database
    keyring: LabelKeyring
    rules: RuleBook
    scans: ScanLog
    version: DataVersion
    finder: Finder
    synonyms: Synonyms
    clock: Clock
    answers: AnswerKeys

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """One consistent look at the data."""
        with self.database.read.connect() as connection:
            yield connection

    @property
    def now(self) -> datetime:
        """The moment of this answer."""
        return self.clock()

    @property
    def today(self) -> date:
        """The day in China."""
        return china_day(self.clock())

    @property
    def midnight(self) -> float:
        """When today ends, in seconds since 1970: pages that speak of today are true until then."""
        return datetime.combine(self.today + timedelta(days=1), datetime.min.time(), CHINA).timestamp()


def seconds_of(clock: Clock) -> Callable[[], float]:
    """A clock as seconds since 1970, for what is asked at every request."""
    return time.time if clock is system_clock else lambda: clock().timestamp()


def open_window(app: Flask, window: Window) -> None:
    """Give an application its window."""
    app.extensions[NAME] = window


def opened_window(app: Flask) -> Window:
    """The window of an application."""
    found: Window = app.extensions[NAME]
    return found


def window() -> Window:
    """The window of the application that is answering."""
    return opened_window(current_app)

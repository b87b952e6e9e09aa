"""The inner counter: what every page of the desks works from. It reads, and it writes through the one door."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime

from flask import current_app, g
from sqlalchemy import Connection

from zuofang.rules.book import RuleBook
from zuofang.rules.calendar import china_day
from zuofang.storage.accounts.passkeys import Party
from zuofang.storage.accounts.sessions import Guest
from zuofang.storage.acts import Office
from zuofang.storage.settings import Settings

NAME = "zuofang.counter"


@dataclass(frozen=True, slots=True)
class Counter:
    """One process's counter; opened after the process has forked."""

    office: Office
    settings: Settings
    demonstration: bool = False
    """Whether everything here is invented: the page of the second factor then shows the code of the moment."""
    start: Callable[[], None] = lambda: None
    """Starts the process that does errands; nothing where nobody serves."""

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """One consistent look at the data."""
        with self.office.database.read.connect() as connection:
            yield connection

    @property
    def now(self) -> datetime:
        """The moment of this answer."""
        return self.office.clock()

    @property
    def today(self) -> date:
        """The day in China."""
        return china_day(self.now)

    @property
    def rules(self) -> RuleBook:
        """The rules in force."""
        return self.office.rules

    @property
    def secure(self) -> bool:
        """Whether cookies may be bound to an encrypted connection; on one's own machine there is none."""
        return self.settings.console_url.startswith("https:")

    @property
    def party(self) -> Party:
        """Who asks a device for a passkey."""
        return Party(self.settings.site_name, self.settings.console_host, self.settings.console_url.rstrip("/"))


def counter() -> Counter:
    """The counter of the application that is answering."""
    found: Counter = current_app.extensions[NAME]
    return found


def guest() -> Guest:
    """Who is asking; only for pages that nobody sees without an account."""
    found: Guest = g.guest
    return found

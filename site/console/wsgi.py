"""Opening the desks in the process that serves them, for example with granian or waitress."""

from __future__ import annotations

from contextlib import ExitStack

from zuofang.site.app import settle_memory
from zuofang.site.commands.context import holding
from zuofang.site.console.app import create_console_app
from zuofang.site.console.counter import Counter
from zuofang.site.console.desks import DESKS
from zuofang.site.errands.working import Starter
from zuofang.site.rendering import BilingualFlask
from zuofang.storage import errands
from zuofang.storage.acts import Clock, Office, system_clock
from zuofang.storage.database import open_database
from zuofang.storage.keys import read_keys
from zuofang.storage.settings import Settings, read_settings


def open_desks(settings: Settings, clock: Clock = system_clock, *, demonstration: bool = False) -> BilingualFlask:
    """The desks of an installation, with its database open; call it after the process has forked."""
    database = open_database(settings.database)
    office = Office(database, read_keys(settings.keys), clock=clock, heads=settings.heads)
    start = Starter(settings)
    if errands.waiting(office):  # an earlier process was cut short
        start()
    return create_console_app(Counter(office, settings, demonstration, start), DESKS)


_held = ExitStack()
"""What a worker does not let go of as long as it lives."""


def application() -> BilingualFlask:
    """The desks by the settings of the environment, ready to be served by a worker.

    Raises:
        click.ClickException: a command is replacing the files of this installation.
    """
    settings = read_settings()
    _held.enter_context(holding(settings, alone=False))
    desks = open_desks(settings)
    settle_memory()
    return desks

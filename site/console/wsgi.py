"""Opening the desks in the process that serves them, for example with granian or waitress."""

from __future__ import annotations

from zuofang.site.console.app import create_console_app
from zuofang.site.console.counter import Counter
from zuofang.site.console.desks import DESKS
from zuofang.site.errands.working import Starter
from zuofang.site.rendering import BilingualFlask
from zuofang.site.worker import in_worker
from zuofang.storage import errands
from zuofang.storage.acts import Clock, Office, system_clock
from zuofang.storage.database import open_database
from zuofang.storage.keys import read_keys
from zuofang.storage.settings import Settings


def open_desks(settings: Settings, clock: Clock = system_clock, *, demonstration: bool = False) -> BilingualFlask:
    """The desks of an installation, with its database open; call it after the process has forked."""
    database = open_database(settings.database)
    office = Office(database, read_keys(settings.keys), clock=clock, heads=settings.heads)
    start = Starter(settings)
    if errands.waiting(office):  # an earlier process was cut short
        start()
    return create_console_app(Counter(office, settings, demonstration, start), DESKS)


def application() -> BilingualFlask:
    """The desks by the settings of the environment, ready to be served by a worker.

    Raises:
        click.ClickException: a command is replacing the files of this installation.
    """
    return in_worker(open_desks)

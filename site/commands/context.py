"""What every command starts from: the settings, an installation that is ready, and who may use it at the same time."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from sqlalchemy import make_url

from zuofang.storage import schema
from zuofang.storage.acts import Office
from zuofang.storage.backups import is_half_restored
from zuofang.storage.database import Database, open_database
from zuofang.storage.editions import standing_rules
from zuofang.storage.keys import read_keys
from zuofang.storage.settings import Settings
from zuofang.traceability.queries.paging import LAST_KEY

KEY = click.IntRange(1, LAST_KEY)
"""The number of a row, as it is typed; a larger one names nothing, and no database would take it."""


@contextmanager
def working(settings: Settings) -> Iterator[Office]:
    """The office of an installation, ready to read and to write.

    Raises:
        click.ClickException: there is no database, or its schema is not this program's.
        NoKeys: the keys are missing.
    """
    with opened(settings) as database:
        check_schema(database)
        yield Office(database, read_keys(settings.keys), standing_rules(database), heads=settings.heads)


@contextmanager
def opened(settings: Settings) -> Iterator[Database]:
    """The database of an installation that exists, closed afterwards; its schema may be of another release."""
    refuse_half_restored(settings)
    file = database_file(settings)
    if file is not None and not file.exists():
        raise click.ClickException(f"there is no database at {file}; make it with: zuofang init")
    database = open_database(settings.database)
    try:
        yield database
    finally:
        database.dispose()


def refuse_half_restored(settings: Settings) -> None:
    """Refuse to work on what a killed restore left; a new database would answer that no label was ever issued."""
    if is_half_restored(settings):
        raise click.ClickException("a restore was cut short; run it again: zuofang restore FOLDER --replace")


def check_schema(database: Database) -> None:
    """Refuse to work on a database whose tables are not those of this program."""
    found, wanted = schema.current(database), schema.newest(database)
    if found != wanted:
        raise click.ClickException(
            f"the database is at revision {found or 'none'} and this program needs {wanted}; run: zuofang init"
        )


def database_file(settings: Settings) -> Path | None:
    """The file of an embedded database, or nothing for a server."""
    url = make_url(settings.database)
    return Path(url.database or "") if url.get_backend_name() == "sqlite" else None


@contextmanager
def holding(settings: Settings, *, alone: bool) -> Iterator[None]:
    """Hold the installation while a block runs: a server beside others, a command that replaces files alone."""
    with (settings.data / "in-use.lock").open("a") as lock:
        try:
            fcntl.flock(lock, (fcntl.LOCK_EX if alone else fcntl.LOCK_SH) | fcntl.LOCK_NB)
        except BlockingIOError:
            wish = "stop the server of" if alone else "wait for the command that is replacing"
            raise click.ClickException(f"{wish} {settings.data} first, then try again") from None
        if not alone:
            refuse_half_restored(settings)
        yield

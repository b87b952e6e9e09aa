"""The data version: a value that differs whenever committed data may differ, cheap enough to ask at every request."""

from __future__ import annotations

import sqlite3
from typing import Any, Protocol

from sqlalchemy import text

from zuofang.storage.database import Database


class DataVersion(Protocol):
    """Asks for the version of the committed data."""

    def __call__(self) -> int:
        """The version now; equal values mean equal data, within the life of this object."""
        ...


def watch(database: Database) -> DataVersion:
    """A watcher for this process; open it after the process has forked, and ask it from one thread at a time."""
    return SqliteVersion(database) if database.is_sqlite else JournalVersion(database)


class SqliteVersion:
    """SQLite's own counter of commits by others: one connection that never writes, kept open."""

    def __init__(self, database: Database) -> None:
        file = str(database.read.url.database)
        self._connection = sqlite3.connect(f"file:{file}?mode=ro", uri=True, check_same_thread=False)
        self._cursor = self._connection.cursor()
        self._ask: Any = self._cursor.execute

    def __call__(self) -> int:
        """SQLite's ``data_version``, which only has meaning within this connection."""
        version: int = self._ask("PRAGMA data_version").fetchone()[0]
        return version


class JournalVersion:
    """The number of the last journal entry: every change of data is an act, so it moves whenever data move."""

    def __init__(self, database: Database) -> None:
        self._engine = database.read.execution_options(isolation_level="AUTOCOMMIT")

    def __call__(self) -> int:
        """The number of the last act, 0 before the first."""
        with self._engine.connect() as connection:
            return connection.execute(text("SELECT seq FROM journal_head")).scalar() or 0

"""The data version: a value that differs whenever committed data may differ, cheap enough to ask at every request."""

from __future__ import annotations

import os
import sqlite3
from mmap import ACCESS_READ, mmap
from pathlib import Path
from threading import Lock
from typing import Protocol
from weakref import finalize

from sqlalchemy import text

from zuofang.storage.database import Database


class DataVersion(Protocol):
    """Asks for the version of the committed data; any thread may ask."""

    def __call__(self) -> int:
        """The version now; equal values mean equal data, within the life of this object."""
        ...


def watch(database: Database) -> DataVersion:
    """A watcher for this process; open it after the process has forked."""
    if not database.is_sqlite:
        return JournalVersion(database)
    return watch_file(Path(str(database.read.url.database)))


def watch_file(file: Path) -> DataVersion:
    """A watcher of one SQLite file that has a log beside it (WAL)."""
    index = LogIndexVersion(file)
    return index if index.is_understood else CommitCounter(file)


class LogIndexVersion:
    """The head of the index that SQLite keeps of its log (WAL-index), which every commit writes anew.

    It lies in memory that all processes share, so asking takes no system call and no lock. A connection stays open,
    because the last one to close takes the log and its index away.
    """

    HEAD = 48
    """Bytes of the head: format, counter of changes, last frame of the log, checksums over all of it."""
    FORMAT = 3_007_000

    def __init__(self, file: Path) -> None:
        self._connection = _connect(file)
        self._connection.execute("SELECT count(*) FROM sqlite_schema")  # brings the index into being
        real = file.resolve()  # SQLite follows links and lays the index beside the file itself
        descriptor = os.open(real.with_name(f"{real.name}-shm"), os.O_RDONLY)
        self._index = mmap(descriptor, self.HEAD, access=ACCESS_READ)
        # POSIX takes every lock of a process on a file away when it closes any descriptor of that file. SQLite without
        # its locks lets the next process empty the index under our hands; so this one stays open as long as we do.
        finalize(self, os.close, descriptor)

    @property
    def is_understood(self) -> bool:
        """Whether the index has the format in which its head lies where we look; SQLite may change it one day."""
        return self.FORMAT in (int.from_bytes(self._index[:4], order) for order in ("little", "big"))

    def __call__(self) -> int:
        """The head, as a number."""
        return int.from_bytes(self._index[: self.HEAD])


class CommitCounter:
    """SQLite's own counter of commits by others: one connection that never writes, kept open."""

    def __init__(self, file: Path) -> None:
        self._cursor = _connect(file).cursor()
        self._lock = Lock()

    def __call__(self) -> int:
        """SQLite's ``data_version``, which only has meaning within this connection."""
        with self._lock:
            version: int = self._cursor.execute("PRAGMA data_version").fetchone()[0]
        return version


def _connect(file: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(f"{file.absolute().as_uri()}?mode=rw", uri=True, check_same_thread=False)
    connection.execute("PRAGMA query_only=ON")
    return connection


class JournalVersion:
    """The number of the last journal entry: every change of data is an act, so it moves whenever data move."""

    def __init__(self, database: Database) -> None:
        self._engine = database.read.execution_options(isolation_level="AUTOCOMMIT")

    def __call__(self) -> int:
        """The number of the last act, 0 before the first."""
        with self._engine.connect() as connection:
            return connection.execute(text("SELECT seq FROM journal_head")).scalar() or 0

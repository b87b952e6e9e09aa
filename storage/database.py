"""Opening the database: SQLite as the embedded default, PostgreSQL from the same code.

Reading and writing use separate engines. A writing transaction on SQLite begins with ``BEGIN IMMEDIATE``, because a
transaction that reads first and writes later is refused at once when another writer was quicker, whatever the timeout.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import OperationalError

from zuofang.rules.sentences import Sentence, say

SQLITE_SETTINGS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA busy_timeout=5000",
    "PRAGMA foreign_keys=ON",
    "PRAGMA trusted_schema=OFF",
    "PRAGMA secure_delete=ON",
    "PRAGMA mmap_size=0",
)
PRIMARY = 0xFF
"""The part of an SQLite error code that names the kind of error; the rest names the occasion."""
WAL_RESET_FIXED = (3, 51, 3)
"""First SQLite in which two connections cannot corrupt the file by resetting its log at the same moment."""


@dataclass(frozen=True, slots=True)
class Database:
    """The two engines of one database: ``read`` cannot change anything, ``write`` takes the write lock at once."""

    read: Engine
    write: Engine

    @property
    def is_sqlite(self) -> bool:
        """Whether this is the embedded database."""
        return self.write.dialect.name == "sqlite"

    def dispose(self) -> None:
        """Close every connection."""
        self.read.dispose()
        self.write.dispose()


def open_database(address: str) -> Database:
    """Open the database at a SQLAlchemy address; a missing SQLite file and its folder are made."""
    url = make_url(address)
    if url.get_backend_name() == "sqlite":
        return _open_sqlite(address, Path(url.database or ""))
    write = create_engine(address, pool_pre_ping=True)
    read = create_engine(address, pool_pre_ping=True)
    event.listen(read, "connect", _postgresql_reader)
    return Database(read, write)


def _open_sqlite(address: str, file: Path) -> Database:
    file.parent.mkdir(parents=True, exist_ok=True)
    read, write = create_engine(address), create_engine(address)
    event.listen(write, "connect", _sqlite_writer)
    event.listen(read, "connect", _sqlite_reader)
    event.listen(write, "begin", lambda connection: connection.exec_driver_sql("BEGIN IMMEDIATE"))
    event.listen(read, "begin", _begin_reading)
    return Database(read, write)


def is_busy(error: Exception) -> bool:
    """Whether somebody else wrote into the embedded database for longer than a writer waits; trying again helps."""
    cause = error.orig if isinstance(error, OperationalError) else None
    code = cause.sqlite_errorcode if isinstance(cause, sqlite3.OperationalError) else 0
    return code & PRIMARY == sqlite3.SQLITE_BUSY


def _begin_reading(connection: Connection) -> None:
    # By the driver itself, as it neither waits nor fails: through SQLAlchemy it would cost as much as the answer.
    connection.connection.cursor().execute("BEGIN")


def _sqlite_writer(connection: sqlite3.Connection, _record: Any) -> None:
    # SQLAlchemy begins each transaction itself; the driver's own habit of beginning late would undo BEGIN IMMEDIATE.
    connection.isolation_level = None
    for setting in SQLITE_SETTINGS:
        connection.execute(setting)


def _sqlite_reader(connection: sqlite3.Connection, record: Any) -> None:
    _sqlite_writer(connection, record)
    connection.execute("PRAGMA query_only=ON")


@contextmanager
def loading(database: Database) -> Iterator[None]:
    """Load much that can be loaded anew if it is cut short: the disk is waited for at the end, not at every commit.

    A machine that loses its power meanwhile may leave a damaged file; the caller must know that it was not finished.
    """
    if not database.is_sqlite:
        yield
        return
    event.listen(database.write, "connect", _without_waiting)
    database.write.dispose()
    try:
        yield
    finally:
        event.remove(database.write, "connect", _without_waiting)
        database.write.dispose()
        _force_to_disk(Path(database.write.url.database or "").resolve())


def _without_waiting(connection: sqlite3.Connection, _record: Any) -> None:
    connection.execute("PRAGMA synchronous=OFF")


def _force_to_disk(file: Path) -> None:
    for path in (file, file.with_name(f"{file.name}-wal")):
        if path.exists():
            with path.open("rb") as written:
                os.fsync(written.fileno())


def _postgresql_reader(connection: Any, _record: Any) -> None:
    connection.read_only = True


def sqlite_warning() -> Sentence | None:
    """A sentence for the operator where this SQLite can lose data under two writers, else nothing."""
    if sqlite3.sqlite_version_info >= WAL_RESET_FIXED:
        return None
    return say(
        "SQLite %(here)s 有缺陷：两个进程同时重置日志时可能损坏文件，%(fixed)s 起已修复。"
        "请只用一个写入进程、每天备份，或者改用 PostgreSQL。",
        here=sqlite3.sqlite_version,
        fixed=".".join(map(str, WAL_RESET_FIXED)),
    )


def check_integrity(database: Database, *, thorough: bool = False) -> str | None:
    """What the database itself finds wrong with its file, or nothing; PostgreSQL keeps its own checksums.

    The quick check reads every page once; the thorough one compares every index and every reference too.
    """
    if not database.is_sqlite:
        return None
    with database.read.connect() as connection:
        answer = connection.execute(
            text("PRAGMA integrity_check(1)" if thorough else "PRAGMA quick_check(1)")
        ).scalar_one()
        stray = connection.execute(text("PRAGMA foreign_key_check")).first() if thorough else None
    if stray is not None:
        return f"row {stray[1]} of table {stray[0]} points to a row of {stray[2]} that does not exist"
    return None if answer == "ok" else str(answer)

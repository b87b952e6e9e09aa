"""The embedded database is set up so that nothing is lost, and two writers wait for each other."""

import sqlite3
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.exc import DBAPIError

from zuofang.storage import database as storage
from zuofang.storage.acts import Office
from zuofang.storage.database import Database, check_integrity, is_busy, loading, open_database, sqlite_warning
from zuofang.storage.keys import Keys
from zuofang.storage.version import CommitCounter, DataVersion, LogIndexVersion, watch

PRAGMAS = {
    "journal_mode": "wal",
    "synchronous": 2,
    "busy_timeout": 5000,
    "foreign_keys": 1,
    "trusted_schema": 0,
    "secure_delete": 1,
    "mmap_size": 0,
}


def pragma(engine: Engine, name: str) -> object:
    with engine.connect() as connection:
        return connection.execute(text(f"PRAGMA {name}")).scalar_one()


def act(office: Office, failure: Exception | None = None) -> None:
    with office.writing("tester") as desk:
        desk.record("test.act", ("test", "1"), "test")
        if failure:
            raise failure


@pytest.mark.parametrize("name", PRAGMAS)
def test_every_connection_is_set_up(sqlite: Database, name: str) -> None:
    assert pragma(sqlite.write, name) == PRAGMAS[name]
    assert pragma(sqlite.read, name) == PRAGMAS[name]


def test_a_reader_cannot_write(database: Database) -> None:
    with pytest.raises(DBAPIError), database.read.begin() as connection:
        connection.execute(text("INSERT INTO outbox_cursor (reader, last) VALUES ('x', 1)"))


def test_the_folder_of_the_database_is_made(tmp_path: Path) -> None:
    opened = open_database(f"sqlite:///{tmp_path / 'deep' / 'down' / 'zuofang.db'}")
    assert pragma(opened.write, "user_version") == 0
    opened.dispose()


def test_two_writers_that_read_first_wait_for_each_other_and_lose_nothing(database: Database) -> None:
    with database.write.begin() as connection:
        connection.execute(text("INSERT INTO outbox_cursor (reader, last) VALUES ('both', 0)"))
    lock = " FOR UPDATE" if not database.is_sqlite else ""

    def add() -> None:
        for _ in range(20):
            with database.write.begin() as connection:
                last = connection.execute(text(f"SELECT last FROM outbox_cursor{lock}")).scalar_one()
                time.sleep(0.001)
                connection.execute(text("UPDATE outbox_cursor SET last = :last"), {"last": last + 1})

    writers = [threading.Thread(target=add) for _ in range(2)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    with database.read.connect() as connection:
        assert connection.execute(text("SELECT last FROM outbox_cursor")).scalar_one() == 40


def test_a_writer_that_waited_too_long_is_told_from_one_that_is_wrong(sqlite: Database) -> None:
    errors = []
    file = Path(sqlite.write.url.database or "")
    with closing(sqlite3.connect(file, isolation_level=None)) as writer:
        writer.execute("BEGIN IMMEDIATE")
        for statement in ("BEGIN IMMEDIATE", "SELECT * FROM nothing"):
            try:
                with create_engine(f"sqlite:///{file}", connect_args={"timeout": 0}).connect() as other:
                    other.exec_driver_sql(statement)
            except DBAPIError as error:
                errors.append(error)
    assert [is_busy(error) for error in errors] == [True, False]


def test_a_reader_is_not_held_up_by_a_writer(database: Database) -> None:
    with database.write.begin() as writing, database.read.connect() as reading:
        writing.execute(text("INSERT INTO outbox_cursor (reader, last) VALUES ('x', 1)"))
        assert reading.execute(text("SELECT count(*) FROM outbox_cursor")).scalar_one() == 0


def test_a_sqlite_that_can_lose_data_is_warned_of(monkeypatch: pytest.MonkeyPatch) -> None:
    fixed = storage.WAL_RESET_FIXED
    monkeypatch.setattr(sqlite3, "sqlite_version_info", (*fixed[:2], fixed[2] - 1))
    assert "3.51.3" in str(sqlite_warning())
    monkeypatch.setattr(sqlite3, "sqlite_version_info", fixed)
    assert sqlite_warning() is None


def test_a_whole_database_is_found_whole(database: Database) -> None:
    assert check_integrity(database) is None
    assert check_integrity(database, thorough=True) is None


def test_a_damaged_page_is_found(sqlite: Database, tmp_path: Path) -> None:
    sqlite.dispose()
    with (tmp_path / "zuofang.db").open("r+b") as file:
        file.seek(3 * 4096)
        file.write(b"\x55" * 4096)
    assert check_integrity(sqlite)


def test_the_data_version_moves_with_every_act_of_another_and_only_then(office: Office) -> None:
    ask = watch(office.database)
    first = ask()
    assert ask() == first
    act(office)
    second = ask()
    assert second != first
    assert ask() == second
    act(office)
    assert ask() not in (first, second)


@pytest.mark.parametrize("kind", [LogIndexVersion, CommitCounter])
def test_many_threads_may_ask_for_the_version_while_others_write(
    sqlite: Database, keys: Keys, kind: Callable[[Path], DataVersion]
) -> None:
    ask, office = kind(Path(str(sqlite.read.url.database))), Office(sqlite, keys)
    seen = [ask()]
    with ThreadPoolExecutor(4) as threads:
        for _ in range(5):
            asking = [threads.submit(lambda: [ask() for _ in range(200)]) for _ in range(4)]
            act(office)
            seen.append(ask())
            assert all(len(answers.result()) == 200 for answers in asking)
    assert len(set(seen)) == 6


def test_the_index_of_the_log_is_understood(sqlite: Database) -> None:
    assert isinstance(watch(sqlite), LogIndexVersion)


def test_the_data_version_stays_when_an_act_fails(office: Office) -> None:
    ask = watch(office.database)
    first = ask()
    with pytest.raises(RuntimeError):
        act(office, RuntimeError())
    assert ask() == first


def test_a_load_waits_for_the_disk_at_its_end_and_leaves_the_settings_as_they_were(sqlite: Database) -> None:
    def load() -> None:
        with loading(sqlite):
            assert pragma(sqlite.write, "synchronous") == 0
            assert pragma(sqlite.write, "foreign_keys") == 1
            raise RuntimeError("cut short")

    assert pragma(sqlite.write, "synchronous") == PRAGMAS["synchronous"]
    with pytest.raises(RuntimeError, match="cut short"):
        load()
    assert pragma(sqlite.write, "synchronous") == PRAGMAS["synchronous"]

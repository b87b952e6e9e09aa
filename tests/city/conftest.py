"""The example city, built once and read by every test here."""

from __future__ import annotations

import fcntl
import pickle
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from zuofang.site.commands.city.build import CityReport, build
from zuofang.storage.acts import Office
from zuofang.storage.database import Database, open_database
from zuofang.storage.keys import Keys, new_keys, read_keys

NOW = datetime(2026, 11, 20, 4, 0, tzinfo=UTC)
TODAY = date(2026, 11, 20)
DAYS = 62
"""Two months are enough to hold everything that is told of the city."""


@dataclass(frozen=True)
class City:
    """A city that nobody changes any more."""

    database: Database
    keys: Keys
    heads: Path
    report: CityReport


@pytest.fixture(scope="session")
def city(tmp_path_factory: pytest.TempPathFactory, migrated_file: Path) -> Iterator[City]:
    """The city; processes that test side by side share the one that was built first."""
    folder = tmp_path_factory.getbasetemp()
    folder = (folder.parent if "popen" in folder.name else folder) / "example-city"
    folder.mkdir(exist_ok=True)
    with (folder / "lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "report").exists():
            _build(folder, migrated_file)
    database = open_database(f"sqlite:///{folder / 'zuofang.db'}")
    report = pickle.loads((folder / "report").read_bytes())
    yield City(database, read_keys(folder / "keys"), folder / "heads.log", report)
    database.dispose()


def _build(folder: Path, migrated_file: Path) -> None:
    shutil.copy(migrated_file, folder / "zuofang.db")
    (folder / "keys").mkdir()
    database = open_database(f"sqlite:///{folder / 'zuofang.db'}")
    office = Office(database, new_keys(folder / "keys"), clock=lambda: NOW, heads=folder / "heads.log")
    report = build(office, today=TODAY, days=DAYS)
    database.dispose()
    (folder / "report").write_bytes(pickle.dumps(report))


@pytest.fixture
def session(city: City) -> Iterator[Session]:
    """A reader of the city."""
    with Session(city.database.read) as reader:
        yield reader

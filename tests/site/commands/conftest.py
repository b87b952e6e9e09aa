"""Commands run as an operator runs them, against a data folder of their own."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from zuofang.site.commands import main
from zuofang.storage.acts import Office
from zuofang.storage.database import open_database
from zuofang.storage.keys import new_keys, read_keys
from zuofang.storage.settings import Settings

Run = Callable[..., Result]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """The data folder of the installation; it does not exist yet."""
    return tmp_path / "var"


@pytest.fixture
def run(data: Path) -> Run:
    """Run ``zuofang`` with some words and settings; whatever happens, no traceback may be shown."""

    def run(*words: str, **settings: str) -> Result:
        environment = {
            "ZUOFANG_DATA": str(data),
            **{f"ZUOFANG_{key.upper()}": value for key, value in settings.items()},
        }
        result = CliRunner().invoke(main, words, env=environment)
        assert "Traceback" not in result.output
        assert result.exit_code in (0, 1, 2)
        if result.exit_code == 1:
            assert result.stderr.startswith("Error: ")
            assert result.stderr.count("\n") == 1, "a refusal is one sentence"
        return result

    return run


@pytest.fixture
def installed(data: Path, migrated_file: Path) -> Settings:
    """An installation with keys and empty tables."""
    data.mkdir()
    new_keys(data / "keys")
    shutil.copy(migrated_file, data / "zuofang.db")
    return Settings(data=data)


@pytest.fixture
def office(installed: Settings) -> Iterator[Office]:
    """The office of that installation."""
    database = open_database(installed.database)
    yield Office(database, read_keys(installed.keys), heads=installed.heads)
    database.dispose()

"""A public site to fetch pages from, through the client that is the style guide."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from report_forms import EASY
from style_guide import StyleGuide
from tests.conftest import NOON

from zuofang.site.app import create_public_app
from zuofang.site.public.report_desk import NAME
from zuofang.site.rendering import BilingualFlask
from zuofang.site.wsgi import open_public_site
from zuofang.storage.acts import Office
from zuofang.storage.database import Database
from zuofang.storage.keys import Keys
from zuofang.storage.settings import Settings


@pytest.fixture(scope="session")
def shell_app(tmp_path_factory: pytest.TempPathFactory) -> BilingualFlask:
    """The public site with no page but the shell's, in development so that the style guide is served."""
    data: Path = tmp_path_factory.mktemp("data")
    app = create_public_app(Settings(data=data, base_url="https://zf.example.cn", development=True))
    app.test_client_class = StyleGuide
    return app


@pytest.fixture
def shell(shell_app: BilingualFlask) -> FlaskClient:
    """A reader of the shell."""
    return shell_app.test_client()


@pytest.fixture
def writer(sqlite: Database, keys: Keys) -> Office:
    """A place to write from, behind the public site of ``reader``."""
    return Office(sqlite, keys, clock=lambda: NOON)


@pytest.fixture
def public_site(writer: Office, key_folder: Path, tmp_path: Path) -> Iterator[BilingualFlask]:
    """The whole public site over a database of its own, at noon of the day of the tests."""
    (tmp_path / "keys").symlink_to(key_folder)
    settings = Settings(data=tmp_path, base_url="https://zf.example.cn")
    app = open_public_site(settings, clock=lambda: NOON)
    app.test_client_class = StyleGuide
    database = app.extensions["zuofang.window"].database
    yield app
    database.dispose()


@pytest.fixture
def reader(public_site: BilingualFlask) -> FlaskClient:
    """A reader of the public site."""
    return public_site.test_client()


@pytest.fixture
def report_site(writer: Office, key_folder: Path, role_folder: Path, tmp_path: Path) -> Iterator[BilingualFlask]:
    """The public site of an installation that takes reports."""
    keys = tmp_path / "keys"
    for folder in (key_folder, role_folder):
        shutil.copytree(folder, keys, dirs_exist_ok=True)
    app = open_public_site(Settings(data=tmp_path, base_url="https://zf.example.cn"), clock=lambda: NOON)
    app.test_client_class = StyleGuide
    app.extensions[NAME].effort = (EASY, EASY + 4)
    database = app.extensions["zuofang.window"].database
    yield app
    app.extensions[NAME].counters.close()
    database.dispose()


@pytest.fixture
def reporter(report_site: BilingualFlask) -> FlaskClient:
    """Somebody who has something to say."""
    return report_site.test_client()

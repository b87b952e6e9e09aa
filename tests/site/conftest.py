"""A public site to fetch pages from, through the client that is the style guide."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask.testing import FlaskClient
from style_guide import StyleGuide

from zuofang.site.app import create_public_app
from zuofang.site.rendering import BilingualFlask
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

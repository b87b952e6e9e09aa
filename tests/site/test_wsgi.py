"""The factory from which a server makes its workers."""

import gc
from collections.abc import Iterator
from pathlib import Path

import pytest
from click import ClickException

from zuofang.site.commands.context import holding
from zuofang.site.rendering import BilingualFlask
from zuofang.site.wsgi import application
from zuofang.storage.settings import Settings


@pytest.fixture
def _memory() -> Iterator[None]:
    """A worker settles the memory of its process; this one goes on with other tests."""
    before = gc.get_threshold()
    yield
    gc.unfreeze()
    gc.set_threshold(*before)


@pytest.mark.usefixtures("_memory", "public_site")
def test_files_are_not_replaced_under_a_worker(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZUOFANG_DATA", str(tmp_path))
    worker: BilingualFlask = application()
    assert worker.test_client().get("/healthz").status_code == 200
    with pytest.raises(ClickException, match="stop the server"), holding(Settings(data=tmp_path), alone=True):
        pass

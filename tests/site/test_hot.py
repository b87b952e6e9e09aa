"""Label pages from memory: what is kept, for whom, and that nobody can spoil it."""

from __future__ import annotations

from typing import Any

import pytest
from flask.testing import FlaskClient
from tests import scene
from tests.site.test_label import put_on_shelf, ring
from werkzeug.test import EnvironBuilder

from zuofang.site.hot import HotLabels
from zuofang.site.rendering import BilingualFlask
from zuofang.storage.acts import Office
from zuofang.traceability.codes import mint

CHINESE = ("zh-CN,zh;q=0.9", "zh-CN,zh;q=0.8,en;q=0.5", "", "fr")


@pytest.fixture
def codes(writer: Office) -> tuple[str, str]:
    """The code of one packet, and that of its whole batch."""
    with writer.writing("lab") as desk:
        made = scene.released(desk)
        return put_on_shelf(desk, made).code, mint(ring(desk), made.batch.id)


@pytest.fixture
def hot(public_site: BilingualFlask) -> HotLabels:
    found: Any = public_site.wsgi_app
    while not isinstance(found, HotLabels):
        found = found.app
    return found


def from_memory(
    reader: FlaskClient, path: str, monkeypatch: pytest.MonkeyPatch, hot: HotLabels, **headers: str
) -> bool:
    """Whether the application behind the memory is left in peace."""
    asked: list[str] = []
    behind = hot._app

    def listen(environ: Any, start_response: Any) -> Any:
        asked.append(environ["PATH_INFO"])
        return behind(environ, start_response)

    with monkeypatch.context() as patch:
        patch.setattr(hot, "_app", listen)
        assert reader.get(path, headers=headers).status_code == 200
    return not asked


def test_everyone_who_reads_chinese_shares_a_page(
    reader: FlaskClient, codes: tuple[str, str], hot: HotLabels, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = f"/t/{codes[1]}"
    assert not from_memory(reader, path, monkeypatch, hot, Accept_Language=CHINESE[0])
    for accepted in CHINESE:
        assert from_memory(reader, path, monkeypatch, hot, Accept_Language=accepted)
    assert not from_memory(reader, path, monkeypatch, hot, Accept_Language="en")
    assert not from_memory(reader, path, monkeypatch, hot, Accept_Encoding="gzip")
    assert from_memory(reader, path, monkeypatch, hot, Accept_Encoding="gzip, br;q=0.5")
    assert not from_memory(reader, f"{path}?lang=en", monkeypatch, hot)


def test_the_page_of_a_packet_is_not_kept_while_it_counts(
    reader: FlaskClient, codes: tuple[str, str], hot: HotLabels, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = [from_memory(reader, f"/t/{codes[0]}", monkeypatch, hot) for _ in range(30)]
    assert not any(answers[:3]), "each scan changes the page"
    assert all(answers[-3:]), "from the ceiling on it says the same"
    assert len(hot._kept) == 1


def test_a_server_may_change_the_headers_it_is_given(
    codes: tuple[str, str], hot: HotLabels, reader: FlaskClient
) -> None:
    path = f"/t/{codes[1]}"
    reader.get(path)

    def rude(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> Any:
        headers.append(("X-Rude", status))
        return lambda _: None

    for _ in range(2):
        hot(EnvironBuilder(path).get_environ(), rude)
    assert "X-Rude" not in reader.get(path).headers

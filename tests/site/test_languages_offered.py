"""The bureau decides whether readers are offered English; every worker follows, and Chinese is always there."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient
from tests.conftest import NOON

from zuofang.site.rendering import BilingualFlask
from zuofang.site.wsgi import open_public_site
from zuofang.storage import editions
from zuofang.storage.acts import Office
from zuofang.storage.editions import IDENTITY, Edition
from zuofang.storage.identity import CHINESE_ALONE, Identity

ENGLISH = {"Accept-Language": "en-US,en;q=0.9,zh;q=0.1"}


@pytest.fixture
def workers(public_site: BilingualFlask, reader: FlaskClient) -> Iterator[list[FlaskClient]]:
    """Readers of two workers that have both answered already, in English."""
    second = open_public_site(public_site.config["ZUOFANG"], clock=lambda: NOON)
    both = [reader, second.test_client()]
    for one in both:
        assert '<html lang="en">' in one.get("/about?lang=en").text
    yield both
    second.extensions["zuofang.window"].database.dispose()


def _chinese_alone(office: Office) -> int:
    """Let one person propose and another adopt that the site speaks Chinese alone."""
    told = Identity(site_name="作坊码", site_name_en="Food Codes", bureau="市场监督管理局", languages=CHINESE_ALONE)
    with office.writing("editor") as desk:
        key = editions.propose(desk, IDENTITY, told.json(), "测试").id
    with office.writing("administrator") as desk:
        editions.adopt(desk, desk.session.get_one(Edition, key), "测试")
    return key


@pytest.mark.parametrize("path", ["/", "/about", "/accessibility", "/disclosures/", "/workshops/nowhere"])
def test_without_english_every_worker_answers_in_chinese_and_links_to_no_other_language(
    workers: list[FlaskClient], writer: Office, path: str
) -> None:
    _chinese_alone(writer)
    for reader in workers:
        for answer in (reader.get(path, query_string={"lang": "en"}), reader.get(path, headers=ENGLISH)):
            assert '<html lang="zh-Hans">' in answer.text
            assert answer.headers["Content-Language"] == "zh-Hans"
            assert "hreflang=" not in answer.text
            assert "lang=en" not in answer.text
            assert "Food Codes" not in answer.text


def test_english_comes_back_in_every_worker_when_the_adoption_is_undone(
    workers: list[FlaskClient], writer: Office
) -> None:
    key = _chinese_alone(writer)
    assert [one.get("/about?lang=en").headers["Content-Language"] for one in workers] == ["zh-Hans"] * 2
    with writer.writing("administrator") as desk:
        editions.undo_adoption(desk, desk.session.get_one(Edition, key), "测试")
    for reader in workers:
        page = reader.get("/about", headers=ENGLISH)
        assert '<html lang="en">' in page.text
        assert 'hreflang="zh-Hans"' in page.text


def test_the_page_of_a_failure_speaks_no_english_either(
    public_site: BilingualFlask, reader: FlaskClient, writer: Office
) -> None:
    _chinese_alone(writer)
    reader.get("/about")

    def fail() -> str:
        raise RuntimeError

    public_site.view_functions["texts.about"] = fail
    public_site.config["PROPAGATE_EXCEPTIONS"] = False
    answer = reader.get("/about?lang=en")
    assert answer.status_code == 500
    assert '<html lang="zh-Hans">' in answer.text
    assert "hreflang=" not in answer.text

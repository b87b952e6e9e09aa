import pytest
from flask.testing import FlaskClient

from zuofang.site.locales import CHINESE, ENGLISH, Language, local, negotiate


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("zh-CN,zh;q=0.9,en;q=0.8", CHINESE),
        ("zh-TW,zh;q=0.9,en-US;q=0.8", CHINESE),
        ("zh-HK", CHINESE),
        ("ZH-hans-cn", CHINESE),
        ("en-US,en;q=0.9,zh-CN;q=0.8", ENGLISH),
        ("en;q=0.2,zh;q=0.7", CHINESE),
        ("fr-FR,fr;q=0.9,en;q=0.5", ENGLISH),
        ("fr", CHINESE),
        ("*", CHINESE),
        ("", CHINESE),
        ("en;q=0", CHINESE),
        (";;;,,q=", CHINESE),
    ],
)
def test_a_browser_is_answered_in_the_first_language_we_have(header: str, language: Language) -> None:
    assert negotiate(None, header) is language


def test_the_address_is_stronger_than_the_browser() -> None:
    assert negotiate("en", "zh-CN") is ENGLISH
    assert negotiate("zh", "en") is CHINESE


@pytest.mark.parametrize("word", ["xx", "", "zh_Hans_CN", "../etc", "en\0"])
def test_an_unknown_language_in_the_address_is_no_choice(shell: FlaskClient, word: str) -> None:
    assert negotiate(word, "en") is ENGLISH
    answer = shell.get("/styleguide", query_string={"lang": word})
    assert answer.status_code == (400 if "\0" in word else 200)


def test_switching_keeps_page_and_search(shell: FlaskClient) -> None:
    page = shell.get("/nothing/here?q=桂花糕&kind=a&kind=b&lang=en").text
    assert 'href="/nothing/here?q=%E6%A1%82%E8%8A%B1%E7%B3%95&amp;kind=a&amp;kind=b&amp;lang=zh" lang="zh-Hans"' in page


def test_a_language_chosen_in_the_address_follows_the_reader(shell: FlaskClient) -> None:
    page = shell.get("/nothing?lang=en").text
    assert 'href="/?lang=en"' in page
    assert '<input type="hidden" name="lang" value="en">' in page


def test_a_link_to_a_place_on_a_page_keeps_the_language_and_the_place(shell: FlaskClient) -> None:
    with shell.application.test_request_context("/?lang=en"):
        assert local("/open/?on=today#counted") == "/open/?on=today&lang=en#counted"


def test_a_language_of_the_browser_needs_no_mark_in_links(shell: FlaskClient) -> None:
    page = shell.get("/nothing", headers={"Accept-Language": "en"}).text
    assert '<html lang="en">' in page
    assert 'href="/"' in page


def test_a_page_says_its_language_and_that_it_depends_on_the_browser(shell: FlaskClient) -> None:
    answer = shell.get("/nothing?lang=en")
    assert answer.headers["Content-Language"] == "en"
    assert "Accept-Language" in answer.headers["Vary"]

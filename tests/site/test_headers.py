import pytest
from flask import Response, redirect, url_for
from flask.testing import FlaskClient

from zuofang.site.app import create_public_app
from zuofang.site.headers import content_policy
from zuofang.storage.settings import Settings


@pytest.fixture(scope="module")
def pinned() -> FlaskClient:
    app = create_public_app(Settings(base_url="https://zf.example.cn"))

    @app.get("/where/")
    def where() -> str:
        return url_for("where", _external=True)

    @app.get("/away")
    def away() -> Response:
        return redirect(url_for("where"))  # type: ignore[return-value]

    return app.test_client()


@pytest.mark.parametrize(
    "host", ["zf.example.cn", "ZF.EXAMPLE.CN", "zf.example.cn:443", "zf.example.cn.", "localhost", "127.0.0.1:8000"]
)
def test_we_answer_by_our_own_name_however_it_is_spelt(pinned: FlaskClient, host: str) -> None:
    answer = pinned.get("/where/", headers={"Host": host})
    assert answer.text == "https://zf.example.cn/where/"


@pytest.mark.parametrize(
    "host", ["evil.example", "zf.example.cn.evil.example", "zf.example.cn@evil.example", " ", "[::2]"]
)
def test_another_name_is_refused(pinned: FlaskClient, host: str) -> None:
    answer = pinned.get("/where/", headers={"Host": host})
    assert answer.status_code == 400
    assert "evil" not in answer.text


def test_redirects_stay_with_our_own_address_whatever_a_client_claims(pinned: FlaskClient) -> None:
    claims = {
        "Host": "localhost",
        "X-Forwarded-Host": "evil.example",
        "X-Forwarded-Proto": "ftp",
        "Forwarded": "host=evil",
    }
    for path in ("/where", "/away"):
        address = pinned.get(path, headers=claims).headers["Location"]
        assert address in ("https://zf.example.cn/where/", "/where/")


def test_the_policy_names_our_styles_by_their_hash_and_nothing_unsafe() -> None:
    policy = content_policy()
    assert policy.count("'sha256-") == 2
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy


def test_a_page_may_ask_for_more() -> None:
    assert "script-src 'self'" in content_policy(script_src="'self'")


@pytest.mark.parametrize("path", ["/icon.svg", "/favicon.ico", "/robots.txt", "/nothing"])
def test_every_answer_carries_the_headers_and_no_cookie(shell: FlaskClient, path: str) -> None:
    shell.get(path)


def test_crawlers_are_sent_to_our_own_site_map(shell: FlaskClient) -> None:
    assert "Sitemap: https://zf.example.cn/sitemap.xml" in shell.get("/robots.txt").text


def test_the_style_guide_is_not_served_outside_development(pinned: FlaskClient) -> None:
    assert pinned.get("/styleguide").status_code == 404

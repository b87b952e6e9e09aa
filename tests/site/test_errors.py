import pytest
from flask import Response, request
from flask.testing import FlaskClient
from style_guide import StyleGuide

from zuofang.rules.sentences import say
from zuofang.site.app import create_public_app
from zuofang.site.errors import HTTPStatus, refuse
from zuofang.storage.settings import Settings


@pytest.fixture(scope="module")
def faulty() -> FlaskClient:
    """A reader of a site with pages that go wrong in every way."""
    app = create_public_app(Settings(base_url="https://zf.example.cn"))
    app.test_client_class = StyleGuide

    @app.get("/fail")
    def fail() -> str:
        raise RuntimeError("secret of the inside")

    @app.get("/refuse")
    def refused() -> str:
        refuse(HTTPStatus.GONE, say("它在 %(place)s 撤下。", place="<b>档案</b>"))

    @app.get("/status/<int:code>")
    def status(code: int) -> str:
        refuse(HTTPStatus(code), say("试一试。"))

    @app.post("/form")
    def form() -> Response:
        return Response(",".join(request.form.values()), mimetype="text/plain")

    return app.test_client()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_failure_shows_a_calm_page_and_nothing_of_the_inside(faulty: FlaskClient, language: str) -> None:
    answer = faulty.get(f"/fail?lang={language}")
    assert answer.status_code == 500
    assert "secret" not in answer.text
    assert "Traceback" not in answer.text
    assert ("网站出了差错" in answer.text) == (language == "zh")
    assert "src=" not in answer.text


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("code", [400, 403, 404, 405, 410, 413, 414, 418, 429, 431, 503])
def test_every_error_has_a_page_in_both_languages(faulty: FlaskClient, code: int, language: str) -> None:
    answer = faulty.get(f"/status/{code}?lang={language}")
    assert answer.status_code == code
    assert f"{code}" in answer.text


def test_a_refusal_says_its_own_sentence_and_escapes_its_values(faulty: FlaskClient) -> None:
    assert "它在 &lt;b&gt;档案&lt;/b&gt; 撤下。" in faulty.get("/refuse").text


def test_a_wrong_method_says_which_are_right(faulty: FlaskClient) -> None:
    answer = faulty.post("/fail")
    assert answer.status_code == 405
    assert "GET" in answer.headers["Allow"]


@pytest.mark.parametrize("query", ["q=%FF", "%C3%28=1", "q=%00", "q=%ED%A0%80"])
def test_a_query_that_is_not_text_is_refused(faulty: FlaskClient, query: str) -> None:
    assert faulty.get(f"/nothing?{query}").status_code == 400


@pytest.mark.parametrize("path", ["/\xff", "/\xc3(", "/a\0b"])
def test_a_path_that_is_not_text_is_refused(faulty: FlaskClient, path: str) -> None:
    assert faulty.get("/", environ_overrides={"PATH_INFO": path}).status_code == 400


@pytest.mark.parametrize("body", [b"name=\xff\xfe", b"\xc3(=1"])
def test_a_form_that_is_not_text_is_refused(faulty: FlaskClient, body: bytes) -> None:
    answer = faulty.post("/form", data=body, content_type="application/x-www-form-urlencoded")
    assert answer.status_code == 400


def test_a_form_without_a_boundary_is_refused(faulty: FlaskClient) -> None:
    assert faulty.post("/form", data=b"--x", content_type="multipart/form-data").status_code == 400


def test_a_form_that_is_too_large_is_refused_with_advice(faulty: FlaskClient) -> None:
    answer = faulty.post("/form", data={"text": "啊" * 600_000})
    assert answer.status_code == 413
    assert "发来的内容太大" in answer.text


def test_an_ordinary_form_is_read(faulty: FlaskClient) -> None:
    assert faulty.post("/form", data={"a": "桂花糕", "b": "&"}).text == "桂花糕,&"

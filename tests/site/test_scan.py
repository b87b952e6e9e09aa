"""``/scan``: pictures read and forgotten, codes of others shown and never followed."""

import re
import tempfile
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from style_guide import parse, text_of
from tests import scene
from werkzeug.test import TestResponse

from zuofang.site.public.scan import probe
from zuofang.storage.acts import Office
from zuofang.traceability.codes import LabelKeyring, mint
from zuofang.traceability.labels.address import LabelAddress
from zuofang.traceability.labels.decoding import MAX_BYTES, read_picture
from zuofang.traceability.labels.symbols import draw_one, png

SITE = LabelAddress.of_site("https://zf.example.cn")


def send(reader: FlaskClient, content: bytes, query: str = "", name: str = "a.png") -> TestResponse:
    """Send a form with one file, laid out by hand: the client of the tests would put a large one into a file."""
    head = f'--limit\r\nContent-Disposition: form-data; name="picture"; filename="{name}"\r\n\r\n'.encode()
    body = head + content + b"\r\n--limit--\r\n"
    return reader.post(f"/scan{query}", data=body, content_type="multipart/form-data; boundary=limit")


def picture(text: str) -> bytes:
    return png(draw_one(text))


@pytest.fixture
def code(writer: Office) -> str:
    with writer.writing("lab") as desk:
        made = scene.released(desk)
        return mint(LabelKeyring(desk.keys.labels, max(desk.keys.labels)), made.batch.id, 7)


def test_a_picture_of_our_label_leads_to_its_page(reader: FlaskClient, code: str) -> None:
    answer = send(reader, picture(SITE.of(code)), "?lang=en")
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/t/{code}?lang=en")


@pytest.mark.parametrize(
    "text",
    [
        "HTTPS://ZF.EXAMPLE.CN.EVIL.EXAMPLE/T/{code}",
        "HTTPS://EVIL.EXAMPLE/T/{code}",
        "HTTPS://ZF.EXAMPLE.CN/ELSEWHERE",
        "HTTPS://ZF.EXAMPLE.CN/T/00000000000000000000",
        "MAILTO:A.B",
    ],
)
def test_a_foreign_code_is_shown_and_never_followed(reader: FlaskClient, code: str, text: str) -> None:
    text = text.format(code=code)
    answer = send(reader, picture(text))
    assert answer.status_code == 200
    page = parse(answer.text)
    assert text in text_of(page)
    assert not [link for link in page.iter("a") if "EVIL" in (link.get("href") or "").upper()]
    assert "这不是本站签发的码" in text_of(page)


def test_a_picture_without_a_code_says_what_to_do(reader: FlaskClient) -> None:
    blank = png(draw_one("X") & False)
    answer = send(reader, blank)
    assert answer.status_code == 422
    assert "没有找到二维码" in answer.text


@pytest.mark.parametrize("content", [b"", b"x", b"\x89PNG\r\n\x1a\n", b"<svg onload=alert(1)>", b"GIF89a" + bytes(99)])
def test_what_is_no_picture_is_refused_in_a_sentence(reader: FlaskClient, content: bytes) -> None:
    answer = send(reader, content)
    assert answer.status_code == 400
    assert "错误：" in answer.text


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(content=st.binary(max_size=200), name=st.text(max_size=20))
def test_no_bytes_whatsoever_fail(reader: FlaskClient, content: bytes, name: str) -> None:
    assert send(reader, content, name=name.encode("utf-8", "replace").decode()).status_code == 400


def test_a_form_without_a_picture_asks_for_one(reader: FlaskClient) -> None:
    for answer in (reader.post("/scan"), reader.post("/scan", data={"picture": "text"})):
        assert answer.status_code == 400
        assert "请先拍一张" in answer.text


def test_a_picture_that_is_too_large_is_refused(reader: FlaskClient) -> None:
    assert send(reader, bytes(MAX_BYTES + 1)).status_code == 400
    assert send(reader, bytes(MAX_BYTES + 2**20)).status_code == 413


def test_a_picture_never_touches_the_disk(reader: FlaskClient, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "nowhere"))  # whoever opens a file there fails
    assert send(reader, bytes(2_000_000)).status_code == 400


def test_typed_code_goes_where_every_code_field_goes(reader: FlaskClient) -> None:
    answer = reader.get("/scan?code=a b%26&lang=en")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/t/?code=a+b%26&lang=en")


def test_only_this_page_may_run_our_script_and_use_the_camera(reader: FlaskClient) -> None:
    answer = reader.get("/scan")
    assert "script-src 'self'" in answer.headers["Content-Security-Policy"]
    assert "camera=(self)" in answer.headers["Permissions-Policy"]
    assert "microphone=()" in answer.headers["Permissions-Policy"]
    (script,) = re.findall(r'<script src="([^"]+)"', answer.text)
    assert reader.get(script).mimetype == "text/javascript"
    other = reader.get("/")
    assert "script-src" not in other.headers["Content-Security-Policy"]
    assert "camera=()" in other.headers["Permissions-Policy"]


def test_the_probe_of_the_script_is_a_symbol_that_can_be_read() -> None:
    shown = probe(SITE)
    assert read_picture(picture(shown.text)) == (shown.text,)
    assert shown.path.startswith("M4 4.5h7")
    assert shown.width == 33


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_page_works_without_its_script(reader: FlaskClient, language: str) -> None:
    page = parse(reader.get(f"/scan?lang={language}").text)
    assert [form.get("method") for form in page.iter("form")] == ["post", "get"]
    camera = page.find(".//*[@id='camera']")
    assert camera is not None
    assert "hidden" in camera.attrib


def test_other_methods_are_refused(reader: FlaskClient) -> None:
    answer = reader.put("/scan")
    assert answer.status_code == 405
    assert {"GET", "POST"} <= set(answer.headers["Allow"].split(", "))

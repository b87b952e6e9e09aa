"""``/verify/``: a buyer's list answered, signed, downloaded and confirmed, and nothing of it kept."""

import csv
import io
import json
import tempfile
from pathlib import Path

import openpyxl
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from flask.testing import FlaskClient
from style_guide import parse, text_of, told
from tests import scene
from tests.scene import WHY
from werkzeug.test import TestResponse

from zuofang.credit.verification.lines import MOST
from zuofang.credit.verification.sheet import DOMAIN
from zuofang.site.public import verify
from zuofang.storage.acts import Office
from zuofang.traceability.acts import labels, operators
from zuofang.traceability.codes import LabelKeyring, mint
from zuofang.traceability.models import LabelKind, OperatorKind, Workshop

NAME, NUMBER = "北溪陈记卤味作坊", "ZF33990100012"
CANARY = "金丝雀七六五四三二一作坊"


@pytest.fixture
def code(writer: Office) -> str:
    """A label of the workshop that every test asks about."""
    with writer.writing("lab") as desk:
        made = scene.released(desk)
        labels.issue(desk, made.batch.id, LabelKind.item, 10, "a4-24", WHY)
        return mint(LabelKeyring(desk.keys.labels, max(desk.keys.labels)), made.batch.id, 7)


def paste(reader: FlaskClient, text: str, query: str = "") -> TestResponse:
    return reader.post(f"/verify/{query}", data={"lines": text}, content_type="multipart/form-data")


def send(reader: FlaskClient, path: str, field: str, content: bytes, name: str) -> TestResponse:
    """Send one file, laid out by hand: the client of the tests would put a large one into a file."""
    head = f'--limit\r\nContent-Disposition: form-data; name="{field}"; filename="{name}"\r\n\r\n'.encode()
    body = head + content + b"\r\n--limit--\r\n"
    return reader.post(path, data=body, content_type="multipart/form-data; boundary=limit")


def sealed(answer: TestResponse) -> str:
    field = parse(told(answer)).find(".//input[@name='sealed']")
    assert field is not None
    return field.get("value", "")


def seen(answer: TestResponse) -> str:
    main = parse(told(answer)).find(".//main")
    assert main is not None
    return text_of(main)


def test_a_pasted_list_is_answered_line_by_line_with_the_gravest_first(reader: FlaskClient, code: str) -> None:
    answer = paste(reader, f"{NUMBER}\n{code}\n陈记卤味\n00000000000000000000")
    text = seen(answer)
    assert answer.status_code == 200
    assert text.index("先不要收货", text.index("逐行答复")) < text.index("请您选定", text.index("逐行答复"))
    assert "可能是" in text
    assert NAME in text


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_table_is_answered_as_the_same_lines_pasted(reader: FlaskClient, code: str, kind: str) -> None:
    rows = [["名称", "地址"], [NAME, "x"], [NUMBER, ""], [code, ""]]
    if kind == "csv":
        written = io.StringIO()
        csv.writer(written).writerows(rows)
        content = written.getvalue().encode("gb18030")
    else:
        book, file = openpyxl.Workbook(), io.BytesIO()
        for row in rows:
            book.active.append(row)
        book.save(file)
        content = file.getvalue()
    answer = send(reader, "/verify/", "table", content, f"list.{kind}")
    assert answer.status_code == 200
    assert seen(answer).count("未见问题记录") >= 3


def test_a_downloaded_workbook_confirms_itself_in_both_languages(reader: FlaskClient, code: str) -> None:
    for query, word in (("", "出具时间"), ("?lang=en", "Issued")):
        given = reader.post(f"/verify/sheet.xlsx{query}", data={"sealed": sealed(paste(reader, f"=1+1\n{code}"))})
        rows = list(openpyxl.load_workbook(io.BytesIO(given.data)).active.iter_rows(values_only=True))
        assert word in {row[0] for row in rows}
        assert any(row[1] == "=1+1" for row in rows), "a formula that was typed stays a text"
        checked = send(reader, "/verify/check", "sheet", given.data, "a.xlsx")
        assert "没有改动" in seen(checked)


def test_a_changed_cell_is_found_and_what_was_signed_is_told(reader: FlaskClient, code: str) -> None:
    given = reader.post("/verify/sheet.xlsx", data={"sealed": sealed(paste(reader, "没有这家作坊"))})
    book = openpyxl.load_workbook(io.BytesIO(given.data))
    cell = next(cell for row in book.active for cell in row if cell.value == "查无记录" and cell.column == 9)
    cell.value = "未见问题记录"
    file = io.BytesIO()
    book.save(file)
    text = seen(send(reader, "/verify/check", "sheet", file.getvalue(), "a.xlsx"))
    assert "文件被改动过" in text
    assert f"第 {cell.row} 行第 9 列" in text


def test_a_downloaded_pdf_confirms_itself_and_a_changed_one_does_not(reader: FlaskClient, code: str) -> None:
    given = reader.post("/verify/sheet.pdf?lang=en", data={"sealed": sealed(paste(reader, f"{code}\n𠮷野家☃"))})
    assert given.data.startswith(b"%PDF-")
    assert "没有改动" in seen(send(reader, "/verify/check", "sheet", given.data, "a.pdf"))
    changed = given.data.replace(b"/Rotate 0", b"/Rotate 90")
    assert changed != given.data
    assert "没有和签名核对" in seen(send(reader, "/verify/check", "sheet", changed, "a.pdf"))
    stolen = given.data.replace(b"ZF1.", b"ZF2.")
    assert send(reader, "/verify/check", "sheet", stolen, "a.pdf").status_code == 400


def test_the_words_of_the_signature_are_enough_to_see_what_was_signed(reader: FlaskClient, code: str) -> None:
    words = sealed(paste(reader, NAME))
    answer = reader.post("/verify/check", data={"sealed": words})
    assert NAME in seen(answer)
    assert reader.post("/verify/check", data={"sealed": words[:-9]}).status_code == 400
    assert reader.post("/verify/sheet.pdf", data={"sealed": "ZF1.abc"}).status_code == 400


def test_programs_get_the_same_answers_and_can_check_the_signature_alone(reader: FlaskClient, code: str) -> None:
    answer = reader.post("/verify.json?lang=en", data=json.dumps({"lines": [NUMBER, "", code, "无此作坊"]}))
    told = answer.get_json()
    assert [(one["line"], one["what"], one["standing"]) for one in told["sheet"]["lines"]] == [
        (1, "certificate", "clear"), (3, "label", "clear"), (4, "unknown", "unknown"),
    ]  # fmt: skip
    known = reader.get("/verify/keys.json").get_json()
    content = json.dumps(told["sheet"], sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()
    public = Ed25519PublicKey.from_public_bytes(bytes.fromhex(known["keys"][told["key"]]))
    public.verify(bytes.fromhex(told["signature"]), DOMAIN + content)


@pytest.mark.parametrize(
    "body", [b"", b"{}", b"[1]", b'{"lines": "a"}', b'{"lines": [1]}', b'{"lines": []}', b"\xff", b"[" * 100_000]
)
def test_a_request_that_is_no_list_is_refused_in_a_sentence(reader: FlaskClient, code: str, body: bytes) -> None:
    answer = reader.post("/verify.json", data=body)
    assert answer.status_code == 400
    assert set(answer.get_json()) == {"error"}


def test_an_empty_form_a_list_too_long_and_a_broken_table_are_refused(reader: FlaskClient, code: str) -> None:
    assert paste(reader, " \n").status_code == 400
    assert "最多" in seen(paste(reader, "甲\n" * (MOST + 1)))
    broken = send(reader, "/verify/", "table", b"PK\x03\x04" + b"x" * 50, "a.xlsx")
    assert broken.status_code == 400
    assert send(reader, "/verify/check", "sheet", b"", "a.xlsx").status_code == 400
    assert reader.post("/verify.json", data=json.dumps({"lines": ["甲"] * (MOST + 1)})).status_code == 400


def test_what_is_larger_than_any_list_is_refused(
    reader: FlaskClient, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(verify, "LARGEST", 5000)
    assert paste(reader, "甲" * 6000).status_code == 413


def test_whoever_comes_while_all_places_are_taken_is_asked_to_wait(
    reader: FlaskClient, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(verify, "PATIENCE", 0.01)
    with verify.a_place(), verify.a_place():
        assert paste(reader, NAME).status_code == 429
    assert paste(reader, NAME).status_code == 200


def test_nothing_that_is_sent_is_kept(
    reader: FlaskClient, code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "scratch").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "scratch"))
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*") if path.is_file()}
    words = sealed(paste(reader, CANARY))
    file = reader.post("/verify/sheet.xlsx", data={"sealed": words}).data
    assert send(reader, "/verify/", "table", f"名称\n{CANARY}\n".encode(), "a.csv").status_code == 200
    assert send(reader, "/verify/check", "sheet", file, "a.xlsx").status_code == 200
    reader.post("/verify.json", data=json.dumps({"lines": [CANARY]}))
    after = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*") if path.is_file()}
    assert set(after) == set(before)
    assert not any(CANARY.encode(code) in path.read_bytes() for path in after for code in ("utf-8", "utf-16-le"))


def test_a_new_workshop_is_found_at_once(reader: FlaskClient, writer: Office, code: str) -> None:
    assert "查无记录" in seen(paste(reader, "南溪新店作坊"))
    with writer.writing("officer") as desk:
        kind = OperatorKind.workshop
        new = Workshop(kind=kind, name="南溪新店作坊", province="33", district_code="339902", address="南溪 1 号")
        operators.register(desk, new, WHY)
    assert "没有登记证记录" in seen(paste(reader, "南溪新店作坊"))

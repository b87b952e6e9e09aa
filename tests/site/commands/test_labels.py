"""Labels on the command line: printed, looked up, declared void, each refusal one sentence."""

import json
import re
from pathlib import Path

import pytest
import zxingcpp
from pypdfium2 import PdfDocument
from tests import scene
from tests.site.commands.conftest import Run

from zuofang.storage.acts import Office
from zuofang.storage.settings import Settings
from zuofang.traceability.codes import LabelKeyring, in_groups, mint

ADDRESS = "https://zf.example.cn"


@pytest.fixture
def batch(office: Office) -> str:
    """The number of a released batch, as typed."""
    with office.writing("tester") as desk:
        return str(scene.released(desk).batch.id)


@pytest.fixture
def code(office: Office) -> str:
    """The first item code of the first batch."""
    return mint(LabelKeyring(office.keys.labels, max(office.keys.labels)), 1, 1)


def issue(run: Run, batch: str, *more: str, layout: str = "a4-24") -> str:
    result = run("labels", "issue", batch, "--count", "30", "--layout", layout, *more, base_url=ADDRESS)
    assert result.exit_code == 0, result.output
    return result.stdout


def test_labels_are_printed_into_the_data_folder(run: Run, batch: str, code: str, installed: Settings) -> None:
    told = issue(run, batch)
    assert "Run 1 prints serials 1 to 30 of batch 1; if interrupted: zuofang labels resume 1" in told
    with PdfDocument(installed.printed / "run-000001" / "labels-00000001-00000030.pdf") as document:
        page = document[0].render(scale=200 / 72).to_pil().convert("L")
        seen = {symbol.text for symbol in zxingcpp.read_barcodes(page)}
    assert len(seen) == 24
    assert f"HTTPS://ZF.EXAMPLE.CN/T/{code}" in seen


def test_batch_labels_for_a_thermal_printer(run: Run, batch: str, installed: Settings) -> None:
    told = issue(run, batch, "--kind", "batch", "--zpl", "300", layout="roll-60x40")
    assert "30 times the batch code" in told
    (file,) = (installed.printed / "run-000001").glob("*.zpl")
    assert len(set(re.findall("MA,HTTPS://ZF.EXAMPLE.CN/T/([0-9A-Z]{15})", file.read_text()))) == 1


def test_a_run_that_lost_a_file_is_completed(run: Run, batch: str, installed: Settings) -> None:
    issue(run, batch)
    file = installed.printed / "run-000001" / "labels-00000001-00000030.pdf"
    content = file.read_bytes()
    file.unlink()
    assert run("labels", "resume", "1", base_url=ADDRESS).exit_code == 0
    assert file.read_bytes() == content


def test_a_code_is_looked_up_as_it_was_typed(run: Run, batch: str, code: str) -> None:
    issue(run, batch)
    result = run("labels", "check", in_groups(code).lower())
    assert result.exit_code == 0
    assert f"{in_groups(code)} is ours: label 1 of batch 1 (酱牛肉, 20261110-1), 北溪陈记卤味作坊" in result.stdout


def test_a_code_that_was_never_printed_is_told_from_one_that_is_not_ours(run: Run, batch: str, code: str) -> None:
    unprinted = run("labels", "check", code)
    assert unprinted.exit_code == 1
    assert "no such label was ever printed" in unprinted.stderr
    assert "不是本站签发" in run("labels", "check", code[:-1] + ("0" if code[-1] != "0" else "1")).stderr
    assert "标签码由 20 位或 15 位" in run("labels", "check", "ABC").stderr


def test_a_stolen_roll_is_void_until_it_is_found(run: Run, batch: str, code: str) -> None:
    issue(run, batch)
    stolen = ("--serials", "1-10", "--reason", "整卷被盗")
    assert "labels 1 to 10 of batch 1" in run("labels", "revoke", batch, *stolen).stdout
    assert "It is void: 整卷被盗" in run("labels", "check", code).stdout
    assert "已经作废" in run("labels", "revoke", batch, *stolen).stderr
    assert run("labels", "restore", batch, "--serials", "1-10", "--reason", "已找回").exit_code == 0
    assert "void" not in run("labels", "check", code).stdout


@pytest.mark.parametrize(
    "words",
    [
        ("issue", "1", "--layout", "a4-24"),
        ("issue", "1", "--count", "0", "--layout", "a4-24"),
        ("issue", "1", "--count", "5", "--layout", "a5-1"),
        ("issue", "x", "--count", "5", "--layout", "a4-24"),
        ("revoke", "1", "--reason", "x"),
        ("revoke", "1", "--serials", "1-5", "--batch-code", "--reason", "x"),
        ("revoke", "1", "--serials", "five", "--reason", "x"),
        ("restore", "1", "--serials", "-5", "--reason", "x"),
    ],
)
def test_wrong_usage_is_told_with_status_2(run: Run, installed: Settings, words: tuple[str, ...]) -> None:
    result = run("labels", *words)
    assert result.exit_code == 2
    assert "Usage: " in result.stderr


@pytest.mark.parametrize(
    ("words", "settings", "refusal"),
    [
        (("issue", "9", "--count", "5", "--layout", "a4-24"), {}, "没有编号为 9 的批次"),
        (("issue", "1", "--count", "5", "--layout", "a4-24", "--zpl", "203"), {}, "卷装标签"),
        (("issue", "1", "--count", "5", "--layout", "a4-24"), {"base_url": "https://作坊.example"}, "不能印进二维码"),
        (("issue", "1", "--count", "5", "--layout", "a4-24"), {"label_font": "/no/font.ttf"}, "/no/font.ttf 不能用"),
        (("resume", "9"), {}, "没有编号为 9 的印制任务"),
        (("revoke", "1", "--serials", "1-5", "--reason", "x"), {}, "只印到第 0 号"),
        (("restore", "1", "--batch-code", "--reason", "x"), {}, "无从恢复"),
    ],
)
def test_a_refusal_is_one_sentence_with_status_1_and_gives_no_serial(
    run: Run, batch: str, installed: Settings, words: tuple[str, ...], settings: dict[str, str], refusal: str
) -> None:
    result = run("labels", *words, **{"base_url": ADDRESS, **settings})
    assert result.exit_code == 1
    assert refusal in result.stderr
    assert not installed.printed.exists()
    assert "serials 1 to 30" in issue(run, batch)


def test_what_a_run_prints_is_written_down_beside_it(run: Run, batch: str, installed: Settings) -> None:
    issue(run, batch, "--surface", "80")
    manifest = json.loads(Path(installed.printed / "run-000001" / "manifest.json").read_text())
    assert manifest["order"]["surface"] == "80"
    assert "登记证编号：ZF33990100012" in manifest["order"]["words"]


@pytest.mark.parametrize(
    "words",
    [
        ("labels", "resume", "99999999999999999999"),
        ("labels", "issue", "0", "--count", "5", "--layout", "a4-24"),
        ("labels", "revoke", "1", "--serials", "٣-٤", "--reason", "x"),
        ("record", "show", "2147483648"),
        ("grades", "show", "99999999999999999999"),
        ("honour", "list", "99999999999999999999"),
        ("honour", "list", "²"),
        ("record", "visit", "plan", "1", "0001-01-01"),
        ("record", "visit", "plan", "1", "9999-12-31"),
    ],
)
def test_a_number_or_a_day_that_can_be_no_record_s_is_refused_in_a_sentence(
    run: Run, batch: str, words: tuple[str, ...]
) -> None:
    result = run(*words)
    assert result.exit_code in (1, 2)
    assert "unexpected" not in result.stderr
    assert result.stderr.strip().splitlines()[-1].startswith("Error: ")

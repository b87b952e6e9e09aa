"""``zuofang reports due`` and ``zuofang reports handover``."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook
from tests import scene
from tests.site.commands.conftest import Run

from zuofang.reporting.cases.acts.opening import About, split
from zuofang.reporting.cases.handover import COLUMNS
from zuofang.reporting.law.matters import ReportKind, Standing
from zuofang.reporting.models import Proof, Report
from zuofang.storage.acts import Desk, Office

DAY = datetime(2026, 11, 20, 4, tzinfo=UTC)


def letter(desk: Desk, number: int) -> Report:
    """A letter as the letter box would have left it; what it says is of no matter here."""
    mark = bytes([number]) * 32
    return Report(
        locator=f"TST{number}", kind=ReportKind.report, standing=Standing.named, proof=Proof.worked,
        received_on=desk.today, salt=mark[:16], secret=mark, token=mark, fingerprint=mark, reporter_key=mark,
        case_key=mark, commitment=mark, opening=mark, language="zh", journalled=True,
    )  # fmt: skip


@pytest.fixture
def number(office: Office) -> str:
    with replace(office, clock=lambda: DAY).writing("承办人") as desk:
        shop = scene.build(desk).workshop
        report = letter(desk, 1)
        desk.session.add(report)
        desk.session.flush()
        (case,) = split(desk, report, About(place="339901", workshop_id=shop.id), "收件")
        return case.number


def test_the_work_list_says_what_is_due_when_and_by_which_article(run: Run, number: str) -> None:
    shown = run("reports", "due", "--on", "2026-11-20").stdout
    assert "2026-12-11" in shown
    assert number in shown
    assert "市场监督管理行政处罚程序规定 第十八条" in shown
    assert "无平台编号" in shown
    assert run("reports", "due", "--on", "2026-12-25").stdout.startswith("!!!")


def test_the_work_list_as_json_has_one_object_for_each_duty(run: Run, number: str) -> None:
    told = json.loads(run("reports", "due", "--on", "2026-12-10", "--json").stdout)
    (due,) = told["due"]
    assert (told["on"], due["case"], due["due"], due["level"]) == ("2026-12-10", number, "2026-12-11", "urgent")
    assert due["by_law"] is True
    assert due["reasons"]


def test_a_day_before_anything_came_in_has_no_duties(run: Run, number: str) -> None:
    assert number
    assert run("reports", "due", "--on", "2026-11-19").stdout == "Nothing is due.\n"


def test_the_hand_over_list_is_written_as_csv_and_as_a_workbook(run: Run, number: str, tmp_path: Path) -> None:
    assert run("reports", "handover", str(tmp_path / "移交.csv")).exit_code == 0
    rows = list(csv.reader((tmp_path / "移交.csv").read_text(encoding="utf-8-sig").splitlines()))
    assert tuple(rows[0]) == COLUMNS
    assert [row[0] for row in rows[1:]] == [number]
    assert "1 cases written" in run("reports", "handover", str(tmp_path / "移交.xlsx"), "--all").stdout
    assert load_workbook(tmp_path / "移交.xlsx").active["A2"].value == number


def test_another_kind_of_file_is_refused(run: Run, number: str, tmp_path: Path) -> None:
    assert number
    assert run("reports", "handover", str(tmp_path / "移交.pdf")).exit_code == 2

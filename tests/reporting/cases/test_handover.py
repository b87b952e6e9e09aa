"""The list for the national platform: everything it needs of a case, nothing about its sender."""

from __future__ import annotations

import csv
import io
from datetime import date
from pathlib import Path

from openpyxl import load_workbook
from tests import scene
from tests.reporting.cases.conftest import PERSON, Bureau, the_case

from zuofang.reporting.cases.acts import handling
from zuofang.reporting.cases.acts.opening import About
from zuofang.reporting.cases.handover import COLUMNS, HandOver, as_csv, handover, write

DAY = date(2026, 11, 20)


def test_the_list_names_the_case_and_the_workshop_and_not_the_sender(bureau: Bureau) -> None:
    with bureau.at("2026-11-19") as desk:
        shop = scene.build(desk).workshop.id
    one = bureau.opened("2026-11-20", about=About(place="339901", workshop_id=shop, unlicensed=True))
    other = bureau.opened("2026-11-20")
    with bureau.at("2026-11-20") as desk:
        handling.enter_platform_number(desk, the_case(desk, other), "13302000020261120", "登记")
        found = handover(desk.session, DAY, desk.rules)
        everything = handover(desk.session, DAY, desk.rules, everything=True)
    (row,) = found.rows
    told = dict(zip(COLUMNS, row, strict=True))
    assert (told["办理编号"], told["类型"], told["署名"]) == (one, "举报", "实名")
    assert (told["被投诉举报人"], told["是否涉嫌无证"]) == ("北溪陈记卤味作坊", "是")
    assert told["当前期限"] == "2026-12-11"
    assert len(everything.rows) == 2
    assert not [value for value in PERSON.values() if value and value in as_csv(everything)]


def test_no_cell_is_ever_a_formula(tmp_path: Path) -> None:
    signs = ["=1+1", "+86", "-1", "@x", "\t=1", "\r=1", "＝1"]
    rows = HandOver(tuple((sign, *[""] * (len(COLUMNS) - 1)) for sign in signs))
    assert all(row[0].startswith("'") for row in list(csv.reader(io.StringIO(as_csv(rows))))[1:])
    write(HandOver(rows.rows[:4]), tmp_path / "移交.xlsx")
    sheet = load_workbook(tmp_path / "移交.xlsx")["移交清单"]
    cells = [row[0] for row in sheet.iter_rows(min_row=2)]
    assert [cell.value for cell in cells] == signs[:4]
    assert {cell.data_type for cell in cells} == {"s"}


def test_the_list_is_written_as_a_table_that_a_spreadsheet_opens(tmp_path: Path) -> None:
    write(HandOver((("AAAA-BBBB", *[""] * (len(COLUMNS) - 1)),)), tmp_path / "移交.csv")
    assert (tmp_path / "移交.csv").read_bytes().startswith(b"\xef\xbb\xbf")

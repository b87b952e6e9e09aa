"""The hand-over list for the national 12315 platform: every case not yet entered there, and no word about its sender.

What the sender wrote stays under seal; a case officer copies it from the desk when entering the case.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from zuofang.reporting.cases.matter import matter_of, officer_of
from zuofang.reporting.cases.models import ReportCase
from zuofang.reporting.law.clocks import open_duties
from zuofang.reporting.law.matters import Origin, ReportKind, Standing
from zuofang.rules.book import RuleBook
from zuofang.traceability.models import Workshop

COLUMNS = (
    "办理编号", "类型", "来源", "署名", "收到日期", "平台编号", "被投诉举报人", "统一社会信用代码", "地址",
    "行政区划代码", "是否食品", "是否涉嫌无证", "承办人", "当前期限",
)  # fmt: skip
KINDS = {ReportKind.complaint: "投诉", ReportKind.report: "举报"}
ORIGINS = {Origin.letter: "来件", Origin.clue: "投诉中发现的线索"}
STANDINGS = {Standing.anonymous: "匿名", Standing.named: "实名", Standing.insider: "内部举报人"}
YES_OR_NO = {True: "是", False: "否"}
FORMULA_SIGNS = "=+-@\t\r\n＝＋－＠"


@dataclass(frozen=True, slots=True)
class HandOver:
    """The list: its rows as texts, and the numbers of the cases in it."""

    rows: tuple[tuple[str, ...], ...]


def handover(
    session: Session, on: date, rules: RuleBook, *, everything: bool = False,
    wanted: Callable[[str], bool] = lambda _place: True,
) -> HandOver:  # fmt: skip
    """The cases that have no number on the platform yet, or every one that is not finished; two statements.

    ``wanted`` says of the division code of a place whether its cases belong into the list.
    """
    statement = (
        select(ReportCase, Workshop)
        .outerjoin(Workshop, Workshop.id == ReportCase.workshop_id)
        .where(ReportCase.finished.is_(False) if everything else ReportCase.platform_number.is_(None))
        .order_by(ReportCase.received_on, ReportCase.number)
        .options(selectinload(ReportCase.steps))
    )
    found = [(case, shop) for case, shop in session.execute(statement) if wanted(case.place)]
    return HandOver(tuple(_row(case, shop, on, rules) for case, shop in found))


def _row(case: ReportCase, shop: Workshop | None, on: date, rules: RuleBook) -> tuple[str, ...]:
    due = open_duties(matter_of(case, rules), on, rules)
    return (
        case.number, KINDS[case.kind], ORIGINS[case.origin], STANDINGS[case.standing], f"{case.received_on}",
        case.platform_number or "", shop.name if shop else "", (shop.credit_code or "") if shop else "",
        shop.address if shop else "", case.place, YES_OR_NO[case.food], YES_OR_NO[case.unlicensed],
        officer_of(case) or "", f"{due[0].due.day}" if due else "",
    )  # fmt: skip


def as_csv(found: HandOver) -> str:
    """The list as CSV; a cell that a spreadsheet would compute is kept from it by an apostrophe."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerows([COLUMNS, *([_inert(cell) for cell in row] for row in found.rows)])
    return text.getvalue()


def write(found: HandOver, path: Path) -> None:
    """Write the list as CSV or, to a name that ends in ``.xlsx``, as a workbook in which every cell is text."""
    if path.suffix.lower() == ".xlsx":
        _workbook([COLUMNS, *found.rows]).save(path)
    else:
        path.write_text(as_csv(found), encoding="utf-8-sig", newline="")


def _workbook(rows: Iterable[Sequence[str]]) -> Workbook:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("移交清单")
    for row in rows:
        sheet.append([_text_cell(sheet, value) for value in row])
    return book


def _text_cell(sheet: Any, value: str) -> Any:
    cell = WriteOnlyCell(sheet, value=value)
    cell.data_type = "s"
    return cell


def _inert(cell: str) -> str:
    return f"'{cell}" if cell.startswith(tuple(FORMULA_SIGNS)) else cell

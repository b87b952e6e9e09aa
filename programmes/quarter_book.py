"""The quarterly table as a workbook: the table, what stands behind every figure, and how each column is counted."""

from __future__ import annotations

import io
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

from zuofang.programmes.quarters import HOW, Column, QuarterTable

TITLE = "食品小作坊规范提升工作统计表"
TOTAL = "合计"


def as_workbook(table: QuarterTable) -> bytes:
    """The workbook; every text is kept as text, so that nothing is taken for a formula."""
    book = Workbook(write_only=True)
    _figures(book.create_sheet("统计表"), table)
    _evidence(book.create_sheet("明细"), table)
    _meaning(book.create_sheet("说明"), table)
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def _figures(sheet: Any, table: QuarterTable) -> None:
    quarter = table.quarter
    sheet.append([_text(sheet, TITLE, bold=True)])
    span = (
        f"{quarter.year} 年第 {quarter.number} 季度（{quarter.first} 至 {quarter.last}），数据日期 {table.counted_on}"
    )
    sheet.append([_text(sheet, span)])
    sheet.append([_text(sheet, one, bold=True) for one in ("县（市、区）", *Column)])
    for code, name in table.counties.items():
        sheet.append([_text(sheet, name), *(_number(table.cell(code, one)) for one in Column)])
    sheet.append([_text(sheet, TOTAL, bold=True), *(_number(table.cell(None, one)) for one in Column)])


def _evidence(sheet: Any, table: QuarterTable) -> None:
    sheet.append(
        [_text(sheet, one, bold=True) for one in ("县（市、区）", "栏目", "编号", "日期", "当事人", "事由", "计入")]
    )
    for one in table.evidence:
        texts = (table.counties[one.county], one.column.value, one.key, f"{one.on or ''}", one.party, one.title)
        sheet.append([*(_text(sheet, text) for text in texts), _number(one.amount)])


def _meaning(sheet: Any, table: QuarterTable) -> None:
    sheet.append([_text(sheet, one, bold=True) for one in ("栏目", "怎样计算")])
    for column in Column:
        sheet.append([_text(sheet, column.value), _text(sheet, HOW[column])])
    sheet.append(
        [
            _text(sheet, "编号"),
            _text(sheet, "W 是主体的编号，R 是记录的编号，P 是专项整治里一家的编号；明细按栏目相加就是统计表的数。"),
        ]
    )
    sheet.append([_text(sheet, "数据日期"), _text(sheet, f"{table.counted_on}")])


def _number(value: Any) -> int | float:
    return int(value) if value == int(value) else float(value)


def _text(sheet: Any, value: str, *, bold: bool = False) -> Any:
    cell = WriteOnlyCell(sheet, value=value)
    cell.data_type = "s"
    cell.font = Font(bold=bold)
    return cell

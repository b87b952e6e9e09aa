"""Reading XLSX: the first visible sheet, row by row; formulas are handed on as text and never computed."""

from __future__ import annotations

import re
import warnings
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any, BinaryIO

from zuofang.rules.sentences import say
from zuofang.storage.sheets.budget import MEBIBYTE, Budget, Unfit, too_many_rows

SHEETS, STRINGS = "xl/worksheets/", "xl/sharedstrings.xml"
READ_WHOLE = (".xml", ".rels")
ROW = re.compile(rb"<(?:\w+:)?row[ />]")
EXACT = 10**15
"""A spreadsheet keeps fifteen digits of a number; a longer one has lost its end."""


def read_sheet_rows(file: BinaryIO, budget: Budget) -> Iterator[list[str]]:
    """Every row of the first visible sheet as texts, blank rows included.

    Raises:
        Unfit: the file is packed to explode, is no workbook, or is wider or longer than the budget.
    """
    _refuse_bombs(file, budget)
    sheet = _first_sheet(file)
    if (sheet.max_row or 0) > budget.rows:
        raise Unfit(too_many_rows(budget))
    sheet.reset_dimensions()
    for row in sheet.iter_rows(values_only=True):
        yield [value if type(value) is str else _text(value) for value in row]


def _first_sheet(file: BinaryIO) -> Any:
    from openpyxl import DEFUSEDXML, load_workbook  # too slow for every CSV to pay

    if not DEFUSEDXML:
        raise RuntimeError("openpyxl reads entities unless defusedxml is installed")
    warnings.simplefilter("ignore")
    book = load_workbook(file, read_only=True, keep_links=False)
    visible = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    if not visible:
        raise Unfit(say("工作簿里没有可见的工作表。"))
    return visible[0]


def _refuse_bombs(file: BinaryIO, budget: Budget) -> None:
    """Look at the directory of the archive before anything is unpacked."""
    with zipfile.ZipFile(file) as archive:
        entries = archive.infolist()
        _refuse_directory(entries, budget)
        for entry in entries:
            _refuse_bomb(entry, budget)
            if entry.filename.lower().startswith(SHEETS):
                _refuse_endless_row(archive, entry, budget)


def _refuse_directory(entries: list[zipfile.ZipInfo], budget: Budget) -> None:
    if len(entries) > budget.entries:
        raise Unfit(say("压缩包里的文件太多，不像表格。"))
    if not any(entry.filename.lower() == "xl/workbook.xml" for entry in entries):
        raise Unfit(say("这是压缩包，不是 .xlsx 表格。请解开后导入里面的表格。"))
    if sum(entry.file_size for entry in entries) > budget.unpacked:
        raise Unfit(say("表格解开后超过 %(limit)s MB。请分成几个文件。", limit=budget.unpacked // MEBIBYTE))


def _refuse_bomb(entry: zipfile.ZipInfo, budget: Budget) -> None:
    if entry.file_size > MEBIBYTE and entry.file_size > budget.ratio * entry.compress_size:
        raise Unfit(say("文件压缩得异常紧密，可能是压缩炸弹，不予打开。"))
    name = entry.filename.lower()
    whole = name.endswith(READ_WHOLE) and not name.startswith(SHEETS)
    if whole and entry.file_size > (budget.strings if name == STRINGS else budget.part):
        raise Unfit(say("表格里的样式或文字太多。请把数据复制到新的工作簿，另存后再导入。"))


def _refuse_endless_row(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, budget: Budget) -> None:
    """The reader of workbooks holds one row in memory; make sure before that no row is monstrous."""
    since = 0
    with archive.open(entry) as part:
        while block := part.read(MEBIBYTE):
            since = 0 if ROW.search(block) else since + len(block)
            if since > budget.stretch:
                raise Unfit(say("工作表里有一行长得异常，不像表格。"))


def _text(value: Any) -> str:
    """What a cell says, as text: dates as 2026-09-12, numbers without an exponent, formulas as written."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        return _number(value)
    if isinstance(value, datetime):
        return value.date().isoformat() if value == datetime.combine(value, datetime.min.time()) else str(value)
    if isinstance(value, date):
        return value.isoformat()
    return str(getattr(value, "text", value))


def _number(value: float) -> str:
    if abs(value) >= EXACT:
        return f"{value:.14E}"  # shows that digits are lost, as the spreadsheet does
    return f"{Decimal(repr(value)).normalize():f}"

"""An answer sheet as a workbook, carrying the sealed sheet at its end, so that it proves itself."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from zuofang.credit.verification.sheet import SignedSheet
from zuofang.site.public.answer_table import HEADS, TITLE, table_of
from zuofang.site.voice import Voice

WIDTHS = (14, 30, 16, 26, 16, 12, 20, 12, 14, 60, 30, 40)
"""Of the columns, in characters."""


def workbook(signed: SignedSheet, voice: Voice) -> bytes:
    """The sheet as XLSX. Every cell is a text: what a buyer typed is never taken for a formula."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(voice.sentence(TITLE))
    for place, width in enumerate(WIDTHS, 1):
        sheet.column_dimensions[get_column_letter(place)].width = width
    heads = [voice.sentence(head) for head in HEADS]
    for row in table_of(signed, voice):
        sheet.append([_cell(sheet, text, bold=row == heads) for text in row])
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def _cell(sheet: Any, text: str, *, bold: bool) -> Any:
    if not bold and not text.startswith("="):
        return text
    cell = WriteOnlyCell(sheet, text)
    cell.data_type = "s"
    if bold:
        cell.font = Font(bold=True)
    return cell

"""The child process: it limits itself, reads one table from standard input and writes its rows to standard output.

Rows go out in frames: four bytes of length, then a JSON list of rows, each a list of texts. At the end standard error
carries one JSON object, a summary or the refusal; the exit status says which.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO

from zuofang.rules.sentences import say
from zuofang.storage.confinement import confine, refuse_and_end
from zuofang.storage.sheets.budget import Budget, Unfit, too_many_rows

FRAME_ROWS = 500
LENGTH_BYTES = 4
ZIP, OLD_OFFICE = b"PK\x03\x04", bytes.fromhex("d0cf11e0a1b11ae1")
WEB_PAGE = (b"<!doctype", b"<html", b"<table", b"<?xml")


def main() -> None:
    """Read the table on standard input under the budget named by the first argument (JSON)."""
    budget = Budget(**json.loads(sys.argv[1]))
    confine(budget.memory, budget.processor, opens=True)  # what reads a kind of table is imported when it is known
    try:
        told: dict[str, Any] = {"rows": _write(_measured(_rows(sys.stdin.buffer, budget), budget))}
    except Unfit as refusal:
        refuse_and_end(refusal.sentence)
    except MemoryError:
        refuse_and_end(say("表格太大，内存不够。请分成几个文件。"))
    except Exception:  # whatever a hostile file does to a reader, the answer is one sentence
        refuse_and_end(say("文件读不出来：可能已经损坏，或者不是表格。请在电子表格软件里打开并另存后再导入。"))
    sys.stdout.buffer.flush()
    sys.stderr.write(json.dumps(told))


def _rows(file: BinaryIO, budget: Budget) -> Iterator[list[str]]:
    """The rows of whatever kind of table this is; the content decides, never the name."""
    start = file.read(512)
    file.seek(0)
    if not start.strip():
        raise Unfit(say("文件是空的。"))
    if start.startswith(ZIP):
        # openpyxl takes numpy along where it is installed, which reserves memory for every core of the machine.
        sys.modules["numpy"] = sys.modules["PIL"] = None  # type: ignore[assignment]
        from zuofang.storage.sheets.workbooks import read_sheet_rows

        return read_sheet_rows(file, budget)
    if start.startswith(OLD_OFFICE):
        raise Unfit(say("这是有密码的工作簿或旧式的 .xls 文件。请另存为没有密码的 .xlsx。"))
    if start.lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith(WEB_PAGE):
        raise Unfit(say("这是网页，不是表格。请在电子表格软件里打开并另存为 .xlsx。"))
    from zuofang.storage.sheets.text_tables import read_text_rows

    return read_text_rows(file, budget)


def _measured(rows: Iterable[list[str]], budget: Budget) -> Iterator[list[str]]:
    """The rows up to the last that says something, as long as they stay within the budget."""
    cells = blank = 0
    for number, row in enumerate(rows, 1):
        if not any(row):
            blank += 1
            if blank > budget.blank_run:
                raise Unfit(say("第 %(row)s 行之前有 %(run)s 多个空行。请删去空行。", row=number, run=budget.blank_run))
            continue
        while blank:
            blank -= 1
            yield []
        _measure(row, number, budget)
        cells += len(row)
        if number > budget.rows or cells > budget.cells:
            raise Unfit(too_many_rows(budget))
        yield row


def _measure(row: list[str], number: int, budget: Budget) -> None:
    if len(row) > budget.columns:
        raise Unfit(say("第 %(row)s 行超过 %(limit)s 列，不像表格。", row=number, limit=budget.columns))
    if max(map(len, row)) > budget.cell:
        raise Unfit(say("第 %(row)s 行有一格超过 %(limit)s 个字。", row=number, limit=budget.cell))


def _write(rows: Iterator[list[str]]) -> int:
    count = 0
    frame: list[list[str]] = []
    for row in rows:
        frame.append(row)
        if len(frame) == FRAME_ROWS:
            count += _send(frame)
            frame = []
    return count + _send(frame)


def _send(frame: list[list[str]]) -> int:
    if frame:
        content = json.dumps(frame, ensure_ascii=False, separators=(",", ":")).encode()
        sys.stdout.buffer.write(len(content).to_bytes(LENGTH_BYTES, "big") + content)
    return len(frame)

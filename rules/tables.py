"""Reading a rule file: one CSV table, one typed row per line, and an error that names file and line.

Rule files are CSV because the people who answer for them (a legal officer, a laboratory) keep tables, and because a
line number then means the same to them, to this reader and to a diff.
"""

from __future__ import annotations

import csv
import types
import typing
from collections.abc import Callable, Iterator
from dataclasses import MISSING, Field, fields
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from pathlib import Path
from typing import Any

from zuofang.rules.sentences import Sentence, say

Row = typing.TypeVar("Row")


class RuleFileError(Exception):
    """A rule file says something that cannot be; the message names file, line and column."""

    def __init__(self, path: Path, line: int, complaint: Sentence) -> None:
        super().__init__(f"{path}:{line}: {complaint}")
        self.path = path
        self.line = line
        self.complaint = complaint

    @property
    def told(self) -> Sentence:
        """The whole message, to be read in any language."""
        told = {"file": str(self.path), "line": str(self.line), "what": self.complaint}
        return Sentence("%(file)s:%(line)s: %(what)s", told)


class Impossible(ValueError):
    """A row says something that cannot be; the sentence says what."""

    def __init__(self, complaint: Sentence) -> None:
        super().__init__(str(complaint))
        self.complaint = complaint


def refuse_end(name: str, since: date, until: date | None) -> None:
    """Refuse a row that ends before it begins."""
    if until is not None and until < since:
        raise Impossible(
            say("%(name)s：%(until)s 结束，早于 %(since)s 开始", name=name, until=f"{until}", since=f"{since}")
        )


class Line(typing.NamedTuple, typing.Generic[Row]):
    """A row of a rule file together with where it stands, for complaints that need more than one row to see."""

    number: int
    row: Row


def read_table(path: Path, row_type: type[Row]) -> list[Line[Row]]:
    """Read every line of ``path`` as ``row_type``, a dataclass whose field names are the column names.

    Raises:
        RuleFileError: a column is missing or unknown, or a cell does not fit its field.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as failure:
        raise RuleFileError(
            path, 0, say("读不出来，应当是 UTF-8 文本（%(failure)s）", failure=str(failure))
        ) from failure
    reader = csv.DictReader(text.splitlines(keepends=True), strict=True)
    columns = {f.name: f for f in fields(typing.cast(Any, row_type))}
    _check_header(path, list(reader.fieldnames or []), columns)
    return list(_rows(path, reader, row_type, columns))


def _check_header(path: Path, header: list[str], columns: dict[str, Field[Any]]) -> None:
    for name in header:
        if name not in columns:
            known = ", ".join(columns)
            raise RuleFileError(path, 1, say("没有“%(name)s”这一列；可以有：%(known)s", name=name, known=known))
    for name, column in columns.items():
        if name not in header and column.default is MISSING and column.default_factory is MISSING:
            raise RuleFileError(path, 1, say("缺少“%(name)s”这一列", name=name))


def _rows(
    path: Path, reader: csv.DictReader[str], row_type: type[Row], columns: dict[str, Field[Any]]
) -> Iterator[Line[Row]]:
    hints = typing.get_type_hints(row_type)
    try:
        for cells in reader:
            if None in cells or None in cells.values():
                raise RuleFileError(path, reader.line_num, say("这一行应当有 %(count)s 格", count=f"{len(columns)}"))
            values = {name: _cell(path, reader.line_num, name, text, hints[name]) for name, text in cells.items()}
            yield Line(reader.line_num, _build(path, reader.line_num, row_type, values))
    except csv.Error as failure:
        raise RuleFileError(
            path, reader.line_num, say("不是完整的 CSV（%(failure)s）", failure=str(failure))
        ) from failure


def _build(path: Path, line: int, row_type: type[Row], values: dict[str, Any]) -> Row:
    try:
        return row_type(**values)
    except Impossible as failure:
        raise RuleFileError(path, line, failure.complaint) from failure


def _cell(path: Path, line: int, name: str, text: str, kind: Any) -> Any:
    text = text.strip()
    wanted, optional = _unwrap(kind)
    if not text and optional:
        return None
    try:
        return _converter(wanted)(text)
    except (ValueError, InvalidOperation) as failure:
        told = {"name": name, "text": text, "wanted": _described(wanted)}
        raise RuleFileError(path, line, say("“%(name)s”这一列的“%(text)s”不是%(wanted)s", **told)) from failure


def _unwrap(kind: Any) -> tuple[Any, bool]:
    if isinstance(kind, types.UnionType):
        inner = [k for k in typing.get_args(kind) if k is not type(None)]
        return inner[0], True
    return kind, False


def _converter(wanted: Any) -> Callable[[str], Any]:
    if wanted is date:
        return date.fromisoformat
    if wanted is bool:
        return _yes_or_no
    if typing.get_origin(wanted) is tuple:
        return lambda text: tuple(part.strip() for part in text.split(";") if part.strip())
    return typing.cast(Callable[[str], Any], wanted)


def _yes_or_no(text: str) -> bool:
    if text not in ("yes", "no"):
        raise ValueError(text)
    return text == "yes"


def _described(wanted: Any) -> Sentence:
    if isinstance(wanted, type) and issubclass(wanted, StrEnum):
        return say("这些之一：%(words)s", words=", ".join(wanted))
    return KINDS.get(wanted, Sentence(str(wanted)))


KINDS: dict[Any, Sentence] = {
    date: say("日期（YYYY-MM-DD）"),
    int: say("整数"),
    Decimal: say("数字"),
    bool: say("yes 或者 no"),
}
"""What a cell may hold, in words."""

"""The columns of a kind of table: what they are called, what may stand in them, and reading rows by them.

Headings are recognised in any order, by their Chinese name, a synonym or the English key; blanks, asterisks and remarks
in brackets do not matter. Titles above the headings are passed over.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container, Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Any

from zuofang.rules.sentences import Sentence, say
from zuofang.storage.sheets.reading import BadTable, Rows
from zuofang.traceability.importing.cells import NOT_RECORDED, BadCell, Cleaner, optional, required

HEADING_ROWS = 20
"""Rows in which the headings are looked for."""
REMARK = re.compile(r"[(\[【](?!万?元[)\]】]).*[)\]】]$")
"""A remark behind a heading; in which unit sums of money are written is no mere remark."""
REMEMBERED = 20_000


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its English ``key``, its Chinese ``names`` (the first is the official one), and what it means.

    ``must`` says that column and cell are needed; ``personal`` that a refused value is not repeated.
    """

    key: str
    names: tuple[str, ...]
    about: str
    clean: Cleaner = field(repr=False)
    must: bool = False
    personal: bool = False

    @property
    def title(self) -> str:
        """The official Chinese name."""
        return self.names[0]


def must(key: str, *names: str, about: str, clean: Cleaner, personal: bool = False) -> Column:
    """A column that every row must fill."""
    return Column(key, names, about, required(clean), must=True, personal=personal)


def may(key: str, *names: str, about: str, clean: Cleaner, personal: bool = False) -> Column:
    """A column that may be missing or blank."""
    return Column(key, names, about, optional(clean), personal=personal)


@dataclass(slots=True, eq=False)
class Row:
    """One row of a table: its number as a person counts, its texts, and what it states; blank cells state nothing.

    A row may stand for its ``members``, rows that say the same in the cells looked at; to refuse it refuses them.
    """

    number: int
    texts: list[str]
    cells: dict[str, Any]
    members: Sequence[Row] = ()
    changed: str = "unchanged"
    refused: bool = False


@dataclass(frozen=True, slots=True)
class Fault:
    """A cell that cannot be taken: the value as it stood there."""

    row: int
    column: Column
    value: str
    reason: Sentence


@dataclass(frozen=True, slots=True)
class Wrong:
    """What a column remembers of a text that it refuses."""

    reason: Sentence


class Memory(dict[str, Any]):
    """What a column made of each text it has seen; tables say the same again and again."""

    def __init__(self, column: Column) -> None:
        super().__init__()
        self.column = column
        self.has_wrong = False

    def __missing__(self, text: str) -> Any:
        try:
            value = self.column.clean(text)
        except BadCell as refused:
            value = Wrong(refused.sentence)
            self.has_wrong = True
        if len(self) < REMEMBERED:
            self[text] = value
        return value


@dataclass(slots=True)
class Layout:
    """Where the columns stand in one table."""

    header_row: int
    places: list[tuple[int, Memory]]
    unknown: tuple[str, ...]

    def text(self, row: Row, key: str) -> str:
        """What stands in one cell of a row; nothing where the table has no such column."""
        return next((row.texts[place] for place, memory in self.places if memory.column.key == key), "")

    def read(self, rows: Rows, first: int) -> tuple[list[Row], list[Fault]]:
        """Clean the rows of a batch whose first row has the number ``first``; blank rows are passed over."""
        width = max((place for place, _ in self.places), default=0) + 1
        numbers = [number for number, row in enumerate(rows, first) if any(row)]
        cut = [row if len(row) >= width else row + [""] * (width - len(row)) for row in rows if any(row)]
        columns = [[memory[row[place]] for row in cut] for place, memory in self.places]
        faults = self._faults(numbers, cut, columns)
        bad = {fault.row for fault in faults}
        found = zip(numbers, cut, self._stated(columns), strict=True)
        return [Row(*row) for row in found if row[0] not in bad], faults

    def _stated(self, columns: list[list[Any]]) -> list[dict[str, Any]]:
        """What every row states, built from the columns without a gap and then the others."""
        named = [(memory.column.key, values) for (_, memory), values in zip(self.places, columns, strict=True)]
        full = [(key, values) for key, values in named if NOT_RECORDED not in values]
        keys = [key for key, _ in full]
        whole = zip(*(values for _, values in full), strict=True) if full else ((),) * len(columns[0])
        rows = [dict(zip(keys, values)) for values in whole]  # noqa: B905 - a tenth of all time otherwise
        for key, values in named:
            if key not in keys:
                for row, value in zip(rows, values, strict=True):
                    if value is not NOT_RECORDED:
                        row[key] = value
        return rows

    def grouped(self, rows: Sequence[Row], keys: Container[str]) -> list[Row]:
        """One row for all rows with the same texts under some keys."""
        alike = itemgetter(*(place for place, memory in self.places if memory.column.key in keys))
        groups: dict[Any, list[Row]] = {}
        for row in rows:
            groups.setdefault(alike(row.texts), []).append(row)
        return [Row(same[0].number, same[0].texts, same[0].cells, same) for same in groups.values()]

    def _faults(self, numbers: list[int], rows: Rows, columns: list[list[Any]]) -> list[Fault]:
        return [
            Fault(number, memory.column, row[place], value.reason)
            for (place, memory), values in zip(self.places, columns, strict=True)
            if memory.has_wrong
            for number, row, value in zip(numbers, rows, values, strict=True)
            if isinstance(value, Wrong)
        ]


def heading(text: str) -> str:
    """A heading as it is compared: without blanks, asterisks and a remark in brackets at its end."""
    plain = re.sub(r"[\s*:：]", "", unicodedata.normalize("NFKC", text)).lower()
    return REMARK.sub("", plain) or plain


def find_layout(columns: Sequence[Column], rows: Rows) -> Layout:
    """Find the headings in the first rows of a table.

    Raises:
        BadTable: there are none, a column is missing, or one stands there twice.
    """
    known = {heading(name): column for column in columns for name in (column.key, *column.names)}
    scores = [sum(heading(cell) in known for cell in row) for row in rows[:HEADING_ROWS]]
    if not any(scores):
        wanted = "、".join(column.title for column in columns if column.must)
        raise BadTable(say("没有找到表头。至少要有这些列：%(columns)s。", columns=wanted))
    place = scores.index(max(scores))
    return _layout(columns, known, rows[place], place + 1)


def _layout(columns: Sequence[Column], known: dict[str, Column], row: list[str], number: int) -> Layout:
    places = {index: known[heading(cell)] for index, cell in enumerate(row) if heading(cell) in known}
    found = list(places.values())
    for column in columns:
        if found.count(column) > 1:
            raise BadTable(say("“%(column)s”一列出现了不止一次。", column=column.title))
    missing = [column.title for column in columns if column.must and column not in found]
    if missing:
        raise BadTable(say("缺少这些列：%(columns)s。", columns="、".join(missing)))
    unknown = tuple(cell.strip() for index, cell in enumerate(row) if cell.strip() and index not in places)
    return Layout(number, [(index, Memory(column)) for index, column in places.items()], unknown)

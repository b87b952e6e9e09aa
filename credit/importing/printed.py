"""Texts as a table prints them: cleaned of what cannot be seen, kept otherwise, and masked before they are stored."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable
from decimal import Decimal
from typing import Any

from zuofang.credit.redaction import mask
from zuofang.rules.sentences import Sentence, say
from zuofang.traceability.importing.cells import (
    INVISIBLE,
    NONE_WORDS,
    NOT_RECORDED,
    SILENT_WORDS,
    BadCell,
    tidy,
)
from zuofang.traceability.importing.columns import Column, Row
from zuofang.traceability.importing.report import Remark
from zuofang.traceability.importing.work import Work

LONGEST_LETTER = 20_000
"""Characters of one cell that holds the text of a decision."""
LONGEST_PRINTED = 200
"""Characters of a name, an address, an item, a result."""


def printed(key: str, *names: str, about: str, limit: int = LONGEST_PRINTED) -> Column:
    """A column whose cells are kept sign by sign, line breaks and doubled blanks included."""

    def clean(text: str) -> Any:
        text = INVISIBLE.sub("", text).strip()
        if text.startswith("="):
            text = tidy(text)
        if text in SILENT_WORDS or text in NONE_WORDS:
            return NOT_RECORDED if text in SILENT_WORDS else None
        if len(text) > limit:
            raise BadCell(say("这一格超过 %(limit)s 个字。", limit=limit))
        return text

    return Column(key, names, about, clean)


def passed_over(key: str, *names: str, about: str) -> Column:
    """A column that is known and whose cells are never kept, such as identity numbers or a term somebody computed."""
    return Column(key, names, about, _forgotten, personal=True)


def _forgotten(_text: str) -> Any:
    return NOT_RECORDED


def shown(work: Work, row: Row, key: str) -> str:
    """What a cell says, with personal data masked and every mark told; empty where it says nothing."""
    return masked(work, row, key, _text(row.cells.get(key)))


def _text(value: Any) -> str:
    """A value in the words of a record: a sum with its unit, several kinds one after the other."""
    if isinstance(value, frozenset):
        return "、".join(sorted(str(one) for one in value))
    if isinstance(value, tuple):
        return "；".join(str(one) for one in value)
    if isinstance(value, Decimal):
        return f"{value:f}元"
    return "" if value is None else str(value)


def masked(work: Work, row: Row, key: str, text: str) -> str:
    """A text with personal data masked; what was masked, and what a person must look at, is told in the report."""
    hidden, marks = mask(text)
    told = Counter((mark.note, mark.masked) for mark in marks)
    for (note, covered), count in told.items():
        say_it = _covered(note, count) if covered else _doubtful(note, count)
        check(work, row, key, say_it)
    return hidden


def _covered(note: Sentence, count: int) -> Sentence:
    return say("已隐去%(note)s %(count)s 处。", note=note, count=count)


def _doubtful(note: Sentence, count: int) -> Sentence:
    return say("%(note)s，%(count)s 处。", note=note, count=count)


def check(work: Work, row: Row, key: str, reason: Sentence, candidates: Iterable[str] = ()) -> None:
    """Say once what a person must look at in a row that is taken in."""
    said = work.remember("told", set[tuple[int, str, str]])
    if (row.number, key, str(reason)) in said:
        return
    said.add((row.number, key, str(reason)))
    work.report.to_check.append(Remark(row.number, work.columns[key].title, reason, tuple(candidates)))


def told(work: Work, row: Row, keys: Iterable[str], owed: Container[str] = ()) -> str:
    """The text of a record: one line for each of these columns that says something.

    Of the columns that are ``owed``, "none" is said as 无, and a column that says nothing is told as 未载明.
    """
    lines = []
    for key in keys:
        text = shown(work, row, key) or (("无" if key in row.cells else "未载明") if key in owed else "")
        if text:
            lines.append(f"{work.columns[key].title}：{text}")
    return "\n".join(lines)

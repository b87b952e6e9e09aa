"""Running an import: read, clean, match, write, and one journal entry; or nothing at all."""

from __future__ import annotations

import gc
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from zuofang.rules.identifiers import mask_identity_numbers
from zuofang.rules.sentences import say
from zuofang.storage.acts import Office
from zuofang.storage.sheets.reading import BadTable, Rows, Table, open_table
from zuofang.traceability.importing.columns import Column, Layout, Row, find_layout
from zuofang.traceability.importing.report import ImportReport
from zuofang.traceability.importing.work import Work, standing

PORTION = 5000
"""Rows brought into the database at a time."""
Tell = Callable[[str, float], None]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of table: its name in the command, what it is called in Chinese, its columns, and how rows are taken.

    ``portion`` is how many rows are taken at a time, where rows that are one thing must come together.
    """

    name: str
    title: str
    columns: tuple[Column, ...]
    take: Callable[[Work, list[Row]], None]
    portion: int | None = None
    by_county: bool = True
    """Whether somebody who works in some counties alone may take such a table in, where every row is of one of them."""


class _Rehearsed(Exception):
    """Leaves the transaction without keeping anything: a dry run, or a refusal."""


def run(
    office: Office, kind: Kind, file: Path, who: str, dry_run: bool, tell: Tell | None = None,
    *, within: frozenset[str] | None = None,
) -> ImportReport:  # fmt: skip
    """Import a file of one kind, all of it or nothing; a dry run does the same and keeps nothing.

    ``within`` are the divisions of whoever imports, by the beginnings of their codes, where that is not the whole city:
    a row that speaks of another one is refused, in the transaction that would write it.
    The whole file is read before the transaction begins, so that a slow or hostile file keeps no other writer waiting.

    Raises:
        BadTable: the file cannot be read as a table, a column is missing, or such a table is for the whole city alone.
    """
    if within is not None and not kind.by_county:
        raise BadTable(say("这种表格只由负责全市的监管人员导入。"))
    with open_table(file) as table:
        layout = find_layout(kind.columns, next(table.batches(), []))
        report = ImportReport(kind.name, dry_run, table.sha256)
        try:
            with _without_collector(), office.writing(who) as desk:
                work = Work(desk, {column.key: column for column in kind.columns}, layout, report, within)
                _import(work, kind, file, table, tell or _silently)
        except _Rehearsed:
            pass
    return report


@contextmanager
def _without_collector() -> Iterator[None]:
    """Rows make no reference cycles; looking for some among millions of short-lived cells costs a third of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _silently(_what: str, _share: float) -> None:
    pass


def _import(work: Work, kind: Kind, file: Path, table: Table, tell: Tell) -> None:
    layout, report = work.layout, work.report
    for name in layout.unknown:
        work.note(say("没有用到“%(column)s”一列。", column=mask_identity_numbers(name)))
    for first, rows in _portions(table, layout.header_row, kind.portion or PORTION):
        _take(work, kind, layout, first, rows)
        tell(kind.title, (first + len(rows) - 1) / table.rows)
        if report.full:
            work.note(say("拒绝的行太多，第 %(row)s 行以后没有再看。", row=first + len(rows) - 1))
            break
    if report.refused:
        report.created = report.updated = 0
        report.refused.sort(key=lambda one: one.row)
        raise _Rehearsed
    if report.created or report.updated:
        _record(work, kind, file)
    if report.dry_run:
        raise _Rehearsed


def _portions(table: Table, header_row: int, size: int) -> Iterator[tuple[int, Rows]]:
    """The rows below the headings, some thousands at a time, each time with the number of the first."""
    first: int = header_row + 1
    waiting: Rows = []
    for number, rows in enumerate(table.batches()):
        waiting += rows if number else rows[header_row:]
        if len(waiting) >= size:
            yield first, waiting
            first, waiting = first + len(waiting), []
    if waiting:
        yield first, waiting


def _take(work: Work, kind: Kind, layout: Layout, first: int, cells: Rows) -> None:
    rows, faults = layout.read(cells, first)
    for fault in faults:
        work.report.refuse(fault.row, fault.column, fault.value, fault.reason)
    work.report.rows += len(rows) + len({fault.row for fault in faults})
    kind.take(work, rows)
    outcomes = Counter(row.changed for row in standing(rows))
    work.report.created += outcomes["created"]
    work.report.updated += outcomes["updated"]
    work.report.unchanged += outcomes["unchanged"]


def _record(work: Work, kind: Kind, file: Path) -> None:
    """One entry for the whole import: which file, how many rows, and what public fields said before and say now."""
    report = work.report
    work.desk.record(
        f"import.{kind.name}",
        ("import", report.sha256),
        f"导入{kind.title}：{mask_identity_numbers(file.name)[:200]}",
        touches=work.touched,
        sha256=report.sha256,
        rows=report.rows,
        created=report.created,
        updated=report.updated,
        unchanged=report.unchanged,
        unmatched=report.unmatched,
        changes=work.changes,
    )

"""One import under way: its transaction, what it refused, what it touched, and which changes the journal must tell."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from typing import Any, TypeVar, TypeVarTuple

from sqlalchemy import ColumnElement, Connection, Select
from sqlalchemy import Row as Found

from zuofang.rules.sentences import Sentence, say
from zuofang.storage.acts import Desk
from zuofang.storage.outbox import Subject
from zuofang.traceability.importing.columns import Column, Layout, Row
from zuofang.traceability.importing.report import ImportReport, Remark
from zuofang.traceability.recalls import china_day

PORTION = 500
"""Keys looked up in one statement; both databases take many more values, but plan this many well."""

NOT_MINE = say("这一行不是您负责的县区的，或者不能确定是；请从表里拿掉，交给负责全市的监管人员。")

Thing = TypeVar("Thing")
Cells = TypeVarTuple("Cells")


@dataclass(slots=True)
class Work:
    """What every step of an import needs at hand."""

    desk: Desk
    columns: dict[str, Column]
    layout: Layout
    report: ImportReport
    within: frozenset[str] | None = None
    """The beginnings of the codes of the divisions that whoever imports may speak of; nothing where it is of all."""
    touched: dict[Subject, None] = field(default_factory=dict)
    changes: dict[str, dict[str, Any]] = field(default_factory=dict)
    stated: dict[str, dict[int, frozenset[str]]] = field(default_factory=dict)
    """By table: which columns of which row this file has spoken of already."""
    memory: dict[str, Any] = field(default_factory=dict)
    """What a kind of import remembers from one portion of rows to the next."""

    @property
    def connection(self) -> Connection:
        """The connection of the transaction."""
        return self.desk.session.connection()

    @property
    def today(self) -> date:
        """The day of the import in China."""
        return self.remember("today", lambda: china_day(self.desk.now))

    def refuse(self, row: Row, key: str, reason: Sentence) -> None:
        """Refuse a row because of what stands in one of its columns."""
        row.refused = True
        for one in row.members or (row,):
            one.refused = True
            self.report.refuse(one.number, self.columns[key], self.layout.text(one, key), reason)

    def covers(self, district: str | None) -> bool:
        """Whether whoever imports may speak of a division; what has none belongs to the whole city."""
        return self.within is None or any((district or "").startswith(code) for code in self.within)

    def is_mine(self, row: Row, key: str, district: str | None) -> bool:
        """Whether a row speaks of a division in reach; else it is refused, and nothing told of what it speaks of."""
        if not self.covers(district):
            self.refuse(row, key, NOT_MINE)
        return self.covers(district)

    def unmatched(self, row: Row, key: str, reason: Sentence) -> None:
        """Refuse a row that speaks of something nobody has registered."""
        self.report.unmatched += len(row.members) or 1
        self.refuse(row, key, reason)

    def look_at(self, row: Row, key: str, reason: Sentence) -> None:
        """Tell something in a row that is taken in and that a person must look at."""
        self.report.to_check.append(Remark(row.number, self.columns[key].title, reason))

    def note(self, sentence: Sentence) -> None:
        """Say something that does not stop the import, once."""
        if sentence not in self.report.notes:
            self.report.notes.append(sentence)

    def touch(self, kind: str, keys: Iterable[int]) -> None:
        """Note whose pages show a change."""
        self.touched.update(dict.fromkeys((kind, str(key)) for key in keys))

    def remember(self, name: str, make: Callable[[], Thing]) -> Thing:
        """Something kept for the length of this import, made when first asked for."""
        if name not in self.memory:
            self.memory[name] = make()
        kept: Thing = self.memory[name]
        return kept

    def find(
        self, statement: Select[*Cells], column: ColumnElement[Any], values: Iterable[Any]
    ) -> Iterator[Found[*Cells]]:
        """The rows of a statement in which ``column`` (or a tuple of columns) has one of the values."""
        for portion in portions(dict.fromkeys(values), PORTION):
            yield from self.connection.execute(statement.where(column.in_(portion)))


def portions(things: Iterable[Thing], size: int) -> Iterator[Sequence[Thing]]:
    """The same things in lists of at most ``size``."""
    rest = iter(things)
    while portion := list(islice(rest, size)):
        yield portion


def standing(rows: Iterable[Row]) -> list[Row]:
    """The rows that nobody has refused yet."""
    return [row for row in rows if not row.refused]


def not_ahead(work: Work, row: Row, *keys: str) -> None:
    """Refuse a row that tells of something after today."""
    for key in keys:
        if (on := row.cells.get(key)) is not None and on > work.today:
            work.refuse(row, key, say("日期在今天之后。"))

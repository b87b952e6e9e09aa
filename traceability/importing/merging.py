"""Bringing a table to what the rows of a file say: new rows are added, changed ones updated, the rest left alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Row as Found
from sqlalchemy import Table, bindparam, insert, inspect, select, tuple_, update

from zuofang.rules.identifiers import mask_identity_numbers
from zuofang.rules.sentences import Sentence, say
from zuofang.storage.base import Base
from zuofang.traceability.importing.columns import Row
from zuofang.traceability.importing.report import HIDDEN
from zuofang.traceability.importing.work import Work

Key = tuple[Any, ...]
LONGEST_TOLD = 120
"""Characters of an old or new value that are shown."""
Guard = Callable[[Found[Any], dict[str, Any]], Sentence | None]


@dataclass(frozen=True, slots=True)
class Target:
    """A table, the columns that name one of its rows, and those whose values never enter the journal.

    ``heading`` is the column of the file under which a refusal is told when the change has none of its own. ``part``
    says that a row of this table is part of something larger, which counts as updated when the part is new. ``few``
    says that few rows share the first column of the key, which then finds them. ``guard`` looks at a stored row and the
    changes wanted, and answers why they may not be made.
    """

    model: type[Base]
    key: tuple[str, ...]
    heading: str
    part: bool = False
    few: bool = False
    private: frozenset[str] = frozenset()
    guard: Guard | None = None

    @property
    def table(self) -> Table:
        """The table itself."""
        table = inspect(self.model).local_table
        if not isinstance(table, Table):
            raise AssertionError(table)
        return table


@dataclass(slots=True)
class Wish:
    """What one row of a file says of one row of a table; ``fresh`` is added only where the table's row is new."""

    row: Row
    key: Key
    stated: dict[str, Any]
    fresh: dict[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class Merged:
    """The numbers of the rows by their keys, and which of them are new or changed."""

    ids: dict[Key, int] = field(default_factory=dict)
    created: set[int] = field(default_factory=set)
    updated: set[int] = field(default_factory=set)

    @property
    def changed(self) -> set[int]:
        """New or changed."""
        return self.created | self.updated


def merge(work: Work, target: Target, wishes: Sequence[Wish]) -> Merged:
    """Bring a table to what the wishes say; a row that contradicts an earlier one of the same file is refused."""
    agreed = _agree(work, target, wishes)
    found = _find(work, target, list(agreed))
    merged = Merged({key: row.id for key, row in found.items()})
    fresh = {key: same for key, same in agreed.items() if key not in found}
    _insert(work, target, fresh, merged)
    _change(work, target, {key: (found[key], agreed[key]) for key in agreed if key in found}, merged)
    _remember(work, target, agreed, merged)
    return merged


def _agree(work: Work, target: Target, wishes: Sequence[Wish]) -> dict[Key, list[Wish]]:
    """The wishes by key; one that contradicts what was said of the same key before is refused and left out."""
    agreed: dict[Key, list[Wish]] = {}
    said: dict[Key, dict[str, Wish]] = {}
    for wish in wishes:
        if wish.key not in agreed:
            agreed[wish.key], said[wish.key] = [wish], dict.fromkeys(wish.stated, wish)
            continue
        spoken = said[wish.key]
        against = [name for name in wish.stated if name in spoken and spoken[name].stated[name] != wish.stated[name]]
        if against:
            earlier = spoken[against[0]].row.number
            _refuse(work, target, wish, against[0], say("与第 %(row)s 行说的不一样。", row=earlier))
        else:
            agreed[wish.key].append(wish)
            said[wish.key] = dict.fromkeys(wish.stated, wish) | spoken
    return agreed


def _refuse(work: Work, target: Target, wish: Wish, column: str, reason: Sentence) -> None:
    work.refuse(wish.row, column if column in work.columns else target.heading, reason)


def _find(work: Work, target: Target, keys: list[Key]) -> dict[Key, Found[Any]]:
    table = target.table
    named = [table.c[name] for name in target.key]
    alone = target.few or len(named) == 1
    column = named[0] if alone else tuple_(*named)
    rows = work.find(select(table), column, [key[0] if alone else key for key in keys])
    return {tuple(row._mapping[name] for name in target.key): row for row in rows}


def _insert(work: Work, target: Target, fresh: dict[Key, list[Wish]], merged: Merged) -> None:
    """Add rows in bulk. Numbers come back with the key beside them: their order is not that of the rows."""
    if not fresh:
        return
    rows = [_fresh_row(target, key, same) for key, same in fresh.items()]
    names = dict.fromkeys(name for row in rows for name in row)
    if len(names) * len(rows) != sum(map(len, rows)):
        rows = [dict.fromkeys(names) | row for row in rows]
    columns = target.table.c
    statement = insert(target.table).returning(columns.id, *(columns[name] for name in target.key))
    for number, *key in work.connection.execute(statement, rows):
        merged.ids[tuple(key)] = number
        merged.created.add(number)


def _fresh_row(target: Target, key: Key, same: list[Wish]) -> dict[str, Any]:
    row = dict(zip(target.key, key, strict=True))
    for wish in same:
        if wish is same[0]:
            wish.row.changed = "updated" if target.part and wish.row.changed != "created" else "created"
        elif wish.row.changed == "unchanged" and wish.stated.keys() - row.keys():
            wish.row.changed = "updated"
        row.update(wish.fresh)
        row.update(wish.stated)
    return row


def _change(work: Work, target: Target, known: dict[Key, tuple[Found[Any], list[Wish]]], merged: Merged) -> None:
    updates: dict[tuple[str, ...], list[dict[str, Any]]] = defaultdict(list)
    for found, same in known.values():
        changes: dict[str, Any] = {}
        for wish in same:
            allowed = _allowed(work, target, found, wish)
            changes |= allowed
            _compare(work, target, found, wish, allowed)
        if changes:
            updates[tuple(changes)].append({"row_id": found.id, **{f"to_{name}": changes[name] for name in changes}})
            merged.updated.add(found.id)
            _tell(work, target, found, changes)
    for names, rows in updates.items():
        table = target.table
        statement = update(table).where(table.c.id == bindparam("row_id"))
        work.connection.execute(statement.values({name: bindparam(f"to_{name}") for name in names}), rows)


def _allowed(work: Work, target: Target, found: Found[Any], wish: Wish) -> dict[str, Any]:
    """The changes a wish makes to a stored row; a wish that may not make them is refused."""
    stored = found._mapping
    changes = {name: value for name, value in wish.stated.items() if stored[name] != value}
    if not changes:
        return changes
    spoken = work.stated.get(target.table.name, {}).get(found.id, frozenset())
    if twice := [name for name in changes if name in spoken]:
        _refuse(work, target, wish, twice[0], say("与本文件前面的行说的不一样。"))
        return {}
    if target.guard and (reason := target.guard(found, changes)):
        _refuse(work, target, wish, next(iter(changes)), reason)
        return {}
    if wish.row.changed == "unchanged":
        wish.row.changed = "updated"
    return changes


def _compare(work: Work, target: Target, found: Found[Any], wish: Wish, changes: dict[str, Any]) -> None:
    """Put what is on record beside what a row says, for the person who rehearses the import."""
    for name, value in changes.items():
        column = work.columns.get(name) or work.columns.get(target.heading)
        hidden = name in target.private or (column is not None and column.personal)
        before, after = (HIDDEN, HIDDEN) if hidden else (_plain(found._mapping[name]), _plain(value))
        work.report.differ(wish.row.number, column.title if column else name, before, after)


def _plain(value: Any) -> str:
    """A value as a short text without identity numbers."""
    text = mask_identity_numbers("" if value is None else str(value))
    return text if len(text) <= LONGEST_TOLD else text[:LONGEST_TOLD] + "…"


def _tell(work: Work, target: Target, found: Found[Any], changes: dict[str, Any]) -> None:
    """Old and new value of every public field for the journal; of the others only that they changed."""
    told = work.changes.setdefault(f"{target.table.name}/{found.id}", {})
    for name, value in changes.items():
        told[name] = None if name in target.private else [found._mapping[name], value]


def _remember(work: Work, target: Target, agreed: dict[Key, list[Wish]], merged: Merged) -> None:
    spoken = work.stated.setdefault(target.table.name, {})
    for key, same in agreed.items():
        names = frozenset(name for wish in same for name in wish.stated)
        spoken[merged.ids[key]] = spoken.get(merged.ids[key], frozenset()) | names

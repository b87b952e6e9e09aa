"""The change log of a page: what it showed before and after each act, field by field (DIG5 item 3)."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any

from sqlalchemy import Connection, bindparam, func, select

from zuofang.storage.journal import JournalEntry
from zuofang.traceability.models import PageVersion
from zuofang.traceability.queries.rows import AnyRow

NEWEST = 30
"""Versions told on a page; the number of all of them stands beside."""


Entry = tuple[str, ...]
"""One value that a page showed, as its parts: a single word, or the columns of a line in a list."""


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field that changed: the entries that went and those that came."""

    field: str
    gone: tuple[Entry, ...]
    come: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """One version of a page: by which act it came, and what it shows that the one before did not."""

    number: int
    at: datetime
    who: str
    act: str | None
    fields: tuple[FieldChange, ...]


_VERSIONS = (
    select(
        PageVersion.number,
        PageVersion.at,
        PageVersion.who,
        JournalEntry.act,
        PageVersion.shown,
        func.count().over().label("total"),
    )
    .join(JournalEntry, JournalEntry.seq == PageVersion.seq, isouter=True)
    .where(PageVersion.subject_kind == bindparam("kind"), PageVersion.subject_key == bindparam("key"))
    .order_by(PageVersion.number.desc())
    .limit(NEWEST + 1)
)


def changes_of(connection: Connection, kind: str, key: str) -> tuple[tuple[Change, ...], int]:
    """The newest versions of a page, newest first, and how many there are in all. One statement."""
    rows = connection.execute(_VERSIONS, {"kind": kind, "key": key}).all()
    if not rows:
        return (), 0
    shown = [json.loads(row.shown) for row in rows]
    found = [_change(row, before, after) for row, (after, before) in zip(rows, pairwise(shown), strict=False)]
    if len(rows) <= NEWEST:
        found.append(_change(rows[-1], {}, shown[-1]))
    return tuple(found), rows[0].total


def _change(row: AnyRow, before: dict[str, Any], after: dict[str, Any]) -> Change:
    fields = (_field(name, before.get(name), after.get(name)) for name in dict.fromkeys([*after, *before]))
    changed = tuple(field for field in fields if field.gone or field.come)
    return Change(row.number, row.at, row.who, row.act, changed)


def _field(name: str, before: Any, after: Any) -> FieldChange:
    then, now = _entries(before), _entries(after)
    gone = tuple(entry for entry in then if entry not in now)
    come = tuple(entry for entry in now if entry not in then)
    return FieldChange(name, gone, come)


def _entries(value: Any) -> tuple[Entry, ...]:
    """A value of a version as entries: each member of a list is one, anything else is one alone."""
    if value is None or value in ("", []):
        return ()
    return tuple(map(_entry, value)) if isinstance(value, list) else (_entry(value),)


def _entry(value: Any) -> Entry:
    if isinstance(value, list):
        return tuple(str(part) for part in value if part is not None)
    return (str(value),)

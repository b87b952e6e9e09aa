"""Rows and statements of any shape, and the rows of many things at once by whom they belong to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any, TypeAlias

from sqlalchemy import Connection, Row, Select

AnyRow: TypeAlias = Row[*tuple[Any, ...]]
AnySelect: TypeAlias = Select[*tuple[Any, ...]]
Grouped: TypeAlias = dict[int, list[tuple[Any, ...]]]


def grouped(connection: Connection, statement: AnySelect, keys: Sequence[int]) -> Grouped:
    """The rows of a statement with the parameter ``keys``, by their first column, without it."""
    found: Grouped = defaultdict(list)
    for key, *rest in connection.execute(statement, {"keys": keys}):
        found[key].append(tuple(rest))
    return found

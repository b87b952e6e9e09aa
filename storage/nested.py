"""Rows inside a row: one statement that brings a thing together with everything that hangs on it.

A page that would need ten small statements asks one, whose columns hold lists of rows as JSON. It costs less than ten
round trips on SQLite, far less over a network, and the answer is one consistent moment of the data.
"""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import FromClause, Select, SQLColumnExpression, Text, select
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.sql.selectable import ScalarSelect

Rows = list[list[Any]]
NO_ROWS = "[]"
_read = json.JSONDecoder().raw_decode  # what the database wrote is known to be JSON and nothing else


class row_list(FunctionElement[str]):  # noqa: N801 - reads as the SQL function it stands for
    """An aggregate: every row of the select as a JSON array of its columns, all of them in one JSON array."""

    type = Text()
    inherit_cache = True


@compiles(row_list, "sqlite")
def _sqlite(element: row_list, compiler: SQLCompiler, **options: Any) -> str:
    return f"json_group_array(json_array({compiler.process(element.clauses, **options)}))"


@compiles(row_list, "postgresql")
def _postgresql(element: row_list, compiler: SQLCompiler, **options: Any) -> str:
    return f"coalesce(json_agg(json_build_array({compiler.process(element.clauses, **options)}))::text, '[]')"


def nested(*columns: SQLColumnExpression[Any]) -> Select[tuple[str]]:
    """Start a select whose rows go into one column; add ``where`` and joins, then call :func:`as_column`."""
    return select(row_list(*columns))


def as_column(rows: Select[tuple[str]], name: str, *outer: FromClause) -> Any:
    """The nested select as a column of the outer one, whose tables named as ``outer`` it may lean on."""
    scalar: ScalarSelect[str] = rows.correlate(*outer or [None]).scalar_subquery()
    return scalar.label(name)


def unfold(text: str) -> Rows:
    """The rows of a nested column. Dates and amounts are text; order is not promised."""
    rows: Rows = _read(text)[0] if text != NO_ROWS else []
    return rows

"""The parts of ``docs/`` that are read off the code. ``make docs`` writes them; a test fails where one is out of date.

A part stands between ``<!-- made by make docs: NAME -->`` and ``<!-- end -->``; the rest is written by hand.
"""

from __future__ import annotations

import re
import tempfile
import types
import typing
from collections.abc import Callable, Iterator
from dataclasses import MISSING, fields
from datetime import date
from decimal import Decimal
from enum import EnumType
from pathlib import Path
from typing import Any

import click
from sqlalchemy import Column, Enum, String, Table
from sqlalchemy.orm import Mapper
from werkzeug.routing import Rule

from zuofang.migrations.tables import METADATA
from zuofang.rules.book import SHIPPED, read_rules
from zuofang.rules.calendar import SpecialDay
from zuofang.rules.food_catalogues import CatalogueLine
from zuofang.rules.grade_rules import GradeRule
from zuofang.rules.label_contents import HeightRule, LabelRule
from zuofang.rules.limit_tables import Category, DatedLimit, Item
from zuofang.rules.parameters import Parameter
from zuofang.rules.registers import CertificateKind, ZoneStandardRule
from zuofang.site.app import create_public_app
from zuofang.site.commands import main
from zuofang.site.commands.importing import KINDS
from zuofang.site.console.app import create_console_app
from zuofang.site.console.counter import Counter
from zuofang.site.console.desks import DESKS
from zuofang.site.console.rights import Door, Rights, rights_of
from zuofang.site.rendering import BilingualFlask
from zuofang.site.wsgi import PAGES
from zuofang.storage.accounts.models import Role
from zuofang.storage.acts import Office
from zuofang.storage.base import Base
from zuofang.storage.database import open_database
from zuofang.storage.keys import new_keys
from zuofang.storage.settings import PREFIX, Settings

DOCS = Path(__file__).resolve().parents[2] / "docs"
PART = re.compile(r"(<!-- made by make docs: (\w+) -->\n)(.*?)(<!-- end -->)", re.DOTALL)
ROWS: dict[str, type] = {
    "calendar.csv": SpecialDay,
    "categories.csv": Category,
    "certificates.csv": CertificateKind,
    "food_catalogues.csv": CatalogueLine,
    "grade_rules.csv": GradeRule,
    "items.csv": Item,
    "label_contents.csv": LabelRule,
    "label_text_heights.csv": HeightRule,
    "limits.csv": DatedLimit,
    "parameters*.csv": Parameter,
    "zone_standards.csv": ZoneStandardRule,
}
PLAIN_TYPES = {str: "text", int: "whole number", Decimal: "number", bool: "`yes` or `no`", date: "day, as 2026-09-12"}
BLANK_LINE = "\n\n"
FILES = "Style sheets, icons and the few scripts."
TYPES = {"UtcDateTime": "moment, UTC", "Amount": "quantity as written", "LargeBinary": "bytes", "Date": "day"}


def tables() -> Iterator[str]:
    """Every table, its columns and what they mean."""
    mappers: dict[str, Mapper[object]] = {str(mapper.local_table): mapper for mapper in Base.registry.mappers}
    for table in sorted(METADATA.tables.values(), key=lambda table: table.name):
        mapper = mappers.get(table.name)
        yield f"## {table.name}\n"
        yield f"{(mapper.class_.__doc__ if mapper else table.comment) or ''}".strip().split(BLANK_LINE)[0] + "\n"
        yield "| column | kind | meaning |\n| --- | --- | --- |"
        yield from (_column(column) for column in table.columns)
        yield from _keys(table)
        yield ""


def _column(column: Column[object]) -> str:
    marks = "" if column.nullable or column.primary_key else ", always"
    return f"| `{column.name}` | {_kind(column)}{marks} | {(column.comment or '').replace('|', '¦')} |"


def _kind(column: Column[object]) -> str:
    for key in column.foreign_keys:
        return f"→ `{key.column.table.name}`"
    if isinstance(column.type, Enum):
        return "one of " + ", ".join(f"`{word}`" for word in column.type.enums)
    if isinstance(column.type, String) and column.type.length:
        return f"text, at most {column.type.length}"
    name = type(column.type).__name__
    return TYPES.get(name, name.lower())


def _keys(table: Table) -> Iterator[str]:
    for constraint in sorted(table.constraints, key=lambda one: str(one.name)):
        if str(constraint.name).startswith("uq_"):
            columns = ", ".join(f"`{column.name}`" for column in constraint.columns)  # type: ignore[attr-defined]
            yield f"\nUnique: {columns}."


def settings() -> Iterator[str]:
    """Every setting, its name in the environment and its default."""
    yield "| in `zuofang.toml` | in the environment | default | meaning |\n| --- | --- | --- | --- |"
    for one in fields(Settings):
        value = getattr(Settings(), one.name)
        default = str(value).lower() if isinstance(value, bool) else str(value) or " "
        in_file = "(environment only)" if one.name == "data" else f"`{one.name}`"
        yield f"| {in_file} | `{PREFIX}{one.name.upper()}` | `{default}` | {one.metadata['about']} |"


def commands() -> Iterator[str]:
    """Every command and its options."""
    yield from _command(main, ["zuofang"])


def _command(command: click.Command, words: list[str]) -> Iterator[str]:
    context = click.Context(command, info_name=" ".join(words), terminal_width=100, max_content_width=100)
    if len(words) > 1:
        yield f"## {' '.join(words)}\n"
    yield f"```\n{command.get_help(context)}\n```\n"
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            found = command.get_command(context, name)
            if found is not None and not found.hidden:
                yield from _command(found, [*words, name])


def addresses() -> Iterator[str]:
    """Every address of the public site and what its view says of itself."""
    with tempfile.TemporaryDirectory() as folder:
        app = create_public_app(Settings(data=Path(folder)), PAGES)
    yield "| address | methods | what stands there |\n| --- | --- | --- |"
    for rule in sorted(app.url_map.iter_rules(), key=lambda rule: rule.rule):
        told = FILES if rule.endpoint == "static" else app.view_functions[rule.endpoint].__doc__ or ""
        yield f"| `{rule.rule}` | {_methods(rule)} | {' '.join(told.strip().split(BLANK_LINE)[0].split())} |"


def rights() -> Iterator[str]:
    """Every address of the desks with who may use it: everywhere, or in their own place only."""
    app = desks_of_nobody()
    table = rights_of(app)
    roles = list(Role)
    yield "| address | methods | " + " | ".join(role.value.replace("_", " ") for role in roles) + " | |"
    yield "| --- | --- |" + " --- |" * (len(roles) + 1)
    for rule in sorted(app.url_map.iter_rules(), key=lambda rule: (rule.rule, _methods(rule))):
        mine = table[rule.endpoint]
        cells = [_right(mine, role) for role in roles]
        fresh = "fresh factor" if mine.fresh else " "
        yield f"| `{rule.rule}` | {_methods(rule)} | {' | '.join(cells)} | {DOORS.get(mine.door, fresh) or fresh} |"


DOORS = {Door.open: "everybody", Door.half: "after the password"}


def _right(mine: Rights, role: Role) -> str:
    if mine.door is not Door.role:
        return "yes"
    return " " if role not in mine.roles else "own" if mine.place else "yes"


def desks_of_nobody() -> BilingualFlask:
    """The desks with nothing behind them, for reading off what they have."""
    with tempfile.TemporaryDirectory() as folder:
        office = Office(open_database("sqlite://"), new_keys(Path(folder)))
        return create_console_app(Counter(office, Settings(data=Path(folder))), DESKS)


def desk_addresses() -> Iterator[str]:
    """Every address of the desks and what its view says of itself."""
    app = desks_of_nobody()
    yield "| address | methods | what stands there |\n| --- | --- | --- |"
    for rule in sorted(app.url_map.iter_rules(), key=lambda rule: (rule.rule, _methods(rule))):
        told = FILES if rule.endpoint == "static" else app.view_functions[rule.endpoint].__doc__ or ""
        yield f"| `{rule.rule}` | {_methods(rule)} | {' '.join(told.strip().split(BLANK_LINE)[0].split())} |"


def _methods(rule: Rule) -> str:
    return ", ".join(sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}))


def imports() -> Iterator[str]:
    """Every kind of table with its columns."""
    for kind in KINDS.values():
        yield f"## {kind.name} ({kind.title})\n"
        yield "| column | also read | key | meaning |\n| --- | --- | --- | --- |"
        for column in kind.columns:
            also = ", ".join(column.names[1:]) or " "
            marks = " **Needed.**" if column.must else ""
            yield f"| {column.title} | {also} | `{column.key}` | {column.about}{marks} |"
        yield ""


def categories() -> Iterator[str]:
    """Every food category that a product can be of."""
    yield "| category | also read | key |\n| --- | --- | --- |"
    for one in read_rules().limits.categories.values():
        yield f"| {one.name} | {', '.join(one.also) or ' '} | `{one.code}` |"


def undescribed() -> set[str]:
    """Rule files that no row type of :data:`ROWS` describes."""
    described = {path.name for pattern in ROWS for path in SHIPPED.glob(pattern)}
    return {path.name for path in SHIPPED.glob("*.csv")} - described


def rule_files() -> Iterator[str]:
    """Every rule file, what a line of it says, and its columns."""
    for pattern, row in ROWS.items():
        yield f"## `{pattern}`\n"
        yield f"{_meaning(row)}\n"
        yield "| column | what may stand there |\n| --- | --- |"
        hints = typing.get_type_hints(row)
        for one in fields(row):
            empty = " (may be left out)" if one.default is not MISSING else ""
            yield f"| `{one.name}` | {_cell(hints[one.name])}{empty} |"
        yield ""


def _meaning(row: type) -> str:
    paragraphs = (row.__doc__ or "").strip().split("\n\n")
    return "\n\n".join(" ".join(paragraph.split()) for paragraph in paragraphs).replace("``", "`")


def _cell(hint: Any) -> str:
    if isinstance(hint, types.UnionType):
        return " or ".join("empty" if part is types.NoneType else _cell(part) for part in hint.__args__)
    if typing.get_origin(hint) is tuple:
        return "texts, separated by ;"
    if isinstance(hint, EnumType):
        return ", ".join(f"`{member.value}`" for member in hint)  # type: ignore[var-annotated]
    return PLAIN_TYPES[hint]


PARTS: dict[str, Callable[[], Iterator[str]]] = {
    "addresses": addresses,
    "categories": categories,
    "commands": commands,
    "desk_addresses": desk_addresses,
    "imports": imports,
    "rights": rights,
    "rule_files": rule_files,
    "settings": settings,
    "tables": tables,
}


def up_to_date(text: str) -> str:
    """A document with each of its parts written anew."""
    return PART.sub(lambda part: part[1] + "\n".join(PARTS[part[2]]()).rstrip() + "\n" + part[4], text)


def write() -> None:
    """Bring every document up to date."""
    for path in sorted(DOCS.glob("*.md")):
        path.write_text(up_to_date(path.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    write()

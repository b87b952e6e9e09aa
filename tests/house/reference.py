"""The parts of ``docs/`` that are read off the code. ``make docs`` writes them; a test fails where one is out of date.

A part stands between ``<!-- made by make docs: NAME -->`` and ``<!-- end -->``; the rest is written by hand.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import fields
from pathlib import Path

import click
from sqlalchemy import Column, Enum, String, Table
from sqlalchemy.orm import Mapper
from werkzeug.routing import Rule

from zuofang.migrations.tables import METADATA
from zuofang.rules.book import read_rules
from zuofang.site.app import create_public_app
from zuofang.site.commands import main
from zuofang.site.wsgi import PAGES
from zuofang.storage.base import Base
from zuofang.storage.settings import PREFIX, Settings
from zuofang.traceability.importing.kinds import KINDS

DOCS = Path(__file__).resolve().parents[2] / "docs"
PART = re.compile(r"(<!-- made by make docs: (\w+) -->\n)(.*?)(<!-- end -->)", re.DOTALL)
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


PARTS: dict[str, Callable[[], Iterator[str]]] = {
    "addresses": addresses,
    "categories": categories,
    "commands": commands,
    "imports": imports,
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

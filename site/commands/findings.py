"""What ``zuofang doctor`` looks at, one function each; a new one is added to :data:`CHECKS`."""

from __future__ import annotations

import shutil
import stat
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from urllib.parse import urlsplit

from sqlalchemy.exc import SQLAlchemyError

from zuofang.rules.book import read_rules
from zuofang.rules.tables import RuleFileError
from zuofang.search import keeping
from zuofang.search.engines import Spread
from zuofang.site.commands.context import database_file, opened
from zuofang.site.commands.failures import explain
from zuofang.site.searching import engine_of, shelf_of
from zuofang.storage import schema
from zuofang.storage.database import sqlite_warning
from zuofang.storage.keys import IDENTITY, JOURNAL, LABELS, NoKeys, read_keys
from zuofang.storage.settings import Settings

LOW_DISK = 500 * 1024 * 1024
"""Bytes below which writing may soon fail."""

MOST_RECORDS = {"whoosh": 30_000, "tantivy": 1_000_000}
"""Records up to which an engine is meant to be used; see docs/search.md."""
LARGER = {"whoosh": "tantivy", "tantivy": "sphinxql"}

NOTICE_AHEAD = 30
"""Days before the end of the calendar at which the next year's notice should be there."""


class Level(StrEnum):
    """How much a finding matters."""

    well = "well"
    note = "note"
    wrong = "wrong"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at, and a sentence about it."""

    level: Level
    subject: str
    sentence: str


Check = Callable[[Settings], Finding]


def consult(settings: Settings) -> list[Finding]:
    """Every finding about an installation, in an order that a person can follow."""
    return [_look(check, settings) for check in CHECKS]


def _look(check: Check, settings: Settings) -> Finding:
    try:
        return check(settings)
    except (OSError, SQLAlchemyError) as failure:  # one broken part must not hide the others
        return Finding(Level.wrong, check.__name__.removeprefix("check_"), explain(failure))


def check_address(settings: Settings) -> Finding:
    """Whether the address printed in every code is one that stays."""
    parts = urlsplit(settings.base_url)
    if parts.hostname in ("127.0.0.1", "localhost", "::1"):
        return Finding(
            Level.note, "base_url", f"{settings.base_url} works on this machine only; set it before printing"
        )
    if parts.scheme != "https":
        return Finding(Level.wrong, "base_url", f"{settings.base_url} is not https; phones and WeChat will warn people")
    if not _fits_alphanumeric(settings.base_url):
        return Finding(
            Level.wrong, "base_url", "a label code cannot carry it: use only letters, digits, '.', '-' and ':'"
        )
    return Finding(Level.well, "base_url", settings.base_url)


def _fits_alphanumeric(address: str) -> bool:
    return set(address.upper()) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 $%*+-./:")


def check_keys(settings: Settings) -> Finding:
    """Whether all keys can be read, and by nobody else."""
    try:
        read_keys(settings.keys)
    except NoKeys as failure:
        return Finding(Level.wrong, "keys", str(failure))
    others = [path.name for path in _secrets(settings.keys) if path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO)]
    if others:
        advice = f"run: chmod -R go= {settings.keys}"
        return Finding(Level.wrong, "keys", f"other accounts can open {', '.join(others)}; {advice}")
    return Finding(Level.well, "keys", f"only their owner can read {settings.keys}")


def _secrets(folder: Path) -> list[Path]:
    return [folder, *(folder / name for name in (JOURNAL, LABELS, IDENTITY))]


def check_rules(_settings: Settings) -> Finding:
    """Whether every rule file can be read, and how far the calendar of working days reaches."""
    try:
        rules = read_rules()
    except RuleFileError as failure:
        return Finding(Level.wrong, "rules", str(failure))
    known = rules.calendar.known_through
    if known < datetime.now(UTC).date() + timedelta(days=NOTICE_AHEAD):
        advice = "add the notice of the next year to the calendar, else later terms are provisional"
        return Finding(Level.note, "rules", f"working days are known through {known}; {advice}")
    return Finding(Level.well, "rules", f"working days are known through {known}")


def check_tables(settings: Settings) -> Finding:
    """Whether there is a database, and whether its tables are those of this program."""
    file = database_file(settings)
    if file is not None and not file.exists():
        return Finding(Level.wrong, "tables", f"there is no {file}; make it with: zuofang init")
    with opened(settings) as database:
        found, wanted = schema.current(database), schema.newest(database)
    if found != wanted:
        return Finding(Level.wrong, "tables", f"revision {found or 'none'}, wanted {wanted}; run: zuofang init")
    return Finding(Level.well, "tables", f"revision {found}")


def check_sqlite(settings: Settings) -> Finding:
    """Whether this SQLite is one that can lose data."""
    if database_file(settings) is None:
        return Finding(Level.well, "database", "PostgreSQL")
    warning = sqlite_warning()
    return Finding(Level.note, "database", warning) if warning else Finding(Level.well, "database", "SQLite")


def check_disk(settings: Settings) -> Finding:
    """Whether there is room to write."""
    folder = next(path for path in (settings.data, *settings.data.absolute().parents) if path.exists())
    free = shutil.disk_usage(folder).free
    level = Level.wrong if free < LOW_DISK else Level.well
    return Finding(level, "disk", f"{free / 1e9:.1f} GB free for {settings.data}")


def check_font(settings: Settings) -> Finding:
    """Whether labels can be printed in Chinese."""
    if settings.label_font.is_file():
        return Finding(Level.well, "label font", str(settings.label_font))
    return Finding(
        Level.note,
        "label font",
        f"{settings.label_font} is missing, so no label can be printed; install fonts-wqy-microhei or set label_font",
    )


def check_search(settings: Settings) -> Finding:
    """Whether searches have an index, and whether its engine suits the size of the register."""
    engine, file = engine_of(settings), database_file(settings)
    if engine is None:
        return Finding(Level.note, "search", "the database answers alone; set search_engine for larger registers")
    if file is not None and not file.exists():
        return Finding(Level.note, "search", "there is nothing to search yet")
    with opened(settings) as database:
        if schema.current(database) != schema.newest(database):
            return Finding(Level.note, "search", "its tables are of another release")
        need = keeping.needs(database, shelf_of(settings), engine)
        held = keeping.held(shelf_of(settings))
    if need == "build":
        advice = "the database answers meanwhile; run: zuofang search rebuild"
        return Finding(Level.note, "search", f"there is no sound index, and {advice}")
    if isinstance(engine, Spread) and (away := engine.away()):
        advice = "the other servers, or the database, answer instead; start what does not answer"
        return Finding(Level.note, "search", f"{', '.join(away)}: {advice}")
    if held > (most := MOST_RECORDS.get(settings.search_engine, held)):
        larger = LARGER[settings.search_engine]
        advice = f"set search_engine to {larger}, then run: zuofang search rebuild"
        return Finding(
            Level.note, "search", f"{held} records; {settings.search_engine} is meant for {most} at most: {advice}"
        )
    return Finding(Level.well, "search", f"{held} records in the index of {settings.search_engine}")


CHECKS: tuple[Check, ...] = (
    check_address,
    check_keys,
    check_rules,
    check_sqlite,
    check_tables,
    check_disk,
    check_font,
    check_search,
)

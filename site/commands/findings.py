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

from zuofang.reporting.keys.states import key_states
from zuofang.rules.book import read_rules
from zuofang.rules.calendar import china_day
from zuofang.rules.sentences import Sentence, say
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
    sentence: Sentence | str


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
            Level.note, "base_url", say("%(url)s 只在这台机器上能用；印标签以前要改。", url=settings.base_url)
        )
    if parts.scheme != "https":
        told = say("%(url)s 不是 https；手机和微信会警告。", url=settings.base_url)
        return Finding(Level.wrong, "base_url", told)
    if not _fits_alphanumeric(settings.base_url):
        return Finding(Level.wrong, "base_url", say("标签上的码写不下它：只用字母、数字、点、短横和冒号。"))
    return Finding(Level.well, "base_url", settings.base_url)


def _fits_alphanumeric(address: str) -> bool:
    return set(address.upper()) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 $%*+-./:")


def check_keys(settings: Settings) -> Finding:
    """Whether all keys can be read, and by nobody else."""
    try:
        read_keys(settings.keys)
    except NoKeys as failure:
        return Finding(Level.wrong, "keys", failure.told)
    others = [path.name for path in _secrets(settings.keys) if path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO)]
    if others:
        told = say(
            "别的账号能打开 %(files)s；请运行：chmod -R go= %(folder)s",
            files=", ".join(others),
            folder=f"{settings.keys}",
        )
        return Finding(Level.wrong, "keys", told)
    return Finding(Level.well, "keys", say("只有主人能读 %(folder)s", folder=f"{settings.keys}"))


def _secrets(folder: Path) -> list[Path]:
    return [folder, *(folder / name for name in (JOURNAL, LABELS, IDENTITY))]


def check_rotation(settings: Settings) -> Finding:
    """Whether a newer key should follow one that is in use."""
    try:
        states = key_states(settings.keys)
    except NoKeys as failure:
        return Finding(Level.wrong, "rotation", failure.told)
    late = [one.name for one in states if one.due is not None and one.due < china_day(datetime.now(UTC))]
    if late:
        told = say(
            "%(names)s 已经用了一年以上；请运行：zuofang keys rotate，或者 zuofang keys new", names=", ".join(late)
        )
        return Finding(Level.note, "rotation", told)
    return Finding(Level.well, "rotation", say("没有该换的密钥"))


def check_rules(_settings: Settings) -> Finding:
    """Whether every rule file can be read, and how far the calendar of working days reaches."""
    try:
        rules = read_rules()
    except RuleFileError as failure:
        return Finding(Level.wrong, "rules", failure.told)
    known = rules.calendar.known_through
    if known < datetime.now(UTC).date() + timedelta(days=NOTICE_AHEAD):
        told = say("放假安排只录入到 %(day)s；请补上明年的通知，否则以后的期限都是暂定。", day=f"{known}")
        return Finding(Level.note, "rules", told)
    return Finding(Level.well, "rules", say("放假安排录入到 %(day)s", day=f"{known}"))


def check_tables(settings: Settings) -> Finding:
    """Whether there is a database, and whether its tables are those of this program."""
    file = database_file(settings)
    if file is not None and not file.exists():
        return Finding(Level.wrong, "tables", say("没有 %(file)s；请运行：zuofang init", file=f"{file}"))
    with opened(settings) as database:
        found, wanted = schema.current(database), schema.newest(database)
    if found != wanted:
        told = say(
            "数据表是 %(found)s 版，应当是 %(wanted)s 版；请运行：zuofang init", found=found or "-", wanted=wanted
        )
        return Finding(Level.wrong, "tables", told)
    return Finding(Level.well, "tables", say("数据表是 %(found)s 版", found=found))


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
    return Finding(
        level, "disk", say("%(folder)s 还有 %(free)s GB", folder=f"{settings.data}", free=f"{free / 1e9:.1f}")
    )


def check_font(settings: Settings) -> Finding:
    """Whether labels can be printed in Chinese."""
    if settings.label_font.is_file():
        return Finding(Level.well, "label font", str(settings.label_font))
    return Finding(
        Level.note,
        "label font",
        say("没有 %(file)s，印不了标签；请安装 fonts-wqy-microhei，或者改 label_font。", file=f"{settings.label_font}"),
    )


def check_search(settings: Settings) -> Finding:
    """Whether searches have an index, and whether its engine suits the size of the register."""
    engine, file = engine_of(settings), database_file(settings)
    if engine is None:
        return Finding(Level.note, "search", say("只由数据库回答；名录大的，请设 search_engine。"))
    if file is not None and not file.exists():
        return Finding(Level.note, "search", say("还没有可以搜的。"))
    with opened(settings) as database:
        if schema.current(database) != schema.newest(database):
            return Finding(Level.note, "search", say("它的数据表是别的版本的。"))
        need = keeping.needs(database, shelf_of(settings), engine)
        held = keeping.held(shelf_of(settings))
    if need == "build":
        told = say("没有好的索引，眼下由数据库回答；请运行：zuofang search rebuild")
        return Finding(Level.note, "search", told)
    if isinstance(engine, Spread) and (away := engine.away()):
        told = say("%(servers)s：由其他的服务器或者数据库代答；请把不回答的启动。", servers=", ".join(away))
        return Finding(Level.note, "search", told)
    if held > (most := MOST_RECORDS.get(settings.search_engine, held)):
        larger = LARGER[settings.search_engine]
        told = say(
            "%(held)s 条记录；%(engine)s 最多用于 %(most)s 条：请改用 %(larger)s，再 zuofang search rebuild",
            held=f"{held}", engine=settings.search_engine, most=f"{most}", larger=larger,
        )  # fmt: skip
        return Finding(Level.note, "search", told)
    told = say("%(engine)s 的索引里有 %(held)s 条记录", held=f"{held}", engine=settings.search_engine)
    return Finding(Level.well, "search", told)


CHECKS: tuple[Check, ...] = (
    check_address,
    check_keys,
    check_rotation,
    check_rules,
    check_sqlite,
    check_tables,
    check_disk,
    check_font,
    check_search,
)

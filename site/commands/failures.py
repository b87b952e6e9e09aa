"""Every failure of a command as one sentence for the operator: what is wrong, and what to do."""

from __future__ import annotations

import sqlite3
from functools import singledispatch
from typing import Any

import click
from alembic.util import CommandError
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from zuofang.rules.tables import RuleFileError
from zuofang.site.voice import voice_of
from zuofang.storage.acts import Refused
from zuofang.storage.backups import BadBackup
from zuofang.storage.dumps import NoDump
from zuofang.storage.keys import NoKeys
from zuofang.storage.settings import BadSetting


class PlainGroup(click.Group):
    """A group of commands that fail with one sentence on standard error: 1 work refused, 2 wrong usage."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command that was asked for."""
        try:
            return super().invoke(ctx)
        except (click.ClickException, click.exceptions.Exit, click.Abort, BrokenPipeError):
            raise
        except Exception as failure:
            if ctx.params.get("debug"):
                raise
            raise click.ClickException(" ".join(explain(failure).split())) from failure


@singledispatch
def explain(failure: BaseException) -> str:
    """The sentence for a failure; what nobody foresaw is named, and how to see where it happened."""
    return f"unexpected {type(failure).__name__}: {failure}; run `zuofang --debug …` to see where, and report it"


@explain.register(BadBackup)
@explain.register(BadSetting)
@explain.register(NoDump)
@explain.register(RuleFileError)
@explain.register(Refused)
def _own_words(failure: Exception) -> str:
    return str(failure)


@explain.register
def _keys(failure: NoKeys) -> str:
    return failure.told if isinstance(failure.told, str) else voice_of("en").sentence(failure.told)


@explain.register
def _file(failure: OSError) -> str:
    return f"{failure.filename or 'the system'}: {failure.strerror or failure}"


@explain.register(sqlite3.Error)
@explain.register(DBAPIError)
def _database(failure: sqlite3.Error | DBAPIError) -> str:
    told = " ".join(str(failure.orig if isinstance(failure, DBAPIError) else failure).split())
    for words, advice in ADVICE.items():
        if words in told:
            return f"{advice} ({told})"
    return f"the database refused the work: {told}"


@explain.register
def _database_address(failure: SQLAlchemyError) -> str:
    return f"the database cannot be used: {failure}"


@explain.register
def _revision(failure: CommandError) -> str:
    return f"the database was made by another release of this program; install that one ({failure})"


ADVICE = {
    "no such table": "the database has no tables yet; make them with: zuofang init",
    "does not exist": "the database is not made yet; make it, then run: zuofang init",
    "database is locked": "another process is writing; wait for it, then try again",
    "not a database": "the database file is damaged; restore it from a backup with: zuofang restore",
    "malformed": "the database file is damaged; restore it from a backup with: zuofang restore",
    "is full": "the disk is full; nothing was changed; make room, then try again",
    "unable to open": "the database file cannot be opened; look at its folder and who owns it",
    "readonly": "the database file may not be written by this account",
    "connection to server": "the database server does not answer; look at database_url and at the server",
}

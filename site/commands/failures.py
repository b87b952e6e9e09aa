"""Every failure of a command as one sentence for the operator: what is wrong, and what to do."""

from __future__ import annotations

import errno
import sqlite3
from functools import singledispatch

from alembic.util import CommandError
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from zuofang.rules.sentences import Sentence, say
from zuofang.rules.tables import RuleFileError
from zuofang.site.voice import voice_of
from zuofang.storage.acts import Refused
from zuofang.storage.backups import BadBackup
from zuofang.storage.dumps import NoDump
from zuofang.storage.keys import NoKeys
from zuofang.storage.settings import BadSetting


def plain(failure: BaseException) -> str:
    """The sentence for a failure as a terminal shows it: English, on one line."""
    return " ".join(voice_of("en").sentence(explain(failure)).split())


@singledispatch
def explain(failure: BaseException) -> Sentence:
    """The sentence for a failure; what nobody foresaw is named, and how to see where it happened."""
    told = {"kind": type(failure).__name__, "told": str(failure)}
    return say("没有料到的 %(kind)s：%(told)s；运行 zuofang --debug … 看它出在哪里，并请报告", **told)


@explain.register(BadBackup)
@explain.register(BadSetting)
@explain.register(NoDump)
@explain.register(Refused)
def _own_words(failure: Exception) -> Sentence:
    return Sentence("%(told)s", {"told": str(failure)})


@explain.register
def _rule_file(failure: RuleFileError) -> Sentence:
    return failure.told


@explain.register
def _keys(failure: NoKeys) -> Sentence:
    return Sentence("%(told)s", {"told": failure.told})


@explain.register
def _file(failure: OSError) -> Sentence:
    place = str(failure.filename) if failure.filename else say("系统")
    told = REASONS.get(failure.errno or 0) or failure.strerror or str(failure)
    return Sentence("%(place)s: %(told)s", {"place": place, "told": told})


@explain.register(sqlite3.Error)
@explain.register(DBAPIError)
def _database(failure: sqlite3.Error | DBAPIError) -> Sentence:
    told = " ".join(str(failure.orig if isinstance(failure, DBAPIError) else failure).split())
    for words, advice in ADVICE.items():
        if words in told:
            return say("%(advice)s（%(told)s）", advice=advice, told=told)
    return say("数据库没有照办：%(told)s", told=told)


@explain.register
def _database_address(failure: SQLAlchemyError) -> Sentence:
    return say("数据库不能用：%(told)s", told=str(failure))


@explain.register
def _revision(failure: CommandError) -> Sentence:
    return say("数据库是本程序的另一个版本建的，请装那个版本（%(told)s）", told=str(failure))


REASONS = {
    errno.ENOENT: say("没有这个文件"),
    errno.EACCES: say("这个账号没有权限"),
    errno.EPERM: say("这个账号没有权限"),
    errno.EROFS: say("那里只能读"),
    errno.ENOSPC: say("磁盘满了；腾出地方再试"),
}
"""Why the system did not do what was asked; anything else in its own words."""
DAMAGED = say("数据库文件坏了；请从备份恢复：zuofang restore")
ADVICE = {
    "no such table": say("数据库里还没有数据表；请运行：zuofang init"),
    "does not exist": say("还没有这个数据库；先建好它，再运行：zuofang init"),
    "database is locked": say("别的进程正在写；等它写完再试"),
    "not a database": DAMAGED,
    "malformed": DAMAGED,
    "is full": say("磁盘满了，什么也没有改；腾出地方再试"),
    "unable to open": say("数据库文件打不开；请看它的文件夹和主人"),
    "readonly": say("这个账号不能写数据库文件"),
    "connection to server": say("数据库服务器没有回答；请看 database_url 和那台服务器"),
}

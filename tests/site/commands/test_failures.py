"""Whatever goes wrong, the operator gets one sentence with what to do, and the right exit status."""

import errno
from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from sqlalchemy.exc import OperationalError

from zuofang.rules.sentences import say
from zuofang.rules.tables import RuleFileError
from zuofang.site.commands.failures import explain, plain
from zuofang.site.commands.groups import PlainGroup
from zuofang.site.voice import voice_of
from zuofang.storage.acts import Refused
from zuofang.storage.settings import BadSetting

FAILURES = [
    (BadSetting("province must be …"), "province must be …"),
    (Refused(say("第 %(row)s 行缺名称。", row=3)), "第 3 行缺名称。"),
    (RuleFileError(Path("calendar.csv"), 7, say("没有一天的放假安排")), "calendar.csv:7: no day of any notice"),
    (OSError(errno.ENOSPC, "No space left on device", "zuofang.db"), "zuofang.db: the disk is full"),
    (OperationalError("", {}, Exception("no such table: batch")), "zuofang init"),
    (OperationalError("", {}, Exception("database is locked")), "another process is writing"),
    (ZeroDivisionError("division by zero"), "--debug"),
]


@pytest.mark.parametrize(("failure", "words"), FAILURES, ids=lambda value: type(value).__name__)
def test_a_failure_is_one_sentence(failure: Exception, words: str) -> None:
    @click.group(cls=PlainGroup)
    @click.option("--debug", is_flag=True)
    def group(debug: bool) -> None:
        pass

    @group.command()
    def work() -> None:
        raise failure

    result = CliRunner().invoke(group, ["work"])
    assert result.exit_code == 1
    assert words in result.stderr
    assert result.stderr.count("\n") == 1
    with pytest.raises(type(failure)):
        CliRunner().invoke(group, ["--debug", "work"], catch_exceptions=False)


def test_what_the_page_of_the_state_says_of_a_failure_is_in_its_language() -> None:
    told = explain(OperationalError("", {}, Exception("database is locked")))
    assert str(told).startswith("别的进程正在写")
    assert voice_of("en").sentence(told).startswith("another process is writing")


def test_a_password_is_never_shown() -> None:
    failure = OperationalError("SELECT 1", {}, Exception("connection failed: server at db.example.cn"))
    assert "SELECT" not in plain(failure)

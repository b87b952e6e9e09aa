"""Doing one act for the person who is asking: once, by a session that is still open, on what they have seen."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from flask import request
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from werkzeug.wrappers import Response

from zuofang.rules.calendar import china_day
from zuofang.rules.sentences import say
from zuofang.site.console.answers import NO_SUCH, Answers, onward
from zuofang.site.console.counter import counter, guest
from zuofang.site.console.entrance import tokens
from zuofang.site.console.words import act_word
from zuofang.storage.accounts.models import SignIn
from zuofang.storage.acts import DAY_ALONE, Desk, Refused
from zuofang.storage.base import Base
from zuofang.storage.journal import JournalEntry, JournalHead, last_about
from zuofang.storage.outbox import Subject
from zuofang.traceability.acts.lookups import require

Done = TypeVar("Done")
Row = TypeVar("Row", bound=Base)
SEEN = "seen"
AT_DESK = say("工作台")
"""Why an act was done, where its form asks for no reason."""


@contextmanager
def acting(seen: Subject | None = None) -> Iterator[Desk]:
    """The door for one act of the person who is asking.

    ``seen`` is what the form is about: if somebody else did something to it since the page was made, the act is refused
    and says what was done. The number of the form is struck out in the same transaction.

    Raises:
        Refused: the form was sent before, the session ended, or the thing has changed.
    """
    who = guest()
    with counter().office.writing(who.name) as desk:
        desk.session.execute(select(JournalHead.seq).with_for_update())  # the first of two wins, on every database
        tokens.spend(desk)
        if desk.session.get(SignIn, who.digest) is None:
            raise Refused(say("登录已经结束，请重新登录。"))
        if seen is not None:
            _unchanged(desk, seen)
        yield desk


def attempt(answers: Answers, act: Callable[[Desk], Done], seen: Subject | None = None) -> Done | None:
    """Do an act if the form is fine; why it was refused is noted in the form. Nothing where it was not done."""
    if not answers.fine:
        return None
    try:
        with acting(seen) as desk:
            return act(desk)
    except Refused as refused:
        answers.wrong("", refused.sentence)
    except IntegrityError:
        answers.wrong("", say("同样的记录已经有了，没有重复登记。"))
    return None


def carry_out(
    answers: Answers,
    act: Callable[[Desk], object],
    *,
    onto: str,
    done: str,
    again: Callable[[Answers], Response],
    seen: Subject | None = None,
) -> Response:
    """Do an act and go onto the page that says it is done; or show the page of the form again, with why it was not."""
    attempt(answers, act, seen)
    return again(answers) if answers.errors else onward(onto, done)


def use_up(answers: Answers) -> bool:
    """Strike the number of a fine form out by itself, where what it asks for has transactions of its own."""
    attempt(answers, lambda _: None)
    return not answers.errors


def locked(desk: Desk, table: type[Row], key: int) -> Row:
    """The row that an act is about; nobody else changes it until the act is done.

    Raises:
        Refused: it was taken out since the page was made.
    """
    return require(desk, table, key, NO_SUCH)


def last_seen(session_or_desk: Desk, subject: Subject) -> int:
    """The number of the last entry in the journal about a thing."""
    return last_about(session_or_desk.session, subject)


def _unchanged(desk: Desk, subject: Subject) -> None:
    kind, key = subject
    text = request.form.get(SEEN, "")
    seen = int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0
    statement = select(JournalEntry).filter_by(subject_kind=kind, subject_key=key).where(JournalEntry.seq > seen)
    newer = desk.session.scalars(statement.order_by(JournalEntry.seq.desc()).limit(1)).one_or_none()
    if newer is not None:
        at = china_day(newer.at) if newer.subject_kind in DAY_ALONE else newer.at
        told = {"who": newer.who, "at": at, "act": act_word(newer.act)}
        raise Refused(
            say("您打开本页之后，%(who)s在%(at)s改动过（%(act)s），这次没有办理。请看过现在的内容再决定。", **told)
        )

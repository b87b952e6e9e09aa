"""One line of a work list: what is due, when, why, and where it is done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from zuofang.rules.sentences import Sentence, say

SOON = 3
"""Days before its last day from which a thing is said to be due soon."""


@dataclass(frozen=True, slots=True)
class Work:
    """One thing to do. ``meta`` says why it is due, with the article where there is one."""

    title: str | Sentence
    href: str
    due: date
    kind: Sentence
    meta: str | Sentence
    left: Sentence
    state: str


def work(title: str | Sentence, href: str, due: date, kind: Sentence, meta: str | Sentence, today: date) -> Work:
    """A line of a work list, with how much time is left in words."""
    days = (due - today).days
    if days < 0:
        late = say("逾期 1 天") if days == -1 else say("逾期 %(days)s 天", days=-days)
        return Work(title, href, due, kind, meta, late, "late")
    if days == 0:
        return Work(title, href, due, kind, meta, say("今天到期"), "soon")
    left = say("还有 1 天") if days == 1 else say("还有 %(days)s 天", days=days)
    return Work(title, href, due, kind, meta, left, "soon" if days <= SOON else "")


def waiting(title: str | Sentence, href: str, since: date, kind: Sentence, meta: str | Sentence, today: date) -> Work:
    """A line for something that no clock drives, but somebody waits for."""
    days = (today - since).days
    waited = say("今天起等待") if days == 0 else say("等了 1 天") if days == 1 else say("等了 %(days)s 天", days=days)
    return Work(title, href, since, kind, meta, waited, "")

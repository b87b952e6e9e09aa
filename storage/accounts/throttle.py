"""Counting tries, so that guessing is slow; and so that nobody can shut another person out by guessing.

A try is counted before its answer is known, under the lock of all writers, so that tries at the same moment cannot
slip past; one that succeeds is taken back. Passwords are counted by account and address together, so that who guesses
in one place shuts out nobody in another. A browser in which the person has signed in before has a count of its own.
Second factors are counted by account alone, but only who knows the password gets to try them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import delete, func, select

from zuofang.rules.sentences import say
from zuofang.storage.accounts.factors import keyed
from zuofang.storage.accounts.models import Attempt
from zuofang.storage.accounts.terms import (
    ACCOUNT_TRIES,
    ADDRESS_TRIES,
    LONGEST_WINDOW,
    PASSWORD_TRIES,
    SECOND_TRIES,
    Window,
)
from zuofang.storage.acts import Desk, Refused
from zuofang.storage.journal import JournalHead

Bucket = tuple[bytes, Sequence[Window]]


def password_buckets(desk: Desk, name: str, address: str, browser: str | None) -> list[Bucket]:
    """Where a try of a password is counted.

    ``browser`` is the mark of one in which this account has signed in; ``address`` is empty where it is not known.
    """
    if browser is not None:
        return [(keyed(desk.keys, f"password {name} {browser}"), PASSWORD_TRIES)]
    if not address:
        return [(keyed(desk.keys, f"password {name}"), PASSWORD_TRIES)]
    return [
        (keyed(desk.keys, f"password {name} {address} {desk.today}"), PASSWORD_TRIES),
        (keyed(desk.keys, f"account {name}"), ACCOUNT_TRIES),
        (keyed(desk.keys, f"address {address} {desk.today}"), ADDRESS_TRIES),
    ]


def second_buckets(desk: Desk, account: int) -> list[Bucket]:
    """Where a try of a second factor is counted."""
    return [(keyed(desk.keys, f"second {account}"), SECOND_TRIES)]


def count(desk: Desk, buckets: Iterable[Bucket]) -> list[Attempt]:
    """Count a try in every bucket; the rows are for :func:`take_back` where it succeeds.

    Raises:
        Refused: one of them is full; nothing is counted then.
    """
    desk.session.execute(select(JournalHead.seq).with_for_update())  # one try after the other, on every database
    desk.session.execute(delete(Attempt).where(Attempt.at < desk.now - LONGEST_WINDOW))
    rows = []
    for bucket, windows in buckets:
        if any(_tried(desk, bucket, window) >= window.tries for window in windows):
            raise Refused(say("短时间内试得太多。请过几分钟再试；在登录过的浏览器里不受别人影响。"))
        rows.append(Attempt(bucket=bucket, at=desk.now))
    desk.session.add_all(rows)
    desk.session.flush()
    return rows


def take_back(desk: Desk, tries: Iterable[Attempt]) -> None:
    """A try that succeeded is not held against anybody."""
    desk.session.execute(delete(Attempt).where(Attempt.id.in_([one.id for one in tries])))


def _tried(desk: Desk, bucket: bytes, window: Window) -> int:
    since = Attempt.at > desk.now - window.within
    return desk.session.scalars(select(func.count()).where(Attempt.bucket == bucket, since)).one()

"""Passwords: long, not among those that everybody tries first, kept as Argon2id. No rules about signs or capitals."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from zxcvbn import zxcvbn

from zuofang.rules.sentences import say
from zuofang.storage.acts import Refused

SHORTEST, LONGEST = 12, 128
GUESSABLE = 3
"""Least score of five (0–4) that zxcvbn must give: more than 10⁸ guesses."""
COMMON = Path(__file__).with_name("common_passwords.txt")
ESTIMATED = 72
"""Signs that the estimate looks at; it grows with their square."""
_hasher = PasswordHasher(time_cost=3, memory_cost=19 * 1024, parallelism=1)
_together = BoundedSemaphore(4)


def check(password: str, known: Iterable[str]) -> None:
    """Refuse a password that is too short or among the first that are tried.

    ``known`` are words that say nothing to who knows the person: the name of the account, of the person, of the site.

    Raises:
        Refused: the sentence says what to do instead.
    """
    if len(password) < SHORTEST:
        raise Refused(say("密码至少要有 %(count)s 个字符。", count=SHORTEST))
    if len(password) > LONGEST:
        raise Refused(say("密码最多 %(count)s 个字符。", count=LONGEST))
    words = [*(word for word in known if word), *_common()]
    if zxcvbn(password[:ESTIMATED], words)["score"] < GUESSABLE:
        raise Refused(say("这个密码太常见，容易被猜中。可以用几个不相干的词连起来。"))


def digest(password: str) -> str:
    """What is kept of a password: Argon2id with a salt of its own, 19 MiB and three rounds."""
    with _together:
        return _hasher.hash(password)


def matches(kept: str | None, password: str) -> bool:
    """Whether a password is the one that was kept; without one it takes as long to say no."""
    if len(password) > LONGEST:
        return False
    with _together:
        try:
            return _hasher.verify(kept or _nobodys(), password) and kept is not None
        except (VerificationError, InvalidHashError):
            return False


@cache
def _common() -> tuple[str, ...]:
    """Words of which passwords are often made where this is used; the estimate knows those of English."""
    lines = COMMON.read_text(encoding="utf-8").splitlines()
    return tuple(line for line in lines if line and not line.startswith("#"))


@cache
def _nobodys() -> str:
    return _hasher.hash("nobody has this password")

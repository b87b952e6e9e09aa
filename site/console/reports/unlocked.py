"""The keys of a role while somebody works with them: opened by a passphrase, kept in the memory of this process alone.

What is kept is closed again under the secret of the session, which is in the cookie of the person and nowhere here: it
opens for a request of that session and for nothing else, and a copy of the memory between two requests opens nothing.
It ends a while after its last use, when the person puts it away, or with the process. Another worker asks again.
"""

from __future__ import annotations

import hmac
from dataclasses import dataclass, field
from datetime import datetime
from threading import Lock

from flask import current_app

from zuofang.reporting.keys import roles
from zuofang.reporting.keys.roles import RoleKeys
from zuofang.reporting.models import Role
from zuofang.reporting.sealing import OpeningKey, close, open_closed
from zuofang.rules.sentences import say
from zuofang.site.console.answers import Answers
from zuofang.site.console.counter import counter, guest
from zuofang.site.console.entrance import cookies
from zuofang.storage.accounts import throttle
from zuofang.storage.accounts.factors import keyed
from zuofang.storage.accounts.terms import SECOND_TRIES, UNLOCKED
from zuofang.storage.acts import Refused
from zuofang.storage.keys import NoKeys

NAME = "zuofang.unlocked"
FIELD = "passphrase"
DOMAIN = b"zuofang unlocked 1"
MISSING = say("请输入您的钥匙口令。")
WRONG = say("口令不对，或者您还没有这一角色的钥匙。没有钥匙的，请找管理员领取。")
_turn = Lock()
"""A passphrase is stretched with 128 MiB; one after the other."""


@dataclass(slots=True)
class _Kept:
    closed: dict[str, bytes]
    until: datetime
    read: set[int] = field(default_factory=set)


class Unlocked:
    """What the sessions of one process have open, by session and role."""

    def __init__(self) -> None:
        self._kept: dict[tuple[bytes, Role], _Kept] = {}

    def keep(self, keys: RoleKeys) -> None:
        """Keep the keys of a role open for the session that is asking."""
        secret = _session_key()
        closed = {name: close(secret, key.seed, keys.role) for name, key in keys.keys.items()}
        self._kept[guest().digest, keys.role] = _Kept(closed, counter().now + UNLOCKED)

    def take(self, role: Role) -> RoleKeys | None:
        """The keys that the session that is asking has open; nothing where it has none."""
        kept = self._live(role)
        if kept is None:
            return None
        kept.until = counter().now + UNLOCKED
        secret = _session_key()
        return RoleKeys(role, {name: OpeningKey(open_closed(secret, one, role)) for name, one in kept.closed.items()})

    def put_away(self) -> None:
        """Forget what the session that is asking has open."""
        for role in Role:
            self._kept.pop((guest().digest, role), None)

    def note_read(self, report: int) -> None:
        """Let a letter stay open for as long as its key does: that it was read stands in the journal."""
        kept = self._live(Role.case)
        if kept is not None:
            kept.read.add(report)

    def was_read(self, report: int) -> bool:
        """Whether the session that is asking has opened a letter."""
        kept = self._live(Role.case)
        return kept is not None and report in kept.read

    def _live(self, role: Role) -> _Kept | None:
        now = counter().now
        for one in [one for one, kept in list(self._kept.items()) if kept.until < now]:
            self._kept.pop(one, None)
        return self._kept.get((guest().digest, role))


def unlocked() -> Unlocked:
    """What the sessions of this process have open."""
    found: Unlocked = current_app.extensions.setdefault(NAME, Unlocked())
    return found


def unlock(answers: Answers, role: Role) -> RoleKeys | None:
    """The keys of a role: those the session has open, or by the passphrase that was typed; why not is noted there."""
    answers.take(FIELD)
    keys, typed = unlocked().take(role), answers[FIELD]
    if keys is not None or answers.errors:
        return keys
    if not typed:
        answers.wrong(FIELD, MISSING)
        return None
    try:
        keys = _try(role, typed)
    except Refused as refused:
        answers.wrong(FIELD, refused.sentence)
    except NoKeys:
        answers.wrong(FIELD, WRONG)
    else:
        unlocked().keep(keys)
    return keys


def _try(role: Role, typed: str) -> RoleKeys:
    """Try a passphrase; a try is counted before it is known to be right."""
    here, who = counter(), guest()
    with here.office.writing(who.name) as desk:
        bucket = keyed(desk.keys, f"passphrase {who.account}")
        tries = throttle.count(desk, [(bucket, SECOND_TRIES)])
    with _turn:
        keys = roles.open_role(here.settings.keys, role, who.name, typed)
    with here.office.writing(who.name) as desk:
        throttle.take_back(desk, tries)
    return keys


def _session_key() -> bytes:
    return hmac.digest(cookies.read(cookies.SESSION).encode(), DOMAIN, "sha256")

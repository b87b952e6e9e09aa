"""How long sessions, links and proofs hold, and how often may be tried. This is security; none of it is law."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

LONGEST_SESSION = timedelta(hours=12)
IDLE = timedelta(hours=1)
NOTED_EVERY = timedelta(minutes=1)
"""A request is noted in its session at most once in this time."""
HALF_WAY = timedelta(minutes=10)
"""After the password, the second factor must follow within this time."""
FRESH = timedelta(minutes=15)
"""A page that asks for a fresh factor opens so long after one …"""
FRESH_FORM = timedelta(minutes=60)
"""… and what is typed on it can be sent so long after, so that nothing typed is lost."""
INVITATION_HOURS = 48
INVITATION = timedelta(hours=INVITATION_HOURS)
CHALLENGE = timedelta(minutes=5)
UNLOCKED = timedelta(minutes=15)
"""So long after its last use a key that was opened with a passphrase stays open for the session that opened it."""
FORM_REMEMBERED = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Window:
    """At most ``tries`` in ``within``."""

    tries: int
    within: timedelta


PASSWORD_TRIES = (Window(10, timedelta(minutes=5)), Window(60, timedelta(days=1)))
ACCOUNT_TRIES = (Window(300, timedelta(days=1)),)
"""Of one account from everywhere, where addresses are known: out of one abuser's reach, and far from a guess."""
ADDRESS_TRIES = (Window(20, timedelta(minutes=5)),)
SECOND_TRIES = (Window(5, timedelta(minutes=5)), Window(20, timedelta(hours=1)), Window(50, timedelta(days=1)))
"""Of a million codes, three are right at a time: fifty tries a day find one with a chance of 0.015 %."""
LONGEST_WINDOW = timedelta(days=1)

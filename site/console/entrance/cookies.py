"""The three cookies of the desks: session, visit, and the mark of a browser in which an account has signed in."""

from __future__ import annotations

import hmac

from flask import Response, request

from zuofang.site.console.counter import counter
from zuofang.storage.accounts import factors

SESSION, VISIT, BROWSER = "session", "visit", "browser"
REMEMBERED = 180 * 24 * 3600
"""Seconds for which a browser is known as one in which an account has signed in."""


def read(name: str) -> str:
    """The value of one of our cookies; empty where it was not sent."""
    return request.cookies.get(_full(name), "")


def give(answer: Response, name: str, value: str, max_age: int | None = None) -> None:
    """Set one of our cookies: for this host and no other, out of reach of script, never sent by another site."""
    secure = counter().secure
    answer.set_cookie(_full(name), value, max_age=max_age, secure=secure, httponly=True, samesite="Strict", path="/")


def take(answer: Response, name: str) -> None:
    """Remove one of our cookies."""
    answer.delete_cookie(_full(name), secure=counter().secure, httponly=True, samesite="Strict", path="/")


def mark_browser(answer: Response, account: str) -> None:
    """Remember that this account has signed in here, so that a stranger's tries elsewhere do not stand in its way."""
    mark = factors.new_secret()
    give(answer, BROWSER, f"{mark}.{_proof(account, mark)}", REMEMBERED)


def browser_of(account: str) -> str | None:
    """The mark of this browser where this account has signed in here before."""
    mark, _, proof = read(BROWSER).partition(".")
    good = hmac.compare_digest(proof.encode(), _proof(account, mark).encode())
    return mark if mark and good else None


def _proof(account: str, mark: str) -> str:
    return factors.keyed(counter().office.keys, f"browser {account} {mark}").hex()


def _full(name: str) -> str:
    return f"__Host-{name}" if counter().secure else name

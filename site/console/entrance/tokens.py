"""The number that every form of the desks carries: made for this browser, good for one act.

It proves that the form was ours (no other site can make one) and is struck out with the act, so that sending the form
again does nothing twice. It outlives the session: who signs in again in another window can still send what was typed.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from http import HTTPStatus

from flask import g, request
from markupsafe import Markup
from sqlalchemy import delete

from zuofang.rules.sentences import say
from zuofang.site.console.counter import counter
from zuofang.site.console.entrance import cookies
from zuofang.site.errors import refuse
from zuofang.storage.accounts import factors
from zuofang.storage.accounts.models import SpentForm
from zuofang.storage.accounts.terms import FORM_REMEMBERED
from zuofang.storage.acts import Desk, Refused

FIELD, HEADER = "form", "X-Form"
SAFE = ("GET", "HEAD", "OPTIONS")
AGAIN = say("这张表单已经提交过，没有重复办理。")


def form_number() -> str:
    """A fresh number for a form of the page being made."""
    number = secrets.token_urlsafe(16)
    return f"{number}.{_proof(number)}"


def form_field() -> Markup:
    """The hidden field that carries it."""
    return Markup('<input type="hidden" name="{}" value="{}">').format(FIELD, form_number())


def check_origin() -> None:
    """End a request that changes something and does not come from a form of ours."""
    if request.method in SAFE:
        return
    site, origin = request.headers.get("Sec-Fetch-Site"), request.headers.get("Origin", "null")
    elsewhere = site not in (None, "same-origin") or origin not in ("null", counter().party.origin)
    number, _, proof = _sent().partition(".")
    if elsewhere or not number or not hmac.compare_digest(proof.encode(), _proof(number).encode()):
        refuse(HTTPStatus.BAD_REQUEST, say("这张表单不是从本页发出的。请返回上一页，刷新后再提交。"))


def spend(desk: Desk) -> None:
    """Strike the number of this form out, together with the act it was sent for.

    Raises:
        Refused: an act was done with it already.
    """
    digest = hashlib.sha256(_sent().encode()).digest()
    if desk.session.get(SpentForm, digest):
        raise Refused(AGAIN)
    desk.session.execute(delete(SpentForm).where(SpentForm.at < desk.now - FORM_REMEMBERED))
    desk.session.add(SpentForm(digest=digest, at=desk.now))


def _sent() -> str:
    return request.headers.get(HEADER, "") or request.form.get(FIELD, "")


def _proof(number: str) -> str:
    return hmac.digest(visit().encode(), b"form " + number.encode(), "sha256").hex()


def visit() -> str:
    """The secret of this browser's visit; a new one is put into a cookie with the answer."""
    sent = cookies.read(cookies.VISIT)
    if sent:
        return sent
    if "visit" not in g:
        g.visit = factors.new_secret()
    secret: str = g.visit
    return secret

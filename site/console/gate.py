"""The gate: before any view of the desks runs, who is asking is known, and whether they may."""

from __future__ import annotations

from http import HTTPStatus
from urllib.parse import urlencode

from flask import Flask, Response, g, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from zuofang.rules.sentences import Sentence, say
from zuofang.site.console.answers import no_such
from zuofang.site.console.counter import counter, guest
from zuofang.site.console.entrance import cookies, tokens
from zuofang.site.console.rights import Door, Reach, Rights, reach, reaches, rights_of
from zuofang.site.errors import refuse
from zuofang.site.locales import local
from zuofang.storage.accounts import sessions
from zuofang.storage.accounts.models import Role
from zuofang.storage.accounts.sessions import Guest, Held

NAME = "zuofang.rights"
SIGN_IN, SECOND = "/sign-in", "/sign-in/second"
NOT_FRESH = say("这一步要求您刚刚验证过身份。请在另一个窗口打开“我的账号”再验证一次，然后回到这里提交。")


def keep_gate(app: Flask) -> None:
    """Put the gate before every address of the application; call it when all of them are known."""
    app.extensions[NAME] = rights_of(app)

    @app.before_request
    def _ask() -> AnyResponse | None:
        g.guest = None
        rights = app.extensions[NAME].get(request.endpoint)
        if rights is None:
            return None  # no such address: the error page says so
        g.guest = _guest()
        tokens.check_origin()
        return _pass(rights, g.guest)

    @app.after_request
    def _remember(answer: Response) -> Response:
        if "visit" in g:
            cookies.give(answer, cookies.VISIT, g.visit)
        return answer


def _guest() -> Guest | None:
    here, secret = counter(), cookies.read(cookies.SESSION)
    if not secret:
        return None
    with here.reading() as connection:
        found = sessions.guest(connection, secret, here.now)
    if found is not None:
        sessions.note_seen(here.office, found)
    return found


def _pass(rights: Rights, who: Guest | None) -> AnyResponse | None:
    """Let a request through, send it where the missing proof is given, or end it with a sentence."""
    if rights.door is Door.open:
        return None
    if who is None:
        return _send_to(SIGN_IN, say("登录已经结束。请在另一个窗口重新登录，再回到这里提交，填写的内容还在。"))
    if rights.door is Door.half:
        return None
    if who.proved_at is None:
        return _send_to(SECOND, say("请先完成第二道验证。"))
    if rights.fresh and not who.fresh(counter().now, sending=request.method not in tokens.SAFE):
        return ask_second_again()
    if rights.door is Door.role:
        _require_role(rights, who)
    return None


def ask_second_again() -> AnyResponse:
    """Ask for the second factor anew, where the last one was too long ago for what is asked."""
    return _send_to(SECOND, NOT_FRESH)


def _send_to(path: str, sentence: Sentence) -> AnyResponse:
    if request.method not in tokens.SAFE:
        refuse(HTTPStatus.FORBIDDEN, sentence)
    wanted = request.full_path.rstrip("?")
    query = "" if wanted == "/" else f"?{urlencode({'next': wanted})}"
    return redirect(local(path + query), HTTPStatus.SEE_OTHER)


def _require_role(rights: Rights, who: Guest) -> None:
    held = [one for one in counted(who) if one.role in rights.roles]
    if not held:
        refuse(HTTPStatus.FORBIDDEN, say("您的账号没有办这件事的角色。"))
    if rights.place is None:
        return
    key = next(iter((request.view_args or {}).values()))
    with counter().reading() as connection:
        place = rights.place(connection, key)
    if place is None:
        no_such()
    if not any(reaches(one, place) for one in held):
        refuse(HTTPStatus.FORBIDDEN, say("这不在您负责的范围内。"))


def counted(who: Guest) -> list[Held]:
    """The roles that count in this session: an administrator's only where a passkey proved it."""
    strict = not (who.by_passkey or counter().demonstration)
    return [one for one in who.held if not (strict and one.role is Role.administrator)]


def mine() -> list[Held]:
    """The roles of the person who is asking that count in this session."""
    return counted(guest())


def my_roles() -> frozenset[Role]:
    """What the person who is asking is, wherever it is."""
    return frozenset(one.role for one in mine())


def my_reach(*roles: Role) -> Reach:
    """How far these roles of the person who is asking go together."""
    return reach(mine(), *roles)

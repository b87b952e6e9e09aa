"""Accounts, for administrators: who may do what where."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from flask import Blueprint, Response
from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload
from werkzeug.wrappers import Response as AnyResponse

from zuofang.rules.sentences import say
from zuofang.site.console.acting import attempt, carry_out, locked
from zuofang.site.console.answers import Answers, form, no_such, page, page_with
from zuofang.site.console.counter import counter
from zuofang.site.console.office.places import names_of, place_named
from zuofang.site.console.rights import may
from zuofang.storage.accounts import acts
from zuofang.storage.accounts.models import Account, Role, ScopeKind
from zuofang.storage.accounts.terms import INVITATION
from zuofang.storage.acts import Desk, Refused
from zuofang.storage.journal import JournalEntry

pages = Blueprint("users", __name__)
ADMINISTRATION = say("管理员办理")
PAGE = 50


@pages.get("/users")
@may(Role.administrator)
def users() -> Response:
    """Every account."""
    with Session(counter().office.database.read) as session:
        found = session.scalars(select(Account).options(selectinload(Account.grants)).order_by(Account.name)).all()
    return page("console/office/users.html", found=found)


@pages.get("/users/new")
@may(Role.administrator)
def new_user() -> Response:
    """The form for a new account."""
    return _form(Answers())


@pages.post("/users/new")
@may(Role.administrator, fresh=True)
def add() -> AnyResponse:
    """Open an account with its first role; shows the link once."""
    answers = form()
    name = answers.text("name", say("请定一个登录名。"), most=40).lower()
    person = answers.text("person", say("请填姓名。"))
    role, scope = _role(answers)

    def act(desk: Desk) -> tuple[Account, str]:
        account = acts.open_account(desk, name, person, str(ADMINISTRATION))
        _grant(desk, account, role, *scope)
        return account, acts.invite(desk, account, str(ADMINISTRATION))

    made = attempt(answers, act)
    return _form(answers) if made is None else _invitation(*made)


@pages.get("/users/<key:user>")
@may(Role.administrator)
def user(user: int) -> Response:
    """One account: its roles, and what can be done."""
    return _user(user, Answers())


@pages.post("/users/<key:user>/invite")
@may(Role.administrator, fresh=True)
def invite(user: int) -> AnyResponse:
    """Make a new link for an account; shows it once."""
    answers = form()

    def act(desk: Desk) -> tuple[Account, str]:
        account = locked(desk, Account, user)
        return account, acts.invite(desk, account, str(ADMINISTRATION))

    made = attempt(answers, act)
    return _user(user, answers) if made is None else _invitation(*made)


@pages.post("/users/<key:user>/grant")
@may(Role.administrator, fresh=True)
def grant(user: int) -> AnyResponse:
    """Grant a role in a place."""
    answers = form()
    role, scope = _role(answers)
    return _decide(user, "grant", lambda desk, one: _grant(desk, one, role, *scope), answers)


@pages.post("/users/<key:user>/take-away/<key:grant>")
@may(Role.administrator, fresh=True)
def take_away(user: int, grant: int) -> AnyResponse:
    """Take a role back; it counts no more from the next request on."""

    def act(desk: Desk, account: Account) -> None:
        row = next((one for one in account.grants if one.id == grant), None)
        if row is None:
            raise Refused(say("账号没有这个角色。"))
        acts.take_away(desk, row, str(ADMINISTRATION))

    return _decide(user, "take_away", act)


@pages.post("/users/<key:user>/shut")
@may(Role.administrator, fresh=True)
def shut(user: int) -> AnyResponse:
    """Shut an account; its sessions end at once."""
    return _decide(user, "shut", lambda desk, one: acts.shut(desk, one, str(ADMINISTRATION)))


@pages.post("/users/<key:user>/reopen")
@may(Role.administrator, fresh=True)
def reopen(user: int) -> AnyResponse:
    """Let a shut account be used again."""
    return _decide(user, "reopen", lambda desk, one: acts.reopen(desk, one, str(ADMINISTRATION)))


def _role(answers: Answers) -> tuple[Role | None, tuple[ScopeKind, str]]:
    role = answers.member("role", Role, say("请选角色。"))
    kind = answers.member("scope_kind", ScopeKind, say("请选范围。")) or ScopeKind.city
    return role, (kind, answers.text("scope_key", most=100))


def _grant(desk: Desk, account: Account, role: Role | None, kind: ScopeKind, key: str) -> None:
    if role is None:
        raise Refused(say("请选角色。"))
    acts.grant(desk, account, role, kind, place_named(desk.session, kind, key), str(ADMINISTRATION))


def _decide(
    user: int, done: str, act: Callable[[Desk, Account], object], answers: Answers | None = None
) -> AnyResponse:
    """Do one act to an account as the person saw it, and go back to its page."""
    return carry_out(
        answers or form(),
        lambda desk: act(desk, locked(desk, Account, user)),
        onto=f"/users/{user}",
        done=done,
        again=partial(_user, user),
        seen=("account", str(user)),
    )


def _user(key: int, answers: Answers) -> Response:
    with Session(counter().office.database.read) as session:
        account = session.get(Account, key, options=[selectinload(Account.grants), selectinload(Account.passkeys)])
        statement = select(JournalEntry).filter_by(subject_kind="account", subject_key=str(key))
        history = session.scalars(statement.order_by(JournalEntry.seq.desc()).limit(PAGE)).all()
        places = names_of(session, account.grants if account else ())
    if account is None:
        no_such()
    seen = max((one.seq for one in history), default=0)
    return page_with(
        "console/office/user.html", answers, account=account, places=places, history=history, seen=seen, **_choices()
    )


def _form(answers: Answers) -> Response:
    return page_with("console/office/new_user.html", answers, **_choices())


def _choices() -> dict[str, Any]:
    return {"roles": list(Role), "kinds": list(ScopeKind)}


def _invitation(account: Account, secret: str) -> Response:
    link = f"{counter().party.origin}/take-up?key={secret}"
    return page("console/entrance/invitation.html", account=account, link=link, until=counter().now + INVITATION)

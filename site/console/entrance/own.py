"""One's own account: password, passkeys, recovery codes, and the other sessions."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify
from sqlalchemy import Connection, func, select
from werkzeug.wrappers import Response as AnyResponse

from zuofang.rules.sentences import say
from zuofang.site.console.acting import acting, attempt, carry_out
from zuofang.site.console.answers import Answers, form, page, page_with
from zuofang.site.console.counter import counter, guest
from zuofang.site.console.entrance.signing_in import json_sent, takes_passkeys, told
from zuofang.site.console.gate import counted
from zuofang.site.console.rights import signed_in, signed_in_lately
from zuofang.storage.accounts import acts, passkeys, passwords
from zuofang.storage.accounts.models import Account, Passkey, RecoveryCode, ScopeKind, SignIn
from zuofang.storage.accounts.sessions import BY_PERSON, Held
from zuofang.storage.acts import Desk, Refused
from zuofang.traceability.models import Workshop, Zone
from zuofang.traceability.queries.districts import district_names

pages = Blueprint("own", __name__)
PAGE = "/account"


@pages.get(PAGE)
@signed_in
def account() -> Response:
    """What the account may do, how it is proved, and where it is signed in."""
    return _page(Answers())


@pages.post("/account/sessions")
@signed_in
def end_others() -> AnyResponse:
    """End every other session of this account."""

    def act(desk: Desk) -> None:
        mine = desk.session.get_one(Account, guest().account)
        acts.end_sessions(desk, mine, keep=guest().digest)
        desk.record("account.end_sessions", mine, BY_PERSON)

    return carry_out(form(), act, onto=PAGE, done="sessions", again=_page)


@pages.post("/account/passkeys/<key:passkey>/remove")
@signed_in_lately
def remove_passkey(passkey: int) -> AnyResponse:
    """Take one of one's passkeys out."""
    return carry_out(
        form(), lambda desk: passkeys.remove(desk, guest(), passkey), onto=PAGE, done="passkey_removed", again=_page
    )


@pages.post("/account/passkeys/ask")
@signed_in_lately
def ask_new_passkey() -> Response:
    """What the device is asked in order to make a passkey, as JSON."""
    with counter().office.writing(guest().name) as desk:
        asked = passkeys.ask_to_add(desk, guest(), counter().party)
    return Response(asked, mimetype="application/json")


@pages.post("/account/passkeys")
@signed_in_lately
def add_passkey() -> Response:
    """Enter the passkey that the device has made."""
    sent = json_sent()
    label = passkeys.label_of(sent)
    try:
        with acting() as desk:
            passkeys.add(desk, guest(), counter().party, sent, label)
    except Refused as refused:
        return told(refused.sentence)
    return jsonify(go=f"{PAGE}?done=passkey")


@pages.post("/account/recovery")
@signed_in_lately
def new_codes() -> Response:
    """Make new recovery codes and show them once."""
    answers = form()

    def act(desk: Desk) -> list[str]:
        return acts.new_recovery_codes(desk, desk.session.get_one(Account, guest().account), BY_PERSON)

    made = attempt(answers, act)
    return _page(answers) if made is None else page("console/entrance/recovery.html", codes=made)


@pages.get("/account/password")
@signed_in_lately
def password() -> Response:
    """The page on which one's password is changed."""
    return _password(Answers())


@pages.post("/account/password")
@signed_in_lately
def change_password() -> AnyResponse:
    """Change one's password; the other sessions end."""
    answers = form()
    answers.take("password", "again")
    wanted = answers["password"]
    if wanted != answers["again"]:
        answers.wrong("again", say("两次输入的密码不一样。"))
    else:
        with answers.noting("password"):
            passwords.check(wanted, (guest().name, guest().person))
    if not answers.fine:
        return _password(answers)
    kept = passwords.digest(wanted)

    def act(desk: Desk) -> None:
        mine = desk.session.get_one(Account, guest().account)
        acts.change_password(desk, mine, wanted, kept, guest().digest, BY_PERSON)

    return carry_out(answers, act, onto=PAGE, done="password", again=_password)


def _password(answers: Answers) -> Response:
    return page_with("console/entrance/password.html", answers)


def _page(answers: Answers) -> Response:
    who = guest()
    with counter().reading() as connection:
        keys = connection.execute(
            select(Passkey.id, Passkey.label, Passkey.added_at).filter_by(account_id=who.account).order_by(Passkey.id)
        ).all()
        left = connection.scalar(select(func.count()).select_from(RecoveryCode).filter_by(account_id=who.account))
        opened = connection.execute(
            select(SignIn.digest, SignIn.started_at, SignIn.seen_at).filter_by(account_id=who.account)
        ).all()
        places = {one: _place(connection, one) for one in who.held}
    return page_with(
        "console/entrance/account.html", answers, keys=keys, codes_left=left, opened=opened, held=who.held,
        counts=counted(who), passkeys=takes_passkeys(), places=places,
    )  # fmt: skip


def _place(connection: Connection, held: Held) -> str:
    """What the place is called in which a role is held; empty for the whole city, and where nobody knows."""
    match held.kind:
        case ScopeKind.workshop:
            return connection.scalar(select(Workshop.name).where(Workshop.id == int(held.key))) or held.key
        case ScopeKind.zone:
            return connection.scalar(select(Zone.name).where(Zone.id == int(held.key))) or held.key
        case ScopeKind.district:
            return district_names(connection, [held.key], counter().today).get(held.key, held.key)
        case _:
            return ""

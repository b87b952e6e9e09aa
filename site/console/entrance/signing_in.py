"""Coming in: the password, the second factor, taking an account up, and going out again."""

from __future__ import annotations

import base64
import binascii
from http import HTTPStatus
from ipaddress import ip_address, ip_network
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, Response, current_app, g, jsonify, make_response, redirect, request
from sqlalchemy import select
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as AnyResponse

from zuofang.rules.sentences import Sentence, say
from zuofang.site.console.acting import acting
from zuofang.site.console.answers import Answers, form, onward, page, page_with
from zuofang.site.console.counter import counter, guest
from zuofang.site.console.entrance import cookies
from zuofang.site.console.entrance.symbols import symbol_of
from zuofang.site.console.entrance.tokens import SAFE
from zuofang.site.console.gate import SECOND, SIGN_IN, ask_second_again
from zuofang.site.console.rights import everybody, half_way
from zuofang.site.locales import current_language, local
from zuofang.site.voice import voice_of
from zuofang.storage.accounts import acts, factors, passkeys, passwords, sessions
from zuofang.storage.accounts.models import Account
from zuofang.storage.accounts.sessions import BY_PERSON
from zuofang.storage.acts import Desk, Refused

pages = Blueprint("entrance", __name__)
SET_UP = "/sign-in/set-up"
NAME_MISSING = say("请填登录名。")
PASSWORD_MISSING = say("请填密码。")
CODE_MISSING = say("请填验证码。")
ALREADY = say("第二道验证已经设好，请重新登录。")
PREFIXES = {4: 24, 6: 64}
"""Bits of an address that stand for one household or office."""


@pages.get(SIGN_IN)
@everybody
def sign_in() -> AnyResponse:
    """The page on which name and password are typed."""
    if g.guest is not None:
        return redirect(_wanted(), HTTPStatus.SEE_OTHER)
    return page_with("console/entrance/sign_in.html", Answers(), wanted=request.args.get("next", ""))


@pages.post(SIGN_IN)
@everybody
def send_password() -> AnyResponse:
    """Begin a session with a password."""
    answers = form()
    name = answers.text("name", NAME_MISSING, most=60).lower()
    answers.take("password", "next")
    if not answers["password"]:
        answers.wrong("password", PASSWORD_MISSING)
    if answers.fine:
        with answers.noting("name"):
            browser = cookies.browser_of(name)
            secret = sessions.begin(counter().office, name, answers["password"], _address(), browser)
            answer = redirect(local(_kept(SECOND, answers["next"])), HTTPStatus.SEE_OTHER)
            return _with_session(answer, secret)
    return page_with("console/entrance/sign_in.html", answers, wanted=answers["next"])


@pages.get(SECOND)
@half_way
def second() -> AnyResponse:
    """The page of the second factor, after the password and before acts that matter."""
    if not guest().has_second:
        return redirect(local(SET_UP), HTTPStatus.SEE_OTHER)
    return page_with("console/entrance/second.html", Answers(), wanted=request.args.get("next", ""), **_factors())


@pages.post(SECOND)
@half_way
def send_code() -> AnyResponse:
    """Prove the session with a code of the app or a recovery code."""
    answers, who = form(), guest()
    typed = answers.text("code", CODE_MISSING, most=40)
    answers.take("next")
    if answers.fine:
        with answers.noting("code"):
            secret = sessions.prove_by_code(counter().office, who, typed)
            return _come_in(redirect(_safe(answers["next"]), HTTPStatus.SEE_OTHER), secret)
    return page_with("console/entrance/second.html", answers, wanted=answers["next"], **_factors())


@pages.post("/sign-in/passkey/ask")
@half_way
def ask_passkey() -> Response:
    """What the device is to sign, as JSON."""
    with counter().office.writing(guest().name) as desk:
        asked = passkeys.ask_to_prove(desk, guest(), counter().party)
    return Response(asked, mimetype="application/json")


@pages.post("/sign-in/passkey")
@half_way
def send_passkey() -> Response:
    """Prove the session with a passkey; answers where to go, or a sentence."""
    try:
        with counter().office.writing(guest().name) as desk:
            secret = passkeys.prove(desk, guest(), counter().party, json_sent())
    except Refused as refused:
        return told(refused.sentence)
    return _come_in(jsonify(go=_wanted()), secret)


@pages.get(SET_UP)
@half_way
def set_up() -> AnyResponse:
    """The page on which the code generator is set up."""
    if _set_up_already():
        return redirect(local("/"), HTTPStatus.SEE_OTHER)
    return _stale() or _set_up_page(Answers(), factors.new_generator())


@pages.post(SET_UP)
@half_way
def send_set_up() -> AnyResponse:
    """Set the generator up; proves the session and shows the recovery codes once."""
    if _set_up_already():
        return redirect(local("/"), HTTPStatus.SEE_OTHER)
    if (again := _stale()) is not None:
        return again
    answers, who = form(), guest()
    typed, generator = answers.text("code", CODE_MISSING, most=40), _carried(answers.text("seed", most=200))
    if answers.fine:
        with answers.noting("code"):
            with counter().office.writing(who.name) as desk:
                made, secret = _set_generator(desk, generator, typed)
            return _come_in(page("console/entrance/recovery.html", codes=made), secret)
    return _set_up_page(answers, generator)


@pages.post("/sign-in/set-up/passkey/ask")
@half_way
def ask_first_passkey() -> Response:
    """What the device is asked in order to make the first passkey of an account, as JSON."""
    if guest().has_second:
        return told(ALREADY)
    with counter().office.writing(guest().name) as desk:
        asked = passkeys.ask_to_add(desk, guest(), counter().party)
    return Response(asked, mimetype="application/json")


@pages.post("/sign-in/set-up/passkey")
@half_way
def add_first_passkey() -> Response:
    """Enter the first passkey in place of a code generator; proves the session, answers where to go, or a sentence."""
    if guest().has_second:
        return told(ALREADY)
    sent = json_sent()
    label = passkeys.label_of(sent)
    try:
        with acting() as desk:
            _without_second(desk)
            passkeys.add(desk, guest(), counter().party, sent, label)
            secret = sessions.proved(desk, guest(), "passkey")
    except Refused as refused:
        return told(refused.sentence)
    return _come_in(jsonify(go=local("/?done=first_passkey")), secret)


@pages.post("/sign-out")
@half_way
def sign_out() -> AnyResponse:
    """End the session, on every worker at once."""
    sessions.sign_out(counter().office, guest())
    answer = make_response(onward(SIGN_IN, "sign_out"))
    cookies.take(answer, cookies.SESSION)
    return answer


@pages.get("/take-up")
@everybody
def take_up() -> Response:
    """The page an invitation leads to."""
    return page_with("console/entrance/take_up.html", Answers({"key": request.args.get("key", "")}))


@pages.post("/take-up")
@everybody
def send_take_up() -> AnyResponse:
    """Take an account up with a password of one's own."""
    answers = form()
    answers.take("password", "again")
    key, password = answers.text("key", most=100), answers["password"]
    if not key:
        answers.wrong("", say("请从邀请链接打开本页。"))
    if password != answers["again"]:
        answers.wrong("again", say("两次输入的密码不一样。"))
    if answers.fine:
        with answers.noting("password"):
            return _with_session(onward(SET_UP), _take_up(key, password))
    return page_with("console/entrance/take_up.html", answers)


def _take_up(key: str, password: str) -> str:
    office = counter().office
    with office.writing("invitation") as desk:
        found = acts.invited(desk, key)
        passwords.check(password, (found.name, found.person))
    kept = passwords.digest(password)  # takes its time, so not while others wait to write
    with office.writing(found.name) as desk:
        return sessions.start(desk, acts.take_up(desk, key, password, kept, BY_PERSON))


def _set_generator(desk: Desk, generator: factors.Generator, typed: str) -> tuple[list[str], str]:
    who = guest()
    account = _without_second(desk)
    acts.set_generator(desk, account, generator, typed, BY_PERSON)
    made = acts.new_recovery_codes(desk, account, BY_PERSON)
    return made, sessions.proved(desk, who, "code")


def _set_up_already() -> bool:
    who = guest()
    return who.has_totp or (who.has_second and who.proved_at is None)


def _stale() -> AnyResponse | None:
    """The answer to a session that has another factor and proved it too long ago to add a generator to it."""
    who = guest()
    stale = who.has_second and not who.fresh(counter().now, sending=request.method not in SAFE)
    return ask_second_again() if stale else None


def _without_second(desk: Desk) -> Account:
    """The account, held until the act is done, if nobody set its second factor up since the request began.

    Raises:
        Refused: somebody did.
    """
    who = guest()
    account = desk.session.get_one(Account, who.account, with_for_update=True)
    if account.totp is not None or (account.passkeys and who.proved_at is None):
        raise Refused(ALREADY)
    return account


def _set_up_page(answers: Answers, generator: factors.Generator) -> Response:
    here, who = counter(), guest()
    sealed = factors.seal(here.office.keys, who.account, generator)
    address = generator.address(who.name, here.settings.site_name)
    return page_with(
        "console/entrance/set_up.html",
        answers,
        generator=generator,
        seed=base64.urlsafe_b64encode(sealed).decode(),
        symbol=symbol_of(address),
        address=address,
        shown_code=generator.code(here.now) if here.demonstration else None,
        passkey=takes_passkeys() and not who.has_second,
    )


def _carried(seed: str) -> factors.Generator:
    """The generator that the page carried; one that was tampered with is replaced, and its code will not fit."""
    try:
        return factors.unseal(counter().office.keys, guest().account, base64.urlsafe_b64decode(seed))
    except (binascii.Error, ValueError, factors.Unsealable):
        return factors.new_generator()


def _factors() -> dict[str, Any]:
    """What the page of the second factor offers."""
    here, who = counter(), guest()
    shown = None
    if here.demonstration and who.has_totp:
        with here.office.database.read.connect() as connection:
            kept = connection.scalar(select(Account.totp).filter_by(id=who.account))
        shown = factors.unseal(here.office.keys, who.account, kept).code(here.now) if kept else None
    return {"shown_code": shown, "passkey": who.passkeys > 0 and takes_passkeys()}


def takes_passkeys() -> bool:
    """Whether passkeys can be bound to our host: to a name, never to a number."""
    try:
        ip_address(counter().party.host)
    except ValueError:
        return True
    return False


def json_sent() -> dict[str, Any]:
    """The JSON object of this request; an empty one where it is none."""
    try:
        sent = request.get_json(silent=True)
    except RecursionError:  # nested deeper than any device would
        return {}
    return sent if isinstance(sent, dict) else {}


def told(sentence: Sentence) -> Response:
    """A refusal for a script to show."""
    text = voice_of(current_language().code).sentence(sentence)
    return make_response(jsonify(sentence=text), HTTPStatus.UNPROCESSABLE_ENTITY)


def _come_in(answer: Any, secret: str) -> Response:
    """Change the cookie of the session and remember this browser."""
    given = _with_session(answer, secret)
    cookies.mark_browser(given, guest().name)
    return given


def _with_session(answer: Any, secret: str) -> Response:
    given: Response = make_response(answer)
    cookies.give(given, cookies.SESSION, secret)
    return given


def _wanted() -> str:
    return _safe(request.args.get("next", ""))


def _safe(path: str) -> str:
    """Where to go after signing in: a page of ours, or the desk; an address elsewhere is not followed."""
    plain = path.partition("?")[0]
    adapter = current_app.url_map.bind("")
    try:
        adapter.match(plain, method="GET")
    except HTTPException:
        return local("/")
    ours = plain.startswith("/") and not plain.startswith("//") and "\\" not in path and path.isprintable()
    return path if ours else local("/")


def _kept(path: str, wanted: str) -> str:
    return f"{path}?{urlencode({'next': wanted})}" if wanted else path


def _address() -> str:
    """The network of whoever asks; empty where a proxy on this machine does not say for whom it asks."""
    try:
        address = ip_address(request.remote_addr or "127.0.0.1")
        if address.is_loopback and request.access_route:  # nobody but a proxy on this machine is believed
            address = ip_address(request.access_route[-1])
    except ValueError:
        return ""
    if address.is_loopback:
        return ""
    return str(ip_network((address, PREFIXES[address.version]), strict=False))

"""Signing in: what is asked, what is refused, and that a session ends when told."""

from __future__ import annotations

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session
from tests.console.conftest import Browser, Clock, Staff, told, words

from zuofang.site.rendering import BilingualFlask
from zuofang.storage import journal
from zuofang.storage.accounts import acts, factors, passwords, sessions, throttle
from zuofang.storage.accounts.models import Account, AccountState, Role, ScopeKind
from zuofang.storage.acts import Office, Refused

PASSWORD = "granary ferry lantern 57"
KEPT = passwords.digest(PASSWORD)


@pytest.fixture
def invited(writer: Office) -> tuple[int, str]:
    """An account that nobody has taken up yet, and the secret of its link."""
    with writer.writing("tests") as desk:
        account = acts.open_account(desk, "shen.he", "沈禾", "测试")
        acts.grant(desk, account, Role.laboratory, ScopeKind.zone, "1", "测试")
        secret = acts.invite(desk, account, "测试")
        return account.id, secret


@pytest.fixture
def generator(writer: Office, invited: tuple[int, str], clock: Clock) -> factors.Generator:
    """The account taken up, with this code generator; the code of its first moment is spent."""
    made = factors.new_generator()
    with writer.writing("tests") as desk:
        account = acts.take_up(desk, invited[1], PASSWORD, KEPT, "测试")
        acts.set_generator(desk, account, made, made.code(clock.now), "测试")
    clock.later(minutes=1)
    return made


def typed_seed(page: str) -> factors.Generator:
    """The generator that an app makes of the seed on the page."""
    import base64

    found = re.search(r"<code>([A-Z2-7 ]+)</code>", page)
    assert found
    return factors.Generator(base64.b32decode(found[1].replace(" ", "")))


def test_an_invitation_leads_to_a_desk(staff: Staff, invited: tuple[int, str], clock: Clock) -> None:
    browser, typed = staff.stranger(), {"password": PASSWORD, "again": PASSWORD}
    taken = browser.submit(f"/take-up?key={invited[1]}", typed, action="/take-up")
    assert taken.headers["Location"] == "/sign-in/set-up"
    set_up = browser.get("/sign-in/set-up")
    code = typed_seed(told(set_up)).code(clock.now)
    shown = browser.send(set_up, {"code": code}, action="/sign-in/set-up")
    assert len(re.findall(r"<li>[0-9A-Z-]{19}</li>", told(shown))) == factors.RECOVERY_CODES
    assert browser.get("/").status_code == 200
    late = staff.stranger().submit(f"/take-up?key={invited[1]}", typed, action="/take-up")
    assert "已经用过" in words(late)


def test_an_invitation_is_good_for_48_hours(staff: Staff, invited: tuple[int, str], clock: Clock) -> None:
    browser, typed = staff.stranger(), {"password": PASSWORD, "again": PASSWORD}
    clock.later(hours=47, minutes=59)
    page = browser.get(f"/take-up?key={invited[1]}")
    clock.later(minutes=1)
    late = browser.send(page, typed, action="/take-up")
    assert late.status_code == 422
    assert "过期" in words(late)


def sign_in(browser: Browser, password: str = PASSWORD, name: str = "shen.he") -> str:
    """Type name and password; answers where it leads, or what the page says."""
    answer = browser.submit("/sign-in", {"name": name, "password": password})
    return answer.headers.get("Location") or words(answer)


def test_password_and_code_open_the_desk_and_the_code_is_good_once(
    staff: Staff, generator: factors.Generator, clock: Clock
) -> None:
    browser = staff.stranger()
    assert sign_in(browser) == "/sign-in/second"
    assert browser.get("/").headers["Location"].startswith("/sign-in/second")
    code = generator.code(clock.now)
    assert browser.submit("/sign-in/second", {"code": code}).headers["Location"] == "/"
    assert browser.get("/").status_code == 200
    other = staff.stranger()
    sign_in(other)
    refused = other.submit("/sign-in/second", {"code": code})
    assert refused.status_code == 422
    assert "已经用过" in words(refused)


def test_with_the_password_alone_no_passkey_is_added_to_an_account_that_has_a_second_factor(
    staff: Staff, generator: factors.Generator
) -> None:
    browser = staff.stranger()
    assert sign_in(browser) == "/sign-in/second"
    number = told(browser.get("/sign-in/second")).split('name="form" value="')[1].split('"')[0]
    for path in ("/sign-in/set-up/passkey/ask", "/sign-in/set-up/passkey"):
        refused = browser.post(path, json={}, headers={"X-Form": number})
        assert refused.status_code == 422
        assert "第二道验证已经设好" in refused.get_json()["sentence"]


def test_of_many_replays_at_once_over_two_workers_one_succeeds(
    writer: Office, generator: factors.Generator, clock: Clock
) -> None:
    def begin() -> sessions.Guest:
        with writer.writing("shen.he") as desk:
            secret = sessions.start(desk, desk.session.query(Account).one())
        with writer.database.read.connect() as connection:
            found = sessions.guest(connection, secret, clock.now)
        assert found is not None
        return found

    def prove(who: sessions.Guest) -> bool:
        try:
            return bool(sessions.prove_by_code(writer, who, generator.code(clock.now)))
        except Refused:
            return False

    guests = [begin() for _ in range(4)]
    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(prove, guests)) == [False, False, False, True]


def test_a_wrong_name_and_a_wrong_password_are_answered_alike(staff: Staff, generator: factors.Generator) -> None:
    wrong_password = sign_in(staff.stranger(), "granary ferry lantern 58")
    assert "登录名或密码不对" in wrong_password
    assert sign_in(staff.stranger(), PASSWORD, "shen.hex") == wrong_password


def test_a_stranger_who_guesses_is_slowed_down_and_shuts_nobody_out(
    staff: Staff, writer: Office, generator: factors.Generator, clock: Clock
) -> None:
    known = staff.stranger()
    sign_in(known)
    known.submit("/sign-in/second", {"code": generator.code(clock.now)})
    known.submit("/account", action="/sign-out")
    stranger = staff.stranger()
    with writer.writing("tests") as desk:
        for _ in range(9):
            throttle.count(desk, throttle.password_buckets(desk, "shen.he", "", None))
    assert "登录名或密码不对" in sign_in(stranger, "the tenth guess")
    assert "试得太多" in sign_in(stranger, "the eleventh guess")
    assert "试得太多" in sign_in(staff.stranger())
    assert sign_in(known) == "/sign-in/second"
    clock.later(minutes=6)
    assert sign_in(staff.stranger()) == "/sign-in/second"


def test_who_guesses_in_one_place_shuts_out_nobody_in_another(staff: Staff, generator: factors.Generator) -> None:
    def at(address: str, peer: str = "127.0.0.1") -> Browser:
        browser = staff.stranger()
        browser.environ_base |= {"REMOTE_ADDR": peer, "HTTP_X_FORWARDED_FOR": address}
        return browser

    for number in range(10):
        assert "登录名或密码不对" in sign_in(at("10.9.9.9, 203.0.113.7"), f"guess number {number}")
    assert "试得太多" in sign_in(at("10.9.9.9, 203.0.113.7"))
    assert "试得太多" in sign_in(at("10.1.1.1, 203.0.113.8")), "one network, whatever a proxy farther away says"
    assert "试得太多" in sign_in(at("198.51.100.1", peer="203.0.113.9")), "only a proxy on this machine is believed"
    assert sign_in(at("198.51.100.1")) == "/sign-in/second"


def test_guessing_codes_is_slowed_down(staff: Staff, generator: factors.Generator, clock: Clock) -> None:
    browser = staff.stranger()
    sign_in(browser)
    wrong = "000000" if generator.code(clock.now) != "000000" else "000001"
    said = [words(browser.submit("/sign-in/second", {"code": wrong})) for _ in range(6)]
    assert "验证码不对" in said[4]
    assert "试得太多" in said[5]
    assert "试得太多" in words(browser.submit("/sign-in/second", {"code": generator.code(clock.now)}))


def test_a_recovery_code_opens_once(staff: Staff, writer: Office, generator: factors.Generator) -> None:
    with writer.writing("tests") as desk:
        made = acts.new_recovery_codes(desk, desk.session.query(Account).one(), "测试")
    for expected in (303, 422):
        browser = staff.stranger()
        sign_in(browser)
        answer = browser.submit("/sign-in/second", {"code": made[0].lower().replace("-", " ")})
        assert answer.status_code == expected


@pytest.mark.parametrize("way", ["sign out", "shut", "password", "end others"])
def test_a_session_ends_at_once_on_every_worker(
    way: str, staff: Staff, writer: Office, open_desks: Callable[..., BilingualFlask]
) -> None:
    name = staff.hire(Role.officer)
    browser, elsewhere = staff.seat(name), open_desks().test_client()
    stolen = browser.get_cookie("__Host-session")
    assert stolen is not None
    elsewhere.set_cookie("__Host-session", stolen.value, secure=True)
    assert elsewhere.get("/").status_code == 200
    if way == "sign out":
        browser.submit("/account", action="/sign-out")
    elif way == "shut":
        with writer.writing("tests") as desk:
            acts.shut(desk, desk.session.query(Account).filter_by(name=name).one(), "测试")
    else:
        own = staff.seat(name)
        if way == "password":
            changed = own.submit("/account/password", {"password": PASSWORD, "again": PASSWORD})
        else:
            changed = own.submit("/account", action="/account/sessions")
        assert changed.status_code == 303
        assert own.get("/").status_code == 200
    assert elsewhere.get("/").headers["Location"].startswith("/sign-in")


def test_a_role_that_is_taken_away_counts_no_more_from_the_next_request_on(staff: Staff, writer: Office) -> None:
    name = staff.hire(Role.officer)
    browser = staff.seat(name)
    assert "执法人员" in words(browser.get("/account"))
    with writer.writing("tests") as desk:
        acts.take_away(desk, desk.session.query(Account).filter_by(name=name).one().grants[0], "测试")
    assert "执法人员" not in words(browser.get("/account"))


def test_sessions_end_by_themselves(staff: Staff, clock: Clock) -> None:
    name = staff.hire(Role.officer)
    idle, busy = staff.seat(name), staff.seat(name)
    for _ in range(3):
        clock.later(minutes=25)
        assert busy.get("/").status_code == 200
    assert idle.get("/").status_code == 303
    for _ in range(25):
        clock.later(minutes=28)
        answer = busy.get("/")
    assert answer.headers["Location"] == "/sign-in"


def test_what_matters_asks_for_a_fresh_factor(staff: Staff, clock: Clock) -> None:
    browser = staff.at(Role.officer)
    page = browser.get("/account/password")
    clock.later(minutes=20)
    assert browser.get("/account/password").headers["Location"].startswith("/sign-in/second")
    answer = browser.send(page, {"password": PASSWORD, "again": PASSWORD}, action="/account/password")
    assert answer.status_code == 303, "what was typed in time is not lost"


@pytest.mark.parametrize(
    ("password", "sentence"),
    [
        ("kurz", "至少要有 12"),
        ("password1234", "太常见"),
        ("aaaaaaaaaaaaaaaa", "太常见"),
        ("woaini1314520", "太常见"),
        ("shichangjiandu2026", "太常见"),
        ("shen.heshen.he", "太常见"),
        ("x" * 129, "最多 128"),
    ],
)
def test_a_weak_password_is_refused_in_words(
    staff: Staff, invited: tuple[int, str], password: str, sentence: str
) -> None:
    answer = staff.stranger().submit(
        f"/take-up?key={invited[1]}", {"password": password, "again": password}, action="/take-up"
    )
    assert answer.status_code == 422
    assert sentence in words(answer)


@pytest.mark.parametrize(
    "place", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)", "/nothing"]
)
def test_nobody_is_sent_elsewhere_after_signing_in(
    staff: Staff, generator: factors.Generator, clock: Clock, place: str
) -> None:
    browser = staff.stranger()
    sign_in(browser)
    answer = browser.submit("/sign-in/second", {"code": generator.code(clock.now), "next": place})
    assert answer.headers["Location"] == "/"


def test_a_page_that_was_wanted_is_found_again_after_signing_in(
    staff: Staff, generator: factors.Generator, clock: Clock
) -> None:
    browser = staff.stranger()
    sent = browser.get("/account?done=password").headers["Location"]
    assert sent == "/sign-in?next=%2Faccount%3Fdone%3Dpassword"
    second = browser.submit(sent, {"name": "shen.he", "password": PASSWORD}, action="/sign-in").headers["Location"]
    home = browser.submit(second, {"code": generator.code(clock.now)}, action="/sign-in/second")
    assert home.headers["Location"] == "/account?done=password"


def test_every_act_on_an_account_stands_in_the_journal_without_a_secret_or_a_name(
    staff: Staff, writer: Office, generator: factors.Generator, clock: Clock
) -> None:
    browser = staff.stranger()
    sign_in(browser)
    browser.submit("/sign-in/second", {"code": generator.code(clock.now)})
    browser.submit("/account", action="/sign-out")
    with Session(writer.database.read) as session:
        entries = session.scalars(select(journal.JournalEntry)).all()
    wanted = ["open", "grant", "invite", "take_up", "generator", "sign_in", "sign_out"]
    assert [entry.act for entry in entries] == [f"account.{act}" for act in wanted]
    assert not any(secret in f"{entry.facts}{entry.why}" for entry in entries for secret in ("沈禾", PASSWORD))


def test_the_last_administrator_stays(writer: Office, staff: Staff) -> None:
    name = staff.hire(Role.administrator)
    with writer.writing("tests") as desk:
        account = desk.session.query(Account).filter_by(name=name).one()
        with pytest.raises(Refused, match="最后一个管理员"):
            acts.shut(desk, account, "测试")
        with pytest.raises(Refused, match="最后一个管理员"):
            acts.take_away(desk, account.grants[0], "测试")
    staff.hire(Role.administrator)
    with writer.writing("tests") as desk:
        acts.shut(desk, desk.session.query(Account).filter_by(name=name).one(), "测试")


def test_who_handles_reports_cannot_keep_identities(writer: Office, staff: Staff) -> None:
    name = staff.hire(Role.case_officer)
    with writer.writing("tests") as desk:
        account = desk.session.query(Account).filter_by(name=name).one()
        with pytest.raises(Refused, match="一个人只能担任一个"):
            acts.grant(desk, account, Role.custodian, ScopeKind.city, "", "测试")


def test_an_account_that_is_shut_can_be_opened_again(writer: Office, staff: Staff) -> None:
    name = staff.hire(Role.officer)
    with writer.writing("tests") as desk:
        account = desk.session.query(Account).filter_by(name=name).one()
        acts.shut(desk, account, "测试")
        acts.reopen(desk, account, "测试")
        assert account.state is AccountState.active


def test_an_invented_city_shows_its_codes_and_no_other_does(
    staff: Staff, generator: factors.Generator, clock: Clock, open_desks: Callable[..., BilingualFlask]
) -> None:
    for invented in (True, False):
        browser = open_desks(demonstration=invented).test_client()
        assert isinstance(browser, Browser)
        sign_in(browser)
        assert (generator.code(clock.now) in words(browser.get("/sign-in/second"))) is invented

"""Accounts on both databases: passwords, codes and passkeys that are good once, whoever tries at the same moment."""

from __future__ import annotations

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from itertools import permutations

import pytest
from authenticator import Authenticator
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session
from tests.conftest import NOON

from zuofang.storage.accounts import acts, factors, passkeys, passwords, sessions, throttle
from zuofang.storage.accounts.models import Account, Attempt, Role, ScopeKind, SignIn
from zuofang.storage.acts import Office, Refused

PASSWORD = "granary ferry lantern 57"
KEPT = passwords.digest(PASSWORD)
OURS = passkeys.Party("作坊码", "desk.example.cn", "https://desk.example.cn")
GENERATOR = factors.Generator(b"twenty bytes of seed")


@pytest.fixture
def account(office: Office) -> str:
    """An account at work; answers its name."""
    with office.writing("tests") as desk:
        made = acts.open_account(desk, "shen.he", "沈禾", "测试")
        acts.grant(desk, made, Role.officer, ScopeKind.city, "", "测试")
        acts.take_up(desk, acts.invite(desk, made, "测试"), PASSWORD, KEPT, "测试")
        acts.set_generator(desk, made, GENERATOR, GENERATOR.code(NOON), "测试")
    return "shen.he"


def test_nobody_holds_two_of_the_roles_that_open_reports_not_even_past_the_desks(office: Office) -> None:
    roles = (Role.case_officer, Role.custodian, Role.finance)
    with office.writing("tests") as desk:
        people = {one: acts.open_account(desk, one.value.replace("_", "-"), "许知", "测试") for one in roles}
        for role, person in people.items():
            acts.grant(desk, person, role, ScopeKind.city, "", "测试")
            acts.grant(desk, person, Role.reviewer, ScopeKind.city, "", "测试")
        numbers = {role: person.id for role, person in people.items()}
    for held, wanted in permutations(roles, 2):
        with pytest.raises(Refused, match="一个人只能担任一个"), office.writing("tests") as desk:
            acts.grant(desk, desk.session.get_one(Account, numbers[held]), wanted, ScopeKind.city, "", "测试")
        for statement in (
            "INSERT INTO account_grant (account_id, role, scope_kind, scope_key) VALUES (:account, :role, 'city', '')",
            "UPDATE account_grant SET role = :role WHERE account_id = :account AND role = 'reviewer'",
        ):
            with pytest.raises(DBAPIError, match="one person must not"), office.database.write.begin() as connection:
                connection.execute(text(statement), {"account": numbers[held], "role": wanted.value})


def test_a_case_officer_may_handle_two_districts(office: Office) -> None:
    with office.writing("tests") as desk:
        person = acts.open_account(desk, "ban.an", "许知", "测试")
        for district in ("339901", "339902"):
            acts.grant(desk, person, Role.case_officer, ScopeKind.district, district, "测试")
        assert {one.scope_key for one in person.grants} == {"339901", "339902"}


def later(office: Office, **span: float) -> Office:
    """The office after a while."""
    return replace(office, clock=lambda: NOON + timedelta(**span))


def guest(office: Office, secret: str) -> sessions.Guest | None:
    """Who holds a secret."""
    with office.database.read.connect() as connection:
        return sessions.guest(connection, secret, office.clock())


def seated(office: Office) -> sessions.Guest:
    """A session that knows the password."""
    with office.writing("shen.he") as desk:
        secret = sessions.start(desk, desk.session.query(Account).one())
    found = guest(office, secret)
    assert found is not None
    return found


def outcome(act: Callable[[], object]) -> str:
    """Whether an act was done, or what was said instead."""
    try:
        act()
    except Refused as refused:
        return str(refused.sentence)
    return "done"


def test_password_and_code_open_a_session_and_change_its_secret(office: Office, account: str) -> None:
    now = later(office, minutes=1)
    first = sessions.begin(now, account, PASSWORD, "", None)
    half = guest(now, first)
    assert half is not None
    assert half.proved_at is None
    second = sessions.prove_by_code(now, half, GENERATOR.code(now.clock()))
    assert guest(now, first) is None
    whole = guest(now, second)
    assert whole is not None
    assert whole.roles == {Role.officer}


def test_of_replays_at_the_same_moment_one_succeeds(office: Office, account: str) -> None:
    now = later(office, minutes=1)
    code = GENERATOR.code(now.clock())
    guests = [seated(now) for _ in range(4)]
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda who: outcome(lambda: sessions.prove_by_code(now, who, code)), guests))
    assert found.count("done") == 1


def test_tries_at_the_same_moment_cannot_slip_past_the_limit(office: Office, account: str) -> None:
    def attempt(_: int) -> str:
        def count() -> None:
            with office.writing("tests") as desk:
                throttle.count(desk, throttle.second_buckets(desk, 1))

        return outcome(count)

    with ThreadPoolExecutor(6) as pool:
        found = list(pool.map(attempt, range(12)))
    assert found.count("done") == 5
    with Session(office.database.read) as session:
        assert session.scalar(select(func.count()).select_from(Attempt)) == 5


def test_a_session_that_ended_does_not_come_back(office: Office, account: str) -> None:
    who = seated(office)
    with office.writing("tests") as desk:
        acts.shut(desk, desk.session.query(Account).one(), "测试")
    sessions.note_seen(later(office, minutes=5), who)
    with Session(office.database.read) as session:
        assert session.scalar(select(func.count()).select_from(SignIn)) == 0


@pytest.fixture
def device(office: Office, account: str) -> Authenticator:
    """A device whose passkey the account has added."""
    device, who = Authenticator(OURS.origin, OURS.host), seated(office)
    with office.writing(account) as desk:
        asked = json.loads(passkeys.ask_to_add(desk, who, OURS))
    with office.writing(account) as desk:
        passkeys.add(desk, who, OURS, device.make(asked), "手机")
    return device


def asked(office: Office, who: sessions.Guest) -> dict[str, object]:
    """A challenge for a session."""
    with office.writing(who.name) as desk:
        told: dict[str, object] = json.loads(passkeys.ask_to_prove(desk, who, OURS))
        return told


def prove(office: Office, who: sessions.Guest, answer: dict[str, object]) -> str:
    """Send a device's answer; whether it opened the session."""

    def act() -> None:
        with office.writing(who.name) as desk:
            passkeys.prove(desk, who, OURS, answer)

    return outcome(act)


def test_a_passkey_opens_a_session_and_its_answer_is_good_once(office: Office, device: Authenticator) -> None:
    who = seated(office)
    answer = device.prove(asked(office, who))
    assert prove(office, who, answer) == "done"
    assert "已经用过" in prove(office, who, answer)
    other = seated(office)
    asked(office, other)
    assert "没有通过验证" in prove(office, other, answer)


def test_a_challenge_that_waited_too_long_is_forgotten(office: Office, device: Authenticator) -> None:
    who = seated(office)
    answer = device.prove(asked(office, who))
    assert "等得太久" in prove(later(office, minutes=6), who, answer)


@pytest.mark.parametrize("wrong", ["origin", "host", "key", "credential"])
def test_an_answer_for_another_site_or_of_another_device_is_refused(
    office: Office, device: Authenticator, wrong: str
) -> None:
    other = Authenticator("https://desk.example.cn.evil.example", "evil.example")
    setattr(device, wrong, getattr(other, wrong))
    who = seated(office)
    assert "没有通过验证" in prove(office, who, device.prove(asked(office, who)))


@pytest.mark.parametrize("answer", [{}, {"rawId": 7}, {"rawId": "%%%"}, {"rawId": "AAAA", "response": []}])
def test_an_answer_that_is_none_is_refused_in_words(
    office: Office, device: Authenticator, answer: dict[str, object]
) -> None:
    who = seated(office)
    asked(office, who)
    assert "没有通过验证" in prove(office, who, answer)


def test_the_name_of_a_device_is_kept_without_what_no_database_keeps() -> None:
    assert passkeys.label_of({"label": " 办公室的\0手机\ud800\n"}) == "办公室的手机"
    assert passkeys.label_of({"label": "\0"}) == "通行密钥"


def test_the_last_factor_cannot_be_removed(office: Office, device: Authenticator, account: str) -> None:
    with office.writing(account) as desk:
        desk.session.query(Account).one().totp = None
        desk.record("tests", ("tests", "1"), "测试")
    who = seated(office)

    def act() -> None:
        with office.writing(account) as desk:
            passkeys.remove(desk, who, 1)

    assert "唯一的第二道验证" in outcome(act)


def test_a_seed_opens_for_its_account_alone(office: Office) -> None:
    sealed = factors.seal(office.keys, 1, GENERATOR)
    assert factors.unseal(office.keys, 1, sealed) == GENERATOR
    with pytest.raises(factors.Unsealable):
        factors.unseal(office.keys, 2, sealed)


@given(st.binary(min_size=20, max_size=20), st.integers(1_000, 4_000_000_000), st.integers(-300, 300))
def test_a_code_is_good_for_its_half_minute_and_the_ones_beside_it(seed: bytes, second: int, apart: int) -> None:
    generator, at = factors.Generator(seed), NOON.fromtimestamp(second, NOON.tzinfo)
    typed = generator.code(at)
    step = generator.step(typed, at + timedelta(seconds=apart), 0)
    near = abs((second + apart) // 30 - second // 30) <= 1
    assert (step is not None) or not near
    if step is not None:
        assert generator.step(typed, at + timedelta(seconds=apart), step) != step


def test_the_codes_are_those_of_the_standard() -> None:
    """RFC 6238 appendix B, cut to six digits."""
    generator = factors.Generator(b"12345678901234567890")
    for second, code in ((59, "287082"), (1111111109, "081804"), (2000000000, "279037")):
        assert generator.code(NOON.fromtimestamp(second, NOON.tzinfo)) == code


@given(st.text(max_size=60))
def test_whatever_is_typed_as_a_code_is_answered(typed: str) -> None:
    step = GENERATOR.step(typed, NOON, 0)
    assert step is None or abs(step - factors.step_of(NOON)) <= 1

"""Setting a second factor up: by whom, how long after the last proof, and once where two try at the same moment."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from tests.console.conftest import Clock, Staff, told, words
from tests.console.test_signing_in import typed_seed

from zuofang.storage.accounts import acts, factors
from zuofang.storage.accounts.models import Account, Passkey, Role
from zuofang.storage.acts import Office


@pytest.fixture
def name(staff: Staff) -> str:
    """An account that was taken up with a password and has no second factor yet."""
    return staff.hire(Role.officer)


def test_who_finds_a_session_left_open_adds_no_code_generator_to_an_account_with_a_passkey(
    name: str, staff: Staff, writer: Office, clock: Clock
) -> None:
    with writer.writing("tests") as desk:
        account = desk.session.query(Account).filter_by(name=name).one()
        row = Passkey(account_id=account.id, credential=b"c", public_key=b"k", uses=0, label="手机", added_at=desk.now)
        desk.session.add(row)
        desk.record("tests", account, "测试")
    browser = staff.seat(name)
    page = browser.get("/sign-in/set-up")
    assert page.status_code == 200
    clock.later(minutes=20)
    assert browser.get("/sign-in/set-up").headers["Location"] == "/sign-in/second?next=%2Fsign-in%2Fset-up"
    for _ in range(4):
        clock.later(minutes=25)
        browser.get("/")
    late = browser.send(page, {"code": typed_seed(told(page)).code(clock.now)}, action="/sign-in/set-up")
    assert late.status_code == 403
    assert "刚刚验证过身份" in words(late)


def test_of_two_who_set_the_second_factor_up_at_once_the_later_one_is_refused(
    name: str, staff: Staff, writer: Office, clock: Clock
) -> None:
    browser, first = staff.seat(name, factor=""), factors.new_generator()
    page = browser.get("/sign-in/set-up")
    typed = {"code": typed_seed(told(page)).code(clock.now)}
    with ThreadPoolExecutor(1) as pool:
        with writer.writing("tests") as desk:
            later = pool.submit(browser.send, page, typed, action="/sign-in/set-up")
            with pytest.raises(TimeoutError):
                later.result(timeout=0.3)  # it has passed the gate and waits to write
            acts.set_generator(desk, desk.session.query(Account).one(), first, first.code(clock.now), "测试")
        refused = later.result()
    assert refused.status_code == 422
    assert "第二道验证已经设好" in words(refused)


@pytest.mark.parametrize("sent", [b"[" * 100_000, b"{", b"7", b'{"label": 7, "rawId": "\\ud800"}'])
def test_what_no_device_sends_is_refused_in_words(name: str, staff: Staff, sent: bytes) -> None:
    browser = staff.seat(name, factor="")
    number = told(browser.get("/sign-in/set-up")).split('name="form" value="')[1].split('"')[0]
    refused = browser.post(
        "/sign-in/set-up/passkey", data=sent, content_type="application/json", headers={"X-Form": number}
    )
    assert refused.status_code == 422
    assert refused.get_json()["sentence"]

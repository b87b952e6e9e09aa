"""The desk of an administrator: accounts and roles."""

from __future__ import annotations

import re

import pytest
from tests import scene
from tests.console.conftest import Browser, Clock, Staff, told, words

from zuofang.storage.accounts.models import Role
from zuofang.storage.acts import Office


@pytest.fixture
def administrator(staff: Staff) -> Browser:
    """An administrator who used a passkey."""
    return staff.at(Role.administrator)


NEW = {"name": "shen.he", "person": "沈禾", "role": "officer", "scope_kind": "district", "scope_key": "3399"}


def test_an_account_is_opened_and_its_link_shown_once(administrator: Browser, staff: Staff) -> None:
    shown = administrator.submit("/users/new", NEW)
    link = re.search(r"https://desk\.example\.cn(/take-up\?key=[\w-]+)", told(shown))
    assert link
    assert staff.stranger().get(link[1]).status_code == 200
    assert link[1] not in told(administrator.get("/users/2"))
    assert "执法人员 县区 3399" in words(administrator.get("/users/2"))


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"name": "Shen He"}, "小写字母开头"),
        ({"role": "emperor"}, "请从所列的选项中选"),
        ({"scope_kind": "city"}, "不能授予这样的范围"),
        ({"scope_key": "33; DROP"}, "请填区划代码的前几位数字"),
        ({"scope_kind": "zone", "role": "laboratory", "scope_key": "无此加工区"}, "没有这个加工区"),
        ({"scope_kind": "workshop", "role": "owner", "scope_key": "ZF1"}, "没有这个登记证编号的作坊"),
        ({"state": "active"}, "本页没有的一栏（state）"),
        ({"person": ""}, "请填姓名"),
    ],
)
def test_an_account_that_cannot_be_is_refused_in_words(
    administrator: Browser, typed: dict[str, str], sentence: str
) -> None:
    answer = administrator.submit("/users/new", NEW | typed)
    assert answer.status_code == 422
    assert sentence in words(answer)


def test_roles_are_granted_and_taken_back_and_accounts_shut_and_opened(administrator: Browser, staff: Staff) -> None:
    name = staff.hire(Role.officer)
    theirs = staff.seat(name)
    account = re.search(
        r'href="(/users/\d+)">[^<]*</a></h3>\s*<p[^>]*>.*?officer\.2', told(administrator.get("/users")), re.DOTALL
    )
    assert account
    path = "/users/2"
    more = {"role": "reviewer", "scope_kind": "city", "scope_key": ""}
    assert administrator.submit(path, more, action=f"{path}/grant").status_code == 303
    assert "审核人员" in words(theirs.get("/account"))
    assert administrator.submit(path, action=f"{path}/take-away/3").status_code == 303
    assert "审核人员" not in words(theirs.get("/account"))
    assert administrator.submit(path, action=f"{path}/shut").status_code == 303
    assert theirs.get("/").headers["Location"].startswith("/sign-in")
    assert administrator.submit(path, action=f"{path}/reopen").status_code == 303


def test_a_role_is_granted_for_a_zone_by_its_name(administrator: Browser, writer: Office) -> None:
    with writer.writing("tests") as desk:
        zone = scene.build(desk).zone.name
    manager = {"name": "lu.yan", "role": "zone_manager", "scope_kind": "zone", "scope_key": zone}
    assert administrator.submit("/users/new", NEW | manager).status_code == 200
    assert f"加工区管理 加工区 {zone}" in words(administrator.get("/users/2"))


def test_what_matters_asks_an_administrator_again(administrator: Browser, clock: Clock) -> None:
    page = administrator.get("/users/new")
    clock.later(minutes=59)
    assert administrator.send(page, NEW, action="/users/new").status_code == 200
    page = administrator.get("/users/new")
    clock.later(minutes=2)
    late = administrator.send(page, {**NEW, "name": "lu.yan"}, action="/users/new")
    assert late.status_code == 403
    assert "刚刚验证过身份" in words(late)

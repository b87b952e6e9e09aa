"""The register at the desk: a workshop from its application to the end of its certificate, every step taken back."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy.orm import Session
from tests import scene
from tests.console.conftest import Browser, Staff, fields_of, told, words
from tests.scene import WHY

from zuofang.storage.accounts.models import Role, ScopeKind
from zuofang.storage.acts import Office, Refused
from zuofang.traceability.acts import districts, operators
from zuofang.traceability.models import Certificate, Product, RestrictionKind, Workshop

TYPED = {
    "name": "东河周记豆腐坊", "district": "339902", "address": "东河县西街 3 号", "number": "ZF33990200007",
    "issued_on": "2026-11-19", "until": "2029-11-18", "scope": "豆腐、豆干", "operator": "周小禾",
}  # fmt: skip


@pytest.fixture
def officer(staff: Staff, writer: Office) -> Browser:
    """An officer of one of two counties."""
    with writer.writing("tests") as desk:
        scene.build(desk)
        for code, name in (("339901", "清溪县"), ("339902", "东河县"), ("330206", "海滨区")):
            districts.enter(desk, code, name, date(2020, 1, 1), WHY)
    return staff.at(Role.officer, ScopeKind.district, "339902")


def do(browser: Browser, action: str, **typed: str) -> str:
    """Send one form of the page of the second workshop; answers what was done, or what the page says."""
    answer = browser.submit("/register/2", typed, action=f"/register/2/{action}")
    return answer.headers.get("Location", "").rpartition("done=")[2] or words(answer)


def test_a_workshop_is_registered_renewed_changed_ended_and_every_step_is_taken_back(
    officer: Browser, writer: Office
) -> None:
    def paper() -> Certificate:
        with Session(writer.database.read) as session:
            return session.get_one(Certificate, 2)

    done = officer.submit("/register/new", TYPED)
    assert done.headers.get("Location") == "/register/2?done=registered", words(done)
    assert "没有更晚" in do(officer, "papers/2/renew", renewed_until="2029-11-18")
    assert do(officer, "papers/2/renew", renewed_until="2032-11-18") == "renewed"
    assert do(officer, "papers/2/change", new_scope="豆腐") == "changed"
    assert (paper().until, paper().scope) == (date(2032, 11, 18), "豆腐")
    assert do(officer, "papers/2/undo") == do(officer, "papers/2/undo") == "paper_undone"
    assert (paper().until, paper().scope) == (date(2029, 11, 18), "豆腐、豆干")
    ended = {"ended_as": "cancelled", "ended_on": "2026-11-20", "ended_why": "不做了"}
    assert "请写明理由" in do(officer, "papers/2/end", **ended | {"ended_why": ""})
    assert do(officer, "papers/2/end", **ended) == "revoked"
    assert paper().revoked_on == date(2026, 11, 20)
    assert "注销登记证" in words(officer.get("/register/2"))
    assert do(officer, "papers/2/reinstate") == "reinstated"
    assert do(officer, "strike-out") == "struck_out"
    assert officer.get("/register/2").status_code == 404


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"district": "339901"}, "请选您负责的县区"),
        ({"credit_code": "123"}, "统一社会信用代码不对"),
        ({"phone": "330102199001011234"}, "不要写身份证号"),
        ({"issued_on": "2026-11-21"}, "发证日期还没有到"),
        ({"until": "2026-11-01"}, "有效期早于发证日期"),
        ({"number": "ZF33990100012"}, "同样的记录已经有了"),
    ],
)
def test_what_cannot_be_registered_is_refused_and_nothing_typed_is_lost(
    officer: Browser, writer: Office, wrong: dict[str, str], sentence: str
) -> None:
    answer = officer.submit("/register/new", TYPED | wrong)
    assert (answer.status_code, sentence in words(answer)) == (422, True), words(answer)
    assert TYPED["scope"] in told(answer)
    with Session(writer.database.read) as session:
        assert session.get(Workshop, 2) is None


def test_an_officer_finds_the_own_county_alone_and_strikes_out_nothing_that_is_in_use(
    officer: Browser, staff: Staff
) -> None:
    assert "北溪陈记" not in words(officer.get("/register"))
    everywhere = staff.at(Role.officer)
    assert "北溪陈记" in words(everywhere.get("/register?q=ZF33990100012"))
    assert "没有找到" in words(everywhere.get("/register?q=无此作坊"))
    refused = everywhere.submit("/register/1", action="/register/1/strike-out")
    assert "已经有别的记录" in words(refused)
    assert "没有这张登记证" in words(
        everywhere.post("/register/1/papers/9/undo", data={"form": _number(told(refused)), "seen": "999999"})
    )


def test_foods_that_the_place_forbids_are_never_registered_and_those_in_doubt_once_somebody_checked_them(
    officer: Browser, staff: Staff, writer: Office
) -> None:
    assert "请选您负责的县区" in words(officer.submit("/register/new", TYPED | {"district": "330206"}))
    bound = staff.at(Role.officer)
    typed = TYPED | {"district": "330206", "scope": "果冻"}
    refused = bound.submit("/register/new", typed | {"checked": "yes"})
    assert (refused.status_code, "“果冻”不能登记：宁波市禁止" in words(refused)) == (422, True), words(refused)
    doubted = bound.submit("/register/new", typed | {"scope": "卤味"})
    assert (doubted.status_code, "“卤味”有条件" in words(doubted)) == (422, True)
    done = bound.submit("/register/new", typed | {"scope": "卤味", "checked": "yes"})
    assert done.headers.get("Location") == "/register/2?done=registered", words(done)
    assert "“果冻”不能登记" in do(bound, "papers/2/change", new_scope="卤味、果冻", new_checked="yes")
    assert "有条件" in do(bound, "papers/2/change", new_scope="卤味、凉茶饮料")
    assert do(bound, "papers/2/change", new_scope="卤味、凉茶饮料", new_checked="yes") == "changed"
    with Session(writer.database.read) as session:
        jelly = Product(name="果冻", category="pastry", workshop=session.get_one(Workshop, 2))
    with writer.writing("officer") as desk, pytest.raises(Refused, match="不能登记"):
        operators.add_product(desk, jelly, WHY)


def test_a_stall_is_registered_with_the_place_and_the_hours_of_its_card(officer: Browser, writer: Office) -> None:
    card = {"kind": "stall", "permitted_place": "桥头夜市 3 号", "permitted_hours": "17:00–22:00"}
    done = officer.submit("/register/new", TYPED | card)
    assert done.headers.get("Location") == "/register/2?done=registered", words(done)
    with Session(writer.database.read) as session:
        stall = session.get_one(Workshop, 2)
    assert (stall.permitted_place, stall.permitted_hours) == ("桥头夜市 3 号", "17:00–22:00")


def _number(page: str) -> str:
    return page.split('name="form" value="')[1].split('"')[0]


ORDER = {
    "ordered": "suspended", "order_since": "2026-11-18", "order_ground": "卫生条件不合格",
    "order_article": "浙江省食品小作坊小餐饮店小食杂店和食品摊贩管理规定 第三十条",
}  # fmt: skip


def test_an_order_that_stops_a_workshop_is_entered_lifted_and_struck_out(officer: Browser, writer: Office) -> None:
    def orders() -> list[tuple[str, date, date | None]]:
        with Session(writer.database.read) as session:
            return [(one.kind, one.since, one.until) for one in session.get_one(Workshop, 2).restrictions]

    officer.submit("/register/new", TYPED)
    assert do(officer, "orders", **ORDER) == "ordered"
    assert orders() == [("suspended", date(2026, 11, 18), None)]
    assert "卫生条件不合格" in words(officer.get("/register/2"))
    assert "解除的日期还没有到" in do(officer, "orders/1/lift", lifted_1="2026-11-21")
    assert "解除的日期早于决定的日期" in do(officer, "orders/1/lift", lifted_1="2026-11-17")
    assert do(officer, "orders/1/lift", lifted_1="2026-11-20") == "lifted"
    assert orders() == [("suspended", date(2026, 11, 18), date(2026, 11, 20))]
    assert do(officer, "orders/1/strike-out") == "struck_out"
    assert orders() == []


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"order_since": "2026-11-21"}, "开始的日期还没有到"),
        ({"order_until": "2026-11-17"}, "最后一日早于开始的日期"),
        ({"ordered": "rectifying"}, "限期整改要写最后一日"),
        ({"ordered": "x"}, "请从所列的选项中选"),
        ({"order_ground": "330102199001011234"}, "不要写身份证号"),
        ({"order_article": ""}, "请写明依据"),
    ],
)
def test_an_order_that_does_not_fit_is_refused_and_what_was_typed_stays(
    officer: Browser, wrong: dict[str, str], sentence: str
) -> None:
    officer.submit("/register/new", TYPED)
    answer = officer.submit("/register/2", ORDER | wrong, action="/register/2/orders")
    assert (answer.status_code, sentence in words(answer)) == (422, True), words(answer)
    assert (ORDER | wrong)["order_ground"] in told(answer)


def test_an_order_of_another_workshop_is_not_reached_through_ones_own(officer: Browser, writer: Office) -> None:
    officer.submit("/register/new", TYPED)
    with writer.writing("tests") as desk:
        elsewhere = desk.session.get_one(Workshop, 1)
        operators.restrict(desk, elsewhere, RestrictionKind.closed, date(2026, 11, 1), WHY, ground="x", article="y")
    for act, typed in {"lift": {"lifted_1": "2026-11-20"}, "strike-out": {}}.items():
        shown = fields_of(told(officer.get("/register/2")), "/register/2/orders")
        sent = typed | {name: shown[name] for name in ("form", "seen")}
        assert "没有这项决定" in words(officer.post(f"/register/2/orders/1/{act}", data=sent))

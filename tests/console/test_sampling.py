"""A sample at the desk, from its sheet to its result: due by its articles, told to nobody outside, entered once."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy.orm import Session
from tests import scene
from tests.console.conftest import Browser, Staff, fields_of, told, words

from zuofang.credit.models import CreditRecord, SamplingSheet
from zuofang.storage.accounts.models import Role, ScopeKind
from zuofang.storage.acts import Office

NUMBER = "XC26339901007"
SHEET = {
    "number": NUMBER, "whose": "ZF33990100012", "basis": "2026年食品小作坊监督抽检计划", "taken_on": "2026-11-16",
    "product": "酱牛肉", "lot": "20261110-1", "quantity": "8 袋，1.6 千克", "spare": "4 袋，0.8 千克",
    "first_officer": "李监管", "second_officer": "王监管", "laboratory": "市食品检验所",
}  # fmt: skip
FAILS = {"outcome": "failed", "item0": "山梨酸及其钾盐", "result0": "0.3", "limit0": "≤0.075", "unit0": "g/kg"}
RESULT = "/records/new/sample"


@pytest.fixture
def officer(staff: Staff, writer: Office) -> Browser:
    """An officer of the county in which the scene lies."""
    with writer.writing("tests") as desk:
        scene.build(desk, until=date(2027, 3, 1))
    return staff.at(Role.officer, ScopeKind.district, "339901")


def taken(officer: Browser) -> str:
    """A sheet that was entered; answers its address."""
    return officer.submit("/sampling/new", SHEET).headers["Location"].partition("?")[0]


def sheets(writer: Office) -> list[SamplingSheet]:
    with Session(writer.database.read) as session:
        return session.query(SamplingSheet).order_by(SamplingSheet.id).all()


def test_a_sample_goes_from_its_sheet_to_its_result(officer: Browser, writer: Office) -> None:
    path = taken(officer)
    first = words(officer.get("/"))
    assert "北溪陈记卤味作坊：酱牛肉" in first
    assert "将样品送达检验机构（食品安全抽样检验管理办法 第二十条）" in first
    assert "2026年11月23日 还有 3 天" in first
    noted = officer.submit(path, {"delivered_on": "2026-11-18"}, action=f"{path}/deliver")
    assert "没有另外约定的，出报告的期限从那天起算" in words(officer.get(noted.headers["Location"]))
    assert "出具检验报告（食品安全抽样检验管理办法 第二十四条）" in words(officer.get("/"))
    form = officer.get(f"{RESULT}?sheet=1")
    filled = fields_of(told(form), RESULT)
    assert [filled[name] for name in ("whose", "document", "title", "lot", "laboratory", "sampled_on")] == [
        "ZF33990100012", NUMBER, "酱牛肉", "20261110-1", "市食品检验所", "2026-11-16",
    ]  # fmt: skip
    entered = officer.send(form, FAILS, action=RESULT).headers["Location"]
    assert entered.startswith("/records/1?")
    assert sheets(writer)[0].record_id == 1
    assert "看抽样单 备样：4 袋，0.8 千克" in words(officer.get("/records/1")), "a second test needs it"
    assert "看记录" in words(officer.get(path))
    assert "没有等结果的样品" in words(officer.get("/sampling"))
    assert "已有结果" in words(officer.get("/sampling"))
    assert officer.get(f"{RESULT}?sheet=1").headers["Location"] == "/sampling/1"
    officer.submit("/records/1", action="/records/1/remove")
    assert sheets(writer)[0].record_id is None, "without its result the sample waits again"


def test_a_result_that_bears_the_number_of_a_sheet_is_entered_upon_it(officer: Browser, writer: Office) -> None:
    taken(officer)
    result = {"whose": "ZF33990100012", "document": NUMBER, "title": "酱牛肉", "sampled_on": "2026-11-16", **FAILS}
    assert officer.submit(RESULT, result).status_code == 303
    assert sheets(writer)[0].record_id == 1
    twice = officer.submit(RESULT, result)
    assert (twice.status_code, f"编号是 {NUMBER} 的样品已经有结果" in words(twice)) == (422, True)
    with Session(writer.database.read) as session:
        assert session.query(CreditRecord).count() == 1


def test_of_two_officers_the_first_enters_the_result_and_the_second_sees_it(
    officer: Browser, staff: Staff, writer: Office
) -> None:
    path = taken(officer)
    other = staff.at(Role.officer)
    late, gone = other.get(f"{RESULT}?sheet=1"), other.get(path)
    officer.send(officer.get(f"{RESULT}?sheet=1"), {"outcome": "passed"}, action=RESULT)
    refused = other.send(late, FAILS, action=RESULT)
    assert (refused.status_code, "登记抽样单的结果" in words(refused)) == (422, True)
    assert "≤0.075" in told(refused), "nothing typed is lost"
    struck = other.send(gone, {"struck_why": "作废"}, action=f"{path}/strike-out")
    assert (struck.status_code, "您打开本页之后" in words(struck)) == (422, True)
    assert len(sheets(writer)) == 1


def test_what_does_not_fit_is_said_and_what_was_wrong_is_undone(officer: Browser, writer: Office) -> None:
    wrong = officer.submit("/sampling/new", {**SHEET, "second_officer": "", "taken_on": "2026-13-01"})
    assert (wrong.status_code, "请填第二名抽样人员" in words(wrong)) == (422, True)
    path = taken(officer)
    early = officer.submit(path, {"delivered_on": "2026-11-01"}, action=f"{path}/deliver")
    assert "送达的日期早于抽样日期" in words(early)
    officer.submit(path, {"delivered_on": "2026-11-18"}, action=f"{path}/deliver")
    officer.submit(path, action=f"{path}/undo-delivery")
    assert sheets(writer)[0].delivered_on is None
    silent = officer.submit(path, action=f"{path}/strike-out")
    assert (silent.status_code, "请写明理由" in words(silent)) == (422, True)
    gone = officer.submit(path, {"struck_why": "样品送检途中破损"}, action=f"{path}/strike-out")
    assert gone.headers["Location"] == "/sampling?done=sheet_struck"
    assert sheets(writer) == []
    other = officer.submit(RESULT, {"sheet": "1", "seen": "99", "whose": "ZF33990100012", "document": "甲",
                                    "title": "酱牛肉", "sampled_on": "2026-11-16", **FAILS})  # fmt: skip
    assert (other.status_code, "那份抽样单已经删除" in words(other)) == (422, True)


def test_a_sheet_is_looked_at_by_reviewers_and_is_nothing_to_others(
    officer: Browser, staff: Staff, writer: Office
) -> None:
    path = taken(officer)
    reviewer = staff.at(Role.reviewer)
    for address in ("/sampling", path):
        page = told(reviewer.get(address))
        assert NUMBER in page
        assert "<form" not in page.partition("<main")[2].partition("</main>")[0]
    away = staff.at(Role.officer, ScopeKind.district, "339902")
    assert NUMBER not in told(away.get("/sampling"))
    assert fields_of(told(away.get(f"{RESULT}?sheet=1")), RESULT)["document"] == ""
    owner = staff.at(Role.owner, ScopeKind.workshop, 1)
    assert "将样品送达" not in words(owner.get("/"))
    assert owner.get(path).status_code == 403

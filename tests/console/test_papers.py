"""Papers entered by hand at the bureau: taken in, tied to what it follows, and taken back; disputes, visits."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy.orm import Session
from tests import scene
from tests.console.conftest import Browser, Staff, told, words
from tests.credit.filed import FAILED, FAULTY, FINE, INSPECTED, filed, read
from tests.scene import WHY, Scene
from werkzeug.test import TestResponse

from zuofang.credit.acts import records
from zuofang.credit.codec import load
from zuofang.credit.findings import Closure, Sample
from zuofang.credit.measures import Interview, Rectification
from zuofang.credit.models import CreditRecord, Outside
from zuofang.credit.records import Outcome
from zuofang.storage.accounts.models import Role, ScopeKind
from zuofang.storage.acts import Office
from zuofang.traceability.acts import districts

WHOSE = {"whose": "ZF33990100012", "made_on": "2026-11-18", "title": "一件事", "content": "冷藏温度漏记两天。"}
RECTIFICATION = WHOSE | {"basis": "某条例第十条", "demands": "补记温度", "due_on": "2026-12-01"}
INTERVIEW = WHOSE | {"ground": "两次检查有同样的问题", "promised": "每天记温度", "promised_until": "2026-12-10"}
CLOSURE = {
    "party": "北溪镇一处无证加工点", "address": "北溪镇", "district": "339901", "made_on": "2026-11-18",
    "basis": "某条例第五条", "title": "无证加工豆腐", "content": "当场关闭，查封设备。",
}  # fmt: skip
SAMPLE = {
    "whose": "ZF33990100012", "document": "XC26330000001", "title": "酱牛肉", "sampled_on": "2026-11-03",
    "made_on": "2026-11-18", "outcome": "failed", "item0": "山梨酸及其钾盐", "result0": "0.3", "limit0": "≤0.075",
    "unit0": "g/kg", "lot": "20261101", "laboratory": "清溪县检验检测中心",
}  # fmt: skip
PAPERS = {"rectification": RECTIFICATION, "interview": INTERVIEW, "closure": CLOSURE, "sample": SAMPLE}


@pytest.fixture
def ground(writer: Office) -> Scene:
    """A workshop in a county that has a name."""
    with writer.writing("tests") as desk:
        for code, name in (("339901", "清溪县"), ("339902", "东河县")):
            districts.enter(desk, code, name, date(2020, 1, 1), WHY)
        made = scene.build(desk)
        made.product.category = "braised-meat"
        return made


@pytest.fixture
def officer(staff: Staff, ground: Scene) -> Browser:
    """An officer of the county."""
    return staff.at(Role.officer, ScopeKind.district, "339901")


@pytest.fixture
def reviewer(staff: Staff, ground: Scene) -> Browser:
    """A reviewer of the county."""
    return staff.at(Role.reviewer, ScopeKind.district, "339901")


def do(browser: Browser, record: int, action: str, **typed: str) -> str:
    """Send one form of the page of a record; answers what was done, or what the page says."""
    answer = browser.submit(f"/records/{record}", typed, action=f"/records/{record}/{action}")
    return answer.headers.get("Location", "").rpartition("done=")[2] or words(answer)


def entered(answer: TestResponse) -> int:
    """The number of the record that a form has made."""
    return int(answer.headers["Location"].removeprefix("/records/").partition("?")[0])


def test_each_paper_is_entered_by_hand_and_taken_out_again(officer: Browser, writer: Office) -> None:
    for number, paper in enumerate(("rectification", "interview", "closure"), 1):
        answer = officer.submit(f"/records/new/{paper}", PAPERS[paper])
        assert answer.headers.get("Location") == f"/records/{number}?done=entered", words(answer)
    for key, kind in enumerate((Rectification, Interview, Closure), 1):
        assert load(kind, read(writer, key).facts).made_on == date(2026, 11, 18)
    with Session(writer.database.read) as session:
        place = session.get_one(CreditRecord, 3)
        assert (place.workshop_id, place.set_aside.outside if place.set_aside else None) == (None, Outside.unlicensed)
    assert "没有等待匹配" in words(officer.get("/matching"))
    assert do(officer, 1, "remove") == do(officer, 2, "remove") == "removed"
    assert officer.get("/records/1").status_code == 404


@pytest.mark.parametrize(
    ("paper", "wrong", "sentence"),
    [
        ("rectification", {"due_on": "2026-11-01"}, "早于责令的日期"),
        ("rectification", {"demands": ""}, "请写明要改正什么"),
        ("interview", {"promised": ""}, "要写承诺做什么"),
        ("interview", {"content": "电话13800138000"}, "还有个人信息"),
        ("closure", {"district": "339902"}, "请选您负责的县区"),
        ("closure", {"basis": ""}, "请写明法律依据"),
        ("sample", {"item0": "", "result0": "", "limit0": ""}, "要写不合格的项目"),
        ("sample", {"item0": ""}, "要写是什么项目"),
        ("sample", {"made_on": "2026-11-02"}, "早于抽样日期"),
    ],
)
def test_a_paper_that_cannot_be_is_refused_and_nothing_typed_is_lost(
    officer: Browser, paper: str, wrong: dict[str, str], sentence: str
) -> None:
    typed = PAPERS[paper] | wrong
    answer = officer.submit(f"/records/new/{paper}", typed)
    assert (answer.status_code, sentence in words(answer)) == (422, True), words(answer)
    assert typed.get("content", typed["made_on"]) in told(answer)
    assert typed["title"] in told(answer)


def test_a_paper_follows_the_finding_from_whose_page_it_was_opened(
    officer: Browser, writer: Office, ground: Scene
) -> None:
    finding = filed(writer, ground.workshop.id, INSPECTED)
    page = officer.get(f"/records/new/rectification?after={finding}")
    assert 'value="ZF33990100012"' in told(page), "the operator need not be typed again"
    order = entered(officer.send(page, RECTIFICATION, action="/records/new/rectification"))
    assert "引起了它" in words(officer.get(f"/records/{finding}"))
    assert do(officer, order, "untie", earlier=str(finding)) == "untie"
    assert do(officer, order, "tie", earlier=str(finding)) == "tie"
    assert do(officer, order, "learn", fact="done_on", known_on="2026-11-19") == "learn"
    assert "日期早于记录，或者还没有到" in do(officer, order, "learn", fact="accepted_on", known_on="2026-11-21")
    assert do(officer, order, "learn", fact="accepted_on", known_on="2026-11-20") == "learn"
    kept = load(Rectification, read(writer, order).facts)
    assert (kept.done_on, kept.accepted_on) == (date(2026, 11, 19), date(2026, 11, 20))
    assert do(officer, order, "unlearn", fact="accepted_on") == "unlearn"
    assert load(Rectification, read(writer, order).facts).accepted_on is None


def test_a_second_test_and_an_objection_run_by_their_clocks_and_every_step_can_be_taken_back(
    officer: Browser, reviewer: Browser, writer: Office, ground: Scene
) -> None:
    served = Sample(concluded_on=date(2026, 11, 12), outcome=Outcome.failed, served_on=date(2026, 11, 16))
    record = filed(writer, ground.workshop.id, served, items=(FAULTY,))
    asked = {"asked": "reinspection", "words": "请求复检", "filed_on": "2026-11-18"}
    assert "备份样品无法实现复检目的" in do(officer, record, "dispute", **asked, unusable="yes")
    assert do(officer, record, "dispute", **asked) == "case"
    assert "食品安全抽样检验管理办法" in words(officer.get(f"/records/{record}"))
    assert do(officer, record, "cases/1/accept") == "accept"
    assert do(officer, record, "cases/1/undo-acceptance") == "undo_acceptance"
    assert do(reviewer, record, "cases/1/turn-away") == "turned_away"
    assert load(Sample, read(writer, record).facts).reinspection is None
    assert do(reviewer, record, "cases/1/undo-decision") == "undo_decision"
    assert do(officer, record, "cases/1/accept") == "accept"
    assert do(reviewer, record, "cases/1/decide", granted="yes") == "settle"
    assert load(Sample, read(writer, record).facts).final_outcome is Outcome.passed
    assert do(officer, record, "cases/1/done") == "case_done"
    assert do(officer, record, "cases/1/undo-done") == "undo_case_done"
    assert do(reviewer, record, "cases/1/undo-decision") == "undo_decision"
    assert load(Sample, read(writer, record).facts).final_outcome is Outcome.failed
    assert do(officer, record, "dispute", asked="method", words="方法不对", filed_on="2026-11-18") == "case"
    assert "逾期提出异议" in do(officer, record, "dispute", asked="method", words="方法不对", filed_on="2026-11-26")


def test_a_sample_is_entered_from_its_sheet_and_judged_item_by_item(officer: Browser, writer: Office) -> None:
    number = entered(officer.submit("/records/new/sample", SAMPLE))
    with Session(writer.database.read) as session:
        row = session.get_one(CreditRecord, number)
        assert [(one.item, one.result, one.judgement) for one in row.items] == [("山梨酸及其钾盐", "0.3g/kg", "fails")]
        assert "抽样日期：2026年11月3日" in row.content
        assert "生产日期/批号：20261101" in row.content
    assert "0.3g/kg" in words(officer.get(f"/records/{number}"))
    assert do(officer, number, "propose") == "propose"


def test_the_page_of_a_failed_sample_says_until_when_its_party_may_ask(
    officer: Browser, writer: Office, ground: Scene
) -> None:
    fresh = replace(FAILED, concluded_on=date(2026, 11, 16), served_on=None)
    record = filed(writer, ground.workshop.id, fresh, items=(FAULTY,), published=False)
    assert "将不合格检验结论送达当事人" in words(officer.get("/"))
    said = words(officer.get(f"/records/{record}"))
    assert "当事人可以申请什么" in said
    assert "到2026年11月27日为止" not in said
    served = {"fact": "served_on", "known_on": "2026-11-18"}
    assert do(officer, record, "learn", **served) == "learn"
    assert "到2026年11月27日为止" in words(officer.get(f"/records/{record}"))


def test_what_a_party_asks_for_on_paper_is_entered_before_anything_is_approved(officer: Browser) -> None:
    number = entered(officer.submit("/records/new/sample", SAMPLE))
    if "served_on" not in SAMPLE:
        assert do(officer, number, "learn", fact="served_on", known_on="2026-11-18") == "learn"
    asked = {"asked": "reinspection", "words": "请求复检", "filed_on": "2026-11-19"}
    assert do(officer, number, "dispute", **asked) == "case"


def test_a_sample_that_was_told_long_ago_can_no_longer_be_disputed(
    officer: Browser, writer: Office, ground: Scene
) -> None:
    record = filed(writer, ground.workshop.id, FAILED, items=(FAULTY,))
    said = do(officer, record, "dispute", asked="reinspection", words="请求复检", filed_on="2026-11-18")
    assert "逾期提出申请" in said
    assert "请求复检" in said, "what was typed is not lost"


def test_a_closed_place_is_looked_at_again_and_what_came_back_is_tied_to_a_new_record(
    officer: Browser, writer: Office
) -> None:
    closed, again = (
        entered(officer.submit("/records/new/closure", CLOSURE | {"title": title}))
        for title in ("第一次关闭", "又一次关闭")
    )
    assert "回头看的日期早于关闭的日期" in do(officer, closed, "visits", planned_on="2026-11-01")
    assert do(officer, closed, "visits", planned_on="2026-11-19") == "visit"
    assert do(officer, closed, "visits/1/call-off") == "visit_off"
    assert do(officer, closed, "visits", planned_on="2026-11-19") == "visit"
    found = {"found": "resurged", "visited_on": "2026-11-20", "seen_words": "又在做豆腐。"}
    assert "要先录入新的记录" in do(officer, closed, "visits/1/note", **found)
    assert do(officer, closed, "visits/1/note", **found, led_to=str(again)) == "visit_noted"
    assert "又在做豆腐" in words(officer.get(f"/records/{closed}"))
    assert do(officer, closed, "visits/1/undo") == "visit_undone"


def test_a_trade_of_a_place_is_called_in_and_called_off(officer: Browser, writer: Office, ground: Scene) -> None:
    typed = {
        "document": "清市监约〔2026〕1号", "made_on": "2026-11-18", "ground": "防腐剂混用", "content": "通报抽检情况。",
        "absent": str(ground.workshop.id),
    }  # fmt: skip
    path = "/records/new/meeting?category=braised-meat&district=339901"
    assert "约谈 1 家" in words(officer.get(path))
    lost = officer.submit(path, typed | {"ground": ""}, action="/records/new/meeting")
    assert ("请写明约谈的事由" in words(lost), "通报抽检情况" in told(lost)) == (True, True)
    forged = officer.submit(path, typed | {"absent": "9" * 5000}, action="/records/new/meeting")
    assert "不在约谈之列" in words(forged)
    assert officer.submit(path, typed, action="/records/new/meeting").headers["Location"].endswith("done=called_in")
    kept = load(Interview, read(writer, 1).facts)
    assert (kept.trade, kept.place, kept.attended) == ("酱卤肉制品", "清溪县", False)
    assert "这次约谈已经录入" in words(officer.submit(path, typed, action="/records/new/meeting"))
    assert do(officer, 1, "call-off") == "called_off"
    elsewhere = officer.get("/records/new/meeting?category=braised-meat&district=339902")
    assert "谁没有到场" not in words(elsewhere)


def test_two_people_at_once_are_told_what_the_other_did(
    officer: Browser, staff: Staff, writer: Office, ground: Scene
) -> None:
    record = filed(writer, ground.workshop.id, FAILED, items=(FAULTY,))
    page = officer.get(f"/records/{record}")
    with writer.writing("xu") as desk:
        records.reply(desk, desk.session.get_one(CreditRecord, record), "已经改好。", WHY)
    typed = {"fact": "disposal_began_on", "known_on": "2026-11-19"}
    assert "xu在" in words(officer.send(page, typed, action=f"/records/{record}/learn"))


def test_the_calendar_says_what_changes_on_which_day_and_by_which_article(
    officer: Browser, staff: Staff, writer: Office, ground: Scene
) -> None:
    filed(writer, ground.workshop.id, FINE, title="已经公示的处罚")
    filed(writer, ground.workshop.id, INSPECTED, title="等待公示的检查", published=False)
    year = words(officer.get("/calendar?days=365&district=339901"))
    assert "等待公示的检查" in year
    assert "食品生产经营监督检查管理办法" in year
    assert "这一天起可以申请信用修复" in year
    elsewhere = staff.at(Role.officer, ScopeKind.district, "339902")
    assert "这些天里没有变化" in words(elsewhere.get("/calendar?days=365"))
    assert officer.get("/calendar?days=x&district=000000").status_code == 200


def test_the_quarterly_table_is_read_and_downloaded_at_the_desk(
    officer: Browser, writer: Office, ground: Scene
) -> None:
    filed(writer, ground.workshop.id, INSPECTED)
    assert "监督检查（次） 1 1" in words(officer.get("/quarters"))
    kept = officer.get("/quarters/workbook?quarter=2026-4")
    assert kept.data.startswith(b"PK")
    assert "2026-q4.xlsx" in kept.headers["Content-Disposition"]
    assert officer.get("/quarters?quarter=2026-5").status_code == 404

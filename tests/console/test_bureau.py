"""The desks of the bureau: a record from the table to the public and back, by two people, and what is refused."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from tests import scene
from tests.console.conftest import Browser, Staff, told, words
from tests.credit.filed import FINE, filed, read
from tests.scene import WHY, Scene

from zuofang.credit import daily
from zuofang.credit.acts import records
from zuofang.credit.models import CreditRecord, RecordKind, RecordState
from zuofang.storage.accounts.models import Role, ScopeKind
from zuofang.storage.acts import Office
from zuofang.traceability.models import Workshop

EXAMPLES = Path(__file__).parents[2] / "examples"


@pytest.fixture
def ground(writer: Office) -> Scene:
    """A workshop of which something was found."""
    with writer.writing("tests") as desk:
        return scene.build(desk)


@pytest.fixture
def fine(writer: Office, ground: Scene) -> int:
    """A penalty that was entered and goes no further by itself."""
    with writer.writing("import") as desk:
        record = CreditRecord(
            kind=RecordKind.penalty, workshop_id=ground.workshop.id, party="北溪陈记卤味作坊",
            document="清市监〔2026〕12号", authority="清溪县市场监督管理局", made_on=FINE.decided_on,
            title="使用超过保质期的原料", content="使用超过保质期的酱油。",
        )  # fmt: skip
        return records.enter(desk, record, FINE, WHY).id


@pytest.fixture
def officer(staff: Staff, ground: Scene) -> Browser:
    """An officer of the whole city."""
    return staff.at(Role.officer)


@pytest.fixture
def reviewer(staff: Staff, ground: Scene) -> Browser:
    """A reviewer of the whole city."""
    return staff.at(Role.reviewer)


def do(browser: Browser, record: int, action: str, **typed: str) -> str:
    """Send one form of the page of a record; answers where it leads or what the page says."""
    answer = browser.submit(f"/records/{record}", typed, action=f"/records/{record}/{action}")
    return answer.headers.get("Location") or words(answer)


def test_a_record_becomes_public_by_two_people_and_the_clock(
    officer: Browser, reviewer: Browser, writer: Office, fine: int
) -> None:
    assert "公示这条记录" in words(officer.get("/"))
    assert do(officer, fine, "propose") == f"/records/{fine}?done=propose"
    assert do(reviewer, fine, "approve") == f"/records/{fine}?done=approve"
    assert read(writer, fine).published_on is None
    daily.run(writer)
    assert read(writer, fine).published_on is not None
    page = words(reviewer.get(f"/records/{fine}"))
    assert "公示中" in page
    assert "罚款金额1,500 元" in page, "who approves sees what the decision says"
    assert "系统 ·" in page, "what the clock did is said to be done by the system"
    assert "clock" not in page


def test_nobody_approves_what_they_put_forward_themselves(staff: Staff, writer: Office, fine: int) -> None:
    name = staff.hire(Role.officer)
    with writer.writing("tests") as desk:
        from zuofang.storage.accounts import acts
        from zuofang.storage.accounts.models import Account

        account = desk.session.query(Account).filter_by(name=name).one()
        acts.grant(desk, account, Role.reviewer, ScopeKind.city, "", "测试")
    both = staff.seat(name)
    do(both, fine, "propose")
    page = both.get(f"/records/{fine}")
    assert "要由另一个人审核" in words(page)
    number = {"form": told(page).split('name="form" value="')[1].split('"')[0], "seen": "999999"}
    assert "提交人不能审核自己提交的记录" in words(both.post(f"/records/{fine}/approve", data=number))
    assert read(writer, fine).state is RecordState.proposed


def test_what_was_sent_back_says_why_and_can_be_put_forward_again(
    officer: Browser, reviewer: Browser, writer: Office, fine: int
) -> None:
    do(officer, fine, "propose")
    assert "请写明理由" in do(reviewer, fine, "send-back", back_reason=" ")
    assert do(reviewer, fine, "send-back", back_reason="金额与决定书不符") == f"/records/{fine}?done=send_back"
    assert "金额与决定书不符" in words(officer.get(f"/records/{fine}"))
    assert do(officer, fine, "propose").endswith("done=propose")
    assert do(officer, fine, "undo-proposal").endswith("done=undo_proposal")


def test_a_public_record_is_withdrawn_and_put_back(reviewer: Browser, writer: Office, ground: Scene) -> None:
    record = filed(writer, ground.workshop.id, FINE)
    assert do(reviewer, record, "withdraw", withdraw_reason="决定被撤销").endswith("done=withdraw_record")
    assert "已撤下" in words(reviewer.get(f"/records/{record}"))
    assert do(reviewer, record, "undo-withdrawal").endswith("done=undo_withdrawal")
    assert "公示中" in words(reviewer.get(f"/records/{record}"))


def test_personal_data_are_masked_side_by_side_and_the_old_text_stays(
    officer: Browser, writer: Office, fine: int
) -> None:
    with writer.writing("tests") as desk:
        row = desk.session.get_one(CreditRecord, fine)
        row.content = "当事人电话13800138000，使用过期酱油。"
        desk.record("tests", row, WHY)
    page = officer.get(f"/records/{fine}/correct")
    assert "13800138000，使用过期酱油" in told(page)
    assert "***********，使用过期酱油" in told(page)
    leaky = officer.send(page, {"content": "电话13800138000", "why": "更正"}, action=f"/records/{fine}/correct")
    assert "还有个人信息" in words(leaky)
    assert "电话13800138000" in told(leaky), "what was typed is not lost"
    done = officer.submit(f"/records/{fine}/correct", {"why": "遮盖电话"})
    assert done.headers["Location"] == f"/records/{fine}?done=correct"
    with Session(writer.database.read) as session:
        kept = session.get_one(CreditRecord, fine)
        assert kept.content == "当事人电话***********，使用过期酱油。"
        assert [one.content for one in kept.versions] == ["当事人电话13800138000，使用过期酱油。"]


def test_the_title_of_a_record_without_a_text_can_be_corrected(officer: Browser, writer: Office, fine: int) -> None:
    with writer.writing("tests") as desk:
        row = desk.session.get_one(CreditRecord, fine)
        row.content = ""
        desk.record("tests", row, WHY)
    typed = {"title": "使用过期的原料", "why": "标题写错"}
    done = officer.submit(f"/records/{fine}/correct", typed)
    assert done.headers["Location"] == f"/records/{fine}?done=correct"


def test_a_repair_runs_by_its_clock_to_its_decision(
    officer: Browser, reviewer: Browser, writer: Office, ground: Scene
) -> None:
    record = filed(writer, ground.workshop.id, FINE)
    early = do(officer, record, "repair", words="已经整改", filed_on="2026-11-20")
    assert "done=case" not in early
    assert "已经整改" in early, "what was typed is not lost"
    assert early.count("第") > 0, "the obstacle names its article"
    del reviewer


def test_an_officer_of_another_district_sees_nothing_of_it(staff: Staff, fine: int) -> None:
    elsewhere = staff.at(Role.officer, ScopeKind.district, "339902")
    assert elsewhere.get(f"/records/{fine}").status_code == 403
    assert "使用超过保质期的原料" not in words(elsewhere.get("/records"))
    assert "公示这条记录" not in words(elsewhere.get("/"))
    at_home = staff.at(Role.officer, ScopeKind.district, "3399")
    assert "使用超过保质期的原料" in words(at_home.get("/records"))


def upload(browser: Browser, content: bytes, name: str, kind: str) -> str:
    page = browser.get("/imports")
    answer = browser.send(page, {"kind": kind, "file": (BytesIO(content), name)}, action="/imports")
    return told(answer)


def test_a_table_is_rehearsed_then_taken_in_whole(officer: Browser, writer: Office, tmp_path: Path) -> None:
    def count() -> int:
        with Session(writer.database.read) as session:
            return session.scalar(select(func.count()).select_from(CreditRecord)) or 0

    page = officer.get("/imports")
    content = (EXAMPLES / "inspections.csv").read_bytes()
    rehearsed = officer.send(page, {"kind": "inspections", "file": (BytesIO(content), "检查.csv")}, action="/imports")
    assert "可以导入" in words(rehearsed)
    assert count() == 0
    done = officer.send(rehearsed, action="/imports/apply")
    assert "全部写入了" in words(done)
    assert count() > 0
    assert "已经登记过" in upload(officer, content, "检查.csv", "inspections")
    upload(officer, b"a,b\n1,2\n", "b.csv", "inspections")
    assert len([one for one in (tmp_path / "uploads").rglob("*") if one.is_file()]) == 1
    assert "匹配台" in words(officer.get("/matching"))


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (b"<html></html>", "a.csv", "这是网页"),
        (b"MZ", "a.exe", "只读 .xlsx 和 .csv"),
        ("编号,名称\n1,<script>\n".encode(), "../../x.csv", "缺少这些列"),
        (b"", "a.csv", "文件是空的"),
    ],
)
def test_a_file_that_is_no_table_is_refused_in_words(
    officer: Browser, content: bytes, name: str, sentence: str
) -> None:
    said = upload(officer, content, name, "inspections")
    assert sentence in said
    assert "<script>\n" not in said


def test_what_a_table_changes_stands_beside_what_is_on_record(officer: Browser, ground: Scene) -> None:
    table = (
        "食品小作坊名称,登记证编号,生产加工地址,联系电话,身份证号\n"
        "北溪陈记卤味作坊,ZF33990100012,清溪县北溪镇园区路 8 号 A-03,0570-0000099,339901198804120013\n"
    )
    said = upload(officer, table.encode(), "作坊.csv", "workshops")
    assert "会更改的" in said
    assert "0570-0000001" in said, "what is on record"
    assert "0570-0000099" in said, "what the table says"
    assert "339901198804120013" not in said


def test_a_table_of_somebody_else_cannot_be_taken_in(officer: Browser, staff: Staff) -> None:
    content = (EXAMPLES / "inspections.csv").read_bytes()
    rehearsed = officer.send(
        officer.get("/imports"), {"kind": "inspections", "file": (BytesIO(content), "a.csv")}, action="/imports"
    )
    digest = told(rehearsed).split('name="digest" value="')[1].split('"')[0]
    other = staff.at(Role.officer)
    number = told(other.get("/imports")).split('name="form" value="')[1].split('"')[0]
    for name in (digest, "../../../etc/passwd", digest + "x"):
        answer = other.post("/imports/apply", data={"form": number, "kind": "inspections", "digest": name})
        assert "已经不在了" in words(answer)


def test_an_unmatched_record_is_matched_by_a_person(officer: Browser, writer: Office, ground: Scene) -> None:
    with writer.writing("tests") as desk:
        ground.workshop.name = "别的名字"
        desk.session.merge(ground.workshop)
        desk.record("tests", ("tests", "1"), WHY)
    content = (EXAMPLES / "inspections.csv").read_bytes()
    rehearsed = officer.send(
        officer.get("/imports"), {"kind": "inspections", "file": (BytesIO(content), "a.csv")}, action="/imports"
    )
    officer.send(rehearsed, action="/imports/apply")
    with Session(writer.database.read) as session:
        record = session.scalars(select(CreditRecord.id).filter_by(workshop_id=None)).first()
    assert record is not None
    page = officer.get("/matching")
    assert "当事人" in words(page)
    assert "当事人" not in words(officer.get("/matching?lang=en")), "what a party is to a record is said in English too"
    assert "请选属于哪一家" in words(officer.send(page, action=f"/matching/{record}"))
    done = officer.submit("/matching", {"whose": "unknown"}, action=f"/matching/{record}")
    assert done.headers["Location"] == "/matching?done=match"
    with Session(writer.database.read) as session:
        settled = session.get_one(CreditRecord, record)
        assert settled.set_aside is not None
    undone = officer.submit("/matching", action=f"/matching/{record}/undo")
    assert undone.headers["Location"] == "/matching?done=unmatch"
    with Session(writer.database.read) as session:
        assert session.get_one(CreditRecord, record).set_aside is None
    assert "认定错了" not in words(officer.get("/matching"))


PENALTY = {
    "whose": "ZF33990100012", "document": "13号", "made_on": "2026-11-18", "kinds": "fine", "fine": "1500",
    "title": "没有进货台账", "content": "没有建立进货台账，罚款 1500 元。",
}  # fmt: skip
INSPECTED = {
    "whose": "ZF33990100012", "made_on": "2026-11-18", "result": "largely_conforming", "handling": "rectify",
    "rectify_by": "2026-12-01", "title": "日常检查", "content": "冷藏温度漏记两天。",
}  # fmt: skip


@pytest.mark.parametrize(("kind", "typed"), [("penalty", PENALTY), ("inspection", INSPECTED)])
def test_a_paper_is_entered_by_hand_and_waits_to_be_put_forward(
    officer: Browser, writer: Office, kind: str, typed: dict[str, str]
) -> None:
    entered = officer.submit(f"/records/new/{kind}", typed)
    assert entered.headers.get("Location") == "/records/1?done=entered", words(entered)
    kept = read(writer, 1)
    assert (kept.kind, kept.state, kept.workshop_id) == (kind, RecordState.entered, 1)
    assert do(officer, 1, "propose").endswith("done=propose")


@pytest.mark.parametrize(
    ("kind", "wrong", "sentence"),
    [
        ("penalty", {"fine": ""}, "有罚款的要写金额"),
        ("penalty", {"kinds": "hanging"}, "请选处罚的种类"),
        ("penalty", {"whose": "ZF1"}, "没有登记证编号"),
        ("penalty", {"made_on": "2026-11-21"}, "日期还没有到"),
        ("penalty", {"content": "当事人电话13800138000"}, "还有个人信息"),
        ("penalty", {"state": "approved"}, "本页没有的一栏（state）"),
        ("inspection", {"result": "conforming"}, "对不上"),
        ("inspection", {"result": ""}, "请选检查结果"),
    ],
)
def test_a_paper_that_cannot_be_is_refused_and_nothing_typed_is_lost(
    officer: Browser, writer: Office, kind: str, wrong: dict[str, str], sentence: str
) -> None:
    typed = (PENALTY if kind == "penalty" else INSPECTED) | wrong
    answer = officer.submit(f"/records/new/{kind}", typed)
    assert answer.status_code == 422
    assert sentence in words(answer)
    assert typed["content"] in told(answer)
    with Session(writer.database.read) as session:
        assert session.scalars(select(CreditRecord)).all() == []


def test_an_officer_enters_nothing_for_another_district(staff: Staff, ground: Scene) -> None:
    elsewhere = staff.at(Role.officer, ScopeKind.district, "339902")
    assert "不在您负责的范围内" in words(elsewhere.submit("/records/new/penalty", PENALTY))


def test_who_works_in_one_county_takes_in_what_is_of_that_county_alone(
    officer: Browser, staff: Staff, writer: Office, ground: Scene
) -> None:
    mine = staff.at(Role.officer, ScopeKind.district, "339901")
    assert "您只能导入您负责的县区的" in words(mine.get("/imports")), "said before a file is chosen"
    assert '<option value="zones"' not in told(mine.get("/imports"))
    assert '<option value="zones"' in told(officer.get("/imports"))
    found = "登记证编号,名称,检查日期,检查结果\nZF33990100012,北溪陈记卤味作坊,2026-11-03,符合\n".encode()
    rehearsed = mine.submit("/imports", {"kind": "inspections", "file": (BytesIO(found), "a.csv")})
    assert "导入这张表格" in words(rehearsed)
    with writer.writing("tests") as desk:
        moved = desk.session.get_one(Workshop, ground.workshop.id)
        moved.district_code = "339902"
        desk.record("tests", moved, "测试")
    late = mine.send(rehearsed, action="/imports/apply")
    assert "这一行不是您负责的县区的" in words(late), "the workshop moved between rehearsal and writing"
    again = mine.submit("/imports", {"kind": "inspections", "file": (BytesIO(found), "a.csv")})
    assert "这一行不是您负责的县区的" in words(again)
    with Session(writer.database.read) as session:
        assert session.scalars(select(CreditRecord)).all() == []
    whole = officer.submit("/imports", {"kind": "inspections", "file": (BytesIO(found), "a.csv")})
    assert officer.send(whole, action="/imports/apply").status_code == 200
    with Session(writer.database.read) as session:
        assert len(session.scalars(select(CreditRecord)).all()) == 1


def test_a_table_is_refused_in_the_language_of_the_desk(officer: Browser) -> None:
    content = "登记证编号,检查日期\n浙坊A1,昨天\n".encode()
    english = {"Accept-Language": "en"}
    table = {"kind": "inspections", "file": (BytesIO(content), "a.csv")}
    answer = officer.send(officer.get("/imports"), table, action="/imports", headers=english)
    assert "These columns are missing" in words(answer)
    assert "Bearers of a craft" in words(answer)

"""The desk of a case officer: from a sealed letter to a case that is decided, by two people and under one's own key."""

from __future__ import annotations

import json
import logging
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from statements import counted
from tests.conftest import PASSPHRASE
from tests.console.conftest import Clock, Staff, told, words
from tests.console.reported import PDF, PERSON, SECRET, Bureau, act, opened
from tests.reporting.documents import document
from tests.reporting.test_recordings import CANARIES, made

from zuofang.reporting import followup
from zuofang.reporting.cases.matter import happened
from zuofang.reporting.forms import new_form
from zuofang.reporting.law.matters import What
from zuofang.reporting.models import EvidenceFile, LetterKind, ReportKind, Standing
from zuofang.reporting.models import Role as Seal
from zuofang.storage.accounts.models import Role, ScopeKind
from zuofang.storage.journal import JournalEntry

RIGHT = {"passphrase": PASSPHRASE}


def acts_of(bureau: Bureau) -> list[str]:
    with Session(bureau.office.database.read) as session:
        return list(session.scalars(select(JournalEntry.act).order_by(JournalEntry.seq)))


def test_a_letter_is_opened_with_ones_own_key_and_becomes_a_case(bureau: Bureau) -> None:
    letter, _ = bureau.letter()
    officer, page = bureau.holder(Seal.case), f"/reports/letters/{letter}"
    assert "新来件" in words(officer.get("/"))
    assert SECRET not in words(officer.get(page))
    refused = act(officer, page, "open", passphrase="不是这一句口令吧")
    assert "口令不对" in words(refused)
    assert "不是这一句口令吧" not in told(refused)
    shown = opened(officer, page)
    assert SECRET in words(shown)
    assert PERSON["name"] not in told(shown)
    assert "report.read" in acts_of(bureau)
    answer = officer.send(shown, action=f"{page}/split")
    assert answer.headers["Location"].startswith("/reports/"), words(answer)
    case = officer.get(answer.headers["Location"].partition("?")[0])
    assert SECRET in words(case), "the key is still open, and the letter was read"
    assert "核查并决定是否立案" in words(case)
    assert "行政处罚程序规定 第十八条" in words(case)


def test_what_was_opened_is_open_for_one_session_in_one_process_and_not_for_long(
    bureau: Bureau, staff: Staff, clock: Clock
) -> None:
    case = bureau.case()
    officer, page = bureau.holder(Seal.case), f"/reports/{case}"
    assert SECRET in words(opened(officer, page))
    assert SECRET not in words(bureau.holder(Seal.case).get(page)), "another session of the same person"
    assert SECRET not in words(staff.at(Role.case_officer).get(page))
    cookies = {cookie.key for cookie in officer._cookies.values()}  # type: ignore[attr-defined]
    assert cookies == {"__Host-session", "__Host-visit"}
    officer.submit(page, action="/reports/keys/put-away")
    assert SECRET not in words(officer.get(page))
    assert SECRET in words(opened(officer, page))
    clock.later(minutes=16)
    assert SECRET not in words(officer.get(page))


def test_who_has_no_key_of_the_role_opens_nothing_and_cannot_guess_for_long(bureau: Bureau, staff: Staff) -> None:
    page, other = f"/reports/{bureau.case()}", staff.at(Role.case_officer)
    for _ in range(5):
        assert "口令不对，或者您还没有这一角色的钥匙" in words(act(other, page, "open", **RIGHT))
    assert "短时间内试得太多" in words(act(other, page, "open", **RIGHT))


def test_a_step_that_needs_approval_is_taken_when_somebody_else_approves_it(bureau: Bureau, staff: Staff) -> None:
    case = bureau.case()
    page, asking = f"/reports/{case}", staff.hire(Role.case_officer)
    officer, head = staff.seat(asking), staff.at(Role.case_officer)
    assert "请写明理由" in words(act(officer, page, "step/filed"))
    assert act(officer, page, "step/filed", **{"filed-why": "证据确凿"}).headers["Location"] == f"{page}?done=asked"
    assert [one.what for one in happened(bureau.row(case))] == []
    (ask,) = bureau.row(case).asks
    number = officer.get(page)
    assert f"asks/{ask.id}/approve" not in told(number), "nobody approves what they ask for"
    sent = {"form": told(number).partition('name="form" value="')[2].partition('"')[0], "seen": "99999"}
    assert "须由另一人批准" in words(officer.post(f"{page}/asks/{ask.id}/approve", data=sent))
    assert "请您批准“立案”" in words(head.get("/"))
    assert act(head, page, f"asks/{ask.id}/approve").headers["Location"] == f"{page}?done=approved"
    (filed,) = bureau.row(case).steps
    assert (filed.what, filed.done_by) == (What.filed, asking)
    assert filed.approved_by not in (None, asking)
    assert "作出处理决定" in words(officer.get(page)), "the next clock runs"


def test_what_is_not_approved_is_told_why_and_what_was_asked_can_be_taken_back(bureau: Bureau, staff: Staff) -> None:
    case = bureau.case()
    page, officer, head = f"/reports/{case}", staff.at(Role.case_officer), staff.at(Role.case_officer)
    asked = {"extended-why": "还在等检验"}
    act(officer, page, "step/extended", **asked)
    (first,) = bureau.row(case).asks
    assert "请写明理由" in words(act(head, page, f"asks/{first.id}/decline"))
    act(head, page, f"asks/{first.id}/decline", **{f"decline-{first.id}": "已有结果"})
    assert "已有结果" in words(officer.get(page))
    act(officer, page, "step/extended", **asked)
    second = bureau.row(case).asks[-1]
    act(officer, page, f"asks/{second.id}/take-back")
    assert [one.id for one in bureau.row(case).asks] == [first.id]


def test_of_two_who_act_on_the_same_page_the_first_one_wins(bureau: Bureau, staff: Staff) -> None:
    page, first, second = f"/reports/{bureau.case()}", staff.at(Role.case_officer), staff.at(Role.case_officer)
    before = second.get(page)
    act(first, page, "platform", platform="13399001")
    late = second.send(before, {"platform": "13399002"}, action=f"{page}/platform")
    assert "您打开本页之后" in words(late)
    assert "13399002" in told(late), "what was typed stays"
    again = first.send(first.get(page), action=f"{page}/platform/clear")
    assert again.headers["Location"] == f"{page}?done=platform_back"


@pytest.mark.parametrize(
    ("kind", "step", "typed"),
    [
        (ReportKind.report, "stopped", {"stopped-more": "检测"}),
        (ReportKind.report, "disputed", {"disputed-more": "石桥县市场监督管理局"}),
        (ReportKind.report, "withdrawn", {}),
        (ReportKind.complaint, "accepted", {}),
        (ReportKind.complaint, "rejected", {"rejected-more": "too_old", "rejected-why": "收据是四年前的"}),
    ],
)
def test_a_step_is_taken_by_one_form_and_taken_back_by_another(
    bureau: Bureau, staff: Staff, kind: ReportKind, step: str, typed: dict[str, str]
) -> None:
    case = bureau.case(kind)
    page, officer = f"/reports/{case}", staff.at(Role.case_officer)
    assert act(officer, page, f"step/{step}", **typed).headers["Location"] == f"{page}?done=step"
    assert [one.what.value for one in happened(bureau.row(case))] == [step]
    act(officer, page, "take-back", back_reason="登错了")
    assert happened(bureau.row(case)) == ()
    assert "已撤回" in words(officer.get(page)), "what was taken back stays in the file"


def test_a_case_is_assigned_to_somebody_who_handles_reports_there_and_to_nobody_else(
    bureau: Bureau, staff: Staff
) -> None:
    case, other = bureau.case(), staff.hire(Role.case_officer)
    page, officer, stranger = f"/reports/{case}", staff.at(Role.case_officer), staff.hire(Role.officer)
    assert "请从所列的选项中选" in words(act(officer, page, "step/assigned", **{"assigned-more": stranger}))
    act(officer, page, "step/assigned", **{"assigned-more": other})
    number = bureau.row(case).number
    assert number in words(staff.seat(other).get("/"))
    assert number not in words(officer.get("/")), "what another handles in time is not today's work"
    assert number in words(officer.get("/reports"))


def test_what_is_nearly_late_is_told_to_who_supervises_the_district_with_whose_turn_it_is_and_nothing_else(
    bureau: Bureau, staff: Staff, clock: Clock
) -> None:
    case, officer = bureau.case(), staff.hire(Role.case_officer)
    act(staff.seat(officer), f"/reports/{case}", "step/assigned", **{"assigned-more": officer})
    number = bureau.row(case).number
    here, there = (staff.hire(Role.reviewer, ScopeKind.district, place) for place in ("3399", "330200"))
    assert number not in words(staff.seat(here).get("/supervision")), "its day is far"
    clock.later(days=20)
    for address in ("/", "/supervision"):
        told_here = words(staff.seat(here).get(address))
        assert f"{number}：核查并决定是否立案" in told_here
        assert "提醒科室负责人" in told_here
        assert "由许知承办" in told_here
        assert number not in words(staff.seat(there).get(address))
        assert SECRET not in told_here
        assert "北溪陈记" not in told_here
    assert staff.seat(here).get(f"/reports/{case}").status_code == 403
    clock.later(days=30)
    assert "报分管局领导" in words(staff.seat(here).get("/supervision"))


def test_a_letter_nobody_opens_is_told_to_who_supervises_the_city(bureau: Bureau, staff: Staff, clock: Clock) -> None:
    bureau.letter(ReportKind.complaint)
    clock.later(days=12)
    assert "新来件" in words(staff.at(Role.reviewer).get("/supervision"))
    assert "新来件" not in words(staff.at(Role.reviewer, ScopeKind.district, "339901").get("/supervision"))


def test_what_is_overdue_is_on_everybodys_first_page_with_whom_it_is_told(
    bureau: Bureau, staff: Staff, clock: Clock
) -> None:
    case, other = bureau.case(), staff.hire(Role.case_officer)
    act(staff.at(Role.case_officer), f"/reports/{case}", "step/assigned", **{"assigned-more": other})
    clock.later(days=35)
    first = words(staff.at(Role.case_officer).get("/"))
    assert bureau.row(case).number in first
    assert "逾期多日，报分管局领导" in first


def test_a_step_with_a_day_that_cannot_be_is_refused_and_what_was_typed_stays(bureau: Bureau, staff: Staff) -> None:
    page, officer = f"/reports/{bureau.case(ReportKind.complaint)}", staff.at(Role.case_officer)
    wrong = act(officer, page, "step/accepted", **{"accepted-on": "2030-01-01", "accepted-why": "材料齐全"})
    assert wrong.status_code == 422
    assert "日期在今天之后" in words(wrong)
    assert "材料齐全" in told(wrong)


def test_messages_go_both_ways_and_ours_can_be_read_again_and_taken_back(bureau: Bureau) -> None:
    letter, accepted = bureau.letter(standing=Standing.anonymous, person={})
    officer, page = bureau.holder(Seal.case), f"/reports/letters/{letter}"
    case = officer.send(opened(officer, page), action=f"{page}/split").headers["Location"].partition("?")[0]
    act(officer, case, "reply", reply="请补充是哪一天。")
    now = bureau.office.clock()
    found = followup.look_up(bureau.box, accepted.receipt)
    assert found is not None
    assert [one.text for one in found.messages] == ["", "请补充是哪一天。"]
    followup.write(bureau.box, accepted.receipt, LetterKind.addition, {"text": "周三早上。"}, new_form(now), now)
    assert "来件人又写来了，还没有人看" in words(officer.get("/"))
    shown = words(officer.get(case))
    assert "来件人又写来了" not in shown, "it is open on this very page"
    assert "请补充是哪一天。" in shown
    assert "周三早上。" in shown
    sent = bureau_letters(bureau)[LetterKind.reply]
    act(officer, case, f"letters/{sent}/take-back")
    assert "请补充是哪一天。" not in words(officer.get(case))
    assert "来件人又写来了" in words(officer.get("/")), "read on the day it came: it may have come after that"
    act(officer, case, "reply", reply="谢谢，已经记下。")
    assert "来件人又写来了" not in words(officer.get("/"))


def bureau_letters(bureau: Bureau) -> dict[LetterKind, int]:
    from zuofang.reporting.models import ReportLetter

    with Session(bureau.office.database.read) as session:
        return {row.kind: row.id for row in session.execute(select(ReportLetter.kind, ReportLetter.id))}


def test_a_notice_that_an_article_asks_for_is_given_by_receipt(bureau: Bureau, staff: Staff) -> None:
    case = bureau.case(ReportKind.complaint)
    page, officer = f"/reports/{case}", staff.at(Role.case_officer)
    act(officer, page, "step/accepted")
    assert "请写告知的内容" in words(act(officer, page, "tell/acceptance"))
    act(officer, page, "tell/acceptance", **{"tell-acceptance": "已经受理，六十日内调解。"})
    assert [one.what for one in happened(bureau.row(case))] == [What.accepted, What.told]
    assert "告知投诉人予以受理 已完成" in words(officer.get(page))


def test_evidence_runs_nothing_and_its_original_leaves_only_with_a_reason(bureau: Bureau, staff: Staff) -> None:
    case = bureau.case()
    officer, page = bureau.holder(Seal.case), f"/reports/{case}"
    with Session(bureau.office.database.read) as session:
        file = session.scalars(select(EvidenceFile.id)).one()
    assert officer.get(f"{page}/evidence/{file}").status_code == 409, "nothing before the letter is opened"
    opened(officer, page)
    assert officer.get(f"{page}/evidence/{file}").status_code == 404, "nothing could be drawn of this document"
    assert "请写明为什么要原件" in words(act(officer, page, f"evidence/{file}/original"))
    answer = act(officer, page, f"evidence/{file}/original", **{f"original-{file}": "送检验机构比对"})
    assert answer.get_data() == PDF
    assert answer.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.mimetype == "application/octet-stream"
    with Session(bureau.office.database.read) as session:
        entry = session.scalars(select(JournalEntry).filter_by(act="report.take_original")).one()
    assert (entry.why, json.loads(entry.facts)) == ("送检验机构比对", {"file": file})


def test_a_document_is_shown_page_by_page_and_one_with_a_password_says_so(bureau: Bureau) -> None:
    bureau.files = {"账单.pdf": document(pages=2), "合同.pdf": document(password="secret")}
    page, officer = f"/reports/{bureau.case()}", bureau.holder(Seal.case)
    with Session(bureau.office.database.read) as session:
        drawn, locked = session.scalars(select(EvidenceFile.id).order_by(EvidenceFile.id)).all()
    shown = opened(officer, page)
    for number in (1, 2):
        assert f'<img src="{page}/evidence/{drawn}/pages/{number}"' in told(shown)
        answer = officer.get(f"{page}/evidence/{drawn}/pages/{number}")
        assert answer.mimetype == "image/jpeg"
        assert answer.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
        assert b"Canary" not in answer.get_data()
    assert "有密码，没有浏览副本" in words(shown)
    for missing in (f"{drawn}/pages/3", f"{locked}/pages/1", str(drawn), f"{locked}"):
        assert officer.get(f"{page}/evidence/{missing}").status_code == 404


def test_what_officers_open_write_and_take_is_left_nowhere_in_clear(
    bureau: Bureau, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    bureau.files = {"金丝雀账单.pdf": document(pages=1)}
    caplog.set_level(logging.DEBUG)
    page, officer = f"/reports/{bureau.case()}", bureau.holder(Seal.case)
    with Session(bureau.office.database.read) as session:
        file = session.scalars(select(EvidenceFile.id)).one()
    shown = opened(officer, page)
    assert "金丝雀账单.pdf" in words(shown)
    drawn = officer.get(f"{page}/evidence/{file}/pages/1").get_data()
    act(officer, page, "reply", reply="金丝雀回复")
    taken = act(officer, page, f"evidence/{file}/original", **{f"original-{file}": "送检验机构比对"}).get_data()
    assert b"CanaryTitle" in taken
    left = b"".join(one.read_bytes() for one in tmp_path.rglob("*") if one.is_file()) + caplog.text.encode()
    assert "送检验机构比对".encode() in left, "the search itself finds nothing"
    for word in ("金丝雀账单", "金丝雀回复", "CanaryTitle", SECRET, PERSON["name"], PERSON["address"], PASSPHRASE):
        assert word.encode() not in left, word
    assert drawn[200:600] not in left


def test_a_recording_is_heard_in_a_copy_that_says_nothing_of_who_made_it(bureau: Bureau, staff: Staff) -> None:
    bureau.files = {"老张的录音.mp3": made("mp3", audio="libmp3lame")}
    page = f"/reports/{bureau.case()}"
    officer = bureau.holder(Seal.case)
    with Session(bureau.office.database.read) as session:
        file = session.scalars(select(EvidenceFile.id)).one()
    assert f'<audio controls preload="none" src="{page}/evidence/{file}"' in told(opened(officer, page))
    answer = officer.get(f"{page}/evidence/{file}")
    assert answer.mimetype == "audio/mpeg"
    assert answer.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert any(canary in bureau.files["老张的录音.mp3"] for canary in CANARIES)
    assert not any(canary in answer.get_data() for canary in CANARIES)


def test_a_case_of_another_district_is_neither_listed_nor_found(bureau: Bureau, staff: Staff) -> None:
    here, there = bureau.row(bureau.case()), bureau.row(bureau.case(place="339902"))
    officer = staff.at(Role.case_officer, ScopeKind.district, "339901")
    shown = words(officer.get("/reports"))
    assert here.number in shown
    assert there.number not in shown
    assert officer.get(f"/reports?q={here.number}").headers["Location"] == f"/reports/{here.id}"
    assert "您的范围内没有" in words(officer.get(f"/reports?q={there.number}"))
    assert officer.get(f"/reports/{there.id}").status_code == 403
    table = officer.get("/reports/platform.csv").get_data(as_text=True)
    assert here.number in table
    assert there.number not in table


def test_two_reports_about_the_same_are_joined_and_parted(bureau: Bureau, staff: Staff) -> None:
    main, later = bureau.case(), bureau.case()
    page, officer = f"/reports/{later}", staff.at(Role.case_officer)
    number = bureau.row(main).number
    assert "没有办理编号" in words(act(officer, page, "join", main_case="AAAA-AAAA", join_reason="同一事实"))
    act(officer, page, "join", main_case=number, new_facts="yes", join_reason="同一事实")
    assert bureau.row(later).joined_id == main
    assert [one.what for one in happened(bureau.row(main))] == [What.renewed]
    act(officer, page, "part")
    assert bureau.row(later).joined_id is None


def test_the_pages_take_a_fixed_number_of_statements(bureau: Bureau, staff: Staff) -> None:
    officer, case = staff.at(Role.case_officer), bureau.case()
    asked = {}
    for more in (0, 6):
        for _ in range(more):
            bureau.case()
            bureau.letter()
        for path in ("/reports", f"/reports/{case}"):
            with counted(bureau.office.database) as seen:
                assert officer.get(path).status_code == 200
            asked.setdefault(path, set()).add(len(seen))
    assert {path: len(counts) for path, counts in asked.items()} == {"/reports": 1, f"/reports/{case}": 1}, asked


def test_nothing_of_a_letter_stands_in_the_journal(bureau: Bureau, staff: Staff) -> None:
    case = bureau.case()
    officer = bureau.holder(Seal.case)
    opened(officer, f"/reports/{case}")
    personal = {"filed-why": "电话 13800138000"}
    assert "个人信息" in words(act(officer, f"/reports/{case}", "step/filed", **personal))
    with Session(bureau.office.database.read) as session:
        entries = session.scalars(select(JournalEntry)).all()
        assert session.scalar(select(func.count()).select_from(JournalEntry)) == len(entries)
    told_there = " ".join(f"{one.why} {one.facts}" for one in entries)
    assert not any(word in told_there for word in (SECRET, PERSON["name"], PERSON["address"], PASSPHRASE))
    read = next(one for one in entries if one.act == "report.read")
    assert read.at == datetime(2026, 11, 19, 16, tzinfo=UTC), "the day in China and no hour"

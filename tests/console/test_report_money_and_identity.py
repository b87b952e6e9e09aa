"""From a decision to the payment, by four people of whom none knows what the next one knows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session
from tests.conftest import PASSPHRASE
from tests.console.conftest import Clock, Staff, told, words
from tests.console.reported import PERSON, SECRET, Bureau, act, opened

from zuofang.reporting import followup, receiving
from zuofang.reporting.cases.acts import handling
from zuofang.reporting.cases.matter import happened
from zuofang.reporting.cases.models import AskKind, MarkField, ReportCase
from zuofang.reporting.forms import new_form
from zuofang.reporting.law.matters import What
from zuofang.reporting.models import EvidenceFile, LetterKind, ReportKind, ReportLetter, Standing
from zuofang.reporting.models import Role as Seal
from zuofang.storage.accounts.models import Role
from zuofang.storage.acts import Office
from zuofang.storage.journal import JournalEntry

ACCOUNT = {"payee": "沈小满", "bank": "清溪农商行", "account": "6222 0000 0000 0001"}
RIGHT = {"passphrase": PASSPHRASE}
MAJOR = {"decided_kinds": "shut_down", "decided_confiscated": "400000"}
BEST = {"match": "full", "evidence": "direct", "applied_on": "2026-11-20"}


def next_day(bureau: Bureau) -> Office:
    """The office on the day after, when the journal takes note of what came."""
    return replace(bureau.office, clock=lambda: bureau.office.clock() + timedelta(days=1))


def page_of(case: int) -> str:
    return f"/reports/{case}"


@contextmanager
def handled(bureau: Bureau, case: int) -> Iterator[tuple[object, ReportCase]]:
    with bureau.at("officer") as desk:
        yield desk, desk.session.get_one(ReportCase, case)


def filed(bureau: Bureau, **said: object) -> int:
    """A report whose case is filed."""
    case = bureau.case(**said)
    with bureau.at("officer") as desk:
        handling.file(desk, desk.session.get_one(ReportCase, case), desk.today, "立案", approved_by="head")
    return case


def closed(bureau: Bureau, staff: Staff) -> tuple[int, object, object]:
    """A closed case of a major breach, and two officers."""
    case, one, other = filed(bureau), staff.at(Role.case_officer), staff.at(Role.case_officer)
    assert act(one, page_of(case), "decide", **MAJOR).status_code == 303
    act(one, page_of(case), "step/closed")
    return case, one, other


def test_a_reward_is_computed_approved_by_another_claimed_by_receipt_and_paid_once(
    bureau: Bureau, staff: Staff
) -> None:
    letter, accepted = bureau.letter()
    officer, head, page = bureau.holder(Seal.case), staff.at(Role.case_officer), f"/reports/letters/{letter}"
    case = int(
        officer.send(opened(officer, page), action=f"{page}/split").headers["Location"].split("/")[2].split("?")[0]
    )
    page = page_of(case)
    act(officer, page, "step/filed", **{"filed-why": "属实"})
    act(head, page, f"asks/{bureau.row(case).asks[0].id}/approve")
    act(officer, page, "decide", **MAJOR)
    assert "结案之后才能奖励" in words(act(officer, page, "reward/propose", **BEST))
    act(officer, page, "step/closed")
    assert act(officer, page, "reward/propose", **BEST).headers["Location"].endswith("reward_proposed")
    assert "12,000.00 元" in words(officer.get(page)), "three per cent"
    assert "reward/approve" not in told(officer.get(page))
    assert "请您批准奖励" in words(head.get("/"))
    act(head, page, "reward/approve")
    assert "奖励已批准，请告知举报人" in words(officer.get("/"))
    act(officer, page, "reward/tell")
    now = bureau.office.clock()
    followup.write(bureau.box, accepted.receipt, LetterKind.claim, {"declared": True}, new_form(now), now, ACCOUNT)
    reward = bureau.row(case).reward
    assert reward is not None
    finance = bureau.holder(Seal.payout)
    assert bureau.row(case).number in words(finance.get("/"))
    money = f"/payments/{reward.id}"
    shut = finance.get(money)
    assert ACCOUNT["account"] not in words(shut)
    assert ACCOUNT["account"] in words(act(finance, money, "open", **RIGHT))
    assert ACCOUNT["account"] not in words(finance.get(money)), "shown once"
    stale = finance.get(money)
    assert act(finance, money, "pay").headers["Location"] == f"{money}?done=paid"
    assert bureau.row(case).reward.claimed_on is not None, "nobody has to enter what came by receipt"  # type: ignore[union-attr]
    assert "您打开本页之后" in words(finance.send(stale, action=f"{money}/pay"))
    assert "已支付" in words(officer.get(page))
    act(finance, money, "take-back", back_reason="账号有误，银行退回")
    assert bureau.row(case).reward.payment is None  # type: ignore[union-attr]
    assert SECRET not in told(finance.get(money))
    journal = re.sub(r"<code>.*?</code>", "", told(staff.at(Role.administrator).get("/journal")))
    assert not re.search(r">\s*report(_case)?\.", journal), "every act has a word, its own name is a detail"


def test_a_breach_that_is_not_major_is_told_why_nothing_is_due(bureau: Bureau, staff: Staff) -> None:
    case, officer = filed(bureau), staff.at(Role.case_officer)
    act(officer, page_of(case), "decide", decided_kinds="fine", decided_fine="1500")
    act(officer, page_of(case), "step/closed")
    answer = words(act(officer, page_of(case), "reward/propose", **BEST))
    assert "不属于重大违法行为" in answer
    assert "第二条" in answer, "with its article"


def test_a_proposal_an_approval_and_a_telling_can_be_taken_back(bureau: Bureau, staff: Staff) -> None:
    case, officer, head = closed(bureau, staff)
    page = page_of(case)
    act(officer, page, "reward/propose", **BEST)  # type: ignore[arg-type]
    act(head, page, "reward/approve")  # type: ignore[arg-type]
    act(officer, page, "reward/tell")  # type: ignore[arg-type]
    assert "延长的天数超过了规定" in words(act(officer, page, "reward/extend", reward_longer="40"))  # type: ignore[arg-type]
    act(officer, page, "reward/claim")  # type: ignore[arg-type]
    act(officer, page, "reward/undo-claim")  # type: ignore[arg-type]
    act(officer, page, "reward/untell")  # type: ignore[arg-type]
    act(officer, page, "reward/undo-approval")  # type: ignore[arg-type]
    act(officer, page, "reward/withdraw")  # type: ignore[arg-type]
    assert bureau.row(case).reward is None


def test_a_reward_nobody_claims_is_given_up_after_its_last_day(bureau: Bureau, staff: Staff, clock: Clock) -> None:
    case, officer, head = closed(bureau, staff)
    for browser, action, typed in ((officer, "propose", BEST), (head, "approve", {}), (officer, "tell", {})):
        act(browser, page_of(case), f"reward/{action}", **typed)  # type: ignore[arg-type]
    clock.now += timedelta(days=70)
    finance, reward = staff.at(Role.finance), bureau.row(case).reward
    assert reward is not None
    assert "领取期限已过" in words(finance.get("/"))
    act(finance, f"/payments/{reward.id}", "give-up")
    act(finance, f"/payments/{reward.id}", "undo-give-up")
    assert bureau.row(case).reward.given_up_on is None  # type: ignore[union-attr]


def test_the_custodian_opens_one_identity_with_a_reason_and_gives_the_notice(bureau: Bureau, staff: Staff) -> None:
    case, officer = bureau.case(ReportKind.complaint), staff.at(Role.case_officer)
    act(officer, page_of(case), "step/accepted")
    act(officer, page_of(case), "ask", ask="notice", ask_notice="acceptance", ask_reason="您的投诉已经受理。")
    custodian, (ask,) = bureau.holder(Seal.identity), bureau.row(case).asks
    page = f"/identities/{ask.id}"
    assert "您的投诉已经受理。" in words(custodian.get(page))
    assert "请写明为什么要打开" in words(act(custodian, page, "open", **RIGHT))
    shown = act(custodian, page, "open", why="寄送受理告知", **RIGHT)
    assert PERSON["phone"] in words(shown)
    assert SECRET not in told(shown)
    assert PERSON["phone"] not in words(custodian.get(page)), "shown once"
    custodian.send(shown, {"answer": "已寄挂号信"}, action=f"{page}/told")
    assert [one.what for one in happened(bureau.row(case))] == [What.accepted, What.told]
    file = officer.get(page_of(case))
    assert "已寄挂号信" in words(file)
    assert not any(value and value in told(file) for value in PERSON.values())
    with Session(bureau.office.database.read) as session:
        entries = session.scalars(select(JournalEntry)).all()
    assert [one.why for one in entries if one.act == "report.read_person"] == ["寄送受理告知"]
    assert "您的投诉已经受理" not in " ".join(one.why for one in entries)


def test_an_identity_takes_a_fresh_factor_and_another_persons_request(
    bureau: Bureau, staff: Staff, clock: Clock
) -> None:
    case, officer = bureau.case(), staff.at(Role.case_officer)
    act(officer, page_of(case), "ask", ask="recognition", ask_reason="是否重复")
    custodian, (ask,) = bureau.holder(Seal.identity), bureau.row(case).asks
    before = custodian.get(f"/identities/{ask.id}")
    clock.later(minutes=61)
    with bureau.at("identity") as desk:
        from zuofang.storage.accounts.models import SignIn

        for row in desk.session.scalars(select(SignIn)):
            row.seen_at = desk.now
    number = told(before).partition('name="form" value="')[2].partition('"')[0]
    answer = custodian.post(f"/identities/{ask.id}/open", data={"form": number, "why": "好奇", **RIGHT})
    assert answer.status_code == 403
    assert "刚刚验证过身份" in words(answer)


def test_senders_are_compared_without_anybody_seeing_who_they_are(bureau: Bureau, staff: Staff) -> None:
    cases, officer = [bureau.case(), bureau.case()], staff.at(Role.case_officer)
    custodian = bureau.holder(Seal.identity)
    for case in cases:
        act(officer, page_of(case), "ask", ask="recognition", ask_reason="是否重复")
        act(custodian, f"/identities/{bureau.row(case).asks[0].id}", "compare", **RIGHT)
    assert {mark.field for mark in bureau.row(cases[0]).marks} >= {MarkField.phone}
    assert "同一人的来件1" in words(officer.get(page_of(cases[0])))


def test_only_a_mediation_learns_how_to_reach_a_complainant(bureau: Bureau, staff: Staff) -> None:
    report, complaint = bureau.case(), bureau.case(ReportKind.complaint)
    officer, custodian = bureau.holder(Seal.case), bureau.holder(Seal.identity)
    refused = act(officer, page_of(report), "ask", ask="mediation", ask_reason="联系")
    assert "举报人的身份不给承办人" in words(refused)
    act(officer, page_of(complaint), "ask", ask="mediation", ask_reason="组织调解")
    (ask,) = bureau.row(complaint).asks
    assert ask.kind is AskKind.mediation
    act(custodian, f"/identities/{ask.id}", "contact", **RIGHT)
    assert PERSON["phone"] not in words(officer.get(page_of(complaint))), "under the seal of the letter"
    assert PERSON["phone"] in words(opened(officer, page_of(complaint)))


def test_an_anonymous_letter_has_nobody_to_ask_for(bureau: Bureau, staff: Staff) -> None:
    case, officer = bureau.case(standing=Standing.anonymous, person={}), staff.at(Role.case_officer)
    assert "请保管员办" not in words(officer.get(page_of(case)))
    number = told(officer.get(page_of(case))).partition('name="form" value="')[2].partition('"')[0]
    typed = {"form": number, "ask": "recognition", "ask_reason": "是谁"}
    assert "匿名来件没有身份可以打开" in words(officer.post(f"{page_of(case)}/ask", data={**typed, "seen": "999"}))


def test_the_custodian_can_decline(bureau: Bureau, staff: Staff) -> None:
    case, officer = bureau.case(), staff.at(Role.case_officer)
    act(officer, page_of(case), "ask", ask="recognition", ask_reason="是否重复")
    (ask,) = bureau.row(case).asks
    act(staff.at(Role.custodian), f"/identities/{ask.id}", "decline", declined="理由不够具体")
    assert "理由不够具体" in words(officer.get(page_of(case)))


def test_what_belongs_to_another_case_is_not_reached_through_ones_own(bureau: Bureau, staff: Staff) -> None:
    mine, other = bureau.case(), bureau.case()
    officer, head = bureau.holder(Seal.case), staff.at(Role.case_officer)
    act(officer, page_of(other), "step/filed", **{"filed-why": "属实"})
    opened(officer, page_of(other))
    act(officer, page_of(other), "reply", reply="请补充。")
    (ask,) = bureau.row(other).asks
    opened(officer, page_of(mine))
    with Session(bureau.office.database.read) as session:
        files = session.scalars(select(EvidenceFile.id).order_by(EvidenceFile.id)).all()
        sent = session.scalars(select(ReportLetter.id).filter_by(kind=LetterKind.reply)).one()
    fields = {"form": "", "seen": "99999"}
    for who, action in ((head, f"asks/{ask.id}/approve"), (officer, f"letters/{sent}/take-back")):
        fields["form"] = told(who.get("/account")).partition('name="form" value="')[2].partition('"')[0]
        assert who.post(f"{page_of(mine)}/{action}", data=fields).status_code == 422, action
    assert officer.get(f"{page_of(mine)}/evidence/{files[-1]}").status_code == 404
    assert bureau.row(other).steps == []


def test_a_claim_that_nobody_pays_today_is_entered_when_its_day_is_over(bureau: Bureau, staff: Staff) -> None:
    case, officer, head = closed(bureau, staff)
    for browser, action, typed in ((officer, "propose", BEST), (head, "approve", {}), (officer, "tell", {})):
        act(browser, page_of(case), f"reward/{action}", **typed)  # type: ignore[arg-type]
    with bureau.at("reporter") as desk:
        desk.session.add(ReportLetter(report_id=1, kind=LetterKind.claim, sent_on=desk.today, sealed=b"x"))
        desk.record("tests", ("tests", "1"), "测试")
    receiving.take_note(next_day(bureau))
    assert bureau.row(case).reward.claimed_on is not None  # type: ignore[union-attr]


def test_letters_of_claim_stay_uncounted_while_nothing_was_told(bureau: Bureau) -> None:
    letter, accepted = bureau.letter()
    now = bureau.office.clock()
    followup.write(bureau.box, accepted.receipt, LetterKind.claim, {"declared": True}, new_form(now), now, ACCOUNT)
    assert receiving.take_note(next_day(bureau)) == 3
    with Session(bureau.office.database.read) as session:
        assert session.scalars(select(ReportLetter.journalled).filter_by(report_id=letter)).all() == [True, True]

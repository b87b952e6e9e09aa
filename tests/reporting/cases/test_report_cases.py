"""A case from its letter to its closing, with the opposite of every act, on both databases."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import event, select
from sqlalchemy.orm import Session
from tests.reporting.cases.conftest import HEAD, OFFICER, Bureau, the_case

from zuofang.reporting.cases.acts import handling, opening
from zuofang.reporting.cases.acts.opening import About
from zuofang.reporting.cases.acts.steps import take_back
from zuofang.reporting.cases.matter import happened
from zuofang.reporting.cases.models import ReportCase
from zuofang.reporting.cases.queries import Level, Stage, items_of, statuses, worklist
from zuofang.reporting.law.claims import Outcome
from zuofang.reporting.law.matters import NoticeKind, Origin, ReportKind, Standing, StopCause, What
from zuofang.reporting.models import Report
from zuofang.storage.acts import Desk, Refused

Act = Callable[[Desk, ReportCase], object]


def on(text: str) -> date:
    return date.fromisoformat(text)


def do(bureau: Bureau, day: str, number: str, *acts: Act, who: str = OFFICER) -> None:
    for act in acts:
        with bureau.at(day, who) as desk:
            act(desk, the_case(desk, number))


def stage(bureau: Bureau, number: str, day: str) -> tuple[Stage, date | None]:
    with bureau.at(day) as desk:
        case = the_case(desk, number)
        (status,) = statuses(desk.session, case.report_id, on(day), desk.rules)
        return status.stage, status.next.due.day if status.next else None


def test_a_letter_that_is_both_becomes_two_cases_with_two_clocks(bureau: Bureau) -> None:
    letter = bureau.letter("2026-06-01", ReportKind.complaint)
    with bureau.at("2026-06-01") as desk:
        report = desk.session.get_one(Report, letter)
        complaint, matter = opening.split(desk, report, About(place="330200"), "既投诉又举报", ReportKind)
        assert (complaint.kind, matter.kind) == (ReportKind.complaint, ReportKind.report)
        assert complaint.number != matter.number
        due = [items_of(case, on("2026-06-01"), desk.rules)[0].duty.due.day for case in (complaint, matter)]
        assert due == [on("2026-06-10"), on("2026-06-23")]
        with pytest.raises(Refused):
            opening.split(desk, report, About(place="330200"), "再来一次")
        opening.discard(desk, matter, "只是投诉")
    with bureau.at("2026-06-01") as desk:
        assert [case.kind for case in desk.session.scalars(select(ReportCase))] == [ReportKind.complaint]


def test_an_anonymous_letter_cannot_become_a_complaint(bureau: Bureau) -> None:
    letter = bureau.letter("2026-06-01", standing=Standing.anonymous, person={})
    with bureau.at("2026-06-01") as desk, pytest.raises(Refused, match="匿名"):
        opening.split(desk, desk.session.get_one(Report, letter), About(place="330200"), "", ReportKind)


def test_a_report_runs_from_receipt_to_closing(bureau: Bureau) -> None:
    number = bureau.opened("2026-06-01")
    assert stage(bureau, number, "2026-06-01") == (Stage.received, on("2026-06-23"))
    do(bureau, "2026-06-02", number, lambda d, c: handling.assign(d, c, OFFICER, on("2026-06-02"), "本局管辖"))
    assert stage(bureau, number, "2026-06-02") == (Stage.checking, on("2026-06-23"))
    do(bureau, "2026-06-10", number, lambda d, c: handling.file(d, c, on("2026-06-10"), "属实", approved_by=HEAD))
    assert stage(bureau, number, "2026-06-10") == (Stage.filed, on("2026-09-08"))
    outcome = Outcome(place="", fine=Decimal(5000))
    do(
        bureau, "2026-07-01", number,
        lambda d, c: handling.decide(d, c, outcome, on("2026-07-01"), "处罚"),
        lambda d, c: handling.serve(d, c, on("2026-07-01"), "送达"),
        lambda d, c: handling.tell(d, c, NoticeKind.result, on("2026-07-01"), "告知"),
    )  # fmt: skip
    assert stage(bureau, number, "2026-07-01") == (Stage.decided, None)
    do(bureau, "2026-07-20", number, lambda d, c: handling.close(d, c, on("2026-07-20"), "结案"))
    with bureau.at("2026-07-20") as desk:
        case = the_case(desk, number)
        assert case.finished
        assert desk.session.get_one(Report, case.report_id).closed_on == on("2026-07-20")
        take_back(desk, case, "结早了")
        assert desk.session.get_one(Report, case.report_id).closed_on is None


def test_a_complaint_runs_to_the_end_of_its_mediation(bureau: Bureau) -> None:
    number = bureau.opened("2026-06-01", ReportKind.complaint)
    do(
        bureau, "2026-06-05", number,
        lambda d, c: handling.accept(d, c, on("2026-06-05"), "符合条件"),
        lambda d, c: handling.tell(d, c, NoticeKind.acceptance, on("2026-06-05"), "告知"),
    )  # fmt: skip
    assert stage(bureau, number, "2026-06-05") == (Stage.accepted, on("2026-08-04"))
    do(bureau, "2026-07-01", number, lambda d, c: handling.terminate(d, c, "no_agreement", on("2026-07-01"), "未成"))
    assert stage(bureau, number, "2026-07-01") == (Stage.terminated, on("2026-07-10"))
    do(bureau, "2026-07-02", number, lambda d, c: handling.tell(d, c, NoticeKind.termination, on("2026-07-02"), "告知"))
    with bureau.at("2026-07-02") as desk:
        assert the_case(desk, number).finished


def test_a_ground_must_be_one_of_the_text_of_its_day(bureau: Bureau) -> None:
    new, old = bureau.opened("2026-06-01", ReportKind.complaint), bureau.opened("2026-04-10", ReportKind.complaint)
    do(bureau, "2026-06-02", new, lambda d, c: handling.reject(d, c, "impersonation", on("2026-06-02"), "冒名"))
    with pytest.raises(Refused, match="没有这一理由"):
        do(bureau, "2026-06-02", old, lambda d, c: handling.reject(d, c, "impersonation", on("2026-06-02"), "冒名"))


@pytest.mark.parametrize("approver", ["", "  ", OFFICER])
def test_what_another_must_approve_is_refused_without_a_name_of_another(bureau: Bureau, approver: str) -> None:
    number = bureau.opened("2026-06-01")
    with pytest.raises(Refused, match="另一位负责人"):
        do(
            bureau,
            "2026-06-10",
            number,
            lambda d, c: handling.file(d, c, on("2026-06-10"), "属实", approved_by=approver),
        )


def test_an_extension_is_given_before_the_last_day_and_once(bureau: Bureau) -> None:
    number = bureau.opened("2026-06-01")

    def extend(day: str) -> None:
        do(bureau, day, number, lambda d, c: handling.extend(d, c, on(day), "案情复杂", approved_by=HEAD))

    with pytest.raises(Refused, match="已经届满"):
        extend("2026-06-24")
    extend("2026-06-23")
    assert stage(bureau, number, "2026-06-23")[1] == on("2026-07-14")
    with pytest.raises(Refused, match="不能再延长"):
        extend("2026-07-01")
    do(bureau, "2026-07-01", number, lambda d, c: take_back(d, c, "没有批准"))
    assert stage(bureau, number, "2026-07-01")[1] == on("2026-06-23")


def test_a_stop_is_taken_out_of_the_term_and_cannot_run_twice(bureau: Bureau) -> None:
    number, cause = bureau.opened("2026-06-01"), StopCause.testing
    do(bureau, "2026-06-03", number, lambda d, c: handling.stop(d, c, cause, on("2026-06-03"), "送检"))
    with bureau.at("2026-08-20") as desk:
        (item,) = worklist(desk.session, on("2026-08-20"), desk.rules)
        assert item.level is Level.stopped
    with pytest.raises(Refused):
        do(bureau, "2026-06-04", number, lambda d, c: handling.stop(d, c, cause, on("2026-06-04"), "送检"))
    do(bureau, "2026-06-10", number, lambda d, c: handling.resume(d, c, cause, on("2026-06-10"), "报告到"))
    assert stage(bureau, number, "2026-06-10")[1] == on("2026-06-30")
    with pytest.raises(Refused):
        do(bureau, "2026-06-11", number, lambda d, c: handling.resume(d, c, cause, on("2026-06-11"), "报告到"))


def test_new_facts_joined_to_a_report_begin_its_check_again(bureau: Bureau) -> None:
    main, later = bureau.opened("2026-06-01"), bureau.opened("2026-06-15")
    with bureau.at("2026-06-16") as desk:
        opening.join(desk, the_case(desk, later), the_case(desk, main), on("2026-06-16"), "同一事实", new_facts=True)
    assert stage(bureau, main, "2026-06-16")[1] == on("2026-07-07")
    assert stage(bureau, later, "2026-06-16") == (Stage.joined, None)
    with bureau.at("2026-06-17") as desk:
        with pytest.raises(Refused, match="撤销并案"):
            take_back(desk, the_case(desk, later), "错了")
        opening.part(desk, the_case(desk, later), "不是同一件")
    assert stage(bureau, main, "2026-06-17")[1] == on("2026-06-23")
    assert stage(bureau, later, "2026-06-17")[1] == on("2026-07-07")


def test_the_same_facts_told_again_begin_nothing(bureau: Bureau) -> None:
    main, later = bureau.opened("2026-06-01"), bureau.opened("2026-06-15")
    with bureau.at("2026-06-16") as desk:
        opening.join(desk, the_case(desk, later), the_case(desk, main), on("2026-06-16"), "重复", new_facts=False)
        with pytest.raises(Refused):
            opening.join(desk, the_case(desk, main), the_case(desk, later), on("2026-06-16"), "反了", new_facts=False)
    assert stage(bureau, main, "2026-06-16")[1] == on("2026-06-23")


def test_a_clue_found_in_a_complaint_has_a_case_of_its_own(bureau: Bureau) -> None:
    number = bureau.opened("2026-06-01", ReportKind.complaint)
    with bureau.at("2026-06-08") as desk:
        clue = opening.follow_clue(desk, the_case(desk, number), on("2026-06-08"), "调解中发现")
        assert (clue.origin, clue.kind) == (Origin.clue, ReportKind.report)
        assert "第二十七条" in items_of(clue, on("2026-06-08"), desk.rules)[0].duty.rules[0].article


def test_handing_over_ends_the_clock_and_owes_a_written_notice(bureau: Bureau) -> None:
    number = bureau.opened("2026-06-01")
    do(
        bureau, "2026-06-03", number,
        lambda d, c: handling.hand_over(d, c, "清溪县农业农村局", on("2026-06-03"), "无权处理", approved_by=HEAD),
    )  # fmt: skip
    with bureau.at("2026-06-03") as desk:
        (item,) = worklist(desk.session, on("2026-06-03"), desk.rules)
        assert str(item.duty.task) == "tell_hand_over"
        handling.tell(desk, the_case(desk, number), NoticeKind.hand_over, on("2026-06-03"), "书面告知")
        assert worklist(desk.session, on("2026-06-03"), desk.rules) == []


def test_a_notice_that_no_article_asks_for_is_refused(bureau: Bureau) -> None:
    number = bureau.opened("2026-06-01")
    do(bureau, "2026-06-10", number, lambda d, c: handling.file(d, c, on("2026-06-10"), "属实", approved_by=HEAD))
    with pytest.raises(Refused, match="没有条文"):
        do(bureau, "2026-06-11", number, lambda d, c: handling.tell(d, c, NoticeKind.filing, on("2026-06-11"), "告知"))


OUT_OF_TURN: list[tuple[Act, str]] = [
    (lambda d, c: handling.accept(d, c, on("2026-06-02"), ""), "不适用"),
    (lambda d, c: handling.serve(d, c, on("2026-06-02"), ""), "还没有完成"),
    (lambda d, c: handling.assign(d, c, OFFICER, on("2026-05-31"), ""), "早于收到"),
    (lambda d, c: handling.assign(d, c, OFFICER, on("2026-06-03"), ""), "今天之后"),
    (lambda d, c: handling.assign(d, c, " ", on("2026-06-02"), ""), "承办人"),
    (lambda d, c: handling.close(d, c, on("2026-06-02"), ""), "还没有完成"),
    (lambda d, c: handling.assign(d, c, OFFICER, on("2026-06-02"), "举报人电话13800138000"), "个人信息"),
    (lambda d, c: take_back(d, c, ""), "没有可以撤回"),
]


def test_a_step_out_of_turn_is_refused_in_words(bureau: Bureau) -> None:
    number = bureau.opened("2026-06-01")
    with bureau.at("2026-06-02") as desk:
        for act, words in OUT_OF_TURN:
            with pytest.raises(Refused, match=words):
                act(desk, the_case(desk, number))


def test_a_dispute_is_settled_or_referred(bureau: Bureau) -> None:
    number = bureau.opened("2026-06-01")
    do(
        bureau, "2026-06-02", number,
        lambda d, c: handling.dispute(d, c, "邻县局", on("2026-06-02"), "管辖不明"),
        lambda d, c: handling.refer(d, c, "市局", on("2026-06-02"), "协商不成"),
    )  # fmt: skip
    with bureau.at("2026-06-02") as desk:
        case = the_case(desk, number)
        assert [one.what for one in happened(case)] == [What.disputed, What.referred]
        with pytest.raises(Refused):
            handling.agree(desk, case, on("2026-06-02"), "又谈成了")


def test_the_number_of_the_platform_is_kept_once(bureau: Bureau) -> None:
    one, other = bureau.opened("2026-06-01"), bureau.opened("2026-06-01")
    do(bureau, "2026-06-01", one, lambda d, c: handling.enter_platform_number(d, c, "1330200002026060112345", "登记"))
    with pytest.raises(Refused, match="属于"):
        do(
            bureau, "2026-06-01", other,
            lambda d, c: handling.enter_platform_number(d, c, " 1330200002026060112345", "登记"),
        )  # fmt: skip
    do(bureau, "2026-06-01", one, lambda d, c: handling.clear_platform_number(d, c, "填错了"))
    with bureau.at("2026-06-01") as desk:
        assert the_case(desk, one).platform_number is None


def test_the_work_list_is_sorted_by_deadline_and_escalates(bureau: Bureau) -> None:
    late, early = bureau.opened("2026-06-08"), bureau.opened("2026-06-01")
    levels = {}
    for day in ("2026-06-12", "2026-06-15", "2026-06-18", "2026-06-23", "2026-06-24", "2026-07-01"):
        with bureau.at(day) as desk:
            found = worklist(desk.session, on(day), desk.rules)
            assert [item.case.number for item in found] == [early, late]
            assert all(item.lacks_platform_number for item in found)
            levels[day] = found[0].level
    assert list(levels.values()) == [
        Level.quiet, Level.soon, Level.urgent, Level.urgent, Level.overdue, Level.escalated,
    ]  # fmt: skip


def test_the_work_list_asks_the_database_a_fixed_number_of_times(bureau: Bureau) -> None:
    counts = []
    for _ in range(2):
        bureau.opened("2026-06-01")
        asked: list[str] = []
        with Session(bureau.office.database.read) as session:
            listen = lambda *told, asked=asked: asked.append(told[2])  # noqa: E731
            event.listen(bureau.office.database.read, "before_cursor_execute", listen)
            worklist(session, on("2026-06-02"), bureau.office.rules)
            event.remove(bureau.office.database.read, "before_cursor_execute", listen)
        counts.append(len([one for one in asked if one.lstrip().upper().startswith("SELECT")]))
    assert counts == [3, 3]

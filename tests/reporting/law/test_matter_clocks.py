"""The clocks of complaints and reports, article by article."""

from __future__ import annotations

from datetime import date

import pytest
from tests.reporting.law.matters import complaint, on, only, report, rules

from zuofang.reporting.law.clocks import duties, open_duties
from zuofang.reporting.law.duties import Task
from zuofang.rules.parameters import NoSuchRule


def due(matter: object, task: Task, seen: str) -> date:
    return only(duties(matter, on(seen), rules), task).due.day  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("received", "accept", "check"),
    [
        ("2026-04-15", "2026-04-24", "2026-05-09"),  # a Saturday that works
        ("2026-09-18", "2026-09-29", "2026-10-15"),
        ("2026-02-10", "2026-02-26", "2026-03-09"),
        ("2026-04-30", "2026-05-13", "2026-05-25"),
    ],
)
def test_a_complaint_is_answered_in_seven_working_days_and_a_report_checked_in_fifteen(
    received: str, accept: str, check: str
) -> None:
    assert due(complaint(received), Task.accept, received) == on(accept)
    assert due(report(received), Task.check, received) == on(check)


@pytest.mark.parametrize(
    ("accepted", "last"), [("2026-07-29", "2026-09-28"), ("2026-08-04", "2026-10-08"), ("2026-06-01", "2026-07-31")]
)
def test_mediation_lasts_sixty_natural_days_and_past_a_holiday(accepted: str, last: str) -> None:
    assert due(complaint("2026-05-20", f"{accepted} accepted"), Task.mediate, accepted) == on(last)


def test_a_term_of_natural_days_that_ends_on_an_ordinary_sunday_is_not_extended() -> None:
    found = only(duties(complaint("2026-05-05", "2026-05-13 accepted"), on("2026-05-13"), rules), Task.mediate)
    assert found.due.day == on("2026-07-12")
    assert found.due.day.isoweekday() == 7


def test_a_complaint_received_before_order_121_is_mediated_in_forty_five_working_days() -> None:
    last = due(complaint("2026-04-14", "2026-04-20 accepted"), Task.mediate, "2026-04-20")
    assert last == rules.calendar.after_working_days(on("2026-04-20"), 45).day
    assert due(complaint("2026-04-15", "2026-04-20 accepted"), Task.mediate, "2026-04-20") == on("2026-06-22")


def test_the_end_of_a_mediation_is_told_to_both_in_seven_working_days() -> None:
    told = complaint("2026-05-20", "2026-05-25 accepted", "2026-07-20 terminated")
    assert due(told, Task.tell_termination, "2026-07-20") == on("2026-07-29")


def test_days_in_a_laboratory_do_not_count() -> None:
    tested = report("2026-07-01", "2026-07-06 stopped 检测", "2026-07-16 resumed 检测")
    assert due(tested, Task.check, "2026-08-01") == on("2026-08-03")  # eight working days after the 22nd
    assert due(report("2026-07-01"), Task.check, "2026-08-01") == on("2026-07-22")


def test_a_running_stop_keeps_a_duty_from_being_overdue() -> None:
    tested = report("2026-07-01", "2026-07-06 stopped 检测")
    (check,) = open_duties(tested, on("2026-12-01"), rules)
    assert check.stopped
    assert not check.is_overdue(on("2026-12-01"))


def test_a_stop_that_the_article_does_not_name_stops_nothing() -> None:
    assert due(report("2026-07-01", "2026-07-06 stopped 听证"), Task.check, "2026-12-01") == on("2026-07-22")


def test_an_extension_counts_once_and_only_if_granted_in_time() -> None:
    assert due(report("2026-07-01", "2026-07-22 extended"), Task.check, "2026-07-22") == on("2026-08-12")
    assert due(report("2026-07-01", "2026-07-23 extended"), Task.check, "2026-07-23") == on("2026-07-22")
    twice = report("2026-07-01", "2026-07-20 extended", "2026-07-21 extended")
    assert due(twice, Task.check, "2026-07-22") == on("2026-08-12")


def test_a_filed_case_is_decided_in_ninety_days_and_thirty_more_and_then_as_discussed() -> None:
    filed = report("2026-05-06", "2026-05-20 filed")
    assert due(filed, Task.decide, "2026-05-20") == on("2026-08-18")
    more = report("2026-05-06", "2026-05-20 filed", "2026-08-10 extended", "2026-09-10 extended 2026-11-30")
    assert due(more, Task.decide, "2026-08-10") == on("2026-09-17")
    assert due(more, Task.decide, "2026-09-10") == on("2026-11-30")


def test_new_facts_begin_the_check_again_from_the_last_report() -> None:
    again = report("2026-07-01", "2026-07-13 renewed", "2026-07-15 renewed")
    assert due(again, Task.check, "2026-07-15") == on("2026-08-05")
    assert due(report("2026-03-02", "2026-03-09 renewed"), Task.check, "2026-03-09") == on("2026-03-23")


def test_new_facts_after_the_filing_begin_nothing_again() -> None:
    filed = report("2026-07-01", "2026-07-10 filed", "2026-07-15 renewed")
    assert only(duties(filed, on("2026-07-15"), rules), Task.check).due.day == on("2026-07-22")


def test_a_dispute_about_power_is_settled_in_seven_working_days_or_goes_to_the_superior() -> None:
    disputed = report("2026-07-01", "2026-07-02 disputed")
    assert due(disputed, Task.agree, "2026-07-02") == on("2026-07-13")
    assert Task.refer in {duty.task for duty in duties(disputed, on("2026-07-14"), rules)}
    assert Task.refer not in {duty.task for duty in duties(disputed, on("2026-07-13"), rules)}


def test_a_term_beyond_the_last_notice_of_holidays_is_provisional() -> None:
    assert only(duties(complaint("2026-12-24"), on("2026-12-24"), rules), Task.accept).due.provisional
    assert not only(duties(complaint("2026-12-18"), on("2026-12-18"), rules), Task.accept).due.provisional


def test_what_was_handed_over_or_taken_back_leaves_nothing_to_decide() -> None:
    gone = report("2026-07-01", "2026-07-03 handed_over", "2026-07-06 told hand_over")
    assert open_duties(gone, on("2026-12-01"), rules) == ()
    assert open_duties(complaint("2026-07-01", "2026-07-02 withdrawn"), on("2026-12-01"), rules) == ()
    assert open_duties(report("2026-07-01", "2026-07-02 withdrawn"), on("2026-07-02"), rules) != ()


def test_every_duty_says_its_article_and_how_its_day_was_counted() -> None:
    matter = report("2026-07-01", "2026-07-03 stopped 鉴定", "2026-07-13 resumed 鉴定", "2026-07-20 extended")
    (check,) = duties(matter, on("2026-07-20"), rules)
    assert [str(reason) for reason in check.reasons] == [
        "自2026-07-01次日起15个工作日，至2026-07-30（市场监督管理行政处罚程序规定 第十八条）",
        "2026-07-03之后至2026-07-13不计入期限（市场监督管理行政处罚程序规定 第十八条）",
        "2026-07-20经批准延长期限（市场监督管理行政处罚程序规定 第十八条）",
        "自2026-07-30次日起15个工作日，至2026-08-20（市场监督管理行政处罚程序规定 第十八条）",
    ]
    late = report("2026-07-01", "2026-07-23 filed")
    assert only(duties(late, on("2026-07-23"), rules), Task.check).was_late


def test_a_matter_from_before_the_first_text_is_not_guessed_at() -> None:
    with pytest.raises(NoSuchRule):
        duties(complaint("2019-12-31"), on("2020-01-10"), rules)

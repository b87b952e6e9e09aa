"""The clocks of the credit room: last days by article, extensions, and what is not firm yet."""

from dataclasses import replace
from datetime import date, timedelta, timezone
from typing import Any

import pytest
from tests.credit.cases import day, listing, penalty, rules

from zuofang.credit.clocks import (
    ClockStep,
    ObjectionSteps,
    ReinspectionRequest,
    ReinspectionSteps,
    RepairApplication,
    RepairSubject,
    SamplingSteps,
    disposal_clock,
    objection_clock,
    obstacles_to_reinspection,
    reinspection_clock,
    repair_clock,
    sampling_clock,
)
from zuofang.credit.events import Repaired, Repeated
from zuofang.credit.records import Dispute, Kind, Outcome, Tier
from zuofang.credit.repair import is_heavier_penalty, obstacles_to_repair
from zuofang.rules.parameters import NoSuchRule

CHINA = timezone(timedelta(hours=8))


def days(steps: tuple[ClockStep, ...]) -> list[str]:
    return [str(step.due.day) for step in steps]


def on(text: str) -> date:
    return date.fromisoformat(text)


@pytest.mark.parametrize(
    ("about", "extended", "expected"),
    [
        (RepairSubject.penalty, False, ["2026-04-17", "2026-04-28", "2026-05-06"]),
        (RepairSubject.penalty, True, ["2026-04-17", "2026-05-14", "2026-05-19"]),
        (RepairSubject.listing, False, ["2026-04-17", "2026-04-28", "2026-05-06"]),
        (RepairSubject.abnormal, False, ["2026-04-17", "2026-04-21", "2026-04-24"]),
    ],
)
def test_a_repair_runs_two_then_seven_then_three_working_days(
    about: RepairSubject, extended: bool, expected: list[str]
) -> None:
    steps = repair_clock(RepairApplication(about=about, received_on=on("2026-04-15"), extended=extended), rules)
    assert days(steps) == expected
    assert [step.firm for step in steps] == [True, False, False]


def test_the_next_step_of_a_repair_begins_where_the_last_one_was_done() -> None:
    application = RepairApplication(
        about=RepairSubject.penalty,
        received_on=on("2026-04-15"),
        accepted_on=on("2026-04-15"),
        decided_on=on("2026-04-27"),
    )
    steps = repair_clock(application, rules)
    assert days(steps) == ["2026-04-17", "2026-04-24", "2026-04-30"]
    assert [step.was_late for step in steps] == [False, True, False]
    assert not steps[2].is_overdue(on("2026-04-30"))
    assert steps[2].is_overdue(on("2026-05-01"))


def test_a_removal_application_before_the_order_of_2025_had_fifteen_days_for_deciding() -> None:
    assert rules.parameters("repair.decide_svl", on("2025-12-24")).whole == 15
    assert rules.parameters("repair.decide_svl", on("2025-12-25")).whole == 7
    with pytest.raises(NoSuchRule):
        repair_clock(RepairApplication(about=RepairSubject.listing, received_on=on("2025-12-24")), rules)


def test_a_step_that_is_not_firm_is_never_overdue() -> None:
    steps = repair_clock(RepairApplication(about=RepairSubject.penalty, received_on=on("2026-04-15")), rules)
    assert [step.is_overdue(on("2026-12-31")) for step in steps] == [True, False, False]


@pytest.mark.parametrize(
    ("outcome", "expected"),
    [
        (Outcome.passed, ["2026-03-09", "2026-04-07", "2026-04-16"]),
        (Outcome.failed, ["2026-03-09", "2026-04-07", "2026-04-09", "2026-04-16"]),
    ],
)
def test_a_sample_runs_from_the_shelf_to_the_party(outcome: Outcome, expected: list[str]) -> None:
    assert days(sampling_clock(SamplingSteps(taken_on=on("2026-03-02"), outcome=outcome), rules)) == expected


def test_a_second_test_runs_its_six_steps() -> None:
    steps = reinspection_clock(ReinspectionSteps(served_on=on("2026-03-02")), rules)
    assert days(steps) == ["2026-03-11", "2026-03-18", "2026-03-25", "2026-03-30", "2026-04-14", "2026-04-21"]
    extended = ReinspectionSteps(served_on=on("2026-03-02"), laboratory_extended=True, hand_over_extended=True)
    assert days(reinspection_clock(extended, rules))[2:4] == ["2026-04-01", "2026-04-10"]


def test_a_second_test_is_refused_for_every_ground_that_holds() -> None:
    request = ReinspectionRequest(served_on=on("2026-03-02"), asked_on=on("2026-03-11"), keeps_until=on("2026-03-11"))
    assert obstacles_to_reinspection(request, rules) == ()
    late = replace(request, asked_on=on("2026-03-12"), microbiological=True, backup_usable=False)
    assert len(obstacles_to_reinspection(late, rules)) == 4
    assert all("第三十一条" in reason.article for reason in obstacles_to_reinspection(late, rules))


@pytest.mark.parametrize(
    ("about", "expected"),
    [
        (Dispute.sampling, ["2026-03-11", "2026-03-18", "2026-04-16"]),
        (Dispute.authenticity, ["2026-03-11", "2026-03-18", "2026-04-30"]),
        (Dispute.method, ["2026-03-11", "2026-03-18", "2026-04-30"]),
        (Dispute.standard, ["2026-03-11", "2026-03-18", "2026-04-30"]),
    ],
)
def test_an_objection_is_decided_in_twenty_or_thirty_working_days(about: Dispute, expected: list[str]) -> None:
    steps = ObjectionSteps(about=about, begins_on=on("2026-03-02"))
    assert days(objection_clock(steps, rules)) == expected
    supplemented = replace(steps, filed_on=on("2026-03-04"), supplement_asked=True)
    assert days(objection_clock(supplemented, rules))[:3] == ["2026-03-11", "2026-03-11", "2026-03-18"]


@pytest.mark.parametrize(
    ("began", "more", "due"),
    [
        ("2026-03-02", {}, "2026-05-31"),
        ("2026-07-06", {}, "2026-10-08"),
        ("2026-03-02", {"extended_to": on("2026-07-31")}, "2026-07-31"),
        ("2026-03-02", {"extended_to": on("2026-04-30")}, "2026-05-31"),
    ],
)
def test_a_disposal_has_ninety_natural_days_or_until_the_approved_day(
    began: str, more: dict[str, Any], due: str
) -> None:
    step = disposal_clock(on(began), rules, **more)
    assert (step.due.day, step.due.provisional) == (day(due), False)
    assert "第四十五条" in step.article


READY: dict[str, Any] = {"performed_on": on("2026-02-02"), "rectified_on": on("2026-02-02")}


def test_a_repair_needs_its_days_its_duties_and_no_second_breach() -> None:
    ready = penalty("2026-01-05", Kind.goods_confiscated, published="2026-01-12", **READY)
    assert obstacles_to_repair(ready, on("2027-01-12"), rules) == ()
    assert "2027-01-12" in str(obstacles_to_repair(ready, on("2027-01-11"), rules)[0])
    bare = penalty("2026-01-05", Kind.goods_confiscated, published="2026-01-12")
    assert len(obstacles_to_repair(bare, on("2027-01-12"), rules)) == 2
    again = penalty(
        "2026-01-05", Kind.goods_confiscated, published="2026-01-12", events=(Repeated(on=on("2026-05-06")),), **READY
    )
    assert len(obstacles_to_repair(again, on("2027-01-12"), rules)) == 2


@pytest.mark.parametrize(
    "record",
    [
        penalty("2026-01-05", published="2026-01-12", **READY),
        penalty("2026-01-05", Kind.closed, published="2026-01-12", **READY),
        penalty(
            "2026-01-05",
            Kind.goods_confiscated,
            published="2026-01-12",
            events=(Repaired(on=on("2027-01-13")),),
            **READY,
        ),
    ],
)
def test_no_repair_of_what_ends_by_itself_cannot_end_early_or_has_ended(record: Any) -> None:
    assert len(obstacles_to_repair(record, on("2027-02-01"), rules)) == 1


def test_a_removal_from_the_list_needs_a_year_and_its_conditions() -> None:
    entry = listing("2026-01-05", published="2026-01-12", **READY)
    assert obstacles_to_repair(entry, on("2027-01-05"), rules) == ()
    (reason,) = obstacles_to_repair(entry, on("2027-01-04"), rules)
    assert "第十三条" in reason.article


@pytest.mark.parametrize(
    ("record", "heavier"),
    [
        (penalty("2026-01-05"), False),
        (penalty("2026-01-05", tier=Tier.heavier), True),
        (penalty("2026-01-05", Kind.goods_confiscated, tier=Tier.heavier), False),
        (penalty("2026-01-05", Kind.shut_down), True),
        (penalty("2026-01-05", Kind.permit_revoked), True),
        (penalty("2026-01-05", Kind.criticism), False),
    ],
)
def test_a_listing_stands_on_a_heavier_penalty(record: Any, heavier: bool) -> None:
    assert is_heavier_penalty(record, rules) is heavier

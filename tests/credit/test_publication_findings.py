"""Publication of samples, inspections, suspensions, closures, recalls, lost honours and fraud in a repair."""

from datetime import date, datetime, timedelta, timezone
from typing import Any

import pytest
from tests.credit.cases import ask, day, listing, penalty

from zuofang.credit.events import Annulled, Repaired
from zuofang.credit.findings import (
    Closure,
    HonourExit,
    Inspection,
    Objection,
    Recall,
    Reinspection,
    RepairFraud,
    Sample,
    Suspension,
)
from zuofang.credit.publication import Standing
from zuofang.credit.records import Dispute, Kind, Outcome, RecallLevel, Result

CHINA = timezone(timedelta(hours=8))
FAILED, PASSED = Outcome.failed, Outcome.passed


def on(text: str) -> date:
    return date.fromisoformat(text)


def sample(concluded: str = "2026-03-02", published: str | None = "2026-04-01", **more: Any) -> Sample:
    return Sample(concluded_on=on(concluded), published_on=day(published), **{"outcome": FAILED, **more})


def test_a_passed_sample_stays_and_is_due_in_twenty_working_days() -> None:
    found = ask(sample(outcome=PASSED), "2026-04-01")
    assert (found.standing, found.last_day) == (Standing.public, None)
    assert found.due is not None
    assert found.due.day == day("2026-03-30")
    assert "被抽样单位名称、地址" in found.parts


def test_a_failed_sample_without_a_penalty_stands_three_months() -> None:
    assert ask(sample(), "2026-04-01").last_day == day("2026-07-01")
    assert ask(sample(followed_by=(penalty("2026-05-06", published="2026-05-12"),)), "2026-05-20").last_day == day(
        "2026-07-01"
    )
    warned = penalty("2026-05-06", Kind.warning)
    assert ask(sample(followed_by=(warned,)), "2026-05-20").last_day == day("2026-07-01")


@pytest.mark.parametrize(
    ("after", "last"),
    [
        (penalty("2026-05-06", Kind.goods_confiscated, published="2026-05-12"), "2029-05-06"),
        (listing("2026-05-06", published="2026-05-12"), "2029-05-06"),
        (penalty("2026-05-06", Kind.barred, published="2026-05-12"), None),
        (
            penalty(
                "2026-05-06", Kind.goods_confiscated, published="2026-05-12", events=(Annulled(on=on("2026-05-13")),)
            ),
            "2026-07-01",
        ),
        (penalty("2026-07-06", Kind.goods_confiscated), "2026-07-01"),
    ],
)
def test_a_failed_sample_follows_what_it_led_to(after: Any, last: str | None) -> None:
    assert ask(sample(followed_by=(after,)), "2026-05-20").last_day == day(last)


def test_of_several_things_that_followed_the_longest_wins() -> None:
    fine = penalty("2026-05-06", Kind.goods_confiscated, published="2026-05-12")
    listed = listing("2026-08-03", published="2026-08-10")
    assert ask(sample(followed_by=(fine, listed)), "2026-09-01").last_day == day("2029-08-03")
    barred = penalty("2026-05-06", Kind.barred, published="2026-05-12")
    assert ask(sample(followed_by=(barred, fine)), "2026-09-01").last_day is None


def test_a_failed_sample_goes_with_the_repaired_penalty_it_led_to() -> None:
    after = penalty(
        "2026-05-06", Kind.goods_confiscated, published="2026-05-12", events=(Repaired(on=on("2027-06-01")),)
    )
    assert ask(sample(followed_by=(after,)), "2027-05-31").public
    assert ask(sample(followed_by=(after,)), "2027-06-01").standing is Standing.expired


def test_a_failed_sample_whose_penalty_fell_is_judged_as_if_there_had_been_none() -> None:
    events = (Annulled(on=on("2026-09-01")),)
    after = penalty("2026-05-06", Kind.goods_confiscated, published="2026-05-12", events=events)
    assert ask(sample(followed_by=(after,)), "2026-08-31").public
    assert ask(sample(followed_by=(after,)), "2026-09-01").last_day == day("2026-07-01")


@pytest.mark.parametrize(
    ("published", "last"), [("2022-06-01", "2025-12-24"), ("2025-10-09", "2026-01-09"), ("2025-12-25", "2026-03-25")]
)
def test_failed_samples_of_older_days_are_covered_from_the_first_day_of_the_article(published: str, last: str) -> None:
    assert ask(sample("2022-05-09", published=published), published).last_day == day(last)


def test_a_failed_sample_is_due_once_its_conclusion_is_final() -> None:
    waiting = sample(published=None, served_on=on("2026-03-09"))
    assert ask(waiting, "2026-03-18").due is None
    found = ask(waiting, "2026-03-19")
    assert found.due is not None
    assert found.due.day == day("2026-04-16")
    assert ask(sample(published=None), "2026-05-01").due is None


def test_a_disputed_sample_waits_for_the_last_decision() -> None:
    again = Reinspection(asked_on=on("2026-03-12"), concluded_on=on("2026-04-10"), outcome=FAILED)
    doubt = Objection(about=Dispute.method, filed_on=on("2026-03-12"), decided_on=on("2026-04-20"), upheld=False)
    waiting = sample(published=None, served_on=on("2026-03-09"), reinspection=again, objections=(doubt,))
    assert ask(waiting, "2026-04-19").due is None
    found = ask(waiting, "2026-04-20")
    assert found.due is not None
    assert found.due.day == day("2026-05-20")


def test_a_second_test_that_passes_turns_the_sample_and_an_upheld_objection_takes_it_away() -> None:
    again = Reinspection(asked_on=on("2026-04-02"), concluded_on=on("2026-04-20"), outcome=PASSED)
    assert ask(sample(reinspection=again), "2026-04-19").last_day == day("2026-07-01")
    turned = ask(sample(reinspection=again), "2026-04-20")
    assert (turned.standing, turned.last_day) == (Standing.public, None)
    assert any("复检结论为合格" in str(reason) for reason in turned.reasons)
    doubt = Objection(about=Dispute.authenticity, filed_on=on("2026-04-02"), decided_on=on("2026-04-27"), upheld=True)
    assert ask(sample(objections=(doubt,)), "2026-04-27").standing is Standing.withdrawn


@pytest.mark.parametrize(
    ("result", "last"),
    [(Result.conforming, None), (Result.largely_conforming, None), (Result.not_conforming, "2026-06-16")],
)
def test_an_inspection_is_due_in_twenty_working_days_and_only_a_bad_one_ends(result: Result, last: str | None) -> None:
    found = ask(Inspection(found_on=on("2026-03-02"), result=result, published_on=on("2026-03-16")), "2026-04-01")
    assert (found.standing, found.last_day) == (Standing.public, day(last))
    assert found.due is not None
    assert found.due.day == day("2026-03-30")


def test_an_inspection_before_the_measure_is_left_to_an_officer() -> None:
    assert (
        ask(Inspection(found_on=on("2022-03-14"), result=Result.conforming), "2022-04-01").standing
        is Standing.unsettled
    )
    assert ask(Inspection(found_on=on("2022-03-15"), result=Result.conforming), "2022-04-01").standing is Standing.due


def test_a_suspension_is_public_until_it_is_lifted_or_runs_out() -> None:
    order = {"ordered_on": on("2026-03-02"), "basis": "食品安全法 第一百一十条", "published_on": on("2026-03-04")}
    assert ask(Suspension(**order), "2026-08-01").last_day is None
    assert ask(Suspension(**order, lifted_on=on("2026-05-06")), "2026-05-05").public
    assert ask(Suspension(**order, lifted_on=on("2026-05-06")), "2026-05-06").standing is Standing.ended
    assert ask(Suspension(**order, ends_on=on("2026-04-30")), "2026-05-01").standing is Standing.expired


def test_a_closure_is_public_only_with_a_local_article_and_without_the_persons_name() -> None:
    bare = Closure(closed_on=on("2026-03-02"), basis=" ")
    assert ask(bare, "2026-03-02").standing is Standing.never
    found = ask(
        Closure(closed_on=on("2026-03-02"), basis="某省小作坊条例 第四十条", published_on=on("2026-03-05")),
        "2026-04-01",
    )
    assert (found.standing, found.last_day) == (Standing.public, day("2027-03-05"))
    assert not any("姓名" in part or "当事人" in part for part in found.parts)


@pytest.mark.parametrize(
    ("level", "due"),
    [(RecallLevel.first, "2026-03-03"), (RecallLevel.second, "2026-03-04"), (RecallLevel.third, "2026-03-05")],
)
def test_a_recall_is_due_in_hours_and_open_until_it_is_completed(level: RecallLevel, due: str) -> None:
    recall = Recall(
        level=level,
        known_at=datetime(2026, 3, 2, 9, tzinfo=CHINA),
        published_on=on("2026-03-03"),
        completed_on=on("2026-03-20"),
    )
    running = ask(recall, "2026-03-19")
    assert running.due is not None
    assert (running.due.day, running.last_day) == (day(due), None)
    assert ask(recall, "2026-03-20").last_day == day("2027-03-20")


def test_a_lost_honour_and_a_fraud_in_a_repair_have_their_terms() -> None:
    lost = HonourExit(left_on=on("2026-03-02"), honour="名特优小作坊", published_on=on("2026-03-05"))
    fraud = RepairFraud(decided_on=on("2026-03-02"), published_on=on("2026-03-05"))
    assert ask(lost, "2026-04-01").last_day == day("2028-03-02")
    assert ask(fraud, "2026-04-01").last_day == day("2029-03-02")
    assert ask(RepairFraud(decided_on=on("2025-12-24")), "2026-01-05").standing is Standing.unsettled

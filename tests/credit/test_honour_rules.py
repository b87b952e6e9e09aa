"""Keeping an honour: ninety points, two clean years, asked for in time; and what happens by itself where that fails."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session
from tests import scene
from tests.credit import filed
from tests.credit.cases import penalty, rules
from tests.scene import WHY

from zuofang.credit import daily
from zuofang.credit.acts import honours as acts
from zuofang.credit.events import Annulled, Repaired
from zuofang.credit.findings import Objection, Sample
from zuofang.credit.honours import Evaluated, Held, loss
from zuofang.credit.models import CreditRecord, Evaluation, Honour, HonourKind, RecordKind, RecordState
from zuofang.credit.records import Dispute, Outcome, Record
from zuofang.storage.acts import Office, Refused

UNTIL, EVALUATED = date(2026, 12, 10), date(2026, 11, 19)
HELD = Held("fine_workshop", UNTIL, applied_on=date(2026, 11, 12))
PASSED = Evaluated(EVALUATED, Decimal(90), passed=True)


def lost(*records: Record, held: Held = HELD, evaluation: Evaluated | None = PASSED, on: date = EVALUATED) -> list[str]:
    found = loss(held, evaluation, records, on, rules)
    return [] if found is None else [str(reason.sentence) for reason in found.reasons]


def failed(day: date, **more: Any) -> Sample:
    return Sample(concluded_on=day, outcome=Outcome.failed, **more)


def test_ninety_points_and_two_clean_years_keep_an_honour() -> None:
    assert lost() == []


@pytest.mark.parametrize("score", [Decimal("89.5"), None])
def test_less_than_ninety_points_lose_it(score: Decimal | None) -> None:
    assert lost(evaluation=replace(PASSED, score=score)) == ["现场验收没有通过，或者评分低于90分"]


@pytest.mark.parametrize(
    ("decided", "reasons"),
    [
        ("2024-11-18", []),
        ("2024-11-19", ["规定年限内受过行政处罚"]),
        ("2026-11-19", ["规定年限内受过行政处罚"]),
        ("2026-11-20", []),
    ],
)
def test_a_penalty_within_two_years_loses_it(decided: str, reasons: list[str]) -> None:
    assert lost(penalty(decided)) == reasons


@pytest.mark.parametrize(("concluded", "count"), [("2024-11-18", 0), ("2024-11-19", 1), ("2026-11-19", 1)])
def test_a_failed_sample_within_two_years_loses_it(concluded: str, count: int) -> None:
    day = date.fromisoformat(concluded)
    assert len(lost(failed(day))) == count
    assert lost(replace(failed(day), outcome=Outcome.passed)) == []


def test_what_fell_does_not_count_and_what_was_repaired_does() -> None:
    day = date(2026, 6, 1)
    upheld = Objection(about=Dispute.method, filed_on=day, decided_on=date(2026, 7, 1), upheld=True)
    assert lost(penalty("2026-06-01", events=(Annulled(on=date(2026, 7, 1)),))) == []
    assert lost(failed(day, objections=(upheld,))) == []
    assert lost(penalty("2025-02-03", events=(Repaired(on=date(2026, 3, 2)),))) == ["规定年限内受过行政处罚"]


@pytest.mark.parametrize(
    ("applied", "kept"),
    [("2026-11-09", False), ("2026-11-10", True), ("2026-12-10", True), ("2026-12-11", False), (None, False)],
)
def test_it_is_asked_for_in_the_thirty_days_before_it_ends(applied: str | None, kept: bool) -> None:
    day = date.fromisoformat(applied) if applied else None
    after = date(2026, 12, 11)
    assert lost(held=replace(HELD, applied_on=day), evaluation=None, on=after) == (
        [] if kept else ["证书到期，没有按时提出复评申请"]
    )


def test_it_is_not_lost_before_it_ends_nor_by_an_evaluation_of_an_earlier_term() -> None:
    nobody = replace(HELD, applied_on=None)
    assert lost(held=nobody, evaluation=None, on=UNTIL) == []
    assert lost(held=nobody, evaluation=Evaluated(date(2024, 11, 20), Decimal(50), passed=False), on=UNTIL) == []


def test_an_honour_no_rule_speaks_of_simply_ends() -> None:
    assert lost(held=Held("heritage", UNTIL), evaluation=None, on=date(2027, 3, 1)) == []


@pytest.fixture
def honour(office: Office) -> int:
    """A fine workshop whose honour ends this week."""
    with office.writing("officer") as desk:
        workshop = scene.build(desk).workshop.id
        row = Honour(
            kind=HonourKind.fine_workshop, title="名特优小作坊", workshop_id=workshop, granted_by="市局",
            since=date(2023, 11, 19), until=date(2026, 11, 18),
        )  # fmt: skip
        return acts.grant(desk, row, WHY).id


def exits(office: Office) -> list[CreditRecord]:
    with Session(office.database.read) as session:
        return list(session.scalars(select(CreditRecord).filter_by(kind=RecordKind.honour_exit)))


def test_the_clock_lets_an_honour_go_and_puts_the_exit_on_the_list_once(office: Office, honour: int) -> None:
    done = daily.run(office)
    assert (done.left, done.published) == (1, 1)
    (exit_,) = exits(office)
    assert (exit_.state, exit_.published_on, exit_.made_on) == (RecordState.approved, filed.TODAY, date(2026, 11, 19))
    assert "证书到期，没有按时提出复评申请（宁波市" in exit_.content
    assert daily.run(office).left == 0
    assert len(exits(office)) == 1


def test_a_failed_re_evaluation_ends_an_honour_without_telling_which_decision_stood_against_it(
    office: Office, honour: int
) -> None:
    filed.filed(office, 1, filed.FINE, published=False)
    with office.writing("officer") as desk:
        held = desk.session.get_one(Honour, honour)
        acts.apply_to_keep(desk, held, date(2026, 11, 12), WHY)
        evaluation = Evaluation(
            kind=held.kind, workshop_id=held.workshop_id, honour_id=held.id, evaluated_on=date(2026, 11, 19),
            evaluated_by="清溪市市场监督管理局", form="名特优食品作坊验收评分表", score=Decimal(95), passed=True,
        )  # fmt: skip
        acts.evaluate(desk, evaluation, WHY)
    assert daily.run(office).left == 1
    (exit_,) = exits(office)
    assert exit_.content.startswith("规定年限内受过行政处罚（")
    assert "12号" not in exit_.content


def test_who_asked_in_time_is_waited_for(office: Office, honour: int) -> None:
    with office.writing("officer") as desk:
        acts.apply_to_keep(desk, desk.session.get_one(Honour, honour), date(2026, 11, 12), WHY)
    assert daily.run(office).left == 0
    with office.writing("officer") as desk:
        acts.apply_to_keep(desk, desk.session.get_one(Honour, honour), None, "录入有误")
    assert daily.run(office).left == 1


def test_an_application_outside_its_days_is_refused(office: Office, honour: int) -> None:
    with office.writing("officer") as desk, pytest.raises(Refused, match="2026-10-19至2026-11-18提出"):
        acts.apply_to_keep(desk, desk.session.get_one(Honour, honour), date(2026, 10, 18), WHY)


def test_an_exit_that_was_an_error_is_withdrawn_and_the_honour_is_back(office: Office, honour: int) -> None:
    daily.run(office)
    with office.writing("officer") as desk:
        held, exit_ = desk.session.get_one(Honour, honour), desk.session.get_one(CreditRecord, exits(office)[0].id)
        acts.undo_leave(desk, held, exit_, WHY)
        acts.renew(desk, held, date(2029, 11, 18), WHY)
    done = daily.run(office)
    assert (done.left, done.taken_down) == (0, 1)


def test_an_honour_that_a_newer_one_follows_is_not_lost(office: Office, honour: int) -> None:
    with office.writing("officer") as desk:
        old = desk.session.get_one(Honour, honour)
        newer = Honour(
            kind=old.kind, title=old.title, workshop_id=old.workshop_id, granted_by=old.granted_by,
            since=date(2026, 11, 19), until=date(2029, 11, 18),
        )  # fmt: skip
        acts.grant(desk, newer, WHY)
    assert daily.run(office).left == 0


def test_an_honour_that_ended_long_ago_fills_no_list(office: Office, honour: int) -> None:
    with office.writing("officer") as desk:
        acts.renew(desk, desk.session.get_one(Honour, honour), date(2024, 11, 18), WHY)
    assert daily.run(office).left == 0

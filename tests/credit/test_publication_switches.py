"""The first day of every new text, the last day of every old one, and the class of every kind of penalty under each."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from tests.credit.cases import ask, day, listing, penalty, rules

from zuofang.credit.clocks import RepairApplication, RepairSubject, repair_clock
from zuofang.credit.events import Delisted, Repaired, RepairRefused, RepairRevoked
from zuofang.credit.findings import Closure, HonourExit, Inspection, RepairFraud, Sample, Suspension
from zuofang.credit.publication import Standing
from zuofang.credit.publishing.terms import TermClass, gravest_class
from zuofang.credit.records import Field, Kind, Outcome, Party, Province, Result, Tier
from zuofang.credit.repair import is_heavier_penalty, obstacles_to_repair
from zuofang.rules.texts import Texts

GENERAL = {"field": Field.general}
OLD, NEW = "2025-12-24", "2025-12-25"


def on(text: str) -> date:
    return date.fromisoformat(text)


SWITCHED: list[tuple[str, str, tuple[Kind, ...], dict[str, Any], str | None]] = [
    # the row, decided (published on 2025-12-31), kinds, more, last day
    ("pub.minor.fine_person", OLD, (Kind.fine,), {"fine": 5000, "party": Party.person}, "2028-12-31"),
    ("pub.minor.fine_person", NEW, (Kind.fine,), {"fine": 5000, "party": Party.person}, "2026-03-31"),
    ("pub.minor.fine_trader", OLD, (Kind.fine,), {"fine": 50000}, "2028-12-31"),
    ("pub.minor.fine_trader", NEW, (Kind.fine,), {"fine": 50000}, "2026-03-31"),
    ("pub.minor.fine_trader without the sum of the province", OLD, (Kind.fine,), {"fine": 1}, "2028-12-31"),
    ("pub.minor.fine_person without it", OLD, (Kind.fine,), {"fine": 1, "party": Party.person}, "2028-12-31"),
    ("pub.minor.kinds", OLD, (Kind.warning, Kind.criticism), {}, "2026-03-31"),
    ("pub.minor.kinds", NEW, (Kind.warning, Kind.criticism), {}, "2026-03-31"),
    ("pub.term.general", OLD, (Kind.gains_confiscated,), GENERAL, "2028-12-31"),
    ("pub.term.general", NEW, (Kind.gains_confiscated,), GENERAL, "2026-12-31"),
    ("pub.term.general", NEW, (Kind.permit_suspended,), GENERAL, "2026-12-31"),
    ("pub.term.food", OLD, (Kind.goods_confiscated,), {}, "2028-12-31"),
    ("pub.term.food", NEW, (Kind.goods_confiscated,), {}, "2028-12-31"),
    ("pub.term.food", NEW, (Kind.permit_suspended,), {}, "2028-12-31"),
    ("pub.term.restriction", OLD, (Kind.restricted,), {"restricted_until": on("2031-01-04")}, "2028-12-31"),
    ("pub.term.restriction", NEW, (Kind.restricted,), {"restricted_until": on("2031-01-04")}, "2031-01-04"),
    ("pub.term.restriction without an end", OLD, (Kind.shut_down,), {}, "2028-12-31"),
    ("pub.term.restriction without an end", NEW, (Kind.shut_down,), {}, None),
    ("pub.term.heaviest", OLD, (Kind.permit_revoked,), {}, "2028-12-31"),
    ("pub.term.heaviest", NEW, (Kind.permit_revoked,), {}, "2028-12-31"),
]


@pytest.mark.parametrize(
    ("decided", "kinds", "more", "last"), [row[1:] for row in SWITCHED], ids=[f"{row[0]} {row[1]}" for row in SWITCHED]
)
def test_each_term_on_the_last_day_of_the_old_text_and_the_first_of_the_new(
    decided: str, kinds: tuple[Kind, ...], more: dict[str, Any], last: str | None
) -> None:
    found = ask(penalty(decided, *kinds, published="2025-12-31", **more), "2025-12-31")
    assert (found.standing, found.last_day) == (Standing.public, day(last))


@pytest.mark.parametrize(("decided", "said"), [(OLD, False), (NEW, True)])
def test_the_longest_of_several_penalties_is_named_by_its_article_since_it_is_in_force(
    decided: str, said: bool
) -> None:
    found = ask(penalty(decided, Kind.criticism, Kind.permit_revoked, published="2025-12-31"), "2026-01-05")
    assert found.last_day == day("2028-12-31")
    assert any("以公示期最长的为准" in str(reason) for reason in found.reasons) is said


CLASSES = {
    Kind.criticism: TermClass.minor,
    Kind.fine: TermClass.food,
    Kind.gains_confiscated: TermClass.food,
    Kind.goods_confiscated: TermClass.food,
    Kind.permit_suspended: TermClass.food,
    Kind.downgraded: TermClass.heaviest,
    Kind.permit_revoked: TermClass.heaviest,
    Kind.licence_revoked: TermClass.heaviest,
    Kind.closed: TermClass.heaviest,
    Kind.restricted: TermClass.restriction,
    Kind.shut_down: TermClass.restriction,
    Kind.barred: TermClass.restriction,
    Kind.other: TermClass.food,
}


@pytest.mark.parametrize("decided", [OLD, NEW])
@pytest.mark.parametrize("kind", list(CLASSES))
def test_every_kind_of_penalty_has_its_class_under_both_texts(decided: str, kind: Kind) -> None:
    record = penalty(decided, kind, tier=Tier.ordinary)
    assert gravest_class(record, Texts(rules, on(decided))) is CLASSES[kind]


UNREPAIRABLE = {Kind.downgraded, Kind.permit_revoked, Kind.licence_revoked, Kind.closed}
RESTRICTING = {Kind.restricted, Kind.shut_down, Kind.barred}


@pytest.mark.parametrize(("repaired", "excluded"), [(OLD, UNREPAIRABLE | RESTRICTING), (NEW, UNREPAIRABLE)])
@pytest.mark.parametrize("kind", sorted(UNREPAIRABLE | RESTRICTING | {Kind.goods_confiscated}))
def test_a_repair_takes_down_what_the_text_of_its_day_does_not_exclude(
    kind: Kind, repaired: str, excluded: set[Kind]
) -> None:
    known = penalty(
        "2024-03-01",
        kind,
        published="2024-03-11",
        restricted_until=on("2024-09-01"),
        events=(Repaired(on=on(repaired)),),
    )
    standing = Standing.public if kind in excluded else Standing.repaired
    assert ask(known, "2026-01-05").standing is standing


@pytest.mark.parametrize("kind", list(CLASSES))
def test_only_the_kinds_the_measure_names_are_heavier_penalties(kind: Kind) -> None:
    assert is_heavier_penalty(penalty("2026-01-05", kind, tier=Tier.ordinary), rules) is (
        kind in UNREPAIRABLE | RESTRICTING
    )


@pytest.mark.parametrize(
    ("about", "expected"),
    [
        (RepairSubject.penalty, ["2025-12-29", "2026-01-08", "2026-01-13"]),
        (RepairSubject.spotcheck, ["2025-12-29", "2026-01-08", "2026-01-13"]),
        (RepairSubject.listing, ["2025-12-29", "2026-01-08", "2026-01-13"]),
        (RepairSubject.abnormal, ["2025-12-29", "2025-12-31", "2026-01-06"]),
    ],
)
def test_a_repair_can_be_asked_for_on_the_first_day_of_the_order(about: RepairSubject, expected: list[str]) -> None:
    steps = repair_clock(RepairApplication(about=about, received_on=on(NEW)), rules)
    assert [str(step.due.day) for step in steps] == expected
    longer = repair_clock(RepairApplication(about=about, received_on=on(NEW), extended=True), rules)
    assert longer[1].due.day > steps[1].due.day


def test_a_decision_about_a_party_of_another_province_is_pushed_there_first() -> None:
    steps = repair_clock(RepairApplication(about=RepairSubject.penalty, received_on=on(NEW), elsewhere=True), rules)
    assert [str(step.due.day) for step in steps] == ["2025-12-29", "2026-01-08", "2026-01-13", "2026-01-16"]
    assert "第四条" in steps[2].article


def test_conditions_and_fraud_are_judged_on_the_first_day_of_the_order() -> None:
    ready = penalty("2024-03-01", Kind.goods_confiscated, published="2024-03-11", performed_on=on("2024-04-01"))
    assert [str(one.sentence) for one in obstacles_to_repair(ready, on(NEW), rules)] == [
        "尚未改正违法行为、消除危害后果和不良影响"
    ]
    barred = penalty(
        "2025-12-25", Kind.goods_confiscated, published=NEW, events=(RepairRefused(on=on(NEW), fraud=True),)
    )
    assert ask(barred, "2026-01-05").repair_from == day("2028-12-25")
    back = listing("2024-05-06", published="2024-05-06", events=(Delisted(on=on(OLD)), RepairRevoked(on=on(NEW))))
    assert (ask(back, "2026-01-05").last_day, ask(back, "2026-01-05").repair_from) == (day("2028-12-25"), None)
    fraud = RepairFraud(decided_on=on(NEW), published_on=on(NEW))
    assert ask(fraud, NEW).last_day == day("2028-12-25")
    assert ask(fraud, NEW).parts[0] == "当事人名称"


@pytest.mark.parametrize(
    ("record", "take_down"),
    [
        (penalty("2024-03-01", published="2024-03-11", events=(Repaired(on=on("2024-10-08")),)), "2024-10-11"),
        (penalty("2025-03-03", published="2025-03-11", events=(Repaired(on=on(NEW)),)), "2025-12-30"),
        (listing("2023-05-06", published="2023-05-06", events=(Delisted(on=on("2024-10-08")),)), "2024-10-11"),
        (listing("2024-05-06", published="2024-05-06", events=(Delisted(on=on(NEW)),)), "2025-12-30"),
    ],
)
def test_what_ended_early_goes_within_three_working_days_under_both_texts(record: Any, take_down: str) -> None:
    found = ask(record, "2026-01-05")
    assert found.standing is Standing.repaired
    assert found.take_down_by is not None
    assert found.take_down_by.day == day(take_down)


def test_a_listing_on_the_first_day_of_the_order_has_its_period_and_its_first_year() -> None:
    found = ask(listing(NEW, published=NEW), NEW)
    assert (found.last_day, found.repair_from) == (day("2028-12-25"), day("2026-12-25"))


def test_a_listing_for_another_province_has_ten_days_for_pushing_and_ten_for_publishing() -> None:
    found = ask(listing("2026-04-15", province=Province.other), "2026-04-15")
    assert found.due is not None
    assert found.due.day == day("2026-05-15")
    assert any("2026-04-29推送至当事人登记地" in str(reason) for reason in found.reasons)


@pytest.mark.parametrize(
    ("record", "due"),
    [
        (Suspension(ordered_on=on("2026-04-15"), basis="食品安全法 第一百一十条"), "2026-05-15"),
        (Closure(closed_on=on("2026-04-15"), basis="某省条例 第四十条"), "2026-05-15"),
        (HonourExit(left_on=on("2026-04-15"), honour="名特优"), "2026-05-15"),
        (RepairFraud(decided_on=on("2026-04-15")), "2026-04-20"),
        (Sample(concluded_on=on("2026-04-15"), outcome=Outcome.passed), "2026-05-15"),
        (Inspection(found_on=on("2026-04-15"), result=Result.conforming), "2026-05-15"),
    ],
)
def test_every_notice_is_due_in_its_working_days(record: Any, due: str) -> None:
    found = ask(record, "2026-04-15")
    assert found.due is not None
    assert found.due.day == day(due)


COUNTED_ELSEWHERE = [
    ("samp.keep_backup_ok", "2026-03-02", "2026-06-02"),
    ("samp.keep_backup_fail", "2026-03-02", "2026-09-02"),
    ("repair.decide_penalty", "2024-10-08", "2024-10-28"),
    ("repair.decide_svl", "2024-10-08", "2024-10-28"),
    ("repair.cross_province_push", "2026-04-15", "2026-04-20"),
    ("repair.other_dept_sync", "2026-04-15", "2026-04-20"),
    ("svl.deadline_other_province.push", "2026-04-15", "2026-04-29"),
    ("svl.deadline_other_province.publish", "2026-04-29", "2026-05-15"),
    ("svl.basis_annulled", "2026-04-30", "2026-05-08"),
]


@pytest.mark.parametrize(("name", "start", "last"), COUNTED_ELSEWHERE)
def test_terms_of_other_registers_end_on_their_day(name: str, start: str, last: str) -> None:
    assert Texts(rules, on(start)).after(on(start), name).day == day(last)

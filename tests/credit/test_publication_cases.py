"""Publication of penalties and listings: one dated case per row of the rules, and both sides of every switch of law."""

from datetime import date, timedelta
from typing import Any

import pytest
from tests.credit.cases import ask, day, listing, penalty

from zuofang.credit.publication import Standing
from zuofang.credit.reasons import Step
from zuofang.credit.records import Field, Kind, Level, Party, Procedure, Province, Tier

FINE, GAINS, GOODS = Kind.fine, Kind.gains_confiscated, Kind.goods_confiscated
GENERAL = {"field": Field.general}

TERMS: list[tuple[str, str, str, tuple[Kind, ...], dict[str, Any], str | None, str | None]] = [
    # the article, decided, published, kinds, more, last day, first day for an application
    ("PUB 13 lighter fine", "2026-01-05", "2026-01-12", (FINE,), {}, "2026-04-12", None),
    ("PUB 13 mitigated fine", "2026-01-05", "2026-01-12", (FINE,), {"tier": Tier.mitigated}, "2026-04-12", None),
    ("PUB 13 criticism", "2026-01-05", "2026-01-12", (Kind.criticism,), {}, "2026-04-12", None),
    ("PUB 13 warning beside it", "2026-01-05", "2026-01-12", (Kind.warning, FINE), {}, "2026-04-12", None),
    ("PUB 13 the limit counts in", "2026-01-05", "2026-01-12", (FINE,), {"fine": 50000}, "2026-04-12", None),
    ("PUB 14 a yuan over", "2026-01-05", "2026-01-12", (FINE,), {"fine": 50001}, "2029-01-12", "2027-01-12"),
    ("PUB 13 person", "2026-01-05", "2026-01-12", (FINE,), {"fine": 5000, "party": Party.person}, "2026-04-12", None),
    (
        "PUB 14 person over",
        "2026-01-05",
        "2026-01-12",
        (FINE,),
        {"fine": 5001, "party": Party.person},
        "2029-01-12",
        "2027-01-12",
    ),
    ("PUB 14 ordinary tier", "2026-01-05", "2026-01-12", (FINE,), {"tier": Tier.ordinary}, "2029-01-12", "2027-01-12"),
    ("PUB 14 heavier tier", "2026-01-05", "2026-01-12", (FINE,), {"tier": Tier.heavier}, "2029-01-12", "2027-01-12"),
    ("PUB 14 tier not recorded", "2026-01-05", "2026-01-12", (FINE,), {"tier": None}, "2029-01-12", "2027-01-12"),
    ("PUB 14 and confiscation", "2026-01-05", "2026-01-12", (FINE, GAINS), {}, "2029-01-12", "2027-01-12"),
    ("PUB 14 confiscation only", "2026-01-05", "2026-01-12", (GOODS,), {}, "2029-01-12", "2027-01-12"),
    ("PUB 15 other field", "2026-01-05", "2026-01-12", (FINE, GAINS), GENERAL, "2027-01-12", "2026-04-12"),
    ("PUB 13 other field, minor", "2026-01-05", "2026-01-12", (FINE,), GENERAL, "2026-04-12", None),
    (
        "PUB 14 restriction ends early",
        "2026-01-05",
        "2026-01-12",
        (Kind.shut_down,),
        {"restricted_until": date(2026, 6, 30)},
        "2029-01-12",
        "2027-01-12",
    ),
    (
        "REP 8 restriction of two years",
        "2026-01-05",
        "2026-01-12",
        (Kind.restricted,),
        {"restricted_until": date(2028, 1, 4)},
        "2029-01-12",
        "2028-01-05",
    ),
    (
        "REP 8 restriction of five years",
        "2026-01-05",
        "2026-01-12",
        (Kind.barred,),
        {"restricted_until": date(2031, 1, 4)},
        "2031-01-04",
        None,
    ),
    ("REP 8 restriction without an end", "2026-01-05", "2026-01-12", (Kind.barred,), {}, None, None),
    ("PUB 14 downgraded", "2026-01-05", "2026-01-12", (Kind.downgraded,), {}, "2029-01-12", None),
    ("PUB 14 permit revoked", "2026-01-05", "2026-01-12", (Kind.permit_revoked,), {}, "2029-01-12", None),
    ("PUB 14 licence revoked", "2026-01-05", "2026-01-12", (Kind.licence_revoked,), GENERAL, "2029-01-12", None),
    ("PUB 14 ordered to close", "2026-01-05", "2026-01-12", (Kind.closed, FINE), {}, "2029-01-12", None),
    (
        "REP 6 the longest wins",
        "2026-01-05",
        "2026-01-12",
        (FINE, GAINS, Kind.shut_down),
        {**GENERAL, "restricted_until": date(2026, 3, 1)},
        "2029-01-12",
        "2027-01-12",
    ),
    ("PUB21 13 criticism", "2024-03-01", "2024-03-11", (Kind.criticism,), {}, "2024-06-11", None),
    ("PUB21 13 fine, sum of the province unknown", "2024-03-01", "2024-03-11", (FINE,), {}, "2027-03-11", "2024-09-11"),
    ("PUB21 13 other field too", "2024-03-01", "2024-03-11", (GAINS,), GENERAL, "2027-03-11", "2024-09-11"),
    (
        "PUB21 13 a restriction does not lengthen",
        "2024-03-01",
        "2024-03-11",
        (Kind.barred,),
        {"restricted_until": date(2029, 2, 28)},
        "2027-03-11",
        None,
    ),
    ("REP 8 old case, new application", "2025-11-03", "2025-11-10", (GAINS,), {}, "2028-11-10", "2026-11-10"),
    ("REP 9 old case, new application", "2025-11-03", "2025-11-10", (GAINS,), GENERAL, "2028-11-10", "2026-02-10"),
    (
        "REP 8 old shutdown, repairable since",
        "2024-03-01",
        "2024-03-11",
        (Kind.shut_down,),
        {"restricted_until": date(2024, 9, 1)},
        "2027-03-11",
        "2025-12-25",
    ),
    ("NDRC36 counts from the decision", "2026-04-01", "2026-04-13", (FINE,), {}, "2026-07-01", None),
    ("NDRC36 three years", "2026-04-01", "2026-04-13", (GOODS,), {}, "2029-04-01", "2027-04-01"),
    ("month ends", "2025-12-25", "2026-01-31", (FINE,), {}, "2026-04-30", None),
    ("leap day", "2023-11-20", "2024-02-29", (GOODS,), {}, "2027-02-28", "2024-08-29"),
]


@pytest.mark.parametrize(
    ("decided", "published", "kinds", "more", "last", "repair"), [r[1:] for r in TERMS], ids=[r[0] for r in TERMS]
)
def test_a_penalty_is_public_as_long_as_its_article_says(
    decided: str, published: str, kinds: tuple[Kind, ...], more: dict[str, Any], last: str | None, repair: str | None
) -> None:
    record = penalty(decided, *kinds, published=published, **more)
    found = ask(record, published)
    assert (found.standing, found.last_day, found.repair_from) == (Standing.public, day(last), day(repair))
    if found.last_day is not None:
        assert ask(record, str(found.last_day)).public
        assert ask(record, str(found.last_day + timedelta(days=1))).standing is Standing.expired


SWITCHES = [
    ("2021-08-31", "2021-09-10", Standing.unsettled, "", None),
    ("2021-09-01", "2021-09-10", Standing.public, "2021年文本", "2024-09-10"),
    ("2025-12-24", "2025-12-31", Standing.public, "2021年文本", "2028-12-31"),
    ("2025-12-25", "2025-12-31", Standing.public, "2025年修正文本", "2026-03-31"),
    ("2026-03-31", "2026-04-10", Standing.public, "2025年修正文本", "2026-07-10"),
    ("2026-04-01", "2026-04-10", Standing.public, "2025年修正文本，衔接国家发展改革委令第36号", "2026-07-01"),
]


@pytest.mark.parametrize(("decided", "published", "standing", "version", "last"), SWITCHES)
def test_the_same_light_fine_on_both_sides_of_each_switch_of_law(
    decided: str, published: str, standing: Standing, version: str, last: str | None
) -> None:
    found = ask(penalty(decided, published=published), published)
    assert (found.standing, found.version, found.last_day) == (standing, version, day(last))


DUE = [
    ("PUB 9", "2026-04-15", {}, "2026-05-15", False),
    ("PUB 9 over a holiday", "2026-09-18", {}, "2026-10-22", False),
    ("PUB 9 past the known calendar", "2026-12-24", {}, "2027-01-21", True),
    ("PUB 10 push not known", "2026-04-15", {"province": Province.other}, "2026-05-15", False),
    ("PUB 10", "2026-04-15", {"province": Province.other, "pushed_on": date(2026, 4, 16)}, "2026-04-30", False),
]


@pytest.mark.parametrize(("decided", "more", "due", "provisional"), [r[1:] for r in DUE], ids=[r[0] for r in DUE])
def test_a_penalty_is_due_in_working_days(decided: str, more: dict[str, Any], due: str, provisional: bool) -> None:
    found = ask(penalty(decided, **more), "2026-12-30")
    early = ask(penalty(decided, GOODS, **more), "2026-12-30")
    assert found.due is not None
    assert (found.due.day, found.due.provisional) == (day(due), provisional)
    assert early.standing is Standing.due
    assert early.parts[0] == "行政处罚决定书文号"


@pytest.mark.parametrize(
    ("record", "article"),
    [
        (penalty("2026-01-05", Kind.warning), "第二条"),
        (penalty("2024-01-05", Kind.warning, fine=None), "第二条"),
        (penalty("2026-01-05", procedure=Procedure.summary), "第二条"),
    ],
)
def test_bare_warnings_and_on_the_spot_decisions_are_never_public(record: Any, article: str) -> None:
    found = ask(record, "2026-05-01")
    assert found.standing is Standing.never
    assert found.parts == ()
    assert article in found.reasons[0].article


def test_a_light_fine_published_after_its_term_from_the_decision_is_over_at_once() -> None:
    late = penalty("2026-04-01", published="2026-07-02")
    assert ask(late, "2026-07-02").standing is Standing.expired


def test_a_record_was_unknown_before_it_was_made_and_unpublished_before_it_was_published() -> None:
    record = penalty("2026-01-05", published="2026-01-12")
    assert ask(record, "2026-01-04").standing is Standing.not_yet
    waiting = ask(record, "2026-01-11")
    assert (waiting.standing, waiting.first_day, waiting.last_day) == (Standing.due, None, None)


def test_every_date_has_a_reason_with_an_article_and_a_sentence() -> None:
    record = penalty("2026-04-15", FINE, Kind.shut_down, published="2026-04-20", restricted_until=date(2026, 9, 1))
    found = ask(record, "2026-05-01")
    dates = {reason.day for reason in found.reasons}
    assert {found.due and found.due.day, found.last_day, found.repair_from, date(2026, 4, 15)} <= dates
    assert all("第" in str(reason) and reason.article for reason in found.reasons)
    assert {Step.due, Step.start, Step.term, Step.repair} <= {reason.step for reason in found.reasons}
    assert any("二十三" in reason.article for reason in found.may_extend)
    assert any("第二十条" in reason.article for reason in found.may_end)


def test_a_fine_without_a_recorded_tier_says_so_to_the_officer() -> None:
    found = ask(penalty("2026-01-05", published="2026-01-12", tier=None), "2026-02-01")
    assert any("裁量幅度未录入" in str(reason) for reason in found.reasons)


LISTINGS = [
    ("SVL 21", "2024-05-06", {}, "2027-05-06", "2025-05-06"),
    ("SVL 21 on the first day", "2021-09-01", {}, "2024-09-01", "2022-09-01"),
    ("SVL 21 longer restriction", "2024-05-06", {"restricted_until": date(2029, 5, 5)}, "2029-05-05", None),
    ("SVL 16 restriction first", "2024-05-06", {"restricted_until": date(2026, 5, 5)}, "2027-05-06", "2026-05-06"),
    (
        "SVL 22 province needs no consent",
        "2024-05-06",
        {"level": Level.province, "consent_on": None},
        "2027-05-06",
        "2025-05-06",
    ),
    ("REP 13", "2026-05-06", {}, "2029-05-06", "2027-05-06"),
]


@pytest.mark.parametrize(("listed", "more", "last", "repair"), [r[1:] for r in LISTINGS], ids=[r[0] for r in LISTINGS])
def test_a_listing_stands_three_years_and_may_be_removed_from_the_second(
    listed: str, more: dict[str, Any], last: str, repair: str | None
) -> None:
    found = ask(listing(listed, published=listed, **more), listed)
    assert (found.standing, found.last_day, found.repair_from) == (Standing.public, day(last), day(repair))


def test_a_listing_is_due_in_twenty_working_days_or_ten_and_ten() -> None:
    here = ask(listing("2026-04-15"), "2026-04-15")
    there = ask(listing("2026-04-15", province=Province.other, pushed_on=date(2026, 4, 16)), "2026-04-16")
    assert here.due is not None
    assert there.due is not None
    assert (here.due.day, there.due.day) == (date(2026, 5, 15), date(2026, 4, 30))


@pytest.mark.parametrize("more", [{"consent_on": None}, {"level": Level.city, "consent_on": None}, {"no_intent": True}])
def test_no_listing_without_consent_or_against_proof_of_no_intent(more: dict[str, Any]) -> None:
    assert ask(listing("2026-04-15", published="2026-04-20", **more), "2026-05-01").standing is Standing.never


def test_a_listing_before_the_measure_is_left_to_an_officer() -> None:
    assert ask(listing("2021-08-31", published="2021-08-31"), "2021-09-15").standing is Standing.unsettled

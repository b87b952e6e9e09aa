"""Rewards: who is rewarded, how much, and what never is."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zuofang.credit.records import Kind
from zuofang.reporting.law.claims import Claim, Evidence, Exclusion, Match, Outcome, Reward, RewardField, RewardState
from zuofang.reporting.law.reward import reward, reward_terms, share
from zuofang.rules.book import read_rules

RULES = read_rules()
DAY = date(2026, 6, 1)
CLOSED = date(2026, 9, 1)
ZHEJIANG, NINGDE, JIANGSU, LIAONING = "330200", "350981", "320281", "210100"
INSIDER: dict[str, Any] = {"insider": True, "finance_consents": True}
CAP, FLOORS = Decimal(1_000_000), {1: Decimal(5000), 2: Decimal(3000), 3: Decimal(1000)}


def outcome(fine: int | Decimal = 200_000, *kinds: Kind, **more: Any) -> Outcome:
    named = frozenset(kinds or {Kind.fine})
    return Outcome(**{"place": ZHEJIANG, "closed_on": CLOSED, "kinds": named, "fine": Decimal(fine), **more})


def claim(reported: date = DAY, **more: Any) -> Claim:
    return Claim(reported_on=reported, **{"applied_on": CLOSED, **more})


def due(who: Claim, what: Outcome) -> Reward:
    return reward(who, what, RULES)


@pytest.mark.parametrize(
    ("who", "what", "grade", "amount"),
    [
        (claim(), outcome(especially_serious=True), 1, 10_000),
        (claim(), outcome(), 2, 6_000),
        (claim(match=Match.basic), outcome(), 3, 2_000),
        (claim(evidence=Evidence.related), outcome(), 3, 2_000),
        (claim(detailed=False), outcome(especially_serious=True), 2, 6_000),
        (claim(), outcome(0, crime=True), 1, 5_000),
        (claim(), outcome(0, Kind.shut_down), 2, 3_000),
        (claim(match=Match.basic), outcome(500, Kind.permit_revoked), 3, 1_000),
        (claim(), outcome(50_000, confiscated=Decimal(50_000)), 2, 3_000),
        (claim(), outcome(90_000_000, especially_serious=True), 1, 1_000_000),
        (claim(), outcome(Decimal("123456.78")), 2, Decimal("3703.70")),
    ],
)
def test_a_major_breach_is_rewarded_by_grade_with_floor_and_cap(
    who: Claim, what: Outcome, grade: int, amount: Decimal
) -> None:
    found = due(who, what)
    assert (found.state, found.grade, found.amount) == (RewardState.due, grade, amount)


@pytest.mark.parametrize(
    ("who", "what", "words"),
    [
        (claim(), outcome(99_999), "重大违法行为"),
        (claim(), outcome(0, Kind.warning), "重大违法行为"),
        (claim(natural_person=False), outcome(), "自然人"),
        (claim(exclusion=Exclusion.staff), outcome(), "工作人员"),
        (claim(exclusion=Exclusion.wrongdoer), outcome(), "违法行为人"),
        (claim(exclusion=Exclusion.paid_by_rival), outcome(), "委托"),
        (claim(known_before=True), outcome(), "已经掌握"),
        (claim(definite=False), outcome(), "没有明确"),
        (claim(rewarded_before=True), outcome(), "已经奖励过"),
        (claim(), outcome(verified=False), "查证属实"),
        (claim(match=Match.none), outcome(), "不相符"),
        (claim(evidence=Evidence.none), outcome(), "证据"),
        (claim(), outcome(field=RewardField.other), "领域"),
    ],
)
def test_what_stands_against_a_reward_is_said_with_its_article(who: Claim, what: Outcome, words: str) -> None:
    found = due(who, what)
    assert (found.state, found.amount) == (RewardState.refused, 0)
    assert any(words in str(reason) for reason in found.reasons)
    assert all(reason.article for reason in found.reasons)


def test_nothing_is_due_before_the_closing_or_without_an_application() -> None:
    assert due(claim(), outcome(closed_on=None)).state is RewardState.pending
    assert due(claim(applied_on=None), outcome()).state is RewardState.pending
    assert due(claim(applied_on=None, known_before=True), outcome()).state is RewardState.refused


@pytest.mark.parametrize(
    ("place", "fine", "citizen", "state"),
    [
        (ZHEJIANG, 100_000, True, RewardState.due),
        (ZHEJIANG, 99_999, True, RewardState.refused),
        (LIAONING, 10_000, True, RewardState.due),
        (LIAONING, 99_999, False, RewardState.refused),
        (LIAONING, 100_000, False, RewardState.due),
        (JIANGSU, 1_000_000, False, RewardState.unknown),
        (NINGDE, 300_000, False, RewardState.unknown),  # what Fuzhou drafted is no law
    ],
)
def test_the_threshold_is_that_of_the_province_and_never_guessed(
    place: str, fine: int, citizen: bool, state: RewardState
) -> None:
    assert due(claim(), outcome(fine, place=place, citizen=citizen)).state is state


def test_a_shut_workshop_needs_no_threshold() -> None:
    assert due(claim(), outcome(0, Kind.shut_down, place=JIANGSU)).state is RewardState.due


@pytest.mark.parametrize(
    ("more", "place", "amount"),
    [
        (INSIDER, ZHEJIANG, 12_000),
        ({**INSIDER, "factor": Decimal("1.5")}, ZHEJIANG, 9_000),
        ({**INSIDER, "factor": Decimal(3)}, ZHEJIANG, 12_000),
        ({**INSIDER, "finance_consents": False}, ZHEJIANG, 6_000),
        ({**INSIDER, "real_name": False}, ZHEJIANG, 6_000),
        ({**INSIDER, "relation_ended_on": date(2025, 6, 1)}, ZHEJIANG, 12_000),
        ({**INSIDER, "relation_ended_on": date(2025, 5, 31)}, ZHEJIANG, 6_000),
        (INSIDER, NINGDE, 9_000),
        (INSIDER, JIANGSU, 6_000),
    ],
)
def test_an_insider_gets_more_where_the_place_and_finance_say_so(more: dict[str, Any], place: str, amount: int) -> None:
    assert due(claim(**more), outcome(200_000, Kind.shut_down, place=place)).amount == amount


def test_an_insider_who_took_part_is_not_excluded() -> None:
    assert due(claim(exclusion=Exclusion.wrongdoer, **INSIDER), outcome()).state is RewardState.due


def test_half_a_million_is_agreed_with_finance() -> None:
    assert due(claim(), outcome(10_000_000, especially_serious=True)).consult_finance
    assert not due(claim(), outcome(9_999_999, especially_serious=True)).consult_finance


@pytest.mark.parametrize(
    ("more", "goods", "amount"),
    [
        ({"percent": Decimal(6)}, 100_000, 6_000),
        ({"percent": Decimal(9)}, 100_000, 6_000),
        ({}, 100_000, 4_000),
        ({"evidence": Evidence.related, "percent": Decimal(3)}, 100_000, 3_000),
        ({"match": Match.basic, "percent": Decimal(1)}, 1_000, 200),
        ({}, 0, 2_000),
        ({"insider": True, "percent": Decimal(5)}, 100_000, 10_000),
        ({"percent": Decimal(6)}, 90_000_000, 500_000),
    ],
)
def test_a_report_of_2020_is_rewarded_by_the_value_of_the_goods(more: dict[str, Any], goods: int, amount: int) -> None:
    old = outcome(500, goods_value=Decimal(goods), closed_on=date(2022, 3, 1))
    assert due(claim(date(2021, 11, 30), applied_on=None, **more), old).amount == amount
    assert due(claim(date(2021, 12, 1), **more), old).state is not RewardState.due


def test_of_the_same_clue_the_first_in_time_is_rewarded() -> None:
    first, second = claim(date(2026, 6, 1), order=2), claim(date(2026, 6, 1), order=1)
    third = claim(date(2026, 5, 31), order=9, exclusion=Exclusion.staff)
    assert [one.amount for one in share((first, second), outcome(), RULES)] == [0, 6_000]
    assert [one.amount for one in share((first, second, third), outcome(), RULES)] == [0, 0, 0]


def test_several_clues_share_what_the_highest_of_them_is_due() -> None:
    shared = share((claim(clue="a"), claim(clue="b", match=Match.basic)), outcome(), RULES)
    assert [one.amount for one in shared] == [4_500, 1_500]
    assert all("按比例减少" in str(one.reasons[-1]) for one in shared)


def test_the_explanation_names_every_step() -> None:
    told = [str(reason.sentence) for reason in due(claim(**INSIDER), outcome(1_000, Kind.shut_down)).reasons]
    assert told == ["属于2级举报", "罚没款1000元的3%", "不足3000元的，按3000元计算", "内部举报，按2倍计算"]


def test_the_days_of_a_reward() -> None:
    terms = reward_terms(DAY, RULES, closed_on=date(2026, 9, 18), decision_told_on=date(2026, 9, 18))
    assert terms.tell_by is not None
    assert terms.claim_by is not None
    assert terms.review_by is not None
    assert terms.tell_by.day == date(2026, 10, 15)
    assert terms.review_by.day == date(2026, 10, 9)
    assert terms.is_given_up(date(2027, 1, 1), None)
    assert not terms.is_given_up(terms.claim_by.day, None)
    longer = reward_terms(DAY, RULES, decision_told_on=date(2026, 9, 18), longer=10).claim_by
    assert longer is not None
    assert longer.day == RULES.calendar.after_working_days(terms.claim_by.day, 10).day
    with pytest.raises(ValueError, match="cannot be extended"):
        reward_terms(DAY, RULES, decision_told_on=date(2026, 9, 18), longer=11)
    with pytest.raises(ValueError, match="cannot be extended"):
        reward_terms(date(2020, 6, 1), RULES, decision_told_on=date(2020, 9, 18), longer=1)


sums = st.decimals(min_value=0, max_value=40_000_000, places=2)
outcomes = st.builds(
    Outcome,
    place=st.sampled_from([ZHEJIANG, NINGDE, JIANGSU, LIAONING]),
    closed_on=st.sampled_from([None, CLOSED]),
    verified=st.booleans(),
    kinds=st.frozensets(st.sampled_from(list(Kind)), max_size=3),
    fine=sums,
    confiscated=sums,
    goods_value=sums,
    crime=st.booleans(),
    especially_serious=st.booleans(),
    citizen=st.booleans(),
    field=st.sampled_from([RewardField.food, RewardField.food, RewardField.other]),
)
claims = st.builds(
    Claim,
    reported_on=st.dates(date(2018, 1, 1), date(2027, 6, 1)),
    order=st.integers(0, 3),
    clue=st.sampled_from(["a", "b", "c"]),
    natural_person=st.booleans(),
    insider=st.booleans(),
    real_name=st.booleans(),
    exclusion=st.sampled_from([None, None, None, *Exclusion]),
    known_before=st.sampled_from([False, False, True]),
    rewarded_before=st.sampled_from([False, False, True]),
    detailed=st.booleans(),
    match=st.sampled_from(Match),
    evidence=st.sampled_from(Evidence),
    percent=st.sampled_from([None, Decimal(1), Decimal("2.5"), Decimal(7)]),
    factor=st.sampled_from([None, Decimal(1), Decimal(5)]),
    finance_consents=st.booleans(),
    applied_on=st.sampled_from([None, CLOSED]),
)


@given(claims, outcomes)
def test_a_reward_is_never_above_the_cap_nor_below_the_floor_and_always_explained(who: Claim, what: Outcome) -> None:
    found = due(who, what)
    assert found.reasons
    assert all(reason.article for reason in found.reasons)
    if found.state is RewardState.due:
        assert found.floor <= found.amount <= found.cap <= CAP
    else:
        assert (found.amount, found.grade, found.consult_finance) == (0, None, False)


@given(claims, outcomes, sums)
def test_a_higher_fine_never_makes_a_reward_smaller(who: Claim, what: Outcome, more: Decimal) -> None:
    before, after = due(who, what), due(who, replace(what, fine=what.fine + more, goods_value=what.goods_value + more))
    if after.state is not RewardState.unknown:
        assert after.amount >= before.amount


@given(claims, outcomes)
def test_better_evidence_never_makes_a_reward_smaller(who: Claim, what: Outcome) -> None:
    best = replace(who, match=Match.full, evidence=Evidence.direct, detailed=True)
    assert due(best, what).amount >= due(who, what).amount


@given(claims, st.integers(0, 99_999))
def test_a_breach_that_is_not_major_is_never_rewarded_since_2021(who: Claim, fine: int) -> None:
    minor = outcome(fine, Kind.fine, Kind.warning)
    if who.reported_on >= date(2023, 4, 1):
        assert due(who, minor).amount == 0


@given(st.lists(claims, min_size=1, max_size=4), outcomes)
def test_several_together_get_no_more_than_the_highest_of_them(several: list[Claim], what: Outcome) -> None:
    shared = share(several, what, RULES)
    assert sum(one.amount for one in shared) <= max(due(one, what).amount for one in several)
    for clue in {one.clue for one in several}:
        paid = [found for one, found in zip(several, shared, strict=True) if one.clue == clue and found.amount]
        assert len(paid) <= 1

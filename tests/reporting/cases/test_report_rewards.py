"""Paying for a report: computed, proposed by one, approved by another, paid once whoever tries at the same moment."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from decimal import Decimal
from threading import Barrier

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm import Session
from tests.reporting.cases.conftest import HEAD, OFFICER, Bureau, noon, the_case

from zuofang.credit.records import Kind
from zuofang.reporting.cases.acts import handling, opening, rewards
from zuofang.reporting.cases.acts.steps import take_back
from zuofang.reporting.cases.models import ReportCase, ReportReward, RewardPayment
from zuofang.reporting.cases.queries import by_half_years, paid, worklist
from zuofang.reporting.law.claims import Claim, Evidence, Match, Outcome
from zuofang.reporting.law.matters import NoticeKind
from zuofang.rules.book import read_rules
from zuofang.storage.acts import Desk, Refused

MAJOR = Outcome(place="", fine=Decimal(200_000), kinds=frozenset({Kind.fine, Kind.shut_down}))
ASKED = Claim(reported_on=date(2026, 6, 1), applied_on=date(2026, 7, 3))
FINANCE = "出纳小方"
RULES = read_rules()


def on(text: str) -> date:
    return date.fromisoformat(text)


def closed(bureau: Bureau, outcome: Outcome = MAJOR) -> str:
    """A report with its decision and its closing on 2026-07-02."""
    number, day = bureau.opened("2026-06-01"), on("2026-07-02")
    with bureau.at("2026-07-02") as desk:
        case = the_case(desk, number)
        handling.file(desk, case, day, "属实", approved_by=HEAD)
        handling.decide(desk, case, outcome, day, "处罚")
        handling.serve(desk, case, day, "送达")
        handling.tell(desk, case, NoticeKind.result, day, "告知")
        handling.close(desk, case, day, "结案")
    return number


def reward_of(desk: Desk, number: str) -> ReportReward:
    found = the_case(desk, number).reward
    assert found is not None
    return found


def approved(bureau: Bureau, number: str) -> None:
    with bureau.at("2026-07-06") as desk:
        rewards.propose(desk, the_case(desk, number), ASKED, "符合条件")
    with bureau.at("2026-07-07", HEAD) as desk:
        rewards.approve(desk, reward_of(desk, number), "同意")


def claimed(bureau: Bureau, number: str) -> None:
    approved(bureau, number)
    with bureau.at("2026-07-08") as desk:
        rewards.tell_decision(desk, reward_of(desk, number), on("2026-07-08"), "告知")
        rewards.claim(desk, reward_of(desk, number), on("2026-07-08"), "凭回执领取")


def test_a_reward_is_computed_proposed_approved_claimed_and_paid(bureau: Bureau) -> None:
    number = closed(bureau)
    claimed(bureau, number)
    with bureau.at("2026-07-09", FINANCE) as desk:
        payment = rewards.pay(desk, reward_of(desk, number), on("2026-07-09"), "转账")
        assert payment.amount == Decimal("6000.00")
        with pytest.raises(Refused, match="已经支付"):
            rewards.pay(desk, reward_of(desk, number), on("2026-07-09"), "再转一次")


def test_a_case_is_not_finished_while_a_reward_waits(bureau: Bureau) -> None:
    number = closed(bureau)
    with bureau.at("2026-07-02") as desk:
        tasks = [str(item.duty.task) for item in worklist(desk.session, on("2026-07-02"), desk.rules)]
        assert tasks == ["tell_reward"]
        handling.tell(desk, the_case(desk, number), NoticeKind.reward, on("2026-07-02"), "告知可以申请")
        assert the_case(desk, number).finished
    claimed(bureau, number)
    with bureau.at("2026-07-09", FINANCE) as desk:
        assert not the_case(desk, number).finished
        rewards.pay(desk, reward_of(desk, number), on("2026-07-09"), "转账")
        assert the_case(desk, number).finished
        rewards.take_back_payment(desk, reward_of(desk, number), "退回")
        assert not the_case(desk, number).finished


def test_a_minor_breach_is_refused_with_the_article(bureau: Bureau) -> None:
    number = closed(bureau, Outcome(place="", fine=Decimal(1500), kinds=frozenset({Kind.fine})))
    with bureau.at("2026-07-06") as desk:
        assert worklist(desk.session, on("2026-07-06"), desk.rules) == []
        with pytest.raises(Refused, match=r"重大违法行为.*第二条"):
            rewards.propose(desk, the_case(desk, number), ASKED, "想给")


def test_nobody_approves_what_they_proposed_nor_pays_what_they_approved(bureau: Bureau) -> None:
    number = closed(bureau)
    with bureau.at("2026-07-06") as desk:
        rewards.propose(desk, the_case(desk, number), ASKED, "符合条件")
        with pytest.raises(Refused, match="另一人"):
            rewards.approve(desk, reward_of(desk, number), "自己批")
    with bureau.at("2026-07-06", HEAD) as desk:
        reward = reward_of(desk, number)
        rewards.approve(desk, reward, "同意")
        rewards.tell_decision(desk, reward, on("2026-07-06"), "告知")
        rewards.claim(desk, reward, on("2026-07-06"), "领取")
        with pytest.raises(Refused, match="不能自己支付"):
            rewards.pay(desk, reward, on("2026-07-06"), "转账")


def test_the_database_itself_wants_two_people(bureau: Bureau) -> None:
    number = closed(bureau)
    with bureau.at("2026-07-06") as desk:
        rewards.propose(desk, the_case(desk, number), ASKED, "符合条件")
    with bureau.at("2026-07-06") as desk:
        reward = reward_of(desk, number)
        reward.approved_by, reward.approved_on = OFFICER, on("2026-07-06")
        with pytest.raises(IntegrityError):
            desk.session.flush()
        desk.session.rollback()


def test_every_act_on_a_reward_has_its_opposite(bureau: Bureau) -> None:
    number = closed(bureau)
    claimed(bureau, number)
    with bureau.at("2026-07-09") as desk:
        reward = reward_of(desk, number)
        with pytest.raises(Refused, match="奖励以这一步为据"):
            take_back(desk, the_case(desk, number), "重开")
        rewards.undo_claim(desk, reward, "没有领")
        rewards.extend_claim(desk, reward, 10, "出差")
        with pytest.raises(Refused, match="超过了规定"):
            rewards.extend_claim(desk, reward, 11, "太久")
        rewards.untell_decision(desk, reward, "没有告知")
        rewards.undo_approval(desk, reward, "再看看")
        rewards.withdraw_proposal(desk, reward, "撤回")
    with bureau.at("2026-07-09") as desk:
        assert the_case(desk, number).reward is None
        take_back(desk, the_case(desk, number), "重开")


def test_a_reward_that_is_not_claimed_in_time_is_given_up(bureau: Bureau) -> None:
    number = closed(bureau)
    approved(bureau, number)
    with bureau.at("2026-07-08") as desk:
        handling.tell(desk, the_case(desk, number), NoticeKind.reward, on("2026-07-08"), "告知可以申请")
        rewards.tell_decision(desk, reward_of(desk, number), on("2026-07-08"), "告知")
    with bureau.at("2026-08-19") as desk, pytest.raises(Refused, match="还没有届满"):
        rewards.give_up(desk, reward_of(desk, number), "逾期")
    with bureau.at("2026-08-20") as desk:
        reward = reward_of(desk, number)
        with pytest.raises(Refused, match="视为放弃；最后一日为2026-08-19"):
            rewards.claim(desk, reward, on("2026-08-20"), "来领")
        rewards.give_up(desk, reward, "逾期")
        assert the_case(desk, number).finished
        rewards.undo_give_up(desk, reward, "算错了")
        assert not the_case(desk, number).finished


def test_a_sum_that_changed_must_be_proposed_anew(bureau: Bureau) -> None:
    number = closed(bureau)
    with bureau.at("2026-07-06") as desk:
        reward = rewards.propose(desk, the_case(desk, number), ASKED, "符合条件")
        reward.amount = Decimal("6000.01")
    with bureau.at("2026-07-07", HEAD) as desk, pytest.raises(Refused, match="重新计算"):
        rewards.approve(desk, reward_of(desk, number), "同意")


def test_of_two_who_brought_the_same_clue_the_first_is_rewarded(bureau: Bureau) -> None:
    later = bureau.opened("2026-06-02")
    main = closed(bureau)
    with bureau.at("2026-07-06") as desk:
        second = the_case(desk, later)
        opening.join(desk, second, _reopened(desk, main), on("2026-07-06"), "同一事实", new_facts=False)
        handling.close(desk, the_case(desk, main), on("2026-07-06"), "结案")
        with pytest.raises(Refused, match="最先举报"):
            rewards.propose(desk, second, replace(ASKED, match=Match.basic, evidence=Evidence.related), "也想要")
        assert rewards.propose(desk, the_case(desk, main), ASKED, "符合条件").amount == 6000


def _reopened(desk: Desk, number: str) -> ReportCase:
    case = the_case(desk, number)
    take_back(desk, case, "并案以后再结")
    return case


def pay_at_once(bureau: Bureau, number: str, barrier: Barrier) -> str:
    barrier.wait()
    try:
        with replace(bureau.office, clock=lambda: noon("2026-07-09")).writing(FINANCE) as desk:
            rewards.pay(desk, reward_of(desk, number), on("2026-07-09"), "转账")
    except (Refused, OperationalError) as failure:
        return type(failure).__name__
    return "paid"


def test_a_reward_is_paid_once_whoever_tries_at_the_same_moment(bureau: Bureau) -> None:
    hands = 12
    number = closed(bureau)
    claimed(bureau, number)
    barrier = Barrier(hands)
    with ThreadPoolExecutor(hands) as pool:
        outcomes = [one.result() for one in [pool.submit(pay_at_once, bureau, number, barrier) for _ in range(hands)]]
    assert sorted(outcomes) == [*["Refused"] * (hands - 1), "paid"]
    with Session(bureau.office.database.read) as session:
        assert session.scalar(select(func.count()).select_from(RewardPayment)) == 1


SPRING = (date(2026, 3, 4), Decimal(3))
HALF = [(date(2026, 1, 1), Decimal(1000)), (date(2026, 6, 30), Decimal("2000.50")), SPRING, SPRING, SPRING]


def test_what_was_paid_is_told_by_half_years_that_are_over() -> None:
    one, *rest = by_half_years(HALF, on("2026-07-01"), RULES)
    assert (one.year, one.half, one.count, one.amount, rest) == (2026, 1, 5, Decimal("3009.50"), [])
    assert by_half_years(HALF, on("2026-06-30"), RULES) == []


def test_so_few_payments_that_a_person_could_be_told_are_not_counted_out() -> None:
    newer = [(date(2026, 7, 1), Decimal(5000))]
    few, many = by_half_years([*HALF, *newer], on("2027-01-01"), RULES)
    assert (few.half, few.count, few.amount) == (2, None, None)
    assert many.count == 5


def test_a_payment_is_counted_when_its_half_year_is_over(bureau: Bureau) -> None:
    number = closed(bureau)
    claimed(bureau, number)
    with bureau.at("2026-07-09", FINANCE) as desk:
        rewards.pay(desk, reward_of(desk, number), on("2026-07-09"), "转账")
    with bureau.at("2027-01-01") as desk:
        assert paid(desk.session, on("2026-12-31"), desk.rules) == []
        (told,) = paid(desk.session, on("2027-01-01"), desk.rules)
        assert (told.year, told.half, told.count) == (2026, 2, None)

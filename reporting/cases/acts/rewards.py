"""Paying for a report: proposed by one person, approved by another, told, claimed, and paid once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from sqlalchemy import select

from zuofang.credit.codec import dump, load
from zuofang.reporting.cases.acts.steps import note, refresh, refuse, settle_at_once
from zuofang.reporting.cases.matter import outcome_of
from zuofang.reporting.cases.models import ReportCase, ReportReward, RewardPayment
from zuofang.reporting.law.claims import Claim, Outcome, Reward, RewardState
from zuofang.reporting.law.matters import ReportKind, Standing
from zuofang.reporting.law.reward import RewardTerms, reward_terms, share
from zuofang.rules.sentences import Sentence, say
from zuofang.rules.texts import Texts
from zuofang.storage.acts import Desk, Refused

PROPOSED = say("这一件已经提出奖励。")
PAID = say("这笔奖励已经支付。")


def computed(desk: Desk, case: ReportCase, claim: Claim) -> Reward:
    """What is due for a case beside the other reports that were joined to it or rewarded with it.

    Raises:
        Refused: nothing was decided, or it is no report.
    """
    main = desk.session.get(ReportCase, case.joined_id) if case.joined_id else case
    outcome = outcome_of(main) if main else None
    if case.kind is not ReportKind.report or outcome is None:
        raise Refused(say("只有已经作出决定的举报可以奖励。"))
    insider = case.standing is Standing.insider
    own = replace(claim, reported_on=case.received_on, order=case.id, insider=insider)
    return share([own, *_others(desk, case)], outcome, desk.rules)[0]


def propose(desk: Desk, case: ReportCase, claim: Claim, why: str) -> ReportReward:
    """Put a reward forward; the sum is computed, never entered.

    Raises:
        Refused: nothing is due, with every reason and its article; or one is proposed already.
    """
    refuse(case.reward is not None, PROPOSED)
    found = computed(desk, case, claim)
    if found.state is not RewardState.due or found.grade is None:
        raise Refused(_told(found))
    reward = ReportReward(
        case=case, facts=dump(claim), amount=found.amount, grade=found.grade, proposed_by=desk.who,
        proposed_on=desk.today, longer=0,
    )  # fmt: skip
    desk.session.add(reward)
    settle_at_once(desk, PROPOSED)
    refresh(desk, case)
    note(desk, "propose_reward", case, why, grade=found.grade)
    return reward


def withdraw_proposal(desk: Desk, reward: ReportReward, why: str) -> None:
    """Take a proposal back while it is not approved."""
    refuse(reward.approved_by is not None, say("奖励已经批准，请先撤销批准。"))
    case = reward.case
    note(desk, "withdraw_reward", case, why)
    case.reward = None
    desk.session.delete(reward)
    refresh(desk, case)


def approve(desk: Desk, reward: ReportReward, why: str) -> None:
    """Approve a reward that somebody else proposed; it is computed once more.

    Raises:
        Refused: it is approved, the same person proposed it, or the sum would be another today.
    """
    refuse(reward.approved_by is not None, say("奖励已经批准。"))
    refuse(reward.proposed_by == desk.who, say("奖励须由另一人批准。"))
    found = computed(desk, reward.case, load(Claim, reward.facts))
    refuse(found.amount != reward.amount, say("依据已有变化，数额应当重新计算，请先撤回再提出。"))
    reward.approved_by, reward.approved_on = desk.who, desk.today
    note(desk, "approve_reward", reward.case, why)


def undo_approval(desk: Desk, reward: ReportReward, why: str) -> None:
    """Take an approval back while nobody was told of it."""
    refuse(reward.approved_by is None, say("奖励还没有批准。"))
    refuse(reward.told_on is not None, say("奖励决定已经告知，不能撤销批准。"))
    reward.approved_by = reward.approved_on = None
    note(desk, "undo_reward_approval", reward.case, why)


def tell_decision(desk: Desk, reward: ReportReward, on: date, why: str) -> None:
    """Note that the decision was told; the days to claim and to ask for a review begin."""
    refuse(reward.approved_on is None or on < reward.approved_on, say("奖励还没有批准。"))
    refuse(reward.told_on is not None, say("奖励决定已经告知。"))
    reward.told_on = on
    note(desk, "tell_reward_decision", reward.case, why, on=on)


def untell_decision(desk: Desk, reward: ReportReward, why: str) -> None:
    """The decision was not told after all."""
    refuse(reward.told_on is None or reward.claimed_on is not None, say("奖励决定还没有告知，或者已经领取。"))
    reward.told_on, reward.longer = None, 0
    note(desk, "untell_reward_decision", reward.case, why)


def extend_claim(desk: Desk, reward: ReportReward, longer: int, why: str) -> None:
    """Give some working days more to claim, as many as the text allows; 0 takes it back."""
    refuse(reward.told_on is None or reward.claimed_on is not None, say("奖励决定还没有告知，或者已经领取。"))
    allowed = Texts(desk.rules, reward.case.received_on).find("reward.claim_extension")
    refuse(not 0 <= longer <= (allowed.whole if allowed else 0), say("延长的天数超过了规定。"))
    reward.longer = longer
    note(desk, "extend_reward_claim", reward.case, why, days=longer)


def claim(desk: Desk, reward: ReportReward, on: date, why: str) -> None:
    """The reporter claimed it, by locator and secret or in person, within the days of the text.

    Raises:
        Refused: it was given up by letting the last day pass.
    """
    refuse(reward.told_on is None or on < reward.told_on, say("奖励决定还没有告知。"))
    refuse(reward.claimed_on is not None, say("奖励已经领取。"))
    last = terms(desk, reward).claim_by
    if last is not None and on > last.day:
        raise Refused(say("逾期没有领取，视为放弃；最后一日为%(day)s。", day=last.day))
    reward.claimed_on = on
    note(desk, "claim_reward", reward.case, why, on=on)


def undo_claim(desk: Desk, reward: ReportReward, why: str) -> None:
    """It was not claimed after all; not once it is paid."""
    refuse(reward.claimed_on is None or reward.payment is not None, say("奖励还没有领取，或者已经支付。"))
    reward.claimed_on = None
    note(desk, "undo_reward_claim", reward.case, why)


def pay(desk: Desk, reward: ReportReward, on: date, why: str) -> RewardPayment:
    """Note the payment. The database holds one row for one reward, whoever tries at the same moment.

    Raises:
        Refused: it is not claimed, paid already, or being paid by somebody else right now.
    """
    refuse(reward.claimed_on is None or on < reward.claimed_on, say("奖励还没有领取。"))
    refuse(reward.approved_by == desk.who, say("批准奖励的人不能自己支付。"))
    refuse(desk.session.get(RewardPayment, reward.id) is not None, PAID)
    paid = RewardPayment(reward_id=reward.id, paid_on=on, paid_by=desk.who, amount=reward.amount)
    desk.session.add(paid)
    settle_at_once(desk, PAID)
    desk.session.expire(reward, ["payment"])
    refresh(desk, reward.case)
    note(desk, "pay_reward", reward.case, why, on=on)
    return paid


def take_back_payment(desk: Desk, reward: ReportReward, why: str) -> None:
    """The money came back; it can be paid again."""
    paid = desk.session.get(RewardPayment, reward.id)
    if paid is None:
        raise Refused(say("这笔奖励没有支付。"))
    note(desk, "take_back_payment", reward.case, why, on=paid.paid_on)
    desk.session.delete(paid)
    desk.session.flush()
    desk.session.expire(reward, ["payment"])
    refresh(desk, reward.case)


def give_up(desk: Desk, reward: ReportReward, why: str) -> None:
    """Note that the last day to claim has passed (逾期视为放弃).

    Raises:
        Refused: it has not, or the reward was claimed.
    """
    refuse(
        not terms(desk, reward).is_given_up(desk.today, reward.claimed_on), say("领取期限还没有届满，或者已经领取。")
    )
    reward.given_up_on = desk.today
    refresh(desk, reward.case)
    note(desk, "give_up_reward", reward.case, why)


def undo_give_up(desk: Desk, reward: ReportReward, why: str) -> None:
    """It was not given up after all."""
    refuse(reward.given_up_on is None, say("没有视为放弃。"))
    reward.given_up_on = None
    refresh(desk, reward.case)
    note(desk, "undo_give_up_reward", reward.case, why)


def terms(desk: Desk, reward: ReportReward) -> RewardTerms:
    """The days of a reward."""
    outcome: Outcome | None = outcome_of(reward.case)
    return reward_terms(
        reward.case.received_on, desk.rules, closed_on=outcome.closed_on if outcome else None,
        decision_told_on=reward.told_on, longer=reward.longer,
    )  # fmt: skip


def _others(desk: Desk, case: ReportCase) -> list[Claim]:
    """The claims that were proposed for reports joined to this one or to the same main one."""
    main = case.joined_id or case.id
    related = select(ReportCase).where(
        (ReportCase.joined_id == main) | (ReportCase.id == main), ReportCase.id != case.id
    )
    found = []
    for other in desk.session.scalars(related):
        facts = load(Claim, other.reward.facts) if other.reward else Claim(reported_on=other.received_on)
        found.append(replace(facts, reported_on=other.received_on, order=other.id))
    return found


def _told(found: Reward) -> Sentence:
    first, *rest = found.reasons
    told = say("%(reason)s（%(article)s）", reason=first.sentence, article=first.article)
    for one in rest:
        told = say("%(before)s；%(reason)s（%(article)s）", before=told, reason=one.sentence, article=one.article)
    return told

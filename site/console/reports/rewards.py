"""What was decided, and what is paid for it: computed, proposed by one person, approved by another, told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from flask import Blueprint
from werkzeug.wrappers import Response as AnyResponse

from zuofang.credit.records import Kind
from zuofang.reporting import acts as letters
from zuofang.reporting.cases.acts import handling, rewards
from zuofang.reporting.cases.acts.claims import settle_claims
from zuofang.reporting.cases.belonging import of_case
from zuofang.reporting.cases.models import ReportCase, ReportReward
from zuofang.reporting.law.claims import Claim, Evidence, Exclusion, Match, Outcome, RewardField
from zuofang.reporting.models import Report
from zuofang.rules.sentences import say
from zuofang.site.console.acting import AT_DESK
from zuofang.site.console.answers import NOT_OFFERED, Answers, form
from zuofang.site.console.counter import counter
from zuofang.site.console.reports.case import decide
from zuofang.site.console.rights import may
from zuofang.storage.accounts.models import Role
from zuofang.storage.acts import Desk, Refused

pages = Blueprint("report_rewards", __name__)
WHY = str(AT_DESK)


@pages.post("/reports/<key:case>/decide")
@may(Role.case_officer, place=of_case)
def settle(case: int) -> AnyResponse:
    """Note what was decided; it is the ground of a reward and leads to no record of the credit file."""
    answers = form()
    kinds = frozenset(Kind[one] for one in answers.several("decided_kinds") if one in Kind.__members__)
    sums = {name: answers.amount(f"decided_{name}") for name in ("fine", "confiscated", "goods_value")}
    asked = ("verified", "crime", "especially_serious", "citizen")
    ticks: dict[str, Any] = {name: answers.ticked(f"decided_{name}") for name in asked}
    area = answers.member("decided_field", RewardField, NOT_OFFERED) or RewardField.food
    on = answers.day("decided_on") or counter().today
    if (Kind.fine in kinds) != bool(sums["fine"]):
        answers.wrong("decided_fine", say("有罚款的要写金额，没有罚款的不写。"))
    paid: dict[str, Any] = {name: amount for name, amount in sums.items() if amount is not None}
    outcome = Outcome(place="", kinds=kinds, field=area, **paid, **ticks)
    return decide(case, "decided", lambda desk, row: handling.decide(desk, row, outcome, on, WHY), answers)


@pages.post("/reports/<key:case>/reward/propose")
@may(Role.case_officer, place=of_case)
def propose(case: int) -> AnyResponse:
    """Put a reward forward; its sum is computed, and where nothing is due every reason is told with its article."""
    answers = form()
    claim = _claim(answers)
    return decide(case, "reward_proposed", lambda desk, row: _propose(desk, row, claim), answers)


@pages.post("/reports/<key:case>/reward/withdraw")
@may(Role.case_officer, place=of_case)
def withdraw(case: int) -> AnyResponse:
    """Take a proposal back while it is not approved."""
    return _reward(case, "reward_withdrawn", lambda desk, reward: rewards.withdraw_proposal(desk, reward, WHY))


@pages.post("/reports/<key:case>/reward/approve")
@may(Role.case_officer, place=of_case, fresh=True)
def approve(case: int) -> AnyResponse:
    """Approve a reward that somebody else proposed; it is computed once more."""
    return _reward(case, "reward_approved", lambda desk, reward: rewards.approve(desk, reward, WHY))


@pages.post("/reports/<key:case>/reward/undo-approval")
@may(Role.case_officer, place=of_case)
def undo_approval(case: int) -> AnyResponse:
    """Take an approval back while nobody was told of it."""
    return _reward(case, "reward_unapproved", lambda desk, reward: rewards.undo_approval(desk, reward, WHY))


@pages.post("/reports/<key:case>/reward/tell")
@may(Role.case_officer, place=of_case)
def tell(case: int) -> AnyResponse:
    """Tell the sender by receipt what is paid and until when it can be claimed; the days to claim begin."""
    answers = form()
    text = answers.text("reward_text", say("请写告知的内容。"), most=5000)

    def act(desk: Desk, reward: ReportReward) -> None:
        letters.reply(desk, desk.session.get_one(Report, reward.case.report_id), text, WHY)
        rewards.tell_decision(desk, reward, desk.today, WHY)
        settle_claims(desk)

    return _reward(case, "reward_told", act, answers)


@pages.post("/reports/<key:case>/reward/untell")
@may(Role.case_officer, place=of_case)
def untell(case: int) -> AnyResponse:
    """The decision was not told after all."""
    return _reward(case, "reward_untold", lambda desk, reward: rewards.untell_decision(desk, reward, WHY))


@pages.post("/reports/<key:case>/reward/extend")
@may(Role.case_officer, place=of_case)
def extend(case: int) -> AnyResponse:
    """Give some working days more to claim, as many as the text allows."""
    answers = form()
    days = answers.whole("reward_longer", say("请填延长几个工作日，0 是不延长。"), 0, 99) or 0
    return _reward(case, "reward_longer", lambda desk, reward: rewards.extend_claim(desk, reward, days, WHY), answers)


@pages.post("/reports/<key:case>/reward/claim")
@may(Role.case_officer, place=of_case)
def claim_in_person(case: int) -> AnyResponse:
    """The reporter came with the receipt and claimed in person; what comes by receipt counts by itself."""
    return _reward(case, "reward_claimed", lambda desk, reward: rewards.claim(desk, reward, desk.today, WHY))


@pages.post("/reports/<key:case>/reward/undo-claim")
@may(Role.case_officer, place=of_case)
def undo_claim(case: int) -> AnyResponse:
    """It was not claimed after all; not once it is paid."""
    return _reward(case, "reward_unclaimed", lambda desk, reward: rewards.undo_claim(desk, reward, WHY))


def _propose(desk: Desk, row: ReportCase, claim: Claim) -> None:
    rewards.propose(desk, row, replace(claim, reported_on=row.received_on), WHY)


def _claim(answers: Answers) -> Claim:
    """What bears on a reward, as it was typed."""
    match = answers.member("match", Match, say("请选举报内容和查证的事实是否相符。"))
    evidence = answers.member("evidence", Evidence, say("请选举报人提供了什么证据。"))
    names = ("definite", "detailed", "known_before", "rewarded_before", "finance_consents")
    ticks = {name: answers.ticked(name) for name in names}
    return Claim(
        reported_on=counter().today, match=match or Match.none, evidence=evidence or Evidence.none,
        exclusion=answers.member("exclusion", Exclusion), clue=answers.text("clue", most=100),
        percent=answers.amount("percent"), factor=answers.amount("factor"), applied_on=answers.day("applied_on"),
        relation_ended_on=answers.day("relation_ended_on"), **ticks,
    )  # fmt: skip


def _reward(
    case: int, done: str, act: Callable[[Desk, ReportReward], object], answers: Answers | None = None
) -> AnyResponse:
    def do(desk: Desk, row: ReportCase) -> None:
        if row.reward is None:
            raise Refused(say("这一件没有提出奖励，或者已经撤回。"))
        act(desk, row.reward)

    return decide(case, done, do, answers)

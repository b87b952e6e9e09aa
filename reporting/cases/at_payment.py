"""Rewards as finance sees them: a number, a sum and days; neither what was reported nor who reported it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session, selectinload

from zuofang.reporting.cases.matter import outcome_of
from zuofang.reporting.cases.models import ReportCase, ReportReward
from zuofang.reporting.law.reward import reward_terms
from zuofang.reporting.models import LetterKind, ReportLetter
from zuofang.rules.book import RuleBook


@dataclass(frozen=True, slots=True)
class ToPay:
    """One reward that was told: claimed or not, paid or not, and its last day to claim."""

    reward: ReportReward
    number: str
    place: str
    claim_by: date | None
    claimed: date | None
    """The day of the claim, also where it came by receipt today and the journal has not taken note of it."""

    @property
    def state(self) -> str:
        """How far it is: paid, given_up, claimed, or told."""
        if self.reward.payment is not None:
            return "paid"
        if self.reward.given_up_on is not None:
            return "given_up"
        return "claimed" if self.claimed is not None else "told"


def to_pay(session: Session, rules: RuleBook, key: int | None = None) -> list[ToPay]:
    """Every reward that was told, those that wait to be paid first; two statements whatever the number."""
    by_receipt = (
        select(func.max(ReportLetter.sent_on))
        .where(ReportLetter.report_id == ReportCase.report_id, ReportLetter.kind == LetterKind.claim)
        .scalar_subquery()
    )
    wanted = select(ReportReward, ReportCase, by_receipt).join(ReportCase, ReportCase.id == ReportReward.case_id)
    wanted = wanted.where(ReportReward.told_on.is_not(None) if key is None else ReportReward.id == key)
    rows = session.execute(wanted.options(selectinload(ReportReward.payment)).order_by(ReportReward.id))
    found = [_line(reward, case, sent_on, rules) for reward, case, sent_on in rows]
    order = ("claimed", "told", "given_up", "paid")
    return sorted(found, key=lambda one: (order.index(one.state), one.claimed or one.claim_by or date.max))


def _line(reward: ReportReward, case: ReportCase, sent_on: date | None, rules: RuleBook) -> ToPay:
    outcome = outcome_of(case)
    terms = reward_terms(
        case.received_on, rules, closed_on=outcome.closed_on if outcome else None, decision_told_on=reward.told_on,
        longer=reward.longer,
    )  # fmt: skip
    last, claimed = terms.claim_by.day if terms.claim_by else None, reward.claimed_on
    if claimed is None and sent_on and reward.told_on and last and sent_on <= last:
        claimed = max(sent_on, reward.told_on)
    return ToPay(reward, case.number, case.place, last, claimed)

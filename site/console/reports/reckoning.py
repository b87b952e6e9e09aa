"""The reward of a case as its page shows it: how the sum came about, and its days."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from zuofang.credit.codec import load
from zuofang.reporting.cases.acts.rewards import computed, terms
from zuofang.reporting.cases.models import ReportCase
from zuofang.reporting.law.claims import Claim, Reward
from zuofang.reporting.law.reward import RewardTerms
from zuofang.reporting.models import LetterKind, Report
from zuofang.site.console.counter import counter, guest
from zuofang.storage.acts import Desk, Refused


@dataclass(frozen=True, slots=True)
class Reckoned:
    """A proposed reward computed once more today, and the days that run from its telling."""

    found: Reward
    terms: RewardTerms


def reckoned(session: Session, case: ReportCase) -> Reckoned | None:
    """The reward of a case; nothing where none is proposed, or what was decided was taken back."""
    if case.reward is None:
        return None
    here = counter()
    desk = Desk(session, guest().name, here.now, here.rules, here.office.keys)
    try:
        return Reckoned(computed(desk, case, load(Claim, case.reward.facts)), terms(desk, case.reward))
    except Refused:
        return None


def applied_on(report: Report) -> str:
    """The day on which the sender claimed by receipt, for the form of a proposal; empty where they have not."""
    days = [one.sent_on for one in report.letters if one.kind is LetterKind.claim]
    return max(days).isoformat() if days else ""

"""What a sender claims by receipt counts by itself: nobody has to enter it, and nobody can forget to."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from zuofang.reporting.cases.acts.rewards import claim
from zuofang.reporting.cases.models import ReportCase, ReportReward
from zuofang.reporting.models import LetterKind, ReportLetter
from zuofang.storage.acts import Desk, Refused

WHY = "凭回执申领"


def settle_claims(desk: Desk) -> int:
    """Count every claim that came by receipt for a reward that was told; answers how many.

    One that came before the decision was told counts from the day of the telling; one that came too late counts not.
    """
    settled = 0
    waiting = select(ReportReward, ReportLetter.sent_on).join(ReportCase, ReportCase.id == ReportReward.case_id)
    letters = waiting.join(ReportLetter, ReportLetter.report_id == ReportCase.report_id).where(
        ReportLetter.kind == LetterKind.claim, ReportReward.told_on.is_not(None),
        ReportReward.claimed_on.is_(None), ReportReward.given_up_on.is_(None),
    )  # fmt: skip
    for reward, sent_on in desk.session.execute(letters.order_by(ReportLetter.id)).all():
        if reward.claimed_on is None and reward.told_on is not None:
            settled += _settled(desk, reward, max(sent_on, reward.told_on))
    return settled


def _settled(desk: Desk, reward: ReportReward, on: date) -> bool:
    try:
        claim(desk, reward, on, WHY)
    except Refused:  # the last day had passed
        return False
    return True

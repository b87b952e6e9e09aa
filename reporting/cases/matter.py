"""From the rows of a case to the matter that the law reads, and to what was decided."""

from __future__ import annotations

from datetime import date

from zuofang.credit.codec import load
from zuofang.reporting.cases.models import ReportCase
from zuofang.reporting.law.claims import Outcome
from zuofang.reporting.law.eligibility import is_major
from zuofang.reporting.law.matters import Happening, Matter, What
from zuofang.reporting.models import Report
from zuofang.rules.book import RuleBook
from zuofang.rules.texts import Texts

ENDINGS = (What.closed, What.handed_over, What.joined, What.rejected, What.settled, What.terminated, What.not_filed)
"""After one of these nothing is left to decide; notices may still be owed."""


def happened(case: ReportCase) -> tuple[Happening, ...]:
    """Everything that happened to a case and was not taken back, in order."""
    kept = sorted((step for step in case.steps if not step.undone), key=lambda step: (step.on, step.id))
    return tuple(Happening(one.what, one.on, one.cause, one.until, one.notice, one.detail) for one in kept)


def matter_of(case: ReportCase, rules: RuleBook) -> Matter:
    """The matter of a case."""
    return Matter(
        kind=case.kind, received_on=case.received_on, standing=case.standing, origin=case.origin, food=case.food,
        unlicensed=case.unlicensed, workshop=case.small, place=case.place, reward_due=may_be_rewarded(case, rules),
        happened=happened(case),
    )  # fmt: skip


def matter_of_letter(report: Report) -> Matter:
    """The matter of a letter of which nobody has opened a case yet: its clocks run from its receipt all the same."""
    taken_back = (Happening(What.withdrawn, report.withdrawn_on),) if report.withdrawn_on else ()
    return Matter(
        kind=report.kind, received_on=report.received_on, standing=report.standing, happened=taken_back
    )  # fmt: skip


def outcome_of(case: ReportCase) -> Outcome | None:
    """What was decided, with the day of the closing; nothing before a decision."""
    return load(Outcome, case.outcome) if case.outcome else None


def may_be_rewarded(case: ReportCase, rules: RuleBook) -> bool:
    """Whether what was decided is of the kind that is rewarded, so that the reporter must be told of it."""
    outcome = outcome_of(case)
    if outcome is None or not outcome.verified:
        return False
    texts = Texts(rules, case.received_on)
    scope = texts.find("reward.scope")
    return scope is not None and (scope.value != "major" or is_major(outcome, texts) is True)


def officer_of(case: ReportCase) -> str | None:
    """Who handles a case."""
    return next((one.detail for one in reversed(happened(case)) if one.what is What.assigned), None)


def ended_on(case: ReportCase) -> date | None:
    """The day after which nothing is left to decide."""
    return next((one.on for one in happened(case) if one.what in ENDINGS), None)

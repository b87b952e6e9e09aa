"""What may be public, when and how long: the one question pages, feeds, files, search and the daily clock ask.

The kinds of record answer in :mod:`zuofang.credit.publishing`, one module each.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from zuofang.credit.findings import Closure, HonourExit, Inspection, Recall, RepairFraud, Sample, Suspension
from zuofang.credit.measures import Interview, Rectification, Referral
from zuofang.credit.publishing.case import Case, Prospect
from zuofang.credit.publishing.course import Course, follow
from zuofang.credit.publishing.finding import InspectionCase, SampleCase
from zuofang.credit.publishing.listing import ListingCase
from zuofang.credit.publishing.measure import InterviewCase, RectificationCase, ReferralCase
from zuofang.credit.publishing.notice import ClosureCase, HonourExitCase, RecallCase, RepairFraudCase, SuspensionCase
from zuofang.credit.publishing.penalty import PenaltyCase
from zuofang.credit.publishing.standing import Dated, Publication, Standing
from zuofang.credit.reasons import Reason, Step, because
from zuofang.credit.records import Listing, Penalty, Record
from zuofang.rules.book import RuleBook
from zuofang.rules.calendar import ONE_DAY, Deadline
from zuofang.rules.parameters import Certainty
from zuofang.rules.sentences import say
from zuofang.rules.texts import fixed, later

__all__ = ["Publication", "Standing", "publication"]

_CASES: dict[type[Record], type[Case[Any]]] = {
    Penalty: PenaltyCase,
    Listing: ListingCase,
    Sample: SampleCase,
    Inspection: InspectionCase,
    Suspension: SuspensionCase,
    Closure: ClosureCase,
    Recall: RecallCase,
    HonourExit: HonourExitCase,
    RepairFraud: RepairFraudCase,
    Interview: InterviewCase,
    Rectification: RectificationCase,
    Referral: ReferralCase,
}


def publication(record: Record, on: date, rules: RuleBook) -> Publication:
    """Say what may be public of ``record`` on the day ``on``, and why.

    The record is judged by the texts of its own day and as it was known on ``on``: facts and events of later days do
    not count, so that a file can be shown as it stood on any day.
    """
    if record.made_on > on:
        return Publication(standing=Standing.not_yet)
    case = _CASES[type(record)](record, on, rules)
    if case.text is None:
        return Publication(standing=Standing.unsettled, reasons=(_no_text(case),))
    obstacle = case.obstacle()
    if obstacle is not None:
        return Publication(standing=Standing.never, version=case.text.value, reasons=(obstacle,))
    return _published(case, follow(case))


def _no_text(case: Case[Any]) -> Reason:
    sentence = say("规则库没有%(day)s适用的规定，核定以前不予公示", day=case.text_day)
    return Reason(Step.text, sentence, "本站公示规则", Certainty.inferred, case.text_day)


def _published(case: Case[Any], course: Course) -> Publication:
    standing = course.standing()
    due, repair = case.due(), _repair(case, course)
    found = Publication(
        standing=standing,
        version=case.text.value if case.text else "",
        due=due.deadline,
        first_day=case.record.published_on,
        last_day=course.stopped.on - ONE_DAY if course.stopped else course.term.day,
        repair_from=repair.day,
        take_down_by=course.stopped.take_down if course.stopped else None,
        reasons=(
            *due.reasons,
            *course.term.reasons,
            *repair.reasons,
            *course.reasons,
            *_ending(course),
            *case.remarks(),
        ),
    )
    if not found.awaits:
        return replace(found, provisional=_is_provisional(found.take_down_by))
    return replace(
        found,
        parts=case.parts,
        provisional=_is_provisional(course.term.deadline, repair.deadline, None if found.first_day else due.deadline),
        may_end=_prospects(case, case.ends_by),
        may_extend=_prospects(case, tuple(case.extends_by())),
    )


def _repair(case: Case[Any], course: Course) -> Dated:
    """Return the first day for an application while it can still matter."""
    if course.early_stop_lost_by or course.ending or course.has_expired(case.on):
        return Dated()
    earliest = case.earliest_repair(course.anchor)
    if earliest.deadline is None:
        return earliest
    barred = course.no_application_before or earliest.deadline.day
    deadline = later(earliest.deadline, fixed(barred))
    return Dated() if course.has_expired(deadline.day) else Dated(deadline, earliest.reasons)


def _ending(course: Course) -> tuple[Reason, ...]:
    return (course.ending.reason,) if course.ending else ()


def _is_provisional(*deadlines: Deadline | None) -> bool:
    return any(deadline.provisional for deadline in deadlines if deadline)


def _prospects(case: Case[Any], prospects: tuple[Prospect, ...]) -> tuple[Reason, ...]:
    """Return those prospects whose article is in force on the day asked about."""
    texts = case.texts.at(case.on)
    rules = ((texts.find(prospect.rule), prospect.sentence) for prospect in prospects)
    return tuple(because(rule, Step.ending, sentence) for rule, sentence in rules if rule)

"""What an operator may ask for about a record: a second test, an objection, credit repair; until when, or why not.

The same rules refuse the application when it is filed; here they are asked beforehand, so that nobody learns them by
being refused.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from zuofang.credit.clocks import (
    ObjectionSteps,
    ReinspectionRequest,
    ReinspectionSteps,
    objection_clock,
    obstacles_to_reinspection,
    reinspection_clock,
)
from zuofang.credit.findings import Sample
from zuofang.credit.reasons import Reason
from zuofang.credit.records import Dispute, Listing, Outcome, Penalty, Record
from zuofang.credit.repair import obstacles_to_repair
from zuofang.rules.book import RuleBook
from zuofang.rules.calendar import Deadline
from zuofang.rules.parameters import NoSuchRule

REPAIR, SECOND_TEST = "repair", "reinspection"


@dataclass(frozen=True, slots=True)
class Remedy:
    """One thing that can be asked for (``about`` says what of an objection); ``until`` is its last day, if it has one.

    ``obstacles`` stand against it on the day that was asked about; without any it is accepted for decision.
    """

    name: str
    until: Deadline | None
    article: str
    obstacles: tuple[Reason, ...] = ()
    about: Dispute | None = None


def remedies(record: Record, on: date, rules: RuleBook) -> tuple[Remedy, ...]:
    """Everything that may be asked for on a day, and what nearly may with its obstacles; what came too late is gone."""
    match record:
        case Penalty() | Listing():
            return tuple(_repair(record, on, rules))
        case Sample() if record.outcome is Outcome.failed and record.refuted_on is None:
            return (*_second_test(record, on, rules), *_objections(record, on, rules))
        case _:
            return ()


def _repair(record: Penalty | Listing, on: date, rules: RuleBook) -> Iterator[Remedy]:
    """Credit repair (信用修复, REP Art 11, 13); nothing where no text on it is in force."""
    try:
        obstacles = obstacles_to_repair(record, on, rules)
        name = "svl.early_removal_conditions" if isinstance(record, Listing) else "repair.conditions"
        yield Remedy(REPAIR, None, rules.parameters(name, on).article, obstacles)
    except NoSuchRule:
        return


def _second_test(sample: Sample, on: date, rules: RuleBook) -> Iterator[Remedy]:
    """A second test (复检, SAMP Art 30, 31), once, of a failure that was served."""
    if sample.served_on is None or sample.reinspection is not None:
        return
    window = reinspection_clock(ReinspectionSteps(served_on=sample.served_on), rules)[0]
    request = ReinspectionRequest(served_on=sample.served_on, asked_on=on, microbiological=sample.microbiological)
    if on <= window.due.day:
        obstacles = obstacles_to_reinspection(request, rules)
        yield Remedy(SECOND_TEST, window.due, window.article, obstacles)


def _objections(sample: Sample, on: date, rules: RuleBook) -> Iterator[Remedy]:
    """An objection (异议, SAMP Art 37) to each side of the sample that none was filed about.

    Where the day from which its days run is not on record, its last day is not known. No sample is taken after its
    conclusion, so that an objection to the taking is surely over when the days from there are.
    """
    filed = {one.about for one in sample.objections}
    for about in Dispute:
        since = sample.objectionable_since(about)
        begins = since or (sample.concluded_on if about is Dispute.sampling else on)
        first, *_ = objection_clock(ObjectionSteps(about=about, begins_on=begins), rules)
        if about not in filed and on <= first.due.day:
            yield Remedy(about.name, first.due if since else None, first.article, about=about)

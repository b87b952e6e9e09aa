"""What must be done by which day, by whom and by which article: the lines of every work list of the credit room."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from zuofang.credit.clocks import Actor, ClockStep, disposal_clock, reinspection_clock, serving_clock
from zuofang.credit.clocks import ReinspectionSteps as Asked
from zuofang.credit.findings import Sample
from zuofang.credit.publication import Publication, Standing
from zuofang.credit.reasons import Reason, Step
from zuofang.credit.records import Outcome, Record
from zuofang.rules.book import RuleBook
from zuofang.rules.calendar import Deadline
from zuofang.rules.parameters import Certainty
from zuofang.rules.sentences import Sentence, say


class DutyKind(StrEnum):
    """What is due: 公示、停止公示、修复和异议和复检、核查处置、召回、荣誉、证书、整改、抽样."""

    publish = "publish"
    take_down = "take_down"
    case = "case"
    sample = "sample"
    recall = "recall"
    honour = "honour"
    certificate = "certificate"
    rectification = "rectification"
    sheet = "sheet"


@dataclass(frozen=True, slots=True)
class About:
    """What a duty is about: the row, the party by name, the operator whose file it is in, and what it says."""

    table: str
    key: int
    party: str
    workshop: int | None
    title: str


@dataclass(frozen=True, slots=True)
class Duty:
    """One line: do this by that day. ``firm`` is False while the day can still move with a step that is open."""

    kind: DutyKind
    about: About
    duty: Sentence
    actor: Actor
    due: Deadline
    firm: bool
    article: str
    certainty: Certainty

    def is_overdue(self, on: date) -> bool:
        """Whether its last day has passed."""
        return self.firm and self.due.day < on


def of_step(kind: DutyKind, about: About, step: ClockStep) -> Duty:
    """The duty of an open step of a clock."""
    return Duty(kind, about, step.duty, step.actor, step.due, step.firm, step.article, step.certainty)


def next_of(kind: DutyKind, about: About, steps: tuple[ClockStep, ...]) -> Iterator[Duty]:
    """The duty of the first open step of a clock; none where all is done."""
    for step in steps:
        if step.done_on is None:
            yield of_step(kind, about, step)
            return


def to_publish(about: About, found: Publication, actor: Actor, places: int = 0) -> Iterator[Duty]:
    """The duty to publish a record that is due; ``places`` in its texts are for a person to look at first."""
    if found.standing is Standing.due and found.due is not None:
        why = _reason(found, Step.due)
        duty = say("核对文字中%(places)s处以后公示这条记录", places=places) if places else say("公示这条记录")
        yield Duty(DutyKind.publish, about, duty, actor, found.due, True, why.article, why.certainty)


def to_take_down(about: About, found: Publication) -> Iterator[Duty]:
    """The duty to take a record down: after its last day, or within the days that follow what ended it."""
    if found.take_down_by is not None:
        why = _reason(found, Step.ending)
        yield Duty(
            DutyKind.take_down, about, why.sentence, Actor.clock, found.take_down_by, True, why.article, why.certainty
        )  # fmt: skip
    elif found.public and found.last_day is not None:
        why = _reason(found, Step.term)
        due = Deadline(found.last_day, found.provisional)
        yield Duty(
            DutyKind.take_down, about, say("公示期满，停止公示"), Actor.clock, due, True, why.article, why.certainty
        )  # fmt: skip


def _reason(found: Publication, step: Step) -> Reason:
    """The reason of a step: the one that leads to the day where several speak of it."""
    told = [reason for reason in found.reasons if reason.step is step]
    return next((reason for reason in told if reason.day == found.last_day), told[-1])


def of_sample(about: About, sample: Record, on: date, rules: RuleBook) -> Iterator[Duty]:
    """What a failed sample still asks for: serving its result, the days for a second test, the disposal (核查处置)."""
    if not isinstance(sample, Sample) or sample.final_outcome is not Outcome.failed or sample.refuted_on is not None:
        return
    if sample.disposal_ended_on is None:
        yield of_step(DutyKind.sample, about, disposal_clock(sample.disposal_began_on or sample.made_on, rules))
        if sample.served_on is None:
            yield of_step(DutyKind.sample, about, serving_clock(sample.made_on, None, rules)[-1])
    if sample.served_on is not None and sample.reinspection is None and not sample.microbiological:
        window = reinspection_clock(Asked(served_on=sample.served_on), rules)[0]
        if on <= window.due.day:
            yield of_step(DutyKind.sample, about, window)

"""Findings and notices: supervisory samples, inspections, suspensions, closures, recalls, exits from honours."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar, Self

from zuofang.credit.records import Dispute, Listing, Outcome, Penalty, RecallLevel, Record, Result


@dataclass(frozen=True, slots=True, kw_only=True)
class Reinspection:
    """A second test of the backup sample (复检); its conclusion is final (SAMP Art 35)."""

    asked_on: date
    concluded_on: date | None = None
    outcome: Outcome | None = None

    def __post_init__(self) -> None:
        if (self.concluded_on is None) != (self.outcome is None):
            raise ValueError("a concluded re-inspection has an outcome, and only a concluded one has")

    def as_of(self, on: date) -> Reinspection | None:
        """Return the re-inspection as known on ``on``, or nothing where nobody had asked for it yet."""
        if self.asked_on > on:
            return None
        if self.concluded_on is not None and self.concluded_on > on:
            return Reinspection(asked_on=self.asked_on)
        return self


@dataclass(frozen=True, slots=True, kw_only=True)
class Objection:
    """An objection to a sample (异议). ``upheld`` is None until it is decided."""

    about: Dispute
    filed_on: date
    decided_on: date | None = None
    upheld: bool | None = None

    def __post_init__(self) -> None:
        if (self.decided_on is None) != (self.upheld is None):
            raise ValueError("a decided objection was upheld or not, and only a decided one was")

    def as_of(self, on: date) -> Objection | None:
        """Return the objection as known on ``on``, or nothing where it was not filed yet."""
        if self.filed_on > on:
            return None
        if self.decided_on is not None and self.decided_on > on:
            return Objection(about=self.about, filed_on=self.filed_on)
        return self


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding(Record):
    """A finding of the regulator; ``followed_by`` are the penalties and listings that it led to (REP Art 10)."""

    followed_by: tuple[Penalty | Listing, ...] = ()

    def as_of(self, on: date) -> Self:
        """Return the finding as known on ``on``, with what followed it as known on that day."""
        known = Record.as_of(self, on)
        return replace(known, followed_by=tuple(one.as_of(on) for one in self.followed_by if one.made_on <= on))


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample(Finding):
    """A supervisory sample (监督抽检).

    ``sampled_on`` is the day the sample was taken, ``concluded_on`` that of the first conclusion (初检), ``served_on``
    the day the party received a failed one.
    ``microbiological`` marks a failure that can never be re-inspected (SAMP Art 31).
    """

    concluded_on: date
    outcome: Outcome
    sampled_on: date | None = None
    served_on: date | None = None
    microbiological: bool = False
    reinspection: Reinspection | None = None
    objections: tuple[Objection, ...] = ()
    disposal_began_on: date | None = None
    disposal_ended_on: date | None = None

    dated_facts: ClassVar[tuple[str, ...]] = ("published_on", "served_on", "disposal_began_on", "disposal_ended_on")

    @property
    def made_on(self) -> date:
        """The day of the first conclusion."""
        return self.concluded_on

    @property
    def final_outcome(self) -> Outcome:
        """The conclusion that counts: that of the re-inspection where there is one (SAMP Art 35)."""
        if self.reinspection is not None and self.reinspection.outcome is not None:
            return self.reinspection.outcome
        return self.outcome

    def objectionable_since(self, about: Dispute) -> date | None:
        """The day from which the days of an objection run (SAMP Art 37); nothing where it is not on record.

        Against the taking they run from the day it was done, against all else from the receipt of the conclusion.
        """
        return self.sampled_on if about is Dispute.sampling else self.served_on

    @property
    def refuted_on(self) -> date | None:
        """The first day on which an objection was upheld, so that the conclusion no longer stands."""
        return min((o.decided_on for o in self.objections if o.upheld and o.decided_on), default=None)

    def as_of(self, on: date) -> Self:
        """Return the sample as known on ``on``."""
        known = Finding.as_of(self, on)
        return replace(
            known,
            reinspection=self.reinspection and self.reinspection.as_of(on),
            objections=tuple(o for o in (objection.as_of(on) for objection in self.objections) if o),
        )


class Sort(StrEnum):
    """How an inspection came about: the kinds of INSP Art 53, and one drawn by lot (双随机)."""

    routine = "日常监督检查"
    unannounced = "飞行检查"
    system = "体系检查"
    drawn = "双随机检查"


class Handling(StrEnum):
    """What follows from the result of an inspection (结果处理, INSP Art 31–33)."""

    passed = "通过"
    corrected = "当场改正"
    rectify = "书面限期整改"
    investigate = "立案调查"
    stop = "立即停止食品生产经营活动"


@dataclass(frozen=True, slots=True, kw_only=True)
class Inspection(Finding):
    """An inspection (监督检查) and its result.

    ``items`` and ``faults`` say how many items were looked at and how many were not met; ``rectify_by`` is the last day
    of a written order to rectify.
    """

    found_on: date
    result: Result
    sort: Sort = Sort.routine
    handling: Handling | None = None
    items: int | None = None
    faults: int | None = None
    rectify_by: date | None = None

    def __post_init__(self) -> None:
        Finding.__post_init__(self)
        if self.result is Result.conforming and self.handling not in (None, Handling.passed):
            raise ValueError("an inspection that found everything conforming has nothing to follow")
        if self.rectify_by is not None and self.handling is not Handling.rectify:
            raise ValueError("only a written order to rectify has a last day")

    @property
    def made_on(self) -> date:
        """The day the result was formed."""
        return self.found_on


@dataclass(frozen=True, slots=True, kw_only=True)
class Suspension(Record):
    """An order to stop for the time being that is no penalty (暂停生产经营的措施); ``basis`` names its article."""

    ordered_on: date
    basis: str
    ends_on: date | None = None
    lifted_on: date | None = None

    dated_facts: ClassVar[tuple[str, ...]] = ("published_on", "lifted_on")

    @property
    def made_on(self) -> date:
        """The day of the order."""
        return self.ordered_on


@dataclass(frozen=True, slots=True, kw_only=True)
class Closure(Record):
    """The closing of an unlicensed place (场所关闭, in everyday words 取缔): an event, never a kind of penalty.

    The national measure on 取缔 is repealed; ``basis`` names the local article, and without one nothing is published.
    """

    closed_on: date
    basis: str = ""

    @property
    def made_on(self) -> date:
        """The day the place was closed."""
        return self.closed_on


@dataclass(frozen=True, slots=True, kw_only=True)
class Recall(Record):
    """A recall of food (食品召回); ``known_at`` is the moment the producer knew, in the bureau's local time."""

    level: RecallLevel
    known_at: datetime
    completed_on: date | None = None

    dated_facts: ClassVar[tuple[str, ...]] = ("published_on", "completed_on")

    @property
    def made_on(self) -> date:
        """The day the producer knew."""
        return self.known_at.date()


@dataclass(frozen=True, slots=True, kw_only=True)
class HonourExit(Record):
    """The loss of an honour (荣誉退出): ``honour`` is its name, ``why`` the ground."""

    left_on: date
    honour: str
    why: str = ""

    @property
    def made_on(self) -> date:
        """The day the honour was lost."""
        return self.left_on


@dataclass(frozen=True, slots=True, kw_only=True)
class RepairFraud(Record):
    """The decision that refused or revoked a repair because of false material; it is public itself (REP Art 23)."""

    decided_on: date

    @property
    def made_on(self) -> date:
        """The day of the decision."""
        return self.decided_on

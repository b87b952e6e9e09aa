"""The answer about one record on one day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from zuofang.credit.reasons import Reason
from zuofang.rules.calendar import Deadline


class Standing(StrEnum):
    """Where a record stands on a day."""

    not_yet = "not_yet"
    """The record did not exist on that day."""
    unsettled = "unsettled"
    """No text of the rule files covers the day of the record; a legal officer decides."""
    never = "never"
    """The law keeps it from the public (不予公示)."""
    due = "due"
    """To be published, and not published yet (待公示)."""
    public = "public"
    """公示中."""
    stayed = "stayed"
    """Hidden while the execution of the decision is stayed (停止执行)."""
    expired = "expired"
    """The term is over (公示期满)."""
    repaired = "repaired"
    """Taken down early by credit repair or removal from the list (提前停止公示、移出)."""
    ended = "ended"
    """Over because what it tells of is over: deregistration, a suspension lifted."""
    withdrawn = "withdrawn"
    """Taken back: the decision was changed or annulled, or should not have been shown (撤回)."""


@dataclass(frozen=True, slots=True)
class Dated:
    """A day that the law leads to and the reasons for it; no day where the law sets none or it cannot be known yet."""

    deadline: Deadline | None = None
    reasons: tuple[Reason, ...] = ()

    @property
    def day(self) -> date | None:
        """The day itself."""
        return self.deadline.day if self.deadline else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """Whether, what and how long a record may be public, with the reason for every date.

    - ``version``: the text applied.
    - ``parts``: what may be shown of it; empty once nothing may.
    - ``due``: the day by which it must be public.
    - ``last_day``: the last day on which it may be shown. None means open while it is public, and not known yet while
      it is due. It lies before ``first_day`` where the record was taken down before its first day was over.
    - ``repair_from``: the first day on which early take-down may be applied for; None where the law grants none.
    - ``take_down_by``: the latest day for taking it down after an event; this site takes it down at once (REP Art 26).
    - ``provisional``: a date still ahead lies where no holidays are announced.
    - ``may_end``, ``may_extend``: what can still change ``last_day``, by the articles in force on the day asked about.
    """

    standing: Standing
    version: str = ""
    parts: tuple[str, ...] = ()
    due: Deadline | None = None
    first_day: date | None = None
    last_day: date | None = None
    repair_from: date | None = None
    take_down_by: Deadline | None = None
    provisional: bool = False
    reasons: tuple[Reason, ...] = ()
    may_end: tuple[Reason, ...] = ()
    may_extend: tuple[Reason, ...] = ()

    @property
    def public(self) -> bool:
        """Whether it may be shown on the day asked about."""
        return self.standing is Standing.public

    @property
    def awaits(self) -> bool:
        """Whether it may still become visible: due now, public now, or hidden for the time being."""
        return self.standing in (Standing.due, Standing.public, Standing.stayed)

"""The working-day calendar and every deadline counted on it (``rules.md`` 12).

Days off and make-up working days come from the yearly notice of the State Council, kept as a file the bureau edits.
Outside the years of that file nobody knows the holidays; a deadline that falls there is *provisional*.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from pathlib import Path
from zoneinfo import ZoneInfo

from zuofang.rules.parameters import Parameter, Unit
from zuofang.rules.sentences import say
from zuofang.rules.tables import RuleFileError, read_table

CHINA = ZoneInfo("Asia/Shanghai")
"""The law counts days and hours in the time of Beijing."""
ONE_DAY = timedelta(days=1)
YEARS = range(1900, 2200)
"""Years of which a paper of ours can speak; every term counted from one of them still ends on a day."""
SATURDAY = 5


class DayKind(StrEnum):
    """What the yearly notice makes of a day."""

    off = "off"
    work = "work"


@dataclass(frozen=True, slots=True)
class SpecialDay:
    """A day on which the notice departs from the plain week."""

    day: date
    kind: DayKind
    name: str
    source: str


@dataclass(frozen=True, slots=True)
class Deadline:
    """The last day of a term. ``provisional`` when the holidays of that time are not in the notice file."""

    day: date
    provisional: bool


@dataclass(frozen=True, slots=True)
class Span:
    """Days that a term leaves out: from the day after ``since`` to ``until``, as the law counts its periods."""

    since: date
    until: date

    def covers(self, day: date) -> bool:
        """Whether the day is left out."""
        return self.since < day <= self.until


class WorkingCalendar:
    """Which days are working days, as far as the notices reach."""

    def __init__(self, special: Iterable[SpecialDay]) -> None:
        days = list(special)
        self._holidays = frozenset(d.day for d in days if d.kind is DayKind.off)
        self._made_up = frozenset(d.day for d in days if d.kind is DayKind.work)
        years = {d.day.year for d in days}
        self.known_from = date(min(years), 1, 1)
        self.known_through = _last_known_day(years)

    def is_holiday(self, day: date) -> bool:
        """Whether the notice gives this day off (法定节假日, with the days swapped for it)."""
        return day in self._holidays

    def is_working_day(self, day: date) -> bool:
        """Monday to Friday without the days off, plus the Saturdays and Sundays made up for them."""
        if day in self._made_up:
            return True
        return day.weekday() < SATURDAY and day not in self._holidays

    def after_working_days(self, start: date, amount: int) -> Deadline:
        """The end of a term of working days; the first day is not counted (R121 Art 45, PROC Art 80)."""
        day = start
        for _ in range(amount):
            day += ONE_DAY
            while not self.is_working_day(day):
                day += ONE_DAY
        return self._deadline(day)

    def after_natural_days(self, start: date, amount: int) -> Deadline:
        """The end of a term of natural days; a last day inside a holiday moves to the first day after it.

        An ordinary Saturday or Sunday does not extend the term (the safe reading for the bureau's own duties).
        """
        return self._past_holiday(start + timedelta(days=amount))

    def after_months(self, start: date, amount: int) -> Deadline:
        """The day of the same number ``amount`` months later, or the last of that month where it has none."""
        month = start.month - 1 + amount
        year, month = start.year + month // 12, month % 12 + 1
        last = calendar.monthrange(year, month)[1]
        return self._deadline(date(year, month, min(start.day, last)))

    def after(self, start: date, term: Parameter) -> Deadline:
        """The end of a term that is given as a parameter of law."""
        match term.unit:
            case Unit.working_days:
                return self.after_working_days(start, term.whole)
            case Unit.natural_days:
                return self.after_natural_days(start, term.whole)
            case Unit.months:
                return self.after_months(start, term.whole)
            case Unit.years:
                return self.after_months(start, term.whole * 12)
            case _:
                raise ValueError(f"{term.name} is counted in {term.unit}, not in days")

    def after_leaving_out(self, start: date, term: Parameter, spans: Sequence[Span]) -> Deadline:
        """The end of a term of days of which those inside ``spans`` do not count; it never ends on one of them."""
        if not spans:
            return self.after(start, term)
        if term.unit not in (Unit.working_days, Unit.natural_days):
            raise ValueError(f"{term.name} is counted in {term.unit}; nothing can be left out of it")
        natural, day, left = term.unit is Unit.natural_days, start, term.whole
        while left:
            day += ONE_DAY
            if not _covered(day, spans) and (natural or self.is_working_day(day)):
                left -= 1
        while _covered(day, spans) or (natural and self.is_holiday(day)):
            day += ONE_DAY
        return self._deadline(day)

    def is_within_working_days(self, day: date, start: date, amount: int) -> bool:
        """Whether ``day`` has come before more than ``amount`` working days after ``start`` have gone by."""
        return day <= self.after_working_days(start, amount).day

    def days_after(self, start: date, amount: int) -> date:
        """The day so many days later; whoever looks ahead counts every day."""
        return start + timedelta(days=amount)

    def before(self, end: date, term: Parameter) -> date:
        """The day that lies a term of natural days before ``end``; a holiday does not move it."""
        if term.unit is not Unit.natural_days:
            raise ValueError(f"{term.name} is counted in {term.unit}, not in natural days")
        return end - timedelta(days=term.whole)

    def _past_holiday(self, day: date) -> Deadline:
        while self.is_holiday(day):
            day += ONE_DAY
        return self._deadline(day)

    def _deadline(self, day: date) -> Deadline:
        return Deadline(day, provisional=not self.known_from <= day <= self.known_through)


def _covered(day: date, spans: Sequence[Span]) -> bool:
    return any(span.covers(day) for span in spans)


def china_day(moment: datetime) -> date:
    """The calendar day of a moment in China."""
    return moment.astimezone(CHINA).date()


def day_start(day: date) -> datetime:
    """The moment at which a day begins in China."""
    return datetime.combine(day, time.min, CHINA)


def hours_after(start: datetime, term: Parameter) -> datetime:
    """The end of a term counted in hours, which runs through nights and holidays."""
    if term.unit is not Unit.hours:
        raise ValueError(f"{term.name} is counted in {term.unit}, not in hours")
    return start + timedelta(hours=term.whole)


def read_calendar(path: Path) -> WorkingCalendar:
    """Read the notice file.

    Raises:
        RuleFileError: a line cannot be read, or a day stands twice.
    """
    seen: set[date] = set()
    lines = read_table(path, SpecialDay)
    for line in lines:
        if line.row.day in seen:
            raise RuleFileError(path, line.number, say("%(name)s 写了两次", name=f"{line.row.day}"))
        seen.add(line.row.day)
    if not lines:
        raise RuleFileError(path, 1, say("没有一天的放假安排"))
    return WorkingCalendar(line.row for line in lines)


def _last_known_day(years: set[int]) -> date:
    """The end of the unbroken run of years that begins with the first one noticed."""
    last = min(years)
    while last + 1 in years:
        last += 1
    return date(last, 12, 31)

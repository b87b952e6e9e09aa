"""The yearly notice on days off, as a person types it off the paper, and its place in the file of the calendar.

One line is one stretch of days: ``2027-02-05 至 2027-02-11 休 春节``, or a day that is made up: ``2027-02-20 班 春节``.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable
from dataclasses import fields
from datetime import date, timedelta

from zuofang.rules.calendar import DayKind, SpecialDay
from zuofang.rules.sentences import Sentence, say

_LINE = re.compile(
    r"(?P<first>\d{4}-\d\d-\d\d)(?:\s*(?:至|到|~|—+|–|-)\s*(?P<last>\d{4}-\d\d-\d\d))?\s+(?P<kind>休|放假|班|上班)\s+(?P<name>\S+)"
)
KINDS = {"休": DayKind.off, "放假": DayKind.off, "班": DayKind.work, "上班": DayKind.work}
LONGEST = 16
"""Days of the longest stretch; a longer one is a slip of the pen."""


class BadNotice(Exception):
    """A line cannot be read; the sentence names it."""

    def __init__(self, sentence: Sentence) -> None:
        super().__init__(str(sentence))
        self.sentence = sentence


def read_notice(text: str, year: int, source: str) -> list[SpecialDay]:
    """The days that a notice for one year names; the last days of the year before may belong to it.

    Raises:
        BadNotice: a line cannot be read, is of another year, or names a day twice.
    """
    found: dict[date, SpecialDay] = {}
    for number, line in enumerate(text.splitlines(), 1):
        for one in _days(line.strip(), number, source) if line.strip() else ():
            if one.day.year != year and (one.day.year, one.day.month) != (year - 1, 12):
                raise BadNotice(say("第 %(line)s 行的日子不在%(year)s年。", line=number, year=str(year)))
            if one.day in found:
                raise BadNotice(say("第 %(line)s 行：%(day)s写了两次。", line=number, day=one.day))
            found[one.day] = one
    if not any(day.year == year for day in found):
        raise BadNotice(say("请照通知写出放假和上班的日子。"))
    return [found[day] for day in sorted(found)]


def _days(line: str, number: int, source: str) -> list[SpecialDay]:
    wrong = BadNotice(say("第 %(line)s 行读不懂。写成：2027-02-05 至 2027-02-11 休 春节", line=number))
    told = _LINE.fullmatch(line)
    if told is None:
        raise wrong
    try:
        first = date.fromisoformat(told["first"])
        last = date.fromisoformat(told["last"] or told["first"])
    except ValueError:
        raise wrong from None
    if not 0 <= (last - first).days < LONGEST:
        raise wrong
    days = (first + timedelta(days=count) for count in range((last - first).days + 1))
    return [SpecialDay(day, KINDS[told["kind"]], told["name"], source) for day in days]


def with_notice(calendar: str, year: int, notice: Iterable[SpecialDay]) -> str:
    """The text of the calendar file in which one year is as its notice says."""
    kept = [row for row in csv.DictReader(io.StringIO(calendar)) if not row["day"].startswith(f"{year}-")]
    rows = {row["day"]: row for row in kept}
    for one in notice:
        rows[one.day.isoformat()] = {
            "day": one.day.isoformat(), "kind": one.kind, "name": one.name, "source": one.source
        }  # fmt: skip
    file = io.StringIO()
    table = csv.DictWriter(file, [column.name for column in fields(SpecialDay)], lineterminator="\n")
    table.writeheader()
    table.writerows(rows[day] for day in sorted(rows))
    return file.getvalue()


def typed(calendar: str, year: int) -> str:
    """The lines of one year as they would be typed, to be changed."""
    words = {"off": "休", "work": "班"}
    rows = [row for row in csv.DictReader(io.StringIO(calendar)) if row["day"].startswith(f"{year}-")]
    return "\n".join(f"{row['day']} {words[row['kind']]} {row['name']}" for row in rows)

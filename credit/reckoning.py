"""What is computed for a workshop and kept as a copy: its grades, and the public days of its records.

A pure function of the workshop's file, a day and the rules, so that a copy can be recounted at any time. It also says
on which day the answer may change by itself; until then nobody needs to compute it again unless something happens.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from zuofang.credit.facts import Fact, Facts, facts_given
from zuofang.credit.grade import Grade, graded
from zuofang.credit.publication import Publication, Standing, publication
from zuofang.credit.records import Record
from zuofang.rules.book import RuleBook
from zuofang.rules.calendar import ONE_DAY
from zuofang.rules.parameters import NoSuchRule

SCHEMES = ("risk", "credit")
"""风险等级 and 信用等级, by the rule sets kept as data."""
DAY = re.compile(r"\d{4}-\d\d-\d\d")
Span = tuple[date, date | None]


@dataclass(frozen=True, slots=True)
class Kept:
    """A published record as it is kept, with the copies of its days and whether it was taken down."""

    key: int
    record: Record
    text: str
    taken_down: bool
    last_day: date | None
    look_again_on: date | None


@dataclass(frozen=True, slots=True)
class File:
    """Everything about one workshop that its grade may look at; ``papers`` are the first days of its certificates."""

    workshop: int
    papers: tuple[date, ...]
    categories: tuple[str, ...]
    tenancies: tuple[Span, ...]
    records: tuple[Kept, ...]


@dataclass(frozen=True, slots=True)
class Days:
    """The copies of one record's days as they should be."""

    key: int
    last_day: date | None
    look_again_on: date


@dataclass(frozen=True, slots=True)
class Reckoned:
    """The answer for one workshop: letter and score by scheme, records whose copies differ, and when to ask again."""

    workshop: int
    grades: Mapping[str, tuple[str, int]]
    days: tuple[Days, ...]
    again_on: date | None


def reckon(file: File, on: date, rules: RuleBook) -> Reckoned:
    """Compute everything that is kept about a workshop, for the day ``on``."""
    published = [(kept, publication(kept.record, on, rules)) for kept in file.records]
    given = facts_of(file, on, rules)
    facts = facts_given(given, ((kept.record, found) for kept, found in published), on, rules) if given else ()
    return Reckoned(
        workshop=file.workshop,
        grades={one.scheme: (one.letter, one.score) for one in grades(facts, on, rules)},
        days=tuple(_days(published, on)),
        again_on=min((day for day in _turns(file, published, facts, on, rules) if on < day < date.max), default=None),
    )


def facts_of(file: File, on: date, rules: RuleBook) -> Facts | None:
    """The facts of a workshop on a day; none of one that was not registered yet."""
    registered = [day for day in file.papers if day <= on]
    if not registered:
        return None
    return Facts(
        registered_on=min(registered),
        categories=wider_categories(file.categories, rules),
        in_zone=any(since <= on and (until is None or until >= on) for since, until in file.tenancies),
        records=tuple(kept.record for kept in file.records),
    )


def wider_categories(codes: tuple[str, ...], rules: RuleBook) -> tuple[str, ...]:
    """The categories of products together with those they lie within."""
    known = {code for code in codes if code in rules.limits.categories}
    return tuple(sorted(known.union(*(rules.limits.wider(code) for code in known))))


def grades(facts: tuple[Fact, ...], on: date, rules: RuleBook) -> Iterator[Grade]:
    """The grades by every rule set in force on the day; none where there are no facts."""
    for scheme in SCHEMES if facts else ():
        try:
            yield graded(facts, on, scheme, rules)
        except NoSuchRule:
            continue


def next_look(text: str, found: Publication, today: date) -> date:
    """The next day on which a record's standing may change without anybody doing anything.

    ``text`` holds the record and its events as they are kept: whatever is still to come stands there as a day.
    """
    days = [*_told(text), today + ONE_DAY if found.standing is Standing.due else today]
    if found.public and found.last_day is not None:
        days.append(_after(found.last_day))
    return min((day for day in days if day > today), default=date.max)


def _days(published: list[tuple[Kept, Publication]], on: date) -> Iterator[Days]:
    """The copies that are not as they should be; where a record is shown and must not be, the clock looks today."""
    for kept, found in published:
        if kept.look_again_on is None or kept.look_again_on <= on:
            continue  # the clock looks at it anyway
        look = next_look(kept.text, found, on) if found.public is not kept.taken_down else on
        if (kept.last_day, kept.look_again_on) != (found.last_day, look):
            yield Days(kept.key, found.last_day, look)


def _turns(
    file: File, published: list[tuple[Kept, Publication]], facts: tuple[Fact, ...], on: date, rules: RuleBook
) -> Iterator[date]:
    """Every day on which the grade may turn: told days, ends of terms and tenancies, new rule sets."""
    yield from file.papers
    yield from rules.grades.turns
    for since, until in file.tenancies:
        yield from (since, _after(until or date.max))
    for kept, found in published:
        yield next_look(kept.text, found, on)
    for since in {fact.since for fact in facts}:
        for months in rules.grades.months:
            end = rules.calendar.after_months(since, months).day
            yield from (end, _after(end))


def _told(text: str) -> Iterator[date]:
    """The days that a text tells, each with the day after it, on which a last day is over."""
    for found in DAY.findall(text):
        try:
            day = date.fromisoformat(found)
        except ValueError:
            continue  # digits in somebody's words
        yield from (day, _after(day))


def _after(day: date) -> date:
    return day if day == date.max else day + ONE_DAY

"""The grade of a workshop (风险等级 A–D, 信用等级): computed by a rule set kept as data, for any day, and explained.

Points of what the workshop is (static) and of what was found about it (dynamic) are added, each part up to its cap; the
sum falls into a band; triggers then move the grade towards more or less risk (``rules.md`` 7).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from zuofang.credit.facts import Fact, Facts, facts_on
from zuofang.credit.reasons import Reason, Step
from zuofang.rules.book import RuleBook
from zuofang.rules.grade_rules import ANY, GradeRule, Part
from zuofang.rules.sentences import Sentence, say


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one fact does to the grade: points added, or grades moved (negative towards less risk).

    ``until`` is the last day it counts, None where that is not known; ``reason`` carries the sentence and the article.
    """

    part: Part
    key: str
    points: int
    until: date | None
    reason: Reason


@dataclass(frozen=True, slots=True)
class Grade:
    """A grade on a day: the letter, the points it rests on, and everything that went into it."""

    scheme: str
    on: date
    letter: str
    score: int
    points: dict[Part, int]
    moved: int
    contributions: tuple[Contribution, ...]

    @property
    def holds_until(self) -> date | None:
        """The last day before the first contribution lapses by itself; None where none does."""
        return min((one.until for one in self.contributions if one.until), default=None)


def grade(facts: Facts, on: date, scheme: str, rules: RuleBook) -> Grade:
    """Grade a workshop on the day ``on`` by the rule set ``scheme``.

    Raises:
        NoSuchRule: no such rule set was in force on the day.
    """
    return graded(facts_on(facts, on, rules), on, scheme, rules)


def graded(found: tuple[Fact, ...], on: date, scheme: str, rules: RuleBook) -> Grade:
    """The same from the facts that hold on the day, for whoever grades by several rule sets.

    Raises:
        NoSuchRule: no such rule set was in force on the day.
    """
    lines = rules.grades(scheme, on)
    counted = _capped(_contributions(lines, found, on, rules), lines)
    points = _points(counted, lines)
    score = sum(points.values())
    moved = _shift(counted)
    return Grade(scheme, on, _letter(lines, score, moved), score, points, moved, counted)


def _contributions(
    lines: tuple[GradeRule, ...], found: tuple[Fact, ...], on: date, rules: RuleBook
) -> list[Contribution]:
    named = {line.fact for line in lines}
    pairs = ((line, fact) for line in lines for fact in found if _covers(line, fact, named))
    made = (_contribution(line, fact, on, rules) for line, fact in pairs)
    return [one for one in made if one is not None]


def _covers(line: GradeRule, fact: Fact, named: set[str]) -> bool:
    if line.part in (Part.most, Part.band):
        return False
    if line.fact.endswith(ANY):
        return fact.name.startswith(line.fact.removesuffix("*")) and fact.name not in named
    return fact.name == line.fact


def _contribution(line: GradeRule, fact: Fact, on: date, rules: RuleBook) -> Contribution | None:
    """Return what a fact does under a line, or nothing where it does not count yet or no longer."""
    until = fact.until
    if line.months is not None:
        end = rules.calendar.after_months(fact.since, line.months).day
        if (on < end) if fact.name == "clean" else (on > end):
            return None
        if fact.name != "clean":
            until = min(end, until) if until else end
    points = -line.points if line.part is Part.lowered else line.points
    sentence = say("%(what)s（%(day)s）", what=Sentence(line.text), day=fact.since)
    return Contribution(
        line.part, line.key, points, until, Reason(Step.term, sentence, line.article, line.certainty, until)
    )


def _capped(made: Iterable[Contribution], lines: tuple[GradeRule, ...]) -> tuple[Contribution, ...]:
    """Take away what lies above the cap that the lines of one key share."""
    most = {(line.part, line.key): line.most for line in lines}
    used: dict[tuple[Part, str], int] = defaultdict(int)
    kept = []
    for one in made:
        place = (one.part, one.key)
        cap = most[place]
        points = one.points if cap is None else min(one.points, cap - used[place])
        used[place] += points
        kept.append(replace(one, points=points))
    return tuple(kept)


def _points(counted: tuple[Contribution, ...], lines: tuple[GradeRule, ...]) -> dict[Part, int]:
    caps = {line.fact: line.points for line in lines if line.part is Part.most}
    sums = {part: sum(one.points for one in counted if one.part is part) for part in (Part.static, Part.dynamic)}
    return {part: min(total, caps.get(part, total)) for part, total in sums.items()}


def _shift(counted: tuple[Contribution, ...]) -> int:
    """How many grades the triggers move; nothing lowers a grade while something raises it."""
    raised = sum(one.points for one in counted if one.part is Part.raised)
    return raised or max((one.points for one in counted if one.part is Part.lowered), key=abs, default=0)


def _letter(lines: tuple[GradeRule, ...], score: int, moved: int) -> str:
    bands = sorted((line for line in lines if line.part is Part.band), key=lambda line: line.points)
    place = next((place for place, band in enumerate(bands) if score <= band.points), len(bands) - 1)
    return bands[max(0, min(place + moved, len(bands) - 1))].fact

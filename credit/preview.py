"""What a proposed rule set would change: every workshop graded by the rules in force and by the proposed ones."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from zuofang.credit.facts import Fact, facts_on
from zuofang.credit.grade import Contribution, Grade
from zuofang.credit.reckoning import File, facts_of, grades
from zuofang.rules.book import RuleBook


@dataclass(frozen=True, slots=True)
class Turned:
    """A workshop whose letter differs: both grades, and the contributions that only one of them has."""

    workshop: int
    before: Grade
    after: Grade

    @property
    def lost(self) -> tuple[Contribution, ...]:
        """What counts today and would not count any more, or otherwise."""
        return _without(self.before.contributions, self.after.contributions)

    @property
    def gained(self) -> tuple[Contribution, ...]:
        """What would count and does not count today, or otherwise."""
        return _without(self.after.contributions, self.before.contributions)


def _without(these: Sequence[Contribution], those: Sequence[Contribution]) -> tuple[Contribution, ...]:
    """The contributions that have no equal among the others; each equal is used up once."""
    others = Counter(map(_effect, those))
    left = []
    for one in these:
        if others[_effect(one)]:
            others[_effect(one)] -= 1
        else:
            left.append(one)
    return tuple(left)


def _effect(one: Contribution) -> tuple[object, ...]:
    """What makes two contributions the same to a workshop; the article may be worded anew."""
    return one.part, one.points, one.until, str(one.reason.sentence)


def turned(files: Iterable[File], on: date, rules: RuleBook, proposed: RuleBook) -> tuple[list[Turned], Counter[str]]:
    """The workshops whose letter would change, and how many were graded by each scheme.

    The proposed rule sets must be in force on the day, as those are that they would replace.
    """
    found, counted = [], Counter[str]()
    for file in files:
        facts = _facts(file, on, rules)
        before, after = ({one.scheme: one for one in grades(facts, on, book)} for book in (rules, proposed))
        counted.update(before.keys())
        for scheme, now in before.items():
            if now.letter != after[scheme].letter:
                found.append(Turned(file.workshop, now, after[scheme]))
    return found, counted


def graded(file: File, on: date, rules: RuleBook) -> tuple[Grade, ...]:
    """Every grade of a workshop on a day."""
    return tuple(grades(_facts(file, on, rules), on, rules))


def _facts(file: File, on: date, rules: RuleBook) -> tuple[Fact, ...]:
    """What is known of a workshop; it does not depend on how it is graded."""
    facts = facts_of(file, on, rules)
    return () if facts is None else facts_on(facts, on, rules)

"""The law as it stood on one day: the view of the rule book that every rule about a case works with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from zuofang.rules.book import RuleBook
from zuofang.rules.calendar import Deadline
from zuofang.rules.parameters import NoSuchRule, Parameter


@dataclass(frozen=True, slots=True)
class Texts:
    """The texts in force on ``day``; a case is decided under those of its own day, whenever somebody looks at it."""

    rules: RuleBook
    day: date

    def __call__(self, name: str) -> Parameter:
        """Return the value of ``name`` in force.

        Raises:
            NoSuchRule: nothing of that name is in force on the day.
        """
        return self.rules.parameters(name, self.day)

    def find(self, name: str) -> Parameter | None:
        """Return the value of ``name``, or nothing where the texts of the day are silent."""
        try:
            return self(name)
        except NoSuchRule:
            return None

    def at(self, day: date) -> Texts:
        """Return the texts of another day."""
        return Texts(self.rules, day)

    def after(self, start: date, name: str) -> Deadline:
        """Return the end of the term ``name`` that begins on ``start``."""
        return self.rules.calendar.after(start, self(name))

    def first_in_force(self, name: str, day: date) -> Parameter | None:
        """Return the text of ``name`` that holds on ``day``, or else the first one that came into force after it."""
        later = (text for text in self.rules.parameters.history(name) if text.until is None or text.until >= day)
        return next(later, None)


def fixed(day: date) -> Deadline:
    """Return a day that no holiday can move, as a deadline."""
    return Deadline(day, provisional=False)


def later(first: Deadline, second: Deadline) -> Deadline:
    """Return the later of two days."""
    return max(first, second, key=lambda deadline: deadline.day)


def longest(first: Deadline | None, second: Deadline | None) -> Deadline | None:
    """Return the later of two last days; an open one is later than any."""
    return None if first is None or second is None else later(first, second)

"""Our own judgement of one imported result, by the limit of the batch's day, else by the limit the sheet prints.

Where the law's limit cannot be compared with the result, the printed limit may still show that it fails, never that it
conforms.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from zuofang.rules.book import RuleBook
from zuofang.rules.limit_tables import DatedLimit, Item
from zuofang.rules.sentences import Sentence
from zuofang.traceability.conformity import Judgement, Outcome, judge

DECIDED = (Outcome.conforms, Outcome.fails, Outcome.measured_only)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What we make of a result: the word to store, why, and the limit and standard that were in force."""

    word: str
    sentence: Sentence
    limit: str | None
    standard: str | None

    @property
    def fails(self) -> bool:
        """Whether the result certainly breaks its limit."""
        return self.word == Outcome.fails


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """One item under one rule, or under none that we hold."""

    item: Item | None
    rule: DatedLimit | None


class Judge:
    """Judges the cells of one import; tables repeat themselves, so every question is answered once."""

    def __init__(self, rules: RuleBook) -> None:
        self._limits = rules.limits
        self._lines: dict[tuple[str, int], Line] = {}
        self.line = lru_cache(maxsize=50_000)(self._line)
        self.cell = lru_cache(maxsize=50_000)(_judge)

    def __call__(
        self, category: str, made_on: date, item: str, result: str, unit: str | None, limit: str | None
    ) -> Verdict:
        """Judge a result as printed, for a product of ``category`` made on ``made_on``."""
        return self.cell(self.line(category, item, made_on), result, unit or "", limit or "")

    def _line(self, category: str, item: str, made_on: date) -> Line:
        """The line of an item; days under the same rule share one, so that they share its answers."""
        rule = self._limits.limit(category, item, made_on) if category in self._limits.categories else None
        return self._lines.setdefault((item, id(rule)), Line(self._limits.items.find(item), rule))


def _judge(line: Line, result: str, unit: str, printed: str) -> Verdict:
    found = None if line.rule is None else judge(result, line.rule.parsed, unit=unit, item=line.item)
    if found is None or found.outcome not in DECIDED:
        by_print = _by_print(result, printed, unit, line.item)
        found = by_print if found is None or by_print.outcome is Outcome.fails else found
    limit, standard = (line.rule.limit, line.rule.standard) if line.rule else (None, None)
    return Verdict(found.outcome.value, found.sentence, limit, standard)


def _by_print(result: str, limit: str, unit: str, item: Item | None) -> Judgement:
    """Judge by the printed limit; where it prints no unit, the unit column is meant for both."""
    found = judge(result, limit, unit=unit, item=item)
    if found.outcome in DECIDED or not unit:
        return found
    together = judge(result, f"{limit} {unit}", unit=unit, item=item)
    return together if together.outcome in DECIDED else found

"""A test sheet typed at the desk: each item judged by the limit of the batch's day, and the whole concluded.

Pure: what was typed, the category, the day of making and the rules.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from zuofang.rules.book import RuleBook
from zuofang.rules.limit_tables import SheetLine
from zuofang.traceability.conformity import Judgement, Outcome, judge_line, test_sheet


class Whole(StrEnum):
    """What a sheet concludes from its items."""

    passed = "passed"
    failed = "failed"
    undecided = "undecided"


@dataclass(frozen=True, slots=True)
class TypedResult:
    """One item with what was typed for it and what we make of it."""

    line: SheetLine
    result: str
    judgement: Judgement

    @property
    def item(self) -> str:
        """The name of the item."""
        return self.line.item.name

    @property
    def unit(self) -> str:
        """The unit in which a bare number is meant: that of the limit."""
        return unit_of(self.line)


def unit_of(line: SheetLine) -> str:
    """The unit of the limit of an item; empty where it has none."""
    return str(getattr(line.rule.parsed, "unit", "") or "") if line.rule else ""


def lines_of(category: str, made_on: date, rules: RuleBook) -> tuple[SheetLine, ...]:
    """The items of a category's sheet for that day; none where the rules do not know the category."""
    return test_sheet(category, made_on, rules) if category in rules.limits.categories else ()


def judge_typed(category: str, made_on: date, typed: Mapping[str, str], rules: RuleBook) -> tuple[TypedResult, ...]:
    """Judge what was typed, item by item; an item with nothing typed was not tested and is left out."""
    return tuple(
        TypedResult(line, typed[line.item.name].strip(), judge_line(line, typed[line.item.name].strip(), unit_of(line)))
        for line in lines_of(category, made_on, rules)
        if typed.get(line.item.name, "").strip()
    )


def conclude(judgements: Iterable[Judgement]) -> Whole:
    """What the sheet concludes: failed if any item fails, passed if all conform, and undecided while one is open.

    An item that is only measured decides nothing; a sheet without any item that conforms is not a pass.
    """
    outcomes = [one.outcome for one in judgements]
    if Outcome.fails in outcomes:
        return Whole.failed
    decided = [one for one in outcomes if one is not Outcome.measured_only]
    return Whole.passed if decided and set(decided) == {Outcome.conforms} else Whole.undecided

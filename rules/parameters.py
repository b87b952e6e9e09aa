"""Parameters of law: a value, its unit, the article it stands in and the days on which it was in force.

A replaced value is kept with its last day, because an old case is decided under the text of its time.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from pathlib import Path

from zuofang.rules.sentences import say
from zuofang.rules.tables import Impossible, Line, RuleFileError, read_table, refuse_end


class Unit(StrEnum):
    """What a parameter's value counts."""

    working_days = "working_days"
    natural_days = "natural_days"
    hours = "hours"
    months = "months"
    years = "years"
    yuan = "yuan"
    percent = "percent"
    factor = "factor"
    points = "points"
    pieces = "count"
    metres = "metres"
    square_metres = "square_metres"
    words = "list"
    text = "rule"

    @property
    def is_number(self) -> bool:
        """Whether the value is a number; a list is words separated by semicolons, a rule is a sentence."""
        return self not in (Unit.words, Unit.text)


class Certainty(StrEnum):
    """How sure we are of a value; an officer sees the code beside it."""

    full_text = "FT"
    excerpt = "PX"
    announced = "AN"
    seed = "SD"
    code = "CO"
    inferred = "INF"
    memory = "M"


@dataclass(frozen=True, slots=True)
class Parameter:
    """One dated value of law.

    ``name`` is a dotted path such as ``recall.level1.start``; ``since`` and ``until`` are the first and the last day in
    force (both inclusive, ``until`` empty while in force); ``article`` names the text that a reader can look up.
    """

    name: str
    value: str
    unit: Unit
    article: str
    since: date
    until: date | None
    certainty: Certainty
    note: str = ""

    def __post_init__(self) -> None:
        refuse_end(self.name, self.since, self.until)
        if self.unit.is_number:
            try:
                Decimal(self.value)
            except ArithmeticError:
                told = {"name": self.name, "value": self.value}
                raise Impossible(say("%(name)s：“%(value)s”不是数字", **told)) from None

    @property
    def number(self) -> Decimal:
        """The value as a number, in ``unit``."""
        return Decimal(self.value)

    @property
    def whole(self) -> int:
        """The value as a whole number, in ``unit``."""
        return int(self.number)

    @property
    def words(self) -> tuple[str, ...]:
        """The members of a list."""
        return tuple(word.strip() for word in self.value.split(";") if word.strip())

    def in_force(self, on: date) -> bool:
        """Whether the value holds on the day ``on``."""
        return self.since <= on and (self.until is None or on <= self.until)


class NoSuchRule(LookupError):
    """No text known to the rule files settles this question on this day."""


class Parameters:
    """All parameters by name; a lookup always says for which day."""

    def __init__(self, parameters: list[Parameter]) -> None:
        self._by_name: dict[str, list[Parameter]] = defaultdict(list)
        for parameter in sorted(parameters, key=lambda p: p.since):
            self._by_name[parameter.name].append(parameter)

    def __call__(self, name: str, on: date) -> Parameter:
        """Return the value of ``name`` in force on the day ``on``.

        Raises:
            NoSuchRule: the name is unknown or nothing was in force that day.
        """
        for parameter in self._by_name.get(name, ()):
            if parameter.in_force(on):
                return parameter
        raise NoSuchRule(f"no value of {name} is in force on {on}")

    def history(self, name: str) -> tuple[Parameter, ...]:
        """Every value ``name`` ever had, oldest first."""
        return tuple(self._by_name.get(name, ()))

    def names(self) -> tuple[str, ...]:
        """Every known name, sorted."""
        return tuple(sorted(self._by_name))


def read_parameters(folder: Path) -> Parameters:
    """Read every ``parameters*.csv`` of a folder.

    Raises:
        RuleFileError: a line cannot be read, or two values of one name are in force on the same day.
    """
    found: list[Parameter] = []
    last: dict[str, Parameter] = {}
    for path in sorted(folder.glob("parameters*.csv")):
        for line in sorted(read_table(path, Parameter), key=lambda entry: (entry.row.name, entry.row.since)):
            _refuse_overlap(path, line, last.get(line.row.name))
            last[line.row.name] = line.row
            found.append(line.row)
    return Parameters(found)


def _refuse_overlap(path: Path, line: Line[Parameter], before: Parameter | None) -> None:
    if before is not None and (before.until is None or before.until >= line.row.since):
        told = {"name": line.row.name, "since": f"{before.since}"}
        raise RuleFileError(path, line.number, say("%(name)s：%(since)s 起的那一行还没有结束", **told))

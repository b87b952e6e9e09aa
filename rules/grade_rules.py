"""How a workshop is graded, as data: points, caps, shifts and bands, each with its article and its days.

A province replaces the whole file; the engine knows none of its numbers (``rules.md`` 7).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path

from zuofang.rules.calendar import ONE_DAY
from zuofang.rules.parameters import Certainty, NoSuchRule
from zuofang.rules.sentences import say
from zuofang.rules.tables import Impossible, RuleFileError, read_table

ANY = ":*"


class Part(StrEnum):
    """What a line of the rule set does."""

    static = "static"
    """Adds points for what the workshop is."""
    dynamic = "dynamic"
    """Adds points for what was found about it."""
    most = "most"
    """Caps the points of the part named in ``fact``."""
    raised = "raise"
    """Moves the grade towards more risk, by ``points`` grades."""
    lowered = "lower"
    """Moves the grade towards less risk, by ``points`` grades."""
    band = "band"
    """The grade named in ``fact`` reaches up to ``points``, inclusive."""


@dataclass(frozen=True, slots=True)
class GradeRule:
    """One line of a rule set.

    ``fact`` names what the line looks at, such as ``sample:不合格``; ``category:*`` stands for every category no other
    line names. Lines of one ``key`` share the cap ``most``. A fact counts for ``months`` from its day, or as long as it
    lasts where that is empty; for ``clean`` it is how long the workshop must have been without a bad record.
    """

    scheme: str
    key: str
    part: Part
    fact: str
    points: int
    most: int | None
    months: int | None
    text: str
    article: str
    since: date
    until: date | None
    certainty: Certainty
    note: str = ""

    def __post_init__(self) -> None:
        if self.points < 0:
            raise Impossible(say("%(name)s：分数不能小于零", name=self.key))

    def in_force(self, on: date) -> bool:
        """Whether the line holds on the day ``on``."""
        return self.since <= on and (self.until is None or on <= self.until)

    @property
    def turns(self) -> tuple[date, ...]:
        """The first day of the line, and the first day without it."""
        return (self.since,) if self.until is None else (self.since, self.until + ONE_DAY)


class GradeRules:
    """All rule sets; a look-up names the scheme and the day."""

    def __init__(self, lines: list[GradeRule]) -> None:
        self._lines = lines
        self.months = frozenset(line.months for line in lines if line.months is not None)
        """For how many months facts count, by any line."""
        self.turns = tuple(sorted({day for line in lines for day in line.turns}))
        """Days on which the rule sets change."""

    def __call__(self, scheme: str, on: date) -> tuple[GradeRule, ...]:
        """Return the lines of ``scheme`` in force on the day.

        Raises:
            NoSuchRule: the scheme is unknown or nothing of it was in force.
        """
        found = tuple(line for line in self._lines if line.scheme == scheme and line.in_force(on))
        if not found:
            raise NoSuchRule(f"no rule set {scheme} is in force on {on}")
        return found

    def in_force(self, scheme: str, on: date) -> bool:
        """Whether a scheme has lines on the day."""
        return any(line.scheme == scheme and line.in_force(on) for line in self._lines)

    def schemes(self) -> tuple[str, ...]:
        """Every known scheme, sorted."""
        return tuple(sorted({line.scheme for line in self._lines}))


def read_grade_rules(path: Path) -> GradeRules:
    """Read the rule sets.

    Raises:
        RuleFileError: a line cannot be read, lines of one key have different caps, or a scheme has no band to end in.
    """
    lines = read_table(path, GradeRule)
    caps: dict[tuple[str, Part, str], int | None] = {}
    for number, line in lines:
        if caps.setdefault((line.scheme, line.part, line.key), line.most) != line.most:
            raise RuleFileError(path, number, say("%(name)s 各行的上限不一样", name=line.key))
    for scheme in {line.row.scheme for line in lines}:
        if not any(line.row.part is Part.band for line in lines if line.row.scheme == scheme):
            raise RuleFileError(path, 0, say("%(name)s 没有分等级的行", name=scheme))
    return GradeRules([line.row for line in lines])

"""Charts drawn on the server: the geometry here, the drawing in ``components/chart.html``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import ClassVar

from zuofang.rules.sentences import Sentence

HUNDRED = Decimal(100)
TENTH = Decimal("0.1")
WIDTH = 360  # units of the drawing; on a small phone one unit is about one pixel
GAP = Decimal("0.3")  # share of a column's room left free


@dataclass(frozen=True, slots=True)
class Point:
    """A value at a time. ``tick`` is the short word below the column, ``label`` the full one of the table."""

    label: str
    tick: str
    value: Decimal | None


@dataclass(frozen=True, slots=True)
class Column:
    """A column as drawn; a value that is not there has no height and is drawn as a dash."""

    label: str
    tick: str
    text: str
    x: Decimal
    width: Decimal
    middle: Decimal
    top: Decimal
    height: Decimal | None


@dataclass(frozen=True, slots=True)
class Columns:
    """A chart of columns over time. ``title`` is the question it answers, ``unit`` the head of its table.

    ``highest`` is the value of the full height; a percentage is drawn from 0 to 100, so that a small
    change never looks large.
    """

    HEIGHT: ClassVar[int] = 168
    FLOOR: ClassVar[int] = 146
    ROOM: ClassVar[int] = 124

    title: Sentence
    unit: Sentence
    points: Sequence[Point]
    highest: Decimal
    suffix: str = ""
    target: Decimal | None = None

    @property
    def columns(self) -> list[Column]:
        """The columns from left to right."""
        room = Decimal(WIDTH) / max(len(self.points), 1)
        return [self._column(place * room, room, point) for place, point in enumerate(self.points)]

    @property
    def target_line(self) -> Decimal | None:
        """How far down the line of the target is drawn."""
        return None if self.target is None else self._top(self.target)

    @property
    def target_text(self) -> str:
        """The target with its unit."""
        return f"{self.target}{self.suffix}"

    def _column(self, left: Decimal, room: Decimal, point: Point) -> Column:
        top = self._top(point.value or Decimal(0))
        return Column(
            label=point.label,
            tick=point.tick,
            text="" if point.value is None else f"{point.value}{self.suffix}",
            x=_short(left + room * GAP / 2),
            width=_short(room * (1 - GAP)),
            middle=_short(left + room / 2),
            top=top,
            height=None if point.value is None else _short(self.FLOOR - top),
        )

    def _top(self, value: Decimal) -> Decimal:
        return _short(self.FLOOR - self.ROOM * min(value, self.highest) / self.highest)


def share(part: int, whole: int) -> Decimal | None:
    """A part in per cent to a tenth; none of nothing, and never a hundred where one is missing."""
    if not whole:
        return None
    exact = (HUNDRED * part / whole).quantize(TENTH, ROUND_HALF_UP)
    if exact == HUNDRED:
        return HUNDRED if part == whole else HUNDRED - TENTH
    return exact


def _short(length: Decimal) -> Decimal:
    return length.quantize(Decimal("0.1"))

"""A zone's brand mark: a small drawing given as the path of an SVG image in a field of 100 by 100.

Of the path language, M, L, H, V, C and Z are read, absolute and relative; that is what a drawing program writes for a
flat mark. The mark is filled in one colour by the nonzero rule, as a browser would.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from zuofang.rules.sentences import say
from zuofang.traceability.labels.refusals import LabelRefused

FIELD = 100.0
LONGEST_PATH = 4000

_TOKEN = re.compile(r"[\s,]*(?:([MLHVCZmlhvcz])|([-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d{1,3})?))")
_ARGUMENTS = {"M": 2, "L": 2, "H": 1, "V": 1, "C": 6, "Z": 0}

Point = tuple[float, float]


class BrandMarkRefused(LabelRefused):
    """The path is not one that can be printed."""


@dataclass(frozen=True, slots=True)
class Segment:
    """One stroke of the outline, in absolute points: ``M`` and ``L`` have one, ``C`` three, ``Z`` none."""

    command: str
    points: tuple[Point, ...] = ()


@dataclass(frozen=True, slots=True)
class BrandMark:
    """The outline of a mark; y runs downwards, as in SVG."""

    segments: tuple[Segment, ...]

    @classmethod
    def of_path(cls, path: str) -> BrandMark:
        """Read the ``d`` attribute of an SVG path.

        Raises:
            BrandMarkRefused: another command, a missing number, or a point outside the field of 100 by 100.
        """
        if len(path) > LONGEST_PATH:
            raise _refused()
        pen = _Pen()
        for command, numbers in _commands(path):
            pen.follow(command, numbers)
        if any(not 0 <= value <= FIELD for segment in pen.segments for point in segment.points for value in point):
            raise BrandMarkRefused(say("品牌标志超出了 100×100 的画幅，请缩放后再录。"))
        return cls(tuple(pen.segments))


@dataclass(slots=True)
class _Pen:
    """Follows a path from command to command, as SVG defines where each begins."""

    segments: list[Segment] = field(default_factory=list)
    at: Point = (0.0, 0.0)
    start: Point = (0.0, 0.0)

    def follow(self, command: str, numbers: list[float]) -> None:
        kind, relative = command.upper(), command.islower()
        if not self.segments and kind != "M":
            raise _refused()
        if kind == "Z":
            self.segments.append(Segment("Z"))
            self.at = self.start
            return
        origin = self.at if relative else (0.0, 0.0)
        points = self._points(kind, numbers, origin)
        self.segments.append(Segment("C" if kind == "C" else "M" if kind == "M" else "L", points))
        self.at = points[-1]
        if kind == "M":
            self.start = self.at

    def _points(self, kind: str, numbers: list[float], origin: Point) -> tuple[Point, ...]:
        if kind == "H":
            return ((origin[0] + numbers[0], self.at[1]),)
        if kind == "V":
            return ((self.at[0], origin[1] + numbers[0]),)
        pairs = zip(numbers[::2], numbers[1::2], strict=True)
        return tuple((origin[0] + x, origin[1] + y) for x, y in pairs)


def _commands(path: str) -> list[tuple[str, list[float]]]:
    """Every command with its numbers; a command that carries on without its letter is written out."""
    found: list[tuple[str, list[float]]] = []
    command = ""
    for letter, number in _tokens(path):
        if letter:
            command = letter
            found.append((letter, []))
        elif not command or command in "Zz":
            raise _refused()
        else:
            if len(found[-1][1]) == _ARGUMENTS[command.upper()]:
                command = {"M": "L", "m": "l"}.get(command, command)  # further pairs after a move are lines
                found.append((command, []))
            found[-1][1].append(float(number))
    if not found or any(len(numbers) != _ARGUMENTS[command.upper()] for command, numbers in found):
        raise _refused()
    return found


def _tokens(path: str) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    end = 0
    while match := _TOKEN.match(path, end):
        found.append((match[1] or "", match[2] or ""))
        end = match.end()
    if path[end:].strip(" \t\r\n,"):
        raise _refused()
    return found


def _refused() -> BrandMarkRefused:
    return BrandMarkRefused(
        say("品牌标志的路径读不懂：只用 M、L、H、V、C、Z 画线，长度不超过 %(longest)d 个字符。", longest=LONGEST_PATH)
    )

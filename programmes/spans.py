"""Arithmetic of spans of days: pure, in numbers of days (``date.toordinal``), both ends inclusive.

An indicator of every past day is a count of spans that cover it; a million records are counted once, not once a day.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from itertools import accumulate

Span = tuple[int, int]
FOR_EVER = 3_652_059
"""The number of the last day that a date can have."""


def merged(spans: Iterable[Span]) -> list[Span]:
    """The same days in as few spans as possible, in order."""
    found: list[Span] = []
    for first, last in sorted(spans):
        if last < first:
            continue
        if found and first <= found[-1][1] + 1:
            found[-1] = (found[-1][0], max(found[-1][1], last))
        else:
            found.append((first, last))
    return found


def common(one: Sequence[Span], other: Sequence[Span]) -> list[Span]:
    """The days that lie in both; each is in order and merged."""
    found, place = [], 0
    for first, last in one:
        while place < len(other) and other[place][1] < first:
            place += 1
        at = place
        while at < len(other) and other[at][0] <= last:
            found.append((max(first, other[at][0]), min(last, other[at][1])))
            at += 1
    return found


def windows(days: Iterable[int], length: int) -> list[Span]:
    """The days on which something happened within the last ``length`` days, that day included."""
    return merged((day, day + length - 1) for day in days)


def count(spans: Iterable[Span], days: range) -> list[int]:
    """How many of the spans cover each day."""
    steps = [0] * (len(days) + 1)
    for first, last in spans:
        begin, end = max(first - days.start, 0), min(last - days.start + 1, len(days))
        if begin < end:
            steps[begin] += 1
            steps[end] -= 1
    return list(accumulate(steps[:-1]))


def first_from(days: Sequence[int], start: int) -> int | None:
    """The first of some sorted days that is not before ``start``."""
    place = bisect_left(days, start)
    return days[place] if place < len(days) else None

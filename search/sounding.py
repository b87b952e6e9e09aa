"""How names sound: syllables that follow each other, a few at a time, for engines that look a sound up as a token."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product

from zuofang.search.language import RUN, readings

SYLLABLES, LETTERS = 3, 4
"""So many neighbouring syllables, and initials, are one token; longer ones are found by all that overlap."""
SHORTEST, LONGEST = 2, 12
"""Letters that may be initials."""
Heard = Sequence[tuple[str, ...]]
"""Every reading of each of some characters that follow each other."""


def heard_in(names: str) -> Iterator[Heard]:
    """The readings of the characters of names, run by run."""
    known, found = readings(), list[tuple[str, ...]]()
    for run in (run for line in names.split("\n") for run in RUN.findall(line)):
        for character in run:
            if character in known:
                found.append(known[character])
            else:
                yield found
                found = []
        yield found
        found = []


def initials_of(heard: Heard) -> Heard:
    """The first letters of the readings."""
    return [tuple(dict.fromkeys(one[0] for one in those)) for those in heard]


def windows(heard: Heard, width: int) -> Iterator[tuple[str, ...]]:
    """From each character on, so many of them in every reading; fewer at the end."""
    for place in range(len(heard)):
        those = heard[place : place + width]
        if all(len(one) == 1 for one in those):  # most have one reading
            yield tuple(one[0] for one in those)
        else:
            yield from product(*those)


def cut(way: Sequence[str], width: int) -> list[tuple[str, ...]]:
    """What was typed in overlapping pieces of a width; shorter than that, in one piece."""
    return [tuple(way[place : place + width]) for place in range(max(1, len(way) - width + 1))]

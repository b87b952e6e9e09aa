"""Lists in pages: a page begins after a row, never at a number, so that rows which come or go shift nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, Self, TypeVar

from zuofang.rules.sentences import Sentence, say

ROWS = 30
"""Rows of a page: two or three screens of a telephone."""
LAST_KEY = 2**31 - 1
"""The largest key a row can have; a larger number names nothing, and PostgreSQL would refuse to compare with it."""

T = TypeVar("T")


class BadFilter(Exception):
    """What an address asks of a list makes no sense; the sentence says what."""

    def __init__(self, sentence: Sentence) -> None:
        super().__init__(str(sentence))
        self.sentence = sentence


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """Some rows of a list, and the cursor of the next page where there is one."""

    rows: tuple[T, ...]
    after: str | None


@dataclass(frozen=True, slots=True)
class Facet:
    """One value by which a list can be narrowed, and how many rows would be left."""

    value: str
    name: str
    count: int


def by_fullest(rows: Iterable[tuple[Any, Any, int]]) -> tuple[Facet, ...]:
    """Facets out of value, name and count, the fullest first."""
    found = (Facet(str(value), str(name), count) for value, name, count in rows)
    return tuple(sorted(found, key=lambda facet: (-facet.count, facet.value)))


@dataclass(frozen=True, slots=True)
class Cube:
    """Rows of a list counted by several values at once: one statement answers for all the filters beside it.

    ``wanted`` is the value asked for under each name, nothing where none is; each cell has one value under each name.
    """

    wanted: Mapping[str, str | None]
    cells: tuple[tuple[tuple[str, ...], int], ...]

    @property
    def total(self) -> int:
        """How many rows every filter together leaves."""
        return sum(count for values, count in self.cells if self._fits(values))

    def facets(self, name: str) -> tuple[Facet, ...]:
        """How many rows each value under a name would leave, with the other filters as they are."""
        place = list(self.wanted).index(name)
        counts: Counter[str] = Counter()
        for values, count in self.cells:
            if self._fits(values, apart_from=name):
                counts[values[place]] += count
        return by_fullest((value, value, count) for value, count in counts.items())

    def _fits(self, values: tuple[str, ...], apart_from: str = "") -> bool:
        asked = zip(self.wanted.items(), values, strict=True)
        return all(name == apart_from or wanted in (None, value) for (name, wanted), value in asked)


@dataclass(frozen=True, slots=True)
class After:
    """A place in a list by number: the rows after the one with this key. In an address: ``after=120``."""

    key: int

    @classmethod
    def read(cls, text: str) -> Self:
        """Read a cursor out of an address.

        Raises:
            BadFilter: it is none.
        """
        return cls(_key(text))

    def __str__(self) -> str:
        return str(self.key)


@dataclass(frozen=True, slots=True)
class AfterDay:
    """A place in a list by day, newest first. In an address: ``after=2026-11-10.120``."""

    day: date
    key: int

    @classmethod
    def read(cls, text: str) -> Self:
        """Read a cursor out of an address.

        Raises:
            BadFilter: it is none.
        """
        day, _, key = text.partition(".")
        try:
            return cls(date.fromisoformat(day), _key(key))
        except ValueError:
            raise _no_cursor() from None

    def __str__(self) -> str:
        return f"{self.day.isoformat()}.{self.key}"


def key_in(text: str) -> int | None:
    """The key of a row that somebody typed or sent, or none; a text of any length is read without harm."""
    readable = text.isascii() and text.isdecimal() and len(text) <= len(str(LAST_KEY))
    return int(text) if readable and int(text) <= LAST_KEY else None


def _key(text: str) -> int:
    key = key_in(text)
    if key is None:
        raise _no_cursor()
    return key


def _no_cursor() -> BadFilter:
    return BadFilter(say("地址里的翻页位置读不懂，请从第一页重新翻看。"))

"""Lists in pages: a page begins after a row, never at a number, so that rows which come or go shift nothing."""

from __future__ import annotations

from collections.abc import Iterable
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
    """Some rows of a list, how many there are in all, and the cursor of the next page where there is one."""

    rows: tuple[T, ...]
    total: int
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


def _key(text: str) -> int:
    if not (text.isascii() and text.isdecimal()) or len(text) > len(str(LAST_KEY)) or int(text) > LAST_KEY:
        raise _no_cursor()
    return int(text)


def _no_cursor() -> BadFilter:
    return BadFilter(say("地址里的翻页位置读不懂，请从第一页重新翻看。"))

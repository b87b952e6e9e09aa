"""Chance with a memory: the same words give the same throws, whatever else is thrown in the city."""

from __future__ import annotations

from random import Random

CITY = "清溪"


def chance(*words: object) -> Random:
    """A source of throws of its own for the thing that ``words`` name."""
    return Random("/".join(map(str, (CITY, *words))))  # noqa: S311 - an example, not a secret


def share(throws: Random, out_of: int) -> bool:
    """True once in ``out_of`` throws."""
    return throws.randrange(out_of) == 0

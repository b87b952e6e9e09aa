"""When certificates were issued: most in force, some renewed, a few run out, a few about to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from random import Random

from zuofang.site.commands.city.days import ago, later
from zuofang.site.commands.city.geography import Place
from zuofang.storage.acts import Desk

YEAR = 365
EXPIRED, ENDING, RENEWED = (0,), (1, 2), (3,)
"""Turns of operators whose province sets a term; at every other turn the paper is in the middle of it."""


@dataclass(frozen=True, slots=True)
class Paper:
    """A certificate by the day it was issued; its term is the province's."""

    issued_on: date


def usual_papers(desk: Desk, kind: str, place: Place, today: date, throws: Random, turn: int) -> list[Paper]:
    """The certificates of one operator, oldest first."""
    term = desk.rules.registers.certificate_for(place.province, kind).validity_years
    if term is None:
        return [Paper(ago(today, throws.randrange(300, 1900)))]
    days = term * YEAR
    if turn in EXPIRED:
        return [Paper(ago(today, days + throws.randrange(25, 90)))]
    if turn in ENDING:
        return [Paper(ago(today, days - throws.randrange(8, 27)))]
    if turn in RENEWED:
        first = ago(today, days + throws.randrange(40, 400))
        return [Paper(first), Paper(later(first, days - throws.randrange(3, 28)))]
    return [Paper(ago(today, throws.randrange(300, days - 60)))]

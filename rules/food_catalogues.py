"""What the three small kinds may not make (负面清单), and what they alone may make where a place says so (品种目录).

The lines come from ``food_catalogues.csv``. Zhejiang and Jiangsu forbid by a list; in Fujian each prefecture or county
names what may be made, and nothing else may. A certificate names foods in words, so words it is they are known by.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path

from zuofang.rules.parameters import Certainty
from zuofang.rules.sentences import Sentence, say
from zuofang.rules.tables import RuleFileError, read_table

EVERYWHERE = "*"
_PARTS = re.compile(r"[、，,；;。/\s]+")


class Effect(StrEnum):
    """What a line does with its foods: forbidden, bound to a condition, or permitted to the exclusion of all others."""

    banned = "banned"
    conditional = "conditional"
    permitted = "permitted"


@dataclass(frozen=True, slots=True)
class CatalogueLine:
    """One line of a list of foods that the small kinds may not make, or that they alone may make.

    ``place`` is the beginning of a division code, ``*`` for the whole country; ``kinds`` are those it binds. A food is
    meant if it has one of the ``foods`` in its name and none of the words ``not_meant``. A permitted list of a place
    leaves no room for what is not on it.
    """

    key: str
    place: str
    place_name: str
    kinds: tuple[str, ...]
    effect: Effect
    foods: tuple[str, ...]
    not_meant: tuple[str, ...]
    condition: str
    article: str
    since: date
    until: date | None
    certainty: Certainty

    def binds(self, district: str, kind: str, on: date) -> bool:
        """Whether the line holds for a kind of operator in a division on a day."""
        here = self.place == EVERYWHERE or district.startswith(self.place)
        return here and kind in self.kinds and self.since <= on and (self.until is None or on <= self.until)

    def means(self, food: str) -> bool:
        """Whether a food, as it is named, is one of this line."""
        return any(word in food for word in self.foods) and not any(word in food for word in self.not_meant)


@dataclass(frozen=True, slots=True)
class FoodRemark:
    """Why a food may not be registered (``final``), or what an officer must check before it is."""

    final: bool
    sentence: Sentence


@dataclass(frozen=True, slots=True)
class FoodCatalogues:
    """Every line, in the order of the file."""

    lines: tuple[CatalogueLine, ...]

    def of(self, district: str, kind: str, on: date) -> tuple[CatalogueLine, ...]:
        """The lines that hold for a kind of operator in a division on a day."""
        return tuple(line for line in self.lines if line.binds(district, kind, on))

    def remarks(self, foods: str, district: str, kind: str, on: date) -> tuple[FoodRemark, ...]:
        """What the lists say of foods as a certificate names them (品种明细), separated by 、 or ，."""
        lines = self.of(district, kind, on)
        return tuple(remark for food in filter(None, _PARTS.split(foods)) for remark in _remarks(food, lines))

    def banned(self, food: str, district: str, kind: str, on: date) -> Sentence | None:
        """Why one food may not be made at all; nothing where it may, or where only a condition hangs on it."""
        return next((one.sentence for one in self.remarks(food, district, kind, on) if one.final), None)


def _remarks(food: str, lines: tuple[CatalogueLine, ...]) -> Iterator[FoodRemark]:
    """What the lines say of one food; what is forbidden is told once, with every text that forbids it."""
    bans = [line for line in lines if line.effect is Effect.banned and line.means(food)]
    if bans:
        articles = "；".join(dict.fromkeys(line.article for line in bans))
        yield FoodRemark(True, say("“%(food)s”不能登记：%(article)s禁止生产加工。", food=food, article=articles))
        return
    for line in lines:
        if line.effect is Effect.conditional and line.means(food):
            told = say(
                "“%(food)s”有条件：%(condition)s（%(article)s）。", food=food, condition=line.condition,
                article=line.article,
            )  # fmt: skip
            yield FoodRemark(False, told)
    permitted = [line for line in lines if line.effect is Effect.permitted]
    if permitted and not any(line.means(food) for line in permitted):
        articles = "；".join(dict.fromkeys(line.article for line in permitted))
        told = say("“%(food)s”不在当地的品种目录里（%(article)s）。", food=food, article=articles)
        yield FoodRemark(False, told)


def read_food_catalogues(path: Path) -> FoodCatalogues:
    """Read the lists.

    Raises:
        RuleFileError: a key stands twice, a line names no food, or a condition stands where none belongs.
    """
    seen: set[str] = set()
    lines = read_table(path, CatalogueLine)
    for number, line in lines:
        if line.key in seen:
            raise RuleFileError(path, number, say("%(name)s 写了两次", name=line.key))
        if not line.foods or not line.kinds:
            raise RuleFileError(path, number, say("每一行要写食品，还要写经营者的类别"))
        if (line.effect is Effect.conditional) != bool(line.condition):
            raise RuleFileError(path, number, say("有条件的才写条件，而且要写；别的不写"))
        seen.add(line.key)
    return FoodCatalogues(tuple(line for _, line in lines))

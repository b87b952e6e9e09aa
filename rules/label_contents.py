"""What a food label must say and how large, by province, packing and day.

The contents come from ``label_contents.csv``. A province that has no line of its own for a kind of packing follows the
lines of ``*``, the national frame. The sizes come from ``label_text_heights.csv``.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from pathlib import Path

from zuofang.rules.parameters import Certainty, NoSuchRule
from zuofang.rules.sentences import say
from zuofang.rules.tables import RuleFileError, read_table

NATIONAL = "*"


class Packing(StrEnum):
    """预包装 or 散装: the label owes different contents."""

    prepacked = "prepacked"
    bulk = "bulk"


class LabelField(StrEnum):
    """One thing that a label says."""

    product_name = "product_name"
    ingredients = "ingredients"
    net_content = "net_content"
    specification = "specification"
    workshop_name = "workshop_name"
    workshop_address = "workshop_address"
    contact = "contact"
    certificate_number = "certificate_number"
    made_on = "made_on"
    shelf_life = "shelf_life"
    storage = "storage"
    standard = "standard"
    allergens = "allergens"

    @property
    def is_date(self) -> bool:
        """Whether the law asks for a size of its own, as it does for the dates (日期标示)."""
        return self in (LabelField.made_on, LabelField.shelf_life)


@dataclass(frozen=True, slots=True)
class LabelRule:
    """One thing that the labels of a province say (标签标注内容).

    ``heading`` is printed before the value; ``mandatory`` tells whether a label without the value is refused or merely
    goes without that line; ``position`` orders the lines.
    """

    province: str
    packing: Packing
    position: int
    field: LabelField
    heading: str
    mandatory: bool
    article: str
    since: date
    until: date | None
    certainty: Certainty
    note: str = ""

    def in_force(self, on: date) -> bool:
        """Whether the line holds on the day ``on``."""
        return self.since <= on and (self.until is None or on <= self.until)


class SizedText(StrEnum):
    """What the law gives a smallest height: any text, and the dates."""

    text = "text"
    date = "date"


@dataclass(frozen=True, slots=True)
class HeightRule:
    """The smallest height of characters, in millimetres, on packets whose largest surface is over so many cm²."""

    what: SizedText
    surface_over: Decimal
    height: Decimal
    article: str
    since: date
    until: date | None
    certainty: Certainty
    note: str = ""


@dataclass(frozen=True, slots=True)
class LabelRules:
    """What labels owe, as read from the rule files."""

    contents: tuple[LabelRule, ...]
    heights: tuple[HeightRule, ...]

    def owed(self, province: str, packing: Packing, on: date) -> tuple[LabelRule, ...]:
        """What a label says by the rules of a province (two-digit code) for a batch made on ``on``, in printed order.

        Raises:
            NoSuchRule: not even the national frame was in force that day.
        """
        for place in (province, NATIONAL):
            found = [r for r in self.contents if (r.province, r.packing) == (place, packing) and r.in_force(on)]
            if found:
                return tuple(sorted(found, key=lambda rule: rule.position))
        raise NoSuchRule(f"no rule says what a label of {packing} food owes on {on}")

    def smallest_height(self, what: SizedText, surface: Decimal, on: date) -> HeightRule:
        """The smallest height of characters on a packet whose largest surface has ``surface`` cm².

        Raises:
            NoSuchRule: no height was in force that day.
        """
        found = [
            rule
            for rule in self.heights
            if rule.what is what
            and rule.surface_over < surface
            and rule.since <= on
            and (rule.until is None or on <= rule.until)
        ]
        if not found:
            raise NoSuchRule(f"no rule says how high the {what} of a label is on {on}")
        return max(found, key=lambda rule: rule.surface_over)


def read_label_rules(folder: Path) -> LabelRules:
    """Read both files of a folder.

    Raises:
        RuleFileError: a line cannot be read, or one thing is said twice on the same day.
    """
    path = folder / "label_contents.csv"
    lines = read_table(path, LabelRule)
    for number, line in enumerate(lines):
        if any(_clash(line.row, other.row) for other in lines[:number]):
            raise RuleFileError(path, line.number, say("%(name)s 在同一天写了两次", name=line.row.field))
    heights = tuple(line.row for line in read_table(folder / "label_text_heights.csv", HeightRule))
    return LabelRules(tuple(line.row for line in lines), heights)


def _clash(one: LabelRule, other: LabelRule) -> bool:
    same = (one.province, one.packing, one.field) == (other.province, other.packing, other.field)
    return same and (one.in_force(other.since) or other.in_force(one.since))

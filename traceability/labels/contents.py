"""What a label says in words: the mandatory contents of its province, and what is recorded of each.

The printed label and the page behind its code are both made from this value, because they must agree (LAB100 Art 24).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from zuofang.rules.label_contents import LabelField, LabelRule, LabelRules, Packing
from zuofang.rules.sentences import say
from zuofang.traceability.labels.refusals import LabelRefused

ORDINARY_SURFACE = Decimal(100)
"""Largest surface of an ordinary packet, in cm², where nobody says another; it decides how high characters must be."""


class ContentsMissing(LabelRefused):
    """A label was refused because something it must say is not recorded."""


@dataclass(frozen=True, slots=True)
class ContentLine:
    """One line of a label, as it is printed: heading and value."""

    field: LabelField
    heading: str
    value: str

    def __str__(self) -> str:
        return f"{self.heading}：{self.value}"


@dataclass(frozen=True, slots=True)
class LabelContents:
    """What the rules ask of a label, and what is recorded of it; ``recorded`` holds no blanks."""

    owed: tuple[LabelRule, ...]
    recorded: Mapping[LabelField, str]

    @classmethod
    def by_rules(
        cls,
        rules: LabelRules,
        province: str,
        packing: Packing,
        made_on: date,
        recorded: Mapping[LabelField, str | None],
    ) -> LabelContents:
        """The contents of a label by the rules of the day on which the batch was made.

        ``recorded`` may leave out, or give as nothing or as blanks, what is not known.

        Raises:
            NoSuchRule: no rule of that day says what the label owes.
        """
        known = {field: " ".join(value.split()) for field, value in recorded.items() if value and value.strip()}
        return cls(rules.owed(province, packing, made_on), known)

    @property
    def missing(self) -> tuple[LabelRule, ...]:
        """The mandatory contents of which nothing is recorded."""
        return tuple(rule for rule in self.owed if rule.mandatory and rule.field not in self.recorded)

    @property
    def lines(self) -> tuple[ContentLine, ...]:
        """The lines of the label in their order; what is not recorded has none."""
        return tuple(
            ContentLine(rule.field, rule.heading, self.recorded[rule.field])
            for rule in self.owed
            if rule.field in self.recorded
        )

    def require_complete(self) -> None:
        """Refuse a label that would not say what it must.

        Raises:
            ContentsMissing: naming what is missing and the article that asks for it.
        """
        if missing := self.missing:
            raise ContentsMissing(
                say(
                    "标签缺少%(fields)s，不能印制（%(article)s）。请先补录。",
                    fields="、".join(rule.heading for rule in missing),
                    article="；".join(dict.fromkeys(rule.article for rule in missing)),
                )
            )

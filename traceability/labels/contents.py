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
from zuofang.traceability.label import LabelFile
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


def contents_of(file: LabelFile, rules: LabelRules) -> LabelContents:
    """What the printed label of a batch must say, and what is recorded of it.

    Raises:
        NoSuchRule: no rule of the day of making says what the label owes.
    """
    certificates = [paper for paper in file.certificates if paper.in_force(file.made_on)]
    newest = max(certificates, key=lambda paper: paper.since, default=None)
    recorded = {
        LabelField.product_name: file.product,
        LabelField.ingredients: file.ingredients,
        LabelField.net_content: file.net_content,
        LabelField.specification: file.specification,
        LabelField.workshop_name: file.workshop,
        LabelField.workshop_address: file.address,
        LabelField.contact: file.phone,
        LabelField.certificate_number: newest.number if newest else None,
        LabelField.made_on: file.made_on.isoformat(),
        LabelField.shelf_life: _shelf_life(file),
        LabelField.storage: file.storage,
        LabelField.standard: file.standard,
        LabelField.allergens: file.allergens,
    }
    return LabelContents.by_rules(rules, file.province, file.packing, file.made_on, recorded)


def _shelf_life(file: LabelFile) -> str | None:
    """保质期, with its last day where that is known."""
    if file.best_before is None:
        return None if file.shelf_life_days is None else f"{file.shelf_life_days} 天"
    last = f"至 {file.best_before.isoformat()}"
    return last if file.shelf_life_days is None else f"{file.shelf_life_days} 天（{last}）"

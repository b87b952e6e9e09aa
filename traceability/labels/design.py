"""The labels of one run: what they say, by what is on file and by the rules of the day the batch was made."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from zuofang.rules.label_contents import LabelRules, SizedText
from zuofang.traceability.codes import BATCH_LENGTH, ITEM_LENGTH
from zuofang.traceability.label import LabelFile
from zuofang.traceability.labels.address import LabelAddress
from zuofang.traceability.labels.brand import BrandMark
from zuofang.traceability.labels.contents import ORDINARY_SURFACE, contents_of
from zuofang.traceability.labels.face import Face, Wording, compose
from zuofang.traceability.labels.layouts import Layout
from zuofang.traceability.labels.typeface import Typeface
from zuofang.traceability.models import LabelKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Design:
    """Everything that is the same on all labels of a run."""

    layout: Layout
    address: LabelAddress
    typeface: Typeface
    face: Face

    @property
    def words(self) -> list[str]:
        """Every line of words, as set."""
        return [text.text for text in self.face.texts]


@dataclass(frozen=True, slots=True)
class Designer:
    """What an installation prints with."""

    rules: LabelRules
    address: LabelAddress
    typeface: Typeface

    def design(
        self, file: LabelFile, kind: LabelKind, layout: Layout, mark: str | None, surface: Decimal = ORDINARY_SURFACE
    ) -> Design:
        """Set the labels of a batch on this stock; ``mark`` is the path of the zone's brand mark.

        Raises:
            LabelRefused: a mandatory content is not recorded, or the label cannot be set.
            NoSuchRule: no rule of the day of making says what the label owes.
        """
        said = self._contents(file, surface) if layout.holds_contents else self._names(file, surface)
        length = ITEM_LENGTH if kind is LabelKind.item else BATCH_LENGTH
        drawing = BrandMark.of_path(mark) if mark else None
        wordings = [*said, *self._hints(file, surface)]
        face = compose(layout, wordings, length, self.typeface, drawing)
        return Design(layout=layout, address=self.address, typeface=self.typeface, face=face)

    def _contents(self, file: LabelFile, surface: Decimal) -> Iterator[Wording]:
        contents = contents_of(file, self.rules)
        contents.require_complete()
        for line in contents.lines:
            sized = SizedText.date if line.field.is_date else SizedText.text
            yield Wording(str(line), self._height(file, surface, sized))

    def _names(self, file: LabelFile, surface: Decimal) -> Iterator[Wording]:
        height = self._height(file, surface)
        yield Wording(file.product, height)
        yield Wording(file.workshop, height, optional=True)

    def _hints(self, file: LabelFile, surface: Decimal) -> Iterator[Wording]:
        """Where to look the code up, in clear so that a symbol stuck over ours is noticed; and whose brand it is."""
        height = self._height(file, surface)
        yield Wording(f"查验：{self.address.host}", height, optional=True)
        if file.place is not None and file.place.brand:
            yield Wording(file.place.brand, height, optional=True)

    def _height(self, file: LabelFile, surface: Decimal, what: SizedText = SizedText.text) -> float:
        return float(self.rules.smallest_height(what, surface, file.made_on).height)

"""What the label page shows, as plain values: filled from the traceability queries, drawn by ``public/label.html``."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from zuofang.rules.sentences import Sentence
from zuofang.site.blanks import Blank

QUESTIONS = ("who", "where", "tested", "found")


@dataclass(frozen=True, slots=True)
class Link:
    """A place to go and what stands there."""

    href: str
    text: str


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason of the verdict, with the place of its evidence. ``kind`` is the verdict it speaks for."""

    kind: str
    sentence: Sentence
    href: str | None = None


@dataclass(frozen=True, slots=True)
class Card:
    """The answer to one of the four questions; ``on`` is the day the fact is of, ``kind`` warns by a seal."""

    question: str
    answer: Sentence
    href: str | None = None
    on: date | None = None
    kind: str = ""


@dataclass(frozen=True, slots=True)
class PrintedRow:
    """One line of what the packet must say (FSL Art 67), to be compared with the packet in hand."""

    label: Sentence
    value: str | date | Sentence | Blank


@dataclass(frozen=True, slots=True)
class Material:
    """A raw material of the batch: what, from whom, received on which day."""

    name: str
    supplier: str | Blank
    received_on: date | Blank


@dataclass(frozen=True, slots=True)
class Goods:
    """What lies in the packet: product, workshop, batch and its two days."""

    product: str
    specification: str
    workshop: Link
    lot: str
    made_on: date | Blank
    best_before: date | Blank


@dataclass(frozen=True, slots=True)
class LabelView:
    """One label. ``goods`` is empty for a code that was never issued; ``cards`` are then none.

    ``verdict`` is a kind of seal; ``code`` is the code as typed or printed; ``on`` is the day of the answer.
    """

    code: str
    verdict: str
    on: date
    reasons: tuple[Reason, ...]
    report_href: str
    goods: Goods | None = None
    cards: tuple[Card, ...] = ()
    printed: tuple[PrintedRow, ...] = ()
    materials: tuple[Material, ...] | Blank = Blank.not_recorded
    scan_note: Sentence | None = None
    batch_href: str | None = None

    @property
    def status(self) -> int:
        """The HTTP status: a code that was never issued is not found."""
        return 200 if self.goods else 404

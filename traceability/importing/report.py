"""What an import did or would do, counted, with every refused cell in words."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from zuofang.rules.identifiers import mask_identity_numbers
from zuofang.rules.sentences import Sentence, say
from zuofang.traceability.importing.columns import Column

SHOWN = 40
"""Characters of a refused value that are repeated."""
HIDDEN = "（不显示）"
MOST_REFUSALS = 1_000
MOST_DIFFERENCES = 500
"""Differences that are told one by one; the counts always tell of all."""


@dataclass(frozen=True, slots=True)
class RefusedCell:
    """One refusal: row as a person counts, name of the column, the value as far as it may be shown, the reason."""

    row: int
    column: str
    value: str
    reason: Sentence

    def as_json(self) -> dict[str, Any]:
        """The refusal as plain values."""
        return {"row": self.row, "column": self.column, "value": self.value, "reason": str(self.reason)}


@dataclass(frozen=True, slots=True)
class Remark:
    """Something in a row that was taken in and that a person must look at, with who or what may be meant."""

    row: int
    column: str
    reason: Sentence
    candidates: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The remark as plain values."""
        return {"row": self.row, "column": self.column, "reason": str(self.reason), "candidates": [*self.candidates]}


@dataclass(frozen=True, slots=True)
class Difference:
    """What a row changes: the heading, what is on record, and what the row says instead; both empty where hidden."""

    row: int
    column: str
    before: str
    after: str


@dataclass(slots=True)
class ImportReport:
    """The outcome of one import. Any refusal means that nothing was written, and then nothing counts as created.

    ``unmatched`` counts rows that speak of something that is not registered: a table of this room refuses them, the
    credit file takes them in for the matching desk. ``to_check`` is what a person must look at in what was taken in.
    """

    kind: str
    dry_run: bool
    sha256: str = ""
    rows: int = 0
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    unmatched: int = 0
    refused: list[RefusedCell] = field(default_factory=list)
    notes: list[Sentence] = field(default_factory=list)
    to_check: list[Remark] = field(default_factory=list)
    differences: list[Difference] = field(default_factory=list)
    """What changed rows would change, the first of them."""

    @property
    def written(self) -> bool:
        """Whether the database was changed."""
        return not self.dry_run and not self.refused and bool(self.created or self.updated)

    @property
    def full(self) -> bool:
        """Whether so much was refused that reading on would help nobody."""
        return len(self.refused) >= MOST_REFUSALS

    def differ(self, row: int, column: str, before: str, after: str) -> None:
        """Write down what a row changes, as long as there are not too many to be read."""
        if len(self.differences) < MOST_DIFFERENCES:
            self.differences.append(Difference(row, column, before, after))

    def refuse(self, row: int, column: Column, value: str, reason: Sentence) -> None:
        """Write down a refusal without what is personal in the value."""
        self.refused.append(RefusedCell(row, column.title, shown(column, value), reason))

    def as_json(self) -> dict[str, Any]:
        """The report as plain values, with the fields of the command's answer."""
        counts = {name: getattr(self, name) for name in ("rows", "created", "updated", "unchanged", "unmatched")}
        to_check = {"to_check": [one.as_json() for one in self.to_check]} if self.to_check else {}
        return {**counts, "refused": [one.as_json() for one in self.refused], **to_check}


def shown(column: Column, value: str) -> str:
    """A refused value as it may be repeated: short, without identity numbers, and not at all where it is personal."""
    short = mask_identity_numbers(value.strip())
    if column.personal:
        return HIDDEN if short else ""
    return short if len(short) <= SHOWN else short[:SHOWN] + "…"


def whole_file(kind: str, dry_run: bool, reason: Sentence) -> ImportReport:
    """The report on a file of which no row could be read."""
    refused = RefusedCell(0, str(say("整个文件")), "", reason)
    return ImportReport(kind, dry_run, refused=[refused])

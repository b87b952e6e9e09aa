"""What one table may cost. A table of the bureau's size fits many times over; what is larger is refused in words."""

from __future__ import annotations

from dataclasses import dataclass

from zuofang.rules.sentences import Sentence, say

MEBIBYTE = 1024 * 1024


class Unfit(Exception):
    """The child's refusal of a file; the sentence says why."""

    def __init__(self, sentence: Sentence) -> None:
        super().__init__(str(sentence))
        self.sentence = sentence


@dataclass(frozen=True, slots=True)
class Budget:
    """The limits within which a table is read. Sizes are bytes, times are seconds."""

    file: int = 64 * MEBIBYTE
    rows: int = 500_000
    columns: int = 256
    cells: int = 10_000_000
    cell: int = 32_767
    """Characters in one cell; the most a spreadsheet itself can keep."""
    line: int = MEBIBYTE
    blank_run: int = 1_000
    """Blank rows one after another, after which somebody has formatted the whole sheet."""
    entries: int = 2_000
    """Files inside an XLSX."""
    unpacked: int = 512 * MEBIBYTE
    part: int = 4 * MEBIBYTE
    """Any file inside an XLSX that is read at once: styles, relations, properties."""
    strings: int = 32 * MEBIBYTE
    """The table of shared texts of an XLSX, which is held in memory."""
    ratio: int = 100
    """Unpacked to packed size of one file inside an XLSX; honest sheets stay below 40."""
    memory: int = 256 * MEBIBYTE
    stretch: int = 4 * MEBIBYTE
    """Bytes of a sheet's XML in which no row begins."""
    processor: int = 120
    silence: float = 60.0
    """Longest wait for the next rows."""


SHIPPED = Budget()


def too_many_rows(budget: Budget) -> Sentence:
    """The refusal of a table that is too long, or that somebody has formatted down to the last row."""
    return say("表格超过 %(limit)s 行。请删去多余的空行，或者分成几个文件。", limit=budget.rows)

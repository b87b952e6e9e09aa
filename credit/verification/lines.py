"""Reading a buyer's list: any mixture of label codes, certificate numbers, credit codes and names, one on a line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from unicodedata import normalize

MOST = 5000
"""Lines of one list."""
LONGEST = 300
"""Characters of a line that are looked at and answered; the rest of a longer one is cut off."""
NUMBERING = re.compile(r"^[\s　]*(?:[0-9]{1,4}[.、)）]|[-–•·*])[\s　]*(?=\S)")
"""What a list begins its lines with: ``1.``, ``2、``, a dash."""
HEADINGS = {
    "标签码",
    "证书编号",
    "登记证编号",
    "统一社会信用代码",
    "名称",
    "单位名称",
    "供货单位",
    "作坊名称",
    "供应商",
}
"""What stands over a column of such a list, and is no question."""


class TooManyLines(Exception):
    """The list has more lines than one sheet answers."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line to be answered; ``number`` is its place in what was sent, from 1."""

    number: int
    text: str


def lines_of_text(text: str) -> tuple[Line, ...]:
    """The lines of pasted text.

    Raises:
        TooManyLines: there are more than one sheet answers.
    """
    return _within_limit(Line(number, line) for number, line in enumerate(text.splitlines(), 1))


def lines_of_rows(rows: Iterable[list[str]]) -> tuple[Line, ...]:
    """The lines of a table: of each row the first cell that says anything; a row of headings is no line.

    Raises:
        TooManyLines: there are more than one sheet answers.
    """
    told = ((number, _first(row)) for number, row in enumerate(rows, 1))
    return _within_limit(Line(number, text) for number, text in told if text not in HEADINGS)


def _first(row: list[str]) -> str:
    """The first cell that is more than a running number."""
    said = [cell.strip() for cell in row if cell.strip()]
    return next((cell for cell in said if not (len(said) > 1 and cell.isdecimal() and len(cell) <= 4)), "")


def _within_limit(lines: Iterable[Line]) -> tuple[Line, ...]:
    found: list[Line] = []
    for line in lines:
        text = tidy(line.text)
        if not text:
            continue
        if len(found) == MOST:
            raise TooManyLines
        found.append(Line(line.number, text))
    return tuple(found)


def tidy(text: str) -> str:
    """A line without what cannot be seen, without the numbering of its list, and no longer than is looked at."""
    plain = " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())
    return NUMBERING.sub("", plain)[:LONGEST].strip()


def bare(text: str) -> str:
    """A name or number as it is compared: one width, capitals, no blanks, one kind of brackets."""
    return "".join(normalize("NFKC", text).split()).upper().replace("【", "(").replace("】", ")")


def looks_like_number(text: str) -> bool:
    """Whether a line is meant as a number or code rather than as a name."""
    plain = bare(text)
    return plain.isascii() and any(sign.isdigit() for sign in plain)


def pairs(text: str) -> Iterator[str]:
    """The pairs of neighbouring characters of a compared name; a single character stands for itself."""
    return (text[place : place + 2] for place in range(max(len(text) - 1, 1)))

"""How Chinese is searched: what is the same for a reader is made the same, and any part of two signs or more is found.

No dictionary cuts the text, because a name is cut one way inside a sentence and another way alone. Every sign is folded
to one sign (full width, capitals, traditional characters), so that a place in the folded text is a place in the text.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path

DATA = Path(__file__).parent / "data"
CHINESE = "㐀-鿿〇𠀀-𿿿"
RUN = re.compile(rf"[{CHINESE}]+|[^\W_{CHINESE}]+")
"""A run of Chinese characters, or one of letters and figures; everything else only parts them."""
LETTERS = re.compile(r"[a-z]+")
PREFIXES = (1, 2, 3, 4, 6, 8, 12, 16, 24)
"""Lengths at which the beginning of a number is kept as a token, so that it is found from any part of its beginning."""
SOUND, INITIAL = "~", "^"
MOST_READINGS = 3


class _Folding(dict[int, str]):
    """Each sign folded to exactly one, worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        sign = chr(code)
        plain = unicodedata.normalize("NFKC", sign)
        plain = plain if len(plain) == 1 else sign
        lower = plain.lower() if len(plain.lower()) == 1 else plain
        self[code] = _simplified().get(lower, lower)
        return self[code]


_FOLDING = _Folding()


@cache
def _simplified() -> dict[str, str]:
    with (DATA / "traditional.csv").open(encoding="utf-8", newline="") as file:
        return {sign: row["simplified"] for row in csv.DictReader(file) for sign in row["traditional"]}


def fold(text: str) -> str:
    """The text with every sign as it is searched; as long as it was."""
    return text.translate(_FOLDING)


def squeeze(text: str) -> str:
    """What of a text is searched: its runs without what stands between them; two numbers stay parted by a blank."""
    return "".join(_squeezed(RUN.findall(fold(text))))


def _squeezed(runs: list[str]) -> Iterator[str]:
    was_chinese = True
    for run in runs:
        chinese = is_chinese(run[0])
        if not chinese and not was_chinese:
            yield " "
        yield run
        was_chinese = chinese


def is_chinese(sign: str) -> bool:
    """Whether a sign is a Chinese character."""
    return "㐀" <= sign <= "鿿" or sign == "〇" or sign >= "\U00020000"


def tokens(squeezed: str) -> Iterator[str]:
    """What a line is found by: pairs of neighbouring characters, the last one of a run, beginnings of numbers."""
    for run in RUN.findall(squeezed):
        if is_chinese(run[0]):
            yield from map("".join, pairwise(run))
            yield run[-1]
        else:
            yield from (run[:length] for length in PREFIXES if length <= len(run))


def wanted_tokens(squeezed: str) -> list[str]:
    """Tokens that every line has in which these words stand together; none where only one character was asked for."""
    found: list[str] = []
    for run in RUN.findall(squeezed):
        if is_chinese(run[0]):
            found += map("".join, pairwise(run))
        else:
            found.append(run[: max(length for length in PREFIXES if length <= len(run))])
    return found


@cache
def readings() -> dict[str, tuple[str, ...]]:
    """Every reading of a character, without tones."""
    found: dict[str, list[str]] = {}
    for syllable, characters in syllables().items():
        for character in characters:
            found.setdefault(character, []).append(syllable)
    return {character: tuple(those) for character, those in found.items()}


@cache
def syllables() -> dict[str, str]:
    """The characters of every syllable."""
    with (DATA / "pinyin.csv").open(encoding="utf-8", newline="") as file:
        return {row["syllable"]: row["characters"] for row in csv.DictReader(file)}


def sound_tokens(squeezed: str) -> Iterator[str]:
    """What a name is found by when its sound is typed: neighbouring syllables, and initials three by three."""
    known = readings()
    for run in RUN.findall(squeezed):
        heard = [known.get(sign, ())[:MOST_READINGS] for sign in run]
        for place, first in enumerate(heard):
            second = heard[place + 1] if place + 1 < len(heard) else ("",)
            yield from (f"{SOUND}{one}{SOUND}{other}" for one in first for other in second)
            third = heard[place + 2] if place + 2 < len(heard) else ("",)
            yield from {
                f"{INITIAL}{a[0]}{b[:1]}{c[:1]}" for a in first for b in second or ("",) for c in third or ("",)
            }


def spellings(letters: str, most: int = 8) -> list[tuple[str, ...]]:
    """The ways to read letters as syllables, of which the last may be cut short: ``gushan`` is gu-shan."""
    found: list[tuple[str, ...]] = []

    def read(rest: str, before: tuple[str, ...]) -> None:
        if len(found) >= most:
            return
        if rest in syllables() or any(one.startswith(rest) for one in syllables()):
            found.append((*before, rest))
        for length in range(min(6, len(rest) - 1), 0, -1):
            if rest[:length] in syllables():
                read(rest[length:], (*before, rest[:length]))

    read(letters, ())
    return found


@cache
def heard(syllable: str, *, whole: bool) -> str:
    """The characters, as the inside of a pattern's brackets, that sound like a syllable or, at the end, begin so."""
    those = (those for one, those in syllables().items() if (one == syllable if whole else one.startswith(syllable)))
    return "".join(sorted(set("".join(those))))

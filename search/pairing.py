"""Text as pairs of neighbouring signs with their places, for engines that know where a token stands.

Any part of a text is then a phrase, and nothing needs to be looked up afterwards. A mark stands before every run of
letters and figures, because a number is found from its beginning, and another one parts lines.
"""

from __future__ import annotations

from itertools import pairwise

from zuofang.search.language import RUN, is_chinese
from zuofang.search.wanted import NAMES_END

NUMBER, LINE = "\x02", "\x03"


def stream(words: str) -> str:
    """The signs of a text as they are paired: a mark for each line, and one before each run that is not Chinese."""
    return LINE.join(marked(line) for line in words.replace(NAMES_END, "\n").split("\n"))


def marked(squeezed: str) -> str:
    """The signs of a line, with a mark before each run that is not Chinese."""
    return "".join(run if is_chinese(run[0]) else f"{NUMBER}{run}" for run in RUN.findall(squeezed))


def pairs(signs: str) -> list[str]:
    """Each sign with the one after it."""
    return [*map("".join, pairwise(signs))]

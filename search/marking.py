"""Where the words that were looked for stand in a text as it is shown. One way for every engine."""

from __future__ import annotations

from collections.abc import Sequence

from zuofang.search.language import RUN, fold, is_chinese
from zuofang.search.wanted import Word

Part = tuple[str, bool]
"""A part of a text, and whether it was looked for."""


def marked(text: str, words: Sequence[Word], *, names: bool = False) -> list[Part]:
    """The text cut into parts. In names a sound counts as well."""
    if not words or not text:
        return [(text, False)] if text else []
    squeezed, places = _squeezed(text)
    spans = sorted(
        (places[found.start()], places[found.end() - 1] + 1)
        for word in words
        for pattern in [word.in_names if names else word.anywhere]
        if pattern is not None
        for found in pattern.finditer(squeezed)
        if found.end() > found.start()
    )
    return _cut(text, spans)


def _squeezed(text: str) -> tuple[str, list[int]]:
    """The squeezed text and for each sign of it the place in the text."""
    signs: list[str] = []
    places: list[int] = []
    was_chinese = True
    for run in RUN.finditer(fold(text)):
        chinese = is_chinese(run[0][0])
        if not chinese and not was_chinese:
            signs.append(" ")
            places.append(run.start())
        signs.append(run[0])
        places += range(run.start(), run.end())
        was_chinese = chinese
    return "".join(signs), places


def _cut(text: str, spans: list[tuple[int, int]]) -> list[Part]:
    parts: list[Part] = []
    done = 0
    for start, end in spans:
        start = max(start, done)
        if start >= end:
            continue
        if start > done:
            parts.append((text[done:start], False))
        parts.append((text[start:end], True))
        done = end
    if done < len(text):
        parts.append((text[done:], False))
    return parts

"""What may help where nothing was found: other spellings, the same words without filters, and word by word."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from sqlalchemy import Connection

from zuofang.search.suggesting import alike, names_of
from zuofang.search.wanted import Piece, Wanted, Word
from zuofang.site.public.disclosure_query import Search
from zuofang.site.window import Window


@dataclass(frozen=True, slots=True)
class Helping:
    """Ways on from an empty result, each with its address; counts are of what is found there."""

    without: int
    without_href: str
    apart: list[tuple[str, int, str]]
    suggested: list[tuple[str, str]]


def helping(connection: Connection, here: Window, search: Search) -> Helping:
    """The ways on from this search. At most sixteen searches for one result each."""
    typed = search.wants["q"]
    wants = replace(search.wants, values={"q": typed} if typed else {})
    narrowed = search.wanted.filters or search.wanted.since or search.wanted.until
    without = _total(connection, here, *search.wanted.words) if narrowed else 0
    apart = list(_apart(connection, here, search.wanted.words)) if len(search.wanted.words) > 1 else []
    return Helping(
        without,
        wants.href(),
        [(text, total, wants.href(q=text)) for text, total in apart if total],
        [(text, wants.href(q=text)) for text in _suggested(connection, here, search.wanted.words)],
    )


def _apart(connection: Connection, here: Window, words: tuple[Word, ...]) -> Iterator[tuple[str, int]]:
    for word in words:
        yield word.pieces[0].text, _total(connection, here, word)


def _suggested(connection: Connection, here: Window, words: tuple[Word, ...]) -> list[str]:
    """Words that differ in one sign from the only one that was typed, and are really found."""
    if len(words) != 1:
        return []
    names = names_of(connection, (item.name for item in here.rules.limits.items))
    likely = alike(words[0].pieces[0].text, names)
    return [text for text in likely if _total(connection, here, Word.of((Piece(text),)))]


def _total(connection: Connection, here: Window, *words: Word) -> int:
    return here.finder.find(connection, Wanted(words=words, size=1)).total

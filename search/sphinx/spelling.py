"""How documents and words are spelt on the servers: in figures and small letters alone, four for each sign.

Nothing that was typed reaches a server as it was typed, so there is nothing to escape, and the servers need to know
nothing of Chinese.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from itertools import product

from zuofang.search.engines import Doc
from zuofang.search.language import RUN, readings, spellings
from zuofang.search.pairing import marked, pairs, stream
from zuofang.search.sphinx.layout import Layout
from zuofang.search.tally import KEY_BITS
from zuofang.search.wanted import NAMES_END, Piece, Word

DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
ANYWHERE, NAMES = "@(names,rest)", "@names"
COLUMNS = "id, names, rest, heard, initials, rank, has"
SYLLABLES, LETTERS = 3, 4
"""So many neighbouring syllables, and initials, are one token; longer ones are found by all that overlap."""


@cache
def sign(character: str) -> str:
    """One sign as four figures and letters."""
    code = ord(character)
    return "".join(DIGITS[code // 36**place % 36] for place in (3, 2, 1, 0))


@lru_cache(1 << 16)  # the pairs of a register are few and return all the time
def spelt(text: str) -> str:
    """Signs as a token."""
    return "".join(map(sign, text))


def row(doc: Doc, layout: Layout) -> str:
    """A document as the values of a row."""
    names, _, rest = doc.words.partition(NAMES_END)
    rank = (doc.made_on.toordinal() << KEY_BITS) | doc.key
    heard, initials = _sounds(names)
    texts = "','".join((_tokens(names), _tokens(rest), heard, initials))
    return f"({doc.key},'{texts}',{rank},({','.join(map(str, layout.numbers(doc.facets)))}))"


def _tokens(words: str) -> str:
    signs = stream(words)
    return " ".join(map(spelt, (*pairs(signs), *signs[-1:])))


def _sounds(names: str) -> tuple[str, str]:
    syllables: dict[str, None] = {}
    letters: dict[str, None] = {}
    for heard in _heard(names):
        firsts = [tuple(dict.fromkeys(one[0] for one in those)) for those in heard]
        syllables |= dict.fromkeys("_".join(one) for one in _windows(heard, SYLLABLES))
        letters |= dict.fromkeys("".join(one) for one in _windows(firsts, LETTERS))
    return " ".join(syllables), " ".join(letters)


def _heard(names: str) -> Iterator[list[tuple[str, ...]]]:
    """The readings of the characters that follow each other, run by run."""
    known, found = readings(), list[tuple[str, ...]]()
    for run in (run for line in names.split("\n") for run in RUN.findall(line)):
        for character in run:
            if character in known:
                found.append(known[character])
            else:
                yield found
                found = []
        yield found
        found = []


def _windows(heard: Sequence[tuple[str, ...]], width: int) -> Iterator[tuple[str, ...]]:
    for place in range(len(heard)):
        yield from product(*heard[place : place + width])


def expression(words: Iterable[Word], where: str) -> str:
    """What finds every one of these words in some fields, in the language of the servers."""
    return " ".join(f"({'|'.join(_ways(word, where)) or 'nothing'})" for word in words)


def _ways(word: Word, where: str) -> Iterator[str]:
    for piece in word.pieces:
        if piece.sound:
            yield from _sounding(piece.text)
        else:
            yield f"({where} {_standing(piece)})"


def _standing(piece: Piece) -> str:
    signs = marked(piece.text)
    if len(signs) == 1:
        return f"{sign(signs)}*"
    return f'"{" ".join(map(spelt, pairs(signs)))}"'


def _sounding(letters: str) -> Iterator[str]:
    for way in spellings(letters):
        yield f"(@heard {_chain(['_'.join(one) for one in _cut(way, SYLLABLES)])})"
    if 2 <= len(letters) <= 12:
        yield f"(@initials {_chain([''.join(one) for one in _cut(tuple(letters), LETTERS)])})"


def _cut(way: tuple[str, ...], width: int) -> list[tuple[str, ...]]:
    return [way[place : place + width] for place in range(max(1, len(way) - width + 1))]


def _chain(tokens: Sequence[str]) -> str:
    """All tokens; the last one may go on."""
    return " ".join((*tokens[:-1], f"{tokens[-1]}*"))

"""How documents and words are spelt on the servers: in figures and small letters alone, four for each sign.

Nothing that was typed reaches a server as it was typed, so there is nothing to escape, and the servers need to know
nothing of Chinese.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache

from zuofang.search.engines import Doc
from zuofang.search.language import spellings
from zuofang.search.pairing import marked, pairs, stream
from zuofang.search.sounding import LETTERS, LONGEST, SHORTEST, SYLLABLES, cut, heard_in, initials_of, windows
from zuofang.search.sphinx.layout import Layout
from zuofang.search.tally import KEY_BITS
from zuofang.search.wanted import NAMES_END, Piece, Word

DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
ANYWHERE, NAMES = "@(names,rest)", "@names"
COLUMNS = "id, names, rest, heard, initials, rank, has"


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
    for heard in heard_in(names):
        syllables |= dict.fromkeys("_".join(one) for one in windows(heard, SYLLABLES))
        letters |= dict.fromkeys("".join(one) for one in windows(initials_of(heard), LETTERS))
    return " ".join(syllables), " ".join(letters)


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
        yield f"(@heard {_chain(['_'.join(one) for one in cut(way, SYLLABLES)])})"
    if SHORTEST <= len(letters) <= LONGEST:
        yield f"(@initials {_chain([''.join(one) for one in cut(letters, LETTERS)])})"


def _chain(tokens: Sequence[str]) -> str:
    """All tokens; the last one may go on."""
    return " ".join((*tokens[:-1], f"{tokens[-1]}*"))

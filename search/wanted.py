"""What is asked: a typed query, read from what a person typed. Nothing of it is the language of any engine.

A text is at most eight words; each must stand in a record, as it is written, under another name that means the same, or
(letters only) as the sound of a name. What goes beyond the bounds is refused with a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from zuofang.rules.sentences import Sentence, say
from zuofang.search.language import CHINESE, LETTERS, heard, spellings, squeeze
from zuofang.search.synonyms import Synonyms

LONGEST_TEXT = 64
MOST_WORDS = 8
NAMES_END = "\f"
"""Parts the names of a document (party, place, product) from the rest of its text."""
FACETS = (
    "kind", "outcome", "district", "category", "item", "violation", "term", "zone", "honour", "year",
)  # fmt: skip
"""What the results can be narrowed by."""


class BadQuery(Exception):
    """A query that is not answered; the sentence says why, and what to do."""

    def __init__(self, sentence: Sentence) -> None:
        super().__init__(str(sentence))
        self.sentence = sentence


class Order(StrEnum):
    """Which result stands first: the one whose names say what was typed, or simply the newest."""

    relevance = "relevance"
    date = "date"


@dataclass(frozen=True, slots=True)
class Piece:
    """One way in which a word may stand in a record: as text, or as the sound of a name."""

    text: str
    sound: bool = False

    @property
    def pattern(self) -> str:
        """What finds it in squeezed text."""
        if self.sound:
            return "|".join(dict.fromkeys((*_spelt(self.text), *_initials(self.text))))
        begins_a_number = self.text[0].isalnum() and not re.match(f"[{CHINESE}]", self.text)
        return f"(?<![^\\W{CHINESE}]){re.escape(self.text)}" if begins_a_number else re.escape(self.text)


def _spelt(letters: str) -> list[str]:
    ways = spellings(letters)
    return [
        "".join(f"[{heard(one, whole=True)}]" for one in way[:-1]) + f"[{heard(way[-1], whole=False)}]" for way in ways
    ]


def _initials(letters: str) -> list[str]:
    if not 2 <= len(letters) <= 12:
        return []
    those = [heard(letter, whole=False) for letter in letters]
    return ["".join(f"[{one}]" for one in those)] if all(those) else []


@dataclass(frozen=True, slots=True)
class Word:
    """One word: it is found where any of its pieces is. Sounds are looked for in names alone."""

    pieces: tuple[Piece, ...]
    anywhere: re.Pattern[str] | None = field(compare=False)
    in_names: re.Pattern[str] = field(compare=False)

    @classmethod
    def of(cls, pieces: tuple[Piece, ...]) -> Word:
        """A word with its patterns."""
        plain = [piece.pattern for piece in pieces if not piece.sound]
        every = [*plain, *(piece.pattern for piece in pieces if piece.sound)]
        return cls(pieces, re.compile("|".join(plain)) if plain else None, re.compile("|".join(filter(None, every))))

    def stands_in(self, text: str) -> bool:
        """Whether the squeezed text of a document, names first, says it."""
        if self.anywhere is not None and self.anywhere.search(text):
            return True
        return any(piece.sound for piece in self.pieces) and self.stands_in_names(text)

    def stands_in_names(self, text: str) -> bool:
        """Whether the names of a document say it."""
        return self.in_names.search(text, 0, text.find(NAMES_END)) is not None


@dataclass(frozen=True, slots=True)
class Cursor:
    """The last result of a page: its tier, day and key; the next page begins behind it."""

    tier: int
    day: int
    key: int

    @classmethod
    def read(cls, text: str) -> Cursor:
        """A place out of an address.

        Raises:
            BadQuery: it is none.
        """
        if not re.fullmatch(r"[01]\.[0-9]{1,7}\.[0-9]{1,18}", text):
            raise BadQuery(say("“下一页”的地址不完整，请从第一页重新开始。"))
        return cls(*map(int, text.split(".")))

    def __str__(self) -> str:
        return f"{self.tier}.{self.day}.{self.key}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A whole query. ``filters`` holds for each facet the values of which one must be there."""

    words: tuple[Word, ...] = ()
    filters: Mapping[str, str] = field(default_factory=dict)
    since: date | None = None
    until: date | None = None
    order: Order = Order.date
    after: Cursor | None = None
    size: int = 20
    seconds: float = 0.25
    """How long it may take; what is not counted by then is told as "more than"."""


def read_words(text: str, synonyms: Synonyms) -> tuple[Word, ...]:
    """The words of a typed text.

    Raises:
        BadQuery: it is too long, has too many words, or says nothing that could be searched.
    """
    if len(text) > LONGEST_TEXT:
        raise BadQuery(say("最多输入 %(most)s 个字，请缩短后再查。", most=LONGEST_TEXT))
    words = list(dict.fromkeys(filter(None, map(squeeze, text.split()))))
    if text.strip() and not words:
        raise BadQuery(say("请输入汉字、字母或者数字；只有标点符号查不到什么。"))
    if len(words) > MOST_WORDS:
        raise BadQuery(say("最多输入 %(most)s 个词，请减少后再查。", most=MOST_WORDS))
    return tuple(_word(word, synonyms) for word in words)


def _word(word: str, synonyms: Synonyms) -> Word:
    pieces = [Piece(text) for text in (word, *synonyms.of(word))]
    if LETTERS.fullmatch(word) and len(word) > 1 and Piece(word, sound=True).pattern:
        pieces.append(Piece(word, sound=True))
    return Word.of(tuple(pieces))

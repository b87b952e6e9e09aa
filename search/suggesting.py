"""What a reader may have meant: names that differ from the typed word in one sign, those that sound alike first."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from time import monotonic

from sqlalchemy import Connection, select

from zuofang.search.brute import NOT_GONE
from zuofang.search.language import is_chinese, readings, squeeze
from zuofang.search.models import SearchDocument

SHORTEST, LONGEST = 2, 24
MOST_NAMES = 20_000
SECONDS = 0.15
"""How long spellings are looked for; what was found until then is suggested."""
ANY = "[^\n]"
MOST = 5


def names_of(connection: Connection, further: Iterable[str]) -> str:
    """Every name that may be meant, folded, one a line: parties and titles of what is published, and further ones."""
    rows = connection.execute(
        select(SearchDocument.party, SearchDocument.title).where(NOT_GONE).distinct().limit(MOST_NAMES)
    )
    return "\n".join(sorted({squeeze(name) for row in rows for name in row} | set(map(squeeze, further))))


def alike(word: str, names: str) -> list[str]:
    """What stands in the names and differs from a squeezed word in one sign, the likeliest first."""
    if not SHORTEST <= len(word) <= LONGEST or not all(map(is_chinese, word)):
        return []
    found: Counter[str] = Counter()
    stop = monotonic() + SECONDS
    for pattern in _patterns(word):
        found.update(match[0] for match in re.finditer(pattern, names))
        if monotonic() > stop:
            break
    found.pop(word, None)
    return sorted(found, key=lambda one: (not _sounds_alike(word, one), abs(len(one) - len(word)), -found[one], one))[
        :MOST
    ]


def _patterns(word: str) -> Iterator[str]:
    """Another sign, a sign too many, a sign too few, two signs in the wrong order."""
    escaped = [re.escape(sign) for sign in word]
    for place, sign in enumerate(word):
        before, after = "".join(escaped[:place]), "".join(escaped[place + 1 :])
        if len(word) > SHORTEST:
            yield f"{before}{ANY}{after}"
            yield f"{before}{after}" if len(word) > SHORTEST + 1 else f"{before}{ANY}{after}"
        elif heard := _same_sound(sign):
            yield f"{before}[{heard}]{after}"
        if place and len(word) > SHORTEST:
            yield f"{before}{ANY}{escaped[place]}{after}"
            yield f"{''.join(escaped[: place - 1])}{escaped[place]}{escaped[place - 1]}{after}"


def _same_sound(sign: str) -> str:
    own = set(readings().get(sign, ()))
    return "".join(other for other, heard in readings().items() if own.intersection(heard))


def _sounds_alike(word: str, other: str) -> bool:
    if len(word) != len(other):
        return False
    known = readings()
    return all(a == b or set(known.get(a, ())) & set(known.get(b, ())) for a, b in zip(word, other, strict=True))

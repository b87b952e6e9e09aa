"""Other names of the same thing: test items by the rule files, and words of everyday by ``data/synonyms.csv``."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from types import MappingProxyType

from zuofang.rules.book import RuleBook
from zuofang.search.language import DATA, squeeze

FILE = DATA / "synonyms.csv"


class Synonyms:
    """What else to look for when a word is typed."""

    def __init__(
        self, groups: Iterable[tuple[str, ...]] = (), wider: Mapping[str, Iterable[str]] = MappingProxyType({})
    ) -> None:
        self._also: dict[str, dict[str, None]] = {}
        for group in groups:
            for word in group:
                self._add(word, group)
        for word, those in wider.items():
            self._add(word, those)

    def _add(self, word: str, also: Iterable[str]) -> None:
        own = squeeze(word)
        others = self._also.setdefault(own, {})
        others.update((other, None) for other in map(squeeze, also) if other and other != own)

    def of(self, squeezed: str) -> tuple[str, ...]:
        """The other names of a squeezed word; of a wider word also the names of everything that it covers."""
        direct = self._also.get(squeezed, {})
        further = (name for other in direct for name in self._also.get(other, {}))
        return tuple(dict.fromkeys((*direct, *(name for name in further if name != squeezed))))


def read_synonyms(rules: RuleBook) -> Synonyms:
    """The synonyms of the rule book's test items and of the file."""
    with FILE.open(encoding="utf-8", newline="") as lines:
        wider = {row["word"]: row["also"].split(";") for row in csv.DictReader(lines)}
    groups = ((item.name, *item.also) for item in rules.limits.items)
    return Synonyms(groups, wider)

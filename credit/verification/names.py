"""The names and credit codes of the register, ready to be looked up: exactly, or as candidates for an unclear line."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from zuofang.credit.verification.lines import bare, pairs

CANDIDATES = 5
"""So many are offered for an unclear line."""
COMMON = 400
"""A pair of characters that stands in more names than this tells nothing (作坊, 食品)."""
ALIKE = 0.5
"""Share of pairs in common from which on two names may be the same."""


@dataclass(frozen=True, slots=True)
class Listed:
    """An operator as the register names it."""

    workshop: int
    name: str
    credit_code: str | None
    district_code: str


class NameBook:
    """All operators of the register at one data version."""

    def __init__(self, operators: Iterable[Listed]) -> None:
        self._by_code: dict[str, Listed] = {}
        self._by_name: dict[str, list[Listed]] = defaultdict(list)
        for one in operators:
            self._by_name[bare(one.name)].append(one)
            if one.credit_code:
                self._by_code[one.credit_code] = one
        self._by_pair: dict[str, list[str]] | None = None

    def with_code(self, text: str) -> Listed | None:
        """The operator with this credit code (统一社会信用代码)."""
        return self._by_code.get(bare(text))

    def named(self, text: str) -> list[Listed]:
        """Every operator with exactly this name."""
        return self._by_name.get(bare(text), [])

    def candidates(self, text: str) -> list[Listed]:
        """The operators whose names are most like a text, the likest first; none where nothing is like it."""
        asked = bare(text)
        wanted = set(pairs(asked))
        shared = Counter(name for pair in wanted for name in self._names_with(pair))
        scored = sorted(((_likeness(asked, name, count, len(wanted)), name) for name, count in shared.items()),
                        key=lambda found: (-found[0], found[1]))  # fmt: skip
        likely = [one for score, name in scored[:CANDIDATES] if score >= ALIKE for one in self._by_name[name]]
        return likely[:CANDIDATES]

    def _names_with(self, pair: str) -> list[str]:
        if self._by_pair is None:
            index: dict[str, list[str]] = defaultdict(list)
            for name in self._by_name:
                for one in set(pairs(name)):
                    index[one].append(name)
            self._by_pair = {one: names for one, names in index.items() if len(names) <= COMMON}
        return self._by_pair.get(pair, [])


def _likeness(asked: str, name: str, shared: int, wanted: int) -> float:
    """How alike two names are, 0 to 1: one inside the other counts as alike, else the share of pairs in common."""
    if len(asked) > 1 and (asked in name or name in asked):
        return 1.0
    return 2 * shared / (wanted + max(len(name) - 1, 1))

"""Asking the servers: each shard is asked of one that holds it, and of the next one where that one does not answer."""

from __future__ import annotations

import logging
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date

from zuofang.search.engines import Unreachable
from zuofang.search.sphinx.layout import Layout
from zuofang.search.sphinx.servers import Failed, Link, Rows, Servers, note_of, note_statement
from zuofang.search.sphinx.spelling import ANYWHERE, NAMES, expression
from zuofang.search.tally import KEY_BITS, LARGEST_KEY, Partial, Place
from zuofang.search.wanted import FACETS, Order, Wanted

log = logging.getLogger(__name__)

MOST_VALUES = 10_000
MOST_EXCLUDED = 4000
"""Keys that one condition may name."""
PATIENCE = 4.0
"""Times as long as a search may take before a server counts as failed; and a second more."""
FIRST, LAST = 0, 1 << 62
Places = list[Place]


@dataclass(frozen=True, slots=True)
class Questions:
    """One search as the statements that each server is asked: its note, the page, how many, and each count."""

    wanted: Wanted
    hidden: frozenset[int]
    layout: Layout

    def statements(self, shards: Iterable[int]) -> str:
        """The statements about some shards."""
        tables = ",".join(map(self.layout.table, shards))
        every = (note_statement(self.layout.slot), *(text.format(tables=tables) for text in self._about_tables()))
        return "; ".join((*every, "SHOW WARNINGS"))

    def read(self, answers: Sequence[Rows]) -> Partial:
        """What the shards of one server hold.

        Raises:
            Failed: the server holds another generation, or not all of this one.
        """
        note, *about_tables, warnings = answers
        if not self.layout.is_held(note_of(note)):
            raise Failed("it does not hold this generation")
        if len(about_tables) != len(self._pages) + 2 + len(self.wanted.filters):
            raise Failed("it answered otherwise than it was asked")
        pages, counts = about_tables[: len(self._pages)], about_tables[len(self._pages) + 1 :]
        total = int(about_tables[len(self._pages)][0][0])
        best = [place for (tier, _), rows in zip(self._pages, pages, strict=True) for place in _places(tier, rows)]
        return Partial(total, not warnings, self._facets(counts), best[: self.wanted.size + 1])

    @property
    def _matching(self) -> str:
        return expression(self.wanted.words, ANYWHERE)

    @property
    def _pages(self) -> list[tuple[int, str]]:
        """The tiers of the page, the first one first, and what must match in each."""
        if self.wanted.order is not Order.relevance or not self.wanted.words:
            return [(0, self._matching)]
        named = expression(self.wanted.words, NAMES)
        tiers = [(1, f"({self._matching}) ({named})"), (0, f"({self._matching}) -({named})")]
        return [tier for tier in tiers if self.wanted.after is None or tier[0] <= self.wanted.after.tier]

    def _about_tables(self) -> Iterator[str]:
        size, filters = self.wanted.size + 1, self.wanted.filters
        for tier, matching in self._pages:
            place = f"ORDER BY rank DESC LIMIT {size}"
            yield f"SELECT id, rank FROM {{tables}}{self._where(matching, filters, tier)} {place} {self._option(size)}"
        yield f"SELECT COUNT(*) FROM {{tables}}{self._where(self._matching, filters)} {self._option(1)}"
        yield self._counting(filters)
        for name in filters:
            yield self._counting({other: value for other, value in filters.items() if other != name})

    def _counting(self, filters: Mapping[str, str]) -> str:
        many = min(MOST_VALUES, max(1, self.layout.known))
        grouped = f"GROUP BY has ORDER BY n DESC LIMIT {many}"
        where = self._where(self._matching, filters)
        return f"SELECT GROUPBY() AS v, COUNT(*) AS n FROM {{tables}}{where} {grouped} {self._option(many)}"

    def _option(self, most: int) -> str:
        milliseconds = max(1, round(self.wanted.seconds * 1000))
        return f"OPTION ranker=none, max_matches={max(most, 1)}, max_query_time={milliseconds}"

    def _where(self, matching: str, filters: Mapping[str, str], tier: int | None = None) -> str:
        said = [f"MATCH('{matching}')"] if matching else []
        said += [f"has={self.layout.number(name, value)}" for name, value in filters.items()]
        said += self._days()
        hidden = sorted(self.hidden)
        for start in range(0, len(hidden), MOST_EXCLUDED):
            said.append(f"id NOT IN ({','.join(map(str, hidden[start : start + MOST_EXCLUDED]))})")
        after = self.wanted.after
        if after is not None and tier == after.tier:
            said.append(f"rank<{(after.day << KEY_BITS) | after.key}")
        return f" WHERE {' AND '.join(said)}" if said else ""

    def _days(self) -> list[str]:
        if self.wanted.since is None and self.wanted.until is None:
            return []
        first, last = self.wanted.since or date.min, self.wanted.until or date.max
        return [f"rank BETWEEN {first.toordinal() << KEY_BITS} AND {(last.toordinal() << KEY_BITS) | LARGEST_KEY}"]

    def _facets(self, answers: Sequence[Rows]) -> dict[str, Counter[str]]:
        """The counts: of most facets from the first answer, of each one that narrows from its own."""
        own = dict(zip(self.wanted.filters, answers[1:], strict=True))
        counts = {}
        for name in FACETS:
            many = {int(number): int(n) for number, n in own.get(name, answers[0])}
            values = self.layout.values.get(name, {})
            counts[name] = Counter({value: many[number] for value, number in values.items() if number in many})
        return counts


def _places(tier: int, rows: Rows) -> Places:
    return [(tier, int(rank) >> KEY_BITS, int(rank) & LARGEST_KEY) for _, rank in rows]


class SphinxReader:
    """A generation opened for reading in one thread; its servers are asked at the same time."""

    def __init__(self, servers: Servers, layout: Layout) -> None:
        self._servers, self._layout = servers, layout
        self._links: list[Link] = servers.links(0.0)
        self._pool = ThreadPoolExecutor(len(servers), thread_name_prefix="search")

    def close(self) -> None:
        """Let go of every connection."""
        self._pool.shutdown(wait=False)
        for link in self._links:
            link.close()

    def find(self, wanted: Wanted, hidden: frozenset[int]) -> Partial:
        """The part of the result that lies on the servers.

        Raises:
            Unreachable: of some shard no server answers.
        """
        questions = Questions(wanted, hidden, self._layout)
        self._be_patient(1.0 + PATIENCE * wanted.seconds)
        found, left, tried = Partial(), set(self._layout.shards), defaultdict[int, set[int]](set)
        while left:
            plan = self._plan(left, tried)
            parts = list(self._pool.map(self._ask, [questions] * len(plan), plan))
            for (server, shards), part in zip(plan, parts, strict=True):
                if part is not None:
                    found.add(part, wanted.size + 1)
                    left.difference_update(shards)
                for shard in shards:
                    tried[shard].add(server)
        return found

    def _be_patient(self, seconds: float) -> None:
        if seconds > self._links[0].patience:
            for link in self._links:
                link.close()
                link.patience = seconds

    def _plan(self, left: Iterable[int], tried: Mapping[int, set[int]]) -> list[tuple[int, list[int]]]:
        """Which server is asked for which shards: the first that was not tried and does not rest, else any other."""
        plan = defaultdict[int, list[int]](list)
        for shard in sorted(left):
            untried = [one for one in self._layout.holders(shard) if one not in tried[shard]]
            if not untried:
                raise Unreachable(f"no server that holds shard {shard} answers")
            plan[min(untried, key=self._rests)].append(shard)
        return list(plan.items())

    def _rests(self, server: int) -> bool:
        return self._servers.rests(server) or self._servers.rests(server, self._layout.generation, self._layout.step)

    def _ask(self, questions: Questions, asked: tuple[int, list[int]]) -> Partial | None:
        server, shards = asked
        try:
            answers = self._links[server].ask(questions.statements(shards))
        except Failed as failure:
            log.warning("a search server did not answer; another one is asked: %s", failure)
            self._servers.rest(server)
            return None
        try:
            return questions.read(answers)
        except Failed as failure:
            log.warning("%s is not asked: %s", self._servers.addresses[server], failure)
            self._servers.rest(server, self._layout.generation, self._layout.step)
            return None

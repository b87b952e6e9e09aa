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
from zuofang.search.sphinx.servers import Failed, Link, Rows, Servers, filled_statement, note_of, note_statement
from zuofang.search.sphinx.spelling import ANYWHERE, NAMES, expression
from zuofang.search.tally import KEY_BITS, LARGEST_KEY, Partial, Place
from zuofang.search.wanted import FACETS, Order, Wanted

log = logging.getLogger(__name__)

MOST_VALUES = 10_000
MOST_EXCLUDED = 4000
"""Keys that one condition may name."""
PATIENCE, SPARE = 4.0, 1.0
"""Times as long as a search may take before a server counts as failed; and so many seconds more."""
FIRST, LAST = 0, 1 << 62
Places = list[Place]


@dataclass(frozen=True, slots=True)
class Questions:
    """One search as the statements that each server is asked: its note, the page, and each count.

    After each of them the server says how many documents matched, and whether its time was up; it keeps to itself what
    it would have said of any but the last one that it is not asked about.
    """

    wanted: Wanted
    hidden: frozenset[int]
    layout: Layout

    def statements(self, shards: Sequence[int]) -> str:
        """The statements about some shards."""
        tables = ",".join(map(self.layout.table, shards))
        asked = (text.format(tables=tables) for text in self._about_tables())
        filled = map(filled_statement, self.layout.filled_tables(shards))
        said = (said for one in asked for said in (one, "SHOW META"))
        return "; ".join((note_statement(self.layout.slot), *filled, *said))

    def read(self, answers: Sequence[Rows], shards: Sequence[int]) -> Partial:
        """What the shards of one server hold.

        Raises:
            Failed: the server holds another generation, or not all of this one.
        """
        filled = len(self.layout.filled_tables(shards))
        note, about_tables = answers[0], answers[1 + filled :]
        if not self.layout.is_held(note_of(note)):
            raise Failed("it does not hold this generation")
        if not all(answers[1 : 1 + filled]):
            raise Failed("it lost a table")
        if len(about_tables) != 2 * (len(self._pages) + self._counts_apart + 1 + len(self.wanted.filters)):
            raise Failed("it answered otherwise than it was asked")
        found, told = about_tables[::2], [dict[str, str](rows) for rows in about_tables[1::2]]
        exact = not any(one.get("warning") for one in told)
        pages, counts = found[: len(self._pages)], found[len(self._pages) + self._counts_apart :]
        total = self._total([int(one["total_found"]) for one in told], counts[0], exact)
        return Partial(total, exact, self._facets(counts), self._best(pages))

    def _total(self, matched: Sequence[int], counted: Rows, exact: bool) -> int:
        """How many match; where time was up, the most that were seen to: then one may stand in two tiers."""
        told = matched[len(self._pages) :][:1] if self._counts_apart else matched[: len(self._pages)]
        return sum(told) if exact else max((*told, *(int(many) for _, many in counted)), default=0)

    def _best(self, pages: Sequence[Rows]) -> Places:
        tiers: dict[int, Place] = {}
        for (tier, _), rows in zip(self._pages, pages, strict=True):
            for _, rank in rows:
                place = tier, int(rank) >> KEY_BITS, int(rank) & LARGEST_KEY
                tiers.setdefault(place[-1], place)
        return list(tiers.values())[: self.wanted.size + 1]

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

    @property
    def _counts_apart(self) -> bool:
        """Whether all that match are counted by a statement of their own: a later page begins behind some of them."""
        return self.wanted.after is not None

    def _about_tables(self) -> Iterator[str]:
        size, filters = self.wanted.size + 1, self.wanted.filters
        for tier, matching in self._pages:
            place = f"ORDER BY rank DESC LIMIT {size}"
            yield f"SELECT id, rank FROM {{tables}}{self._where(matching, filters, tier)} {place} {self._option(size)}"
        if self._counts_apart:
            yield f"SELECT id FROM {{tables}}{self._where(self._matching, filters)} LIMIT 1 {self._option(1)}"
        yield self._counting(filters)
        for name in filters:
            yield self._counting({other: value for other, value in filters.items() if other != name})

    def _counting(self, filters: Mapping[str, str]) -> str:
        many = min(MOST_VALUES, max(1, self.layout.known))
        grouped = f"GROUP BY has ORDER BY n DESC LIMIT {many}"
        where = self._where(self._matching, filters)
        return f"SELECT GROUPBY() AS v, COUNT(*) AS n FROM {{tables}}{where} {grouped} {self._option(many)}"

    def _option(self, most: int) -> str:
        """How a statement is carried out: all of them together take no longer than the search may."""
        statements = len(self._pages) + self._counts_apart + 1 + len(self.wanted.filters)
        milliseconds = max(1, round(self.wanted.seconds * 1000 / statements))
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
        self._be_patient(SPARE + PATIENCE * wanted.seconds)
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
        """Which server is asked for which shards: the first that was not tried and does not rest, else the one whose
        rest ends first, for it failed longest ago."""
        plan = defaultdict[int, list[int]](list)
        for shard in sorted(left):
            untried = [one for one in self._layout.holders(shard) if one not in tried[shard]]
            if not untried:
                raise Unreachable(f"no server that holds shard {shard} answers")
            plan[min(untried, key=self._rests)].append(shard)
        return list(plan.items())

    def _rests(self, server: int) -> float:
        as_it_is = self._servers.rests_until(server, self._layout.generation, self._layout.step)
        return max(self._servers.rests_until(server), as_it_is)

    def _ask(self, questions: Questions, asked: tuple[int, list[int]]) -> Partial | None:
        server, shards = asked
        try:
            answers = self._links[server].ask(questions.statements(shards))
        except Failed as failure:
            log.warning("a search server did not answer; another one is asked: %s", failure)
            self._servers.rest(server)
            return None
        try:
            return questions.read(answers, shards)
        except Failed as failure:
            log.warning("%s is not asked: %s", self._servers.addresses[server], failure)
            self._servers.rest(server, self._layout.generation, self._layout.step)
            return None

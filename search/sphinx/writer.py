"""Writing a generation: every document to each server that holds its shard; one that fails is left behind."""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from types import TracebackType

from zuofang.search.engines import Doc, Unreachable
from zuofang.search.sphinx.layout import Layout, Note
from zuofang.search.sphinx.servers import WRITING, Failed, Link, Servers, write_note
from zuofang.search.sphinx.spelling import COLUMNS, row

log = logging.getLogger(__name__)

PORTION = 200
"""Documents, or keys, in one statement."""


class Writer:
    """Writes one generation to some servers, or to all.

    ``whole`` asks that of every shard at least one server is written. A server notes what it holds only after all of
    it, so one that is left behind is not believed.
    """

    def __init__(
        self, servers: Servers, layout: Layout, among: Iterable[int] | None = None, *, whole: bool = True
    ) -> None:
        self._layout, self._whole = layout, whole
        self._links = servers.links(WRITING)
        self._live = set(range(len(servers)) if among is None else among)
        self._pool = ThreadPoolExecutor(len(servers))
        self._waiting: dict[int, list[str]] = defaultdict(list)
        self.put_in = 0
        """Documents that were put in."""

    def __enter__(self) -> Writer:
        """Write; the connections are closed afterwards."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, failure: BaseException | None, at: TracebackType | None
    ) -> None:
        self._pool.shutdown()
        for link in self._links:
            link.close()

    def empty(self) -> None:
        """Take the note away, then empty every table of the slot."""

        def empty(server: int, link: Link) -> None:
            write_note(link, self._layout.slot, Note())
            for shard in self._layout.held_by(server):
                link.ask(f"TRUNCATE RTINDEX {self._layout.table(shard)}")

        self._each(self._live, empty)

    def take_out(self, keys: Sequence[int]) -> None:
        """Take documents out."""
        for shard in self._layout.shards:
            those = [key for key in keys if self._layout.shard(key) == shard]
            for start in range(0, len(those), PORTION):
                listed = ",".join(map(str, those[start : start + PORTION]))
                self._write(shard, f"DELETE FROM {self._layout.table(shard)} WHERE id IN ({listed})")

    def put(self, doc: Doc) -> None:
        """Put a document in, with others at a time."""
        shard = self._layout.shard(doc.key)
        if self._live.isdisjoint(self._layout.holders(shard)):
            return
        self.put_in += 1
        self._waiting[shard].append(row(doc, self._layout))
        if len(self._waiting[shard]) >= PORTION:
            self._flush(shard)

    def _flush(self, shard: int) -> None:
        if rows := self._waiting.pop(shard, None):
            self._write(shard, f"REPLACE INTO {self._layout.table(shard)} ({COLUMNS}) VALUES {','.join(rows)}")

    def finish(self) -> None:
        """Write what is left, and let every server note what it holds once it lies on its disk."""
        for shard in self._layout.shards:
            self._flush(shard)
        note = Note(self._layout.generation, self._layout.step)

        def close(server: int, link: Link) -> None:
            for shard in self._layout.held_by(server):
                link.ask(f"FLUSH RTINDEX {self._layout.table(shard)}")
            write_note(link, self._layout.slot, note)

        self._each(self._live, close)

    def _write(self, shard: int, statement: str) -> None:
        self._each(self._live.intersection(self._layout.holders(shard)), lambda _, link: link.ask(statement))

    def _each(self, whom: Iterable[int], step: Callable[[int, Link], object]) -> None:
        """Do something on some servers at the same time; those that fail are left behind.

        Raises:
            Unreachable: of some shard no server is left.
        """

        def do(server: int) -> int | None:
            try:
                step(server, self._links[server])
            except Failed as failure:
                log.warning("a search server is left behind, and filled again when it answers: %s", failure)
                return server
            return None

        self._live -= {server for server in self._pool.map(do, sorted(whom)) if server is not None}
        for shard in self._layout.shards if self._whole else ():
            if self._live.isdisjoint(self._layout.holders(shard)):
                raise Unreachable(f"no server that holds shard {shard} answers")

"""Writing a generation: every document to each server that holds its shard; one that fails is left behind."""

from __future__ import annotations

import logging
from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import nullcontext
from types import TracebackType

from zuofang.search.engines import Doc, Unreachable
from zuofang.search.sphinx.layout import Layout, Note
from zuofang.search.sphinx.servers import WRITING, Failed, Link, Servers, write_note
from zuofang.search.sphinx.spelling import COLUMNS, row
from zuofang.search.turns import Turns

log = logging.getLogger(__name__)

PORTION = 200
"""Documents, or keys, in one statement."""
AHEAD = 4
"""Statements that wait for a server while more documents are spelt."""
REST = 1.0
"""How many times as long as a statement took its server rests, where another one answers meanwhile."""
Step = Callable[[int, Link], object]


class Desk:
    """One server, written to in order by a thread of its own, so that all of them work while documents are spelt."""

    def __init__(self, server: int, link: Link, turns: Turns | None) -> None:
        self._server, self._link, self._turns = server, link, turns
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="search-writer")
        self._ahead = deque[Future[None]]()
        self.lost = False
        """Whether it failed; nothing more is written to it."""

    def do(self, step: Step) -> None:
        """Do something after everything before it; waits only where much is waiting already."""
        while len(self._ahead) >= AHEAD:
            self._ahead.popleft().result()
        self._ahead.append(self._pool.submit(self._do, step))

    def _do(self, step: Step) -> None:
        if self.lost:
            return
        try:
            with self._turns or nullcontext():
                step(self._server, self._link)
        except Failed as failure:
            log.warning("a search server is left behind, and filled again when it answers: %s", failure)
            self.lost = True

    def wait(self) -> None:
        """Wait until all is done."""
        while self._ahead:
            self._ahead.popleft().result()

    def close(self) -> None:
        """Drop what waits, and let go of the connection."""
        self._pool.shutdown(cancel_futures=True)
        self._link.close()


class Writer:
    """Writes one generation to some servers, or to all.

    ``whole`` asks that of every shard at least one server is written; ``gently``, that whoever searches meanwhile is
    hardly slowed down. A server notes what it holds only after all of it, so one that is left behind is not believed.
    """

    def __init__(
        self, servers: Servers, layout: Layout, among: Iterable[int] | None = None, *, whole: bool = True,
        gently: bool = False,
    ) -> None:  # fmt: skip
        self._layout, self._whole = layout, whole
        turns, chosen = Turns(REST) if gently else None, range(len(servers)) if among is None else set(among)
        links = enumerate(servers.links(WRITING))
        self._desks = {server: Desk(server, link, turns) for server, link in links if server in chosen}
        self._waiting: dict[int, list[str]] = defaultdict(list)
        self.put_in, self.filled = 0, set[int]()
        """Documents that were put in, and shards that were given some."""

    def __enter__(self) -> Writer:
        """Write; the connections are closed afterwards."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, failure: BaseException | None, at: TracebackType | None
    ) -> None:
        for desk in self._desks.values():
            desk.close()

    def empty(self) -> None:
        """Take the note away, then empty every table of the slot."""

        def empty(server: int, link: Link) -> None:
            write_note(link, self._layout.slot, Note())
            for shard in self._layout.held_by(server):
                link.ask(f"TRUNCATE RTINDEX {self._layout.table(shard)}")

        self._everywhere(empty)

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
        if not self._holders(shard):
            return
        self.put_in += 1
        self.filled.add(shard)
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

        self._everywhere(close)

    def _holders(self, shard: int) -> list[Desk]:
        held = (self._desks[server] for server in self._layout.holders(shard) if server in self._desks)
        return [desk for desk in held if not desk.lost]

    def _write(self, shard: int, statement: str) -> None:
        for desk in self._holders(shard):
            desk.do(lambda _, link: link.ask(statement))
        self._check()

    def _everywhere(self, step: Step) -> None:
        """Do something on every server, and wait until all is done that was asked of them."""
        for desk in self._desks.values():
            desk.do(step)
        for desk in self._desks.values():
            desk.wait()
        self._check()

    def _check(self) -> None:
        """Look whether enough servers are left.

        Raises:
            Unreachable: of some shard no server is left.
        """
        for shard in self._layout.shards if self._whole else ():
            if not self._holders(shard):
                raise Unreachable(f"no server that holds shard {shard} answers")

"""Asking: the index where there is a sound one, the database where there is none, and always what changed since.

Whatever happens to the index (deleted, cut, damaged, being built), the answer is the same, only slower. What is found
here proposes; :mod:`zuofang.search.results` asks the database whether it may be shown.
"""

from __future__ import annotations

import logging
import threading
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from sqlalchemy import Connection

from zuofang.search.brute import Documents, changed_since, every_document, last_change
from zuofang.search.engines import Engine, Reader, Unreachable
from zuofang.search.generations import Damaged, Marks, Seal, Shelf, check_files, marks, read_seal
from zuofang.search.tally import Partial
from zuofang.search.wanted import Cursor, Wanted

log = logging.getLogger(__name__)

PATIENCE = 8
"""Times as long the database may take as an index."""


@dataclass(frozen=True, slots=True)
class Found:
    """A page of keys, how many there are in all, and how many of them have each value of each facet."""

    keys: tuple[int, ...]
    total: int
    exact: bool
    facets: Mapping[str, Counter[str]]
    after: Cursor | None
    engine: str


@dataclass(slots=True)
class _Opened:
    """A generation as one thread has it open."""

    folder: Path
    seal: Seal
    marks: Marks
    reader: Reader


class Finder:
    """Finds documents; any thread may ask. Made once in each process."""

    def __init__(self, shelf: Shelf, engine: Engine | None) -> None:
        self._shelf = shelf
        self._engine = engine
        self._own = threading.local()
        self._checked: dict[Path, Marks] = {}
        self._recent: tuple[int, int, Documents, frozenset[int]] | None = None
        self._lock = threading.Lock()

    def find(self, connection: Connection, wanted: Wanted) -> Found:
        """The page that is wanted; one or two statements while the index is sound."""
        part, engine = self._from_index(connection, wanted), getattr(self._engine, "NAME", "")
        if part is None:
            slow = replace(wanted, seconds=wanted.seconds * PATIENCE)
            part, engine = every_document(connection, wanted).find(slow), "database"
        best = part.best[: wanted.size]
        more = len(part.best) > wanted.size
        after = Cursor(*best[-1]) if more and best else None
        return Found(tuple(key for *_, key in best), part.total, part.exact, part.facets, after, engine)

    def _from_index(self, connection: Connection, wanted: Wanted) -> Partial | None:
        opened = self._open()
        if opened is None:
            return None
        try:
            recent, hidden = self._changed(connection, opened.seal.upto)
            part = opened.reader.find(wanted, hidden)
        except Unreachable as failure:
            log.warning("the search index cannot be reached: %s; the database answers", failure)
            return None
        except Exception:  # what is damaged may fail in any way
            log.exception("the search index in %s cannot be read; the database answers", opened.folder)
            self._give_up(opened)
            return None
        part.add(recent.find(wanted), wanted.size + 1)
        return part

    def _changed(self, connection: Connection, upto: int) -> tuple[Documents, frozenset[int]]:
        last = last_change(connection)
        kept = self._recent
        if kept is None or kept[:2] != (upto, last):
            kept = (
                (upto, last, *changed_since(connection, upto))
                if last > upto
                else (upto, last, Documents(), frozenset())
            )
            self._recent = kept
        return kept[2], kept[3]

    def _open(self) -> _Opened | None:
        """The current generation, opened by this thread and still what its seal says."""
        folder = self._shelf.current if self._engine else None
        opened: _Opened | None = getattr(self._own, "opened", None)
        if folder is None or self._engine is None:
            self.let_go()
            return None
        try:
            if opened is not None and opened.folder == folder and marks(folder, opened.seal) == opened.marks:
                return opened
            return self._open_anew(folder, self._engine)
        except Damaged as damage:
            log.warning("the search index in %s is damaged: %s; the database answers", folder, damage)
        except Exception:
            log.exception("the search index in %s cannot be opened; the database answers", folder)
        self.let_go()
        self._shelf.suspect()
        return None

    def _open_anew(self, folder: Path, engine: Engine) -> _Opened | None:
        self.let_go()
        seal = read_seal(folder)
        if seal.engine != engine.NAME:
            return None
        seen = marks(folder, seal)
        with self._lock:
            if self._checked.get(folder) != seen:
                check_files(folder, seal)
                self._checked = {folder: seen}
        self._own.opened = _Opened(folder, seal, seen, engine.open(folder, seal))
        return self._own.opened  # type: ignore[no-any-return]

    def _give_up(self, opened: _Opened) -> None:
        with self._lock:
            self._checked.pop(opened.folder, None)
        self.let_go()
        self._shelf.suspect()

    def let_go(self) -> None:
        """Close what this thread has open."""
        opened: _Opened | None = getattr(self._own, "opened", None)
        self._own.opened = None
        if opened is not None:
            opened.reader.close()

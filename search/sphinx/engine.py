"""The engine: a generation built in the slot that nobody reads, changed in place, filled again where it was missed."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from time import monotonic

from zuofang.search.engines import Doc
from zuofang.search.generations import CURRENT, Seal
from zuofang.search.sphinx.layout import Layout, Note, other_slot, read_layout
from zuofang.search.sphinx.reader import SphinxReader
from zuofang.search.sphinx.servers import Servers, read_notes
from zuofang.search.sphinx.writer import Writer
from zuofang.search.wanted import Wanted

LOOK_EVERY = 5.0
"""Seconds between two looks at what the servers hold."""


class Sphinx:
    """Building, changing and opening indexes on servers that speak SphinxQL."""

    def __init__(self, addresses: Sequence[str]) -> None:
        self._servers = Servers(addresses)
        self._looked = -LOOK_EVERY
        self._lacking: set[int] = set()
        said = ",".join(map(str, self._servers.addresses)).encode()
        self.NAME = f"sphinxql-1-{hashlib.blake2b(said, digest_size=6).hexdigest()}"

    def build(self, folder: Path, docs: Iterable[Doc]) -> int:
        """Write a new generation to every server that can be reached; gently where another one answers meanwhile.

        Raises:
            Unreachable: of some shard no server can be written.
        """
        current = folder.parent / CURRENT
        layout = Layout(secrets.randbits(60), other_slot(current), len(self._servers))
        with Writer(self._servers, layout, gently=current.exists()) as writer:
            writer.empty()
            for doc in docs:
                layout.learn(doc.facets)
                writer.put(doc)
            writer.finish()
        replace(layout, documents=writer.put_in, filled=sorted(writer.filled)).write(folder)
        return writer.put_in

    def change(self, folder: Path, docs: Sequence[Doc], keys: Iterable[int]) -> int:
        """Take out the documents with these keys and put these in, on every server that has all changes before."""
        before = read_layout(folder)
        notes = enumerate(self._notes(before))
        sound = {server: note for server, note in notes if note is not None and before.is_held(note)}
        layout = before.after(sound.values())
        with Writer(self._servers, layout, sound) as writer:
            writer.take_out(sorted(keys))
            for doc in docs:
                layout.learn(doc.facets)
                writer.put(doc)
            writer.finish()
        layout = replace(layout, filled=sorted(writer.filled.union(before.filled)))
        layout = replace(layout, documents=self._count(layout))
        layout.write(folder)
        return layout.documents

    def _count(self, layout: Layout) -> int:
        reader = SphinxReader(self._servers, layout)
        try:
            return reader.find(Wanted(size=1, seconds=60), frozenset()).total
        finally:
            reader.close()

    def open(self, folder: Path, seal: Seal) -> SphinxReader:
        """Open a generation."""
        return SphinxReader(self._servers, read_layout(folder))

    def lacking(self, folder: Path) -> bool:
        """Whether a server that can be reached missed a change, or a whole generation; looked at now and then."""
        if monotonic() - self._looked >= LOOK_EVERY:
            self._lacking = self._behind(read_layout(folder))
            self._looked = monotonic()
        return bool(self._lacking)

    def _notes(self, layout: Layout) -> list[Note | None]:
        return read_notes(self._servers, layout.slot, lambda server: layout.filled_tables(layout.held_by(server)))

    def _behind(self, layout: Layout) -> set[int]:
        notes = enumerate(self._notes(layout))
        return {server for server, note in notes if note is not None and not layout.is_held(note)}

    def mend(self, folder: Path, docs: Iterable[Doc]) -> None:
        """Fill the servers again that missed something, while the others answer."""
        layout = read_layout(folder)
        behind = self._behind(layout)
        with Writer(self._servers, layout, behind, whole=False, gently=True) as writer:
            writer.empty()
            for doc in docs if behind else ():
                writer.put(doc)
            writer.finish()
        self._looked = -LOOK_EVERY

    def away(self) -> list[str]:
        """The addresses of the servers that do not answer."""
        notes = read_notes(self._servers, "a")
        return [str(address) for address, note in zip(self._servers.addresses, notes, strict=True) if note is None]

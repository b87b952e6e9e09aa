"""What an engine is: documents in, matched documents counted and ordered out. It knows no law and no page.

An engine holds the documents up to a change; what changed since is looked through one by one, so that a change is seen
at once whatever the engine, and the engine writes seldom and much at a time.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import Protocol, runtime_checkable

from zuofang.search.generations import Seal
from zuofang.search.tally import Partial
from zuofang.search.wanted import Wanted


@dataclass(frozen=True, slots=True)
class Doc:
    """A document as an engine takes it; ``words`` is squeezed, the names first, then a form feed."""

    key: int
    made_on: date
    facets: dict[str, Sequence[str]]
    words: str


class Unreachable(Exception):
    """An index is sound, as far as anyone knows, but cannot be reached just now."""


class Reader(Protocol):
    """A generation opened for reading, in one thread."""

    def find(self, wanted: Wanted, hidden: frozenset[int]) -> Partial:
        """The part of the result that lies in the index, without the documents whose keys are hidden.

        Raises:
            Unreachable: a part of the index lies on servers of which none answers.
        """
        ...

    def close(self) -> None:
        """Let go of the files."""
        ...


class Engine(Protocol):
    """One way to keep an index in a folder."""

    @property
    def NAME(self) -> str:  # noqa: N802 - a constant of most engines
        """Name and version of the rules of language: an index with another name is built anew."""
        ...

    def build(self, folder: Path, docs: Iterable[Doc]) -> int:
        """Write a new index into an empty folder; answers how many documents it holds."""
        ...

    def change(self, folder: Path, docs: Sequence[Doc], keys: Iterable[int]) -> int:
        """Take out the documents with these keys and put these in; answers how many it holds then."""
        ...

    def open(self, folder: Path, seal: Seal) -> Reader:
        """Open a checked generation."""
        ...


@runtime_checkable
class Spread(Protocol):
    """An engine whose index lies on several servers, of which one may have been away when something changed."""

    def lacking(self, folder: Path) -> bool:
        """Whether a server that can be reached missed something; cheap enough to ask every second."""
        ...

    def mend(self, folder: Path, docs: Iterable[Doc]) -> None:
        """Fill the servers again that missed something."""
        ...

    def away(self) -> list[str]:
        """The addresses of the servers that do not answer."""
        ...


ENGINES = {"whoosh": "zuofang.search.whoosh_engine", "tantivy": "zuofang.search.tantivy_engine"}
"""The embedded engines by the name of the setting; without one the database answers."""


def engine_named(name: str, servers: Sequence[str] = ()) -> Engine:
    """The engine of a setting; only its own libraries are loaded."""
    if name not in ENGINES:
        spread: Engine = import_module("zuofang.search.sphinx.engine").Sphinx(servers)
        return spread
    made: Engine = import_module(ENGINES[name]).ENGINE
    return made

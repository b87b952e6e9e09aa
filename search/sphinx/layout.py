"""What lies where: documents in shards by their key, every shard on two servers, two slots so that one can be built.

A server notes which generation it holds and after how many changes. A reader believes only a server whose note is that
of the generation it has opened, or of a later change of it: what changed since is hidden from the index anyway. So a
server that was away while something changed is never asked until it has been filled again.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

FILE = "layout.json"
SLOTS = ("a", "b")
STATE = "zuofang_state"
COPIES = 2
Facets = dict[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Note:
    """What a server says of one slot: which generation it holds, and after how many changes."""

    generation: int = 0
    step: int = 0


@dataclass(frozen=True, slots=True)
class Layout:
    """One generation as it lies on the servers.

    ``values`` numbers the values of each facet, from 1; ``filled`` are the shards that hold something.
    """

    generation: int
    slot: str
    servers: int
    step: int = 1
    documents: int = 0
    values: dict[str, dict[str, int]] = field(default_factory=dict)
    filled: list[int] = field(default_factory=list)

    @property
    def shards(self) -> range:
        """The shards; there are as many as servers."""
        return range(self.servers)

    def shard(self, key: int) -> int:
        """The shard of a document."""
        return key % self.servers

    def holders(self, shard: int) -> tuple[int, ...]:
        """The servers that hold a shard, the one that is asked first before the other."""
        return tuple((shard + copy) % self.servers for copy in range(min(COPIES, self.servers)))

    def held_by(self, server: int) -> list[int]:
        """The shards that lie on a server."""
        return [shard for shard in self.shards if server in self.holders(shard)]

    def table(self, shard: int) -> str:
        """The name of the table of a shard."""
        return table(self.slot, shard)

    def filled_tables(self, shards: Iterable[int]) -> list[str]:
        """Those tables of some shards that cannot be empty unless their files were lost."""
        return [self.table(shard) for shard in shards if shard in self.filled]

    def is_held(self, note: Note) -> bool:
        """Whether a server that says so holds what this layout describes."""
        return note.generation == self.generation and note.step >= self.step

    def number(self, facet: str, value: str) -> int:
        """The number of a value; 0, which nothing has, for one that no document has."""
        return self.values.get(facet, {}).get(value, 0)

    def numbers(self, facets: Facets) -> list[int]:
        """The numbers of a document's values."""
        every = {self.number(facet, value) for facet, values in facets.items() for value in values}
        return sorted(every - {0})

    def learn(self, facets: Facets) -> None:
        """Number the values that are new."""
        for facet, values in facets.items():
            known = self.values.setdefault(facet, {})
            for value in values:
                if value not in known:
                    known[value] = self.known + 1

    @property
    def known(self) -> int:
        """How many values there are."""
        return sum(map(len, self.values.values()))

    def after(self, notes: Iterable[Note]) -> Layout:
        """The layout after one more change than any server has seen."""
        return replace(self, step=max((self.step, *(note.step for note in notes))) + 1)

    def write(self, folder: Path) -> None:
        """Keep it in the folder of the generation; a file of the same name is replaced, not written over."""
        new = folder / f"{FILE}.new"
        new.write_text(json.dumps(asdict(self), ensure_ascii=False), encoding="utf-8")
        os.replace(new, folder / FILE)


def table(slot: str, shard: int) -> str:
    """The name of the table of a shard in a slot."""
    return f"zuofang_{slot}_{shard}"


def read_layout(folder: Path) -> Layout:
    """The layout of a generation that was checked."""
    return Layout(**json.loads((folder / FILE).read_text(encoding="utf-8")))


def other_slot(folder: Path) -> str:
    """The slot in which nothing is current."""
    try:
        return SLOTS[1 - SLOTS.index(read_layout(folder).slot)]
    except (OSError, ValueError, TypeError):
        return SLOTS[0]

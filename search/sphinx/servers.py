"""Speaking to the servers: one connection to each, and a short rest for one that did not answer."""

from __future__ import annotations

import socket
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from time import monotonic
from typing import Any

import pymysql
from pymysql.constants import CLIENT

from zuofang.search.sphinx.layout import SLOTS, STATE, Note

CONNECTING = 0.5
"""Seconds in which a server must take a connection."""
WRITING = 120.0
"""Seconds in which a server must have written a portion."""
NOTING = 1.0
"""Seconds in which a server must say what it holds."""
REST = 3.0
"""Seconds for which a server that failed is asked only where no other one is left."""
Rows = tuple[tuple[Any, ...], ...]


class Failed(Exception):
    """A server did not answer, or not as it should."""


@dataclass(frozen=True, slots=True)
class Address:
    """Where a server listens: at a port of a host, or (without a port) at a socket in a folder of this machine."""

    host: str
    port: int = 0

    @classmethod
    def read(cls, text: str) -> Address:
        """An address as the setting writes it: ``host:port`` or ``/folder/socket``."""
        host, _, port = text.rpartition(":")
        return cls(host, int(port)) if host else cls(text)

    def __str__(self) -> str:
        return f"{self.host}:{self.port}" if self.port else self.host

    def call(self) -> socket.socket:
        """A socket that is connected; one that cannot be is closed."""
        if self.port:
            return socket.create_connection((self.host, self.port), CONNECTING)
        made = socket.socket(socket.AF_UNIX)
        made.settimeout(CONNECTING)
        try:
            made.connect(self.host)
        except OSError:
            made.close()
            raise
        return made


class Link:
    """One connection to one server, opened when it is needed; in one thread at a time."""

    def __init__(self, address: Address, patience: float) -> None:
        self.address, self.patience = address, patience
        self._connection: Any = None

    def ask(self, statements: str) -> list[Rows]:
        """What the server answers, statement by statement.

        A connection that was kept and breaks at once was closed by a server that was started again, or that thought
        it idle; it is opened anew.

        Raises:
            Failed: it cannot be reached, takes too long, or refuses.
        """
        kept, began = self._connection is not None, monotonic()
        try:
            return self._ask(statements)
        except Failed:
            if not kept or monotonic() - began > CONNECTING:
                raise
        return self._ask(statements)

    def _ask(self, statements: str) -> list[Rows]:
        try:
            return self._answers(statements)
        except (pymysql.MySQLError, OSError, ValueError, TypeError, AttributeError, IndexError) as failure:
            self.close()  # a server that stops may break off anywhere in a packet
            raise Failed(f"{self.address}: {failure}") from failure

    def _answers(self, statements: str) -> list[Rows]:
        if self._connection is None:
            connection: Any = pymysql.Connection(
                user="", charset="utf8", autocommit=None, client_flag=CLIENT.MULTI_STATEMENTS, defer_connect=True,
                read_timeout=self.patience, write_timeout=self.patience,
            )  # fmt: skip
            connection.connect(self.address.call())
            self._connection = connection
        with self._connection.cursor() as cursor:
            cursor.execute(statements)
            found = [cursor.fetchall()]
            while cursor.nextset():
                found.append(cursor.fetchall())
        return found

    def close(self) -> None:
        """Let go of the connection."""
        connection, self._connection = self._connection, None
        if connection is not None:
            reading = connection._rfile
            connection._force_close()
            if reading is not None:
                reading.close()  # the socket is closed only with what reads from it


class Servers:
    """The servers of an installation, and which of them rest; shared by all threads of a process."""

    def __init__(self, addresses: Sequence[str]) -> None:
        self.addresses = tuple(map(Address.read, addresses))
        self._resting: dict[tuple[object, ...], float] = {}

    def __len__(self) -> int:
        return len(self.addresses)

    def links(self, patience: float) -> list[Link]:
        """New connections, one to each server."""
        return [Link(address, patience) for address in self.addresses]

    def rest(self, *whom: object) -> None:
        """Let a server rest."""
        self._resting[whom] = monotonic() + REST

    def rests_until(self, *whom: object) -> float:
        """When a server has rested enough; 0 for one that does not rest."""
        until = self._resting.get(whom, 0.0)
        return until if until > monotonic() else 0.0


def note_statement(slot: str) -> str:
    """Asks what a server says of a slot."""
    return f"SELECT generation, step FROM {STATE} WHERE id={SLOTS.index(slot) + 1}"


def note_of(rows: Rows) -> Note:
    """What it said."""
    return Note(*map(int, rows[0])) if rows else Note()


def filled_statement(table: str) -> str:
    """Asks for any one document of a table."""
    return f"SELECT id FROM {table} LIMIT 1 OPTION cutoff=1"


def read_notes(servers: Servers, slot: str, filled: Callable[[int], Sequence[str]] = lambda _: ()) -> list[Note | None]:
    """What each server says of a slot; nothing for one that does not answer.

    ``filled`` names the tables of a server that cannot be empty: one that lost any of them holds nothing of worth.
    """

    def read(server: int, link: Link) -> Note | None:
        try:
            note, *tables = link.ask("; ".join((note_statement(slot), *map(filled_statement, filled(server)))))
            return note_of(note) if all(tables) else Note()
        except Failed:
            return None
        finally:
            link.close()

    with ThreadPoolExecutor(len(servers)) as pool:
        return list(pool.map(read, range(len(servers)), servers.links(NOTING)))


def write_note(link: Link, slot: str, note: Note) -> None:
    """Let a server note what it holds in a slot, written after all that it holds; both last a power cut."""
    values = f"({SLOTS.index(slot) + 1}, '', {note.generation}, {note.step})"
    link.ask(f"REPLACE INTO {STATE} (id, nothing, generation, step) VALUES {values}")
    link.ask(f"FLUSH RTINDEX {STATE}")

"""Limits that forget: how often a network asked of late, by a keyed digest that dies with the day.

No limit is shared by everybody, so nobody can use one to lock others out; who is over it waits or works longer. All
processes of an installation count together, in one small file that holds digests, numbers and nothing that lasts: the
key of the digests stands in it too and is changed every day, with everything that was counted under it.
"""

from __future__ import annotations

import hmac
import ipaddress
import secrets
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

NETWORK = {4: 24, 6: 64}
"""Bits of an address that name a network rather than a person."""
DAY = 86_400
STEPS = 12
"""Parts of a window; what happened is known to the part, not to the second."""
EVERYBODY = b"everybody"
SETTINGS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=OFF",  # what is lost with the machine may be forgotten
    "PRAGMA secure_delete=ON",
    "PRAGMA busy_timeout=2000",
    "CREATE TABLE IF NOT EXISTS secret (day INTEGER PRIMARY KEY, key BLOB NOT NULL)",
    "CREATE TABLE IF NOT EXISTS seen (name BLOB, step INTEGER, until REAL, weight INTEGER, PRIMARY KEY (name, step)) "
    "WITHOUT ROWID",
    "CREATE INDEX IF NOT EXISTS seen_until ON seen (until)",
)
ADD = "INSERT INTO seen VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET weight = weight + excluded.weight"


def _sum(connection: sqlite3.Connection, name: bytes) -> int:
    (found,) = connection.execute("SELECT coalesce(sum(weight), 0) FROM seen WHERE name = ?", (name,)).fetchone()
    return int(found)


@dataclass(slots=True)
class Counters:
    """The file in which all processes count; a damaged or missing one begins anew."""

    file: Path
    _connection: sqlite3.Connection | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def count(self, purpose: str, whom: bytes, now: float, window: float, weight: int, most: int | None = None) -> int:
        """Add to what somebody did for a purpose, and answer how much it is within the window, this included.

        What would be more than ``most`` is not added. Where the file cannot be written nothing is counted, and the
        answer is 0: a limit that cannot be kept limits nobody.
        """
        step = window / STEPS
        try:
            with self._writing() as connection:
                name = self._name(connection, purpose, whom, now)
                connection.execute("DELETE FROM seen WHERE until <= ?", (now,))
                before = _sum(connection, name)
                if most is None or before + weight <= most:
                    kept = (name, int(now // step), (now // step + 1) * step + window, weight)
                    connection.execute(ADD, kept)
                return before + weight
        except sqlite3.Error:
            return 0

    def close(self) -> None:
        """Let go of the file."""
        with self._lock:
            if self._connection is not None:
                self._connection.close()
                self._connection = None

    @staticmethod
    def _name(connection: sqlite3.Connection, purpose: str, whom: bytes, now: float) -> bytes:
        day = int(now // DAY)
        if connection.execute("SELECT 1 FROM secret WHERE day = ?", (day,)).fetchone() is None:
            connection.execute("DELETE FROM secret")
            connection.execute("DELETE FROM seen")
            connection.execute("INSERT INTO secret VALUES (?, ?)", (day, secrets.token_bytes(32)))
        (key,) = connection.execute("SELECT key FROM secret WHERE day = ?", (day,)).fetchone()
        return hmac.digest(key, purpose.encode() + b"\n" + whom, "sha256")[:16]

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        with self._lock:
            connection = self._connection = self._connection or self._open()
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
                connection.execute("COMMIT")
            except BaseException:
                connection.execute("ROLLBACK")
                raise

    def _open(self) -> sqlite3.Connection:
        try:
            return self._opened()
        except sqlite3.DatabaseError:
            for part in ("", "-wal", "-shm"):
                self.file.with_name(self.file.name + part).unlink(missing_ok=True)
            return self._opened()

    def _opened(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self.file, isolation_level=None, check_same_thread=False)
        try:
            for setting in SETTINGS:
                connection.execute(setting)
        except BaseException:
            connection.close()
            raise
        self.file.chmod(0o600)
        return connection


@dataclass(frozen=True, slots=True)
class Limit:
    """At most ``most`` within ``window`` seconds for each network."""

    counters: Counters
    purpose: str
    most: int
    window: float

    def is_over(self, address: str, now: float, weight: int = 1) -> bool:
        """Count an event of this weight and say whether its network has had too many; counted before it is judged."""
        return self.counters.count(self.purpose, network_of(address), now, self.window, weight) > self.most

    def takes(self, address: str, now: float) -> bool:
        """Whether the network may once more; what is refused is not counted, so asking again costs nobody a turn."""
        return self.counters.count(self.purpose, network_of(address), now, self.window, 1, self.most) <= self.most


def network_of(address: str) -> bytes:
    """The network of an address; what is no address is a network of its own."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address.encode()[:64]
    if isinstance(parsed, ipaddress.IPv6Address) and parsed.ipv4_mapped:
        parsed = parsed.ipv4_mapped
    return ipaddress.ip_network((parsed, NETWORK[parsed.version]), strict=False).network_address.packed


@dataclass(frozen=True, slots=True)
class Pressure:
    """How hard the form is being pressed: reports of the last ten minutes, in all processes."""

    counters: Counters
    calm: int
    """Reports in ten minutes up to which nothing unusual is going on."""
    window: float = 600.0

    def count(self, now: float) -> None:
        """Note a report."""
        self.counters.count("pressure", EVERYBODY, now, self.window, 1)

    def is_high(self, now: float) -> bool:
        """Whether more came than people send."""
        return self.counters.count("pressure", EVERYBODY, now, self.window, 0) > self.calm

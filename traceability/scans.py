"""Counting scans: how often each code was looked up on each day, without any trace of who did.

A scan is one short line appended to the day's log file before the answer is given; what the kernel holds survives a
killed process. Every process reads the lines of the others from the same file, so the log is also their shared memory.
A job folds the logs into a small database of its own, in one transaction that notes how far it read: exactly once.
"""

from __future__ import annotations

import os
import sqlite3
import threading
import time
from collections import Counter
from collections.abc import Callable
from contextlib import closing, suppress
from datetime import datetime, timedelta
from pathlib import Path

from zuofang.rules.calendar import CHINA
from zuofang.storage.version import watch_file

SCHEMA = """
CREATE TABLE IF NOT EXISTS scan (
    code BLOB NOT NULL, day TEXT NOT NULL, scans INTEGER NOT NULL, PRIMARY KEY (code, day)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS folded (file TEXT PRIMARY KEY, offset INTEGER NOT NULL) WITHOUT ROWID;
"""
LOGS = "????-??-??.log"
"""One log file a day."""
COUNTERS = "scans.db"
"""The database of folded counts."""
KEPT = timedelta(days=2)
"""A log is deleted when it is folded and nobody can still be writing to it."""
READ_AT = 1 << 16
"""Unread bytes of a log after which they are read whether they matter or not, so that no scan has to read many."""

Key = bytes
"""What stands on a line: batch and serial (0 for the batch code), ``b"1234 17\\n"``."""


def scan_key(batch: int, serial: int) -> Key:
    """The line of one scan."""
    return b"%d %d\n" % (batch, serial)


def open_counters(folder: Path) -> sqlite3.Connection:
    """The database of folded counts, made if it is not there."""
    folder.mkdir(parents=True, exist_ok=True)
    connection = sqlite3.connect(folder / COUNTERS, isolation_level=None, check_same_thread=False)
    for setting in ("PRAGMA journal_mode=WAL", "PRAGMA synchronous=NORMAL", "PRAGMA busy_timeout=5000"):
        connection.execute(setting)
    connection.executescript(SCHEMA)
    return connection


class ScanLog:
    """This process's hand on the scan log: counts a scan and knows how many came before it, from all processes.

    Any thread may use it.
    """

    def __init__(self, folder: Path, seconds: Callable[[], float] = time.time) -> None:
        self._folder = folder
        self._seconds = seconds
        self._lock = threading.Lock()
        self._counters = open_counters(folder)
        self._folds = watch_file(folder / COUNTERS)
        self._midnight = 0.0
        self._file = self._read = -1
        self._offset = 0
        self._folded: dict[Key, int] = {}
        self._fresh: Counter[Key] = Counter()
        self._begin_epoch()

    def scan(self, key: Key) -> int:
        """Count one scan of a code; answers how many there were before it."""
        with self._lock:
            earlier = self._earlier(key)
            os.write(self._file, key)
        return earlier

    def scan_below(self, key: Key, until: float) -> bool:
        """Count one scan of a code unless ``until`` or more came before it; answers whether it was counted.

        Costs less than :meth:`scan`, as the lines of the others need not be read while they are too few to matter.
        """
        with self._lock:
            if self._seconds() >= self._midnight:
                self._begin_epoch()
            unread = os.lseek(self._read, 0, os.SEEK_END) - self._offset
            at_most = self._folded.get(key, until) + self._fresh.get(key, 0) + unread // len(key)
            if (at_most >= until or unread > READ_AT) and self._earlier(key) >= until:
                return False
            os.write(self._file, key)
        return True

    def earlier(self, key: Key) -> int:
        """How many scans of a code were counted so far, by any process."""
        with self._lock:
            return self._earlier(key)

    def _earlier(self, key: Key) -> int:
        if self._seconds() >= self._midnight:
            self._begin_epoch()
        if os.lseek(self._read, 0, os.SEEK_END) > self._offset:
            self._offset = self._catch_up(self._read, self._offset)
        known = self._folded.get(key)
        if known is None:
            known = self._look_up(key)
        return known + self._fresh.get(key, 0)

    def close(self) -> None:
        """Let go of every file."""
        for descriptor in (self._file, self._read):
            if descriptor >= 0:
                os.close(descriptor)
        self._file = self._read = -1
        self._counters.close()

    def _begin_epoch(self) -> None:
        """Start counting afresh from what is folded now: what comes later is read from the logs."""
        self._turn_day()
        self._folded.clear()
        self._fresh.clear()
        self._epoch = self._folds()
        folded = dict(self._counters.execute("SELECT file, offset FROM folded"))
        for path in sorted(self._folder.glob(LOGS)):
            with suppress(FileNotFoundError), path.open("rb") as file:  # a log folded to its end may just be deleted
                end = self._catch_up(file.fileno(), folded.get(path.name, 0))
                self._offset = end if path.name == self._today else self._offset

    def _turn_day(self) -> None:
        now = datetime.fromtimestamp(self._seconds(), CHINA)
        midnight = (now + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
        for descriptor in (self._file, self._read):
            if descriptor >= 0:
                os.close(descriptor)
        self._today, self._midnight = f"{now:%Y-%m-%d}.log", midnight.timestamp()
        path = self._folder / self._today
        self._file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o640)
        self._read, self._offset = os.open(path, os.O_RDONLY), 0

    def _catch_up(self, descriptor: int, offset: int) -> int:
        """Read the whole lines after ``offset``; answers where the next unread one begins."""
        while chunk := os.pread(descriptor, 1 << 20, offset):
            whole = chunk.rfind(b"\n") + 1
            if not whole:
                break
            self._fresh.update(chunk[:whole].splitlines(keepends=True))
            offset += whole
        return offset

    def _look_up(self, key: Key) -> int:
        """The folded count as of this epoch; when a fold has happened since, a new epoch begins."""
        while True:
            if self._folds() != self._epoch:
                self._begin_epoch()
            total = self._counters.execute("SELECT sum(scans) FROM scan WHERE code = ?", (key,)).fetchone()[0] or 0
            if self._folds() == self._epoch:  # else the sum holds scans that are counted as fresh ones too
                self._folded[key] = total
                return int(total)


def fold(folder: Path, today: datetime) -> int:
    """Fold every whole line that is not folded yet into the counters; answers how many scans that were.

    A log that is folded to its end and older than :data:`KEPT` is deleted. Killed half way, nothing is counted twice.
    """
    folded = 0
    with closing(open_counters(folder)) as counters:
        for path in sorted(folder.glob(LOGS)):
            folded += _fold_file(counters, path)
            if datetime.fromisoformat(path.stem).replace(tzinfo=CHINA) + KEPT < today:
                path.unlink()
                counters.execute("DELETE FROM folded WHERE file = ?", (path.name,))
    return folded


def _fold_file(counters: sqlite3.Connection, path: Path) -> int:
    counters.execute("BEGIN IMMEDIATE")
    try:
        found = counters.execute("SELECT offset FROM folded WHERE file = ?", (path.name,)).fetchone()
        offset = found[0] if found else 0
        with path.open("rb") as file:
            file.seek(offset)
            content = file.read()
        whole = content.rfind(b"\n") + 1
        lines = Counter(content[:whole].splitlines(keepends=True))
        counters.executemany(
            "INSERT INTO scan VALUES (?, ?, ?) ON CONFLICT (code, day) DO UPDATE SET scans = scans + excluded.scans",
            [(code, path.stem, scans) for code, scans in lines.items()],
        )
        counters.execute("INSERT OR REPLACE INTO folded VALUES (?, ?)", (path.name, offset + whole))
    except BaseException:
        counters.execute("ROLLBACK")
        raise
    counters.execute("COMMIT")
    return lines.total()

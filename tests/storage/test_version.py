"""The data version, asked by several processes at once."""

import fcntl
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest
from sqlalchemy import text

from zuofang.storage import schema
from zuofang.storage.database import Database, open_database
from zuofang.storage.version import watch_file

IN_USE = 128
"""The byte of the index that SQLite keeps locked while a process uses it, lest the next to come empties it."""
WATCHER = textwrap.dedent("""
    import sys
    from pathlib import Path
    from zuofang.storage.version import watch_file
    version = watch_file(Path(sys.argv[1]))
    for _ in sys.stdin:
        print(version(), flush=True)
""")


def test_another_process_that_opens_and_changes_the_file_is_noticed_and_harms_no_watcher(tmp_path: Path) -> None:
    address = f"sqlite:///{tmp_path / 'register.db'}"
    first = open_database(address)
    schema.upgrade(first)
    first.dispose()
    command = [sys.executable, "-c", WATCHER, str(tmp_path / "register.db")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as watcher:
        assert watcher.stdin
        assert watcher.stdout

        def version() -> int:
            print(file=watcher.stdin, flush=True)
            return int(watcher.stdout.readline())

        before = version()
        with (tmp_path / "register.db-shm").open("r+b") as index, pytest.raises(OSError, match="unavailable"):
            fcntl.lockf(index, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, IN_USE)
        second = open_database(address)
        with second.read.connect() as connection:
            connection.execute(text("SELECT count(*) FROM journal")).scalar_one()
        assert version() == before, "who only reads changes nothing"
        with second.write.begin() as connection:
            connection.execute(text("INSERT INTO outbox_cursor (reader, last) VALUES ('x', 1)"))
        assert version() != before
        second.dispose()
        watcher.stdin.close()
    assert watcher.returncode == 0


def test_a_file_that_is_reached_by_a_link_is_watched_where_it_lies(sqlite: Database, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    link = tmp_path / "elsewhere" / "register.db"
    link.symlink_to(tmp_path / "zuofang.db")
    version = watch_file(link)
    before = version()
    with sqlite.write.begin() as connection:
        connection.execute(text("INSERT INTO outbox_cursor (reader, last) VALUES ('x', 1)"))
    assert version() != before

import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from zuofang.reporting.limits import Counters, Limit, Pressure, network_of

MORNING = 86_400.0 * 20_000 + 1000


@pytest.fixture
def counters(tmp_path: Path) -> Iterator[Counters]:
    made = Counters(tmp_path / "limits.db")
    yield made
    made.close()


def test_a_network_is_counted_by_itself_and_forgotten_after_the_window(counters: Counters) -> None:
    limit = Limit(counters, "x", most=3, window=60)
    assert [limit.is_over(f"203.0.113.{n}", MORNING) for n in range(5)] == [False, False, False, True, True]
    assert not limit.is_over("198.51.100.1", MORNING)
    assert not Limit(counters, "y", most=3, window=60).is_over("203.0.113.9", MORNING)
    assert limit.is_over("203.0.113.9", MORNING + 59)
    assert not limit.is_over("203.0.113.9", MORNING + 130)


PRESSING = """
import pathlib, sys
from zuofang.reporting.limits import Counters, Limit
limit = Limit(Counters(pathlib.Path(sys.argv[1])), "x", 10**9, 60)
for _ in range(50):
    limit.is_over("203.0.113.7", float(sys.argv[2]))
"""


def test_all_processes_count_together_and_none_is_lost(counters: Counters) -> None:
    command = [sys.executable, "-c", PRESSING, str(counters.file), str(MORNING)]
    pressing = [subprocess.Popen(command) for _ in range(3)]
    assert [one.wait() for one in pressing] == [0, 0, 0]
    assert Limit(counters, "x", most=150, window=60).is_over("203.0.113.200", MORNING)
    assert not Limit(counters, "x", most=152, window=60).is_over("203.0.113.200", MORNING)


def test_nothing_kept_names_an_address_and_the_key_dies_with_the_day(tmp_path: Path, counters: Counters) -> None:
    limit = Limit(counters, "x", most=3, window=60)
    limit.is_over("203.0.113.7", MORNING)
    before = _kept(counters.file)
    left = b"".join(file.read_bytes() for file in tmp_path.iterdir())
    assert b"203.0.113" not in left
    assert network_of("203.0.113.7") not in {row[0] for row in before["seen"]}
    limit.is_over("203.0.113.7", MORNING + 86_400)
    after = _kept(counters.file)
    assert before["secret"] != after["secret"]
    assert {row[0] for row in before["seen"]}.isdisjoint(row[0] for row in after["seen"])
    assert len(after["secret"]) == len(after["seen"]) == 1


def _kept(file: Path) -> dict[str, list[tuple[bytes, ...]]]:
    connection = sqlite3.connect(file)
    try:
        return {table: connection.execute(f"SELECT * FROM {table}").fetchall() for table in ("secret", "seen")}
    finally:
        connection.close()


def test_a_damaged_file_begins_anew(tmp_path: Path) -> None:
    (tmp_path / "limits.db").write_bytes(b"no database at all" * 100)
    counters = Counters(tmp_path / "limits.db")
    assert not Limit(counters, "x", most=1, window=60).is_over("203.0.113.7", MORNING)
    counters.close()


def test_addresses_of_one_line_are_one_network() -> None:
    assert network_of("2001:db8:1:2:3::4") == network_of("2001:db8:1:2:ffff::1") != network_of("2001:db8:1:3::4")
    assert network_of("::ffff:203.0.113.7") == network_of("203.0.113.200")
    assert network_of("\0no address")


def test_a_turn_that_is_refused_is_not_counted(counters: Counters) -> None:
    turns = Limit(counters, "turn", most=1, window=60)
    assert [turns.takes("203.0.113.7", MORNING + second) for second in range(0, 50, 10)] == [True] + [False] * 4
    assert turns.takes("198.51.100.1", MORNING)
    assert turns.takes("203.0.113.7", MORNING + 66)


def test_a_limit_that_cannot_be_kept_limits_nobody(tmp_path: Path) -> None:
    limit = Limit(Counters(tmp_path / "no folder" / "limits.db"), "x", most=0, window=60)
    assert not limit.is_over("203.0.113.7", MORNING)
    assert limit.takes("203.0.113.7", MORNING)


def test_pressure_rises_and_falls(counters: Counters) -> None:
    pressure = Pressure(counters, calm=5)
    for _ in range(6):
        pressure.count(MORNING)
    assert pressure.is_high(MORNING)
    assert not pressure.is_high(MORNING + 1300)

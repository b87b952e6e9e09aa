"""What a label page costs among 10,000 batches and among 1,000,000: a register must not become slower as it fills.

Run: ``make bench BENCH=bench/growth.py``; it needs 4 GB of disk for some minutes. The batches of the example city, with
tests, results, materials and print runs, are repeated by the database itself; their pages are then asked for in turns.
"""

import random
import sqlite3
import statistics
import tempfile
import time
from functools import partial
from pathlib import Path

from label_page import count_statements
from measure import Installation, ask, cost, in_turns, install, keyring, ratio, tell

from zuofang.site.app import settle_memory
from zuofang.site.wsgi import open_public_site
from zuofang.storage.database import open_database
from zuofang.traceability.codes import mint

FEW, MANY = 10_000, 1_000_000
ROUNDS, ANSWERS, PACKETS = 9, 300, 3_000
LIMIT = 1.2
"""Target: times the cost among few."""
KEYS = {
    "batch": ("id",),
    "batch_material": ("id", "batch_id"),
    "delivery": ("id", "batch_id"),
    "release_test": ("id", "batch_id"),
    "test_result": ("id", "test_id"),
    "label_run": ("id", "batch_id"),
}
"""The tables that grow with the batches, and the keys that differ from one repetition to the next."""
NAMES = {"batch": "lot", "release_test": "number"}
"""What must differ besides."""
STRIDE = 10_000
"""Distance between the keys of one repetition and the next; larger than any key of the city."""


def repeat(file: Path, batches: int) -> None:
    """Repeat the batches of a city until there are so many."""
    connection = sqlite3.connect(file, isolation_level=None)
    for setting in ("foreign_keys=OFF", "synchronous=OFF", "journal_mode=MEMORY", "cache_size=-400000"):
        connection.execute(f"PRAGMA {setting}")
    own = connection.execute("SELECT count(*) FROM batch").fetchone()[0]
    connection.execute("BEGIN")
    for table, keys in KEYS.items():
        columns = [name for _, name, *_ in connection.execute(f"PRAGMA table_info({table})")]
        into = ", ".join(f'"{name}"' for name in columns)
        values = ", ".join(_repeated(name, keys, NAMES.get(table)) for name in columns)
        connection.execute(
            f"WITH RECURSIVE turn(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM turn WHERE n < {batches // own})"
            f" INSERT INTO {table} ({into}) SELECT {values} FROM turn, {table} ORDER BY turn.n, {table}.id"
        )
    connection.execute("COMMIT")
    connection.execute("PRAGMA journal_mode=WAL")
    connection.close()


def _repeated(column: str, keys: tuple[str, ...], name: str | None) -> str:
    if column in keys:
        return f'"{column}" + turn.n * {STRIDE}'
    return f"{column} || '-' || turn.n" if column == name else f'"{column}"'


def grown(folder: Path, batches: int) -> tuple[Installation, list[str]]:
    """An installation with so many batches, and pages of packets from all over it."""
    city = install(folder)
    city.office.database.dispose()
    began = time.perf_counter()
    repeat(folder / "zuofang.db", batches)
    with open_database(city.settings.database).read.connect() as connection:
        found = connection.exec_driver_sql("SELECT batch_id, first FROM label_run WHERE kind = 'item'").all()
        count = connection.exec_driver_sql("SELECT count(*) FROM batch").scalar_one()
    print(f"{count:9,} batches, {(folder / 'zuofang.db').stat().st_size / 1e6:6.0f} MB"
          f" in {time.perf_counter() - began:.0f} s")  # fmt: skip
    chosen = random.Random(4711).choices(found, k=PACKETS)
    return city, [f"/t/{mint(keyring(city.office), batch, first)}" for batch, first in chosen]


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        ways, statements = {}, set()
        for batches in (FEW, MANY):
            city, paths = grown(Path(name) / str(batches), batches)
            site = open_public_site(city.settings)
            once = ask(site.wsgi_app, *paths)
            for _ in range(100):
                once()
            statements.add(count_statements(site.extensions["zuofang.window"].database.read, once))
            ways[f"among {batches:,}"] = partial(cost, once, ANSWERS)
        settle_memory()
        found = in_turns(ways, ROUNDS)
    few, many = found.values()
    for way, costs in found.items():
        print(f"label page {way:16} {statistics.median(costs):8.1f} µs   {ratio(costs, few):5.2f} × among {FEW:,}")
    growth = ratio(many, few)
    tell(f"among {MANY:,} batches at most {LIMIT} times as among {FEW:,}", f"{growth:.2f}", growth <= LIMIT)
    tell("the same number of statements", str(sorted(statements)), len(statements) == 1)


if __name__ == "__main__":
    main()

"""How long an import of release tests takes, beside a bare ``executemany`` of the same rows into the same tables.

Run: ``python bench/importing.py [ROWS]``. Both write to SQLite files with the settings of the program; the import also
reads the file, checks every cell, finds every batch, judges every result and writes journal and outbox.
"""

from __future__ import annotations

import csv
import os
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from pathlib import Path

from sqlalchemy import insert

from zuofang.storage import schema
from zuofang.storage.acts import Office
from zuofang.storage.database import SQLITE_SETTINGS, open_database
from zuofang.storage.keys import new_keys
from zuofang.traceability.importing.engine import run
from zuofang.traceability.importing.kinds import KINDS
from zuofang.traceability.models import Batch, Certificate, OperatorKind, Packing, Product, Workshop

ITEMS = (
    ("山梨酸及其钾盐（以山梨酸计）", "0.0{}", "g/kg", "≤0.075", "GB 2760-2024"),
    ("亚硝酸盐（以亚硝酸钠计）", "1.{}", "mg/kg", "≤30", "GB 2760-2024"),
    ("铅（以Pb计）", "0.0{}", "mg/kg", "≤0.3", "GB 2762-2025"),
    ("镉（以Cd计）", "<0.0{}", "mg/kg", "≤0.1", "GB 2762-2025"),
    ("菌落总数", "{0}0,<10,{0}00,10,{0}0", "CFU/g", "n=5,c=2,m=10⁴,M=10⁵", "GB 2726-2016"),
)
HEADINGS = (
    "登记证编号", "产品名称", "规格", "批号", "报告编号", "检验机构", "抽样日期", "检验日期", "检验员",
    "检验项目", "检验结果", "单位", "限量", "限量依据", "结论",
)  # fmt: skip
WORKSHOPS = 500
FIRST = date(2026, 1, 5)
TABLES = ("release_test", "test_result")


def lay_out(file: Path, batches: int) -> Office:
    """A register of workshops with one product each and many batches, without any test."""
    database = open_database(f"sqlite:///{file}")
    schema.upgrade(database)
    office = Office(database, new_keys(file.parent / "keys"))
    with office.writing("bench") as desk:
        run = desk.session.connection().execute
        numbers = range(1, WORKSHOPS + 1)
        run(insert(Workshop), [{
            "id": n, "kind": OperatorKind.workshop, "name": f"作坊{n}", "province": "33", "district_code": "339901",
            "address": f"清溪县{n}号",
        } for n in numbers])  # fmt: skip
        run(insert(Certificate), [{
            "workshop_id": n, "kind": "zj_workshop", "number": f"ZF{n:08}", "issued_on": FIRST, "since": FIRST,
        } for n in numbers])  # fmt: skip
        run(insert(Product), [{
            "id": n, "workshop_id": n, "name": "酱牛肉", "specification": "200克", "category": "braised-beef",
            "packing": Packing.prepacked,
        } for n in numbers])  # fmt: skip
        run(insert(Batch), [{
            "product_id": n % WORKSHOPS + 1, "lot": f"L{n:07}", "made_on": FIRST + timedelta(n % 300),
        } for n in range(batches)])  # fmt: skip
        desk.record("bench.lay_out", ("bench", "1"), "bench")
    return office


def write_table(file: Path, batches: int) -> None:
    with file.open("w", encoding="utf-8-sig", newline="") as out:
        table = csv.writer(out)
        table.writerow(HEADINGS)
        for n in range(batches):
            made = FIRST + timedelta(n % 300)
            sheet = [
                f"ZF{n % WORKSHOPS + 1:08}", "酱牛肉", "200克", f"L{n:07}", f"QX-{n:07}", "清溪检验室",
                made.isoformat(), (made + timedelta(1)).isoformat(), "周小禾",
            ]  # fmt: skip
            for item, result, unit, limit, standard in ITEMS:
                table.writerow([*sheet, item, result.format(n % 50 + 10), unit, limit, standard, "合格"])


def read_back(file: Path) -> dict[str, list[tuple[object, ...]]]:
    with sqlite3.connect(file) as connection:
        return {table: connection.execute(f"SELECT * FROM {table}").fetchall() for table in TABLES}


@dataclass(slots=True)
class Cost:
    """Seconds on the clock, and of processor with all children, which other work on the machine moves less."""

    wall: float
    processor: float

    def over(self, other: Cost) -> str:
        return f"{self.wall / other.wall:.1f} on the clock, {self.processor / other.processor:.1f} of processor"

    def __str__(self) -> str:
        return f"{self.wall:.2f} s ({self.processor:.2f} s of processor)"


def timed(work: Callable[[], object]) -> Cost:
    began, used = time.perf_counter(), sum(os.times()[:4])
    work()
    return Cost(time.perf_counter() - began, sum(os.times()[:4]) - used)


def bare(file: Path, rows: dict[str, list[tuple[object, ...]]]) -> Cost:
    """The bare statements, from BEGIN to the end of COMMIT."""
    connection = sqlite3.connect(file, isolation_level=None)
    for setting in SQLITE_SETTINGS:
        connection.execute(setting)
    connection.execute("INSERT INTO laboratory (id, name) VALUES (1, '清溪检验室')")

    def work() -> None:
        connection.execute("BEGIN IMMEDIATE")
        for table, content in rows.items():
            connection.executemany(f"INSERT INTO {table} VALUES ({','.join('?' * len(content[0]))})", content)
        connection.execute("COMMIT")

    return timed(work)


def imported(office: Office, file: Path) -> None:
    report = run(office, KINDS["release-tests"], file, "bench", False)
    assert not report.refused, report.as_json()["refused"][:3]


def main(arguments: Iterable[str]) -> None:
    rows = int(next(iter(arguments), "100000"))
    batches = rows // len(ITEMS)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        table = folder / "tests.csv"
        write_table(table, batches)
        for run in range(3):
            ours, theirs = folder / f"import{run}", folder / f"bare{run}"
            ours.mkdir()
            theirs.mkdir()
            office = lay_out(ours / "a.db", batches)
            lay_out(theirs / "a.db", batches).database.dispose()
            first = timed(partial(imported, office, table))
            second = timed(partial(imported, office, table))
            office.database.dispose()
            plain = bare(theirs / "a.db", read_back(ours / "a.db"))
            print(f"{rows} rows: import {first}, bare executemany {plain}, ratio {first.over(plain)}; again {second}")


if __name__ == "__main__":
    main(sys.argv[1:])

"""How long an import of release tests takes, beside a bare ``executemany`` of the same rows into the same tables.

Run: ``python bench/importing.py [ROWS]``. Both write to SQLite files with the settings of the program; the import also
reads the file, checks every cell, finds every batch, judges every result and writes journal and outbox.
"""

from __future__ import annotations

import csv
import sqlite3
import sys
import tempfile
import time
from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path

from sqlalchemy import insert

from zuofang.storage import schema
from zuofang.storage.acts import Office
from zuofang.storage.database import SQLITE_SETTINGS, open_database
from zuofang.storage.keys import new_keys
from zuofang.traceability.importing.kinds import run_import
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


def bare(file: Path, rows: dict[str, list[tuple[object, ...]]]) -> float:
    """Seconds for the bare statements, from BEGIN to the end of COMMIT."""
    connection = sqlite3.connect(file, isolation_level=None)
    for setting in SQLITE_SETTINGS:
        connection.execute(setting)
    connection.execute("INSERT INTO laboratory (id, name) VALUES (1, '清溪检验室')")
    began = time.perf_counter()
    connection.execute("BEGIN IMMEDIATE")
    for table, content in rows.items():
        connection.executemany(f"INSERT INTO {table} VALUES ({','.join('?' * len(content[0]))})", content)
    connection.execute("COMMIT")
    return time.perf_counter() - began


def timed_import(office: Office, file: Path) -> float:
    began = time.perf_counter()
    report = run_import(office, "release-tests", file, "bench", False)
    took = time.perf_counter() - began
    assert not report.refused, report.as_json()["refused"][:3]
    return took


def main(arguments: Iterable[str]) -> None:
    rows = int(next(iter(arguments), "100000"))
    batches = rows // len(ITEMS)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_table(folder / "tests.csv", batches)
        for run in range(3):
            for part in ("import", "bare"):
                (folder / f"{part}{run}").mkdir()
            office = lay_out(folder / f"import{run}" / "a.db", batches)
            lay_out(folder / f"bare{run}" / "a.db", batches).database.dispose()
            ours = timed_import(office, folder / "tests.csv")
            again = timed_import(office, folder / "tests.csv")
            office.database.dispose()
            theirs = bare(folder / f"bare{run}" / "a.db", read_back(folder / f"import{run}" / "a.db"))
            print(
                f"{rows} rows: import {ours:.2f} s, bare executemany {theirs:.2f} s, ratio {ours / theirs:.1f}; "
                f"the same file again {again:.2f} s"
            )


if __name__ == "__main__":
    main(sys.argv[1:])

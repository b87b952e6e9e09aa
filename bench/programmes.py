"""How long the indicators of all plans take over a large register, and how long a page that reads them takes.

    python bench/programmes.py [RECORDS [OPERATORS]]

Target: five years of every indicator over 1,000,000 records in under two minutes. The register is written straight into
the tables, because what is measured is the reading.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime
from itertools import islice
from pathlib import Path
from random import Random
from typing import Any

from sqlalchemy import Engine, insert

from zuofang.credit.models import CreditRecord, RecordKind, RecordState
from zuofang.programmes.reckoning import refresh
from zuofang.rules.book import read_rules
from zuofang.rules.calendar import china_day
from zuofang.site.commands.installation import make_installation
from zuofang.site.wsgi import open_public_site
from zuofang.storage.acts import system_clock
from zuofang.storage.database import open_database
from zuofang.storage.settings import Settings
from zuofang.traceability.models import Certificate, OperatorKind, Product, Workshop

TARGET = 120.0
YEARS = 5 * 365
BLOCK = 20_000
SAMPLED, FAILED = ('{"concluded_on":"%s","is":"Sample","microbiological":false,"outcome":"%s"}', "不合格")
INSPECTED = '{"found_on":"%s","is":"Inspection","result":"符合"}'


def main(records: int = 1_000_000, operators: int = 20_000) -> None:
    today = china_day(system_clock())
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(data=Path(folder))
        make_installation(settings)
        database = open_database(settings.database)
        fill(database.write, Random(1), today, records, operators)
        started = time.perf_counter()
        done = refresh(database, today, read_rules())
        print(f"{done.plans} plans, {done.changed} values over {records:,} records and {operators:,} operators: "
              f"{time.perf_counter() - started:.1f} s (target {TARGET:.0f} s)")  # fmt: skip
        started = time.perf_counter()
        refresh(database, date.fromordinal(today.toordinal() + 1), read_rules())
        print(f"the next day: {time.perf_counter() - started:.1f} s")
        reader = open_public_site(settings).test_client()
        reader.get("/programmes/ningbo-2020")
        started = time.perf_counter()
        page = reader.get("/programmes/ningbo-2020", headers={"Accept-Encoding": "gzip"})
        print(f"a page: {(time.perf_counter() - started) * 1e3:.0f} ms, {len(page.data) / 1024:.0f} kB")


def fill(engine: Engine, chance: Random, today: date, records: int, operators: int) -> None:
    first = today.toordinal() - YEARS
    with engine.begin() as connection:
        for table, rows in (
            (Workshop, _operators(operators)),
            (Certificate, _papers(operators, chance, first)),
            (Product, _products(operators)),
            (CreditRecord, _records(records, operators, chance, first)),
        ):
            while block := list(islice(rows, BLOCK)):
                connection.execute(insert(table), block)


def _operators(count: int) -> Iterator[dict[str, Any]]:
    for key in range(1, count + 1):
        yield {"id": key, "kind": OperatorKind.workshop, "name": f"{key}号作坊", "province": "33",
               "district_code": f"3399{key % 9:02}", "address": f"{key} 号"}  # fmt: skip


def _papers(count: int, chance: Random, first: int) -> Iterator[dict[str, Any]]:
    for key in range(1, count + 1):
        since = date.fromordinal(first + chance.randrange(YEARS))
        yield {"workshop_id": key, "kind": "zj_workshop", "number": f"ZF{key}", "issued_on": since, "since": since}


def _products(count: int) -> Iterator[dict[str, Any]]:
    for key in range(1, count + 1):
        yield {"workshop_id": key, "name": "豆腐", "specification": "", "category": "tofu", "packing": "bulk"}


def _records(count: int, operators: int, chance: Random, first: int) -> Iterator[dict[str, Any]]:
    entered = datetime(2026, 1, 1, tzinfo=UTC)
    for number in range(count):
        on = date.fromordinal(first + chance.randrange(YEARS))
        sample = number % 3 > 0
        facts = SAMPLED % (on, FAILED if number % 50 == 1 else "合格") if sample else INSPECTED % on
        yield {"kind": RecordKind.sample if sample else RecordKind.inspection, "made_on": on, "party": "某作坊",
               "workshop_id": 1 + chance.randrange(operators), "title": "x", "content": "x", "facts": facts,
               "state": RecordState.approved, "entered_at": entered}  # fmt: skip


if __name__ == "__main__":
    main(*(int(word) for word in sys.argv[1:3]))

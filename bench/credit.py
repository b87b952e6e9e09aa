"""How long publication and grade take in a real database: of all workshops, and of the one that a change touches.

Run ``python bench/credit.py [workshops] [records each] [processes]``. It makes a SQLite file with the real tables,
computes every grade and every public day as ``zuofang clocks run`` does after a change of rules, and again after one
record changed.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from sqlalchemy import func, insert, select, update
from sqlalchemy.orm import Session

from zuofang.credit import copies
from zuofang.credit.codec import dump
from zuofang.credit.copies import refresh
from zuofang.credit.findings import Inspection, Sample
from zuofang.credit.models import CreditRecord, RecordKind, RecordState, WorkshopGrade
from zuofang.credit.records import Kind, Outcome, Penalty, Record, Result, Tier
from zuofang.rules.book import read_rules
from zuofang.storage import schema
from zuofang.storage.database import Database, loading, open_database
from zuofang.storage.outbox import OutboxItem
from zuofang.traceability.models import Certificate, OperatorKind, Product, Workshop

TODAY = date(2026, 11, 20)
NOW = datetime(2026, 11, 20, 4, tzinfo=UTC)
TARGET = 300
"""Seconds in which a million records of a hundred thousand workshops must be done, on two cores."""
KINDS = {Penalty: RecordKind.penalty, Sample: RecordKind.sample, Inspection: RecordKind.inspection}
PAGE = 2_000
FAR = date(2027, 12, 31)


def records(workshop: int, each: int) -> Iterator[Record]:
    """The records of one workshop; half of them fines, the rest samples and inspections, over the last year."""
    for number in range(each):
        day = TODAY - timedelta(days=30 + (workshop * 7 + number * 97) % 300)
        shown = day + timedelta(days=20)
        match number % 4:
            case 0 | 1:
                tier = Tier.lighter if number % 2 else Tier.ordinary
                yield Penalty(
                    decided_on=day, kinds=frozenset({Kind.fine}), fine=Decimal(1500), tier=tier, published_on=shown
                )
            case 2:
                yield Sample(concluded_on=day, outcome=Outcome.failed, served_on=day, published_on=shown)
            case _:
                yield Inspection(found_on=day, result=Result.conforming, published_on=shown)


def row(workshop: int, record: Record) -> dict[str, Any]:
    """The row of a published record whose copies stand as if nobody had computed them by these rules."""
    return {
        "kind": KINDS[type(record)], "workshop_id": workshop, "party": f"作坊{workshop}", "made_on": record.made_on,
        "title": "使用超过保质期的原料", "content": "使用超过保质期的酱油生产卤味，案发后已经改正。",
        "facts": dump(replace(record, published_on=None)), "state": RecordState.approved, "entered_at": NOW,
        "published_on": record.published_on, "last_day": None, "look_again_on": FAR,
    }  # fmt: skip


def fill(database: Database, workshops: int, each: int) -> None:
    """Put workshops and their records into the tables, by the quickest way there is."""
    for first in range(1, workshops + 1, PAGE):
        keys = range(first, min(first + PAGE, workshops + 1))
        with Session(database.write) as session:
            for table, rows in (
                (Workshop, [_workshop(key) for key in keys]),
                (Certificate, [_certificate(key) for key in keys]),
                (Product, [_product(key) for key in keys]),
                (CreditRecord, [row(key, record) for key in keys for record in records(key, each)]),
            ):
                session.connection().execute(insert(table.__table__), rows)
            session.commit()


def _workshop(key: int) -> dict[str, Any]:
    return {
        "id": key, "kind": OperatorKind.workshop, "name": f"作坊{key}", "province": "33", "district_code": "339901",
        "address": f"清溪县园区路{key}号",
    }  # fmt: skip


def _certificate(key: int) -> dict[str, Any]:
    day = date(2023, 1, 1)
    return {"workshop_id": key, "kind": "zj_workshop", "number": f"ZF{key:08}", "issued_on": day, "since": day}


def _product(key: int) -> dict[str, Any]:
    return {
        "workshop_id": key, "name": "酱牛肉", "category": ("cooked-meat", "pastry", "tea")[key % 3],
        "packing": "prepacked", "shelf_life_days": 15,
    }  # fmt: skip


def timed(database: Database, processes: int) -> tuple[float, copies.Refreshed]:
    """Bring the copies up to date and say how long it took."""
    started = time.perf_counter()
    done = refresh(database, TODAY, read_rules(), processes=processes)
    return time.perf_counter() - started, done


def change_one(database: Database) -> None:
    """One record changes, as an act would leave it."""
    with Session(database.write) as session:
        key = session.scalars(select(CreditRecord.workshop_id).limit(1)).one()
        session.execute(update(CreditRecord).where(CreditRecord.id == 1).values(taken_down_on=TODAY))
        session.add(OutboxItem(seq=1, subject_kind="workshop", subject_key=str(key)))
        session.commit()


def main(workshops: int, each: int, processes: int) -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "zuofang.db"
        database = open_database(f"sqlite:///{file}")
        schema.upgrade(database)
        with loading(database):
            fill(database, workshops, each)
        count = workshops * each
        print(f"{count:,} records of {workshops:,} workshops, {file.stat().st_size / 1e6:,.0f} MB", end="; ")
        print(f"{processes} processes, load {os.getloadavg()[0]:.1f} at the start")
        seconds, done = timed(database, processes)
        print(f"everything: {seconds:.1f} s, {seconds / count * 1e6:.0f} µs a record", end=" ")
        print(
            f"(target {TARGET} s for 1,000,000 on two cores); {done.graded:,} graded, {done.to_look_at:,} to take down"
        )
        with Session(database.read) as session:
            found = session.execute(
                select(WorkshopGrade.scheme, WorkshopGrade.letter, func.count()).group_by("scheme", "letter")
            )
            print("grades:", ", ".join(f"{scheme} {letter} {number:,}" for scheme, letter, number in found))
        print(f"the same day again: {timed(database, processes)[0] * 1e3:.1f} ms")
        change_one(database)
        seconds, done = timed(database, processes)
        print(f"one record changed: {seconds * 1e3:.1f} ms, {done.graded} workshop")
        database.dispose()


if __name__ == "__main__":
    sizes = [int(word) for word in sys.argv[1:4]]
    main(*sizes, *(100_000, 10, os.cpu_count() or 1)[len(sizes) :])

"""Tables of an officer who works in some counties alone: every kind, row by row, in the rehearsal and when written."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from tests.conftest import NOON
from tests.credit.importing.offices import INSPECTION, CreditOffice
from tests.credit.test_campaigns import campaign
from tests.importing.tables import EXAMPLES, WHO, table

from zuofang.credit.acts import campaigns
from zuofang.site.commands.importing import KINDS
from zuofang.storage.acts import Office
from zuofang.storage.base import Base
from zuofang.storage.database import Database
from zuofang.storage.keys import Keys
from zuofang.storage.sheets.reading import BadTable
from zuofang.traceability.importing.engine import Kind, run
from zuofang.traceability.importing.report import ImportReport

HERE, ELSEWHERE = frozenset({"339901"}), frozenset({"339902"})
NOT_MINE = "这一行不是您负责的县区的"
OF_NOBODY = {"sampling": {4, 6}}
"""Rows of the examples that are of nobody in the register, which no county may take in."""


def test_every_kind_of_table_is_refused_to_another_county_row_by_row(sqlite: Database, keys: Keys) -> None:
    office = Office(sqlite, keys, clock=lambda: NOON)
    with office.writing("officer") as desk:
        campaigns.begin(desk, campaign(), WHO)
    for name, kind in KINDS.items():
        if kind.by_county:
            _kept_to_its_county(office, name, kind)
        else:
            with pytest.raises(BadTable, match="全市"):
                run(office, kind, EXAMPLES / f"{name}.csv", WHO, False, within=HERE)
            run(office, kind, EXAMPLES / f"{name}.csv", WHO, False)


def _kept_to_its_county(office: Office, name: str, kind: Kind) -> None:
    file, before = EXAMPLES / f"{name}.csv", counts(office)
    foreign = run(office, kind, file, WHO, False, within=ELSEWHERE)
    assert len(refused_rows(foreign)) == foreign.rows > 0, name
    assert all(NOT_MINE in str(one.reason) for one in foreign.refused), name
    assert counts(office) == before, name
    own = run(office, kind, file, WHO, False, within=HERE)
    assert refused_rows(own) == OF_NOBODY.get(name, set()), name
    if own.refused:
        run(office, kind, file, WHO, False)
    known = run(office, kind, file, WHO, True, within=ELSEWHERE)
    assert len(refused_rows(known)) == known.rows, f"{name}: what is known already is of its county too"
    assert (known.differences, known.unchanged) == ([], 0), name


def refused_rows(report: ImportReport) -> set[int]:
    return {one.row for one in report.refused}


def counts(office: Office) -> dict[str, int]:
    """How many rows every table holds."""
    with Session(office.database.read) as session:
        return {
            name: session.scalar(select(func.count()).select_from(of)) or 0 for name, of in Base.metadata.tables.items()
        }


@pytest.fixture
def counties(credit: CreditOffice) -> CreditOffice:
    """A second workshop, in another county."""
    credit.register("云岭豆腐坊", "云岭县上街1号", number="ZF33990200009", code=None, district="339902")
    return credit


@given(st.lists(st.booleans(), min_size=1, max_size=8))
@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_exactly_the_rows_of_other_counties_are_refused(counties: CreditOffice, mine: list[bool]) -> None:
    other = {**INSPECTION, "名称": "云岭豆腐坊", "登记证编号": "ZF33990200009"}
    rows = [{**(INSPECTION if own else other), "检查日期": f"2026-03-{day:02}"} for day, own in enumerate(mine, 1)]
    counties.file.write_text(table(rows), encoding="utf-8")
    report = run(counties.office, KINDS["inspections"], Path(counties.file), WHO, True, within=HERE)
    assert refused_rows(report) == {number for number, own in enumerate(mine, 2) if not own}
    assert report.created == (len(mine) if all(mine) else 0)

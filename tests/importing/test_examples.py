"""The tables in examples/ go in as they are, in order, once."""

from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session
from tests.importing.tables import EXAMPLES, Bureau

from zuofang.storage import journal
from zuofang.storage.acts import Office
from zuofang.storage.sheets.reading import open_table
from zuofang.traceability.importing.engine import run
from zuofang.traceability.importing.kinds import KINDS
from zuofang.traceability.models import Certificate, TestResult, Workshop


@pytest.fixture
def filled(office: Office) -> Office:
    for kind in KINDS:
        report = run(office, KINDS[kind], EXAMPLES / f"{kind}.csv", "tester", False)
        assert report.refused == []
        assert report.created > 0
    return office


def test_every_kind_has_an_example_that_goes_in_and_then_changes_nothing(filled: Office) -> None:
    for kind in KINDS:
        report = run(filled, KINDS[kind], EXAMPLES / f"{kind}.csv", "tester", False)
        assert (report.created, report.updated, report.refused) == (0, 0, [])
        assert report.unchanged == report.rows
    with Session(filled.database.read) as session:
        assert journal.verify(session, filled.keys.verifier) is None
        words = session.scalars(select(TestResult.judgement)).all()
    assert sorted(words) == ["conforms"] * 5 + ["fails"]


def test_the_spreadsheet_says_the_same_as_the_text(filled: Office) -> None:
    report = run(filled, KINDS["workshops"], EXAMPLES / "workshops.xlsx", "tester", False)
    assert (report.unchanged, report.refused) == (4, [])


def test_the_spreadsheet_goes_in_alone(bureau: Bureau) -> None:
    run(bureau.office, KINDS["zones"], EXAMPLES / "zones.csv", "tester", False)
    run(bureau.office, KINDS["workshops"], EXAMPLES / "workshops.xlsx", "tester", False)
    assert (bureau.count(Workshop), bureau.count(Certificate)) == (4, 4)


@pytest.mark.parametrize("path", sorted(EXAMPLES.iterdir()), ids=lambda path: path.name)
def test_every_example_is_a_table(path: Path) -> None:
    with open_table(path) as table:
        assert table.rows > 1

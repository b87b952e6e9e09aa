"""The kept grades of the example city are those its pages tell, and those its records give."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session
from tests.city.conftest import TODAY, City

from zuofang.credit.audit import disagreements
from zuofang.credit.copies import refresh
from zuofang.credit.models import CreditRecord, WorkshopGrade
from zuofang.credit.queries import credit_file
from zuofang.rules.book import read_rules
from zuofang.storage.database import Database, open_database

RULES = read_rules()


@pytest.fixture
def graded(city: City, tmp_path: Path) -> Database:
    """A copy of the city, as it stands when its grades were brought up to date."""
    source = sqlite3.connect(str(city.database.read.url.database))
    source.execute("VACUUM INTO ?", (str(tmp_path / "graded.db"),))
    source.close()
    database = open_database(f"sqlite:///{tmp_path / 'graded.db'}")
    refresh(database, TODAY, RULES)
    return database


def test_every_page_tells_the_grade_that_is_kept(graded: Database) -> None:
    with Session(graded.read) as session:
        found = session.scalars(select(CreditRecord.workshop_id).distinct()).all()
        told = {
            (key, one.scheme): (one.letter, one.score)
            for key in found
            if key is not None and (file := credit_file(session.connection(), key, TODAY, TODAY, RULES))
            for one in file.grades
        }
        rows = session.scalars(select(WorkshopGrade).where(WorkshopGrade.workshop_id.in_({key for key, _ in told})))
        kept = {(row.workshop_id, row.scheme): (row.letter, row.score) for row in rows}
    assert len(told) > 20
    assert kept == told
    assert list(disagreements(graded, RULES)) == []
    graded.dispose()

"""``zuofang grades``: one grade with every reason, and a proposed rule set looked at before it is adopted."""

import csv
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from tests import scene
from tests.credit import filed
from tests.site.commands.conftest import Run

from zuofang.credit.models import Reckoning
from zuofang.rules.book import SHIPPED
from zuofang.storage.acts import Office
from zuofang.storage.journal import JournalEntry

Row = dict[str, str]


@pytest.fixture
def workshop(office: Office) -> int:
    """A workshop that failed a sample and was fined."""
    with office.writing("officer") as desk:
        key = scene.build(desk).workshop.id
    filed.filed(filed.at(office, filed.TODAY), key, filed.FINE)
    filed.filed(filed.at(office, filed.TODAY), key, filed.INSPECTED)
    return key


@pytest.fixture
def proposal(tmp_path: Path) -> Callable[[Callable[[Row], Row | None]], str]:
    """Writes the shipped rule sets down with changes, and answers the name of the file."""

    def write(change: Callable[[Row], Row | None]) -> str:
        with (SHIPPED / "grade_rules.csv").open(encoding="utf-8") as shipped:
            rows = [row for row in map(change, csv.DictReader(shipped)) if row is not None]
        file = tmp_path / "proposed.csv"
        with file.open("w", encoding="utf-8", newline="") as out:
            writer = csv.DictWriter(out, list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)
        return str(file)

    return write


def test_one_grade_is_shown_with_every_contribution_its_article_and_its_end(run: Run, workshop: int) -> None:
    told = run("grades", "show", str(workshop), "--on", "2026-11-20").output
    assert told.startswith("北溪陈记卤味作坊, 2026-11-20\n")
    assert "risk: A, 20 points, moved by 0" in told
    assert (
        "+15 dynamic: 受到食品安全领域行政处罚（2026-10-12） (食品生产经营风险分级管理办法（试行） 第十条, until"
        in told
    )
    assert "credit: 一般" in told


def test_a_grade_is_shown_as_of_any_day_and_as_json(run: Run, workshop: int) -> None:
    told = json.loads(run("grades", "show", str(workshop), "--on", "2026-11-19", "--json").output)
    assert [one["letter"] for one in told["grades"]] == ["A", "优"]
    early = run("grades", "show", str(workshop), "--on", "2020-01-01").output
    assert "no grade" in early


def test_a_workshop_that_does_not_exist_is_refused(run: Run, office: Office) -> None:
    assert "there is no workshop 99" in run("grades", "show", "99").stderr


def test_a_proposal_tells_who_would_be_graded_otherwise_and_why(
    run: Run, office: Office, workshop: int, proposal: Callable[..., str]
) -> None:
    def heavier(row: Row) -> Row:
        return (
            {**row, "points": "50", "most": "60"} if row["key"] == "penalty_food" and row["scheme"] == "risk" else row
        )

    def entries() -> int:
        with Session(office.database.read) as session:
            return session.scalar(select(func.max(JournalEntry.seq))) or 0

    before = entries()
    told = run("grades", "preview", proposal(heavier), "--on", "2026-11-20").output
    assert "risk: 1 of 1 workshops change\n  A → C: 1\n" in told
    assert "credit: 0 of 1 workshops change" in told
    assert f"{workshop} 北溪陈记卤味作坊, risk: A (20) → C (55)" in told
    assert "  - +15 dynamic: 受到食品安全领域行政处罚" in told
    assert "  + +50 dynamic: 受到食品安全领域行政处罚" in told
    assert entries() == before
    told = json.loads(run("grades", "preview", proposal(heavier), "--on", "2026-11-20", "--json").output)
    assert told["moves"] == [{"scheme": "risk", "from": "A", "to": "C", "workshops": 1}]
    assert [one["points"] for one in told["workshops"][0]["gained"]] == [50]


def test_a_proposal_that_changes_nothing_says_so(run: Run, workshop: int, proposal: Callable[..., str]) -> None:
    told = run("grades", "preview", proposal(lambda row: row), "--on", "2026-11-20").output
    assert told == "credit: 0 of 1 workshops change\nrisk: 0 of 1 workshops change\n"


def test_nothing_is_kept_of_a_proposal(run: Run, office: Office, workshop: int, proposal: Callable[..., str]) -> None:
    run("clocks", "run")
    with Session(office.database.read) as session:
        kept = session.scalars(select(Reckoning.rules)).all()
    run("grades", "preview", proposal(lambda row: row))
    with Session(office.database.read) as session:
        assert session.scalars(select(Reckoning.rules)).all() == kept


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        (
            lambda row: {**row, "points": "many"} if row["fact"] == "suspension" else row,
            "proposed.csv:20: column “points”",
        ),
        (lambda row: {**row, "since": "2030-01-01"}, "no line of the scheme risk is in force"),
        (lambda row: row if row["scheme"] == "risk" else None, "no line of the scheme credit is in force"),
        (lambda row: row if row["part"] != "band" else None, "has no bands"),
    ],
)
def test_a_proposal_that_cannot_be_is_refused_with_file_and_line(
    run: Run, workshop: int, proposal: Callable[..., str], change: Callable[[Row], Row | None], complaint: str
) -> None:
    told = run("grades", "preview", proposal(change), "--on", "2026-11-20")
    assert told.exit_code == 1
    assert complaint in told.stderr

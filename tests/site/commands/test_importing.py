"""Tables in from the command line: a report, one object of JSON, one sentence of refusal."""

import json
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from tests.importing.tables import EXAMPLES, WORKSHOP, table
from tests.site.commands.conftest import Run

from zuofang.site.commands.importing import KINDS
from zuofang.storage.acts import Office
from zuofang.storage.journal import JournalEntry
from zuofang.traceability.models import Workshop

FIELDS = ["rows", "created", "updated", "unchanged", "unmatched", "refused"]


def workshops(office: Office) -> int:
    with Session(office.database.read) as session:
        return session.scalar(select(func.count()).select_from(Workshop)) or 0


@pytest.fixture
def bad(tmp_path: Path) -> str:
    file = tmp_path / "bad.csv"
    file.write_text(table([WORKSHOP, {**WORKSHOP, "登记证编号": "ZF2", "发证日期": "去年"}]), encoding="utf-8")
    return str(file)


def test_a_table_goes_in_and_the_counts_are_told(run: Run, office: Office) -> None:
    assert run("import", "zones", str(EXAMPLES / "zones.csv")).exit_code == 0
    told = run("import", "workshops", str(EXAMPLES / "workshops.csv"))
    assert told.stdout == "4 rows: 4 created, 0 updated, 0 unchanged, 0 unmatched.\n"
    assert (told.stderr, workshops(office)) == ("", 4)
    with Session(office.database.read) as session:
        assert session.scalars(select(JournalEntry.who)).all() == ["zuofang import"] * 2


def test_a_dry_run_keeps_nothing(run: Run, office: Office) -> None:
    told = run("import", "--dry-run", "zones", str(EXAMPLES / "zones.csv"))
    assert told.stdout.startswith("4 rows: 2 would be created, 2 would be updated")
    with Session(office.database.read) as session:
        assert session.scalars(select(JournalEntry)).all() == []


def test_json_is_exactly_one_object(run: Run, office: Office, bad: str) -> None:
    told = json.loads(run("import", "workshops", bad, "--json").stdout)
    assert list(told) == FIELDS
    assert told["refused"] == [
        {"row": 3, "column": "发证日期", "value": "去年", "reason": "日期要写成 2026-09-12 这样的年月日。"}
    ]
    told = json.loads(run("import", "--json", "zones", str(EXAMPLES / "zones.csv")).stdout)
    assert (list(told), told["created"], told["refused"]) == (FIELDS, 2, [])


def test_a_refusal_lists_its_cells_and_ends_with_one_sentence(run: Run, office: Office, bad: str) -> None:
    refused = run("import", "workshops", bad)
    assert refused.exit_code == 1
    assert "row 3, 发证日期: 去年: 日期要写成 2026-09-12 这样的年月日。" in refused.stdout
    assert refused.stderr == "Error: 1 of 2 rows are refused, so nothing was written; correct them first\n"
    assert workshops(office) == 0


def test_a_file_that_is_no_table_is_refused_as_a_whole(run: Run, office: Office, tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_bytes(b"\x00\x01")
    refused = run("import", "zones", str(file), "--json")
    assert refused.exit_code == 1
    assert [one["row"] for one in json.loads(refused.stdout)["refused"]] == [0]
    assert "不是表格" in refused.stderr


@pytest.mark.parametrize("words", [("workshop", "a.csv"), ("zones",), ("zones", "no-such-file.csv")])
def test_wrong_usage_ends_with_two(run: Run, office: Office, words: tuple[str, ...]) -> None:
    assert run("import", *words).exit_code == 2


def test_without_an_installation_there_is_a_sentence(run: Run) -> None:
    refused = run("import", "zones", str(EXAMPLES / "zones.csv"))
    assert (refused.exit_code, "zuofang init" in refused.stderr) == (1, True)


def test_what_a_person_must_look_at_is_told_once_with_its_rows(run: Run, office: Office, tmp_path: Path) -> None:
    file = tmp_path / "inspections.csv"
    rows = [{"名称": "无名坊", "检查日期": f"2026-03-{day:02}", "检查结果": "符合"} for day in range(1, 13)]
    file.write_text(table(rows), encoding="utf-8")
    told = run("import", "inspections", str(file)).stdout.splitlines()
    assert told == [
        "check 12 rows (2, 3, 4, 5, 6, 7, 8, 9, 10, 11 …), 名称: 没有登记这个名称的单位。",
        "12 rows: 12 created, 0 updated, 0 unchanged, 12 unmatched.",
    ]


def test_every_kind_can_be_asked_for(run: Run) -> None:
    told = run("import", "--help").output
    assert " ".join(KINDS) == " ".join(word.strip(",.") for word in told.split("one of:")[1].split())

"""Making an installation and its keys, once and again."""

from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session
from tests.site.commands.conftest import Run

from zuofang.storage.acts import Office
from zuofang.storage.journal import JournalEntry
from zuofang.storage.keys import read_label_keys
from zuofang.storage.settings import Settings


def test_init_makes_all_there_is_to_make_and_a_second_time_changes_nothing(run: Run, data: Path) -> None:
    assert run("init").exit_code == 0
    files = {path.name: path.read_bytes() for path in (data / "keys").rglob("*.key")}
    assert run("verify").exit_code == 0
    again = run("init")
    assert again.exit_code == 0
    assert again.stdout.count("\n") == 1
    assert {path.name: path.read_bytes() for path in (data / "keys").rglob("*.key")} == files


@pytest.mark.parametrize("words", [("verify",), ("serve",), ("backup",), ("keys", "rotate")])
def test_before_init_every_command_says_what_to_run(run: Run, data: Path, words: tuple[str, ...]) -> None:
    result = run(*words)
    assert result.exit_code == 1
    assert "zuofang init" in result.stderr
    assert not (data / "zuofang.db").exists(), "looking must not make a database"


def test_a_database_of_another_release_is_not_worked_on(run: Run, office: Office) -> None:
    with office.database.write.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0001'")
    result = run("keys", "rotate")
    assert result.exit_code == 1
    assert "revision 0001" in result.stderr
    with office.database.write.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    assert "another release" in run("init").stderr


def test_keys_are_rotated_by_an_act_that_the_newest_key_signs(run: Run, office: Office, installed: Settings) -> None:
    assert run("keys", "rotate").exit_code == 0
    assert len(read_label_keys(installed.keys)) == 2
    with Session(office.database.read) as session:
        entry = session.scalars(select(JournalEntry)).one()
    assert (entry.act, entry.facts) == ("keys.rotate", '{"label_version":1}')
    assert run("verify").exit_code == 0


def test_new_keys_never_replace_keys(run: Run, installed: Settings) -> None:
    before = (installed.keys / "labels.key").read_bytes()
    assert run("keys", "new").exit_code == 1
    assert (installed.keys / "labels.key").read_bytes() == before


def test_new_keys_can_be_made_before_the_database(run: Run, data: Path) -> None:
    assert run("keys", "new").exit_code == 0
    assert len(read_label_keys(data / "keys")) == 1


@pytest.mark.parametrize(
    ("setting", "value", "words"),
    [
        ("base_url", "zf.example.cn", "https://zf.example.cn"),
        ("database_url", "nonsense", "postgresql+psycopg://"),
        ("database_url", "oracle+nothing://x/y", "postgresql+psycopg://"),
        ("province", "浙江", "two-digit"),
    ],
)
def test_a_setting_that_cannot_be_right_stops_every_command(run: Run, setting: str, value: str, words: str) -> None:
    result = run("init", **{setting: value})
    assert result.exit_code == 1
    assert words in result.stderr


def test_wrong_usage_is_status_two(run: Run) -> None:
    assert run("nonsense").exit_code == 2
    assert run("serve", "--port", "many").exit_code == 2

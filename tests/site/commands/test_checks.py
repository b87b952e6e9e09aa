"""``verify`` finds what was changed behind our back; ``doctor`` finds what is set up badly."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from tests import scene
from tests.site.commands.conftest import Run

from zuofang.storage.acts import Office
from zuofang.storage.settings import Settings


@pytest.fixture
def used(office: Office) -> Office:
    with office.writing("tester") as desk:
        scene.build(desk)
    return office


def force(office: Office, *statements: str) -> None:
    with office.database.write.begin() as connection:
        for statement in ("DROP TRIGGER journal_no_update", "DROP TRIGGER journal_no_delete", *statements):
            connection.exec_driver_sql(statement)


def test_an_untouched_installation_is_in_order(run: Run, used: Office) -> None:
    result = run("verify")
    assert result.exit_code == 0
    assert "agrees with the head noted outside" in result.stdout


def test_a_changed_entry_of_the_journal_is_named(run: Run, used: Office) -> None:
    force(used, "UPDATE journal SET who = 'nobody' WHERE seq = 2")
    result = run("verify")
    assert result.exit_code == 1
    assert "at entry 2" in result.stdout


def test_a_journal_emptied_with_its_head_is_found_by_the_note_outside(run: Run, used: Office) -> None:
    force(used, "DELETE FROM journal_head", "DELETE FROM journal")
    assert "cut or rewritten" in run("verify").stdout


def test_a_row_that_points_nowhere_is_found(run: Run, used: Office, installed: Settings) -> None:
    with closing(sqlite3.connect(installed.data / "zuofang.db")) as connection, connection:
        connection.execute("DELETE FROM zone")  # a plain connection does not watch over references
    result = run("verify")
    assert result.exit_code == 1
    assert "does not exist" in result.stdout


def test_a_damaged_file_is_found(run: Run, used: Office, installed: Settings) -> None:
    used.database.dispose()
    file = Path(installed.data / "zuofang.db")
    whole = file.read_bytes()
    file.write_bytes(whole[:8192] + os.urandom(4096) + whole[12288:])
    assert run("verify").exit_code == 1
    file.write_bytes(b"not a database at all" * 1000)
    assert "restore" in run("verify").stderr


def test_doctor_finds_nothing_wrong_with_a_good_installation(run: Run, installed: Settings) -> None:
    result = run("doctor", base_url="https://zf.example.cn")
    assert result.exit_code == 0, result.output
    assert "wrong" not in result.stdout


def test_doctor_warns_of_a_sqlite_that_can_lose_data(
    run: Run, installed: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sqlite3.sqlite_version_info", (3, 51, 2))
    assert "note   database: SQLite" in run("doctor").stdout


@pytest.mark.parametrize(
    ("address", "subject"),
    [("http://zf.example.cn", "is not https"), ("https://作坊.example.cn", "cannot carry it")],
)
def test_doctor_refuses_an_address_that_labels_should_not_carry(
    run: Run, installed: Settings, address: str, subject: str
) -> None:
    result = run("doctor", base_url=address)
    assert result.exit_code == 1
    assert subject in result.stdout


def test_doctor_finds_keys_that_others_can_read(run: Run, installed: Settings) -> None:
    (installed.keys / "labels.key").chmod(0o644)
    result = run("doctor")
    assert result.exit_code == 1
    assert "labels.key" in result.stdout


def test_doctor_works_before_there_is_anything(run: Run, data: Path) -> None:
    result = run("doctor", label_font="/nowhere/font.ttc")
    assert result.exit_code == 1
    assert "zuofang init" in result.stdout
    assert "fonts-wqy-microhei" in result.stdout
    assert not data.exists()


def test_a_broken_database_does_not_hide_the_other_findings(run: Run, installed: Settings) -> None:
    (installed.data / "zuofang.db").write_bytes(b"not a database at all" * 1000)
    result = run("doctor")
    assert result.exit_code == 1
    assert "wrong  tables: the database file is damaged" in result.stdout
    assert "label font" in result.stdout
    server = run("doctor", database_url=f"postgresql+psycopg://x@/y?host={installed.data}")
    assert "wrong  tables: the database server does not answer" in server.stdout

"""A backup is whole or has no name; a restore puts everything back or nothing."""

import json
import os
import shutil
import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from tests import scene
from tests.conftest import NOON
from tests.site.commands.conftest import Run

from zuofang.storage import backups
from zuofang.storage.acts import Office
from zuofang.storage.backups import check_backup, write_backup
from zuofang.storage.journal import JournalEntry
from zuofang.storage.settings import Settings


def act(office: Office) -> None:
    with office.writing("tester") as desk:
        desk.record("test.act", ("test", "1"), "test")


def entries(office: Office) -> int:
    with Session(office.database.read) as session:
        return session.scalar(select(func.count()).select_from(JournalEntry)) or 0


def made(folder: Path) -> Path:
    (backup,) = folder.iterdir()
    return backup


@pytest.fixture
def backup(run: Run, office: Office, installed: Settings, tmp_path: Path) -> Path:
    """A backup of an installation with a scene in it, a scan counter and a leftover of a cut write."""
    with office.writing("tester") as desk:
        scene.build(desk)
    installed.scans.mkdir()
    with sqlite3.connect(installed.scans / "scans.db") as scans:
        scans.execute("CREATE TABLE scan (code TEXT)")
    (installed.scans / "2026-11-20.log").write_text("scan\n")
    (installed.data / "heads.new").write_text("half")
    installed.indexes.mkdir()
    (installed.indexes / "copy").write_text("what is made again")
    assert run("backup", "--to", str(tmp_path / "away")).exit_code == 0
    return made(tmp_path / "away")


def test_a_backup_holds_everything_but_the_keys(backup: Path) -> None:
    files = {str(path.relative_to(backup)) for path in backup.rglob("*") if path.is_file()}
    assert files == {"manifest.json", "zuofang.db", "heads.log", "scans/scans.db", "scans/2026-11-20.log"}
    assert backup.stat().st_mode & 0o077 == 0


def test_a_backup_proves_itself_whole_and_shows_a_changed_file(run: Run, backup: Path) -> None:
    assert run("verify", str(backup)).exit_code == 0
    (backup / "heads.log").write_text("{}")
    assert "heads.log is not as it was" in run("verify", str(backup)).stderr
    (backup / "heads.log").unlink()
    assert "missing" in run("verify", str(backup)).stderr
    (backup / "manifest.json").unlink()
    assert "not a backup" in run("verify", str(backup)).stderr


@pytest.mark.parametrize("manifest", ["", "[]", "{}", '{"made": "", "program": "", "revision": "", "files": 3}'])
def test_a_manifest_that_cannot_be_read_is_refused(run: Run, backup: Path, manifest: str) -> None:
    (backup / "manifest.json").write_text(manifest)
    assert run("verify", str(backup)).exit_code == 1


def test_backups_kept_inside_the_data_folder_do_not_hold_each_other(backup: Path, installed: Settings) -> None:
    kept = installed.data / "kept"
    for minute in range(2):
        newest = write_backup(installed, kept, datetime(2026, 11, 20, 4, minute, tzinfo=UTC), "0", None)
    assert check_backup(newest).files.keys() == check_backup(backup).files.keys()


def test_a_file_that_goes_away_meanwhile_does_not_end_a_backup(
    backup: Path, installed: Settings, tmp_path: Path
) -> None:
    log = installed.scans / "2026-11-20.log"
    made = write_backup(
        installed, tmp_path / "second", NOON, "0", None, lambda name, _share: log.unlink(missing_ok=True)
    )
    assert not (made / "scans" / log.name).exists()
    assert (made / "scans" / "scans.db").exists()


def test_a_manifest_cannot_reach_out_of_its_folder(run: Run, backup: Path, installed: Settings) -> None:
    told = json.loads((backup / "manifest.json").read_text())
    told["files"]["../stolen"] = "0" * 64
    (backup / "manifest.json").write_text(json.dumps(told))
    assert "outside its folder" in run("restore", "--replace", str(backup)).stderr


def test_a_restore_brings_back_what_was_and_keeps_what_is(
    run: Run, backup: Path, office: Office, installed: Settings
) -> None:
    before = entries(office)
    act(office)
    office.database.dispose()
    assert "--replace" in run("restore", str(backup)).stderr
    assert run("restore", "--replace", str(backup)).exit_code == 0
    assert entries(office) == before
    office.database.dispose()
    assert run("verify").exit_code == 0
    aside = made(installed.data / "before-restore")
    shutil.copytree(aside, installed.data, dirs_exist_ok=True)
    assert entries(office) == before + 1


def test_a_restore_into_an_empty_machine_needs_the_keys_beside(
    run: Run, backup: Path, office: Office, installed: Settings, tmp_path: Path
) -> None:
    office.database.dispose()
    kept = shutil.copytree(installed.keys, tmp_path / "kept")
    shutil.rmtree(installed.data)
    assert run("restore", str(backup)).exit_code == 0
    assert "zuofang init" in run("verify").stderr
    shutil.copytree(kept, installed.keys)
    assert run("verify").exit_code == 0


def test_a_damaged_backup_is_not_restored(run: Run, backup: Path, office: Office, installed: Settings) -> None:
    before = entries(office)
    with (backup / "zuofang.db").open("r+b") as file:
        file.seek(9000)
        file.write(os.urandom(100))
    assert run("restore", "--replace", str(backup)).exit_code == 1
    assert entries(office) == before
    assert not (installed.data / "before-restore").exists()


def test_a_damaged_database_does_not_become_a_backup(
    run: Run, office: Office, installed: Settings, tmp_path: Path
) -> None:
    office.database.dispose()
    shutil.copy(installed.data / "zuofang.db", installed.data / "other.db")
    with (installed.data / "other.db").open("r+b") as file:
        file.seek(8192)
        file.write(os.urandom(4096))
    assert "damaged" in run("backup", "--to", str(tmp_path / "away")).stderr
    assert [path.suffix for path in (tmp_path / "away").iterdir()] == [".partial"]


@pytest.mark.parametrize("moves", range(1, 6))
def test_after_a_restore_that_was_killed_nothing_starts_until_it_is_run_again(
    run: Run, backup: Path, installed: Settings, monkeypatch: pytest.MonkeyPatch, moves: int
) -> None:
    left, move = iter(range(moves)), backups._move

    def killed(path: Path, place: Path) -> None:
        if next(left, None) is None:
            raise OSError("cut short")
        move(path, place)

    with monkeypatch.context() as patch:
        patch.setattr(backups, "_move", killed)
        run("restore", str(backup), "--replace")
    for words in (("init",), ("labels", "check", "A"), ("verify",)):
        refused = run(*words)
        assert refused.exit_code == 1
        assert "zuofang restore" in refused.stderr
    assert run("restore", str(backup), "--replace").exit_code == 0
    assert run("init").exit_code == 0
    assert run("verify").exit_code == 0

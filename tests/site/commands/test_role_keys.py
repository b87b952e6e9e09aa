import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import select
from sqlalchemy.orm import Session
from tests.conftest import NOON
from tests.site.commands.conftest import Run

from zuofang.reporting.forms import new_form
from zuofang.reporting.intake import Letterbox, Statement
from zuofang.reporting.keys.letterbox import public_keys, read_letterbox
from zuofang.reporting.keys.roles import read_versions
from zuofang.reporting.models import ReportKind, ReportSecret, Role, Standing
from zuofang.reporting.sealing import name_of
from zuofang.site.commands import main
from zuofang.storage.acts import Office
from zuofang.storage.settings import Settings

HOLDERS = {Role.case: "沈禾", Role.identity: "林知", Role.payout: "周算"}
"""Nobody may hold the keys of two roles."""
FIRST, SECOND = "ledger copper wheat 19", "window pepper field 83"
Held = Callable[[str], str]


@pytest.fixture
def held(tmp_path: Path) -> Held:
    """A file with a passphrase."""

    def write(text: str) -> str:
        path = tmp_path / f"{text[:6].strip()}.txt"
        path.write_text(text + "\n", encoding="utf-8")
        return str(path)

    return write


@pytest.fixture(scope="module")
def all_keys(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A folder in which all roles have keys, and both halves of the recovery key; opening one is slow by intent."""
    folder = tmp_path_factory.mktemp("roles")
    (folder / "passphrase").write_text(FIRST, encoding="utf-8")
    told = _keys(folder, "recovery")
    for role in Role:
        _keys(folder, "new", role.value, "--holder", HOLDERS[role], "--passphrase-file", str(folder / "passphrase"))
    return folder / "keys", "\n".join(line.partition(":")[2].strip() for line in told.splitlines() if ":" in line[:8])


def _keys(data: Path, *words: str) -> str:
    made = CliRunner().invoke(main, ["keys", *words], env={"ZUOFANG_DATA": str(data)})
    assert made.exit_code == 0, made.stderr
    return made.stdout


@pytest.fixture
def halves(all_keys: tuple[Path, str], installed: Settings) -> str:
    """All roles have keys; both halves of the recovery key."""
    shutil.copytree(all_keys[0], installed.keys, dirs_exist_ok=True)
    return all_keys[1]


def handed_in(office: Office, installed: Settings) -> None:
    keys = read_letterbox(installed.keys)
    assert keys is not None
    said = Statement(ReportKind.report, Standing.named, {"facts": "x"}, {"name": "y"}, "zh")
    Letterbox(office.database, keys).hand_in(new_form(NOON), [said], NOON)


def test_a_role_needs_the_recovery_key_a_holder_and_a_long_passphrase(
    run: Run, installed: Settings, held: Held
) -> None:
    new = ("keys", "new", "case", "--holder", "a", "--passphrase-file")
    assert "zuofang keys recovery" in run(*new, held(FIRST)).stderr
    run("keys", "recovery")
    assert "--holder" in run("keys", "new", "case").stderr
    assert "at least 12" in run(*new, held("short")).stderr
    assert run("keys", "recovery").exit_code == 1


def test_a_role_is_shared_withdrawn_and_never_left_without_a_holder(run: Run, halves: str, held: Held) -> None:
    words = ("keys", "share", "case", "--holder", "沈禾", "--to", "方一川")
    files = ("--passphrase-file", held(FIRST), "--to-passphrase-file", held(SECOND))
    assert run(*words, *files).exit_code == 0
    assert run("keys", "withdraw", "case", "--holder", "沈禾").exit_code == 0
    assert "last holder" in run("keys", "withdraw", "case", "--holder", "方一川").stderr


def test_the_halves_bring_a_role_back(run: Run, halves: str, held: Held, tmp_path: Path) -> None:
    both = tmp_path / "halves.txt"
    both.write_text(halves, encoding="ascii")
    words = ("keys", "recover", "identity", "--holder", "新人", "--passphrase-file", held(SECOND))
    assert "1 keys of identity" in run(*words, "--halves-file", str(both)).stdout


def test_after_a_rotation_everything_is_sealed_anew_and_the_old_key_is_destroyed(
    run: Run, halves: str, held: Held, office: Office, installed: Settings
) -> None:
    handed_in(office, installed)
    run("keys", "new", "case", "--holder", "沈禾", "--passphrase-file", held(FIRST))
    words = ("keys", "reseal", "case", "--holder", "沈禾", "--passphrase-file", held(FIRST), "--forget")
    assert run(*words).stdout.startswith("1 seals are to key")
    newest = name_of(public_keys(installed.keys, Role.case)[-1])
    assert [version.name for version in read_versions(installed.keys, Role.case)] == [newest]
    with Session(office.database.read) as session:
        keys = {one.role: one.key for one in session.scalars(select(ReportSecret))}
    assert keys[Role.case] == newest
    assert keys[Role.identity] == name_of(public_keys(installed.keys, Role.identity)[-1])
    assert run("verify").exit_code == 0


def test_purging_enters_letters_in_the_journal_and_says_what_was_destroyed(
    run: Run, halves: str, office: Office, installed: Settings
) -> None:
    handed_in(office, installed)
    told = run("reports", "purge").stdout
    assert told.startswith("2 letters entered in the journal\n0 identities")
    assert run("reports", "purge").stdout.startswith("0 letters")

import shutil
from pathlib import Path

import pytest
from tests.conftest import PASSPHRASE

from zuofang.reporting.keys import roles
from zuofang.reporting.keys.letterbox import public_keys, read_letterbox
from zuofang.reporting.models import Role
from zuofang.reporting.sealing import name_of, seal
from zuofang.storage.keys import NoKeys

OTHER = "第二个人自己的口令十二字"


@pytest.fixture
def keys(role_folder: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(role_folder, tmp_path / "keys"))


def test_the_files_of_the_roles_hold_no_key_in_clear_and_only_for_their_owner(keys: Path) -> None:
    opened = roles.open_role(keys, Role.case, "case", PASSPHRASE)
    told = roles.role_file(keys, Role.case).read_text()
    assert all(key.seed.hex() not in told for key in opened.keys.values())
    assert all(path.stat().st_mode & 0o077 == 0 for path in keys.rglob("*") if path.suffix in (".key", ".pub"))


def test_a_wrong_passphrase_or_holder_opens_nothing(keys: Path) -> None:
    for holder, passphrase in (("case", OTHER), ("nobody", PASSPHRASE)):
        with pytest.raises(roles.WrongPassphrase):
            roles.open_role(keys, Role.case, holder, passphrase)
    with pytest.raises(NoKeys, match="at least 12"):
        roles.add_role_key(keys, Role.case, "case", "short")


def test_a_new_lock_is_as_dear_to_try_as_the_house_says_and_an_older_one_still_opens(keys: Path) -> None:
    roles.add_role_key(keys, Role.case, "case", PASSPHRASE)
    cheap, dear = (version.holders["case"] for version in roles.read_versions(keys, Role.case))
    assert (cheap["memory"], cheap["passes"]) == ("1024", "1")
    assert (dear["memory"], dear["passes"]) == ("131072", "3"), "128 MiB, three times"
    said = f', "memory": "{dear["memory"]}", "passes": "{dear["passes"]}"'
    file = roles.role_file(keys, Role.case)
    told = file.read_text()
    assert said in told
    file.write_text(told.replace(said, ""))
    assert len(roles.open_role(keys, Role.case, "case", PASSPHRASE).keys) == 2


def test_after_a_rotation_the_box_seals_to_the_newer_key_and_the_older_still_opens(keys: Path) -> None:
    old = public_keys(keys, Role.case)[-1]
    roles.add_role_key(keys, Role.case, "case", PASSPHRASE)
    box = read_letterbox(keys)
    assert box is not None
    assert box.seals[Role.case] != old
    opened = roles.open_role(keys, Role.case, "case", PASSPHRASE)
    assert opened.open(name_of(old), seal(old, b"x", "a"), "a") == b"x"
    assert len(opened.keys) == 2


def test_a_key_is_shared_and_taken_away_but_never_from_its_last_holder(keys: Path) -> None:
    roles.share(keys, roles.open_role(keys, Role.identity, "identity", PASSPHRASE), "second", OTHER)
    roles.withdraw(keys, Role.identity, "identity")
    with pytest.raises(roles.WrongPassphrase):
        roles.open_role(keys, Role.identity, "identity", PASSPHRASE)
    assert roles.open_role(keys, Role.identity, "second", OTHER).keys
    with pytest.raises(NoKeys, match="last holder"):
        roles.withdraw(keys, Role.identity, "second")


@pytest.mark.parametrize(("role", "holder"), [(Role.case, "payout"), (Role.identity, "case"), (Role.payout, "case")])
def test_nobody_holds_the_keys_of_two_roles(keys: Path, role: Role, holder: str) -> None:
    opened = roles.open_role(keys, role, role.value, PASSPHRASE)
    with pytest.raises(NoKeys, match=f"{holder} holds keys of {holder}"):
        roles.share(keys, opened, holder, OTHER)
    with pytest.raises(NoKeys, match=f"{holder} holds keys of {holder}"):
        roles.add_role_key(keys, role, holder, OTHER)


def test_both_halves_of_the_recovery_bring_a_role_back_and_one_brings_nothing(keys: Path) -> None:
    one, other = (keys / "halves").read_text().splitlines()
    recovery = roles.join_recovery(keys, other.lower(), one)
    found = roles.recover(keys, Role.payout, recovery, "new", OTHER)
    assert found.keys == roles.open_role(keys, Role.payout, "new", OTHER).keys
    with pytest.raises(NoKeys, match="do not make"):
        roles.join_recovery(keys, one, one)
    with pytest.raises(NoKeys, match="mistyped"):
        roles.join_recovery(keys, one, other[:-1] + ("A" if other[-1] != "A" else "B"))


def test_without_every_role_there_is_no_letter_box(keys: Path) -> None:
    (keys / "letterbox" / "payout.pub").unlink()
    assert read_letterbox(keys) is None

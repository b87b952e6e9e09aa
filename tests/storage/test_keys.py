"""Keys are their owner's alone, are only ever followed by newer ones, and a damaged file is said to be damaged."""

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from zuofang.storage import keys
from zuofang.storage.keys import (
    DAYS,
    NoKeys,
    made_on,
    new_keys,
    read_answer_keys,
    read_keys,
    read_label_keys,
    rotate_keys,
)

FILES = ("journal.key", "answers.key", "labels.key", "identity.key")


def test_only_the_owner_can_read_the_keys(tmp_path: Path) -> None:
    folder = tmp_path / "keys"
    new_keys(folder)
    rotate_keys(folder)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {path.name: stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == dict.fromkeys(
        (*FILES, DAYS), 0o600
    )


def test_the_day_of_a_key_is_kept_and_a_line_cut_short_tells_nothing(tmp_path: Path) -> None:
    made = new_keys(tmp_path)
    assert set(made_on(tmp_path)) >= {made.journal.name, "label-0"}
    with (tmp_path / DAYS).open("a", encoding="ascii") as file:
        file.write("label-1 2026-1")
    assert "label-1" not in made_on(tmp_path)


def test_keys_that_exist_stay_as_they_are(tmp_path: Path) -> None:
    assert new_keys(tmp_path).labels == new_keys(tmp_path).labels


def test_after_a_rotation_the_newest_signs_and_the_older_stays_valid(tmp_path: Path) -> None:
    before = new_keys(tmp_path)
    after = rotate_keys(tmp_path)
    signature = before.journal.sign(b"head")
    assert after.verifier.accepts(before.journal.name, b"head", signature)
    assert after.journal.name != before.journal.name
    assert after.verifier.accepts(after.journal.name, b"head", after.journal.sign(b"head"))
    assert not before.verifier.accepts(after.journal.name, b"head", after.journal.sign(b"head"))
    assert after.labels[0] == before.labels[0]
    assert sorted(after.labels) == [0, 1]
    assert after.identity == before.identity, "a person must be recognised across rotations"


def test_a_signature_over_something_else_is_refused(tmp_path: Path) -> None:
    made = new_keys(tmp_path)
    assert not made.verifier.accepts(made.journal.name, b"other", made.journal.sign(b"head"))


def test_the_public_site_needs_the_keys_of_labels_and_answers_alone(tmp_path: Path) -> None:
    made = new_keys(tmp_path)
    for name in ("journal.key", "identity.key"):
        (tmp_path / name).unlink()
    assert read_label_keys(tmp_path) == made.labels
    assert read_answer_keys(tmp_path).signing.name != made.journal.name


def test_an_answer_sheet_of_before_a_rotation_is_still_confirmed(tmp_path: Path) -> None:
    new_keys(tmp_path)
    before = read_answer_keys(tmp_path)
    rotate_keys(tmp_path)
    after = read_answer_keys(tmp_path)
    assert after.signing.name != before.signing.name
    assert after.verifier.accepts(before.signing.name, b"sheet", before.signing.sign(b"sheet"))


def test_what_an_older_installation_lacks_is_made_beside_its_keys(tmp_path: Path) -> None:
    before = new_keys(tmp_path)
    (tmp_path / "answers.key").unlink()
    with pytest.raises(NoKeys, match="zuofang init"):
        read_answer_keys(tmp_path)
    assert new_keys(tmp_path).journal.name == before.journal.name
    assert read_answer_keys(tmp_path)


def test_label_keys_end_where_a_code_has_no_room_for_their_version(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keys, "MAX_VERSIONS", 2)
    new_keys(tmp_path)
    rotate_keys(tmp_path)
    with pytest.raises(NoKeys, match="all 2 versions"):
        rotate_keys(tmp_path)
    assert sorted(read_label_keys(tmp_path)) == [0, 1]


def test_missing_keys_say_how_to_make_them(tmp_path: Path) -> None:
    with pytest.raises(NoKeys, match="zuofang init"):
        read_keys(tmp_path)


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("content", [b"", b"ab", b"zz" * 32, b"\xff" * 64, b"ab" * 31, b"ab" * 33])
def test_a_damaged_file_is_named(tmp_path: Path, name: str, content: bytes) -> None:
    new_keys(tmp_path)
    (tmp_path / name).write_bytes(content)
    with pytest.raises(NoKeys, match=f"{name} .*请用另存的密钥恢复它"):
        read_answer_keys(tmp_path) if name == "answers.key" else read_keys(tmp_path)


def test_the_same_person_is_recognised_without_the_number_being_kept(tmp_path: Path) -> None:
    made = new_keys(tmp_path)
    assert made.blind("33010119900101123x") == made.blind("33010119900101123X")
    assert made.blind("330101199001011230") != made.blind("33010119900101123X")


def test_two_rotations_at_once_lose_no_key(tmp_path: Path) -> None:
    new_keys(tmp_path)
    with ThreadPoolExecutor(4) as hands:
        added = list(hands.map(lambda _: rotate_keys(tmp_path), range(8)))
    kept = read_keys(tmp_path)
    assert sorted(max(one.labels) for one in added) == list(range(1, 9)), "each gave a version of its own"
    assert all(one.labels.items() <= kept.labels.items() for one in added)
    assert all(one.journal.name in kept.verifier.known for one in added)

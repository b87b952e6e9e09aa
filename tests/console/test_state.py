"""The state of the installation at the desk: what the doctor finds in words, and keys without their secrets."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from tests.console.conftest import Browser, Staff, told, words

from zuofang.reporting.keys.states import Purpose, key_states
from zuofang.storage.accounts.models import Role
from zuofang.storage.keys import DAYS, new_keys, rotate_keys


@pytest.fixture
def administrator(staff: Staff) -> Browser:
    """An administrator who used a passkey."""
    return staff.at(Role.administrator)


def test_what_the_doctor_finds_is_said_in_words_the_worst_first(administrator: Browser) -> None:
    said = words(administrator.get("/health"))
    assert "项要处理" in said
    assert "密钥 要处理 " in said
    assert said.rindex(" 要处理 ") < said.index(" 正常 ")
    english = words(administrator.get("/health?lang=en"))
    assert "GB free for" in english


def test_every_key_stands_there_with_its_day_and_nothing_secret(
    administrator: Browser, role_folder: Path, tmp_path: Path
) -> None:
    new_keys(tmp_path / "keys")
    rotate_keys(tmp_path / "keys")
    (tmp_path / "keys" / "letterbox").symlink_to(role_folder / "letterbox")
    (tmp_path / "keys" / "roles").symlink_to(role_folder / "roles")
    page = told(administrator.get("/keys"))
    said = words(administrator.get("/keys"))
    states = key_states(tmp_path / "keys")
    assert {one.purpose for one in states} == set(Purpose)
    assert all(one.name in said for one in states)
    assert said.count("只用来核对或者打开旧的") == 3, "journal, answer sheets, label codes"
    assert "case 角色 没有角色 钥匙 有" in said, "who holds a key without the role is seen"
    secrets = [line for file in tmp_path.rglob("*.key") for line in file.read_text(encoding="ascii").split()]
    secrets += [line for file in role_folder.rglob("*.key") for line in file.read_text(encoding="ascii").split()]
    assert [one for one in secrets if len(one) > 16 and one in page] == []


def test_a_key_in_use_for_more_than_a_year_is_due(administrator: Browser, tmp_path: Path) -> None:
    made = new_keys(tmp_path / "keys")
    (tmp_path / "keys" / DAYS).write_text(f"{made.journal.name} 2025-01-01\n", encoding="ascii")
    (state, *_) = key_states(tmp_path / "keys")
    assert (state.since, state.due) == (date(2025, 1, 1), date(2026, 1, 1))
    said = words(administrator.get("/keys"))
    assert "该换了，应在2026年1月1日前" in said
    assert "未记载" in said, "of which the day is unknown"


def test_without_keys_the_page_says_what_to_do(administrator: Browser) -> None:
    assert "zuofang init" in words(administrator.get("/keys"))


@pytest.mark.parametrize("page", ["/keys", "/health"])
def test_keys_that_are_missing_or_damaged_are_told_in_the_language_of_the_page(
    administrator: Browser, tmp_path: Path, page: str
) -> None:
    folder = tmp_path / "keys"
    assert f"没有 {folder}/journal.key；请运行：zuofang init" in words(administrator.get(page))
    assert f"there is no {folder}/journal.key" in words(administrator.get(f"{page}?lang=en"))
    new_keys(folder)
    (folder / "journal.key").write_text("ab", encoding="ascii")
    assert f"{folder}/journal.key 坏了；请用另存的密钥恢复它" in words(administrator.get(page))
    assert f"{folder}/journal.key is damaged; restore it" in words(administrator.get(f"{page}?lang=en"))

"""The journal at the desk: narrowed, turned over, held against its chain, recounted and carried away."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import pytest
from sqlalchemy import text
from tests import scene
from tests.console.conftest import ADDRESS, Browser, Clock, Staff, told, words

from zuofang.site.console.words import act_word
from zuofang.site.errands.working import work_off
from zuofang.storage.accounts.models import Role
from zuofang.storage.acts import Office
from zuofang.storage.settings import Settings

ROOMS = ("credit", "programmes", "reporting", "site", "storage", "traceability")
ROOT = Path(__file__).parents[2]


@pytest.fixture
def editor(staff: Staff, writer: Office, clock: Clock) -> Browser:
    """An editor, a day after the scene was built."""
    with writer.writing("陈监管") as desk:
        scene.released(desk)
    clock.later(days=1)
    return staff.at(Role.editor)


def listed(browser: Browser, address: str) -> list[list[str]]:
    """The table that stands at an address, without its heads."""
    return list(csv.reader(io.StringIO(told(browser.get(address)).removeprefix("\ufeff"))))[1:]


def test_the_journal_is_narrowed_by_act_person_subject_and_day(editor: Browser) -> None:
    every = listed(editor, "/journal/entries.csv")
    assert [line[0] for line in every] == [str(number) for number in range(len(every), 0, -1)]
    batch = listed(editor, "/journal/entries.csv?kind=batch&key=1")
    assert [line[3] for line in batch] == ["batch.release", "test.record", "batch.open"]
    assert {line[2] for line in listed(editor, "/journal/entries.csv?who=陈监管")} == {"陈监管"}
    assert [line[3] for line in listed(editor, "/journal/entries.csv?act=batch.release")] == ["batch.release"]
    first_day = listed(editor, "/journal/entries.csv?until=2026-11-20")
    second_day = listed(editor, "/journal/entries.csv?since=2026-11-21")
    assert len(first_day) + len(second_day) == len(every)
    assert all(line[2] != "陈监管" for line in second_day)
    page = words(editor.get("/journal?kind=batch&key=1"))
    assert "放行" in page
    assert "共 3 条" in page
    assert "没有这样的条目" in words(editor.get("/journal?who=nobody&since=junk"))


def test_the_journal_is_turned_over_page_by_page(editor: Browser, writer: Office) -> None:
    with writer.writing("clock") as desk:
        for number in range(60):
            desk.record("clock.tend", ("tests", str(number)), "=1+1" if number % 2 else "＝1+1")
    page = told(editor.get("/journal?act=clock.tend"))
    following = re.search(r'href="([^"]*before=[^"]*)"', page)
    assert following is not None
    older = words(editor.get(following[1].replace("&amp;", "&")))
    assert "共 60 条" in older
    assert older.count("每日时钟") == 10 + 1, "and once among the acts to choose from"
    reasons = {line[6] for line in listed(editor, "/journal/entries.csv?act=clock.tend")}
    assert reasons == {"'=1+1", "'＝1+1"}, "no cell is a formula, nor one that a Chinese spreadsheet takes for one"


def test_an_entry_changed_behind_its_back_is_marked_where_it_stands_and_by_the_recount(
    editor: Browser, staff: Staff, writer: Office, tmp_path: Path
) -> None:
    administrator = staff.at(Role.administrator)
    assert "都与前一条的摘要相连" in words(editor.get("/journal"))
    with writer.database.write.begin() as connection:
        guards = connection.execute(
            text("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'journal'")
        )
        for (name,) in guards.all():
            connection.execute(text(f"DROP TRIGGER {name}"))
        connection.execute(text("UPDATE journal SET why = 'nothing' WHERE seq = 3"))
    assert "第 3 条与前一条的摘要不符" in words(editor.get("/journal"))
    assert administrator.submit("/journal", action="/journal/verify").headers["Location"].startswith("/errands/")
    work_off(writer, Settings(data=tmp_path, base_url="https://zf.example.cn", console_url=ADDRESS))
    assert "第 3 条起与当时写下的不符" in words(editor.get("/journal"))


def test_every_act_is_called_by_a_word() -> None:
    call = re.compile(r'(?:record|note)\(\s*(?:desk, )?"([a-z_]+\.[a-z_]+)"')
    files = [path for room in ROOMS for path in (ROOT / room).rglob("*.py")]
    acts = {act for path in files for act in call.findall(path.read_text(encoding="utf-8"))}
    assert len(acts) > 150
    assert [act for act in sorted(acts) if str(act_word(act)) == act] == []

"""Long work asked for at the desks: it goes on without a page, can be stopped, and survives the end of its process."""

from __future__ import annotations

import json
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from sqlalchemy.orm import Session
from tests import scene
from tests.console.conftest import ADDRESS, Browser, Clock, Staff, told, words
from tests.credit.filed import FINE, filed

from zuofang.rules.calendar import china_day
from zuofang.search import following
from zuofang.site.errands.working import work_off
from zuofang.storage import errands
from zuofang.storage.accounts import acts
from zuofang.storage.accounts.models import Role, ScopeKind
from zuofang.storage.acts import Office
from zuofang.storage.errands import Errand, ErrandState, Folder
from zuofang.storage.journal import BEGINNING, JournalEntry, entry_digest
from zuofang.storage.settings import Settings

EXAMPLES = Path(__file__).parents[2] / "examples"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """The settings of the desks."""
    return Settings(data=tmp_path, base_url="https://zf.example.cn", console_url=ADDRESS)


@pytest.fixture
def work(writer: Office, settings: Settings) -> Callable[[], int]:
    """Does the errands that wait, as the process beside the desks does."""
    return lambda: work_off(writer, settings)


@pytest.fixture
def administrator(staff: Staff) -> Browser:
    """An administrator who used a passkey."""
    return staff.at(Role.administrator)


def state(writer: Office, errand: int = 1) -> ErrandState:
    """The state of an errand as it is stored."""
    with Session(writer.database.read) as session:
        return session.get_one(Errand, errand).state


def archive(browser: Browser, errand: int = 1) -> ZipFile:
    """The file that an errand made."""
    return ZipFile(BytesIO(browser.get(f"/errands/{errand}/file").data))


def test_what_was_asked_for_is_done_without_the_page_and_can_be_carried_away(
    administrator: Browser, writer: Office, work: Callable[[], int]
) -> None:
    asked = administrator.submit("/errands", {"kind": "journal_file"})
    assert asked.headers["Location"] == "/errands/1?done=errand"
    assert "等候中" in words(administrator.get("/errands/1"))
    assert administrator.get("/errands/1/progress").json == {"moving": True, "share": 0, "said": "等候中"}
    assert work() == 1
    assert "已做成文件" in words(administrator.get("/errands/1"))
    assert "are in a file" in words(administrator.get("/errands/1?lang=en"))
    box, digest = archive(administrator), BEGINNING
    for line in box.read("journal.jsonl").splitlines():
        one = json.loads(line)
        with Session(writer.database.read) as session:
            digest = entry_digest(digest, session.get_one(JournalEntry, one["seq"]))
        assert one["digest"] == digest.hex()
    assert json.loads(box.read("head.json"))["digest"] == digest.hex()


def test_the_open_files_hold_what_is_public_and_nothing_else(
    staff: Staff, writer: Office, work: Callable[[], int]
) -> None:
    with writer.writing("tests") as desk:
        made = scene.released(desk)
    record = filed(writer, made.workshop.id, FINE)
    following.follow_all(writer.database, china_day(writer.clock()), writer.rules)
    editor = staff.at(Role.editor)
    editor.submit("/errands", {"kind": "open_files"})
    work()
    box = archive(editor)
    assert box.namelist() == ["disclosures.zh-Hans.csv", "disclosures.en.csv"]
    assert f"https://zf.example.cn/disclosures/{record}" in box.read("disclosures.en.csv").decode("utf-8-sig")


def test_nobody_sees_or_stops_the_work_of_somebody_else(
    staff: Staff, administrator: Browser, work: Callable[[], int]
) -> None:
    editor, other = staff.at(Role.editor), staff.at(Role.editor)
    editor.submit("/errands", {"kind": "search"})
    for path in ("/errands/1", "/errands/1/progress", "/errands/1/file"):
        assert other.get(path).status_code == 404
    assert "重建搜索索引" in words(administrator.get("/errands"))
    assert "还没有提出过" in words(other.get("/errands"))
    refused = editor.submit("/errands", {"kind": "audit_file"})
    assert refused.status_code == 422
    assert work() == 1


def test_a_file_is_for_who_holds_the_role_today(staff: Staff, writer: Office, work: Callable[[], int]) -> None:
    name = staff.hire(Role.administrator)
    person = staff.seat(name)
    person.submit("/errands", {"kind": "audit_file"})
    work()
    assert name in archive(person).read("accounts.csv").decode("utf-8-sig")
    by_code = staff.seat(name, factor="code")
    assert by_code.get("/errands/1/file").status_code == 403


def test_work_that_waits_is_stopped_and_taken_up_again(
    staff: Staff, writer: Office, work: Callable[[], int], clock: Clock
) -> None:
    name = staff.hire(Role.administrator)
    earlier = staff.seat(name)
    earlier.submit("/errands", {"kind": "recount"})
    for _ in range(3):
        clock.later(minutes=21)
        earlier.get("/errands/1")
    assert earlier.submit("/errands/1", action="/errands/1/stop").status_code == 303
    assert state(writer) is ErrandState.stopped
    assert work() == 0
    stale = earlier.submit("/errands/1", action="/errands/1/again")
    assert (stale.status_code, "刚刚验证过身份" in words(stale)) == (403, True)
    administrator = staff.seat(name)
    assert administrator.submit("/errands/1", action="/errands/1/again").status_code == 303
    assert work() == 1
    assert "没有一条被改动" in words(administrator.get("/errands/1"))


def test_a_recount_says_in_the_language_of_the_page_where_the_journal_was_changed(
    administrator: Browser, writer: Office, work: Callable[[], int]
) -> None:
    administrator.submit("/errands", {"kind": "recount"})
    with writer.database.write.begin() as connection:
        connection.exec_driver_sql("DROP TRIGGER journal_no_update")
        connection.exec_driver_sql("UPDATE journal SET who = 'nobody' WHERE seq = 1")
    assert work() == 1
    assert "第 1 条起与当时写下的不符：这一条或者它前面的被改动过" in words(administrator.get("/errands/1"))
    assert "From entry 1 on it is not as it was written: an entry" in words(administrator.get("/errands/1?lang=en"))


def test_work_under_way_stops_where_it_looks(
    administrator: Browser, writer: Office, settings: Settings, work: Callable[[], int]
) -> None:
    administrator.submit("/errands", {"kind": "journal_file"})
    page = administrator.get("/errands/1")
    with Folder(settings.errands).alone():
        errands.begin(writer, "tests")
        administrator.send(page, action="/errands/1/stop")
        assert state(writer) is ErrandState.running
    assert work() == 1
    assert state(writer) is ErrandState.stopped
    assert "按要求停下了" in words(administrator.get("/errands/1"))


def test_work_whose_process_ended_says_so_and_is_begun_again_but_not_for_ever(
    administrator: Browser, writer: Office, work: Callable[[], int]
) -> None:
    administrator.submit("/errands", {"kind": "backup"})
    errands.begin(writer, "a process that is killed")
    assert "进程中途结束了" in words(administrator.get("/errands/1"))
    for _ in range(2):
        errands.begin(writer, "a process that is killed")
    assert work() == 1
    assert state(writer) is ErrandState.refused
    assert "都没有做完" in words(administrator.get("/errands/1"))
    administrator.submit("/errands/1", action="/errands/1/again")
    assert work() == 1
    assert state(writer) is ErrandState.done


def test_only_one_process_does_errands(administrator: Browser, settings: Settings, writer: Office) -> None:
    administrator.submit("/errands", {"kind": "recount"})
    with Folder(settings.errands).alone() as first, Folder(settings.errands).alone() as second:
        assert (first, second) == (True, False)


def test_a_large_table_is_rehearsed_and_taken_in_behind_the_page(
    staff: Staff, writer: Office, work: Callable[[], int]
) -> None:
    officer = staff.at(Role.officer)
    head, *rows = (EXAMPLES / "inspections.csv").read_bytes().splitlines()
    columns = range(256 * 1024 // (30_000 * len(rows)) + 1)
    remarks = b"".join(b"," + b"x" * 30_000 for _ in columns)
    content = b"\n".join([head + b"".join(b",remark %d" % one for one in columns), *(row + remarks for row in rows)])
    table = {"kind": "inspections", "file": (BytesIO(content), "检查.csv")}
    asked = officer.send(officer.get("/imports"), table, action="/imports")
    assert asked.headers["Location"] == "/errands/1?done=errand"
    assert work() == 1
    rehearsed = officer.get("/errands/1")
    assert "可以导入" in words(rehearsed)
    assert officer.send(rehearsed, action="/imports/errands/1").headers["Location"] == "/errands/2?done=errand"
    assert work() == 1
    assert "全部写入了" in words(officer.get("/errands/2"))
    stranger = staff.at(Role.officer)
    number = told(stranger.get("/imports")).split('name="form" value="')[1].split('"')[0]
    assert stranger.post("/imports/errands/1", data={"form": number}).status_code == 422
    elsewhere = staff.at(Role.officer, ScopeKind.district, "339902")
    elsewhere.submit("/imports", {"kind": "inspections", "file": (BytesIO(content), "检查.csv")})
    assert work() == 1
    assert "这一行不是您负责的县区的" in words(elsewhere.get("/errands/3"))
    officer.submit("/imports", {"kind": "inspections", "file": (BytesIO(content), "检查.csv")})
    with writer.writing("tests") as desk:
        leaves = desk.session.get_one(Errand, 4).account
        acts.shut(desk, leaves, "离职")
    assert work() == 1
    assert state(writer, 4) is ErrandState.refused


def test_many_labels_are_printed_behind_the_page(staff: Staff, writer: Office, work: Callable[[], int]) -> None:
    with writer.writing("tests") as desk:
        made = scene.released(desk)
    bench = staff.at(Role.laboratory, ScopeKind.zone, made.zone.id)
    path = f"/laboratory/batches/{made.batch.id}"
    fields = {"kind": "item", "copies": "1001", "layout": "a4-24"}
    asked = bench.send(bench.get(path), fields, action=f"{path}/labels")
    assert asked.headers["Location"] == "/errands/1?done=errand"
    assert "接着印" in words(bench.get(path))
    assert bench.get(f"{path}/labels/1").status_code == 409
    assert work() == 1
    assert "每个码都读回核对过" in words(bench.get("/errands/1"))
    assert bench.get(f"{path}/labels/1/1").data.startswith(b"%PDF")
    assert bench.get(f"{path}/labels/1/2").status_code == 409
    assert "接着印" not in words(bench.get(path))

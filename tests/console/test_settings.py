"""What the bureau decides itself: proposed at one desk, seen beforehand, adopted at another, in force at once."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests import scene
from tests.console.conftest import ADDRESS, Browser, Staff, told, words
from tests.credit.filed import FINE

from zuofang.credit.acts import records
from zuofang.credit.models import CreditRecord, RecordKind
from zuofang.rules.book import SHIPPED
from zuofang.rules.calendar import DayKind
from zuofang.rules.notices import BadNotice, read_notice, typed, with_notice
from zuofang.site.errands.working import work_off
from zuofang.storage.accounts.models import Role
from zuofang.storage.acts import Office
from zuofang.storage.settings import Settings

CALENDAR = (SHIPPED / "calendar.csv").read_text(encoding="utf-8")
GRADES = (SHIPPED / "grade_rules.csv").read_bytes()
WHY = {"why": "当年的通知到了"}


@pytest.fixture
def editor(staff: Staff) -> Browser:
    """Who proposes."""
    return staff.at(Role.editor)


@pytest.fixture
def administrator(staff: Staff) -> Browser:
    """Who decides."""
    return staff.at(Role.administrator)


@pytest.fixture
def work(writer: Office, tmp_path: Path) -> Callable[[], int]:
    """Does the errands that wait, as the process beside the desks does."""
    settings = Settings(data=tmp_path, base_url="https://zf.example.cn", console_url=ADDRESS)
    return lambda: work_off(writer, settings)


def decide(browser: Browser, act: str, path: str = "/settings/editions/1") -> str:
    """Press one of the buttons of a proposal; answers where it leads."""
    page = browser.get(path)
    fields = re.findall(r'<input type="hidden" name="(form|seen)" value="([^"]*)">', told(page))
    return str(browser.post(f"{path}/{act}", data={**dict(fields[-2:]), **WHY}).headers.get("Location"))


def _number(browser: Browser) -> dict[str, str]:
    return {"form": told(browser.get("/account")).split('name="form" value="')[1].split('"')[0]}


def test_who_runs_the_site_is_said_everywhere_once_another_person_adopts_it(
    editor: Browser, administrator: Browser, staff: Staff
) -> None:
    told_anew = {
        "site_name": "清溪作坊码",
        "site_name_en": "Qingxi Food Codes",
        "bureau": "清溪县市场监督管理局",
        **WHY,
    }
    assert editor.submit("/settings/identity", told_anew).headers["Location"].startswith("/settings/editions/1")
    assert "要由另一个人决定" in words(editor.get("/settings/editions/1"))
    assert "设置 另一个人提出的" in words(administrator.get("/"))
    assert "设置 另一个人提出的" not in words(editor.get("/"))
    assert "done=" not in decide(editor, "adopt")
    assert "清溪作坊码" not in words(staff.stranger().get("/sign-in"))
    assert "清溪作坊码" in words(administrator.get("/settings/editions/1"))
    assert decide(administrator, "adopt").endswith("done=adopted")
    assert "清溪作坊码" in words(staff.stranger().get("/sign-in"))
    assert "Qingxi Food Codes" in words(staff.stranger().get("/sign-in?lang=en"))
    assert decide(administrator, "undo").endswith("done=undo_adoption")
    assert "清溪作坊码" not in words(staff.stranger().get("/sign-in"))


def test_the_desks_keep_english_where_the_public_site_is_offered_in_chinese_alone(
    editor: Browser, administrator: Browser, staff: Staff
) -> None:
    unknown = editor.submit("/settings/identity", {"languages": "klingon", **WHY})
    assert unknown.status_code == 422
    assert "请从所列的选项中选" in words(unknown)
    assert editor.submit("/settings/identity", {"languages": "chinese", **WHY}).status_code == 303
    assert "公众网站用什么语言 现在 中文和英文 以后 只用中文" in words(administrator.get("/settings/editions/1"))
    assert decide(administrator, "adopt").endswith("done=adopted")
    assert 'value="chinese" checked' in told(editor.get("/settings/identity"))
    page = told(staff.stranger().get("/sign-in?lang=en"))
    assert '<html lang="en">' in page
    assert 'hreflang="zh-Hans"' in page


def test_a_notice_shows_which_days_move_and_then_moves_them(
    editor: Browser, administrator: Browser, writer: Office, work: Callable[[], int]
) -> None:
    with writer.writing("tests") as desk:
        made = scene.released(desk)
        row = CreditRecord(
            kind=RecordKind.penalty, workshop_id=made.workshop.id, party="北溪陈记卤味作坊", made_on=desk.today,
            title="警告", content="警告。",
        )  # fmt: skip
        records.enter(desk, row, replace(FINE, decided_on=desk.today), "测试")
    soon = writer.clock().date() + timedelta(days=3)
    lines = f"{soon} 至 {soon + timedelta(days=2)} 休 假期"
    year = {"year": str(soon.year), "source": "测试通知", "days": lines, **WHY}
    assert editor.submit("/settings/calendar", year).headers["Location"].startswith("/settings/editions/1")
    assert "正在后台算" in words(administrator.get("/settings/editions/1"))
    work()
    page = words(administrator.get("/settings/editions/1"))
    assert "个期限会变" in page
    assert "公示这条记录" in page
    assert decide(administrator, "adopt").endswith("done=adopted")
    assert f"{soon} 休 假期" in told(editor.get(f"/settings/calendar?year={soon.year}"))


def test_a_rule_file_is_refused_with_its_line_and_nothing_typed_is_lost(editor: Browser) -> None:
    broken = {"name": "grade_rules.csv", "file": (BytesIO(GRADES + b"x\n"), "a.csv"), **WHY}
    answer = editor.send(editor.get("/settings/rules"), broken, action="/settings/rules")
    assert answer.status_code == 422
    assert f"第 {len(GRADES.splitlines()) + 1} 行" in words(answer)
    assert WHY["why"] in told(answer)
    assert editor.get("/settings/rules/../keys").status_code == 404
    assert editor.get("/settings/rules/calendar.csv").get_data(as_text=True) == "\ufeff" + CALENDAR


def test_new_grade_rules_say_whose_letter_changes(
    editor: Browser, administrator: Browser, writer: Office, work: Callable[[], int]
) -> None:
    with writer.writing("tests") as desk:
        scene.released(desk)
    text = GRADES.decode().replace("\r\n", "\n").rstrip("\n") + "\n\n"
    proposed = {"name": "grade_rules.csv", "file": (BytesIO(text.encode()), "a.csv"), **WHY}
    sent = editor.send(editor.get("/settings/rules"), proposed, action="/settings/rules")
    assert sent.headers["Location"].startswith("/settings/editions/1"), words(sent)
    work()
    assert "家作坊的等级会变" in words(administrator.get("/settings/editions/1"))
    again = administrator.submit("/settings/editions/1", action="/settings/editions/1/preview")
    assert again.headers["Location"] == "/settings/editions/1?done=errand"
    assert work() == 1
    assert decide(administrator, "send-back").endswith("done=sent_back")
    late = administrator.post("/settings/editions/1/preview", data=_number(administrator))
    assert "没有等待决定的规则文件" in words(late)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2027-02-05 春节", "第 1 行读不懂"),
        ("2027-02-05 至 2027-03-05 休 春节", "第 1 行读不懂"),
        ("2027-02-30 休 春节", "第 1 行读不懂"),
        ("2027-02-05 休 春节\n2028-02-05 休 春节", "第 2 行的日子不在2027年"),
        ("2027-02-05 休 春节\n2027-02-05 班 春节", "写了两次"),
        ("2026-12-31 休 元旦", "请照通知写出"),
    ],
)
def test_a_notice_that_cannot_be_is_refused_by_its_line(text: str, words: str) -> None:
    with pytest.raises(BadNotice, match=words):
        read_notice(text, 2027, "通知")


@given(
    st.dictionaries(st.dates(date(2027, 1, 1), date(2027, 12, 31)), st.sampled_from("休班"), min_size=1, max_size=40)
)
def test_what_is_typed_stands_in_the_file_and_is_typed_the_same_again(days: dict[date, str]) -> None:
    text = "\n".join(f"{day} {kind} 假期" for day, kind in sorted(days.items()))
    notice = read_notice(text, 2027, "通知")
    assert {one.day: one.kind is DayKind.off for one in notice} == {day: kind == "休" for day, kind in days.items()}
    file = with_notice(CALENDAR, 2027, notice)
    assert typed(file, 2027) == text
    assert with_notice(file, 2027, notice) == file
    assert [line for line in file.splitlines() if not line.startswith("2027-")] == CALENDAR.splitlines()

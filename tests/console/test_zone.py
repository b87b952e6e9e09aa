"""The desk of a zone manager: what is put forward, seen beforehand, decided by another person, and undone."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from sqlalchemy.orm import Session
from tests import scene
from tests.console.conftest import Browser, Staff, told, words
from tests.scene import Scene
from tests.storage.test_pictures import photograph

from zuofang.credit.acts import proposals
from zuofang.credit.models import Picture, PictureState
from zuofang.credit.proposals import Live
from zuofang.storage.accounts import acts as accounts
from zuofang.storage.accounts.models import Account, Role, ScopeKind
from zuofang.storage.acts import Desk, Office
from zuofang.traceability.acts import support, zones
from zuofang.traceability.models import CameraMonth, StandardState, Tenancy, Zone

STORY = {"brand": "清溪卤", "story": "一锅老卤养三代人。", "brand_en": "Qingxi Braise", "story_en": "One old pot."}


@pytest.fixture
def ground(writer: Office) -> Scene:
    with writer.writing("tests") as desk:
        made = scene.build(desk)
        zones.add_unit(desk, made.zone, "A-04", None, "测试")
        return made


@pytest.fixture
def manager(staff: Staff, ground: Scene) -> Browser:
    return staff.at(Role.zone_manager, ScopeKind.zone, ground.zone.id)


@pytest.fixture
def editor(staff: Staff, ground: Scene) -> Browser:
    return staff.at(Role.editor)


def story(writer: Office) -> tuple[str | None, str | None]:
    with Session(writer.database.read) as session:
        zone = session.get_one(Zone, 1)
        return zone.story, zone.brand_en


def test_a_story_is_seen_beforehand_put_forward_and_public_when_another_person_agrees(
    manager: Browser, editor: Browser, writer: Office
) -> None:
    assert manager.get("/zone").headers["Location"] == "/zone/1"
    look = manager.submit("/zone/1/words", {**STORY, "do": "look"})
    assert look.status_code == 200
    assert "公开以后是这个样子" in words(look)
    assert "One old pot." in words(look)
    sent = manager.send(look, {**STORY, "do": "put"}, action="/zone/1/words")
    assert sent.headers["Location"] == "/zone/1?done=zone_put"
    assert story(writer) == (None, None)
    assert "清溪卤味加工区" in words(editor.get("/")), "it stands on the work list of who decides"
    assert "/zone/proposals/1" in told(editor.get("/zone/waiting"))
    assert "一锅老卤养三代人。" in words(editor.get("/zone/proposals/1"))
    assert editor.submit("/zone/proposals/1", action="/zone/proposals/1/approve").status_code == 303
    assert story(writer) == ("一锅老卤养三代人。", "Qingxi Braise")
    assert editor.submit("/zone/proposals/1", {"reason": ""}, action="/zone/proposals/1/undo").status_code == 422
    editor.submit("/zone/proposals/1", {"reason": "写错了"}, action="/zone/proposals/1/undo")
    assert story(writer) == (None, None)
    assert "写错了" in words(manager.get("/zone/1"))


def test_who_is_manager_and_editor_cannot_agree_with_themselves(staff: Staff, ground: Scene, writer: Office) -> None:
    name = staff.hire(Role.zone_manager, ScopeKind.zone, 1)
    with writer.writing("tests") as desk:
        account = desk.session.query(Account).filter_by(name=name).one()
        accounts.grant(desk, account, Role.editor, ScopeKind.city, "", "测试")
    both = staff.seat(name)
    both.submit("/zone/1/words", {**STORY, "do": "put"})
    answer = both.submit("/zone/proposals/1", action="/zone/proposals/1/approve")
    assert "提交人不能审核自己提交的内容" in words(answer)


FACTS: dict[str, dict[str, Any]] = {
    "standard": {"standard": "cameras", "state": "met", "standard_evidence": "验 1 号", "standard_on": "2026-11-01"},
    "unit-cameras": {"unit": "1", "cameras": "6", "cameras_on": "2026-11-01"},
    "camera-hours": {"month": "2026-10-01", "owed": "720", "online": "700"},
    "live": {"address": "https://live.example.cn/a"},
    "step": {"step": "applied", "step_on": "2026-11-01"},
    "subsidy": {"amount": "260000", "purpose": "检测经费", "payer": "市政府", "paid_on": "2026-11-01"},
}


@pytest.mark.parametrize("kind", FACTS)
def test_a_fact_is_put_forward_with_its_day_and_told_to_who_decides(
    manager: Browser, editor: Browser, kind: str
) -> None:
    path = f"/zone/1/facts/{kind}"
    assert manager.submit("/zone/1/facts", FACTS[kind], action=path).headers["Location"] == "/zone/1?done=zone_put"
    assert editor.submit("/zone/proposals/1", action="/zone/proposals/1/approve").status_code == 303
    if kind != "live":
        empty = manager.submit("/zone/1/facts", dict.fromkeys(FACTS[kind], ""), action=path)
        assert empty.status_code == 422


def test_a_picture_is_made_small_shown_to_who_decides_and_sent_back(
    manager: Browser, editor: Browser, writer: Office
) -> None:
    texts = {"alt": "一口陶锅", "alt_en": "A clay pot", "credit": "自己拍摄"}
    assert "请选一张图片" in words(manager.submit("/zone/1", texts, action="/zone/1/pictures"))
    broken = {**texts, "file": (io.BytesIO(b"GIF89a"), "a.gif")}
    assert "认不出这是什么图片" in words(manager.submit("/zone/1", broken, action="/zone/1/pictures"))
    sent = {**texts, "file": (io.BytesIO(photograph()), "a.jpg")}
    assert manager.submit("/zone/1", sent, action="/zone/1/pictures").status_code == 303
    with Session(writer.database.read) as session:
        row = session.query(Picture).one()
    copy = editor.get(f"/zone/pictures/1/{row.digest}-480.avif")
    assert (copy.status_code, copy.mimetype) == (200, "image/avif")
    assert editor.get(f"/zone/pictures/1/{'0' * 32}-480.avif").status_code == 404
    editor.submit("/zone/pictures/1", action="/zone/pictures/1/approve")
    editor.submit("/zone/pictures/1", {"reason": "有人脸"}, action="/zone/pictures/1/send-back")
    assert "有人脸" in words(manager.get("/zone/1"))
    manager.submit("/zone/1", action="/zone/pictures/1/restore")
    with Session(writer.database.read) as session:
        assert session.query(Picture).one().state is PictureState.proposed


def test_a_workshop_asks_comes_in_and_leaves(manager: Browser, writer: Office) -> None:
    page = "/zone/1/members"
    assert "没有编号是 NONE 的登记证" in words(manager.submit(page, {"certificate": "NONE"}))
    assert manager.submit(page, {"certificate": "ZF33990100012", "wants": "卤味"}).status_code == 303
    assert "北溪陈记卤味作坊" in words(manager.get("/"))
    admitted = manager.submit(page, {"unit-1": "2"}, action="/zone/applications/1/admit")
    assert admitted.headers["Location"] == f"{page}?done=zone_member"
    manager.submit(page, action="/zone/applications/1/undo-admission")
    manager.submit(page, {"reason-1": "单元预留"}, action="/zone/applications/1/turn-down")
    manager.submit(page, action="/zone/applications/1/reopen")
    manager.submit(page, {"tenancy": "1", "until": "2026-11-30"}, action=f"{page}/leave")
    with Session(writer.database.read) as session:
        assert str(session.get_one(Tenancy, 1).until) == "2026-11-30"


def cameras_out(desk: Desk, ground: Scene) -> None:
    unit = desk.session.merge(ground.unit)
    zones.count_cameras(desk, unit, 3, date(2026, 11, 19), "报修单 1 号", "测试")


def store_out_of_order(desk: Desk, ground: Scene) -> None:
    zone = desk.session.get_one(Zone, ground.zone.id)
    zones.find_standard(desk, zone, "cold_store", StandardState.not_met, "测试", found="温度记录中断")


def certificate_ending(desk: Desk, ground: Scene) -> None:
    desk.session.merge(ground.certificate).until = date(2026, 12, 1)
    desk.record("tests", ("tests", "1"), "测试")


def month_missing(desk: Desk, ground: Scene) -> None:
    month = CameraMonth(zone_id=ground.zone.id, month=date(2026, 9, 1), owed_hours=720, online_hours=700)
    support.report_cameras(desk, month, "测试")


def sent_back(desk: Desk, ground: Scene) -> None:
    row = proposals.propose(desk, desk.session.get_one(Zone, ground.zone.id), Live("https://live.example.cn"), "测试")
    proposals.send_back(desk, row, "网址打不开", "测试")


@pytest.mark.parametrize(
    ("happens", "said"),
    [
        (cameras_out, "能用的监控点位 3 个，至少要有 4 个。报修单 1 号（江阴市三年行动计划 三（2））"),
        (store_out_of_order, "没有达到：冷冻、冷藏设施满足加工需要。温度记录中断（江阴市三年行动计划 三（2））"),
        (certificate_ending, "登记证2026年12月1日到期，没有新证不能在区内生产（福安市工作方案 二（四））"),
        (month_missing, "上个月的还没有登记"),
        (sent_back, "退回了：网址打不开"),
    ],
)
def test_the_manager_is_told_what_is_out_of_order_and_by_which_article(
    manager: Browser, writer: Office, ground: Scene, happens: Callable[[Desk, Scene], None], said: str
) -> None:
    assert said not in words(manager.get("/"))
    with writer.writing("tests") as desk:
        happens(desk, ground)
    assert said in words(manager.get("/"))


def test_a_newcomer_is_on_the_list_with_the_article_of_no_entry(manager: Browser) -> None:
    manager.submit("/zone/1/members", {"certificate": "ZF33990100012", "wants": "卤味"})
    assert "没有登记证不能进驻（福安市工作方案 二（四））" in words(manager.get("/"))

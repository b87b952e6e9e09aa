"""Campaigns at the desk: begun from a document, filled from the register, sorted one by one, looked at again."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy.orm import Session
from tests import scene
from tests.console.conftest import Browser, Staff, told, words
from tests.scene import WHY

from zuofang.credit.models import Campaign, CampaignPlace, Triage
from zuofang.storage.accounts.models import Role, ScopeKind
from zuofang.storage.acts import Office
from zuofang.traceability.acts import districts

DOCUMENT = {
    "name": "北溪镇卤味专项整治", "document": "清食安办〔2026〕3号", "district": "339901", "category": "cooked-meat",
    "since": "2026-11-01", "triage_by": "2026-11-30", "until": "2026-12-31", "look_back_by": "2027-02-28",
}  # fmt: skip


@pytest.fixture
def officer(staff: Staff, writer: Office) -> Browser:
    """An officer of the county in which the scene lies."""
    with writer.writing("tests") as desk:
        districts.enter(desk, "339901", "清溪县", date(2020, 1, 1), WHY)
        scene.build(desk).product.category = "braised-meat"
    return staff.at(Role.officer, ScopeKind.district, "339901")


def begun(officer: Browser) -> str:
    """A campaign with the operator of the scene and a stall without a certificate; answers its address."""
    path = officer.submit("/campaigns/new", DOCUMENT).headers["Location"].partition("?")[0]
    assert officer.submit(path, action=f"{path}/register").headers["Location"] == f"{path}?done=taken_in"
    stall = {"name": "渡口卤味摊", "address": "清溪县南渡乡渡口"}
    officer.submit(path, stall, action=f"{path}/place")
    return path


def places(writer: Office) -> list[CampaignPlace]:
    with Session(writer.database.read) as session:
        return list(session.query(CampaignPlace).order_by(CampaignPlace.id))


def test_a_campaign_goes_from_its_document_to_its_end(officer: Browser, writer: Office) -> None:
    path = begun(officer)
    assert "2 家还没有分类" in words(officer.get("/"))
    assert "清食安办〔2026〕3号" in words(officer.get("/")), "why it is due"
    first, second = (f"{path}/places/{one.id}" for one in places(writer))
    regulate = {"triage": "regulate", "reason": "缺防鼠设施", "put_right_by": "2026-12-10"}
    assert officer.submit(first, regulate, action=f"{first}/triage").headers["Location"] == f"{second}?done=triaged"
    shut = {"triage": "phase_out", "reason": "民房改建", "put_right_by": "2026-11-25"}
    assert officer.submit(second, shut, action=f"{second}/triage").headers["Location"] == f"{path}?done=triaged"
    for at, found in ((first, "holds"), (second, "shut")):
        officer.submit(at, action=f"{at}/visits")
        assert "去回头看" in words(officer.get("/"))
        note = next(line for line in told(officer.get(at)).split('"') if line.endswith("/note"))
        seen = {"found": found, "seen_words": "看过了"}
        assert officer.submit(at, seen, action=note).headers["Location"] == f"{at}?done=visit_noted"
    assert "北溪镇 1 0 0 1 0 1 0 南渡乡 1 0 0 0 1 1 0 合计 2 0 0 1 1 2 0" in words(officer.get(path))
    assert officer.submit(path, action=f"{path}/close").headers["Location"] == f"{path}?done=campaign_closed"
    assert "已结束" in words(officer.get("/campaigns"))
    assert "回头看（次） 2 2" in words(officer.get("/quarters"))
    assert officer.submit(path, action=f"{path}/reopen").headers["Location"] == f"{path}?done=campaign_reopened"


def test_what_was_done_in_error_is_undone_from_the_same_pages(officer: Browser, writer: Office) -> None:
    path = begun(officer)
    at = f"{path}/places/{places(writer)[0].id}"
    officer.submit(at, {"triage": "upgrade", "reason": "齐全"}, action=f"{at}/triage")
    officer.submit(at, action=f"{at}/visits")
    off = next(line for line in told(officer.get(at)).split('"') if line.endswith("/call-off"))
    assert officer.submit(at, action=off).headers["Location"] == f"{at}?done=visit_off"
    assert officer.submit(at, action=f"{at}/undo-triage").headers["Location"] == f"{at}?done=untriaged"
    assert officer.submit(at, action=f"{at}/leave-out").headers["Location"] == f"{path}?done=left_out"
    assert officer.submit(path, action=f"{path}/strike-out").headers["Location"] == "/campaigns?done=campaign_struck"
    assert places(writer) == []


def test_of_two_officers_the_first_sorts_a_place_and_the_second_sees_how(
    officer: Browser, staff: Staff, writer: Office
) -> None:
    path = begun(officer)
    at = f"{path}/places/{places(writer)[0].id}"
    other = staff.at(Role.officer)
    seen = other.get(at)
    officer.submit(at, {"triage": "upgrade", "reason": "齐全"}, action=f"{at}/triage")
    late = other.send(seen, {"triage": "phase_out", "reason": "缺一切"}, action=f"{at}/triage")
    assert late.status_code == 422
    assert "您打开本页之后" in words(late)
    assert "齐全" in words(late)
    assert places(writer)[0].triage is Triage.upgrade


def test_what_does_not_fit_is_said_at_its_field_and_nothing_is_lost(officer: Browser, writer: Office) -> None:
    wrong = officer.submit("/campaigns/new", DOCUMENT | {"triage_by": "2026-10-01", "district": "339902"})
    assert wrong.status_code == 422
    assert "请选您负责的县区" in words(wrong)
    assert "次序不对" in words(officer.send(wrong, {"district": "339901"}, action="/campaigns/new"))
    path = begun(officer)
    one, other = (f"{path}/places/{one.id}" for one in places(writer))
    said = officer.submit(one, {"triage": "regulate", "reason": "缺防鼠设施"}, action=f"{one}/triage")
    assert "要写最后期限" in words(said)
    assert "缺防鼠设施" in told(said)
    assert officer.get(f"{path}/places/999").status_code == 404
    with Session(writer.database.read) as session:
        assert session.query(Campaign).count() == 1
    page = officer.get(other)
    number = {"form": told(page).split('name="form" value="')[1].split('"')[0], "seen": "999999"}
    foreign = officer.post(f"{one}/visits/999/undo", data=number)
    assert "没有这次回头看" in words(foreign)


def test_a_reviewer_sees_campaigns_and_does_nothing_to_them(officer: Browser, staff: Staff, writer: Office) -> None:
    path = begun(officer)
    reviewer = staff.at(Role.reviewer)
    at = f"{path}/places/{places(writer)[0].id}"
    for address in ("/campaigns", path, at):
        page = told(reviewer.get(address))
        main = page.split("<main")[1].split("</main>")[0]
        assert "<button" not in main
        assert "/register/" not in main, "no link leads where one may not go"
    narrowed = words(reviewer.get(f"{path}?town=南渡乡&step=unsorted"))
    assert "渡口卤味摊" in narrowed
    assert "北溪陈记卤味作坊" not in narrowed

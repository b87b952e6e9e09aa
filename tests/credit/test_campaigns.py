"""Campaigns: places taken in, sorted by an officer, looked at again; every act with its opposite, and what is due."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session
from tests import scene
from tests.scene import WHY

from zuofang.credit.acts import campaigns as acts
from zuofang.credit.acts.campaigns import Sorted
from zuofang.credit.models import Campaign, CampaignPlace, SeenAgain, Triage
from zuofang.credit.queries.campaigns import (
    CampaignAtDesk,
    Narrowed,
    Step,
    campaign_at_desk,
    campaign_duties,
    campaign_list,
    next_unsorted,
)
from zuofang.storage.acts import Office, Refused
from zuofang.storage.journal import JournalEntry
from zuofang.traceability.towns import town_of

TODAY = date(2026, 11, 20)
SORTED = Sorted(Triage.regulate, TODAY, "缺防鼠设施", date(2026, 12, 1))
SHUT = Sorted(Triage.phase_out, TODAY, "民房改建，不具备条件", date(2026, 11, 25))


def campaign(**changed: object) -> Campaign:
    told: dict[str, object] = {
        "name": "清溪县卤味专项整治", "document": "清食安办〔2026〕3号", "issuer": "清溪县食安办",
        "district_code": "339901", "category": "cooked-meat", "since": date(2026, 11, 1),
        "triage_by": date(2026, 11, 30), "until": date(2026, 12, 31), "look_back_by": date(2027, 2, 28),
    }  # fmt: skip
    return Campaign(**(told | changed))


@pytest.fixture
def running(office: Office) -> tuple[int, int, int]:
    """A campaign with an operator of the register and one that has no certificate: its number and theirs."""
    with office.writing("officer") as desk:
        scene.build(desk).product.category = "braised-meat"
        made = acts.begin(desk, campaign(), WHY)
        acts.take_in(desk, made, acts.by_register(desk, made, "清溪县"), WHY)
        acts.take_in(desk, made, [CampaignPlace(name="渡口无名卤味摊", address="清溪县南渡乡渡口", town="南渡乡")], WHY)
        first, second = made.places
        return made.id, first.id, second.id


def at_desk(office: Office, key: int, **narrowed: object) -> CampaignAtDesk:
    with Session(office.database.read) as session:
        found = campaign_at_desk(session, key, TODAY, Narrowed(**narrowed))  # type: ignore[arg-type]
    assert found is not None
    return found


def test_the_register_fills_a_campaign_and_every_town_has_its_counts(
    office: Office, running: tuple[int, int, int]
) -> None:
    key, first, second = running
    with office.writing("officer") as desk:
        acts.triage(desk, desk.session.get_one(CampaignPlace, first), SORTED, WHY)
        acts.triage(desk, desk.session.get_one(CampaignPlace, second), SHUT, WHY)
        visit = acts.plan_visit(desk, desk.session.get_one(CampaignPlace, second), TODAY, WHY)
        acts.visited(desk, visit, TODAY, SeenAgain.resurged, "设备又在运转", WHY)
    view = at_desk(office, key)
    assert [(one.town, one.places, one.by_triage[Triage.regulate], one.relapsed) for one in view.towns] == [
        ("北溪镇", 1, 1, 0), ("南渡乡", 1, 0, 1),
    ]  # fmt: skip
    assert (view.line.places, view.line.triaged, view.line.looked_back) == (2, 2, 1)
    assert {one.name: one.step for one in view.places} == {
        "北溪陈记卤味作坊": Step.putting_right, "渡口无名卤味摊": Step.done,
    }  # fmt: skip
    assert [one.name for one in at_desk(office, key, town="南渡乡").places] == ["渡口无名卤味摊"]
    assert at_desk(office, key, step=Step.unsorted).found == 0
    with office.database.read.connect() as connection:
        assert [one.id for one in campaign_list(connection, ["3399"])] == [key]
        assert campaign_list(connection, ["339902"]) == []


def test_every_act_has_its_opposite_and_leaves_its_entry(office: Office, running: tuple[int, int, int]) -> None:
    key, first, second = running
    with office.writing("officer") as desk:
        place, made = desk.session.get_one(CampaignPlace, first), desk.session.get_one(Campaign, key)
        acts.triage(desk, place, SORTED, WHY)
        visit = acts.plan_visit(desk, place, TODAY, WHY)
        acts.visited(desk, visit, TODAY, SeenAgain.holds, "已经改好", WHY)
        acts.undo_visit(desk, visit, WHY)
        acts.call_off_visit(desk, visit, WHY)
        acts.undo_triage(desk, place, WHY)
        assert (place.triage, place.reason, place.put_right_by, place.visits) == (None, None, None, [])
        acts.leave_out(desk, place, WHY)
        acts.leave_out(desk, desk.session.get_one(CampaignPlace, second), WHY)
        assert made.places == []
        acts.close(desk, made, WHY)
        acts.reopen(desk, made, WHY)
        acts.strike_out(desk, made, WHY)
    with Session(office.database.read) as session:
        assert session.get(Campaign, key) is None
        done = [one.act for one in session.query(JournalEntry).order_by(JournalEntry.seq) if one.act[:9] == "campaign."]
    assert done[3:] == [
        f"campaign.{name}"
        for name in (
            "triage", "plan_visit", "visit", "undo_visit", "call_off_visit", "undo_triage", "leave_out", "leave_out",
            "close", "reopen", "strike_out",
        )
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        (Sorted(Triage.upgrade, date(2026, 11, 21), "好"), "还没有到"),
        (Sorted(Triage.upgrade, date(2026, 10, 31), "好"), "早于整治开始"),
        (Sorted(Triage.upgrade, TODAY, "好", TODAY), "提升的不写"),
        (Sorted(Triage.regulate, TODAY, "差"), "要写最后期限"),
        (Sorted(Triage.phase_out, TODAY, "差", date(2026, 11, 19)), "早于分类的日期"),
        (Sorted(Triage.upgrade, TODAY, "电话13800138000"), "个人信息"),
    ],
)
def test_a_place_is_not_sorted_where_days_or_words_do_not_fit(
    office: Office, running: tuple[int, int, int], told: Sorted, sentence: str
) -> None:
    with pytest.raises(Refused, match=sentence), office.writing("officer") as desk:
        acts.triage(desk, desk.session.get_one(CampaignPlace, running[1]), told, WHY)


def test_what_a_visit_found_fits_how_the_place_was_sorted(office: Office, running: tuple[int, int, int]) -> None:
    with office.writing("officer") as desk:
        place = desk.session.get_one(CampaignPlace, running[2])
        with pytest.raises(Refused, match="还没有分类"):
            acts.plan_visit(desk, place, TODAY, WHY)
        acts.triage(desk, place, SHUT, WHY)
        visit = acts.plan_visit(desk, place, TODAY, WHY)
        with pytest.raises(Refused, match="已经安排了一次"):
            acts.plan_visit(desk, place, TODAY, WHY)
        with pytest.raises(Refused, match="不相符"):
            acts.visited(desk, visit, TODAY, SeenAgain.holds, "很好", WHY)
        with pytest.raises(Refused, match="先撤销回头看"):
            acts.undo_triage(desk, place, WHY)


def test_a_campaign_is_closed_only_when_nothing_is_left_and_then_nothing_changes(
    office: Office, running: tuple[int, int, int]
) -> None:
    key, first, second = running
    with office.writing("officer") as desk:
        made = desk.session.get_one(Campaign, key)
        with pytest.raises(Refused, match="还有 2 家"):
            acts.close(desk, made, WHY)
        for number in (first, second):
            place = desk.session.get_one(CampaignPlace, number)
            acts.triage(desk, place, SHUT, WHY)
            acts.visited(desk, acts.plan_visit(desk, place, TODAY, WHY), TODAY, SeenAgain.shut, "没有生产", WHY)
        acts.close(desk, made, WHY)
        with pytest.raises(Refused, match="已经结束"):
            acts.undo_visit(desk, made.places[0].visits[0], WHY)
        with pytest.raises(Refused, match="不能删除"):
            acts.strike_out(desk, made, WHY)


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [({"triage_by": date(2026, 10, 1), "document": "2"}, "次序不对"), ({}, "已经登记")],
)
def test_a_campaign_keeps_the_order_of_its_steps_and_has_a_document_of_its_own(
    office: Office, running: tuple[int, int, int], changed: dict[str, object], sentence: str
) -> None:
    with pytest.raises(Refused, match=sentence), office.writing("officer") as desk:
        acts.begin(desk, campaign(**changed), WHY)


def test_what_a_campaign_owes_is_due_by_the_days_of_its_document(office: Office, running: tuple[int, int, int]) -> None:
    key, first, second = running

    def owed(until: date) -> list[tuple[Step, date, int]]:
        with office.database.read.connect() as connection:
            return [(one.step, one.due, one.count) for one in campaign_duties(connection, until)]

    assert owed(date(2026, 11, 29)) == []
    assert owed(date(2026, 11, 30)) == [(Step.unsorted, date(2026, 11, 30), 2)]
    with office.writing("officer") as desk:
        acts.triage(desk, desk.session.get_one(CampaignPlace, first), SORTED, WHY)
    with Session(office.database.read) as session:
        assert next_unsorted(session, key, first) == second
    assert owed(date(2027, 2, 28))[1:] == [(Step.look_back, date(2027, 2, 28), 1)]
    with office.writing("officer") as desk:
        acts.plan_visit(desk, desk.session.get_one(CampaignPlace, first), date(2026, 12, 5), WHY)
    assert owed(date(2027, 2, 28))[1:] == [(Step.planned, date(2026, 12, 5), 1)]


@pytest.mark.parametrize(
    ("address", "county", "town"),
    [
        ("清溪县北溪镇园区路 8 号", "清溪县", "北溪镇"),
        ("浙江省清溪市东河县南渡乡渡口", "东河县", "南渡乡"),
        ("清溪市东区城关街道人民路 1 号", "", "城关街道"),
        ("东河县 2 号", "东河县", ""),
        ("", "", ""),
    ],
)
def test_an_address_names_its_town(address: str, county: str, town: str) -> None:
    assert town_of(address, county) == town


@given(st.text(max_size=60), st.sampled_from(["", "清溪县"]))
def test_a_town_is_always_a_part_of_its_address(address: str, county: str) -> None:
    town = town_of(address, county)
    assert town in address
    assert not town or town.endswith(("镇", "乡", "街道"))

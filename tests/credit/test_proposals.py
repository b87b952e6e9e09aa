"""What a zone puts forward: another person does it, and every change can be undone to what stood there before."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select
from tests import scene
from tests.conftest import NOON
from tests.scene import WHY

from zuofang.credit.acts import proposals
from zuofang.credit.models import ProposalState, ZoneProposal
from zuofang.credit.proposals import CameraHours, Facts, Found, Live, Paid, Step, UnitCameras, Words
from zuofang.rules.book import read_rules
from zuofang.storage.acts import Office, Refused
from zuofang.traceability.models import StandardState, Zone, ZoneStepKind
from zuofang.traceability.queries.support import zone_support
from zuofang.traceability.queries.zone import zone_page

DAY = date(2026, 11, 1)
ALL: tuple[Facts, ...] = (
    Words("清溪卤", "一锅老卤。", "Qingxi Braise", "One pot."),
    Found("cameras", StandardState.met, "4 个", "验〔2026〕1号", DAY),
    UnitCameras(1, 6, DAY, "点位表"),
    Step(ZoneStepKind.applied, DAY, "管理方", "1 号"),
    Paid(DAY, Decimal("260000"), "检验设备", "市政府"),
    CameraHours(DAY, 720, 700),
    Live("https://live.example.cn/a"),
)


@pytest.fixture
def zone(office: Office) -> Office:
    with office.writing("counter") as desk:
        scene.build(desk)
    return office


def ask(office: Office, facts: Facts, who: str = "manager") -> int:
    with office.writing(who) as desk:
        return proposals.propose(desk, desk.session.get_one(Zone, 1), facts, WHY).id


def do(office: Office, who: str, act: Callable[..., None], key: int, *more: str) -> None:
    with office.writing(who) as desk:
        act(desk, desk.session.get_one(ZoneProposal, key), *more, WHY)


def page(office: Office) -> tuple[Any, Any]:
    with office.database.read.connect() as connection:
        return zone_page(connection, "qingxi", date(2026, 11, 20), read_rules()), zone_support(connection, 1, [])


@pytest.mark.parametrize("facts", ALL, ids=lambda facts: type(facts).__name__)
def test_a_change_is_done_by_another_person_and_undone_to_what_stood_before(zone: Office, facts: Facts) -> None:
    before = page(zone)
    key = ask(zone, facts)
    assert page(zone) == before, "nothing is public yet"
    with pytest.raises(Refused, match="提交人不能审核"):
        do(zone, "manager", proposals.approve, key)
    do(zone, "editor", proposals.approve, key)
    assert page(zone) != before
    do(zone, "editor", proposals.undo, key, "弄错了")
    assert page(zone) == before
    with pytest.raises(Refused, match="已经有人办过"):
        do(zone, "editor", proposals.approve, key)


def test_an_older_change_is_not_undone_under_a_newer_one(zone: Office) -> None:
    first, second = ask(zone, Live("https://a.example.cn")), ask(zone, Live("https://b.example.cn"))
    do(zone, "editor", proposals.approve, first)
    later = replace(zone, clock=lambda: NOON + timedelta(hours=1))
    do(later, "editor", proposals.approve, second)
    with pytest.raises(Refused, match="又有新的改动"):
        do(zone, "editor", proposals.undo, first, "弄错了")
    do(zone, "editor", proposals.undo, second, "弄错了")
    assert page(zone)[1].live == "https://a.example.cn"


def test_a_proposal_is_sent_back_with_a_reason_or_taken_back(zone: Office) -> None:
    first, second = ask(zone, ALL[0]), ask(zone, ALL[0])
    with pytest.raises(Refused, match="退回的原因"):
        do(zone, "editor", proposals.send_back, first, " ")
    do(zone, "editor", proposals.send_back, first, "写短一点")
    do(zone, "manager", proposals.take_back, second)
    with zone.writing("nobody") as desk:
        states = list(desk.session.scalars(select(ZoneProposal.state).order_by(ZoneProposal.id)))
    assert states == [ProposalState.sent_back, ProposalState.taken_back]


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        (Words("清溪卤", ""), "至少要有中文"),
        (Words("清溪卤", "请打 13800138000"), "个人信息"),
        (Found("nothing", StandardState.met, None, "文号", DAY), "没有名为"),
        (Found("cameras", StandardState.met, None, None, DAY), "凭什么"),
        (Found("cameras", StandardState.met, None, "文号", date(2026, 12, 1)), "今天之后"),
        (UnitCameras(9, 4, DAY), "没有这个单元"),
        (Step(ZoneStepKind.built, date(2027, 1, 1)), "今天之后"),
        (Paid(DAY, Decimal(0), "设备", "市政府"), "大于零"),
        (CameraHours(DAY, 10, 11), "不能超过"),
        (Live("http://live.example.cn"), "https://"),
        (Live(""), "不用撤下"),
    ],
)
def test_what_cannot_be_is_refused_to_who_asks_for_it(zone: Office, facts: Facts, said: str) -> None:
    with pytest.raises(Refused, match=said):
        ask(zone, facts)


def test_a_step_and_a_month_are_entered_once(zone: Office) -> None:
    for facts in (ALL[3], ALL[5]):
        first, second = ask(zone, facts), ask(zone, facts)
        do(zone, "editor", proposals.approve, first)
        with pytest.raises(Refused):
            do(zone, "editor", proposals.approve, second)


def test_the_telephone_of_the_office_may_stand_in_the_story(zone: Office) -> None:
    with zone.writing("counter") as desk:
        row = desk.session.get_one(Zone, 1)
        row.phone = "13800138000"
        desk.record("zone.phone", row, WHY)
    assert ask(zone, Words("清溪卤", "请打 13800138000 预约参观。"))

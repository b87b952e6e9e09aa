"""Subsidies, cameras and live pictures of a zone; the census of the register. On both databases."""

from datetime import date
from decimal import Decimal

import pytest
from statements import counted
from tests import scene
from tests.scene import WHY

from zuofang.rules.book import read_rules
from zuofang.storage.acts import Office, Refused
from zuofang.traceability.acts import districts, operators, support
from zuofang.traceability.models import CameraMonth, OperatorKind, Subsidy, Workshop, Zone
from zuofang.traceability.queries.census import Census, census
from zuofang.traceability.queries.support import Support, zone_support
from zuofang.traceability.queries.towns import town_in

TODAY = date(2026, 11, 20)
RULES = read_rules()


@pytest.fixture
def zone(office: Office) -> Office:
    with office.writing("officer") as desk:
        scene.build(desk, until=date(2026, 12, 20))
    return office


def read(office: Office) -> Support:
    with office.database.read.connect() as connection:
        return zone_support(connection, 1, [1])


def paid(amount: int = 50_000, on: date = TODAY) -> Subsidy:
    return Subsidy(zone_id=1, on=on, amount=Decimal(amount), purpose="租金补贴", payer="市政府")


def ran(online: int, month: date = date(2026, 10, 1)) -> CameraMonth:
    return CameraMonth(zone_id=1, month=month, owed_hours=1000, online_hours=online)


def test_a_zone_tells_what_it_received_and_how_its_cameras_ran(zone: Office) -> None:
    with zone.writing("officer") as desk:
        support.pay_subsidy(desk, paid(), WHY)
        support.pay_subsidy(desk, paid(20_000, date(2026, 1, 1)), WHY)
        support.report_cameras(desk, ran(999), WHY)
        support.show_live(desk, desk.session.get_one(Zone, 1), "https://live.example.cn/a", WHY)
        support.show_live(desk, desk.session.get_one(Zone, 1), "https://live.example.cn/b", WHY)
    found = read(zone)
    assert found.total == 70_000
    assert [one.on for one in found.subsidies] == [TODAY, date(2026, 1, 1)]
    assert [str(one.share) for one in found.cameras] == ["99.9"]
    assert found.live == "https://live.example.cn/b"
    assert found.products == ("酱牛肉",)


def test_each_entry_can_be_struck_out(zone: Office) -> None:
    with zone.writing("officer") as desk:
        money, cameras = support.pay_subsidy(desk, paid(), WHY), support.report_cameras(desk, ran(1000), WHY)
        support.show_live(desk, desk.session.get_one(Zone, 1), "https://live.example.cn/a", WHY)
        support.strike_out_subsidy(desk, money, WHY)
        support.strike_out_cameras(desk, cameras, WHY)
        support.hide_live(desk, desk.session.get_one(Zone, 1), WHY)
    found = read(zone)
    assert (found.subsidies, found.cameras, found.live) == ((), (), None)


def test_what_cannot_be_is_refused(zone: Office) -> None:
    for wrong in (paid(0), paid(on=date(2026, 11, 21))):
        with pytest.raises(Refused), zone.writing("officer") as desk:
            support.pay_subsidy(desk, wrong, WHY)
    for months in (ran(1001), ran(1, date(2026, 10, 2)), ran(1, date(2026, 12, 1))):
        with pytest.raises(Refused), zone.writing("officer") as desk:
            support.report_cameras(desk, months, WHY)
    with pytest.raises(Refused), zone.writing("officer") as desk:
        support.show_live(desk, desk.session.get_one(Zone, 1), "http://live.example.cn", WHY)


def count(office: Office, on: date = TODAY, district: str | None = None) -> Census:
    with office.database.read.connect() as connection, counted(office.database) as seen:
        found = census(connection, on, RULES, district)
    assert len([one for one in seen if one != "BEGIN"]) == (3 if district is None else 4)
    assert found is not None
    return found


def test_the_census_counts_every_kind_in_every_county(zone: Office) -> None:
    with zone.writing("officer") as desk:
        for county in ("339901", "339902"):
            stall = Workshop(kind=OperatorKind.stall, name="摊", province="33", district_code=county, address=county)
            operators.register(desk, stall, WHY)
    found = count(zone)
    assert [(one.code, [(n.registered, n.certified) for n in one.counts]) for one in found.counties] == [
        ("339901", [(1, 1), (1, 0), (0, 0)]), ("339902", [(0, 0), (1, 0), (0, 0)]),
    ]  # fmt: skip
    assert [(one.registered, one.certified) for one in found.totals] == [(1, 1), (2, 0), (0, 0)]


def test_a_certificate_is_about_to_run_out_until_it_is_renewed(zone: Office) -> None:
    assert [(one.number, one.until) for one in count(zone).running_out] == [("ZF33990100012", date(2026, 12, 20))]
    assert count(zone, date(2026, 11, 19)).running_out == ()
    with zone.writing("officer") as desk:
        workshop = desk.session.get_one(Workshop, 1)
        operators.issue_certificate(desk, workshop, "ZF33990100099", date(2026, 12, 21), WHY)
    assert count(zone).running_out == ()


@pytest.mark.parametrize(
    ("address", "town"),
    [
        ("清溪县北溪镇园区路 8 号", "北溪镇"),
        ("浙江省清溪县渡口街道樟树弄 73 号", "渡口街道"),
        ("芦花乡桂花巷 5 号", "芦花乡"),
        ("清溪县镇前镇老街", "镇前镇"),
        ("清溪县园区路 8 号", None),
        ("x", None),
    ],
)
def test_a_town_is_read_off_an_address_and_never_guessed(address: str, town: str | None) -> None:
    assert town_in(address, "清溪县") == town


def test_a_county_is_counted_town_by_town_and_an_unknown_one_is_none(zone: Office) -> None:
    with zone.writing("officer") as desk:
        districts.enter(desk, "339901", "清溪县", date(2020, 1, 1), WHY)
        for number, where in enumerate(("清溪县渡口街道 1 号", "清溪县渡口街道 2 号", "老街")):
            stall = Workshop(
                kind=OperatorKind.stall, name=f"摊 {number}", province="33", district_code="339901", address=where
            )
            operators.register(desk, stall, WHY)
    found = count(zone, district="339901")
    assert [(one.name, [(n.registered, n.certified) for n in one.counts]) for one in found.towns] == [
        ("北溪镇", [(1, 1), (0, 0), (0, 0)]), ("渡口街道", [(0, 0), (2, 0), (0, 0)]), (None, [(0, 0), (1, 0), (0, 0)]),
    ]  # fmt: skip
    assert len(found.running_out) == 1
    with zone.database.read.connect() as connection:
        assert census(connection, TODAY, RULES, "339999") is None

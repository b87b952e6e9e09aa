"""``/zones/compare``: two to four zones side by side."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from flask.testing import FlaskClient
from statements import counted
from style_guide import parse, text_of, told
from tests import scene
from tests.scene import WHY

from zuofang.credit.acts import honours
from zuofang.credit.models import Honour, HonourKind
from zuofang.rules.book import read_rules
from zuofang.storage.acts import Office, Refused
from zuofang.traceability.acts import operators, support, zones
from zuofang.traceability.models import CameraMonth, RestrictionKind, StandardState, Subsidy, Zone
from zuofang.traceability.queries.zones import zone_list
from zuofang.traceability.queries.zones_compared import zones_compared

TODAY = date(2026, 11, 20)
RULES = read_rules()
BOTH = "/zones/compare?zone=beixi&zone=qingxi"


def other(slug: str) -> Zone:
    return Zone(slug=slug, name=f"{slug}加工区", district_code="339901", address="x", area=Decimal(2150))


@pytest.fixture
def two(writer: Office) -> Office:
    with writer.writing("officer") as desk:
        made = scene.released(desk)
        operators.restrict(
            desk, made.workshop, RestrictionKind.rectifying, date(2026, 11, 2), WHY, ground="鼠迹", article="第一条"
        )
        zones.find_standard(desk, made.zone, "fire", StandardState.not_met, WHY, on=date(2026, 5, 1))
        paid = Subsidy(zone_id=1, on=date(2026, 3, 1), amount=Decimal(50000), purpose="检测经费补贴", payer="市财政局")
        support.pay_subsidy(desk, paid, WHY)
        ran = CameraMonth(zone_id=1, month=date(2026, 10, 1), owed_hours=1000, online_hours=999)
        support.report_cameras(desk, ran, WHY)
        zones.found_zone(desk, other("beixi"), WHY)
        title = Honour(
            zone_id=1, kind=HonourKind.model_zone, title="市级示范加工区", granted_by="市局", since=date(2025, 1, 1)
        )
        honours.grant(desk, title, WHY)
    return writer


def cells(answer: str) -> dict[str, list[str]]:
    """The facts of the page by their names, in the order of the zones, without the name of the zone in each."""
    found = {}
    for row in parse(answer).iter("tr"):
        head, *values = map(text_of, row)
        found.setdefault(head, [value.partition(" ")[2] for value in values])
    return found


@pytest.mark.usefixtures("two")
def test_zones_stand_side_by_side_in_the_order_of_the_address(reader: FlaskClient) -> None:
    found = cells(told(reader.get(BOTH)))
    assert found["建筑面积"] == ["2,150 平方米", "未记载"]
    assert found["近 12 个月检验覆盖"] == ["没有生产记录", "100% 1 批里检验过 1 批"]
    assert found["近 12 个月合格率"] == ["没有检验记录", "100% 可公布的 1 批里合格 1 批"]
    assert found["有问题记录的成员"] == ["没有", "请留意 1 家"]
    assert found["有效的荣誉"] == ["没有", "市级示范加工区"]
    assert found["收到的补贴"] == ["没有记录", "50,000 元"]
    assert found["近 12 个月摄像头在线"] == ["没有填报", "99.9%"]
    assert found["消防"] == ["未记载", "未达到 2026年5月1日"]
    assert found["资质认定的检验项目"][0] == "0 项"


@pytest.mark.usefixtures("two")
def test_the_list_and_every_zone_lead_to_the_comparison_and_one_chosen_zone_asks_for_another(
    reader: FlaskClient,
) -> None:
    assert 'action="/zones/compare"' in told(reader.get("/zones/"))
    assert "/zones/compare?zone=qingxi" in told(reader.get("/zones/qingxi"))
    page = parse(told(reader.get("/zones/compare?zone=qingxi&zone=qingxi")))
    boxes = {
        one.get("value"): one.get("checked") is not None for one in page.iter("input") if one.get("name") == "zone"
    }
    assert boxes == {"qingxi": True, "beixi": False}
    assert page.find(".//table") is None


@pytest.mark.usefixtures("two")
def test_the_other_language_compares_the_same_zones(reader: FlaskClient) -> None:
    assert "/zones/compare?zone=beixi&amp;zone=qingxi&amp;lang=en" in told(reader.get(BOTH))
    assert "beixi加工区" in told(reader.get(f"{BOTH}&lang=en"))


def test_unknown_zones_and_too_many_are_refused_in_a_sentence(reader: FlaskClient, writer: Office) -> None:
    with writer.writing("officer") as desk:
        for slug in "abcde":
            zones.found_zone(desk, other(slug), WHY)
    unknown = reader.get("/zones/compare?zone=a&zone=nowhere")
    assert (unknown.status_code, "没有网址名为“nowhere”的加工区" in told(unknown)) == (400, True)
    many = reader.get("/zones/compare?" + "&".join(f"zone={slug}" for slug in "abcde"))
    assert (many.status_code, "一次最多并排看 4 个加工区" in told(many)) == (400, True)


def test_no_zone_takes_the_address_of_the_comparison(office: Office) -> None:
    with pytest.raises(Refused), office.writing("officer") as desk:
        zones.found_zone(desk, other("compare"), WHY)


def test_the_statements_do_not_grow_with_the_zones_compared(office: Office) -> None:
    with office.writing("officer") as desk:
        scene.released(desk)
        zones.found_zone(desk, other("beixi"), WHY)
        zones.found_zone(desk, other("nanxi"), WHY)
    with office.database.read.connect() as connection:
        lines = zone_list(connection, TODAY, RULES)
        sent = []
        for many in (2, 3):
            with counted(office.database) as seen:
                zones_compared(connection, lines[:many], TODAY, RULES)
            sent.append(len(seen))
    assert sent == [8, 8]

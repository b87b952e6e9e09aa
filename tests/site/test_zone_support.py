"""What a zone page tells beside the zone itself, the census of the register, and what the plans document leads to."""

import re
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from style_guide import parse, text_of, told
from tests import scene
from tests.credit import filed
from tests.scene import WHY
from werkzeug.exceptions import MethodNotAllowed, NotFound

from zuofang.storage.acts import Office
from zuofang.traceability.acts import operators, support
from zuofang.traceability.models import CameraMonth, OperatorKind, RestrictionKind, Subsidy, Workshop, Zone

PLANS = Path(__file__).parents[2] / "docs" / "plans.md"
SERVED = re.compile(r"`(/[^`\s]*)`")


@pytest.fixture
def zone(writer: Office) -> Office:
    with writer.writing("officer") as desk:
        made = scene.released(desk)
        support.pay_subsidy(
            desk,
            Subsidy(zone_id=1, on=date(2026, 3, 1), amount=Decimal(50000), purpose="检测经费补贴", payer="市财政局"),
            WHY,
        )
        month = CameraMonth(zone_id=1, month=date(2026, 10, 1), owed_hours=720, online_hours=719)
        support.report_cameras(desk, month, WHY)
        support.show_live(desk, desk.session.get_one(Zone, 1), "https://live.example.cn/a", WHY)
        operators.restrict(
            desk, made.workshop, RestrictionKind.rectifying, date(2026, 11, 2), WHY, ground="鼠迹", article="第一条"
        )
        stall = Workshop(
            kind=OperatorKind.stall, name="桥头馄饨摊", province="33", district_code="339902", address="桥头",
            permitted_place="桥头夜市", permitted_hours="17:00–22:00",
        )  # fmt: skip
        operators.register(desk, stall, WHY)
    filed.filed(writer, 1, filed.LISTED)
    return writer


@pytest.mark.usefixtures("zone")
def test_what_was_found_about_a_member_stands_on_the_page_of_its_zone(reader: FlaskClient) -> None:
    page = text_of(parse(told(reader.get("/zones/qingxi"))))
    assert "鼠迹" in page
    assert "列入严重违法失信名单" in page


@pytest.mark.usefixtures("zone")
def test_subsidies_cameras_and_products_are_told(reader: FlaskClient) -> None:
    answer = told(reader.get("/zones/qingxi"))
    page = text_of(parse(answer))
    assert "检测经费补贴" in page
    assert "50,000 元" in page
    assert "99.8%" in page
    assert "酱牛肉" in page
    assert "https://live.example.cn/a" in answer


@pytest.mark.usefixtures("zone")
def test_the_census_and_the_register_tell_counts_and_where_a_stall_may_stand(reader: FlaskClient) -> None:
    assert "1 / 1" in text_of(parse(told(reader.get("/workshops/census"))))
    towns = text_of(parse(told(reader.get("/workshops/census?district=339901"))))
    assert "北溪镇 1 / 1" in towns
    assert reader.get("/workshops/census?district=339999").status_code == 400
    assert "准许在桥头夜市摆摊，17:00–22:00" in text_of(parse(told(reader.get("/workshops/?kind=stall"))))


@pytest.mark.usefixtures("zone")
def test_the_front_page_tells_what_was_published_this_week(reader: FlaskClient) -> None:
    page = text_of(parse(told(reader.get("/"))))
    assert "这七天公布的" in page
    assert "以来公布了 1 条" in page


def test_every_page_that_the_plans_are_served_by_is_there(public_site: Flask) -> None:
    addresses = {re.sub(r"\?.*|…", "", one) for one in SERVED.findall(PLANS.read_text(encoding="utf-8"))}
    routes = {re.sub(r"<(?:\w+:)?\w+>", "<>", rule.rule) for rule in public_site.url_map.iter_rules()}
    asked = {re.sub(r"<\w+>", "<>", one) for one in addresses}
    lost = {one for one in asked if one not in routes and not _answers(public_site, one)}
    assert len(asked) > 15
    assert lost == set()


def _answers(site: Flask, path: str) -> bool:
    try:
        site.url_map.bind("zf.example.cn").match(path)
    except (NotFound, MethodNotAllowed):
        return False
    return True


def test_anybody_can_read_what_small_workshops_may_not_make_and_by_which_source(reader: FlaskClient) -> None:
    page = text_of(parse(told(reader.get("/workshops/foods"))))
    assert "保健食品、特殊医学用途配方食品" in page
    assert "宁波市禁止食品生产加工小作坊生产加工的食品品种目录 第一类" in page
    assert "Forbidden" in text_of(parse(told(reader.get("/workshops/foods?lang=en"))))

"""``/zones/``, ``/zones/<slug>`` and the home page."""

import re
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from statements import counted
from style_guide import StyleGuide, parse, text_of
from style_guide import told as style_told
from tests import scene
from tests.conftest import NOON
from tests.scene import WHY

from zuofang.site.charts import share
from zuofang.site.public.zones import pass_chart
from zuofang.site.wsgi import open_public_site
from zuofang.storage.acts import Desk, Office
from zuofang.storage.settings import Settings
from zuofang.traceability.acts import batches, operators, recalls, support, zones
from zuofang.traceability.models import (
    CameraMonth,
    OperatorKind,
    Packing,
    Product,
    RestrictionKind,
    StandardState,
    Workshop,
    Zone,
    ZoneStepKind,
)
from zuofang.traceability.queries.release_record import Month

JANUARY = date(2026, 1, 1)


def told(reader: FlaskClient, address: str = "/zones/qingxi") -> str:
    answer = reader.get(address)
    assert answer.status_code == 200
    return text_of(parse(answer.text).find(".//main"))


def test_a_zone_shows_what_was_found_and_what_nobody_recorded(reader: FlaskClient, writer: Office) -> None:
    with writer.writing("officer") as desk:
        made = scene.released(desk)
        zones.find_standard(desk, made.zone, "cameras", StandardState.met, WHY, found="4 个", on=date(2025, 6, 1))
        zones.find_standard(desk, made.zone, "fire", StandardState.not_met, WHY)
        zones.find_standard(desk, made.zone, "waste", StandardState.not_yet_read, WHY)
    page = told(reader)
    for part in ("16 项标准中，达到 1 项", "监控点位 达到", "消防 未达到", "废水废气 待核", "冷冻冷藏 未记载"):
        assert part in page
    assert "尚未通过验收" in page
    assert "北溪陈记卤味作坊" in page


def test_a_zone_that_was_accepted_says_when(reader: FlaskClient, writer: Office) -> None:
    with writer.writing("officer") as desk:
        made = scene.build(desk)
        zones.take_step(
            desk, made.zone, ZoneStepKind.accepted, date(2025, 6, 1), WHY, by="市局", report="验〔2025〕1号"
        )
    assert "2025年6月1日通过验收" in told(reader)
    assert "2025年6月1日" in told(reader, "/zones/")
    assert "2025年6月1日通过验收" in told(reader, "/")


@pytest.mark.parametrize("accredited", [True, False])
def test_results_are_counted_only_where_the_laboratory_was_accredited(
    reader: FlaskClient, writer: Office, accredited: bool
) -> None:
    with writer.writing("lab") as desk:
        scene.sheet(desk, scene.build(desk, accredited=accredited))
    page = told(reader)
    assert ("近 12 个月出厂检验合格率" in page) is accredited
    assert ("2026-11 1 1 1 / 1" in page) is accredited
    assert ("不公布" in page.split("近 12 个月的批次和检验")[1]) is not accredited
    assert ("没有资质认定证书的记录" in page) is not accredited


def test_a_large_zone_is_light_draws_its_months_and_asks_no_more_of_the_database(
    reader: FlaskClient, writer: Office, public_site: Flask
) -> None:
    database = public_site.extensions["zuofang.window"].database

    def asked() -> int:
        with counted(database) as seen:
            assert reader.get("/zones/qingxi").status_code == 200
        return len(seen)

    with writer.writing("officer") as desk:
        made = scene.released(desk)
    before = asked()
    with writer.writing("officer") as desk:
        zone = desk.session.get_one(Zone, made.zone.id)
        for number in range(12):
            _move_in(desk, zone, number)
        for month in range(1, 12):
            ran = CameraMonth(zone_id=1, month=date(2026, month, 1), owed_hours=38_000, online_hours=37_500 + month)
            support.report_cameras(desk, ran, WHY)
    assert asked() == before
    answer = reader.get("/zones/qingxi?lang=en", headers={"Accept-Encoding": "gzip"})
    assert len(answer.data) < 50 * 1024
    drawings = re.findall(r'<svg viewBox="0 0 360.*?</svg>', style_told(answer), re.DOTALL)
    assert len(drawings) == 3
    assert max(map(len, drawings)) < 10 * 1024


def _move_in(desk: Desk, zone: Zone, number: int) -> None:
    """One more member with a certificate, an order against it and a batch."""
    maker = Workshop(
        kind=OperatorKind.workshop, name=f"北溪第{number}卤味作坊", province="33", district_code="339901", address="x"
    )
    operators.register(desk, maker, WHY)
    operators.issue_certificate(desk, maker, f"ZF{number}", date(2025, 3, 1), WHY)
    zones.admit(desk, maker, zones.add_unit(desk, zone, f"B-{number:02d}", 4, WHY), date(2025, 4, 1), WHY)
    operators.restrict(
        desk, maker, RestrictionKind.rectifying, date(2026, 11, 2), WHY, ground="原料没有离地存放", article="第一条"
    )
    food = Product(workshop=maker, name=f"卤味 {number}", category="braised-meat", packing=Packing.prepacked)
    batches.open_batch(desk, operators.add_product(desk, food, WHY), "1", date(2026, 11, 1), WHY)


@pytest.mark.parametrize(
    ("passed", "failed", "shown"),
    [(0, 0, None), (1, 0, "100"), (0, 1, "0.0"), (2, 1, "66.7"), (9999, 1, "99.9"), (1, 1, "50.0")],
)
def test_a_failure_is_never_rounded_away(passed: int, failed: int, shown: str | None) -> None:
    found = share(passed, passed + failed)
    assert found == (None if shown is None else Decimal(shown))
    assert (str(found) if found is not None else None) == shown


def test_there_is_no_chart_of_nothing() -> None:
    assert pass_chart([Month(JANUARY, batches=9, tested=9, passed=0, failed=0)]) is None


def test_the_map_shows_the_zones_that_have_a_place(reader: FlaskClient, writer: Office) -> None:
    with writer.writing("officer") as desk:
        for slug, x in (("a", 0), ("b", 1000), ("c", None)):
            zone = Zone(slug=slug, name=f"加工区 {slug}", district_code="339901", address="x", map_x=x, map_y=x)
            zones.found_zone(desk, zone, WHY)
    page = parse(reader.get("/zones/").text)
    assert len(list(page.iter("g"))) == 2
    assert [link.get("href") for link in page.find(".//table").iter("a")] == ["/zones/a", "/zones/b", "/zones/c"]


def test_the_outline_of_the_operator_is_drawn_under_the_zones_and_no_map_of_another_host_is_asked_for(
    writer: Office, key_folder: Path, tmp_path: Path
) -> None:
    with writer.writing("officer") as desk:
        zone = Zone(slug="a", name="加工区 a", district_code="339901", address="x", map_x=1, map_y=1)
        zones.found_zone(desk, zone, WHY)
    (tmp_path / "keys").symlink_to(key_folder)
    site = open_public_site(Settings(data=tmp_path, map_outline="M0 0L900 900Z"), clock=lambda: NOON)
    site.test_client_class = StyleGuide
    page = parse(style_told(site.test_client().get("/zones/")))
    site.extensions["zuofang.window"].database.dispose()
    assert [path.get("d") for path in page.iter("path") if path.get("class") == "land"] == ["M0 0L900 900Z"]


def test_the_home_page_tells_recalls_before_anybody_asks(reader: FlaskClient, writer: Office) -> None:
    with writer.writing("lab") as desk:
        made = scene.released(desk)
        row = recalls.recall(desk, made.batch, 1, "异物", datetime(2026, 11, 18, tzinfo=UTC), WHY)
    assert "正在召回" not in told(reader, "/"), "not announced yet"
    with writer.writing("lab") as desk:
        recalls.announce(desk, desk.session.merge(row), date(2026, 11, 19), WHY)
    assert "正在召回" in told(reader, "/")
    with writer.writing("lab") as desk:
        recalls.finish(desk, desk.session.merge(row), date(2026, 11, 20), WHY)
    assert "正在召回" not in told(reader, "/")


def test_the_numbers_of_the_home_page_say_how_they_are_counted(reader: FlaskClient, writer: Office) -> None:
    with writer.writing("lab") as desk:
        scene.released(desk)
    page = told(reader, "/")
    assert "截至2026年11月20日" in page
    assert "登记的食品小作坊1 其中 1 户今天持有有效证书。" in page
    assert "生产日期在2026年10月21日之后的批次，其中 1 批有出厂检验单，1 批已放行。" in page


def test_the_code_field_of_the_home_page_leads_to_the_label(reader: FlaskClient) -> None:
    forms = {form.get("action") for form in parse(reader.get("/").text).iter("form")}
    assert forms == {"/t/", "/workshops/", "/disclosures/"}

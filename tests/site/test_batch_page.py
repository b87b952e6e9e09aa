"""``/batches/`` and ``/batches/<id>``."""

import re
from datetime import date, datetime
from itertools import product
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from style_guide import parse, text_of
from tests import scene
from tests.scene import WHY

from zuofang.rules.book import read_rules
from zuofang.rules.calendar import CHINA
from zuofang.site.public.rule_texts import STANDARDS
from zuofang.site.public.words import ACTS, FIELDS, WORDS
from zuofang.storage.acts import Desk, Office
from zuofang.traceability import page_log
from zuofang.traceability.acts import batches, laboratories, recalls
from zuofang.traceability.models import (
    Batch,
    BatchState,
    Delivery,
    DeliveryKind,
    ReceiverKind,
    ReleaseTest,
    TestResult,
)
from zuofang.traceability.page_log import SHOWN
from zuofang.traceability.queries.paging import ROWS

FIGURES = ("0.05731", "0.0613")
"""Figures of which no digit stands anywhere else on a page."""


def sheet(desk: Desk, made: scene.Scene) -> ReleaseTest:
    test = ReleaseTest(
        batch_id=made.batch.id, laboratory=made.laboratory, number="QX-1", tested_on=date(2026, 11, 11),
        conclusion="passed",
        results=[
            TestResult(item="山梨酸及其钾盐", result=FIGURES[0], unit="g/kg", limit="≤0.075", judgement="conforms"),
            TestResult(item="镉", result=FIGURES[1], unit="mg/kg", limit="≤0.1", judgement="conforms"),
        ],
    )  # fmt: skip
    return batches.record_test(desk, test, WHY)


def page(reader: FlaskClient, address: str = "/batches/1", language: str = "zh") -> str:
    answer = reader.get(f"{address}{'&' if '?' in address else '?'}lang={language}")
    assert answer.status_code == 200
    return answer.text


def test_a_batch_says_its_verdict_and_where_it_comes_from(reader: FlaskClient, writer: Office) -> None:
    with writer.writing("lab") as desk:
        scene.released(desk)
    told = text_of(parse(page(reader)))
    for part in ("已放行", "北溪陈记卤味作坊", "清溪卤味加工区", "A-03 单元", "酱卤肉制品", "2026年11月25日"):
        assert part in told


def test_figures_inside_the_accreditation_are_shown_with_limit_and_sentence(
    reader: FlaskClient, writer: Office
) -> None:
    with writer.writing("lab") as desk:
        sheet(desk, scene.build(desk))
    told = text_of(parse(page(reader)))
    assert "0.05731 g/kg" in told
    assert "≤0.075" in told
    assert "符合。" in told
    assert "2026110001Z" in told
    assert "依法不公布数值" in told


@pytest.mark.parametrize("case", ["unaccredited", "expired", "revoked", "out of scope"])
def test_no_figure_that_may_not_be_published_stands_anywhere_in_the_page(
    reader: FlaskClient, writer: Office, case: str
) -> None:
    with writer.writing("lab") as desk:
        made = scene.build(desk, accredited=False)
        if case != "unaccredited":
            until = date(2026, 11, 10) if case == "expired" else date(2030, 1, 1)
            items = ["苯甲酸"] if case == "out of scope" else ["山梨酸及其钾盐", "镉"]
            permit = laboratories.accredit(desk, made.laboratory, "1", date(2025, 1, 1), until, items, WHY)
        if case == "revoked":
            laboratories.revoke_accreditation(desk, permit, date(2026, 11, 11), WHY)
        sheet(desk, made)
        batches.annul_test(desk, 1, "样品编号写错")
        made.batch.tests[0].number = "QX-0"
        sheet(desk, made)
    page_log.follow_all(writer.database)
    for address, language in product(("/", "/batches/", "/batches/1", "/workshops/1", "/zones/qingxi"), ("zh", "en")):
        text = page(reader, address, language)
        for secret in (*FIGURES, "0.075", "g/kg"):
            assert secret not in text, address
    assert "作坊的出厂检验记录" in page(reader)
    assert "The workshop&#39;s own release record" in page(reader, language="en")


def test_an_annulled_sheet_is_shown_as_annulled(reader: FlaskClient, writer: Office) -> None:
    with writer.writing("lab") as desk:
        batches.annul_test(desk, sheet(desk, scene.build(desk)).id, "样品编号写错")
    told = text_of(parse(page(reader)))
    assert "已作废" in told
    assert "样品编号写错" in told
    assert "没有这一批的出厂检验记录" in told


def test_a_late_notice_of_a_recall_is_held_against_the_day_of_its_beginning(
    reader: FlaskClient, writer: Office
) -> None:
    with writer.writing("lab") as desk:
        known = datetime(2026, 11, 16, 9, 30, tzinfo=CHINA)
        row = recalls.recall(desk, scene.released(desk).batch, 1, "检出沙门氏菌", known, WHY)
        recalls.announce(desk, row, date(2026, 11, 18), WHY)
    assert "公告2026年11月18日 晚于应当启动的日期" in text_of(parse(page(reader))), (
        "no article sets a day for the notice"
    )


def test_buyers_suppliers_and_testers_are_never_named_with_address(reader: FlaskClient, writer: Office) -> None:
    with writer.writing("lab") as desk:
        made = scene.released(desk)
        made.batch.tests[0].tester = "检验员某某"
        delivery = Delivery(
            voucher="V-77", kind=DeliveryKind.assigned, delivered_on=date(2026, 11, 12), quantity=5, unit="盒",
            receiver_kind=ReceiverKind.school, receiver_district="339901", receiver="北溪中心小学",
            receiver_contact="13800000000",
        )  # fmt: skip
        batches.deliver(desk, made.batch, delivery, WHY)
    text = page(reader)
    assert "学校" in text
    for secret in ("北溪中心小学", "13800000000", "检验员某某", "V-77"):
        assert secret not in text


def test_the_change_log_tells_acts_and_fields_in_words(reader: FlaskClient, writer: Office) -> None:
    with writer.writing("lab") as desk:
        made = scene.build(desk)
        scene.sheet(desk, made)
    page_log.follow_all(writer.database)
    with writer.writing("zone-lab") as desk:
        batches.release(desk, desk.session.get_one(Batch, made.batch.id), WHY)
    page_log.follow_all(writer.database)
    told = text_of(parse(page(reader)))
    assert "第2版 · 放行" in told
    assert "状态：等待放行 → 已放行" in told
    assert "由 zone-lab 办理" in told


def test_every_act_on_a_batch_and_every_field_of_its_log_has_a_word(writer: Office) -> None:
    with writer.writing("lab") as desk:
        made = scene.released(desk)
        facts = SHOWN["batch"](desk.session, made.batch.id)
    assert facts is not None
    assert set(facts) == set(FIELDS)
    for kind, words in WORDS.items():
        assert set(words) == {member.value for member in kind}
    folder = Path(batches.__file__).parent
    source = "".join(path.read_text(encoding="utf-8") for path in folder.glob("*.py"))
    assert set(re.findall(r'"((?:batch|test|recall|labels|product)\.\w+)"', source)) == set(ACTS)


def test_every_text_of_the_zone_standards_can_be_translated() -> None:
    known = {str(text) for text in STANDARDS}
    rules = read_rules().registers.standards.values()
    assert {text for rule in rules for text in (rule.name, rule.requirement)} <= known


def test_the_list_narrows_by_every_filter(reader: FlaskClient, writer: Office) -> None:
    with writer.writing("lab") as desk:
        scene.released(desk)
    for query in (
        "q=酱牛", "q=陈记", "q=20261110", "state=released", "category=braised_meat", "district=339901", "zone=qingxi",
        "workshop=1",
    ):  # fmt: skip
        assert "/batches/1" in page(reader, f"/batches/?{query}"), query
    for query in ("q=不存在", "state=blocked"):
        assert "没有符合条件的批次" in page(reader, f"/batches/?{query}")


def test_the_list_goes_on_where_it_ended(reader: FlaskClient, writer: Office) -> None:
    with writer.writing("lab") as desk:
        made = scene.build(desk)
        for number in range(ROWS):
            batches.open_batch(desk, made.product, f"批-{number}", date(2026, 11, 1), WHY)
    first = parse(page(reader, "/batches/?state=pending"))
    (further,) = (link.get("href") for link in first.iter("a") if link.get("rel") == "next")
    assert further == "/batches/?state=pending&after=2026-11-01.3&lang=zh"
    second = text_of(parse(reader.get(further).text))
    assert "批-0" in second
    assert f"共 {ROWS + 1} 条" in second


def test_the_state_of_a_batch_is_a_filter_even_where_no_batch_is_in_it(reader: FlaskClient) -> None:
    for state in BatchState:
        assert reader.get(f"/batches/?state={state}").status_code == 200

"""The credit file and the serious-violation list: dated, explained, and empty of what the law has taken away."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from statements import counted
from style_guide import parse, text_of
from tests import scene
from tests.credit import filed
from tests.credit.filed import at
from tests.scene import WHY

from zuofang.credit.acts import honours, links, records
from zuofang.credit.measures import Called, Interview, Rectification
from zuofang.credit.models import CreditRecord, Evaluation, EvaluationPart, HonourKind, LinkKind
from zuofang.rules.book import read_rules
from zuofang.site.public.rule_texts import GRADES
from zuofang.storage.acts import Desk, Office
from zuofang.traceability.acts import operators
from zuofang.traceability.models import Certificate

FILE = "/workshops/1/credit"
LAST_WEEK = date(2026, 11, 13)
ORDERED = Rectification(ordered_on=date(2026, 10, 12), demands="修补防鼠设施", due_on=date(2026, 10, 26))
TRADE = Interview(
    held_on=date(2026, 11, 10), ground="酱卤肉抽检不合格较多", called=Called.trade, trade="酱卤肉制品", place="清溪县",
    promised="每批必检", promised_until=date(2026, 12, 31),
)  # fmt: skip


@pytest.fixture
def workshop(writer: Office) -> int:
    with writer.writing("officer") as desk:
        return scene.build(desk).workshop.id


def of(desk: Desk, key: int) -> CreditRecord:
    return desk.session.get_one(CreditRecord, key)


def main(reader: FlaskClient, address: str) -> str:
    answer = reader.get(address)
    assert answer.status_code == 200
    return text_of(parse(answer.text).find(".//main"))


@pytest.fixture
def full(writer: Office, workshop: int) -> dict[str, int]:
    """A file with something of everything."""
    then = at(writer, LAST_WEEK)
    keys = {
        "fine": filed.filed(then, workshop, filed.FINE, title="使用过期酱油"),
        "sample": filed.filed(then, workshop, filed.FAILED, title="酱牛肉", items=(filed.FAULTY,)),
        "listing": filed.filed(then, workshop, filed.LISTED, title="列入名单"),
        "inspection": filed.filed(then, workshop, filed.INSPECTED, title="日常监督检查"),
    }
    with writer.writing("owner") as desk:
        records.reply(desk, of(desk, keys["fine"]), "酱油已全部更换。", WHY)
    with writer.writing("officer") as desk:
        content = "使用过期料酒。"
        records.correct(desk, of(desk, keys["fine"]), WHY, title="使用过期料酒", content=content, value=filed.FINE)
    return keys


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_file_is_told_in_both_languages(reader: FlaskClient, full: dict[str, int], language: str) -> None:
    answer = reader.get(f"{FILE}?lang={language}")
    assert answer.headers["Cache-Control"] == "no-cache, no-store"
    assert answer.headers["X-Robots-Tag"] == "noindex"
    for words in ("使用过期料酒", "使用过期酱油", "酱油已全部更换", "防腐剂混合使用", "清市监〔2026〕12号", "第十四条"):
        assert words in answer.text


def test_findings_are_counted_and_every_date_has_its_article(reader: FlaskClient, full: dict[str, int]) -> None:
    text = main(reader, FILE)
    for words in ("公示中的查处记录 3 条", "这些日期是怎么定的", "罚款：食品安全领域的处罚", "风险等级", "信用等级"):
        assert words in text


def test_an_english_file_says_kinds_reasons_and_grades_in_english(reader: FlaskClient, full: dict[str, int]) -> None:
    text = main(reader, f"{FILE}?lang=en")
    for words in ("Public findings: 3", "fine: a food-safety penalty, whatever its sum", "Risk grade", "Decided on"):
        assert words in text
    assert not [words for words in ("罚款：", "公示中", "风险等级", "决定日期") if words in text]


def test_every_text_of_the_grades_has_its_english() -> None:
    rules = read_rules()
    on = date(2026, 11, 20)
    used = {line.text for scheme in rules.grades.schemes() for line in rules.grades(scheme, on) if line.text}
    known = {str(text) for text in GRADES}
    bands_and_caps = {line.text for scheme in rules.grades.schemes() for line in rules.grades(scheme, on)
                      if line.part in ("most", "band")}  # fmt: skip
    assert used - bands_and_caps <= known


def test_a_withdrawal_leaves_the_bare_fact_on_the_very_next_page(
    reader: FlaskClient, writer: Office, full: dict[str, int]
) -> None:
    assert "使用过期料酒" in main(reader, FILE)
    with writer.writing("officer") as desk:
        records.withdraw(desk, of(desk, full["fine"]), "公示有误", WHY)
    for address in (FILE, f"{FILE}?on=2026-11-20", f"{FILE}?on=2026-11-14", f"{FILE}.json?on=2026-11-14"):
        told = reader.get(address).text
        assert "使用过期" not in told
        assert "已全部更换" not in told
        assert "1,500" not in told
        assert "撤回公示" in told
    assert "一条公示记录已撤下" in main(reader, FILE)
    assert "不再显示" in main(reader, f"{FILE}?on=2026-11-14")


def test_the_file_of_an_earlier_day_is_as_it_stood(reader: FlaskClient, full: dict[str, int]) -> None:
    assert "没有公示中的查处记录" in main(reader, f"{FILE}?on=2026-11-12")
    text = main(reader, f"{FILE}?on=2026-11-13")
    assert "使用过期酱油" in text
    assert "使用过期料酒" not in text
    assert "2026年11月13日" in text


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("2026-02-30", "日期请写成"),
        ("20261120", "日期请写成"),
        ("2026-W47-5", "日期请写成"),
        ("٢٠٢٦-11-20", "日期请写成"),
        ("yesterday", "日期请写成"),
        ("2026-11-21", "还没有到"),
        ("9999-12-31", "还没有到"),
    ],
)
def test_a_day_that_is_none_gets_a_sentence(reader: FlaskClient, workshop: int, typed: str, said: str) -> None:
    for address in (FILE, f"{FILE}.json"):
        answer = reader.get(address, query_string={"on": typed})
        assert answer.status_code == 400
        assert said in answer.text


def test_the_first_day_of_the_calendar_is_a_day(reader: FlaskClient, full: dict[str, int]) -> None:
    assert "没有登记证的记录" in main(reader, f"{FILE}?on=0001-01-01")


def test_a_file_without_records_says_so_and_may_be_found(reader: FlaskClient, workshop: int) -> None:
    answer = reader.get(FILE)
    assert "没有记录不等于没有问题" in answer.text
    assert answer.headers["Cache-Control"] == "no-cache"
    assert "X-Robots-Tag" not in answer.headers


def test_the_twin_tells_what_the_page_tells(reader: FlaskClient, full: dict[str, int]) -> None:
    answer = reader.get(f"{FILE}.json")
    assert answer.mimetype == "application/ld+json"
    assert answer.headers["Cache-Control"] == "no-cache, no-store"
    told: dict[str, Any] = json.loads(answer.data)
    assert told["schema"] == "zuofang.credit-file/1"
    assert {record["kind"] for record in told["records"]} == {"penalty", "sample", "listing", "inspection"}
    (fine,) = (record for record in told["records"] if record["kind"] == "penalty")
    assert (fine["title"], fine["published_on"], fine["last_day"]) == ("使用过期料酒", "2026-11-13", "2029-10-12")
    assert [one["title"] for one in fine["corrections"]] == ["使用过期酱油"]
    assert all(reason["article"] for reason in fine["reasons"])
    assert all(one["article"] for grade in told["grades"] for one in grade["contributions"])


def test_every_field_of_the_twin_is_documented(reader: FlaskClient, full: dict[str, int]) -> None:
    from tests.house.reference import DOCS

    text = (DOCS / "credit-file.md").read_text(encoding="utf-8")
    told = json.loads(reader.get(f"{FILE}.json").data)
    names = {*told, *(name for record in told["records"] for name in record)}
    names |= {name for record in told["records"] for reason in record["reasons"] for name in reason}
    missing = [name for name in sorted(names) if f"`{name}`" not in text and f".{name}`" not in text]
    assert not missing


def test_nobody_has_no_file(reader: FlaskClient) -> None:
    for address in ("/workshops/9/credit", "/workshops/9/credit.json", "/workshops/x/credit"):
        assert reader.get(address).status_code == 404


def test_the_pages_need_two_statements_however_much_they_show(
    reader: FlaskClient, writer: Office, full: dict[str, int]
) -> None:
    reader.get("/healthz")  # the first request after a change looks once whether another edition is in force
    for address in (FILE, f"{FILE}.json", "/blacklist/"):
        with counted(reader.application.extensions["zuofang.window"].database) as seen:
            reader.get(address)
        assert len([statement for statement in seen if statement.startswith("SELECT")]) == 2, address


def test_the_list_says_who_since_when_why_and_until_when(reader: FlaskClient, full: dict[str, int]) -> None:
    text = main(reader, "/blacklist/")
    for words in (
        "北溪陈记卤味作坊",
        "2026年9月1日",
        "使用非食品原料",
        "预计移出",
        "2029年9月1日",
        "清溪县市场监督管理局",
    ):
        assert words in text
    english = main(reader, "/blacklist/?lang=en")
    assert "1 September 2029" in english
    assert "non-food materials" in english
    assert reader.get("/blacklist/").headers["Cache-Control"] == "no-cache, no-store"


def test_an_empty_list_says_that_it_is_empty_and_what_that_does_not_mean(reader: FlaskClient) -> None:
    assert "今天名单上没有人。没有列入名单不等于没有问题。" in main(reader, "/blacklist/")


def test_who_left_the_list_is_gone_from_it(reader: FlaskClient, writer: Office, full: dict[str, int]) -> None:
    with writer.writing("officer") as desk:
        records.withdraw(desk, of(desk, full["listing"]), "公示有误", WHY)
    assert "今天名单上没有人" in main(reader, "/blacklist/")


def test_personal_data_that_slipped_in_is_masked_on_the_way_out(
    reader: FlaskClient, writer: Office, full: dict[str, int]
) -> None:
    with writer.writing("migration") as desk:
        row = of(desk, full["fine"])
        row.content = "联系人电话 13812345678。"
        desk.record("record.restore", row, WHY)
    for address in (FILE, f"{FILE}.json"):
        assert "13812345678" not in reader.get(address).text


def linked(writer: Office, workshop: int) -> dict[str, int]:
    """A failed sample, the penalty it led to, the order to rectify, the sample taken again, and a trade called in."""
    keys = {
        "sample": filed.filed(writer, workshop, filed.FAILED, title="酱牛肉"),
        "fine": filed.filed(writer, workshop, filed.FINE, title="使用过期酱油"),
        "order": filed.filed(writer, workshop, ORDERED, title="限期整改"),
        "again": filed.filed(writer, workshop, replace(filed.PASSED, concluded_on=date(2026, 11, 2)), title="酱牛肉"),
        "trade": filed.filed(writer, workshop, TRADE, title="行业约谈"),
    }
    ties = (("sample", "fine", "led_to"), ("sample", "order", "led_to"), ("order", "again", "resampled"))
    with writer.writing("officer") as desk:
        for earlier, later, kind in ties:
            links.link(desk, of(desk, keys[earlier]), of(desk, keys[later]), LinkKind(kind), WHY)
    return keys


@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_hangs_together_leads_to_each_other(
    reader: FlaskClient, writer: Office, workshop: int, language: str
) -> None:
    keys = linked(writer, workshop)
    tree = parse(reader.get(f"{FILE}?lang={language}").text)
    places = {element.get("id") for element in tree.iter() if element.get("id")}
    wanted = [element.get("href", "") for element in tree.iter("a") if element.get("href", "").startswith("#r")]
    assert sorted(wanted) == sorted(f"#r{keys[one]}" for one in ("fine", "order", "sample", "sample", "again", "order"))
    assert {address[1:] for address in wanted} <= places


def test_interviews_and_orders_to_rectify_say_what_was_promised_and_what_came_of_it(
    reader: FlaskClient, writer: Office, workshop: int
) -> None:
    linked(writer, workshop)
    page = main(reader, FILE)
    for words in ("行业约谈", "清溪县的酱卤肉制品", "每批必检", "尚未核实", "不表示这家作坊有违法行为", "修补防鼠设施"):
        assert words in page
    assert "公示中的查处记录 3 条" in page, "an interview is no finding"
    assert "Trade" in main(reader, f"{FILE}?lang=en")


def test_a_certificate_has_its_history_and_an_evaluation_its_parts(
    reader: FlaskClient, writer: Office, workshop: int
) -> None:
    with writer.writing("officer") as desk:
        paper = desk.session.scalars(select(Certificate)).one()
        paper.until = date(2027, 2, 28)
        operators.renew_certificate(desk, paper.id, date(2026, 11, 2), date(2030, 2, 28), WHY)
        operators.change_certificate(desk, paper.id, date(2026, 11, 9), "酱卤肉制品、豆制品", WHY)
        parts = [
            EvaluationPart(name=name, score=Decimal(18), most=Decimal(20))
            for name in ("整理", "整顿", "清扫", "清洁", "素养")
        ]
        for passed, score in ((True, 90), (False, 61)):
            made = Evaluation(
                kind=HonourKind.five_s if passed else HonourKind.brand, workshop_id=workshop, passed=passed,
                evaluated_on=date(2026, 11, 10), evaluated_by="县局", form="评价表", score=Decimal(score),
                parts=parts if passed else [],
            )  # fmt: skip
            honours.evaluate(desk, made, WHY)
    page = main(reader, FILE)
    for words in (
        "有效期由2027年2月28日延至2030年2月28日",
        "品种明细改为：酱卤肉制品、豆制品",
        "素养18 分，满分 20 分",
    ):
        assert words in page
    assert "61" not in page, "an evaluation that failed is nobody's business"
    before = main(reader, f"{FILE}?on=2026-11-01")
    assert "延续" not in before
    twin = json.loads(reader.get(f"{FILE}.json?on=2026-11-01").text)
    assert twin["certificates"][0]["until"] == "2027-02-28"

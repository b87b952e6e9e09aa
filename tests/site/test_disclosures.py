"""The search of everything published, each record's own page, and the files and feeds of exactly the same search."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable
from io import BytesIO, StringIO
from urllib.parse import urlencode
from xml.etree.ElementTree import fromstring

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from statements import counted
from style_guide import told
from tests import scene
from tests.credit import filed
from tests.scene import WHY

from zuofang.credit.acts import records
from zuofang.credit.models import CreditRecord, SampleItem
from zuofang.search import following
from zuofang.site.public.disclosure_table import FIELDS
from zuofang.storage.acts import Office

FEEDS = ("csv", "json", "xlsx", "atom")
Filed = Callable[..., int]


@pytest.fixture
def workshop(writer: Office) -> int:
    with writer.writing("officer") as desk:
        return scene.build(desk).workshop.id


@pytest.fixture
def publish(writer: Office, workshop: int) -> Filed:
    """Publish a record and let the search follow."""

    def publish(*what: object, **more: object) -> int:
        key = filed.filed(writer, workshop, *what, **more)  # type: ignore[arg-type]
        follow(writer)
        return key

    return publish


def follow(writer: Office) -> None:
    following.follow_all(writer.database, filed.TODAY, writer.rules)


def withdraw(writer: Office, key: int) -> None:
    with writer.writing("reviewer") as desk:
        records.withdraw(desk, desk.session.get_one(CreditRecord, key), "决定被撤销", WHY)


def get(reader: FlaskClient, path: str = "", **query: str) -> str:
    answer = reader.get(f"/disclosures/{path}?{urlencode(query)}")
    assert answer.status_code == 200, told(answer)
    return told(answer)


def test_a_result_tells_who_what_the_value_against_the_limit_and_until_when(
    reader: FlaskClient, publish: Filed
) -> None:
    publish(filed.FINE)
    publish(filed.FAILED, title="酱牛肉", items=(filed.FAULTY,))
    page = get(reader, q="北溪")
    assert "<mark>北溪</mark>陈记卤味作坊：使用超过保质期的原料" in page
    assert "罚款 1,500 元" in page
    assert "防腐剂混合使用 1.6（限 ≤1）" in page
    assert "公示至" in page
    assert "共 2 条" in page
    english = get(reader, q="北溪", lang="en")
    assert "fine of 1,500 yuan" in english
    assert "2 in all" in english


def test_a_case_with_many_items_is_one_result_that_says_how_many_more_there_are(
    reader: FlaskClient, publish: Filed
) -> None:
    faulty = (
        SampleItem(position=n, item=f"项目{n}", result=f"{n}", limit="≤0.5", judgement="fails") for n in range(1, 6)
    )
    publish(filed.FAILED, title="酱牛肉", items=tuple(faulty))
    page = get(reader, q="酱牛肉")
    assert "共 1 条" in page
    assert "项目3 3（限 ≤0.5）。还有 2 项。" in page
    assert "项目4" not in page.partition('class="records"')[2]
    assert "2 more items." in get(reader, q="酱牛肉", lang="en")


def test_the_state_of_the_search_is_its_address_in_both_languages(reader: FlaskClient, publish: Filed) -> None:
    publish(filed.FINE)
    publish(filed.PASSED, title="酱牛肉", content="合格。")
    page = get(reader, kind="penalty", q="北溪", lang="en")
    assert "1 in all" in page
    assert "Administrative penalty" in page
    assert "/disclosures/?q=%E5%8C%97%E6%BA%AA&amp;lang=en" in page, "the way back out of the filter"
    assert "/disclosures/feed.csv?q=%E5%8C%97%E6%BA%AA&amp;kind=penalty&amp;lang=en" in page
    assert "/report/?who=%E5%8C%97%E6%BA%AA&amp;lang=en" in page, "also where something was found"


def test_pages_follow_each_other_by_cursor(reader: FlaskClient, writer: Office, workshop: int) -> None:
    keys = {filed.filed(writer, workshop, filed.FINE, published=False) for _ in range(23)}
    from zuofang.credit import daily

    daily.run(writer)
    follow(writer)
    first = get(reader)
    assert "共 23 条" in first
    after = first.partition("after=")[2].partition('"')[0]
    second = get(reader, after=after)
    found = {key for key in keys if f'/disclosures/{key}"' in first} ^ {
        key for key in keys if f'/disclosures/{key}"' in second
    }
    assert found == keys


def test_an_empty_result_helps(reader: FlaskClient, publish: Filed) -> None:
    publish(filed.FINE)
    page = get(reader, q="北西陈记")
    assert "您要找的是不是：" in page
    assert ">北溪陈记</a>" in page
    narrowed = get(reader, q="北溪", kind="recall")
    assert "去掉全部条件，有 1 条" in narrowed
    apart = get(reader, q="北溪 无此食品")
    assert "分开查：" in apart


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ({"q": "字" * 65}, "最多输入 64 个字"),
        ({"q": "a b c d e f g h i"}, "最多输入 8 个词"),
        ({"q": "？！"}, "只有标点符号"),
        ({"since": "yesterday"}, "日期请写成"),
        ({"since": "2026-02-01", "until": "2026-01-01"}, "开始日期晚于结束日期"),
        ({"after": "1.2"}, "从第一页重新开始"),
        ({"order": "rank"}, "排序"),
    ],
)
def test_what_cannot_be_answered_is_refused_in_words(reader: FlaskClient, query: dict[str, str], sentence: str) -> None:
    answer = reader.get(f"/disclosures/?{urlencode(query)}")
    assert answer.status_code == 400
    assert sentence in told(answer)


def test_what_may_leave_again_is_kept_by_nobody(reader: FlaskClient, publish: Filed) -> None:
    key = publish(filed.FINE)
    for path in ("", str(key), f"{key}.json", "changes.json", *(f"feed.{kind}" for kind in FEEDS)):
        answer = reader.get(f"/disclosures/{path}")
        assert "no-store" in answer.headers["Cache-Control"], path
        assert answer.headers["X-Robots-Tag"] == "noindex", path


def test_a_record_is_told_in_full_with_its_citation(reader: FlaskClient, publish: Filed) -> None:
    key = publish(filed.FINE)
    page = get(reader, str(key))
    assert "北溪陈记卤味作坊：行政处罚" in page
    assert f"https://zf.example.cn/disclosures/{key}?on=2026-11-20" in page
    assert "清市监〔2026〕12号" in page
    twin = json.loads(reader.get(f"/disclosures/{key}.json").data)
    assert twin["@type"] == "Report"
    assert twin["about"]["name"] == "北溪陈记卤味作坊"
    assert twin["zuofang:record"]["document"] == "清市监〔2026〕12号"


def test_a_record_can_be_asked_for_as_it_stood_on_a_day(reader: FlaskClient, publish: Filed) -> None:
    key = publish(filed.FINE)
    early = reader.get(f"/disclosures/{key}?on=2026-11-01")
    assert early.status_code == 404
    assert "在这一天没有公示" in told(early)
    assert reader.get(f"/disclosures/{key}?on=2026-11-21").status_code == 400
    assert reader.get("/disclosures/999").status_code == 404


def test_a_withdrawn_record_is_gone_everywhere_at_once(reader: FlaskClient, writer: Office, publish: Filed) -> None:
    key = publish(filed.FINE)
    withdraw(writer, key)  # the search has not followed yet
    for path in (str(key), f"{key}.json"):
        answer = reader.get(f"/disclosures/{path}")
        assert answer.status_code == 410
        assert "no-store" in answer.headers["Cache-Control"]
        assert answer.headers["X-Robots-Tag"] == "noindex"
        assert "撤回" in told(answer)
        assert "陈记" not in told(answer)
    assert "陈记" not in get(reader, q="北溪")
    assert "陈记" not in get(reader, "feed.csv")
    assert "陈记" not in get(reader, "feed.atom")
    assert json.loads(get(reader, "feed.json"))["records"] == []


def test_the_files_are_exactly_the_search(reader: FlaskClient, publish: Filed) -> None:
    fine = publish(filed.FINE)
    publish(filed.FAILED, title="酱牛肉", items=(filed.FAULTY,))
    query = {"kind": "penalty", "q": "北溪"}
    answer = reader.get(f"/disclosures/feed.csv?{urlencode(query)}")
    assert answer.headers["X-Total-Count"] == "1"
    assert answer.headers["X-Data-Date"] == "2026-11-20"
    rows = list(csv.DictReader(StringIO(answer.get_data().decode("utf-8-sig"))))
    assert [row["编号"] for row in rows] == [str(fine)]
    assert rows[0]["罚款（元）"] == "1500"
    told_json = json.loads(get(reader, "feed.json", **query))
    assert (told_json["total"], told_json["as_of"], told_json["next"]) == (1, "2026-11-20", None)
    assert set(told_json["records"][0]) >= {field.key for field in FIELDS}
    book = load_workbook(BytesIO(reader.get(f"/disclosures/feed.xlsx?{urlencode(query)}").data))
    assert book["公示"]["A2"].value == fine
    assert book["说明"]["B2"].value == 1
    feed = fromstring(reader.get(f"/disclosures/feed.atom?{urlencode(query)}").data)
    entries = feed.findall("{http://www.w3.org/2005/Atom}entry")
    assert [one.findtext("{http://www.w3.org/2005/Atom}id") for one in entries] == [
        f"https://zf.example.cn/disclosures/{fine}"
    ]


@pytest.mark.parametrize("start", ["=", "+", "-", "@"])
def test_no_cell_is_taken_for_a_formula(reader: FlaskClient, publish: Filed, start: str) -> None:
    publish(filed.FINE, title=f"{start}HYPERLINK(1)")
    (row,) = csv.DictReader(StringIO(reader.get("/disclosures/feed.csv").get_data().decode("utf-8-sig")))
    assert row["事由"] == f"'{start}HYPERLINK(1)"
    cell = load_workbook(BytesIO(reader.get("/disclosures/feed.xlsx").data))["公示"]["D2"]
    assert (cell.value, cell.data_type) == (f"{start}HYPERLINK(1)", "s")


def test_robots_learn_what_changed_and_what_is_gone(reader: FlaskClient, writer: Office, publish: Filed) -> None:
    first, second = publish(filed.FINE), publish(filed.PASSED)
    seen = json.loads(get(reader, "changes.json", after="0"))
    assert [one["id"] for one in seen["changes"]] == [first, second]
    withdraw(writer, first)
    follow(writer)
    after = seen["next"].partition("after=")[2]
    later = json.loads(get(reader, "changes.json", after=after))
    assert [(one["id"], one["withdrawn"]) for one in later["changes"]] == [(first, True)]
    assert reader.get("/disclosures/changes.json?after=x").status_code == 400


def test_a_page_asks_a_fixed_number_of_statements(reader: FlaskClient, writer: Office, publish: Filed) -> None:
    publish(filed.FINE)
    app_database = reader.application.extensions["zuofang.window"].database
    with counted(app_database) as few:
        get(reader, q="北溪")
    for _ in range(4):
        publish(filed.FINE)
    with counted(app_database) as many:
        get(reader, q="北溪")
    assert len(many) == len(few) <= 6


def test_the_home_page_leads_into_the_search(reader: FlaskClient) -> None:
    page = told(reader.get("/"))
    assert 'action="/disclosures/"' in page
    assert "/disclosures/" in told(reader.get("/sitemap.xml"))
    assert "/open/" in told(reader.get("/sitemap.xml"))


def test_the_open_data_page_explains_every_field(reader: FlaskClient) -> None:
    page = told(reader.get("/open/"))
    assert all(re.search(rf"{field.key}\s*</td>", page) for field in FIELDS)


HOSTILE = st.text(max_size=70) | st.sampled_from(
    [
        "*",
        "?",
        "北*",
        '"',
        "'; DROP TABLE",
        "NOT",
        "kind:sample",
        "[a-z]+",
        "(",
        "%",
        "_",
        "\\",
        "~",
        "^",
        "AND OR",
        "\f",
        "\n",
    ]
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=HOSTILE, kind=st.text(max_size=8), after=st.text(max_size=12))
def test_no_input_does_more_than_find_or_be_refused(reader: FlaskClient, text: str, kind: str, after: str) -> None:
    query = urlencode({"q": text, "kind": kind, "after": after}, errors="replace")
    answer = reader.get(f"/disclosures/?{query}")
    assert answer.status_code in (200, 400)

"""The label page, drawn from the sample of each verdict."""

import gzip

import pytest
from flask.testing import FlaskClient
from style_guide import parse, text_of

from zuofang.site.public.samples import LABELS

SMALL = 8 * 1024
WORDS = {
    "not_issued": "查无此码",
    "do_not_eat": "不要食用",
    "not_released": "未放行",
    "past_date": "已过期",
    "take_care": "请留意",
    "released": "已放行",
}
ISSUED = [verdict for verdict in LABELS if verdict != "not_issued"]


@pytest.mark.parametrize("verdict", LABELS)
def test_the_verdict_is_the_headline_with_a_seal_of_its_own(shell: FlaskClient, verdict: str) -> None:
    page = parse(shell.get(f"/styleguide/label/{verdict}?lang=zh").text)
    assert text_of(page.find(".//h1")) == WORDS[verdict]
    seals = [svg.get("class") for svg in page.iter("svg")]
    assert f"seal {verdict}" in seals


def test_no_two_verdicts_have_the_same_seal(shell: FlaskClient) -> None:
    page = parse(shell.get("/styleguide").text)
    shapes = {svg.get("class"): svg.find("path").get("d") for svg in page.find(".//ul[@class='gallery']").iter("svg")}
    assert len(shapes) == len(set(shapes.values())) == len(LABELS) + 1


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("verdict", LABELS)
def test_the_page_is_small_and_asks_for_nothing_but_its_icon(shell: FlaskClient, verdict: str, language: str) -> None:
    text = shell.get(f"/styleguide/label/{verdict}?lang={language}").text
    assert len(gzip.compress(text.encode(), 6)) <= SMALL
    page = parse(text)
    assert [link.get("href") for link in page.iter("link")] == ["/icon.svg"]
    for tag in ("img", "script", "iframe", "video", "object"):
        assert not list(page.iter(tag)), tag


def test_a_code_that_was_never_issued_is_not_found_and_shows_no_goods(shell: FlaskClient) -> None:
    answer = shell.get("/styleguide/label/not_issued?lang=zh")
    assert answer.status_code == 404
    assert "作坊" not in text_of(parse(answer.text).find(".//main")).replace("作坊码", "")
    assert 'value="3F7K-Q2M9-XT48"' in answer.text


@pytest.mark.parametrize("verdict", ISSUED)
def test_verdict_goods_and_questions_stand_in_the_order_a_hand_needs_them(shell: FlaskClient, verdict: str) -> None:
    text = text_of(parse(shell.get(f"/styleguide/label/{verdict}?lang=zh").text).find(".//main"))
    order = [WORDS[verdict], "桂花糕", "沈小满", "批号", "生产", "保质期到", "谁做的", "在哪里做的", "检过吗", "查处过"]
    places = [text.index(word) for word in order]
    assert places == sorted(places)
    assert places[-1] < text.index("包装上应当印的")


@pytest.mark.parametrize("verdict", LABELS)
def test_every_reason_is_shown_with_its_evidence(shell: FlaskClient, verdict: str) -> None:
    page = parse(shell.get(f"/styleguide/label/{verdict}?lang=zh").text)
    shown = page.find(".//ul[@class='reasons']")
    assert len(list(shown.iter("li"))) == len(LABELS[verdict].reasons)
    assert [a.get("href") for a in shown.iter("a")] == [r.href for r in LABELS[verdict].reasons if r.href]


def test_a_blank_is_said_in_words(shell: FlaskClient) -> None:
    page = parse(shell.get("/styleguide/label/released?lang=zh").text)
    facts = {text_of(row.find("dt")): text_of(row.find("dd")) for row in page.findall(".//dl[@class='facts']/div")}
    assert facts["联系电话"] == "未记载"
    assert facts["产品标准"] == "待核"
    assert facts["食品添加剂"] == "无"


def test_names_on_an_english_page_are_marked_as_chinese(shell: FlaskClient) -> None:
    page = parse(shell.get("/styleguide/label/released?lang=en").text)
    marked = [text_of(e) for e in page.iter("span") if e.get("lang") == "zh-Hans"]
    assert "桂花糕" in marked
    assert page.find(".//h1").text == "Released"


def test_until_reports_can_be_made_here_the_page_leads_to_the_hotline(shell: FlaskClient) -> None:
    assert 'href="tel:12315"' in shell.get("/styleguide/label/released").text


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_component_keeps_the_style_guide(shell: FlaskClient, language: str) -> None:
    assert shell.get(f"/styleguide?lang={language}").status_code == 200

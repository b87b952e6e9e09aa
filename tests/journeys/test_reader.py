"""A person with a packet in hand: by hand, by keyboard, by photograph, in either language, without script."""

from __future__ import annotations

import re

import pypdfium2
import pytest
import qrcode
from photographs import photograph
from playwright.sync_api import Page, expect
from tests.journeys.town import Town

from zuofang.traceability.verdict import Verdict

pytestmark = pytest.mark.browser

FOCUSED = "document.activeElement"
OUTLINED = f"getComputedStyle({FOCUSED}).outlineStyle !== 'none' && {FOCUSED}.matches(':focus-visible')"
IN_VIEW = f"{FOCUSED}.getBoundingClientRect().bottom > 0 && {FOCUSED}.getBoundingClientRect().top < innerHeight"
PLACE = f"[...document.querySelectorAll('*')].indexOf({FOCUSED})"


def lands_on(page: Page, headline: str) -> None:
    """The page that opens has these words in its headline; a click answers before the next page is there."""
    expect(page.locator("h1")).to_contain_text(headline)


def by_hand(code: str) -> str:
    """A code as somebody types it who reads it off a packet."""
    return " ".join(re.findall(".{1,5}", code)).lower().replace("0", "o", 1)


def test_a_typed_code_leads_through_the_four_questions_and_back(phone: Page, town: Town) -> None:
    phone.goto("/")
    phone.get_by_label("标签上的码").fill(by_hand(town.packet()))
    phone.get_by_role("button", name="查询").click()
    lands_on(phone, "已放行")
    label = phone.url
    for question, title in [
        ("谁做的？", "北溪陈记卤味作坊"),
        ("在哪里做的？", "清溪卤味加工区"),
        ("这一批检过吗？", "酱牛肉"),
        ("被查处过吗？", "北溪陈记卤味作坊"),
    ]:
        phone.get_by_role("link", name=question).click()
        lands_on(phone, title)
        phone.go_back()
        expect(phone).to_have_url(label)
        lands_on(phone, "已放行")


def test_workshop_zone_and_batch_lead_to_each_other(phone: Page, town: Town) -> None:
    phone.goto(f"/t/{town.packet()}")
    phone.locator(".goods a").click()
    phone.locator("main").get_by_role("link", name="清溪卤味加工区").click()
    phone.get_by_role("link", name="看这里做的每一批").click()
    lands_on(phone, "批次")
    phone.get_by_role("link", name="酱牛肉").first.click()
    lands_on(phone, "酱牛肉 · 批号")
    phone.locator("main").get_by_role("link", name="北溪陈记卤味作坊").first.click()
    lands_on(phone, "北溪陈记卤味作坊")


def test_a_reader_finds_a_workshop_its_zone_and_a_batch_without_a_script(phone: Page) -> None:
    phone.goto("/")
    phone.get_by_label("名称", exact=True).fill("卤味")
    phone.get_by_role("region", name="找一家作坊").get_by_role("button", name="查找").click()
    phone.locator(".records a").first.click()
    expect(phone).to_have_url(re.compile("/workshops/[0-9]+$"))
    phone.locator("#tested + .records a, [aria-labelledby=tested] .records a").first.click()
    expect(phone).to_have_url(re.compile("/batches/[0-9]+$"))
    phone.get_by_role("link", name="集中加工区").first.click()
    expect(phone).to_have_url(re.compile("/zones/[a-z-]+$"))


def test_the_language_changes_and_the_page_stays(phone: Page, town: Town) -> None:
    code = town.packet(Verdict.do_not_eat)
    phone.goto(f"/t/{code}")
    phone.get_by_role("link", name="English").click()
    expect(phone).to_have_url(f"{town.address}/t/{code}?lang=en")
    lands_on(phone, "Do not eat")
    phone.locator(".goods a").click()
    expect(phone.locator("html")).to_have_attribute("lang", "en")
    phone.get_by_role("link", name="中文").click()
    lands_on(phone, "北溪陈记卤味作坊")
    expect(phone.locator("html")).to_have_attribute("lang", "zh-Hans")


def test_a_search_keeps_its_words_in_the_other_language(phone: Page) -> None:
    phone.goto("/workshops/")
    phone.locator("#q").fill("陈记")
    phone.get_by_role("button", name="查找").click()
    phone.get_by_role("link", name="English").click()
    expect(phone.locator("html")).to_have_attribute("lang", "en")
    expect(phone.locator("#q")).to_have_value("陈记")
    expect(phone.locator(".records")).to_contain_text("北溪陈记卤味作坊")


def test_a_keyboard_is_enough_to_look_a_code_up(phone: Page, town: Town) -> None:
    phone.goto("/")
    phone.keyboard.press("Tab")
    expect(phone.locator(":focus")).to_have_text("跳到正文")
    assert phone.evaluate(IN_VIEW)
    phone.keyboard.press("Enter")
    phone.keyboard.press("Tab")
    assert phone.locator(":focus").get_attribute("id") == "code"
    phone.keyboard.type(town.packet())
    phone.keyboard.press("Enter")
    expect(phone.locator("h1")).to_have_text("已放行")


@pytest.mark.parametrize("verdict", [Verdict.do_not_eat, Verdict.released])
def test_the_focus_goes_down_the_label_page_and_is_always_seen(phone: Page, town: Town, verdict: Verdict) -> None:
    phone.goto(f"/t/{town.packet(verdict)}")
    phone.keyboard.press("Tab")
    seen = []
    while phone.evaluate(f"{FOCUSED} !== document.body") and len(seen) < 60:
        assert phone.evaluate(OUTLINED), phone.locator(":focus").inner_text()
        assert phone.evaluate(IN_VIEW), phone.locator(":focus").inner_text()
        seen.append(phone.evaluate(PLACE))
        phone.keyboard.press("Tab")
    assert seen == sorted(set(seen))
    assert len(seen) == phone.locator("a[href], button, input, summary").count()


def test_a_photograph_is_read_by_the_site_itself(phone: Page, town: Town) -> None:
    symbol = qrcode.QRCode(box_size=8)
    symbol.add_data(f"{town.address}/t/{town.packet(Verdict.do_not_eat)}".upper())
    picture = photograph(symbol.make_image().get_image().convert("L"), seed=11)
    phone.goto("/scan")
    phone.locator("#chosen").set_input_files({"name": "标签.jpg", "mimeType": "image/jpeg", "buffer": picture})
    phone.get_by_role("button", name="读码").click()
    lands_on(phone, "不要食用")


def test_a_photograph_without_a_code_is_answered_in_words(phone: Page) -> None:
    phone.goto("/scan")
    phone.get_by_role("button", name="读码").click()
    expect(phone.locator("main")).to_contain_text("请先拍一张或选一张照片")


@pytest.mark.parametrize(("language", "word"), [("zh", "不要食用"), ("en", "Do not eat")])
def test_on_paper_the_verdict_stands_and_what_leads_nowhere_is_gone(
    phone: Page, town: Town, language: str, word: str
) -> None:
    phone.goto(f"/t/{town.packet(Verdict.do_not_eat)}?lang={language}")
    sheet = pypdfium2.PdfDocument(phone.pdf(format="A4"))
    text = sheet[0].get_textpage().get_text_range()
    sheet.close()
    assert word in text
    assert "酱牛肉" in text
    phone.emulate_media(media="print")
    assert not phone.locator(".button").first.is_visible()
    assert not phone.locator(".skip").is_visible()

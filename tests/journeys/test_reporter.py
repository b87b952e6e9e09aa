"""Somebody who is afraid, with and without script: from the form to the receipt, and back with it."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect
from tests.journeys.test_every_page import OVERHANG, audit

pytestmark = pytest.mark.browser

both_languages = pytest.mark.parametrize("language", ["zh", "en"])
KEY = ".receipt .key"
SEND = "form#report button:not([type])"
UNHURRIED = 6_000
"""Milliseconds that a form without computed work must have been open."""
WORKED = 60_000
PDF = {"name": "单.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4\n%%EOF"}


def write(page: Page, language: str) -> None:
    """Fill in what an anonymous report needs."""
    page.goto(f"/report/?lang={language}")
    page.check("#want-report")
    page.fill("#who", "北溪陈记卤味作坊")
    page.fill("#where", "清溪县北溪镇")
    page.fill("#facts", "后院用工业盐腌肉。")


def receipt_of(page: Page) -> str:
    page.wait_for_selector(KEY, timeout=WORKED)
    return "-".join(page.locator(KEY).all_inner_texts())


def follow(page: Page, language: str, receipt: str) -> None:
    page.goto(f"/report/follow?lang={language}")
    page.fill("#receipt", receipt)


@both_languages
def test_without_script_a_report_is_handed_in_followed_and_withdrawn(phone: Page, language: str) -> None:
    write(phone, language)
    phone.set_input_files("#evidence", PDF)
    phone.wait_for_timeout(UNHURRIED)
    phone.click(SEND)
    receipt = receipt_of(phone)
    assert phone.evaluate(OVERHANG) == 0
    follow(phone, language, receipt)
    phone.wait_for_timeout(UNHURRIED)
    phone.click(SEND)
    expect(phone.locator(".timeline li")).to_have_count(1)
    phone.locator("#withdraw + details summary").click()
    phone.check("#sure")
    phone.click("#withdraw + details .button")
    expect(phone.locator(".timeline li")).to_have_count(2)
    assert receipt not in phone.url
    assert phone.context.cookies() == []


@both_languages
def test_with_script_a_file_goes_ahead_and_the_form_waits_for_it(scripted: Page, language: str) -> None:
    write(scripted, language)
    audit(scripted)
    scripted.set_input_files("#evidence", PDF)
    expect(scripted.locator("[data-uploads] li")).to_contain_text("单.pdf")
    scripted.click(SEND)
    receipt = receipt_of(scripted)
    audit(scripted)
    follow(scripted, language, receipt)
    scripted.click(SEND)
    scripted.wait_for_selector(".timeline", timeout=WORKED)
    expect(scripted.locator("main")).to_contain_text(re.compile("交过 1 个文件|handed in 1 file"))
    audit(scripted)
    assert scripted.evaluate("localStorage.length + sessionStorage.length") == 0
    assert scripted.context.cookies() == []


@pytest.mark.parametrize("script", [True, False])
def test_a_photograph_of_the_receipt_is_enough_to_follow_it(phone: Page, scripted: Page, script: bool) -> None:
    page = scripted if script else phone
    write(page, "zh")
    page.wait_for_timeout(UNHURRIED)
    page.click(SEND)
    receipt_of(page)
    photograph = page.locator(".receipt .symbol").screenshot()
    page.goto("/report/follow?lang=zh")
    page.set_input_files("#picture", {"name": "a.png", "mimeType": "image/png", "buffer": photograph})
    page.wait_for_timeout(0 if script else UNHURRIED)
    page.click(SEND)
    page.wait_for_selector(".timeline", timeout=WORKED)


def test_what_only_some_must_answer_is_out_of_the_way_until_they_choose(phone: Page) -> None:
    phone.goto("/report/?lang=zh")
    name = phone.locator("#name")
    expect(name).to_be_hidden()
    phone.check("#want-report")
    expect(name).to_be_hidden()
    phone.check("#standing-named")
    expect(name).to_be_visible()
    phone.check("#standing-anonymous")
    phone.check("#want-complaint")
    expect(name).to_be_visible()
    expect(phone.locator("#identity")).to_be_hidden()

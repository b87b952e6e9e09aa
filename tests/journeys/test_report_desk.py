"""A report from the form without script to the payment: a reporter, two officers, the custodian and finance."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from tests.journeys.desks import Desks, served
from tests.journeys.test_every_page import OVERHANG, audit
from tests.journeys.test_reporter import SEND, UNHURRIED, follow, receipt_of, write
from tests.journeys.town import Town

from zuofang.rules.calendar import china_day
from zuofang.site.commands.city.staff import PASSWORD
from zuofang.storage.acts import system_clock

pytestmark = pytest.mark.browser
PEOPLE = ("banan", "fuhe", "caiwu")
WIDE = {"width": 1280, "height": 900}
PICTURE = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c4944415408d763f8cfc000000301010018dd8db0"
    "0000000049454e44ae426082"
)
"""One red pixel."""


@pytest.fixture(scope="module")
def desks(town: Town) -> Iterator[Desks]:
    """The desks, served."""
    with served(town) as desks:
        yield desks


@pytest.fixture(scope="module")
def seats(browser: Browser, desks: Desks) -> Iterator[dict[str, Page]]:
    """A desk for everybody who handles a report, without script, as wide as in an office."""
    contexts: list[BrowserContext] = []
    pages = {}
    for name in PEOPLE:
        contexts.append(browser.new_context(viewport=WIDE, locale="zh-CN"))  # type: ignore[arg-type]
        pages[name] = contexts[-1].new_page()
        desks.sign_in(pages[name], name)
    yield pages
    for context in contexts:
        context.close()


def press(page: Page, action: str) -> None:
    """Press the button of a form, wherever it is folded away, by the keyboard alone."""
    form = page.locator(f"form[action*='{action}']").first
    form.evaluate("form => { for (let e = form; e; e = e.parentElement) if (e.tagName === 'DETAILS') e.open = true }")
    form.locator("button").focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")


def unfold(page: Page) -> None:
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_report_goes_from_the_form_to_the_payment(
    phone: Page, desks: Desks, seats: dict[str, Page], language: str
) -> None:
    receipt = hand_in(phone, language)
    officer, head, finance = (seats[name] for name in PEOPLE)
    case = open_case(officer, desks, language)
    talk(officer, phone, receipt, case, language)
    decide(officer, head, case)
    number = reward(officer, head)
    claim(phone, receipt, language)
    finance.goto(f"{desks.address}/payments?lang={language}")
    pay(finance, number)


def open_case(officer: Page, desks: Desks, language: str) -> str:
    """Open the newest letter with one's key and make it a case; answers the address of its page."""
    officer.goto(f"{desks.address}/reports?show=new&lang={language}")
    officer.locator(".work h3 a").last.click()
    officer.wait_for_url("**/letters/*")
    if officer.locator("#passphrase").count():  # the key may still be open from the other language
        officer.fill("#passphrase", PASSWORD)
    press(officer, "/open")
    expect(officer.locator("main")).to_contain_text("后院用工业盐腌肉")
    officer.select_option("#place", index=1)
    press(officer, "/split")
    picture = officer.locator(".evidence-files img")
    expect(picture).to_have_js_property("complete", True)
    assert picture.evaluate("one => one.naturalWidth") == 1
    _looks_right(officer)
    return f"{officer.url.partition('?')[0]}?lang={language}"


def talk(officer: Page, phone: Page, receipt: str, case: str, language: str) -> None:
    """Ask the reporter, who answers by receipt."""
    unfold(officer)
    officer.fill("#reply", "请补充是哪一天看到的。")
    press(officer, "/reply")
    _add(phone, receipt, language)
    officer.goto(case)
    expect(officer.locator("main")).to_contain_text("是周三早上。")


def decide(officer: Page, head: Page, case: str) -> None:
    """File the case with another's approval, decide and close it."""
    unfold(officer)
    officer.fill("#filed-why", "现场查实")
    press(officer, "/step/filed")
    head.goto(case)
    press(head, "/approve")
    officer.goto(case)
    unfold(officer)
    officer.check("#decided_kinds-shut_down")
    officer.fill("#decided_confiscated", "200000")
    press(officer, "/decide")
    press(officer, "/step/closed")


def reward(officer: Page, head: Page) -> str:
    """Propose, approve and tell a reward; answers the number of the case."""
    unfold(officer)
    officer.check("#match-full")
    officer.check("#evidence-direct")
    officer.fill("#applied_on", china_day(system_clock()).isoformat())
    press(officer, "/reward/propose")
    head.reload()
    press(head, "/reward/approve")
    officer.reload()
    press(officer, "/reward/tell")
    expect(officer.locator("main")).to_contain_text(re.compile(r"6,000(\.00)?"))
    _looks_right(officer)
    number = re.search(r"[2-9A-Z]{4}-[2-9A-Z]{4}", officer.inner_text("h1"))
    assert number
    return number[0]


def pay(finance: Page, number: str) -> None:
    """Open the account, pay, and say so."""
    finance.click(f"a:has-text('{number}')")
    finance.wait_for_url("**/payments/*")
    if finance.locator("#passphrase").count():
        finance.fill("#passphrase", PASSWORD)
    press(finance, "/open")
    expect(finance.locator("main")).to_contain_text("6222 0000 0000 0001")
    _looks_right(finance)
    press(finance, "/pay")
    expect(finance.locator("main")).to_contain_text(re.compile("已登记支付|payment is entered"))
    assert "后院用工业盐腌肉" not in finance.content()


def hand_in(phone: Page, language: str) -> str:
    write(phone, language)
    phone.set_input_files("#evidence", {"name": "后院.png", "mimeType": "image/png", "buffer": PICTURE})
    phone.wait_for_timeout(UNHURRIED)
    phone.click(SEND)
    return receipt_of(phone)


def _back(phone: Page, receipt: str, language: str) -> None:
    follow(phone, language, receipt)
    phone.wait_for_timeout(UNHURRIED)
    phone.click(SEND)


def _add(phone: Page, receipt: str, language: str) -> None:
    _back(phone, receipt, language)
    expect(phone.locator("main")).to_contain_text("请补充是哪一天看到的。")
    _act(phone, "addition", text="是周三早上。")


def claim(phone: Page, receipt: str, language: str) -> None:
    _back(phone, receipt, language)
    _act(phone, "claim", payee="沈小满", bank="清溪农商行", account="6222 0000 0000 0001")


def _act(phone: Page, act: str, **typed: str) -> None:
    form = phone.locator(f"form:has([name=act][value={act}])").first
    fold = form.locator("xpath=ancestor::details[1]")
    if fold.count() and fold.get_attribute("open") is None:
        fold.locator("summary").first.click()
    for name, text in typed.items():
        form.locator(f"[name={name}]").fill(text)
    declared = form.locator("[name=declared]")
    if declared.count():
        declared.check()
    form.locator("button").last.click()


def _looks_right(page: Page) -> None:
    """No barrier, nothing cut off, on a wide screen and on a phone, with everything unfolded."""
    unfold(page)
    audit(page)
    page.set_viewport_size({"width": 360, "height": 740})
    audit(page)
    assert page.evaluate(OVERHANG) == 0
    page.set_viewport_size(WIDE)  # type: ignore[arg-type]

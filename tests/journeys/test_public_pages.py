"""The pages behind the label in a real browser: on a small phone, at double text size, under an audit, by script."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page
from tests.journeys.town import Town

from zuofang.traceability.labels.symbols import draw_one, png

pytestmark = pytest.mark.browser

ADDRESSES = (
    "/", "/scan", "/workshops/", "/workshops/1", "/zones/", "/zones/beixi-luwei", "/batches/", "/batches/1",
    "/batches/?q=nothing", "/about", "/privacy", "/accessibility", "/security",
)  # fmt: skip
TOUCHED = ".button, .head a, .foot a, .entry, .code input, summary, .facets li a, .pager a, .contents a"
THUMB = 44
CODE = "0123456789ABCDEFGHJK"
DECODER = """
window.seen = ["JAVASCRIPT:ALERT(1)", "HTTPS://EVIL.EXAMPLE/T/%(code)s", "%(prefix)s%(code)s"];
window.BarcodeDetector = class {
  static async getSupportedFormats() { return ["qr_code"]; }
  async detect(source) {
    const probe = document.getElementById("camera").dataset.text;
    return [{ rawValue: source.tagName === "CANVAS" ? probe : window.seen.shift() }];
  }
};
navigator.mediaDevices.getUserMedia = async () => document.createElement("canvas").captureStream();
HTMLVideoElement.prototype.play = async () => {};
"""

BLIND = """
window.BarcodeDetector = class {
  static async getSupportedFormats() { return ["qr_code"]; }
  async detect() { return []; }
};
"""


def test_nothing_is_wider_than_a_small_phone_even_with_letters_twice_as_large(scripted: Page) -> None:
    for address, language, size in product(ADDRESSES, ("zh", "en"), (17, 34)):
        scripted.goto(f"{address}{'&' if '?' in address else '?'}lang={language}")
        scripted.evaluate(f"document.documentElement.style.fontSize = '{size}px'")
        assert scripted.evaluate("document.documentElement.scrollWidth") <= 360, (address, language, size)


def test_what_is_touched_is_as_large_as_a_thumb(scripted: Page) -> None:
    for address in ADDRESSES:
        scripted.goto(address)
        for target in scripted.locator(TOUCHED).all():
            box = target.bounding_box()
            if target.is_visible() and box:
                assert box["height"] >= THUMB, (address, target.inner_text())


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_an_accessibility_audit_finds_nothing(scripted: Page, scheme: str) -> None:
    scripted.emulate_media(color_scheme=scheme)
    for address, language in product(ADDRESSES, ("zh", "en")):
        scripted.goto(f"{address}{'&' if '?' in address else '?'}lang={language}")
        found = Axe().run(scripted)
        assert found.violations_count == 0, f"{address} {language}: {found.generate_report()}"


def test_a_reader_finds_a_workshop_its_zone_and_a_batch_without_a_script(phone: Page) -> None:
    phone.goto("/")
    phone.get_by_label("名称").fill("卤味")
    phone.get_by_role("button", name="查找").click()
    phone.locator(".records a").first.click()
    assert phone.url.rpartition("/")[0].endswith("/workshops")
    phone.locator("#tested + .records a, [aria-labelledby=tested] .records a").first.click()
    assert "/batches/" in phone.url
    phone.get_by_role("link", name="集中加工区").first.click()
    assert "/zones/" in phone.url


def test_a_picture_is_read_without_a_script(phone: Page, tmp_path: Path) -> None:
    picture = tmp_path / "code.png"
    picture.write_bytes(png(draw_one("HTTPS://EVIL.EXAMPLE/T/" + CODE)))
    phone.goto("/scan")
    phone.locator("#chosen").set_input_files(picture)
    phone.get_by_role("button", name="读码").click()
    assert phone.get_by_role("heading", name="这不是本站签发的码").is_visible()
    assert phone.get_by_text("HTTPS://EVIL.EXAMPLE/T/" + CODE).is_visible()


def test_the_camera_stays_away_where_the_browser_cannot_read_our_symbols(scripted: Page) -> None:
    scripted.add_init_script(BLIND)
    scripted.goto("/scan")
    scripted.wait_for_timeout(300)
    assert not scripted.locator("#camera").is_visible()


def test_the_camera_shows_foreign_codes_as_text_and_follows_ours(scripted: Page, town: Town) -> None:
    scripted.add_init_script(DECODER % {"code": CODE, "prefix": f"{town.address.upper()}/T/"})
    scripted.goto("/scan?lang=en")
    scripted.get_by_role("button", name="Start the camera").click()
    scripted.get_by_text("EVIL.EXAMPLE").wait_for()
    scripted.wait_for_url(f"**/t/{CODE}?lang=en")

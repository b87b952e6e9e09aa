"""The scan page in a real browser: a foreign picture, and the camera where a browser can and cannot read."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from tests.journeys.town import Town

from zuofang.traceability.labels.symbols import draw_one, png

pytestmark = pytest.mark.browser

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


def test_a_picture_is_read_without_a_script(phone: Page, tmp_path: Path) -> None:
    picture = tmp_path / "code.png"
    picture.write_bytes(png(draw_one("HTTPS://EVIL.EXAMPLE/T/" + CODE)))
    phone.goto("/scan")
    phone.locator("#chosen").set_input_files(picture)
    phone.get_by_role("button", name="读码").click()
    expect(phone.get_by_role("heading", name="这不是本站签发的码")).to_be_visible()
    expect(phone.get_by_text("HTTPS://EVIL.EXAMPLE/T/" + CODE)).to_be_visible()


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

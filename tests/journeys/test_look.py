"""How pages come out on a small phone: what stands on the first screen, at double text size, and under an audit.

The pages are laid into the browser as they leave the application; no server is needed.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask.testing import FlaskClient
from playwright.sync_api import Browser, Page

from zuofang.site.app import create_public_app
from zuofang.site.public.samples import LABELS
from zuofang.storage.settings import Settings

pytestmark = pytest.mark.browser

FIRST_SCREEN = 640
THUMB = 44
LANGUAGES = ("zh", "en")
ISSUED = [verdict for verdict in LABELS if verdict != "not_issued"]
ADDRESSES = ["/styleguide", "/nothing", *(f"/styleguide/label/{verdict}" for verdict in LABELS)]
GALLERY = {"resultTypes": ["violations"], "rules": {"landmark-unique": {"enabled": False}}}
"""A gallery shows two pagers on one page, which no page for readers does."""
TOUCHED = ".button, .head a, .entry, .code input, summary, .facets li a, .errors a, .option, .pager a"


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    data: Path = tmp_path_factory.mktemp("data")
    return create_public_app(Settings(data=data, development=True)).test_client()


@pytest.fixture
def sheet(browser: Browser) -> Iterator[Page]:
    """An empty page on a phone of 360 × 640."""
    context = browser.new_context(viewport={"width": 360, "height": FIRST_SCREEN})
    yield context.new_page()
    context.close()


def lay(sheet: Page, reader: FlaskClient, address: str, language: str) -> None:
    sheet.set_content(reader.get(f"{address}?lang={language}").text)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("verdict", ISSUED)
def test_verdict_goods_dates_and_the_first_question_stand_on_the_first_screen(
    sheet: Page, reader: FlaskClient, verdict: str, language: str
) -> None:
    lay(sheet, reader, f"/styleguide/label/{verdict}", language)
    parts = ["h1", ".product", ".goods a", ".goods dl div:nth-child(3)", ".card:first-child h2"]
    boxes = [sheet.locator(part).first.bounding_box() for part in parts]
    lower = [box["y"] + box["height"] for box in boxes if box]
    assert len(lower) == len(parts)
    assert lower == sorted(lower)
    assert lower[-1] <= FIRST_SCREEN


@pytest.mark.parametrize("text_size", [100, 200])
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("address", ADDRESSES)
def test_nothing_is_wider_than_a_small_phone(
    sheet: Page, reader: FlaskClient, address: str, language: str, text_size: int
) -> None:
    lay(sheet, reader, address, language)
    sheet.evaluate(f"document.documentElement.style.fontSize = '{17 * text_size / 100}px'")
    assert sheet.evaluate("document.documentElement.scrollWidth") <= 360


@pytest.mark.parametrize("address", ["/styleguide", "/styleguide/label/not_issued"])
def test_what_is_touched_is_as_large_as_a_thumb(sheet: Page, reader: FlaskClient, address: str) -> None:
    lay(sheet, reader, address, "zh")
    for target in sheet.locator(TOUCHED).all():
        box = target.bounding_box()
        if target.is_visible() and box:
            assert box["height"] >= THUMB, target.inner_text()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_an_accessibility_audit_finds_nothing_in_the_style_guide(
    sheet: Page, reader: FlaskClient, language: str, scheme: str
) -> None:
    sheet.emulate_media(color_scheme=scheme)
    lay(sheet, reader, "/styleguide", language)
    found = Axe().run(sheet, options=GALLERY)
    assert found.violations_count == 0, found.generate_report()


def test_a_page_can_be_read_without_colours_of_its_own(browser: Browser, reader: FlaskClient) -> None:
    context = browser.new_context(viewport={"width": 360, "height": FIRST_SCREEN}, forced_colors="active")
    page = context.new_page()
    lay(page, reader, "/styleguide/label/do_not_eat", "zh")
    assert page.locator("svg.seal").first.is_visible()
    assert page.locator("h1").inner_text() == "不要食用"
    context.close()

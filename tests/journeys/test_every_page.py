"""What every page of the site owes its reader: no barrier, no noise, no foreign host, no scrolling sideways."""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page
from tests.journeys.kinds import LABEL, address_of, page_kinds
from tests.journeys.town import Town

pytestmark = pytest.mark.browser

KINDS = page_kinds()
NARROW = {"width": 320, "height": 640}
TWICE_AS_LARGE = "document.documentElement.style.fontSize = '34px'"
OVERHANG = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
TOUCHED = ".button, .head a, .foot a, .entry, .code input, summary, .facets li a, .pager a, .contents a"
THUMB = 44
TOO_SMALL = """([touched, thumb]) => [...document.querySelectorAll(touched)]
    .filter(one => one.checkVisibility() && one.getBoundingClientRect().height < thumb).map(one => one.textContent)"""
CONTRAST = {"runOnly": ["color-contrast"]}

every_kind = pytest.mark.parametrize("kind", KINDS)
both_languages = pytest.mark.parametrize("language", ["zh", "en"])


@dataclass
class Noise:
    """What a page asked for and complained about while it was open."""

    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def listen(self, page: Page) -> None:
        page.on("request", lambda request: self.requests.append(request.url))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("console", lambda said: self.complaints.append(said.text))


def audit(page: Page, options: dict[str, list[str]] | None = None) -> None:
    found = Axe().run(page, options=options or {"resultTypes": ["violations"]})
    assert found.violations_count == 0, found.generate_report()


@both_languages
@every_kind
def test_an_audit_finds_no_barrier_in_light_or_dark(scripted: Page, town: Town, kind: str, language: str) -> None:
    scripted.goto(address_of(kind, town, language))
    audit(scripted)
    scripted.emulate_media(color_scheme="dark")
    audit(scripted, CONTRAST)


@both_languages
@every_kind
def test_a_page_is_quiet_and_asks_nobody_else(scripted: Page, town: Town, kind: str, language: str) -> None:
    noise = Noise()
    noise.listen(scripted)
    answer = scripted.goto(address_of(kind, town, language), wait_until="load")
    assert answer is not None
    lost = [f"the server responded with a status of {answer.status}"] if answer.status >= 400 else []
    assert answer.status in (200, 404)
    assert [said for said in noise.complaints if not any(words in said for words in lost)] == []
    assert {urlsplit(url).netloc for url in noise.requests} == {urlsplit(town.address).netloc}
    assert scripted.context.cookies() == []
    assert scripted.locator("html").get_attribute("lang") == {"zh": "zh-Hans", "en": "en"}[language]


@both_languages
@every_kind
def test_nothing_is_cut_off_on_a_narrow_phone_at_twice_the_text_size(
    phone: Page, town: Town, kind: str, language: str
) -> None:
    phone.set_viewport_size(NARROW)
    phone.goto(address_of(kind, town, language))
    assert phone.evaluate(OVERHANG) == 0
    phone.evaluate(TWICE_AS_LARGE)
    assert phone.evaluate(OVERHANG) == 0


@every_kind
def test_what_is_touched_is_as_large_as_a_thumb(phone: Page, town: Town, kind: str) -> None:
    phone.goto(address_of(kind, town, "zh"))
    assert phone.evaluate(TOO_SMALL, [TOUCHED, THUMB]) == []


@both_languages
def test_a_label_page_is_one_request(scripted: Page, town: Town, language: str) -> None:
    noise = Noise()
    noise.listen(scripted)
    scripted.goto(address_of(LABEL, town, language), wait_until="networkidle")
    assert len([url for url in noise.requests if not url.endswith("/icon.svg")]) == 1
    assert scripted.evaluate("performance.getEntriesByType('resource').map(one => one.name)") in (
        [],
        [f"{town.address}/icon.svg"],
    )
    assert scripted.locator("script").count() == 0

"""A real server and a real browser. These tests are slow and few; run them with ``make journeys``."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from tests.journeys.town import Town, served, stocked

NAMES = ("chromium", "chromium-browser", "google-chrome")
PHONE = {"width": 360, "height": 640}


@pytest.fixture(scope="session")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """The example city with a shelf of our own batches, served by a process of its own."""
    data: Path = tmp_path_factory.mktemp("town")
    with served(data) as address, stocked(data, address) as town:
        yield town


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The Chromium of this machine."""
    path = next(filter(None, map(shutil.which, NAMES)), None)
    assert path, "no Chromium on this machine; `make browser` installs it"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def pocket(browser: Browser, town: Town) -> Iterator[BrowserContext]:
    """What a small Chinese phone remembers while it is used, with script switched off as it may be."""
    context = browser.new_context(
        base_url=town.address, viewport=PHONE, java_script_enabled=False, locale="zh-CN", reduced_motion="reduce"
    )
    yield context
    context.close()


@pytest.fixture
def phone(pocket: BrowserContext) -> Page:
    """A page on the small phone without script."""
    return pocket.new_page()


@pytest.fixture
def scripted(browser: Browser, town: Town) -> Iterator[Page]:
    """A page on a small phone with script, which an audit needs."""
    context = browser.new_context(base_url=town.address, viewport=PHONE, locale="zh-CN")
    yield context.new_page()
    context.close()

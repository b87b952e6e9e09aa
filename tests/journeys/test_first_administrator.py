"""The first administrator: from the command that opens the account, over the invitation, to a desk, by passkey."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from tests.journeys.desks import Desks, served
from tests.journeys.test_every_page import OVERHANG, audit
from tests.journeys.town import Town

pytestmark = pytest.mark.browser
PASSWORD = "paddle orchard kettle 19"
DEVICE = {"protocol": "ctap2", "transport": "internal", "hasUserVerification": True, "isUserVerified": True}


@pytest.fixture(scope="module")
def desks(town: Town) -> Iterator[Desks]:
    """The desks, served."""
    with served(town) as desks:
        yield desks


@pytest.fixture
def laptop(browser: Browser) -> Iterator[BrowserContext]:
    """A computer that makes passkeys when it is asked to."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="zh-CN")
    yield context
    context.close()


def with_device(context: BrowserContext) -> Page:
    """A page whose browser has a device that says yes."""
    page = context.new_page()
    device = context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    device.send("WebAuthn.addVirtualAuthenticator", {"options": {**DEVICE, "automaticPresenceSimulation": True}})
    return page


def take_up(page: Page, desks: Desks, link: str) -> None:
    """Open the invitation and choose a password."""
    page.goto(f"{desks.address}{link}")
    page.fill("#password", PASSWORD)
    page.fill("#again", PASSWORD)
    page.click("main button")
    page.wait_for_url("**/sign-in/set-up**")


def test_an_administrator_comes_in_with_a_passkey_alone(desks: Desks, laptop: BrowserContext, town: Town) -> None:
    told = town.run("user", "add", "li.he", "--person", "李禾", "--role", "administrator")
    link = re.search(r"/take-up\?key=[\w-]+", told)
    assert link, told
    page = with_device(laptop)
    take_up(page, desks, link[0])
    audit(page)
    assert page.evaluate(OVERHANG) == 0
    page.fill("#label", "办公室的电脑")
    page.click("[data-passkey=add] button")
    expect(page.locator("main")).to_contain_text("通行密钥已登记，您已登录")
    page.click("nav a:has-text('账号')")
    expect(page.locator("main")).to_contain_text("李禾")
    page.click("text=退出登录")
    page.fill("#name", "li.he")
    page.fill("#password", PASSWORD)
    page.click("main button")
    expect(page.locator("main")).to_contain_text("恢复码")
    page.click("[data-passkey=prove] button")
    page.wait_for_url(f"{desks.address}/")
    expect(page.locator("nav")).to_contain_text("密钥")

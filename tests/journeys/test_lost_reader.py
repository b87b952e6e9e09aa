"""A reader with a wrong address finds out what happened, in either language, and sends nothing to anybody else."""

import pytest
from playwright.sync_api import Page, expect
from tests.journeys.town import Town

pytestmark = pytest.mark.browser


def test_a_lost_reader_is_told_so_and_can_change_the_language(phone: Page, town: Town) -> None:
    asked: list[str] = []
    phone.on("request", lambda request: asked.append(request.url))
    answer = phone.goto("/nowhere")
    assert answer is not None
    assert answer.status == 404
    assert phone.locator("html").get_attribute("lang") == "zh-Hans"
    phone.get_by_role("link", name="English").click()
    expect(phone.locator("html")).to_have_attribute("lang", "en")
    assert phone.url.startswith(f"{town.address}/nowhere")
    assert all(url.startswith(town.address) for url in asked)

"""A reader with a wrong address finds out what happened, in either language, and sends nothing to anybody else."""

import pytest
from playwright.sync_api import Page

pytestmark = pytest.mark.browser


def test_a_lost_reader_is_told_so_and_can_change_the_language(phone: Page, demo_site: str) -> None:
    asked: list[str] = []
    phone.on("request", lambda request: asked.append(request.url))
    answer = phone.goto("/nowhere")
    assert answer is not None
    assert answer.status == 404
    assert phone.locator("html").get_attribute("lang") == "zh-Hans"
    phone.get_by_role("link", name="English").click()
    assert phone.locator("html").get_attribute("lang") == "en"
    assert phone.url.startswith(f"{demo_site}/nowhere")
    assert all(url.startswith(demo_site) for url in asked)

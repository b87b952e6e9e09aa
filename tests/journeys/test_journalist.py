"""A journalist: from a question about a county and a year to a table and a feed of exactly its answer."""

from __future__ import annotations

import csv
from io import StringIO
from xml.etree.ElementTree import fromstring

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

ATOM = "{http://www.w3.org/2005/Atom}"
STEPS = 7
"""Type, find, two facets opened and chosen from, one file."""


class Walk:
    """Counts what a person does."""

    def __init__(self, page: Page) -> None:
        self.page, self.steps = page, 0

    def click(self, role: str, name: str) -> None:
        self.page.locator("main").get_by_role(role, name=name).first.click()  # type: ignore[arg-type]
        self.steps += 1

    def narrow(self, facet: str, value: str) -> None:
        """Open a facet and choose a value of it."""
        self.page.locator("main summary").filter(has_text=facet).click()
        self.steps += 1
        self.click("link", value)
        expect(self.page.locator("main summary").filter(has_text=facet)).to_contain_text(value)

    def fetched(self, name: str) -> str:
        """What lies behind a link of the page, as a program or a feed reader fetches it."""
        address = self.page.locator("main").get_by_role("link", name=name).get_attribute("href")
        return self.page.request.get(address or "").text()


def test_which_workshops_of_a_county_failed_for_preservatives_this_year_ends_in_a_table_and_a_feed(
    phone: Page,
) -> None:
    walk = Walk(phone)
    phone.goto("/disclosures/")
    phone.locator("#q").fill("防腐剂")
    walk.steps += 1
    walk.click("button", "查找")
    walk.narrow("结论和处罚", "不合格")
    walk.narrow("地区", "溪东区")
    expect(phone.locator("main summary").filter(has_text="年份")).to_have_count(0)  # one year is all there is
    table = list(csv.DictReader(StringIO(walk.fetched("CSV").removeprefix("\ufeff"))))
    walk.steps += 1
    assert walk.steps <= STEPS
    expect(phone.locator("#found")).to_contain_text(f"{len(table)} 条")
    assert {row["当事人"] for row in table} == {"北溪老灶熏味坊"}
    assert {row["作出日期"][:4] for row in table} == {"2026"}
    assert all("山梨酸" in row["检验项目"] for row in table)
    feed = fromstring(walk.fetched("订阅（Atom）"))
    assert len(feed.findall(f"{ATOM}entry")) == len(table) > 0

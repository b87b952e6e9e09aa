"""A journalist: from a question about a county and a year to a table and a feed of exactly its answer."""

from __future__ import annotations

import csv
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class Words:
    """What stands on the page in one language."""

    tag: str
    find: str
    outcome: str
    failed: str
    district: str
    year: str
    total: str
    feed: str
    party: str
    day: str
    items: str


CHINESE = Words(
    "zh", "查找", "结论和处罚", "不合格", "地区", "年份", "共 {} 条", "订阅（Atom）", "当事人", "作出日期", "检验项目",
)  # fmt: skip
ENGLISH = Words(
    "en", "Find", "Conclusion or penalty", "Failed", "District", "Year", "{} in all", "feed (Atom)", "Party", "Made on",
    "Test items",
)  # fmt: skip


@pytest.mark.parametrize("words", [CHINESE, ENGLISH], ids=["zh", "en"])
def test_which_workshops_of_a_county_failed_for_preservatives_this_year_ends_in_a_table_and_a_feed(
    phone: Page, words: Words
) -> None:
    walk = Walk(phone)
    phone.goto(f"/disclosures/?lang={words.tag}")
    phone.locator("#q").fill("防腐剂")
    walk.steps += 1
    walk.click("button", words.find)
    walk.narrow(words.outcome, words.failed)
    walk.narrow(words.district, "溪东区")
    expect(phone.locator("main summary").filter(has_text=words.year)).to_have_count(0)  # one year is all there is
    table = list(csv.DictReader(StringIO(walk.fetched("CSV").removeprefix("\ufeff"))))
    walk.steps += 1
    assert walk.steps <= STEPS
    expect(phone.locator("#found")).to_have_text(words.total.format(len(table)))
    assert {row[words.party] for row in table} == {"北溪老灶熏味坊"}
    assert {row[words.day][:4] for row in table} == {"2026"}
    assert all("山梨酸" in row[words.items] for row in table)
    feed = fromstring(walk.fetched(words.feed))
    assert len(feed.findall(f"{ATOM}entry")) == len(table) > 0

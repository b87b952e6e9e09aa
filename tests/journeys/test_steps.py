"""The usual case of each desk by keyboard alone, from what is due to what was done: three steps at most.

A step is one thing that is opened or sent. Getting to it with the tabulator is none, nor is typing the reason that an
act needs; choosing an answer is part of the form that is sent.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from sqlalchemy import select
from tests.credit.filed import FINE
from tests.journeys.desks import Desks, served
from tests.journeys.town import Town

from zuofang.credit.acts import records
from zuofang.credit.models import CreditRecord, RecordKind
from zuofang.storage import editions
from zuofang.storage.identity import Identity
from zuofang.traceability.models import Workshop

pytestmark = pytest.mark.browser
MOST = 3
FARTHEST = 120
"""Presses of the tabulator after which what is looked for counts as out of reach."""


@pytest.fixture(scope="module")
def desks(town: Town) -> Iterator[Desks]:
    """The desks, served."""
    with served(town) as desks:
        yield desks


@dataclass
class Hands:
    """Somebody at a desk who owns no mouse; counts the steps."""

    page: Page
    steps: int = 0

    def reach(self, selector: str) -> None:
        """Move to the first thing that fits, with the tabulator."""
        wanted = self.page.locator(selector).first.element_handle()
        for _ in range(FARTHEST):
            self.page.keyboard.press("Tab")
            if self.page.evaluate("one => document.activeElement === one", wanted):
                return
        raise AssertionError(f"the keyboard does not reach {selector} on {self.page.url}")

    def press(self, selector: str) -> None:
        """Open or send something: one step."""
        self.reach(selector)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")
        self.steps += 1

    def write(self, selector: str, text: str) -> None:
        """Type into a field."""
        self.reach(selector)
        self.page.keyboard.type(text)

    def choose(self, selector: str) -> None:
        """Choose an answer."""
        self.page.focus(selector)
        self.page.keyboard.press("Space")

    def done(self, sentence: str) -> None:
        """What was done is said, after three steps at most."""
        expect(self.page.locator("main")).to_contain_text(sentence)
        assert self.steps <= MOST


Seat = Callable[[str], Hands]


@pytest.fixture(scope="module")
def sit_down(browser: Browser, desks: Desks) -> Iterator[Seat]:
    """Seats people of the example city at the page on which every desk opens; who came in once stays signed in."""
    seated: dict[str, BrowserContext] = {}

    def sit_down(name: str) -> Hands:
        if name not in seated:
            seated[name] = browser.new_context(viewport={"width": 1280, "height": 900}, locale="zh-CN")
            desks.sign_in(seated[name].new_page(), name)
        page = seated[name].new_page()
        page.goto(f"{desks.address}/")
        return Hands(page)

    yield sit_down
    for context in seated.values():
        context.close()


def _entered(town: Town, title: str) -> None:
    """A penalty of yesterday that nobody has put forward."""
    with town.office.writing("tests") as desk:
        workshop = desk.session.scalars(select(Workshop).order_by(Workshop.id)).first()
        assert workshop is not None
        row = CreditRecord(
            kind=RecordKind.penalty, workshop_id=workshop.id, party=workshop.name, made_on=desk.today, title=title,
            content="警告。", document=title, authority="清溪市市场监督管理局",
        )  # fmt: skip
        records.enter(desk, row, replace(FINE, decided_on=desk.today, performed_on=None, rectified_on=None), "tests")


def test_an_officer_puts_forward_and_a_reviewer_approves(town: Town, sit_down: Seat) -> None:
    _entered(town, "键盘测试")
    officer = sit_down("zhifa")
    officer.press(".work a:has-text('键盘测试')")
    officer.press("form[action$='/propose'] button")
    officer.done("已提交，等另一个人审核")
    reviewer = sit_down("shenhe")
    reviewer.press(".work a:has-text('键盘测试')")
    reviewer.press("form[action$='/approve'] button")
    reviewer.done("审核通过")


def test_an_officer_sorts_a_place_of_a_campaign(sit_down: Seat) -> None:
    officer = sit_down("zhifa")
    officer.press(".work a:has-text('家还没有分类')")
    officer.press(".records a")
    officer.choose("#triage-upgrade")
    officer.write("#reason", "证照齐全")
    officer.press("form[action$='/triage'] button")
    officer.done("已分类")


def test_an_editor_adopts_what_an_administrator_proposed(town: Town, sit_down: Seat) -> None:
    with town.office.writing("guanli") as desk:
        told = Identity(site_name="作坊码", site_name_en="Workshop Food Codes", bureau="清溪市市场监督管理局")
        editions.propose(desk, editions.IDENTITY, told.json(), "测试")
    editor = sit_down("bianji")
    editor.press("nav a[href^='/settings']")
    editor.press(".records a")
    editor.write("#why", "核对过")
    editor.press("button[formaction$='/adopt']")
    editor.done("已采用")


def test_an_administrator_has_the_journal_recounted(sit_down: Seat) -> None:
    administrator = sit_down("guanli")
    administrator.press("nav a[href^='/journal']")
    administrator.press("form[action$='/journal/verify'] button")
    administrator.done("已记下，正在后台做")

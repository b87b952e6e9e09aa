"""The desks in a real browser: every kind of page without a barrier, a passkey, and a batch from typing to release."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from sqlalchemy import Select, select
from sqlalchemy.orm import Session
from tests.journeys.desks import Desks, served
from tests.journeys.test_every_page import NARROW, OVERHANG, THUMB, TOO_SMALL, TOUCHED, TWICE_AS_LARGE, audit
from tests.journeys.town import Town
from tests.storage.test_pictures import photograph

from zuofang.credit.acts import proposals
from zuofang.credit.models import CampaignPlace, CreditRecord, Picture, RecordState, ZoneProposal
from zuofang.credit.proposals import Live
from zuofang.reporting.cases.models import AskKind, ReportAsk, ReportCase, ReportReward
from zuofang.reporting.models import Report
from zuofang.rules.book import SHIPPED
from zuofang.rules.calendar import china_day
from zuofang.site.commands.city.staff import STAFF
from zuofang.site.console.app import create_console_app
from zuofang.site.console.counter import Counter
from zuofang.site.console.desks import DESKS
from zuofang.site.console.rights import Door, rights_of
from zuofang.storage import editions, errands
from zuofang.storage.accounts.models import Grant, Role
from zuofang.storage.acts import system_clock
from zuofang.storage.pictures import shelf
from zuofang.storage.settings import Settings
from zuofang.traceability.acts import applications, batches, receipts
from zuofang.traceability.models import Batch, BatchState, MaterialReceipt, Product, Tenancy, Zone, ZoneUnit

pytestmark = pytest.mark.browser
NOTICE = (SHIPPED / "calendar.csv").read_text(encoding="utf-8") + "2027-01-01,off,元旦,通知\n"
NO_PAGE = (
    "<name>",
    "<picture:name>",
    "/judge",
    "/progress",
    "/file",
    ".csv",
    "/workbook",
    "/evidence/<key:file>",
    "/pages/<key:page>",
)
"""Endings of addresses that answer with data."""
NO_PAGES = ("/static", "/icon", "/robots", "/healthz", "/mine", "/laboratory/batches/<key:batch>/judge")


@pytest.fixture(scope="module")
def desks(town: Town) -> Iterator[Desks]:
    """The desks, served."""
    with served(town) as desks:
        yield desks


@pytest.fixture(scope="module")
def people(browser: Browser, desks: Desks) -> Iterator[dict[Role, BrowserContext]]:
    """A phone for everybody of the example city, signed in."""
    phones = {}
    for hand in {hand.role: hand for hand in reversed(STAFF)}.values():
        context = browser.new_context(viewport={"width": 360, "height": 740}, locale="zh-CN", has_touch=True)
        desks.sign_in(context.new_page(), hand.name)
        phones[hand.role] = context
    yield phones
    for context in phones.values():
        context.close()


def pages_of(town: Town, role: Role) -> list[str]:
    """Every page that a role may open, with something behind it."""
    app = create_console_app(Counter(town.office, Settings()), DESKS)
    rights = rights_of(app)
    keys = keys_of(town, role)
    found = []
    with app.test_request_context():
        for rule in app.url_map.iter_rules():
            mine = rights[rule.endpoint]
            theirs = mine.door is Door.inside or role in mine.roles
            if "GET" not in (rule.methods or ()) or not theirs or "labels/" in rule.rule:
                continue
            if rule.rule == "/mine" or rule.rule.startswith(NO_PAGES[:4]) or rule.rule.endswith(NO_PAGE):
                continue
            _, path = rule.build({name: keys.get(name, 1) for name in rule.arguments}) or ("", rule.rule)
            found.append(path)
    return sorted(found)


def keys_of(town: Town, role: Role) -> dict[str, object]:
    """One thing of each kind in the place of a role, where the first there is will not do."""
    with Session(town.office.database.read) as session:
        place = session.scalars(select(Grant.scope_key).filter_by(role=role)).first() or ""
        own = int(place) if role is Role.owner else 1
        zone = int(place) if role in (Role.laboratory, Role.zone_manager) else 1
        batches = (
            select(Batch.id)
            .join(Product)
            .join(Tenancy, Tenancy.workshop_id == Product.workshop_id)
            .join(ZoneUnit, ZoneUnit.id == Tenancy.unit_id)
            .where(ZoneUnit.zone_id == zone)
        )
        return {
            "zone": zone,
            "proposal": _proposal(town, zone),
            "picture": session.scalars(select(Picture.id).filter_by(zone_id=zone)).first(),
            "batch": session.scalars(batches.order_by(Batch.id)).first(),
            "workshop": place if role is Role.owner else 1,
            "record": session.scalars(_records(role, place)).first(),
            "material": _material(town, own),
            "place": session.scalars(select(CampaignPlace.id).filter_by(campaign_id=1)).first(),
            "errand": _errand(town, role),
            "edition": _edition(town),
            "name": "calendar.csv",
            "case": session.scalars(select(ReportCase.id).where(ReportCase.finished.is_(False))).first(),
            "ask": session.scalars(select(ReportAsk.id).where(ReportAsk.kind != AskKind.approval)).first(),
            "reward": session.scalars(select(ReportReward.id)).first(),
            "letter": session.scalars(select(Report.id).where(Report.id.not_in(select(ReportCase.report_id)))).first(),
        }


def _material(town: Town, workshop: int) -> int:
    """A material that came in, with a photograph of its papers."""
    with town.office.writing("tests") as desk:
        there = desk.session.scalars(select(MaterialReceipt.id).filter_by(workshop_id=workshop, name="酱油")).first()
        if there is not None:
            return there
        row = MaterialReceipt(
            workshop_id=workshop, name="酱油", supplier="商行", quantity=Decimal(20), unit="公斤",
            received_on=desk.today,
        )  # fmt: skip
        batches.receive_material(desk, row, "tests")
        receipts.add_picture(desk, row, shelf.put(town.data / "pictures", photograph()), "tests")
        return row.id


def _records(role: Role, place: str) -> Select[int]:
    """Records that a role may see; an owner those of the own workshop that another person approved."""
    if role is not Role.owner:
        return select(CreditRecord.id)
    return select(CreditRecord.id).filter_by(workshop_id=int(place), state=RecordState.approved)


def _proposal(town: Town, zone: int) -> int:
    """What a zone wants its page to say, waiting for a decision."""
    with town.office.writing("tests") as desk:
        waiting = desk.session.scalars(select(ZoneProposal.id).filter_by(zone_id=zone)).first()
        wish = Live("https://live.example.cn")
        return waiting or proposals.propose(desk, desk.session.get_one(Zone, zone), wish, "tests").id


def _edition(town: Town) -> int:
    """A proposal that waits for a decision."""
    with town.office.writing("tests") as desk:
        waiting = desk.session.scalars(select(editions.Edition.id)).first()
        return waiting or editions.propose(desk, "calendar.csv", NOTICE, "tests").id


def _errand(town: Town, role: Role) -> int | None:
    """Long work that the person with this role asked for."""
    with town.office.writing("tests") as desk:
        account = desk.session.scalars(select(Grant.account_id).filter_by(role=role)).first()
        return errands.ask(desk, "search", {}, account, "tests").id if account else None


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("role", sorted({hand.role for hand in STAFF}))
def test_no_page_of_a_desk_has_a_barrier(
    desks: Desks, people: dict[Role, BrowserContext], town: Town, role: Role, language: str
) -> None:
    page = people[role].new_page()
    for path in pages_of(town, role):
        page.set_viewport_size({"width": 360, "height": 740})
        answer = page.goto(f"{desks.address}{path}?lang={language}")
        assert answer is not None
        assert answer.status == 200, path
        audit(page)
        assert page.evaluate(TOO_SMALL, [TOUCHED, THUMB]) == [], path
        page.set_viewport_size(NARROW)
        assert page.evaluate(OVERHANG) == 0, path
        page.evaluate(TWICE_AS_LARGE)
        assert page.evaluate(OVERHANG) == 0, path
    page.close()


def test_a_passkey_is_added_and_opens_the_desk(browser: Browser, desks: Desks) -> None:
    context = browser.new_context(locale="zh-CN")
    page = context.new_page()
    device = context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "hasUserVerification": True, "isUserVerified": True}
    device.send("WebAuthn.addVirtualAuthenticator", {"options": {**options, "automaticPresenceSimulation": True}})
    desks.sign_in(page, "bianji")
    page.goto(f"{desks.address}/account")
    page.fill("#label", "我的手机")
    page.click("[data-passkey=add] button")
    page.wait_for_url("**/account?done=passkey")
    expect(page.locator("main")).to_contain_text("我的手机")
    page.click("text=退出登录")
    page.fill("#name", "bianji")
    page.fill("#password", "granary ferry lantern 57")
    page.click("main button")
    page.click("[data-passkey=prove] button")
    page.wait_for_url(f"{desks.address}/")
    expect(page.locator("main")).to_contain_text("今天要办的")
    context.close()


def test_a_batch_goes_from_typing_to_release(desks: Desks, people: dict[Role, BrowserContext], town: Town) -> None:
    owner, bench = people[Role.owner].new_page(), people[Role.laboratory].new_page()
    owner.goto(f"{desks.address}/mine")
    owner.click("text=登记一批")
    owner.fill("#lot", "D-1")
    owner.click("main button")
    expect(owner.locator("main")).to_contain_text("这一批已登记")
    bench.goto(f"{desks.address}/laboratory")
    bench.click("li:has-text('D-1') a")
    bench.wait_for_url(re.compile(r"/laboratory/batches/\d+"))  # with its script, which judges what is typed
    field = bench.locator("tr:has-text('山梨酸') input")
    field.fill("9")
    mark = bench.locator("tr:has-text('山梨酸') .mark")
    expect(mark).to_contain_text("不合格")
    field.fill("未检出")
    mark.locator(".released").wait_for()
    bench.click("text=登记检验单")
    bench.click("form[action*='/release'] button")
    expect(bench.locator("main")).to_contain_text("这一批已放行")
    with Session(town.office.database.read) as session:
        assert session.scalars(select(Batch).filter_by(lot="D-1")).one().state is BatchState.released
    assert re.search(r"/laboratory/batches/\d+\?done=release", bench.url)


@dataclass
class Steps:
    """Presses of a thumb or of the Enter key at one desk; typing in between is no step."""

    page: Page
    made: int = 0

    def tap(self, what: str) -> None:
        """One tap on a phone."""
        self.page.locator(what).first.tap()
        self.made += 1

    def enter(self, what: str) -> None:
        """One press of Enter on what has the focus."""
        self.page.locator(what).first.focus()
        self.page.keyboard.press("Enter")
        self.made += 1


def test_the_usual_case_of_a_desk_takes_three_steps_from_where_it_opens(
    desks: Desks, people: dict[Role, BrowserContext], town: Town
) -> None:
    lot = f"{china_day(system_clock()):%Y%m%d}-S"
    owner = Steps(people[Role.owner].new_page())
    owner.page.goto(desks.address)
    owner.tap("nav a:has-text('我的作坊')")
    owner.tap("main a:has-text('登记一批')")
    owner.page.fill("#lot", lot)
    owner.tap("main form button")
    expect(owner.page.locator("main")).to_contain_text("这一批已登记")
    bench = Steps(people[Role.laboratory].new_page())
    bench.page.goto(desks.address)
    bench.enter(f"main a:has-text('{lot}')")
    bench.page.locator("tr:has-text('山梨酸') input").fill("ND")
    bench.enter("form[action*='/sheet'] button")
    bench.page.wait_for_url("**done=sheet*")
    bench.enter("form[action*='/release'] button")
    expect(bench.page.locator("main")).to_contain_text("这一批已放行")
    with town.office.writing("作坊") as desk:
        applications.apply(desk, desk.session.get_one(Zone, 1), desk.session.merge(town.scene.workshop), None, "tests")
    manager = Steps(people[Role.zone_manager].new_page())
    manager.page.goto(desks.address)
    manager.enter(f"main a:has-text('{town.scene.workshop.name}')")
    manager.enter("form[action*='/admit'] button")
    expect(manager.page.locator("main")).to_contain_text("已办理")
    assert (owner.made, bench.made, manager.made) == (3, 3, 2)

"""Who may do what: the whole table of addresses and roles, walked in the own place and in another one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import pytest
from flask import Blueprint
from flask.testing import FlaskClient
from tests import scene
from tests.console.conftest import Browser, Staff, fields_of, told, words
from tests.credit.filed import FINE
from tests.credit.test_sampling_sheets import sheet
from werkzeug.test import TestResponse

from zuofang.credit.acts import campaigns, pictures, proposals, records, sampling
from zuofang.credit.codec import dump
from zuofang.credit.models import Campaign, CampaignPlace, CreditRecord, Picture, RecordKind
from zuofang.credit.proposals import Live
from zuofang.reporting.cases.acts.asking import ask_custodian
from zuofang.reporting.cases.acts.opening import About, split
from zuofang.reporting.cases.models import AskKind, ReportReward
from zuofang.reporting.forms import new_form
from zuofang.reporting.intake import Letterbox, Statement
from zuofang.reporting.keys.letterbox import read_letterbox
from zuofang.reporting.law.claims import Claim
from zuofang.reporting.models import Report, ReportKind, Standing
from zuofang.site.console.app import create_console_app
from zuofang.site.console.counter import Counter
from zuofang.site.console.desks import DESKS
from zuofang.site.console.rights import Door, Rights, Undeclared, rights_of
from zuofang.site.rendering import BilingualFlask
from zuofang.storage.accounts.models import Role, ScopeKind
from zuofang.storage.acts import Desk, Office
from zuofang.storage.settings import Settings
from zuofang.traceability.acts import applications
from zuofang.traceability.models import Workshop, Zone

OWN = {Role.laboratory: ScopeKind.zone, Role.zone_manager: ScopeKind.zone, Role.owner: ScopeKind.workshop}
Words = dict[str, str]
NOT_FOR_A_ROLE = "没有办这件事的角色"
NOT_HERE = "不在您负责的范围内"


@dataclass
class Grounds:
    """What there is to be looked at, and the places of two of everybody: one that owns it and one from elsewhere."""

    keys: dict[str, object]
    own: dict[ScopeKind, object]
    other: dict[ScopeKind, object]


@pytest.fixture
def grounds(writer: Office, role_folder: Path) -> Grounds:
    """The scene and a second zone and workshop beside it."""
    letter = _letter(writer, role_folder)
    with writer.writing("tests") as desk:
        made = scene.released(desk)
        zone = Zone(slug="donghe", name="东河加工区", district_code="339902", address="东河县 1 号")
        workshop = Workshop(
            kind="workshop", name="东河豆腐坊", province="33", district_code="339902", address="东河县 2 号"
        )
        desk.session.add_all([zone, workshop])
        desk.record("tests", ("tests", "1"), "测试")
        keys: dict[str, object] = {"batch": made.batch.id, "workshop": made.workshop.id, "zone": made.zone.id}
        keys["record"] = _record(desk, made.workshop.id)
        keys |= _put_forward(desk, made)
        keys |= _reported(desk, letter)
        keys |= _campaign(desk)
        keys["sheet"] = sampling.take(desk, sheet(made.workshop.id), "测试").id
        own = {ScopeKind.zone: made.zone.id, ScopeKind.workshop: made.workshop.id, ScopeKind.district: "339901"}
        return Grounds(
            keys, own, {ScopeKind.zone: zone.id, ScopeKind.workshop: workshop.id, ScopeKind.district: "339902"}
        )


def _record(desk: Desk, workshop: int) -> int:
    row = CreditRecord(
        kind=RecordKind.penalty, workshop_id=workshop, party="北溪陈记卤味作坊", made_on=FINE.decided_on, title="警告",
        content="警告。",
    )  # fmt: skip
    return records.enter(desk, row, FINE, "测试").id


def _put_forward(desk: Desk, made: scene.Scene) -> dict[str, object]:
    """A proposal, a picture and an application of the zone."""
    wish = proposals.propose(desk, made.zone, Live("https://live.example.cn"), "测试")
    hung = Picture(
        zone_id=made.zone.id,
        digest="ab" * 16,
        width=480,
        height=320,
        sent_bytes=1,
        alt="锅",
        alt_en="Pot",
        credit="自绘",
    )
    pictures.propose(desk, hung, "测试")
    asking = applications.apply(desk, made.zone, made.workshop, None, "测试")
    name = f"{'ab' * 16}-480.avif"
    return {"proposal": wish.id, "picture": hung.id, "application": asking.id, "name": name}


def _letter(office: Office, keys: Path) -> int:
    box, now = read_letterbox(keys), office.clock()
    assert box is not None
    said = Statement(ReportKind.report, Standing.named, {"facts": "后院有苍蝇"}, {"name": "沈小满"}, "zh")
    Letterbox(office.database, box).hand_in(new_form(now), [said], now)
    return 1


def _reported(desk: Desk, letter: int) -> dict[str, object]:
    (case,) = split(desk, desk.session.get_one(Report, letter), About(place="339901"), "测试")
    to_custodian = ask_custodian(desk, case, AskKind.recognition, "测试")
    reward = ReportReward(
        case=case, facts=dump(Claim(reported_on=desk.today)), amount=Decimal(1), grade=1, proposed_by="x",
        proposed_on=desk.today, longer=0,
    )  # fmt: skip
    desk.session.add(reward)
    desk.session.flush()
    return {"letter": letter, "case": case.id, "ask": to_custodian.id, "reward": reward.id}


def _campaign(desk: Desk) -> dict[str, object]:
    on = desk.today
    made = campaigns.begin(
        desk,
        Campaign(
            name="整治", document="1", issuer="局", district_code="339901", since=on, triage_by=on, until=on,
            look_back_by=on,
        ),
        "测试",
    )  # fmt: skip
    campaigns.take_in(desk, made, [CampaignPlace(name="渡口豆腐摊", address="渡口")], "测试")
    return {"campaign": made.id, "place": made.places[0].id}


def addresses(app: BilingualFlask, keys: dict[str, object]) -> Iterator[tuple[str, str, Rights]]:
    """Every method and address of the desks with something behind it, and its rights."""
    table = rights_of(app)
    with app.test_request_context():
        for rule in app.url_map.iter_rules():
            parts = {name: keys.get(name, 1) for name in rule.arguments}
            _domain, path = rule.build(parts) or ("", rule.rule)
            for method in sorted((rule.methods or set()) & {"GET", "POST"}):
                yield method, path, table[rule.endpoint]


def ask(browser: Browser, method: str, path: str, number: Words, read: set[str]) -> str:
    """Ask for an address as this person; answers what the gate says: '' where it lets through.

    A refusal that was ``read`` before is not held to the style guide again: hundreds differ in their address alone.
    """
    answer = unread(browser, path, method, number if method == "POST" else None)
    assert answer.status_code in (200, 303, 403, 404, 409, 422), (method, path, answer.status_code)
    page = told(answer) if answer.status_code == 403 else ""
    said = page and next((said for said in (NOT_FOR_A_ROLE, NOT_HERE) if said in page), "shut")
    if not said or said not in read:
        browser.check(answer)
        read.add(said)
    return said


def unread(browser: Browser, path: str, method: str, data: Words | None, headers: Words | None = None) -> TestResponse:
    """An answer that has not been held to the style guide."""
    return FlaskClient.open(browser, path, method=method, data=data, headers=headers, buffered=True)


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("own", [True, False], ids=["own", "other"])
def test_every_address_lets_in_who_may_and_nobody_else(role: Role, own: bool, staff: Staff, grounds: Grounds) -> None:
    kind = OWN.get(role, ScopeKind.city)
    place = (grounds.own if own else grounds.other).get(kind, "")
    if role in (Role.officer, Role.reviewer, Role.case_officer) and not own:
        kind, place = ScopeKind.district, grounds.other[ScopeKind.district]
    browser, read = staff.at(role, kind, place), set[str]()
    number = {"form": fields_of(told(browser.get("/account")), "/sign-out")["form"]}
    for method, path, rights in addresses(staff.app, grounds.keys):
        if path in ("/sign-out", "/account/sessions"):
            continue
        expected = ""
        if rights.door is Door.role:
            here = own or kind is ScopeKind.city or rights.place is None
            expected = NOT_FOR_A_ROLE if role not in rights.roles else "" if here else NOT_HERE
        assert ask(browser, method, path, number, read) == expected, f"{role} {method} {path}"


def test_nobody_comes_further_than_they_have_proved(staff: Staff, grounds: Grounds) -> None:
    half, stranger = staff.seat(staff.hire(Role.officer), factor=""), staff.stranger()
    for method, path, rights in addresses(staff.app, grounds.keys):
        if method == "POST" or rights.door is Door.open:
            continue
        assert stranger.get(path).headers["Location"].startswith("/sign-in?" if path != "/" else "/sign-in")
        if rights.door is not Door.half:
            assert half.get(path).headers["Location"].startswith("/sign-in/second")


def test_no_form_is_taken_without_its_number_or_from_another_site(staff: Staff, grounds: Grounds) -> None:
    browser = staff.at(Role.administrator)
    number = {"form": fields_of(told(browser.get("/account")), "/sign-out")["form"]}
    stolen = {"form": fields_of(told(staff.at(Role.officer).get("/account")), "/sign-out")["form"]}
    tries: list[tuple[Words, Words]] = [
        ({}, {}),
        ({"form": "made.up"}, {}),
        (stolen, {}),
        (number, {"Sec-Fetch-Site": "cross-site"}),
        (number, {"Sec-Fetch-Site": "same-site"}),
        (number, {"Origin": "https://evil.example"}),
    ]
    for data, headers in tries:
        assert browser.post("/sign-out", data=data, headers=headers).status_code == 400
    for method, path, _ in addresses(staff.app, grounds.keys):
        for data, headers in tries if method == "POST" else ():
            assert unread(browser, path, "POST", data, headers).status_code == 400, path
    assert browser.get("/account").status_code == 200


def test_an_address_that_says_nothing_of_who_may_use_it_stops_the_start(writer: Office) -> None:
    silent = Blueprint("silent", __name__)
    silent.get("/silent")(lambda: "")
    counter = Counter(writer, Settings())
    with pytest.raises(Undeclared, match="silent"):
        create_console_app(counter, [*DESKS, silent])


def test_an_administrator_is_one_only_by_passkey(staff: Staff) -> None:
    name = staff.hire(Role.administrator)
    by_code = staff.seat(name, factor="code")
    assert "用通行密钥验证以后才算数" in words(by_code.get("/account"))
    assert "用通行密钥验证以后才算数" not in words(staff.seat(name).get("/account"))


def test_every_answer_of_the_desks_is_kept_by_nobody_and_named_for_this_host(staff: Staff) -> None:
    browser = staff.at(Role.officer)
    for path in ("/", "/account", "/nothing", "/sign-in"):
        assert browser.get(path).headers["Cache-Control"] == "no-store"
    cookies = browser.get("/account").headers.getlist("Set-Cookie")
    fresh = staff.stranger().get("/sign-in").headers.getlist("Set-Cookie")
    assert cookies == []
    assert [cookie.split("=")[0] for cookie in fresh] == ["__Host-visit"]
    assert all(word in fresh[0] for word in ("Secure", "HttpOnly", "SameSite=Strict", "Path=/"))


def test_the_public_site_knows_nothing_of_the_desks_and_the_other_way_round(staff: Staff) -> None:
    assert staff.stranger().get("/workshops/").status_code == 404
    assert staff.stranger().get("/t/ABC").status_code == 404

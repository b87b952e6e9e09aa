"""Every form of the laboratory, the zone and the owner, one after the other as they follow in life.

What a form does not ask for is refused, the first of two people wins, the second sees what changed and keeps what was
typed, the right form is done once, and nothing of another place can be named in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from html import escape
from io import BytesIO
from typing import Any

import pytest
from tests import scene
from tests.console.conftest import Browser, Staff, fields_of, told, words
from tests.credit.filed import FINE, TODAY, filed
from tests.scene import Scene
from tests.storage.test_pictures import photograph

from zuofang.credit.acts import honours, proposals
from zuofang.credit.findings import Sample
from zuofang.credit.measures import Rectification
from zuofang.credit.models import Honour, HonourKind
from zuofang.credit.proposals import Live
from zuofang.credit.records import Outcome
from zuofang.storage.accounts.models import Role, ScopeKind
from zuofang.storage.acts import Office
from zuofang.storage.outbox import Subject
from zuofang.traceability.acts import applications, batches, operators, zones
from zuofang.traceability.models import MaterialReceipt, Workshop, Zone


@dataclass(frozen=True, slots=True)
class Form:
    """A form of a page: where it goes, what is typed, and what it is about where two people could meet over it."""

    page: str
    action: str
    typed: dict[str, str] = field(default_factory=dict)
    about: Subject | None = None
    photo: bool = False
    """Whether a photograph goes with it."""

    @property
    def sent(self) -> dict[str, Any]:
        """What is typed, and the photograph, which can be read once."""
        return {**self.typed, **({"photo": (BytesIO(photograph()), "a.jpg")} if self.photo else {})}


@pytest.fixture
def ground(writer: Office) -> Scene:
    """A batch that nobody has tested, in a zone with a free unit."""
    with writer.writing("tests") as desk:
        made = scene.build(desk)
        made.product.category = "braised-meat"
        zones.add_unit(desk, made.zone, "A-04", 4, "测试")
        return made


def walk(browser: Browser, office: Office, forms: Iterable[Form]) -> None:
    """Send each form with a field too many, too late, rightly, and again."""
    for one in forms:
        page = browser.get(one.page)
        more = browser.send(page, {**one.sent, "approved_by": "我"}, action=one.action)
        assert (more.status_code, "本页没有的一栏（approved_by）" in words(more)) == (422, True), one.action
        if one.about is not None:
            _too_late(browser, office, one)
        page = browser.get(one.page)
        first, again = (browser.send(page, one.sent, action=one.action) for _ in range(2))
        assert first.status_code == 303, (one.action, words(first))
        assert "已经提交过" in words(again), one.action


def _too_late(browser: Browser, office: Office, one: Form) -> None:
    assert one.about is not None
    page = browser.get(one.page)
    assert "seen" in fields_of(told(page), one.action), one.action
    with office.writing("同事") as desk:
        desk.record("batch.block", one.about, "测试")
    late = browser.send(page, one.typed, action=one.action)
    assert (late.status_code, "同事在" in words(late)) == (422, True), (one.action, words(late))
    lost = [text for text in one.typed.values() if escape(text) not in told(late)]
    assert lost == [], one.action


def test_the_forms_of_the_laboratory(staff: Staff, writer: Office, ground: Scene) -> None:
    bench = staff.at(Role.laboratory, ScopeKind.zone, ground.zone.id)
    path, about = f"/laboratory/batches/{ground.batch.id}", ("batch", str(ground.batch.id))
    sheet = told(bench.get(f"{path}/sheet"))
    sorbic = next(key for key, item in re.findall(r'<label for="(r\d+)">([^<]+)</label>', sheet) if item == "山梨酸")
    result = {sorbic: "<0.01", "laboratory": str(ground.laboratory.id), "number": "QX-7"}
    known = {"level": "2", "recall_reason": "标签漏印", "known_on": "2026-11-20", "known_at": "09:30"}
    walk(
        bench,
        writer,
        [
            Form(f"{path}/sheet", f"{path}/sheet", result, about),
            Form(path, f"{path}/release", {}, about),
            Form(path, f"{path}/undo-release", {}, about),
            Form(path, f"{path}/block", {"reason": "包装破损"}, about),
            Form(path, f"{path}/unblock", {}, about),
            Form(path, f"{path}/labels", {"kind": "item", "copies": "1"}),
            Form(path, f"{path}/annul/1", {"annul-1": "抄错批号"}, about),
            Form(path, f"{path}/recall", known, about),
            Form(path, f"{path}/withdraw", {}, about),
            Form(path, f"{path}/recall", known, about),
            Form(path, f"{path}/announce", {"announced_on": "2026-11-20"}, about),
            Form(path, f"{path}/undo-announcement", {}, about),
            Form(path, f"{path}/announce", {"announced_on": "2026-11-20"}, about),
            Form(path, f"{path}/finish", {"finished_on": "2026-11-20"}, about),
            Form(path, f"{path}/undo-finish", {}, about),
        ],
    )
    walk(
        staff.at(Role.officer),
        writer,
        [
            Form(path, f"{path}/extend", {"extended_to": "2027-01-08", "extended_why": "分销到外省"}, about),
            Form(path, f"{path}/undo-extension", {}, about),
        ],
    )


def test_the_forms_of_the_zone(staff: Staff, writer: Office, ground: Scene) -> None:
    manager = staff.at(Role.zone_manager, ScopeKind.zone, ground.zone.id)
    page, asks = f"/zone/{ground.zone.id}/members", "/zone/applications/1"
    about, wish = ("zone_application", "1"), ("zone_proposal", "1")
    story = {"brand": "清溪卤", "story": "一锅老卤养三代人。", "do": "put"}
    walk(
        manager,
        writer,
        [
            Form("/zone/1/words", "/zone/1/words", story),
            Form("/zone/1", "/zone/proposals/1/take-back", {}, wish),
            Form("/zone/1/facts", "/zone/1/facts/live", {"address": "https://live.example.cn"}),
            Form(page, page, {"certificate": "ZF33990100012", "wants": "卤味"}),
            Form(page, f"{asks}/admit", {"unit-1": "2", "since-1": "2026-11-19"}, about),
            Form(page, f"{asks}/undo-admission", {}, about),
            Form(page, f"{asks}/turn-down", {"reason-1": "单元预留"}, about),
            Form(page, f"{asks}/reopen", {}, about),
            Form(page, f"{asks}/take-back", {}, about),
            Form(page, f"{page}/leave", {"tenancy": "1", "until": "2026-11-30"}, ("workshop", str(ground.workshop.id))),
        ],
    )


def test_the_forms_of_the_owner(staff: Staff, writer: Office, ground: Scene) -> None:
    owner = staff.at(Role.owner, ScopeKind.workshop, ground.workshop.id)
    failed = Sample(concluded_on=date(2026, 11, 12), outcome=Outcome.failed, served_on=date(2026, 11, 16))
    order = Rectification(ordered_on=TODAY, demands="补记温度", due_on=date(2026, 11, 30))
    sample, told_off = (filed(writer, ground.workshop.id, one, published=False) for one in (failed, order))
    _honour(writer, ground.workshop.id)
    mine, record = f"/mine/{ground.workshop.id}", f"/mine/{ground.workshop.id}/records/{sample}"
    paper = f"{mine}/materials/{_received(writer, ground.workshop.id)}"
    about, ordered = ("credit_record", str(sample)), ("credit_record", str(told_off))
    received = {"name": "酱油", "supplier": "商行", "quantity": "20", "unit": "公斤", "received_on": "2026-11-19"}
    walk(
        owner,
        writer,
        [
            Form(f"{mine}/batch", f"{mine}/batch", {"product": "1", "lot": "L1", "made_on": "2026-11-20"}),
            Form(f"{mine}/material", f"{mine}/material", received),
            Form(paper, f"{paper}/pictures", photo=True),
            Form(paper, f"{paper}/pictures/1/remove"),
            Form(f"{mine}/board", f"{mine}/board", {"handlers": "3", "rules": "生熟分开"}),
            Form(f"{mine}/board", f"{mine}/commitment", {"words": "不用过期原料。"}),
            Form(record, f"{record}/reply", {"reply": "已经换了供货者。"}, about),
            Form(record, f"{record}/reply/take-back", {}, about),
            Form(record, f"{record}/ask", {"asked": "method", "words": "方法不适用。"}, about),
            Form(record, f"{record}/cases/1/take-back", {}, about),
            Form(f"{mine}/records/{told_off}", f"{mine}/records/{told_off}/done", {}, ordered),
            Form(f"{mine}/records/{told_off}", f"{mine}/records/{told_off}/undo-done", {}, ordered),
            Form(mine, f"{mine}/honours/1/apply", {}, ("honour", "1")),
            Form(mine, f"{mine}/honours/1/take-back", {}, ("honour", "1")),
        ],
    )


def _received(office: Office, workshop: int) -> int:
    with office.writing("owner") as desk:
        row = MaterialReceipt(
            workshop_id=workshop, name="八角", supplier="商行", quantity=1, unit="袋", received_on=TODAY
        )
        return batches.receive_material(desk, row, "测试").id


def _honour(office: Office, workshop: int) -> None:
    with office.writing("bureau") as desk:
        held = Honour(
            kind=HonourKind.fine_workshop, title="名特优食品作坊", workshop_id=workshop, granted_by="市局",
            since=date(2023, 12, 11), until=date(2026, 12, 10),
        )  # fmt: skip
        honours.grant(desk, held, "测试")


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """One thing of each kind that belongs to another zone or another workshop."""

    workshop: int
    product: int
    batch: int
    material: int
    record: int
    unit: int
    tenancy: int
    application: int
    proposal: int


@pytest.fixture
def elsewhere(writer: Office, ground: Scene) -> Elsewhere:
    """A second zone with a workshop in it."""
    with writer.writing("tests") as desk:
        zone = Zone(slug="donghe", name="东河加工区", district_code="339902", address="东河县 1 号")
        unit = zones.add_unit(desk, zones.found_zone(desk, zone, "测试"), "B-01", 4, "测试")
        workshop = Workshop(
            kind="workshop", name="东河豆腐坊", province="33", district_code="339902", address="东河县 2 号"
        )
        operators.register(desk, workshop, "测试")
        operators.issue_certificate(desk, workshop, "ZF33990200001", date(2025, 1, 1), "测试")
        tenancy = zones.admit(desk, workshop, unit, date(2025, 2, 1), "测试")
        product = operators.add_product(desk, scene._product(workshop), "测试")
        batch = batches.open_batch(desk, product, "D-1", date(2026, 11, 10), "测试")
        row = MaterialReceipt(
            workshop_id=workshop.id, name="黄豆", supplier="商行", quantity=1, unit="袋", received_on=TODAY
        )
        material = batches.receive_material(desk, row, "测试")
        asking = applications.apply(desk, zone, ground.workshop, None, "测试")
        wish = proposals.propose(desk, zone, Live("https://live.example.cn"), "测试")
        desk.session.flush()
        found = {"workshop": workshop, "product": product, "batch": batch, "material": material, "unit": unit}
        found |= {"tenancy": tenancy, "application": asking, "proposal": wish}
        keys = {name: one.id for name, one in found.items()}
    _honour(writer, keys["workshop"])
    return Elsewhere(record=filed(writer, keys["workshop"], FINE), **keys)


def test_nothing_of_another_place_can_be_named(
    staff: Staff, writer: Office, ground: Scene, elsewhere: Elsewhere
) -> None:
    there, here = elsewhere, ground.zone.id
    mine, bench = f"/mine/{ground.workshop.id}", f"/laboratory/batches/{ground.batch.id}"
    made = {"lot": "L9", "made_on": "2026-11-20"}
    asks = [
        (Role.owner, f"/mine/{there.workshop}/batch", {}),
        (Role.owner, f"{mine}/batch", {**made, "product": str(there.product)}),
        (Role.owner, f"{mine}/batch", {**made, "product": "1", "materials": str(there.material)}),
        (Role.owner, f"{mine}/materials/{there.material}/pictures/1/remove", {}),
        (Role.owner, f"{mine}/records/{there.record}/reply", {"reply": "不是我"}),
        (Role.owner, f"{mine}/records/{there.record}/done", {}),
        (Role.owner, f"{mine}/honours/1/apply", {}),
        (Role.laboratory, f"/laboratory/batches/{there.batch}/block", {"reason": "x"}),
        (Role.laboratory, f"{bench}/annul/1", {"annul-1": "x"}),
        (Role.laboratory, f"{bench}/labels/1/print", {}),
        (Role.zone_manager, f"/zone/applications/{there.application}/admit", {}),
        (Role.zone_manager, f"/zone/proposals/{there.proposal}/take-back", {}),
        (Role.zone_manager, f"/zone/{here}/members/leave", {"tenancy": str(there.tenancy), "until": "2026-11-30"}),
        (Role.zone_manager, f"/zone/{here}/facts/unit-cameras", {"unit": str(there.unit), "cameras": "9",
                                                                 "cameras_on": "2026-11-20"}),
    ]  # fmt: skip
    places = {Role.owner: (ScopeKind.workshop, ground.workshop.id)}
    seats = {role: staff.at(role, *places.get(role, (ScopeKind.zone, here))) for role, _, _ in asks}
    for role, path, typed in asks:
        number = fields_of(told(seats[role].get("/account")), "/sign-out")["form"]
        answer = seats[role].post(path, data={"form": number, "seen": "99999", **typed})
        assert answer.status_code in (403, 404, 422), (path, words(answer))
        trivial = [said for said in ("已经提交过", "本页没有的一栏") if said in words(answer)]
        assert trivial == [], path

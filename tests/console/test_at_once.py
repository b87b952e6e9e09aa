"""Two people at once, at every form of the bureau and the office: the first wins, the second sees what was done."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from xml.etree.ElementTree import Element

import pytest
from style_guide import parse
from tests import scene
from tests.console.conftest import Staff, fields_of, told, words
from tests.console.test_campaigns import DOCUMENT
from tests.console.test_register import TYPED as OPERATOR
from tests.console.test_sampling import SHEET
from tests.credit.filed import FAILED, FAULTY, FINE, TODAY, filed
from tests.credit.test_campaigns import SORTED, campaign
from tests.credit.test_sampling_sheets import sheet
from tests.scene import WHY, Scene

from zuofang.credit.acts import campaigns, links, records, sampling
from zuofang.credit.findings import Closure
from zuofang.credit.models import CampaignPlace, CreditRecord, RecordKind
from zuofang.storage import editions
from zuofang.storage.accounts.models import Account, Role
from zuofang.storage.acts import Office
from zuofang.storage.outbox import Subject
from zuofang.traceability.acts import districts, recalls
from zuofang.traceability.models import Batch, Recall
from zuofang.traceability.queries.paging import key_in

TYPED = "手写的一句话"


@dataclass(frozen=True)
class Page:
    """A page with forms about one thing, and who sits before it."""

    role: Role
    path: str
    subject: Subject


@pytest.fixture
def pages(writer: Office, staff: Staff) -> list[Page]:
    """A page of every kind at these desks, in every state that brings other forms."""
    with writer.writing("tests") as desk:
        districts.enter(desk, "339901", "清溪县", date(2020, 1, 1), WHY)
        made = scene.build(desk, until=date(2027, 3, 1))
    every = _records(writer, made)
    workshop = str(made.workshop.id)
    with writer.writing("tests") as desk:
        run = campaigns.begin(desk, campaign(category=None), WHY)
        campaigns.take_in(desk, run, [CampaignPlace(name=name, address="北溪镇") for name in "甲乙丙"], WHY)
        first, second, third = run.places
        campaigns.triage(desk, second, SORTED, WHY)
        campaigns.triage(desk, third, SORTED, WHY)
        campaigns.plan_visit(desk, third, TODAY, WHY)
        sampled = sampling.take(desk, sheet(made.workshop.id), WHY)
        edition = editions.propose(desk, "calendar.csv", "x", WHY)
    account = staff.hire(Role.officer)
    with writer.writing("tests") as desk:
        number = desk.session.query(Account).filter_by(name=account).one().id
    officer, administrator = Role.officer, Role.administrator
    return [
        *every,
        Page(officer, f"/register/{workshop}", ("workshop", workshop)),
        Page(officer, f"/campaigns/{run.id}", ("campaign", str(run.id))),
        *(
            Page(officer, f"/campaigns/{run.id}/places/{one.id}", ("campaign_place", str(one.id)))
            for one in (first, second, third)
        ),
        *(
            Page(officer, path, ("sampling_sheet", str(sampled.id)))
            for path in (f"/sampling/{sampled.id}", f"/records/new/sample?sheet={sampled.id}")
        ),
        Page(administrator, f"/users/{number}", ("account", str(number))),
        Page(administrator, f"/settings/editions/{edition.id}", ("edition", str(edition.id))),
    ]


def _records(writer: Office, made: Scene) -> Iterator[Page]:
    with writer.writing("tests") as desk:
        row = CreditRecord(
            kind=RecordKind.penalty, workshop_id=made.workshop.id, party="甲", made_on=FINE.decided_on, title="警告",
            content="警告。",
        )  # fmt: skip
        proposed = records.enter(desk, row, replace(FINE), WHY).id
        records.propose(desk, row, WHY)
    sample = filed(writer, made.workshop.id, FAILED, items=(FAULTY,), published=False)
    shown = filed(writer, made.workshop.id, FINE)
    closure = filed(
        writer, made.workshop.id, Closure(closed_on=date(2026, 11, 2), basis="某条例第五条"), published=False
    )
    with writer.writing("tests") as desk:
        links.plan_visit(desk, desk.session.get_one(CreditRecord, closure), TODAY, WHY)
    for key in (proposed, sample, shown, closure):
        for role in (Role.officer, Role.reviewer):
            yield Page(role, f"/records/{key}", ("credit_record", str(key)))
    yield Page(Role.officer, f"/records/{sample}/correct", ("credit_record", str(sample)))


def _forms(page: str) -> dict[str, Element]:
    """The forms of a page that know what the person has seen, by what they do."""
    found = {}
    for form in parse(page).iter("form"):
        if any(one.get("name") == "seen" for one in form.iter("input")):
            actions = [form.get("action", ""), *(one.get("formaction") or "" for one in form.iter("button"))]
            found.update({one.partition("?")[0]: form for one in actions if one})
    return found


def _typed(form: Element) -> dict[str, str]:
    """What a person types into a form: every text, every day, the first of every choice."""
    typed: dict[str, str] = {}
    for one in form.iter():
        name, kind = one.get("name", ""), one.get("type")
        if one.tag == "textarea" or (one.tag == "input" and kind == "text"):
            typed[name] = TYPED if one.get("inputmode") != "numeric" else "1"
        elif kind == "date":
            typed[name] = TODAY.isoformat()
        elif kind in ("radio", "checkbox"):
            typed.setdefault(name, one.get("value") or "")
    return typed


def test_the_second_of_two_sees_what_the_first_did_and_loses_nothing(
    pages: list[Page], staff: Staff, writer: Office
) -> None:
    tried, seats = set(), {role: staff.at(role) for role in {page.role for page in pages}}
    for page in pages:
        browser = seats[page.role]
        opened = told(browser.get(page.path))
        forms = _forms(opened)
        with writer.writing("许监管") as desk:
            desk.record("record.learn", page.subject, WHY)
        for action, form in forms.items():
            typed, hidden = _typed(form), fields_of(opened, form.get("action", "").partition("?")[0])
            late = browser.post(action, data={**hidden, **typed})
            said = words(late)
            assert late.status_code == 422, (action, late.status_code, late.headers.get("Location"))
            assert "您打开本页之后，许监管在" in said, action
            assert "记下日期" in said or "record.learn" in said, action
            kept = told(late)
            assert all(TYPED in kept for text in typed.values() if text == TYPED), action
            tried.add("/".join(part for part in action.split("/") if key_in(part) is None))
    assert len(tried) >= 30, sorted(tried)
    assert {"/register/strike-out", "/register/papers/end", "/sampling/strike-out"} <= tried


def test_a_form_takes_no_field_that_its_page_does_not_have(pages: list[Page], staff: Staff) -> None:
    seats = {role: staff.at(role) for role in {page.role for page in pages}}
    for page in pages:
        browser = seats[page.role]
        opened = told(browser.get(page.path))
        action, form = next(iter(_forms(opened).items()))
        hidden = fields_of(opened, form.get("action", "").partition("?")[0])
        refused = browser.post(action, data={**hidden, **_typed(form), "state": "approved", "workshop_id": "1"})
        assert refused.status_code == 422, action
        assert "表单里有本页没有的一栏" in words(refused), action


def test_a_form_that_was_sent_is_not_done_again(pages: list[Page], staff: Staff) -> None:
    browser = staff.at(Role.officer)
    page = next(one for one in pages if one.path.startswith("/campaigns/") and "places" in one.path)
    opened = browser.get(page.path)
    sorting = {"triage": "upgrade", "reason": TYPED}
    assert browser.send(opened, sorting, action=f"{page.path}/triage").status_code == 303
    again = browser.send(opened, sorting, action=f"{page.path}/triage")
    assert again.status_code == 422
    assert "已经" in words(again)


def test_a_list_of_receivers_is_read_for_the_recall_that_was_seen(writer: Office, staff: Staff) -> None:
    with writer.writing("tests") as desk:
        batch = scene.released(desk).batch
        recalls.recall(desk, batch, 2, "标签漏印", desk.now, WHY)
    bench, path = staff.at(Role.officer), f"/laboratory/batches/{batch.id}"
    opened = bench.get(path)
    with writer.writing("许监管") as desk:
        recalls.withdraw(desk, desk.session.get_one(Recall, 1), TODAY, WHY)
    late = bench.send(opened, action=f"{path}/receivers")
    assert (late.status_code, "您打开本页之后，许监管在" in words(late)) == (422, True)
    with writer.writing("tests") as desk:
        recalls.recall(desk, desk.session.get_one(Batch, batch.id), 2, "标签漏印", desk.now, WHY)
    opened = bench.get(path)
    assert "召回名单" in words(bench.send(opened, action=f"{path}/receivers"))
    twice = bench.send(opened, action=f"{path}/receivers")
    assert (twice.status_code, "已经提交过" in words(twice)) == (422, True)


@pytest.mark.parametrize(
    ("role", "path", "typed"),
    [
        (Role.officer, "/register/new", OPERATOR),
        (Role.officer, "/campaigns/new", DOCUMENT),
        (Role.officer, "/sampling/new", SHEET),
        (Role.administrator, "/users/new", {"name": "lu.yan", "person": "陆岩", "role": "officer"}),
    ],
)
def test_what_two_people_enter_at_once_is_there_once(
    role: Role, path: str, typed: dict[str, str], writer: Office, staff: Staff
) -> None:
    with writer.writing("tests") as desk:
        for code, name in (("339901", "清溪县"), ("339902", "东河县")):
            districts.enter(desk, code, name, date(2020, 1, 1), WHY)
        scene.build(desk, until=date(2027, 3, 1))
    first, second = staff.at(role), staff.at(role)
    opened, late = first.get(path), second.get(path)
    assert first.send(opened, typed, action=path).status_code in (200, 303)
    refused = second.send(late, typed, action=path)
    assert refused.status_code == 422
    assert "已经" in words(refused)
    assert all(text in told(refused) for text in typed.values()), "nothing typed is lost"

"""The desk of the custodian: one identity at a time, on request, with a reason and a fresh factor."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial

from flask import Blueprint, Response
from sqlalchemy import Connection
from sqlalchemy.orm import Session, joinedload
from werkzeug.wrappers import Response as AnyResponse

from zuofang.reporting.cases.acts import asking
from zuofang.reporting.cases.acts.reading import read_person
from zuofang.reporting.cases.at_desk import persons, waiting_asks
from zuofang.reporting.cases.belonging import of_ask
from zuofang.reporting.cases.models import AskKind, ReportAsk
from zuofang.reporting.keys.roles import RoleKeys
from zuofang.reporting.models import Report
from zuofang.reporting.models import Role as Seal
from zuofang.rules.sentences import say
from zuofang.site.console.acting import attempt, carry_out, locked
from zuofang.site.console.answers import REASON_MISSING, Answers, form, no_such, page, page_with
from zuofang.site.console.counter import Counter, counter
from zuofang.site.console.gate import mine
from zuofang.site.console.reports.unlocked import unlock, unlocked
from zuofang.site.console.reports.words import REPORT_WORDS
from zuofang.site.console.rights import may, reach
from zuofang.site.console.work import Work, waiting
from zuofang.storage.accounts.models import Role
from zuofang.storage.accounts.sessions import Held
from zuofang.storage.acts import Desk

pages = Blueprint("report_identities", __name__)
FOR_CUSTODIAN = (AskKind.notice, AskKind.recognition, AskKind.mediation)


def due(connection: Connection, here: Counter, held: list[Held]) -> Iterable[Work]:
    """What case officers ask of the custodian, the oldest first."""
    span = reach(held, Role.custodian)
    with Session(connection) as session:
        found = waiting_asks(session, FOR_CUSTODIAN)
        names = persons(session, {ask.asked_by for ask, _ in found})
        for ask, case in found:
            if span.covers(case.place):
                title = say("%(number)s：%(ask)s", number=case.number, ask=REPORT_WORDS[AskKind][ask.kind])
                why = say("%(who)s提出", who=names.get(ask.asked_by, ask.asked_by))
                yield waiting(title, f"/identities/{ask.id}", ask.asked_on, say("保管请求"), why, here.today)


@pages.get("/identities")
@may(Role.custodian)
def identities() -> Response:
    """What waits for the custodian."""
    here = counter()
    with here.reading() as connection:
        found = list(due(connection, here, mine()))
    return page("console/reports/identities.html", work=found)


@pages.get("/identities/<key:ask>")
@may(Role.custodian, place=of_ask)
def identity(ask: int) -> Response:
    """One request: what is asked, by whom and why."""
    return _page(ask, Answers())


@pages.post("/identities/<key:ask>/open")
@may(Role.custodian, place=of_ask, fresh=True)
def open_identity(ask: int) -> Response:
    """Open one identity with a stated reason, once, for this page alone; the journal keeps who, when and why."""
    answers = form()
    why = answers.text("why", say("请写明为什么要打开。"), most=500)
    keys = unlock(answers, Seal.identity)
    if keys is None:
        return _page(ask, answers)

    def act(desk: Desk) -> dict[str, str]:
        row = desk.session.get_one(ReportAsk, ask)
        return read_person(desk, row, desk.session.get_one(Report, row.case.report_id), keys, why)

    person = attempt(answers, act)
    return _page(ask, answers, person)


@pages.post("/identities/<key:ask>/told")
@may(Role.custodian, place=of_ask)
def told(ask: int) -> AnyResponse:
    """The sender was told; the notice counts as given today."""
    answers = form()
    words = answers.text("answer", most=500)
    return _decide(ask, lambda desk, row: asking.told(desk, row, words), answers)


@pages.post("/identities/<key:ask>/compare")
@may(Role.custodian, place=of_ask)
def compare(ask: int) -> AnyResponse:
    """Make the digests by which the sender is recognised; nothing is shown to anybody."""
    answers = form()
    return _with_key(ask, answers, asking.recognised)


@pages.post("/identities/<key:ask>/contact")
@may(Role.custodian, place=of_ask, fresh=True)
def contact(ask: int) -> AnyResponse:
    """Hand over name and contact for the mediation of a complaint, sealed to its case."""
    answers = form()
    return _with_key(ask, answers, asking.hand_contact)


@pages.post("/identities/<key:ask>/decline")
@may(Role.custodian, place=of_ask)
def decline(ask: int) -> AnyResponse:
    """Do not do what was asked, and say why."""
    answers = form()
    why = answers.text("declined", REASON_MISSING, most=500)
    return _decide(ask, lambda desk, row: asking.decline(desk, row, why), answers)


def _with_key(ask: int, answers: Answers, act: Callable[[Desk, ReportAsk, RoleKeys], object]) -> AnyResponse:
    keys = unlock(answers, Seal.identity)
    if keys is None:
        return _page(ask, answers)
    return _decide(ask, lambda desk, row: act(desk, row, keys), answers)


def _decide(ask: int, act: Callable[[Desk, ReportAsk], object], answers: Answers) -> AnyResponse:
    return carry_out(
        answers,
        lambda desk: act(desk, locked(desk, ReportAsk, ask)),
        onto="/identities",
        done="answered",
        again=partial(_page, ask),
    )


def _page(ask: int, answers: Answers, person: dict[str, str] | None = None) -> Response:
    with Session(counter().office.database.read) as session:
        found = session.get(ReportAsk, ask, options=[joinedload(ReportAsk.case)])
        if found is None or found.kind is AskKind.approval:
            no_such()
        names = persons(session, [found.asked_by, found.answered_by or ""])
    return page_with(
        "console/reports/identity.html", answers, ask=found, person=person, names=names,
        ask_key=unlocked().take(Seal.identity) is None,
    )  # fmt: skip

"""Papers that an officer enters by hand: orders to rectify, interviews, and the closing of an unlicensed place."""

from __future__ import annotations

from flask import Blueprint, Response
from werkzeug.wrappers import Response as AnyResponse

from zuofang.credit.acts import records as acts
from zuofang.credit.findings import Closure
from zuofang.credit.measures import Interview, Rectification
from zuofang.credit.models import CreditParty, CreditRecord, Outside, PartyRole, RecordKind
from zuofang.credit.records import Record
from zuofang.rules.sentences import say
from zuofang.site.console.acting import attempt
from zuofang.site.console.answers import DAY_MISSING, INCOMPLETE, Answers, form, onward
from zuofang.site.console.bureau.reach import districts, in_reach
from zuofang.site.console.papers.entry import BY_HAND, draft_of, enter, form_page
from zuofang.site.console.rights import may
from zuofang.storage.accounts.models import Role
from zuofang.storage.acts import Desk, Refused

pages = Blueprint("papers", __name__)
RECTIFICATION, INTERVIEW, CLOSURE = (
    f"console/papers/new_{name}.html" for name in ("rectification", "interview", "closure")
)


@pages.get("/records/new/rectification")
@may(Role.officer)
def new_rectification() -> Response:
    """An order to put something right (责令改正通知书)."""
    return form_page(RECTIFICATION, Answers())


@pages.post("/records/new/rectification")
@may(Role.officer)
def rectification() -> AnyResponse:
    """Enter an order to put something right; it then waits to be put forward."""
    answers = form()
    draft = draft_of(answers, RecordKind.rectification)
    ordered_on, due_on = answers.day("made_on", DAY_MISSING), answers.day("due_on", say("请填改正的期限。"))
    demands = answers.text("demands", say("请写明要改正什么。"), most=2000)
    basis = answers.text("basis", say("请写明法律依据，写到条。"))
    if ordered_on and due_on and due_on < ordered_on:
        answers.wrong("due_on", say("改正的期限早于责令的日期。"))

    def value() -> Record:
        if ordered_on is None:
            raise Refused(INCOMPLETE)
        return Rectification(ordered_on=ordered_on, demands=demands, basis=basis, due_on=due_on)

    return enter(answers, draft, value, RECTIFICATION, INCOMPLETE)


@pages.get("/records/new/interview")
@may(Role.officer)
def new_interview() -> Response:
    """An interview with one operator (责任约谈记录)."""
    return form_page(INTERVIEW, Answers())


@pages.post("/records/new/interview")
@may(Role.officer)
def interview() -> AnyResponse:
    """Enter an interview with one operator; it then waits to be put forward."""
    answers = form()
    draft = draft_of(answers, RecordKind.interview)
    held_on, until = answers.day("made_on", DAY_MISSING), answers.day("promised_until")
    ground = answers.text("ground", say("请写明约谈的事由。"), most=500)
    promised = answers.text("promised", most=2000)
    attended = answers.choice("attended", ("yes", "no"), say("请选是否到场。"))
    if until and not promised:
        answers.wrong("promised", say("写了期限的，要写承诺做什么。"))

    def value() -> Record:
        if held_on is None:
            raise Refused(INCOMPLETE)
        return Interview(
            held_on=held_on, ground=ground, attended=attended == "yes", promised=promised, promised_until=until
        )

    return enter(answers, draft, value, INTERVIEW, INCOMPLETE)


@pages.get("/records/new/closure")
@may(Role.officer)
def new_closure() -> Response:
    """The closing of a place without a certificate (取缔无证场所)."""
    return form_page(CLOSURE, Answers(), districts=districts())


@pages.post("/records/new/closure")
@may(Role.officer)
def closure() -> AnyResponse:
    """Enter the closing of a place that is in no register; look-back visits hang on it."""
    answers = form()
    closed_on, basis = answers.day("made_on", DAY_MISSING), answers.text("basis", say("请写明法律依据，写到条。"))
    party = answers.text("party", say("请填场所的称呼。"))
    address, district = answers.text("address", say("请填地址。")), answers.text("district", most=6)
    told = {
        "document": answers.maybe("document", most=100),
        "authority": answers.text("authority", say("请填机关名称。")),
        "title": answers.text("title", say("请填标题。")),
        "content": answers.text("content", say("请写查处的情况。"), most=20_000),
    }
    in_reach(answers, district)

    def act(desk: Desk) -> CreditRecord:
        if closed_on is None:
            raise Refused(INCOMPLETE)
        named = CreditParty(role=PartyRole.party, name=party, address=address, district_code=district)
        row = CreditRecord(
            kind=RecordKind.closure, party=party, party_address=address, made_on=closed_on, parties=[named], **told
        )
        acts.enter(desk, row, Closure(closed_on=closed_on, basis=basis), str(BY_HAND))
        acts.set_outside(desk, row, Outside.unlicensed, str(BY_HAND))
        return row

    row = attempt(answers, act)
    if row is None:
        return form_page(CLOSURE, answers, districts=districts())
    return onward(f"/records/{row.id}", "entered")

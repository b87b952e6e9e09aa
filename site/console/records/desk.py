"""Records at the bureau: put forward, approved by another person, published by the clock, corrected, withdrawn."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from flask import Blueprint, Response, request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from zuofang.credit.acts import records as acts
from zuofang.credit.file import bare, value_of
from zuofang.credit.models import CreditEvent, CreditRecord, RecordState, Revisit
from zuofang.credit.queries.around import Around, around
from zuofang.credit.queries.belonging import of_record
from zuofang.credit.queries.bureau import RecordAtDesk, record_at_desk, record_list
from zuofang.credit.records import Dispute
from zuofang.credit.redaction import mask
from zuofang.reporting.cases.at_desk import persons
from zuofang.rules.sentences import say
from zuofang.site.console.acting import AT_DESK, carry_out, locked
from zuofang.site.console.answers import REASON_MISSING, Answers, form, no_such, page, page_with
from zuofang.site.console.counter import counter, guest
from zuofang.site.console.gate import my_reach, my_roles
from zuofang.site.console.papers.words import PAPERS, follow_ups
from zuofang.site.console.records.due import BUREAU
from zuofang.site.console.rights import may
from zuofang.storage.accounts.models import Role
from zuofang.storage.acts import Desk, Refused

pages = Blueprint("records", __name__)


@pages.get("/records")
@may(*BUREAU)
def records() -> Response:
    """The records of one's districts, by state and by a part of a name."""
    name, wanted = request.args.get("q", "").strip()[:60], request.args.get("state", "")
    state = RecordState(wanted) if wanted in set(RecordState) else None
    span = my_reach(*BUREAU)
    with counter().reading() as connection:
        found = record_list(connection, state, name, span.within)
    enters = Role.officer in my_roles()
    return page(
        "console/records/records.html", found=found, name=name, state=state, states=list(RecordState), enters=enters,
        papers=PAPERS,
    )  # fmt: skip


@pages.get("/records/<key:record>")
@may(*BUREAU, place=of_record)
def record(record: int) -> Response:
    """One record: what it says, when it may be public, what is open about it, and what can be done."""
    return record_page(record, Answers())


@pages.post("/records/<key:record>/propose")
@may(Role.officer, place=of_record)
def propose(record: int) -> AnyResponse:
    """Put the record forward for another officer's approval."""
    return decide(record, "propose", lambda desk, row: acts.propose(desk, row, str(AT_DESK)))


@pages.post("/records/<key:record>/undo-proposal")
@may(Role.officer, place=of_record)
def undo_proposal(record: int) -> AnyResponse:
    """Take one's proposal back."""
    return decide(record, "undo_proposal", lambda desk, row: acts.undo_proposal(desk, row, str(AT_DESK)))


@pages.post("/records/<key:record>/approve")
@may(Role.reviewer, place=of_record, fresh=True)
def approve(record: int) -> AnyResponse:
    """Approve what another officer put forward; the clock publishes it."""
    return decide(record, "approve", lambda desk, row: acts.approve(desk, row, str(AT_DESK)))


@pages.post("/records/<key:record>/undo-approval")
@may(Role.reviewer, place=of_record)
def undo_approval(record: int) -> AnyResponse:
    """Take the approval back while the record is not public."""
    return decide(record, "undo_approval", lambda desk, row: acts.undo_approval(desk, row, str(AT_DESK)))


@pages.post("/records/<key:record>/send-back")
@may(Role.reviewer, place=of_record)
def send_back(record: int) -> AnyResponse:
    """Send the record back with a reason."""
    answers = form()
    why = answers.text("back_reason", REASON_MISSING, most=500)
    return decide(record, "send_back", lambda desk, row: acts.send_back(desk, row, why), answers)


@pages.post("/records/<key:record>/withdraw")
@may(Role.reviewer, place=of_record, fresh=True)
def withdraw(record: int) -> AnyResponse:
    """Take the record back from the public with a reason."""
    answers = form()
    reason = answers.text("withdraw_reason", REASON_MISSING, most=500)
    return decide(record, "withdraw_record", lambda desk, row: acts.withdraw(desk, row, reason, reason), answers)


@pages.post("/records/<key:record>/undo-withdrawal")
@may(Role.reviewer, place=of_record, fresh=True)
def undo_withdrawal(record: int) -> AnyResponse:
    """Strike a withdrawal out that was made in error."""

    def act(desk: Desk, row: CreditRecord) -> None:
        made: CreditEvent | None = next(
            (one for one in row.events if one.kind == "Withdrawn" and one.undone_at is None), None
        )
        if made is None:
            raise Refused(say("这条记录没有撤回过。"))
        acts.did_not_happen(desk, made, str(AT_DESK))

    return decide(record, "undo_withdrawal", act)


@pages.get("/records/<key:record>/correct")
@may(Role.officer, place=of_record)
def correction(record: int) -> Response:
    """The text as it stands beside the text as it may be shown, to be corrected."""
    view = _view(record)
    shown = Answers({"title": mask(view.line.title)[0], "content": mask(view.content)[0]})
    return _correction(record, shown)


@pages.post("/records/<key:record>/correct")
@may(Role.officer, place=of_record)
def correct(record: int) -> AnyResponse:
    """Correct what the record says; what it said stays visible as corrected."""
    answers = form()
    title = answers.text("title", say("请填标题。"))
    content = answers.text("content", say("请填内容。") if _view(record).content else None, most=20_000)
    why = answers.text("why", REASON_MISSING, most=500)

    def act(desk: Desk, row: CreditRecord) -> None:
        acts.correct(desk, row, why, title=title, content=content, value=bare(value_of(row)))

    return decide(record, "correct", act, answers, again=partial(_correction, record))


def decide(
    record: int,
    done: str,
    act: Callable[[Desk, CreditRecord], object],
    answers: Answers | None = None,
    *,
    onto: str = "",
    again: Callable[[Answers], Response] | None = None,
) -> AnyResponse:
    """Do one act to a record as the person saw it, and go back to its page, or ``onto`` another."""
    return carry_out(
        answers or form(),
        lambda desk: act(desk, locked(desk, CreditRecord, record)),
        onto=onto or f"/records/{record}",
        done=done,
        again=again or partial(record_page, record),
        seen=("credit_record", str(record)),
    )


def _correction(record: int, answers: Answers) -> Response:
    return page_with("console/records/correct.html", answers, view=_view(record))


def record_page(record: int, answers: Answers) -> Response:
    """The page of a record, with what was typed and why it was refused."""
    here, (view, beside, names) = counter(), _looked_up(record)
    return page_with(
        "console/records/record.html", answers, view=view, beside=beside, names=names, roles=my_roles(), on=here.today,
        mine=view.proposed_by == guest().name, public=here.settings.public(f"/disclosures/{record}"),
        disputes=list(Dispute), revisits=list(Revisit), follow_ups=follow_ups(view.line.kind),
    )  # fmt: skip


def _view(record: int) -> RecordAtDesk:
    return _looked_up(record)[0]


def _looked_up(record: int) -> tuple[RecordAtDesk, Around, dict[str, str]]:
    here = counter()
    with Session(here.office.database.read) as session:
        view = record_at_desk(session, record, here.today, here.rules)
        if view is None:
            no_such()
        whose = {one.who for one in view.history} | {view.proposed_by or "", view.approved_by or ""}
        return view, around(session, record), persons(session, whose)

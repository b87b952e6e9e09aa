"""The matching desk: records that belong to nobody yet, who may be meant, and the decision of a person."""

from __future__ import annotations

from flask import Blueprint, Response, request
from werkzeug.wrappers import Response as AnyResponse

from zuofang.credit.acts import records as acts
from zuofang.credit.importing.unmatched import settled_lately, unmatched_records
from zuofang.credit.models import CreditRecord, Outside, RecordState
from zuofang.credit.queries.belonging import of_record
from zuofang.reporting.cases.at_desk import persons
from zuofang.rules.sentences import say
from zuofang.site.console.acting import AT_DESK, carry_out, locked
from zuofang.site.console.answers import NO_SUCH, NOT_OFFERED, Answers, form, page_with
from zuofang.site.console.counter import counter
from zuofang.site.console.gate import my_reach
from zuofang.site.console.rights import may
from zuofang.storage.accounts.models import Role
from zuofang.storage.acts import Desk, Refused
from zuofang.traceability.models import Workshop
from zuofang.traceability.queries.paging import key_in

pages = Blueprint("matching", __name__)


@pages.get("/matching")
@may(Role.officer)
def matching() -> Response:
    """The records that belong to nobody yet."""
    return _page(Answers())


@pages.post("/matching/<key:record>")
@may(Role.officer, place=of_record)
def match(record: int) -> AnyResponse:
    """Say whose record it is, or that it belongs to nobody in the register."""
    answers = form()
    whose = answers.text("whose", say("请选属于哪一家。"), most=12)
    handed_to, workshop = answers.maybe("handed_to"), key_in(whose)
    outside = Outside(whose) if whose in set(Outside) else None
    if whose and outside is None and workshop is None:
        answers.wrong("whose", NOT_OFFERED)

    def act(desk: Desk) -> None:
        row = locked(desk, CreditRecord, record)
        if outside is not None:
            acts.set_outside(desk, row, outside, str(AT_DESK), handed_to)
            return
        if row.workshop_id is not None:
            raise Refused(say("这条记录已经归入一家作坊的档案。"))
        if workshop is None or desk.session.get(Workshop, workshop) is None:
            raise Refused(NO_SUCH)
        acts.match(desk, row, workshop, str(AT_DESK))

    return carry_out(answers, act, onto="/matching", done="match", again=_page)


@pages.post("/matching/<key:record>/undo")
@may(Role.officer, place=of_record)
def undo(record: int) -> AnyResponse:
    """Put a record back on this desk that was matched, or set aside, in error."""

    def act(desk: Desk) -> None:
        row = locked(desk, CreditRecord, record)
        if row.set_aside is not None:
            acts.undo_outside(desk, row, str(AT_DESK))
            return
        if row.workshop_id is None:
            raise Refused(say("这条记录没有认定过。"))
        if row.state is RecordState.approved:
            raise Refused(say("已经审核的记录不能改归属，请先撤销审核。"))
        acts.match(desk, row, None, str(AT_DESK))

    about = ("credit_record", str(record))
    return carry_out(form(), act, onto="/matching", done="unmatch", again=_page, seen=about)


def _page(answers: Answers) -> Response:
    here = counter()
    key = key_in(request.args.get("after", "")) or 0
    with here.reading() as connection:
        found = unmatched_records(connection, here.today, after=key, limit=20)
        settled = settled_lately(connection, my_reach(Role.officer).within)
        names = persons(connection, {one.who for one in settled})
    return page_with(
        "console/records/matching.html", answers, found=found, outside=list(Outside), settled=settled, names=names
    )

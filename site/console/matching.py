"""The matching desk: records that belong to nobody yet, who may be meant, and the decision of a person."""

from __future__ import annotations

from http import HTTPStatus

from flask import Blueprint, Response, request
from werkzeug.wrappers import Response as AnyResponse

from zuofang.credit.acts import records as acts
from zuofang.credit.importing.unmatched import settled_lately, unmatched_records
from zuofang.credit.models import CreditRecord, Outside, RecordState
from zuofang.credit.queries.belonging import of_record
from zuofang.rules.sentences import say
from zuofang.site.console.acting import attempt
from zuofang.site.console.answers import Answers, form, onward, page
from zuofang.site.console.counter import counter, guest
from zuofang.site.console.gate import counted
from zuofang.site.console.records import AT_DESK
from zuofang.site.console.rights import may, reach
from zuofang.storage.accounts.models import Role
from zuofang.storage.acts import Desk, Refused
from zuofang.traceability.models import Workshop

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
    handed_to = answers.maybe("handed_to")
    outside = Outside(whose) if whose in set(Outside) else None
    if whose and outside is None and not (whose.isascii() and whose.isdigit()):
        answers.wrong("whose", say("请从所列的选项中选。"))

    def act(desk: Desk) -> bool:
        row = desk.session.get_one(CreditRecord, record, with_for_update=True)
        if outside is not None:
            acts.set_outside(desk, row, outside, str(AT_DESK), handed_to)
            return True
        if row.workshop_id is not None:
            raise Refused(say("这条记录已经归入一家作坊的档案。"))
        if desk.session.get(Workshop, int(whose)) is None:
            raise Refused(say("没有这个编号。"))
        acts.match(desk, row, int(whose), str(AT_DESK))
        return True

    return onward("/matching", "match") if attempt(answers, act) else _page(answers)


@pages.post("/matching/<key:record>/undo")
@may(Role.officer, place=of_record)
def undo(record: int) -> AnyResponse:
    """Put a record back on this desk that was matched, or set aside, in error."""
    answers = form()

    def act(desk: Desk) -> bool:
        row = desk.session.get_one(CreditRecord, record, with_for_update=True)
        if row.set_aside is not None:
            acts.undo_outside(desk, row, str(AT_DESK))
            return True
        if row.workshop_id is None:
            raise Refused(say("这条记录没有认定过。"))
        if row.state is RecordState.approved:
            raise Refused(say("已经审核的记录不能改归属，请先撤销审核。"))
        acts.match(desk, row, None, str(AT_DESK))
        return True

    return onward("/matching", "unmatch") if attempt(answers, act, ("credit_record", str(record))) else _page(answers)


def _page(answers: Answers) -> Response:
    here = counter()
    after = request.args.get("after", "0")
    key = int(after) if after.isascii() and after.isdigit() and len(after) < 10 else 0
    with here.reading() as connection:
        found = unmatched_records(connection, here.today, after=key, limit=20)
        span = reach(counted(guest()), Role.officer)
        settled = settled_lately(connection, None if span.everything else span.districts)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if answers.errors else HTTPStatus.OK
    return page("console/matching.html", status, found=found, answers=answers, outside=list(Outside), settled=settled)

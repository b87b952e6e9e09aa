"""``/mine/<workshop>/records/<record>``: one record about the workshop, an answer to it, and what can be asked for."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from flask import Blueprint, Response
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from zuofang.credit.acts import cases, facts, records
from zuofang.credit.models import CreditCase, CreditRecord, RecordState
from zuofang.credit.queries.mine import is_told, record_of
from zuofang.credit.records import Dispute
from zuofang.credit.remedies import REPAIR, SECOND_TEST
from zuofang.rules.sentences import say
from zuofang.site.console.acting import carry_out
from zuofang.site.console.answers import Answers, form, no_such, page_with
from zuofang.site.console.counter import counter
from zuofang.site.console.owner.desk import BY_OWNER
from zuofang.site.console.rights import may
from zuofang.storage.accounts.models import Role
from zuofang.storage.acts import Desk, Refused
from zuofang.storage.journal import last_about
from zuofang.traceability.queries.belonging import of_workshop

pages = Blueprint("owner_records", __name__)
DONE_ON = "done_on"
"""The fact of an order: the day on which the operator said that it was followed."""
NOT_YOURS = say("这家作坊没有这条记录。")


@pages.get("/mine/<key:workshop>/records/<key:record>")
@may(Role.owner, place=of_workshop)
def record(workshop: int, record: int) -> Response:
    """What the record says, until when it is public and why, and everything that can be answered or asked."""
    return _page(workshop, record, Answers())


@pages.post("/mine/<key:workshop>/records/<key:record>/reply")
@may(Role.owner, place=of_workshop)
def reply(workshop: int, record: int) -> AnyResponse:
    """Put one's own words beside the record; they are public with it."""
    answers = form()
    words = answers.text("reply", say("请写要说的话。"), most=2000)
    return _do(workshop, record, "reply", answers, lambda desk, row: records.reply(desk, row, words, str(BY_OWNER)))


@pages.post("/mine/<key:workshop>/records/<key:record>/reply/take-back")
@may(Role.owner, place=of_workshop)
def take_back(workshop: int, record: int) -> AnyResponse:
    """Take one's words back."""

    def act(desk: Desk, row: CreditRecord) -> None:
        said = [one for one in row.replies if one.taken_back_at is None]
        if not said:
            raise Refused(say("没有可以收回的陈述。"))
        records.take_back_reply(desk, said[-1], str(BY_OWNER))

    return _do(workshop, record, "reply_back", form(), act)


@pages.post("/mine/<key:workshop>/records/<key:record>/ask")
@may(Role.owner, place=of_workshop)
def ask(workshop: int, record: int) -> AnyResponse:
    """Ask for a second test or credit repair, or object to a sample; a case with its clock begins."""
    answers = form()
    asked = answers.choice("asked", (REPAIR, SECOND_TEST, *Dispute.__members__), say("请选要求的是什么。"))
    words = answers.text("words", say("请写明申请的内容。"), most=2000)
    about = Dispute.__members__.get(asked)

    def act(desk: Desk, row: CreditRecord) -> None:
        if about is not None:
            cases.object_to_sample(desk, row, about, desk.today, words, str(BY_OWNER))
        elif asked == REPAIR:
            cases.apply_for_repair(desk, row, desk.today, words, str(BY_OWNER))
        else:
            cases.ask_for_reinspection(desk, row, desk.today, words, str(BY_OWNER))

    return _do(workshop, record, "case", answers, act, approved=False)


@pages.post("/mine/<key:workshop>/records/<key:record>/cases/<key:case>/take-back")
@may(Role.owner, place=of_workshop)
def take_case_back(workshop: int, record: int, case: int) -> AnyResponse:
    """Take an application back that nobody has accepted."""

    def act(desk: Desk, row: CreditRecord) -> None:
        found: CreditCase | None = next((one for one in row.cases if one.id == case), None)
        if found is None:
            raise Refused(say("这条记录没有这件申请。"))
        if found.accepted_on is not None:
            raise Refused(say("这件申请已经受理，请联系监管部门。"))
        cases.take_back(desk, found, str(BY_OWNER))

    return _do(workshop, record, "case_back", form(), act, approved=False)


@pages.post("/mine/<key:workshop>/records/<key:record>/done")
@may(Role.owner, place=of_workshop)
def done(workshop: int, record: int) -> AnyResponse:
    """Say that what was ordered is put right; the bureau looks again."""

    def act(desk: Desk, row: CreditRecord) -> None:
        facts.learn(desk, row, DONE_ON, desk.today, str(BY_OWNER))

    return _do(workshop, record, "put_right", form(), act)


@pages.post("/mine/<key:workshop>/records/<key:record>/undo-done")
@may(Role.owner, place=of_workshop)
def undo_done(workshop: int, record: int) -> AnyResponse:
    """It is not put right after all."""

    def act(desk: Desk, row: CreditRecord) -> None:
        facts.unlearn(desk, row, DONE_ON, str(BY_OWNER))

    return _do(workshop, record, "not_put_right", form(), act)


def _do(
    workshop: int, record: int, done: str, answers: Answers, act: Callable[[Desk, CreditRecord], object], *,
    approved: bool = True,
) -> AnyResponse:  # fmt: skip
    """Do one act to a record as the owner saw it, and go back to its page.

    ``approved`` says whether the act waits until the record is approved; a dispute does not, its days run already.
    """

    def do(desk: Desk) -> None:
        row = desk.session.get(CreditRecord, record, with_for_update=True)
        if row is None or row.workshop_id != workshop or not is_told(row):
            raise Refused(NOT_YOURS)
        if approved and row.state is not RecordState.approved:
            raise Refused(say("这条记录还没有决定公示，现在只能申请复检或者提出异议。"))
        act(desk, row)

    return carry_out(
        answers,
        do,
        onto=f"/mine/{workshop}/records/{record}",
        done=done,
        again=partial(_page, workshop, record),
        seen=(CreditRecord.__tablename__, str(record)),
    )


def _page(workshop: int, record: int, answers: Answers) -> Response:
    here = counter()
    with Session(here.office.database.read) as session:
        view = record_of(session, workshop, record, here.today, here.rules)
        seen = last_about(session, (CreditRecord.__tablename__, str(record)))
    if view is None:
        no_such(NOT_YOURS)
    public = here.settings.public(f"/disclosures/{record}")
    return page_with(
        "console/owner/record.html", answers, view=view, workshop=workshop, seen=seen, public=public, on=here.today
    )

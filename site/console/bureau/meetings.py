"""Calling in a whole trade of a place (行业约谈): who makes it there, who came, a line in the file of each."""

from __future__ import annotations

from http import HTTPStatus
from urllib.parse import urlencode

from flask import Blueprint, Response, request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from zuofang.credit.acts import interviews
from zuofang.credit.measures import Called, Interview
from zuofang.credit.models import CreditRecord
from zuofang.credit.queries.belonging import of_record
from zuofang.rules.parameters import NoSuchRule
from zuofang.rules.sentences import say
from zuofang.site.console.acting import attempt
from zuofang.site.console.answers import Answers, form, onward, page
from zuofang.site.console.bureau.reach import districts, in_reach
from zuofang.site.console.counter import counter
from zuofang.site.console.entry import BY_HAND
from zuofang.site.console.records import AT_DESK, record_page
from zuofang.site.console.rights import may
from zuofang.storage.accounts.models import Role
from zuofang.storage.acts import Desk, Refused
from zuofang.traceability.queries.paging import key_in

pages = Blueprint("meetings", __name__)


@pages.get("/records/new/meeting")
@may(Role.officer)
def new_meeting() -> Response:
    """Which trade of which place, then who is called and what was said."""
    return _page(Answers(), request.args.get("category", ""), request.args.get("district", ""))


@pages.post("/records/new/meeting")
@may(Role.officer)
def meeting() -> AnyResponse:
    """Enter the meeting into the file of everybody who was called; each line is put forward."""
    answers = form()
    category, district = answers.text("category", most=40), answers.text("district", most=6)
    in_reach(answers, district)
    document = answers.text("document", say("请填约谈通知书的文号。"), most=100)
    authority = answers.text("authority", say("请填机关名称。"))
    held_on, ground = (
        answers.day("made_on", say("请填日期。")),
        answers.text("ground", say("请写明约谈的事由。"), most=500),
    )
    content = answers.text("content", say("请填内容。"), most=20_000)
    answers.take("absent")
    absent = frozenset(key_in(one) or 0 for one in request.form.getlist("absent"))

    def act(desk: Desk) -> int:
        if held_on is None:
            raise Refused(say("请把表单填完整。"))
        trade, place = _trade(category), dict(districts())[district]
        told = Interview(held_on=held_on, ground=ground, called=Called.trade, trade=trade, place=place)
        called = interviews.of_trade(desk, category, district)
        if not absent <= {one.id for one in called}:
            raise Refused(say("没有到场的里有一家不在约谈之列。"))
        held = interviews.Meeting(told, document, authority, content, absent)
        return len(interviews.call_in(desk, held, called, str(BY_HAND)))

    if attempt(answers, act) is None:
        return _page(answers, category, district)
    return onward(f"/records?{urlencode({'q': document})}", "called_in")


@pages.post("/records/<key:record>/call-off")
@may(Role.officer, place=of_record)
def call_off(record: int) -> AnyResponse:
    """Take the whole meeting that this line belongs to out of the files again."""
    answers = form()

    def act(desk: Desk) -> int:
        row = desk.session.get_one(CreditRecord, record, with_for_update=True)
        return interviews.call_off(desk, row.document or "", str(AT_DESK))

    if attempt(answers, act, ("credit_record", str(record))) is None:
        return record_page(record, answers)
    return onward("/records", "called_off")


def _trade(category: str) -> str:
    """The name of a food category.

    Raises:
        Refused: nobody knows such a category.
    """
    try:
        return counter().rules.limits.category(category).name
    except NoSuchRule:
        raise Refused(say("没有“%(category)s”这个食品类别。", category=category)) from None


def _page(answers: Answers, category: str, district: str) -> Response:
    here, mine = counter(), districts()
    known = here.rules.limits.categories
    with Session(here.office.database.read) as session:
        chosen = category in known and district in dict(mine)
        called = interviews.makers(session, here.rules, category, district) if chosen else ()
    status = HTTPStatus.UNPROCESSABLE_ENTITY if answers.errors else HTTPStatus.OK
    return page(
        "console/bureau/new_meeting.html", status, answers=answers, category=category, district=district, called=called,
        categories=[(key, one.name) for key, one in known.items()], districts=mine, chosen=chosen, on=here.today,
        absent=request.form.getlist("absent"), bureau_name=here.settings.bureau,
    )  # fmt: skip

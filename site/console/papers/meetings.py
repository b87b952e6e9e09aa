"""Calling in a whole trade of a place (行业约谈): who makes it there, who came, a line in the file of each."""

from __future__ import annotations

from functools import partial
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
from zuofang.site.console.acting import AT_DESK, carry_out
from zuofang.site.console.answers import DAY_MISSING, INCOMPLETE, Answers, form, page_with
from zuofang.site.console.bureau.reach import districts, in_reach
from zuofang.site.console.counter import counter
from zuofang.site.console.papers.entry import BY_HAND
from zuofang.site.console.records.desk import decide
from zuofang.site.console.rights import may
from zuofang.storage.accounts.models import Role
from zuofang.storage.acts import Desk, Refused
from zuofang.traceability.queries.paging import key_in

pages = Blueprint("meetings", __name__)


@pages.get("/records/new/meeting")
@may(Role.officer)
def new_meeting() -> Response:
    """Which trade of which place, then who is called and what was said."""
    return _page(request.args.get("category", ""), request.args.get("district", ""), Answers())


@pages.post("/records/new/meeting")
@may(Role.officer)
def meeting() -> AnyResponse:
    """Enter the meeting into the file of everybody who was called; each line is put forward."""
    answers = form()
    category, district = answers.text("category", most=40), answers.text("district", most=6)
    in_reach(answers, district)
    document = answers.text("document", say("请填约谈通知书的文号。"), most=100)
    authority = answers.text("authority", say("请填机关名称。"))
    held_on = answers.day("made_on", DAY_MISSING)
    ground = answers.text("ground", say("请写明约谈的事由。"), most=500)
    content = answers.text("content", say("请写约谈的情况。"), most=20_000)
    absent = frozenset(key_in(one) or 0 for one in answers.several("absent"))

    def act(desk: Desk) -> None:
        if held_on is None:
            raise Refused(INCOMPLETE)
        trade, place = _trade(category), dict(districts())[district]
        told = Interview(held_on=held_on, ground=ground, called=Called.trade, trade=trade, place=place)
        called = interviews.of_trade(desk, category, district)
        if not absent <= {one.id for one in called}:
            raise Refused(say("没有到场的里有一家不在约谈之列。"))
        held = interviews.Meeting(told, document, authority, content, absent)
        interviews.call_in(desk, held, called, str(BY_HAND))

    onto = f"/records?{urlencode({'q': document})}"
    return carry_out(answers, act, onto=onto, done="called_in", again=partial(_page, category, district))


@pages.post("/records/<key:record>/call-off")
@may(Role.officer, place=of_record)
def call_off(record: int) -> AnyResponse:
    """Take the whole meeting that this line belongs to out of the files again."""

    def act(desk: Desk, row: CreditRecord) -> None:
        interviews.call_off(desk, row.document or "", str(AT_DESK))

    return decide(record, "called_off", act, onto="/records")


def _trade(category: str) -> str:
    """The name of a food category.

    Raises:
        Refused: nobody knows such a category.
    """
    try:
        return counter().rules.limits.category(category).name
    except NoSuchRule:
        raise Refused(say("没有“%(category)s”这个食品类别。", category=category)) from None


def _page(category: str, district: str, answers: Answers) -> Response:
    here, mine = counter(), districts()
    known = here.rules.limits.categories
    with Session(here.office.database.read) as session:
        chosen = category in known and district in dict(mine)
        called = interviews.makers(session, here.rules, category, district) if chosen else ()
    return page_with(
        "console/papers/new_meeting.html", answers, category=category, district=district, called=called,
        categories=[(key, one.name) for key, one in known.items()], districts=mine, chosen=chosen, on=here.today,
        absent=answers.several("absent"), bureau_name=here.settings.bureau,
    )  # fmt: skip

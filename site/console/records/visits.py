"""Look-back visits to closed places (回头看): planned, made, called off. A planned one is told to nobody outside."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint
from werkzeug.wrappers import Response as AnyResponse

from zuofang.credit.acts import links
from zuofang.credit.models import CreditRecord, LookBack, Revisit
from zuofang.credit.queries.belonging import of_record
from zuofang.rules.sentences import say
from zuofang.site.console.acting import AT_DESK
from zuofang.site.console.answers import INCOMPLETE, Answers, form
from zuofang.site.console.records.desk import decide
from zuofang.site.console.rights import may
from zuofang.storage.accounts.models import Role
from zuofang.storage.acts import Desk, Refused

pages = Blueprint("visits", __name__)


@pages.post("/records/<key:record>/visits")
@may(Role.officer, place=of_record)
def plan(record: int) -> AnyResponse:
    """Plan a visit to the place that this record closed."""
    answers = form()
    on = answers.day("planned_on", say("请填哪一天去。"))
    return decide(
        record, "visit", lambda desk, row: links.plan_visit(desk, row, on or desk.today, str(AT_DESK)), answers
    )


@pages.post("/records/<key:record>/visits/<key:visit>/call-off")
@may(Role.officer, place=of_record)
def call_off(record: int, visit: int) -> AnyResponse:
    """Call a planned visit off."""
    return _to(record, visit, "visit_off", lambda desk, one: links.call_off_visit(desk, one, str(AT_DESK)))


@pages.post("/records/<key:record>/visits/<key:visit>/note")
@may(Role.officer, place=of_record)
def note(record: int, visit: int) -> AnyResponse:
    """Note what a visit found; where the business had come back, with the number of the new record."""
    answers = form()
    found = answers.member("found", Revisit, say("请选看到了什么。"))
    on = answers.day("visited_on", say("请填哪一天去的。"))
    words = answers.text("seen_words", say("请写看到了什么。"), most=1000)
    new = answers.key("led_to")

    def act(desk: Desk, one: LookBack) -> None:
        if found is None or on is None:
            raise Refused(INCOMPLETE)
        made = None if new is None else desk.session.get(CreditRecord, new)
        if new is not None and (made is None or made.id == record):
            raise Refused(say("没有编号是 %(number)s 的记录。", number=new))
        links.visited(desk, one, on, found, words, str(AT_DESK), made)

    return _to(record, visit, "visit_noted", act, answers)


@pages.post("/records/<key:record>/visits/<key:visit>/undo")
@may(Role.officer, place=of_record)
def undo(record: int, visit: int) -> AnyResponse:
    """Take back what was noted of a visit; it is planned again."""
    return _to(record, visit, "visit_undone", lambda desk, one: links.undo_visit(desk, one, str(AT_DESK)))


def _to(
    record: int, visit: int, done: str, act: Callable[[Desk, LookBack], None], answers: Answers | None = None
) -> AnyResponse:
    def do(desk: Desk, row: CreditRecord) -> None:
        found = next((one for one in row.look_backs if one.id == visit), None)
        if found is None:
            raise Refused(say("这条记录没有这次回头看。"))
        act(desk, found)

    return decide(record, done, do, answers)

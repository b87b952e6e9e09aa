"""What is done around a record: days that become known later, ties to other records, and taking it out again."""

from __future__ import annotations

from flask import Blueprint
from werkzeug.wrappers import Response as AnyResponse

from zuofang.credit.acts import facts, links
from zuofang.credit.acts import records as acts
from zuofang.credit.models import CreditRecord
from zuofang.credit.queries.belonging import of_record
from zuofang.rules.sentences import say
from zuofang.site.console.acting import AT_DESK
from zuofang.site.console.answers import DAY_MISSING, form
from zuofang.site.console.records.desk import decide
from zuofang.site.console.rights import may
from zuofang.storage.accounts.models import Role
from zuofang.storage.acts import Desk, Refused

pages = Blueprint("around", __name__)
WHICH_MISSING = say("请选哪一个日期。")


@pages.post("/records/<key:record>/learn")
@may(Role.officer, place=of_record)
def learn(record: int) -> AnyResponse:
    """Note a day that has become known: served, performed, put right, verified."""
    answers = form()
    fact, on = answers.text("fact", WHICH_MISSING, most=40), answers.day("known_on", DAY_MISSING)

    def act(desk: Desk, row: CreditRecord) -> None:
        if on is None:
            raise Refused(WHICH_MISSING)
        facts.learn(desk, row, fact, on, str(AT_DESK))

    return decide(record, "learn", act, answers)


@pages.post("/records/<key:record>/unlearn")
@may(Role.officer, place=of_record)
def unlearn(record: int) -> AnyResponse:
    """Take back a day that was noted in error."""
    answers = form()
    fact = answers.text("fact", WHICH_MISSING, most=40)
    return decide(record, "unlearn", lambda desk, row: facts.unlearn(desk, row, fact, str(AT_DESK)), answers)


@pages.post("/records/<key:record>/tie")
@may(Role.officer, place=of_record)
def tie(record: int) -> AnyResponse:
    """Say that this record belongs to an earlier one of the same file."""
    answers = form()
    earlier = answers.key("earlier", say("请选前面的哪一条记录。"))

    def act(desk: Desk, row: CreditRecord) -> None:
        found = desk.session.get(CreditRecord, earlier)
        kind = None if found is None else links.fitting(found.kind, row.kind)
        if found is None or kind is None:
            raise Refused(say("这两种记录不能这样关联。"))
        links.link(desk, found, row, kind, str(AT_DESK))

    return decide(record, "tie", act, answers)


@pages.post("/records/<key:record>/untie")
@may(Role.officer, place=of_record)
def untie(record: int) -> AnyResponse:
    """Undo a tie that was made in error."""
    answers = form()
    earlier = answers.key("earlier", say("请选前面的哪一条记录。"))

    def act(desk: Desk, row: CreditRecord) -> None:
        made = next((one for one in row.origins if one.earlier_id == earlier), None)
        if made is None:
            raise Refused(say("这两条记录没有关联。"))
        links.unlink(desk, made, str(AT_DESK))

    return decide(record, "untie", act, answers)


@pages.post("/records/<key:record>/remove")
@may(Role.officer, place=of_record)
def remove(record: int) -> AnyResponse:
    """Take out a record that was entered in error and that nobody approved."""
    return decide(record, "removed", lambda desk, row: acts.remove(desk, row, str(AT_DESK)), onto="/records")

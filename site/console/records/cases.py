"""Cases about a record: objections, applications for repair and for a second test, each by its clock."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Blueprint
from werkzeug.wrappers import Response as AnyResponse

from zuofang.credit.acts import cases as acts
from zuofang.credit.models import CreditCase, CreditRecord
from zuofang.credit.queries.belonging import of_record
from zuofang.rules.sentences import say
from zuofang.site.console.acting import AT_DESK
from zuofang.site.console.answers import Answers, form
from zuofang.site.console.records.desk import decide
from zuofang.site.console.rights import may
from zuofang.storage.accounts.models import Role
from zuofang.storage.acts import Desk, Refused

pages = Blueprint("cases", __name__)


@pages.post("/records/<key:record>/repair")
@may(Role.officer, place=of_record)
def apply(record: int) -> AnyResponse:
    """Enter an application for credit repair that came on paper."""
    answers = form()
    words = answers.text("words", say("请写明申请的内容。"), most=2000)
    day = answers.day("filed_on", say("请填哪一天提出的。"))

    def act(desk: Desk, row: CreditRecord) -> None:
        acts.apply_for_repair(desk, row, day or desk.today, words, str(AT_DESK))

    return decide(record, "case", act, answers)


@pages.post("/records/<key:record>/cases/<key:case>/accept")
@may(Role.officer, place=of_record)
def accept(record: int, case: int) -> AnyResponse:
    """Accept a case; the days for deciding begin."""
    return about_case(record, case, "accept", lambda desk, one: acts.accept(desk, one, desk.today, str(AT_DESK)))


@pages.post("/records/<key:record>/cases/<key:case>/decide")
@may(Role.reviewer, place=of_record, fresh=True)
def settle(record: int, case: int) -> AnyResponse:
    """Grant or refuse what was applied for; what it decides happens to the record."""
    answers = form()
    granted = answers.choice("granted", ("yes", "no"), say("请选准予或者不予。"))

    def act(desk: Desk, one: CreditCase) -> None:
        acts.decide(desk, one, desk.today, str(AT_DESK), granted=granted == "yes")

    return about_case(record, case, "settle", act, answers)


@pages.post("/records/<key:record>/cases/<key:case>/take-back")
@may(Role.officer, place=of_record)
def take_back(record: int, case: int) -> AnyResponse:
    """Strike out a case that was entered in error."""
    return about_case(record, case, "case_back", lambda desk, one: acts.take_back(desk, one, str(AT_DESK)))


def about_case(
    record: int, case: int, done: str, act: Callable[[Desk, CreditCase], Any], answers: Answers | None = None
) -> AnyResponse:
    """Do one act to a case of a record as the person saw it."""

    def do(desk: Desk, row: CreditRecord) -> None:
        found = next((one for one in row.cases if one.id == case), None)
        if found is None:
            raise Refused(say("这条记录没有这件申请。"))
        act(desk, found)

    return decide(record, done, do, answers)

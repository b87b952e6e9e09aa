"""Sampling sheets at the desk (抽样单): taken, handed to the laboratory, waiting for the result, struck out."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from flask import Blueprint, Response, request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from zuofang.credit.acts import sampling as acts
from zuofang.credit.models import SamplingSheet
from zuofang.credit.queries.sampling import SheetAtDesk, of_sheet, sheet_at_desk, sheet_list
from zuofang.rules.sentences import say
from zuofang.site.console.acting import attempt, carry_out, locked
from zuofang.site.console.answers import (
    DAY_MISSING,
    INCOMPLETE,
    REASON_MISSING,
    Answers,
    form,
    no_such,
    onward,
    page,
    page_with,
)
from zuofang.site.console.counter import counter
from zuofang.site.console.gate import mine, my_reach, my_roles
from zuofang.site.console.papers.entry import workshop_called
from zuofang.site.console.records.due import BUREAU
from zuofang.site.console.rights import may, reaches
from zuofang.storage.accounts.models import Role
from zuofang.storage.acts import Desk, Refused

pages = Blueprint("sampling", __name__)
BY_SHEET = say("抽样单")


@pages.get("/sampling")
@may(*BUREAU)
def sheets() -> Response:
    """The sheets of one's counties, the most urgent first."""
    here = counter()
    with Session(here.office.database.read) as session:
        found = sheet_list(session, here.rules, my_reach(*BUREAU).within)
    return page("console/sampling/sheets.html", found=found, on=here.today, acts=Role.officer in my_roles())


@pages.get("/sampling/new")
@may(Role.officer)
def new_sheet() -> Response:
    """The sheet as it was filled in on the spot."""
    return _form(Answers())


@pages.post("/sampling/new")
@may(Role.officer)
def take() -> AnyResponse:
    """Enter the sheet of a sample that was taken."""
    answers = form()
    whose = answers.text("whose", say("请填登记证编号或统一社会信用代码。"), most=100)
    told = _told(answers)
    taken_on, agreed_on = answers.day("taken_on", say("请填抽样日期。")), answers.day("agreed_on")

    def act(desk: Desk) -> SamplingSheet:
        if taken_on is None:
            raise Refused(INCOMPLETE)
        workshop = workshop_called(desk, whose)
        sheet = SamplingSheet(workshop_id=workshop.id, taken_on=taken_on, agreed_on=agreed_on, **told)
        return acts.take(desk, sheet, str(BY_SHEET))

    made = attempt(answers, act)
    return _form(answers) if made is None else onward(f"/sampling/{made.id}", "sampled")


def _told(answers: Answers) -> dict[str, str]:
    """The words of the sheet, as they stand on the paper."""
    return {
        "number": answers.text("number", say("请填抽样单编号。"), most=100),
        "authority": answers.text("authority", say("请填机关名称。")),
        "basis": answers.text("basis", say("请写任务来源。")),
        "product": answers.text("product", say("请填食品名称。")),
        **{name: answers.text(name) for name in ("specification", "brand", "lot", "spare", "place")},
        "quantity": answers.text("quantity", say("请填抽样数量。")),
        "first_officer": answers.text("first_officer", say("请填抽样人员。"), most=100),
        "second_officer": answers.text("second_officer", say("请填第二名抽样人员。"), most=100),
        "laboratory": answers.text("laboratory", say("请填承检机构。")),
    }


@pages.get("/sampling/<key:sheet>")
@may(*BUREAU, place=of_sheet)
def sheet(sheet: int) -> Response:
    """One sheet: what it says, what it waits for and until when."""
    return _page(sheet, Answers())


@pages.post("/sampling/<key:sheet>/deliver")
@may(Role.officer, place=of_sheet)
def deliver(sheet: int) -> AnyResponse:
    """Note the day on which the laboratory received the sample."""
    answers = form()
    on = answers.day("delivered_on", DAY_MISSING)

    def act(desk: Desk, row: SamplingSheet) -> None:
        if on is None:
            raise Refused(INCOMPLETE)
        acts.deliver(desk, row, on, str(BY_SHEET))

    return _decide(sheet, "delivered", act, answers)


@pages.post("/sampling/<key:sheet>/undo-delivery")
@may(Role.officer, place=of_sheet)
def undo_delivery(sheet: int) -> AnyResponse:
    """Take back a day that was noted in error."""
    return _decide(sheet, "undelivered", lambda desk, row: acts.undo_delivery(desk, row, str(BY_SHEET)), form())


@pages.post("/sampling/<key:sheet>/strike-out")
@may(Role.officer, place=of_sheet)
def strike_out(sheet: int) -> AnyResponse:
    """Take out a sheet that is void or was entered in error."""
    answers = form()
    why = answers.text("struck_why", REASON_MISSING, most=500)
    return _decide(sheet, "sheet_struck", lambda desk, row: acts.strike_out(desk, row, why), answers, onto="/sampling")


def _decide(
    sheet: int, done: str, act: Callable[[Desk, SamplingSheet], object], answers: Answers, *, onto: str = ""
) -> AnyResponse:
    """Do one act to a sheet as the person saw it, and go back to its page, or ``onto`` another."""
    return carry_out(
        answers,
        lambda desk: act(desk, locked(desk, SamplingSheet, sheet)),
        onto=onto or f"/sampling/{sheet}",
        done=done,
        again=partial(_page, sheet),
        seen=("sampling_sheet", str(sheet)),
    )


def sheet_in_reach(key: int | None) -> SheetAtDesk | None:
    """One sheet as it stands now, where it was taken in a county in which the person is an officer."""
    if key is None:
        return None
    here = counter()
    with Session(here.office.database.read) as session:
        place = of_sheet(session.connection(), key)
        if place is None or not any(reaches(one, place) for one in mine() if one.role is Role.officer):
            return None
        return sheet_at_desk(session, key, here.rules)


def _page(sheet: int, answers: Answers) -> Response:
    here = counter()
    with Session(here.office.database.read) as session:
        view = sheet_at_desk(session, sheet, here.rules)
    if view is None:
        no_such()
    return page_with(
        "console/sampling/sheet.html", answers, view=view, row=view.row, on=here.today, acts=Role.officer in my_roles()
    )


def _form(answers: Answers) -> Response:
    here = counter()
    whose = answers["whose"] or request.args.get("whose", "")[:100]
    bureau = here.settings.bureau
    return page_with("console/sampling/new_sheet.html", answers, on=here.today, bureau_name=bureau, whose=whose)

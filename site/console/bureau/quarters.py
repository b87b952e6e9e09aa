"""The quarterly table at the desk: its figures on a page, and the workbook with everything that stands behind them."""

from __future__ import annotations

from flask import Blueprint, Response, request
from sqlalchemy.orm import Session

from zuofang.programmes.quarter_book import as_workbook
from zuofang.programmes.quarters import Column, Quarter, QuarterTable, quarter_table
from zuofang.rules.sentences import say
from zuofang.site.console.answers import no_such, page
from zuofang.site.console.bureau.reach import districts
from zuofang.site.console.counter import counter
from zuofang.site.console.gate import my_reach
from zuofang.site.console.records.due import BUREAU
from zuofang.site.console.rights import may

pages = Blueprint("quarters", __name__)
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
BACK = 8
"""Quarters that are offered."""


@pages.get("/quarters")
@may(*BUREAU)
def show() -> Response:
    """The table of a quarter, of the person's counties."""
    offered = _offered()
    quarter = _asked(offered)
    return page(
        "console/bureau/quarters.html", table=_table(quarter), offered=offered, quarter=quarter, columns=list(Column)
    )


@pages.get("/quarters/workbook")
@may(*BUREAU)
def workbook() -> Response:
    """The same as a workbook."""
    quarter = _asked(_offered())
    answer = Response(as_workbook(_table(quarter)), mimetype=WORKBOOK)
    answer.headers["Content-Disposition"] = f'attachment; filename="{quarter.year}-q{quarter.number}.xlsx"'
    return answer


def _offered() -> list[Quarter]:
    today = counter().today
    newest = today.year * 4 + (today.month - 1) // 3
    return [Quarter(number // 4, number % 4 + 1) for number in range(newest, newest - BACK, -1)]


def _asked(offered: list[Quarter]) -> Quarter:
    wanted = request.args.get("quarter", "")
    if not wanted:
        return offered[0]
    found = next((one for one in offered if wanted == f"{one.year}-{one.number}"), None)
    if found is None:
        no_such(say("没有这个季度。"))
    return found


def _table(quarter: Quarter) -> QuarterTable:
    here, span = counter(), my_reach(*BUREAU)
    mine = None if span.everything else [code for code, _ in districts(*BUREAU)]
    with Session(here.office.database.read) as session:
        return quarter_table(session, quarter, here.today, mine)

"""The publication calendar at the desk: day by day what becomes public or ends, and by which article."""

from __future__ import annotations

from itertools import groupby

from flask import Blueprint, Response, request
from sqlalchemy.orm import Session

from zuofang.credit.queries.calendar import calendar
from zuofang.credit.queries.duties import Span
from zuofang.site.console.answers import page
from zuofang.site.console.bureau.reach import districts
from zuofang.site.console.counter import counter
from zuofang.site.console.gate import my_reach
from zuofang.site.console.records.due import BUREAU
from zuofang.site.console.rights import may

pages = Blueprint("calendar", __name__)
SPANS = (30, 90, 365)
"""Days ahead that can be asked for."""


@pages.get("/calendar")
@may(*BUREAU)
def show() -> Response:
    """What changes in the next days, in the districts of the person or in one of them."""
    here, span, mine = counter(), my_reach(*BUREAU), districts(*BUREAU)
    asked = request.args.get("days", "")
    days = int(asked) if asked in map(str, SPANS) else SPANS[0]
    wanted = request.args.get("district", "")
    district = wanted if wanted in dict(mine) else ""
    until = here.rules.calendar.days_after(here.today, days)
    with Session(here.office.database.read) as session:
        every = calendar(session, Span(here.today, until), here.rules)
    found = [one for one in every if span.covers(one.district) and one.district.startswith(district)]
    by_day = [(day, list(those)) for day, those in groupby(found, key=lambda one: one.on)]
    return page(
        "console/bureau/calendar.html", by_day=by_day, count=len(found), districts=mine, district=district, days=days,
        spans=SPANS, on=here.today,
    )  # fmt: skip

"""The work list of the case officers, and the list for the national 12315 platform."""

from __future__ import annotations

from flask import Blueprint, Response, request
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from zuofang.reporting.cases.handover import as_csv, handover
from zuofang.reporting.cases.models import ReportCase
from zuofang.site.console.answers import onward, page
from zuofang.site.console.counter import counter, guest
from zuofang.site.console.gate import mine, my_reach
from zuofang.site.console.reports import due
from zuofang.site.console.rights import Reach, may, reach
from zuofang.storage.accounts.models import Role

pages = Blueprint("report_lists", __name__)
SHOWS = ("all", "mine", "new", "done")
MOST, LATELY = 200, 100
"""Lines of the work list, and finished cases, that one page holds."""


@pages.get("/reports")
@may(Role.case_officer)
def reports() -> AnyResponse:
    """What is due about reports of one's place, the most pressing first; a case by its number."""
    wanted, number = request.args.get("show", ""), request.args.get("q", "").strip().upper()[:20]
    show = wanted if wanted in SHOWS else "all"
    here, held = counter(), mine()
    span = reach(held, Role.case_officer)
    with Session(here.office.database.read) as session:
        if number and (found := _numbered(session, number, span)) is not None:
            return onward(f"/reports/{found}")
        done = _finished(session, span) if show == "done" else []
        lines = [*(due.due_letters(session, here, held) if show in ("all", "new") else ())]
        if show in ("all", "mine"):
            lines += due.due_messages(session, here, held)
            lines += due.due_asks(session, here, held)
            lines += due.due_rewards(session, here, held)
            lines += due.due_cases(session, here, held, guest().name if show == "mine" else None)
    stopped = [one for one in lines if one.left == due.STOPPED]
    running = sorted((one for one in lines if one.left != due.STOPPED), key=lambda one: one.due)
    shown, more = [*running, *stopped][:MOST], max(0, len(lines) - MOST)
    return page(
        "console/reports/list.html", work=shown, more=more, finished=done, show=show, number=number
    )  # fmt: skip


@pages.get("/reports/platform.csv")
@may(Role.case_officer)
def platform() -> Response:
    """The cases of one's place that the national platform does not know yet; no word about who wrote."""
    here, span = counter(), my_reach(Role.case_officer)
    with Session(here.office.database.read) as session:
        found = handover(session, here.today, here.rules, wanted=lambda place: span.covers(place))
    name = f"12315-{here.today.isoformat()}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response("\ufeff" + as_csv(found), mimetype="text/csv", headers=headers)


def _numbered(session: Session, number: str, span: Reach) -> int | None:
    bare = number.replace("-", "").replace(" ", "")
    wanted = f"{bare[:4]}-{bare[4:]}"
    row = session.execute(select(ReportCase.id, ReportCase.place).where(ReportCase.number == wanted)).one_or_none()
    return row.id if row is not None and span.covers(row.place) else None


def _finished(session: Session, span: Reach) -> list[ReportCase]:
    statement = select(ReportCase).where(ReportCase.finished.is_(True)).order_by(ReportCase.received_on.desc())
    mine = (case for case in session.scalars(statement) if span.covers(case.place))
    return [case for case, _ in zip(mine, range(LATELY), strict=False)]

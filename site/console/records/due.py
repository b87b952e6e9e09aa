"""What is due in the credit files: everything with a last day, by the clocks of the credit room."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, select
from sqlalchemy.orm import Session

from zuofang.credit.clocks import Actor
from zuofang.credit.duties import Duty, DutyKind
from zuofang.credit.models import CreditCase
from zuofang.credit.queries.duties import Span, duties
from zuofang.rules.sentences import say
from zuofang.site.console.counter import Counter
from zuofang.site.console.rights import reach
from zuofang.site.console.work import Work, work
from zuofang.storage.accounts.models import Role
from zuofang.storage.accounts.sessions import Held
from zuofang.traceability.models import Workshop

BUREAU = (Role.officer, Role.reviewer)
KINDS = {
    DutyKind.publish: say("待公示"),
    DutyKind.take_down: say("停止公示"),
    DutyKind.case: say("申请"),
    DutyKind.sample: say("核查处置"),
    DutyKind.recall: say("召回"),
    DutyKind.honour: say("荣誉"),
    DutyKind.certificate: say("证书"),
    DutyKind.rectification: say("整改"),
    DutyKind.sheet: say("抽样"),
}
AHEAD = 30
"""Days ahead for which duties are listed."""


def due(connection: Connection, here: Counter, held: list[Held]) -> Iterable[Work]:
    """What people of the bureau must do within a month, the overdue included."""
    today = here.today
    until = here.rules.calendar.days_after(today, AHEAD)
    with Session(connection) as session:
        cases = {one.id: one.record_id for one in session.execute(select(CreditCase.id, CreditCase.record_id))}
        makers = session.execute(select(Workshop.id, Workshop.district_code))
        districts = {one.id: one.district_code for one in makers}
        found = duties(session, Span(today, until), here.rules)
    span = reach(held, *BUREAU)
    for one in found:
        district = districts.get(one.about.workshop or 0, "")
        path = _path(one, cases)
        if one.actor is not Actor.clock and path is not None and span.covers(district):
            title = say("%(party)s：%(title)s", party=one.about.party, title=one.about.title)
            why = say("%(duty)s（%(article)s）", duty=one.duty, article=one.article)
            yield work(title, path, one.due.day, KINDS[one.kind], why, today)


def _path(one: Duty, cases: dict[int, int]) -> str | None:
    """Where a duty is done; none where the desks of the bureau have no page for it."""
    if one.about.table == "credit_record":
        return f"/records/{one.about.key}"
    if one.about.table == "sampling_sheet":
        return f"/sampling/{one.about.key}"
    if one.about.table == "credit_case":
        return f"/records/{cases[one.about.key]}#cases"
    return None

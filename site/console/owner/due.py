"""What is due at the desk of an owner: orders to follow, days for an answer, honours and certificates that end."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sqlalchemy import Connection
from sqlalchemy.orm import Session

from zuofang.credit.clocks import Actor
from zuofang.credit.duties import Duty, DutyKind
from zuofang.credit.queries.duties import Span, duties
from zuofang.credit.queries.mine import records_of
from zuofang.rules.sentences import say
from zuofang.site.console.counter import Counter
from zuofang.site.console.records.due import AHEAD, KINDS
from zuofang.site.console.rights import reach
from zuofang.site.console.work import Work, work
from zuofang.storage.accounts.models import Role
from zuofang.storage.accounts.sessions import Held
from zuofang.traceability.queries.board import notice_board

HEALTH = say("健康证明")
ANCHORS = {"honour": "#honours", "recall": "#batches"}
"""The part of the page of a workshop at which a duty is done; records have pages of their own."""


def due(connection: Connection, here: Counter, held: list[Held]) -> Iterable[Work]:
    """What the owner of these workshops must or may do within a month, the overdue included."""
    today, workshops = here.today, reach(held, Role.owner).workshops
    until = here.rules.calendar.days_after(today, AHEAD)
    with Session(connection) as session:
        for one in duties(session, Span(today, until, workshops), here.rules):
            if one.actor is Actor.operator or _to_be_shown(one):
                why = say("将要公示，可以先说明情况（%(article)s）", article=one.article)
                told = say("%(duty)s（%(article)s）", duty=one.duty, article=one.article)
                meta = why if _to_be_shown(one) else told
                yield work(one.about.title, _path(one), one.due.day, KINDS[one.kind], meta, today)
        for workshop in sorted(workshops):
            yield from _orders(session, workshop, here)
    for workshop in sorted(workshops):
        expiry = notice_board(connection, workshop, today).next_expiry
        if expiry is not None and expiry <= until:
            title, why = say("从业人员的健康证明到期"), say("换证以后更新公开栏（食品安全法 第四十五条）")
            yield work(title, f"/mine/{workshop}/board", expiry, HEALTH, why, today)


def _to_be_shown(one: Duty) -> bool:
    """Whether it is the publication of a record that is approved already."""
    return one.kind is DutyKind.publish and one.actor is Actor.clock


def _orders(session: Session, workshop: int, here: Counter) -> Iterator[Work]:
    for record in records_of(session, workshop, here.today, here.rules):
        if record.owes is not None and record.order is not None:
            why = say("%(duty)s（%(article)s）", duty=say("改正以后在这里报告"), article=record.order.basis)
            path = f"/mine/{workshop}/records/{record.id}"
            yield work(record.title, path, record.owes, KINDS[DutyKind.rectification], why, here.today)


def _path(one: Duty) -> str:
    page = f"/mine/{one.about.workshop}"
    if one.about.table == "credit_record":
        return f"{page}/records/{one.about.key}"
    return page + ANCHORS.get(one.about.table, "")

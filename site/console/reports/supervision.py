"""``/supervision``: what of one's district is nearly or already late: who must act, never what was reported."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from flask import Blueprint, Response
from sqlalchemy import Connection
from sqlalchemy.orm import Session

from zuofang.reporting.cases.at_desk import new_letters, persons
from zuofang.reporting.cases.queries import Level, worklist
from zuofang.rules.sentences import say
from zuofang.site.console.answers import page
from zuofang.site.console.counter import Counter, counter
from zuofang.site.console.gate import mine
from zuofang.site.console.reports.due import duty_line, letter_line
from zuofang.site.console.rights import may, reach
from zuofang.site.console.work import Work
from zuofang.storage.accounts.models import Role
from zuofang.storage.accounts.sessions import Held

pages = Blueprint("report_supervision", __name__)
PATH = "/supervision"
TOLD = (Level.urgent, Level.overdue, Level.escalated)
"""How pressing a thing must be before who supervises is told of it."""


@pages.get(PATH)
@may(Role.reviewer)
def supervision() -> Response:
    """The reports of one's district whose officers must be reminded, the most pressing first."""
    here, held = counter(), mine()
    with here.reading() as connection:
        found = sorted(_supervised(connection, here, held), key=lambda one: one.due)
    return page("console/reports/supervision.html", work=found)


def due(connection: Connection, here: Counter, held: list[Held]) -> Iterator[Work]:
    """The same on the first page, but for what its reader sees there as a case officer."""
    mine = reach(held, Role.case_officer)
    return _supervised(connection, here, held, beside=lambda place: mine.covers(place))


def _supervised(
    connection: Connection, here: Counter, held: list[Held], beside: Callable[[str], bool] = lambda _: False
) -> Iterator[Work]:
    span = reach(held, Role.reviewer)
    with Session(connection) as session:
        for letter in new_letters(session, here.today, here.rules):
            if letter.level in TOLD and span.everything and not beside(""):
                yield letter_line(letter, here.today, PATH)
        found = [
            item
            for item in worklist(session, here.today, here.rules)
            if item.level in TOLD and span.covers(item.case.place) and not beside(item.case.place)
        ]
        names = persons(session, {item.officer for item in found if item.officer})
        for item in found:
            who = [say("由%(who)s承办", who=names.get(item.officer, item.officer))] if item.officer else []
            yield duty_line(item, here.today, PATH, who)

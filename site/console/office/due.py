"""What is due at the desks of editors and administrators: proposals of others, days off not yet entered, old keys."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from flask import current_app
from sqlalchemy import Connection, select
from sqlalchemy.orm import Session

from zuofang.reporting.keys.states import key_states
from zuofang.rules.calendar import china_day
from zuofang.rules.sentences import Sentence, say
from zuofang.site.commands.findings import NOTICE_AHEAD
from zuofang.site.console.counter import Counter, guest
from zuofang.site.console.office.words import PURPOSES, edition_word
from zuofang.site.console.work import Work, waiting, work
from zuofang.storage.accounts.models import Role
from zuofang.storage.accounts.sessions import Held
from zuofang.storage.editions import Edition, EditionState
from zuofang.storage.keys import NoKeys

CALENDAR_FILE = "calendar.csv"
SETTING, CALENDAR, KEY = say("设置"), say("放假安排"), say("密钥")
DECIDE = say("另一个人提出的，等您采用或者退回")
NOTICE = say("国务院办公厅一般在十一月发通知；不补上，过了这一天的期限都是暂定的")
ROTATE = say("在服务器上更换，旧的留着核对和打开以前的")


def due(connection: Connection, here: Counter, held: list[Held]) -> Iterable[Work]:
    """What waits for people who decide how the site itself is run."""
    yield from _proposals(connection, here.today)
    known = here.rules.calendar.known_through
    proposed = select(Edition.id).filter_by(about=CALENDAR_FILE, state=EditionState.proposed)
    if (known - here.today).days <= NOTICE_AHEAD + 30 and connection.scalar(proposed) is None:
        title = say("录入 %(year)s 年的放假安排", year=str(known.year + 1))
        yield work(title, "/settings/calendar", known, CALENDAR, NOTICE, here.today)
    if any(one.role is Role.administrator for one in held):
        yield from _keys(here.today)


def _proposals(connection: Connection, today: date) -> Iterator[Work]:
    """What another person proposed; one's own waits for others."""
    with Session(connection) as session:
        waits = select(Edition).filter_by(state=EditionState.proposed).where(Edition.proposed_by != guest().name)
        for one in session.scalars(waits.order_by(Edition.id)):
            path = f"/settings/editions/{one.id}"
            yield waiting(edition_word(one.about), path, china_day(one.proposed_at), SETTING, DECIDE, today)


def _keys(today: date) -> Iterator[Work]:
    """Keys that should be renewed within a month, or should have been."""
    try:
        states = key_states(current_app.config["ZUOFANG"].keys)
    except NoKeys:  # the page of the state of things says what is wrong with them
        return
    for one in states:
        if one.due is not None and (one.due - today).days <= NOTICE_AHEAD:
            title: Sentence = say("更换密钥：%(purpose)s", purpose=PURPOSES[one.purpose][0])
            yield work(title, "/keys", one.due, KEY, ROTATE, today)

"""What waits at the desk of a zone manager, and what zones put forward that waits for people of the bureau."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection
from sqlalchemy.orm import Session

from zuofang.credit.queries.zone_desk import waiting_pictures, waiting_wishes, zones_with_work
from zuofang.rules.calendar import china_day
from zuofang.rules.sentences import say
from zuofang.site.console.counter import Counter
from zuofang.site.console.rights import reach
from zuofang.site.console.work import Work, waiting
from zuofang.site.console.zone.deciding import DECIDERS
from zuofang.storage.accounts.models import Role
from zuofang.storage.accounts.sessions import Held

ENTRY, PAGE = say("入驻申请"), say("加工区页面")
CHECK = say("核对登记证以后决定（没有登记证不能进驻）")
LOOK = say("看过以后才公开，不能由提交人自己审核")


def applications(connection: Connection, here: Counter, held: list[Held]) -> Iterable[Work]:
    """Workshops that wait to come into these zones."""
    with Session(connection) as session:
        for row, name in zones_with_work(session, reach(held, Role.zone_manager).zones):
            yield waiting(name, f"/zone/{row.zone_id}/members", row.applied_on, ENTRY, CHECK, here.today)


def decisions(connection: Connection, here: Counter, held: list[Held]) -> Iterable[Work]:
    """What zones put forward."""
    span = reach(held, *DECIDERS)
    districts = None if span.everything else span.districts
    with Session(connection) as session:
        for wish in waiting_wishes(session, districts):
            path = f"/zone/proposals/{wish.row.id}"
            yield waiting(wish.zone.name, path, china_day(wish.row.proposed_at), PAGE, LOOK, here.today)
        for one in waiting_pictures(session, districts):
            yield waiting(
                one.of, f"/zone/pictures/{one.row.id}", china_day(one.row.proposed_at), PAGE, LOOK, here.today
            )

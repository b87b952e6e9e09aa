"""What waits at the desk of a zone manager, and what zones put forward that waits for people of the bureau."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection
from sqlalchemy.orm import Session

from zuofang.credit.models import ProposalKind
from zuofang.credit.queries.zone_desk import sent_back, waiting_pictures, waiting_wishes, zones_with_work
from zuofang.rules.calendar import china_day
from zuofang.rules.sentences import say
from zuofang.site.console.counter import Counter
from zuofang.site.console.records.due import AHEAD
from zuofang.site.console.rights import reach
from zuofang.site.console.work import Work, waiting, work
from zuofang.site.console.zone.deciding import DECIDERS
from zuofang.site.console.zone.words import CHECKS, ZONE_WORDS
from zuofang.storage.accounts.models import Role
from zuofang.storage.accounts.sessions import Held
from zuofang.traceability.queries.zone_checks import Check, CheckKind, Watch, zone_checks

ENTRY, PAGE = say("入驻申请"), say("加工区页面")
CHECK = say("核对登记证以后决定，没有登记证不能进驻")
LOOK = say("看过以后才公开，不能由提交人自己审核")


def manager(connection: Connection, here: Counter, held: list[Held]) -> Iterable[Work]:
    """What waits for the manager of these zones: who asks to come in, what is out of order, what was sent back."""
    zones, today = reach(held, Role.zone_manager).zones, here.today
    watch = Watch(zones, today, here.rules.calendar.days_after(today, AHEAD), here.rules)
    papers = watch.standard("papers")
    with Session(connection) as session:
        for row, name in zones_with_work(session, zones):
            why = say("%(duty)s（%(article)s）", duty=CHECK, article=papers.source) if papers else CHECK
            yield waiting(name, f"/zone/{row.zone_id}/members", row.applied_on, ENTRY, why, today)
        for wish in sent_back(session, zones):
            path = f"/zone/{wish.row.zone_id}/words" if wish.row.kind is ProposalKind.words else None
            why = say("退回了：%(reason)s", reason=wish.row.reason or "")
            since = china_day(wish.row.decided_at or wish.row.proposed_at)
            title = ZONE_WORDS[ProposalKind][wish.row.kind]
            yield waiting(title, path or f"/zone/{wish.row.zone_id}/facts", since, PAGE, why, today)
    for one in zone_checks(connection, watch):
        why = say("%(duty)s（%(article)s）", duty=one.why, article=one.source)
        line = work if one.ends else waiting
        yield line(one.about, _place(one), one.day, CHECKS[one.kind], why, today)


def _place(one: Check) -> str:
    part = {CheckKind.cameras: "by-unit" if one.key else "by-month", CheckKind.facility: "by-standard"}
    if one.kind is CheckKind.papers:
        return f"/zone/{one.zone}/members#inside"
    return f"/zone/{one.zone}/facts{'?' if one.key else ''}{one.key}#{part[one.kind]}"


def decisions(connection: Connection, here: Counter, held: list[Held]) -> Iterable[Work]:
    """What zones put forward."""
    span = reach(held, *DECIDERS)
    districts = span.within
    with Session(connection) as session:
        for wish in waiting_wishes(session, districts):
            path = f"/zone/proposals/{wish.row.id}"
            title = say("%(zone)s：%(what)s", zone=wish.zone.name, what=ZONE_WORDS[ProposalKind][wish.row.kind])
            yield waiting(title, path, china_day(wish.row.proposed_at), PAGE, LOOK, here.today)
        for one in waiting_pictures(session, districts):
            yield waiting(
                one.of, f"/zone/pictures/{one.row.id}", china_day(one.row.proposed_at), PAGE, LOOK, here.today
            )

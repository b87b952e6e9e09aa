"""Acts on applications for a unit of a zone: no certificate in force, no entry (福安市工作方案 二（四）)."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from zuofang.rules.sentences import say
from zuofang.storage.acts import Desk, Refused
from zuofang.traceability.acts import zones
from zuofang.traceability.models import ApplicationState, Tenancy, Workshop, Zone, ZoneApplication, ZoneUnit


def apply(desk: Desk, zone: Zone, workshop: Workshop, wants: str | None, why: str) -> ZoneApplication:
    """Enter that a workshop asks to come into a zone.

    Raises:
        Refused: it holds no certificate in force, or asks for the same zone already.
    """
    if not zones.certificate_in_force(desk, workshop, desk.today):
        raise Refused(say("“%(name)s”今天没有有效的登记证，不能申请进驻。", name=workshop.name))
    waiting = {"zone_id": zone.id, "workshop_id": workshop.id, "state": ApplicationState.waiting}
    if desk.session.scalars(select(ZoneApplication.id).filter_by(**waiting)).first() is not None:
        raise Refused(say("“%(name)s”的申请已经在等待。", name=workshop.name))
    row = ZoneApplication(**waiting, applied_on=desk.today, wants=wants)
    desk.session.add(row)
    desk.record("application.enter", row, why, zone=zone.slug, workshop=workshop.id)
    return row


def take_back(desk: Desk, row: ZoneApplication, why: str) -> None:
    """Take an application back, as its workshop wishes; a new one may follow."""
    _decide(desk, row, ApplicationState.taken_back)
    desk.record("application.take_back", row, why)


def admit(desk: Desk, row: ZoneApplication, unit: ZoneUnit, since: date, why: str) -> Tenancy:
    """Let the workshop into a unit of the zone it asked for.

    Raises:
        Refused: the unit is another zone's or taken, or no certificate is in force on that day.
    """
    if unit.zone_id != row.zone_id:
        raise Refused(say("这个加工区没有这个单元。"))
    _decide(desk, row, ApplicationState.admitted)
    tenancy = zones.admit(desk, desk.session.get_one(Workshop, row.workshop_id), unit, since, why)
    row.tenancy_id = tenancy.id
    desk.record("application.admit", row, why, unit=unit.number, since=since)
    return tenancy


def undo_admission(desk: Desk, row: ZoneApplication, why: str) -> None:
    """Take an admission back that was an error; the application waits again."""
    if row.state is not ApplicationState.admitted or row.tenancy_id is None:
        raise Refused(say("这份申请没有进驻。"))
    tenancy = desk.session.get_one(Tenancy, row.tenancy_id)
    row.state, row.decided_on, row.tenancy_id = ApplicationState.waiting, None, None
    desk.session.flush()
    zones.undo_admission(desk, tenancy, why)
    desk.record("application.undo_admission", row, why)


def turn_down(desk: Desk, row: ZoneApplication, reason: str, why: str) -> None:
    """Turn an application down with a reason.

    Raises:
        Refused: no reason is given.
    """
    if not reason.strip():
        raise Refused(say("请写明不同意的原因。"))
    _decide(desk, row, ApplicationState.turned_down)
    row.reason = reason.strip()
    desk.record("application.turn_down", row, why)


def reopen(desk: Desk, row: ZoneApplication, why: str) -> None:
    """Let an application wait again that was turned down or taken back in error."""
    if row.state not in (ApplicationState.turned_down, ApplicationState.taken_back):
        raise Refused(say("这份申请没有了结，或者已经进驻。"))
    row.state, row.decided_on, row.reason = ApplicationState.waiting, None, None
    desk.record("application.reopen", row, why)


def _decide(desk: Desk, row: ZoneApplication, state: ApplicationState) -> None:
    if row.state is not ApplicationState.waiting:
        raise Refused(say("这份申请已经有了结果。"))
    row.state, row.decided_on = state, desk.today

"""``/zone/<zone>/members``: who asks to come in, who is inside, who left. No certificate, no entry."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from flask import Blueprint, Response
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from zuofang.credit.queries.zone_desk import of_application
from zuofang.rules.sentences import say
from zuofang.site.console.acting import carry_out, locked
from zuofang.site.console.answers import Answers, form
from zuofang.site.console.counter import counter
from zuofang.site.console.rights import may
from zuofang.site.console.zone.desk import BY_ZONE, MANAGER, show
from zuofang.storage.acts import Desk, Refused
from zuofang.storage.outbox import Subject
from zuofang.traceability.acts import applications as acts
from zuofang.traceability.acts import zones as zone_acts
from zuofang.traceability.models import Certificate, Tenancy, Workshop, Zone, ZoneApplication, ZoneUnit
from zuofang.traceability.queries.belonging import of_zone

pages = Blueprint("zone_members", __name__)
PAGE = "console/zone/members.html"


@pages.get("/zone/<key:zone>/members")
@may(MANAGER, place=of_zone)
def members(zone: int) -> Response:
    """Units, who is inside, and the applications."""
    return show(PAGE, zone, Answers())


@pages.post("/zone/<key:zone>/members")
@may(MANAGER, place=of_zone)
def enter(zone: int) -> AnyResponse:
    """Enter an application; without a certificate in force it is refused."""
    answers = form()
    number = answers.text("certificate", say("请填登记证编号。"), most=100)
    wants = answers.maybe("wants")

    def act(desk: Desk) -> None:
        held = select(Workshop).join(Certificate).where(Certificate.number == number)
        workshop = desk.session.scalars(held).first()
        if workshop is None:
            raise Refused(say("名录里没有编号是 %(number)s 的登记证。", number=number))
        acts.apply(desk, desk.session.get_one(Zone, zone), workshop, wants, str(BY_ZONE))

    onto = f"/zone/{zone}/members"
    return carry_out(answers, act, onto=onto, done="zone_application", again=partial(show, PAGE, zone))


@pages.post("/zone/<key:zone>/members/leave")
@may(MANAGER, place=of_zone)
def leave(zone: int) -> AnyResponse:
    """Record the last day of a workshop in its unit; without a day it takes that back."""
    answers = form()
    key = answers.key("tenancy", say("请选作坊。")) or 0
    until = answers.day("until")

    def act(desk: Desk) -> None:
        row = desk.session.get(Tenancy, key, with_for_update=True)
        if row is None or row.unit.zone_id != zone:
            raise Refused(say("这个加工区里没有这家作坊。"))
        if until is None:
            zone_acts.undo_leave(desk, row, str(BY_ZONE))
        else:
            zone_acts.leave(desk, row, until, str(BY_ZONE))

    onto = f"/zone/{zone}/members"
    return carry_out(
        answers, act, onto=onto, done="zone_member", again=partial(show, PAGE, zone), seen=_tenant(zone, key)
    )


def _tenant(zone: int, tenancy: int) -> Subject | None:
    """The workshop of which the form spoke; the page had seen every one of the zone when it was made."""
    inside = select(Tenancy.workshop_id).join(Tenancy.unit).where(Tenancy.id == tenancy, ZoneUnit.zone_id == zone)
    with counter().reading() as connection:
        workshop = connection.scalar(inside)
    return None if workshop is None else (Workshop.__tablename__, str(workshop))


@pages.post("/zone/applications/<key:application>/admit")
@may(MANAGER, place=of_application)
def admit(application: int) -> AnyResponse:
    """Let a workshop into a unit."""
    answers = form()
    unit = answers.key(f"unit-{application}", say("请选单元。"))
    since = answers.day(f"since-{application}", say("请填进驻日期。"))

    def act(desk: Desk, row: ZoneApplication) -> None:
        where = desk.session.get(ZoneUnit, unit or 0)
        if where is None or since is None:
            raise Refused(say("这个加工区没有这个单元。"))
        acts.admit(desk, row, where, since, str(BY_ZONE))

    return _decide(application, act, answers)


@pages.post("/zone/applications/<key:application>/turn-down")
@may(MANAGER, place=of_application)
def turn_down(application: int) -> AnyResponse:
    """Turn an application down, with a reason."""
    answers = form()
    reason = answers.text(f"reason-{application}", say("请写明不同意的原因。"))
    return _decide(application, lambda desk, row: acts.turn_down(desk, row, reason, str(BY_ZONE)), answers)


@pages.post("/zone/applications/<key:application>/take-back")
@may(MANAGER, place=of_application)
def take_back(application: int) -> AnyResponse:
    """Take an application back as its workshop wishes."""
    return _decide(application, lambda desk, row: acts.take_back(desk, row, str(BY_ZONE)))


@pages.post("/zone/applications/<key:application>/reopen")
@may(MANAGER, place=of_application)
def reopen(application: int) -> AnyResponse:
    """Let a closed application wait again."""
    return _decide(application, lambda desk, row: acts.reopen(desk, row, str(BY_ZONE)))


@pages.post("/zone/applications/<key:application>/undo-admission")
@may(MANAGER, place=of_application)
def undo_admission(application: int) -> AnyResponse:
    """Take an admission back that was an error."""
    return _decide(application, lambda desk, row: acts.undo_admission(desk, row, str(BY_ZONE)))


def _decide(
    application: int, act: Callable[[Desk, ZoneApplication], None], answers: Answers | None = None
) -> AnyResponse:
    """Do one act to an application as the person saw it, and go back to the members of its zone."""
    with Session(counter().office.database.read) as session:
        zone = session.get_one(ZoneApplication, application).zone_id
    return carry_out(
        answers or form(),
        lambda desk: act(desk, locked(desk, ZoneApplication, application)),
        onto=f"/zone/{zone}/members",
        done="zone_member",
        again=partial(show, PAGE, zone),
        seen=(ZoneApplication.__tablename__, str(application)),
    )

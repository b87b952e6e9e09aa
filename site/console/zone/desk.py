"""``/zone``: what a zone says of itself and what was found about it, put forward item by item with evidence and day."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from flask import Blueprint, Response, request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from zuofang.credit.acts import pictures as picture_acts
from zuofang.credit.acts import proposals as acts
from zuofang.credit.models import Picture, PictureState, ProposalKind, ZoneProposal
from zuofang.credit.proposals import Facts, Words, facts_of
from zuofang.credit.queries.zone_desk import ZoneDesk, of_picture, of_proposal, zone_at_desk
from zuofang.rules.sentences import say
from zuofang.site.console.acting import attempt
from zuofang.site.console.answers import Answers, form, onward, page
from zuofang.site.console.counter import counter, guest
from zuofang.site.console.gate import counted
from zuofang.site.console.rights import may, reach
from zuofang.site.console.zone import forms
from zuofang.site.console.zone.telling import told
from zuofang.site.errors import refuse
from zuofang.storage.accounts.models import Role
from zuofang.storage.acts import Desk, Refused
from zuofang.storage.journal import last_about_each
from zuofang.storage.pictures import shelf
from zuofang.traceability.models import StandardState, Zone, ZoneApplication, ZoneStepKind
from zuofang.traceability.queries.belonging import of_zone
from zuofang.traceability.queries.zones import standards_in_force

pages = Blueprint("zone_desk", __name__)
BY_ZONE = say("加工区自己提交")
MANAGER = Role.zone_manager


@pages.get("/zone")
@may(MANAGER)
def zones() -> AnyResponse:
    """The first of one's zones."""
    return onward(f"/zone/{min(reach(counted(guest()), MANAGER).zones)}")


@pages.get("/zone/<key:zone>")
@may(MANAGER, place=of_zone)
def zone(zone: int) -> Response:
    """What the zone put forward and what became of it, its pictures, and where everything else is done."""
    return show("console/zone/desk.html", zone, Answers())


@pages.get("/zone/<key:zone>/words")
@may(MANAGER, place=of_zone)
def words(zone: int) -> Response:
    """Brand and story as they stand, to be rewritten."""
    row = found(zone)[0].zone
    names = ("brand", "story", "brand_en", "story_en")
    return show("console/zone/words.html", zone, Answers({name: getattr(row, name) or "" for name in names}))


@pages.post("/zone/<key:zone>/words")
@may(MANAGER, place=of_zone)
def write(zone: int) -> AnyResponse:
    """Show brand and story as they would stand on the page, or put them forward."""
    answers = form()
    facts, only_look = forms.words(answers), answers.text("do", most=10) == "look"
    if only_look:
        return show("console/zone/words.html", zone, answers, look=facts if answers.fine else None)
    return _put(zone, answers, facts, "console/zone/words.html")


@pages.get("/zone/<key:zone>/facts")
@may(MANAGER, place=of_zone)
def facts(zone: int) -> Response:
    """Standards, cameras, steps, subsidies and live pictures; the address may name the one that is to be looked at."""
    given = {name: text for name in ("standard", "unit") if (text := request.args.get(name, "")[:60])}
    if given:
        given |= {f"{'cameras' if 'unit' in given else 'standard'}_on": counter().today.isoformat()}
    return show("console/zone/facts.html", zone, Answers(given))


@pages.post("/zone/<key:zone>/facts/<slug:kind>")
@may(MANAGER, place=of_zone)
def put(zone: int, kind: str) -> AnyResponse:
    """Put one fact forward, with its evidence and its day."""
    named = kind.replace("-", "_")
    if named not in set(ProposalKind) or ProposalKind(named) not in forms.READERS:
        refuse(HTTPStatus.NOT_FOUND, say("没有这个编号。"))
    answers = form()
    return _put(zone, answers, forms.READERS[ProposalKind(named)](answers), "console/zone/facts.html")


@pages.post("/zone/proposals/<key:proposal>/take-back")
@may(MANAGER, place=of_proposal)
def take_back(proposal: int) -> AnyResponse:
    """Take a proposal back that nobody has decided about."""
    answers = form()

    def act(desk: Desk) -> int:
        row = desk.session.get_one(ZoneProposal, proposal)
        acts.take_back(desk, row, str(BY_ZONE))
        return row.zone_id

    zone = attempt(answers, act, (ZoneProposal.__tablename__, str(proposal)))
    return onward(f"/zone/{zone}", "zone_back") if zone else show("console/zone/desk.html", _of(proposal), answers)


@pages.post("/zone/<key:zone>/pictures")
@may(MANAGER, place=of_zone)
def add_picture(zone: int) -> AnyResponse:
    """Make a picture small and put it forward with what it shows."""
    answers = form()
    alt, alt_en = answers.text("alt"), answers.text("alt_en")
    credit = answers.text("credit")
    sent = request.files.get("file")
    content = sent.read() if sent else b""
    if not content:
        answers.wrong("file", say("请选一张图片。"))
    made = _made_small(content, answers) if answers.fine else None

    def act(desk: Desk) -> Picture:
        if made is None:
            raise Refused(say("请选一张图片。"))
        row = Picture(
            zone_id=zone, digest=made.digest, width=made.width, height=made.height, sent_bytes=len(content), alt=alt,
            alt_en=alt_en, credit=credit,
        )  # fmt: skip
        return picture_acts.propose(desk, row, str(BY_ZONE))

    if attempt(answers, act):
        return onward(f"/zone/{zone}", "zone_put")
    return show("console/zone/desk.html", zone, answers)


def _made_small(content: bytes, answers: Answers) -> shelf.Made | None:
    """The picture on the shelf; made before anything is locked, because it takes its time."""
    try:
        return shelf.put(counter().settings.pictures, content)
    except Refused as refused:
        answers.wrong("file", refused.sentence)
        return None


@pages.post("/zone/pictures/<key:picture>/withdraw")
@may(MANAGER, Role.editor, Role.reviewer, Role.officer, place=of_picture)
def withdraw_picture(picture: int) -> AnyResponse:
    """Take a picture away from the public page, at once."""
    return _picture(picture, "zone_picture_gone", picture_acts.withdraw, str(say("加工区撤下")))


@pages.post("/zone/pictures/<key:picture>/restore")
@may(MANAGER, place=of_picture)
def restore_picture(picture: int) -> AnyResponse:
    """Put a withdrawn picture forward again."""
    return _picture(picture, "zone_put", picture_acts.restore)


def _picture(key: int, done: str, act: Callable[..., None], *more: str) -> AnyResponse:
    answers = form()

    def acted(desk: Desk) -> Picture:
        row = desk.session.get_one(Picture, key)
        act(desk, row, *more, str(BY_ZONE))
        return row

    row = attempt(answers, acted, (Picture.__tablename__, str(key)))
    if row is not None and any(one.role is MANAGER for one in counted(guest())):
        return onward(f"/zone/{row.zone_id}", done)
    if row is not None:
        return onward("/zone/waiting", done)
    with Session(counter().office.database.read) as session:
        zone = session.get_one(Picture, key).zone_id
    return show("console/zone/desk.html", zone or 0, answers)


def _put(zone: int, answers: Answers, facts: Facts | None, template: str) -> AnyResponse:
    def act(desk: Desk) -> ZoneProposal:
        if facts is None:
            raise Refused(say("请把表单填完整。"))
        return acts.propose(desk, desk.session.get_one(Zone, zone), facts, str(BY_ZONE))

    if attempt(answers, act):
        return onward(f"/zone/{zone}", "zone_put")
    return show(template, zone, answers)


def _of(proposal: int) -> int:
    with Session(counter().office.database.read) as session:
        return session.get_one(ZoneProposal, proposal).zone_id


Seen = dict[str, dict[int, int]]
"""The number of the last entry in the journal about each thing on the page, by its table and its key."""


def found(zone: int) -> tuple[ZoneDesk, Seen]:
    """The zone at its desk and what was seen of it; the page ends with a sentence where there is none."""
    here = counter()
    with Session(here.office.database.read) as session:
        view = zone_at_desk(session, zone, here.today)
        if view is None:
            refuse(HTTPStatus.NOT_FOUND, say("没有这个编号。"))
        things: dict[str, list[int]] = {
            ZoneApplication.__tablename__: [one.row.id for one in view.applications],
            ZoneProposal.__tablename__: [one.id for one in view.proposals],
            Picture.__tablename__: [one.id for one in view.pictures],
        }
        return view, {kind: last_about_each(session, kind, keys) for kind, keys in things.items()}


def show(template: str, zone: int, answers: Answers, *, look: Words | None = None, **more: Any) -> Response:
    """A page of the desk of a zone; ``look`` is what is shown as it would stand on the public page."""
    here = counter()
    view, seen = found(zone)
    units = {seat.unit.id: seat.unit for seat in view.seats}
    told_of = {one.id: told(facts_of(one), here.rules, units) for one in view.proposals}
    standards = [(key, here.rules.registers.standards[key].name) for key in standards_in_force(here.rules, here.today)]
    status = HTTPStatus.UNPROCESSABLE_ENTITY if answers.errors else HTTPStatus.OK
    public = f"{here.settings.base_url.rstrip('/')}/zones/{view.zone.slug}"
    cameras = here.rules.registers.standards.get("cameras")
    given = [name for name in ("standard", "unit") if answers[name]]
    shown = [one for one in view.pictures if one.state is PictureState.shown]
    return page(
        template, status, view=view, answers=answers, told=told_of, standards=standards, look=look, public=public,
        states=list(StandardState), steps=list(ZoneStepKind), on=here.today, shown=shown, seen=seen,
        papers=here.rules.registers.standards.get("papers"),
        least=cameras.minimum if cameras else None, given=given, **more,
    )  # fmt: skip

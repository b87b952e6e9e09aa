"""``/zone``: what a zone says of itself and what was found about it, put forward item by item with evidence and day."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from flask import Blueprint, Response, request
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from zuofang.credit.acts import pictures as picture_acts
from zuofang.credit.acts import proposals as acts
from zuofang.credit.models import Picture, PictureState, ProposalKind, ZoneProposal
from zuofang.credit.proposals import Facts, Words, facts_of
from zuofang.credit.queries.zone_desk import ZoneDesk, of_picture, of_proposal, zone_at_desk
from zuofang.rules.sentences import say
from zuofang.site.console.acting import carry_out, locked
from zuofang.site.console.answers import INCOMPLETE, Answers, form, no_such, onward, page_with
from zuofang.site.console.counter import counter
from zuofang.site.console.gate import my_reach, my_roles
from zuofang.site.console.rights import may
from zuofang.site.console.zone import forms
from zuofang.site.console.zone.telling import told
from zuofang.storage.accounts.models import Role
from zuofang.storage.acts import Desk, Refused
from zuofang.storage.journal import last_about_each
from zuofang.storage.pictures import shelf
from zuofang.traceability.models import StandardState, Workshop, Zone, ZoneApplication, ZoneStepKind
from zuofang.traceability.queries.belonging import of_zone
from zuofang.traceability.queries.zones import standards_in_force

pages = Blueprint("zone_desk", __name__)
BY_ZONE = say("加工区自己提交")
MANAGER = Role.zone_manager
DESK = "console/zone/desk.html"


@pages.get("/zone")
@may(MANAGER)
def zones() -> AnyResponse:
    """The first of one's zones."""
    return onward(f"/zone/{min(my_reach(MANAGER).zones)}")


@pages.get("/zone/<key:zone>")
@may(MANAGER, place=of_zone)
def zone(zone: int) -> Response:
    """What the zone put forward and what became of it, its pictures, and where everything else is done."""
    return show(DESK, zone, Answers())


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
        no_such()
    answers = form()
    return _put(zone, answers, forms.READERS[ProposalKind(named)](answers), "console/zone/facts.html")


@pages.post("/zone/proposals/<key:proposal>/take-back")
@may(MANAGER, place=of_proposal)
def take_back(proposal: int) -> AnyResponse:
    """Take a proposal back that nobody has decided about."""

    def act(desk: Desk) -> None:
        acts.take_back(desk, locked(desk, ZoneProposal, proposal), str(BY_ZONE))

    zone = _zone_of(ZoneProposal, proposal)
    about = (ZoneProposal.__tablename__, str(proposal))
    return carry_out(form(), act, onto=f"/zone/{zone}", done="zone_back", again=partial(show, DESK, zone), seen=about)


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

    def act(desk: Desk) -> None:
        if made is None:
            raise Refused(say("请选一张图片。"))
        row = Picture(
            zone_id=zone, digest=made.digest, width=made.width, height=made.height, sent_bytes=len(content), alt=alt,
            alt_en=alt_en, credit=credit,
        )  # fmt: skip
        picture_acts.propose(desk, row, str(BY_ZONE))

    return carry_out(answers, act, onto=f"/zone/{zone}", done="zone_put", again=partial(show, DESK, zone))


def _made_small(content: bytes, answers: Answers) -> shelf.Made | None:
    """The picture on the shelf; made before anything is locked, because it takes its time."""
    with answers.noting("file"):
        return shelf.put(counter().settings.pictures, content)
    return None


@pages.post("/zone/pictures/<key:picture>/withdraw")
@may(MANAGER, Role.editor, Role.reviewer, Role.officer, place=of_picture)
def withdraw_picture(picture: int) -> AnyResponse:
    """Take a picture away from the public page, at once."""
    reason = str(say("加工区撤下"))
    return _hang(picture, "zone_picture_gone", lambda desk, row: picture_acts.withdraw(desk, row, reason, str(BY_ZONE)))


@pages.post("/zone/pictures/<key:picture>/restore")
@may(MANAGER, place=of_picture)
def restore_picture(picture: int) -> AnyResponse:
    """Put a withdrawn picture forward again."""
    return _hang(picture, "zone_put", lambda desk, row: picture_acts.restore(desk, row, str(BY_ZONE)))


def _hang(key: int, done: str, act: Callable[[Desk, Picture], None]) -> AnyResponse:
    """Do one act to a picture as the person saw it; who manages the zone stays there, others go back to their list."""
    zone = _zone_of(Picture, key)
    return carry_out(
        form(),
        lambda desk: act(desk, locked(desk, Picture, key)),
        onto=f"/zone/{zone}" if MANAGER in my_roles() else "/zone/waiting",
        done=done,
        again=partial(show, DESK, zone),
        seen=(Picture.__tablename__, str(key)),
    )


def _put(zone: int, answers: Answers, facts: Facts | None, template: str) -> AnyResponse:
    def act(desk: Desk) -> None:
        if facts is None:
            raise Refused(INCOMPLETE)
        acts.propose(desk, desk.session.get_one(Zone, zone), facts, str(BY_ZONE))

    return carry_out(answers, act, onto=f"/zone/{zone}", done="zone_put", again=partial(show, template, zone))


def _zone_of(table: type[ZoneProposal] | type[Picture], key: int) -> int:
    with counter().reading() as connection:
        found = connection.scalar(select(table.zone_id).where(table.id == key))
    return found or 0


Seen = dict[str, dict[int, int]]
"""The number of the last entry in the journal about each thing on the page, by its table and its key."""


def found(zone: int) -> tuple[ZoneDesk, Seen]:
    """The zone at its desk and what was seen of it; the page ends with a sentence where there is none."""
    here = counter()
    with Session(here.office.database.read) as session:
        view = zone_at_desk(session, zone, here.today)
        if view is None:
            no_such()
        things: dict[str, list[int]] = {
            ZoneApplication.__tablename__: [one.row.id for one in view.applications],
            ZoneProposal.__tablename__: [one.id for one in view.proposals],
            Picture.__tablename__: [one.id for one in view.pictures],
            Workshop.__tablename__: [seat.workshop.id for seat in view.seats if seat.workshop],
        }
        return view, {kind: last_about_each(session, kind, keys) for kind, keys in things.items()}


def show(template: str, zone: int, answers: Answers, *, look: Words | None = None, **more: Any) -> Response:
    """A page of the desk of a zone; ``look`` is what is shown as it would stand on the public page."""
    here = counter()
    view, seen = found(zone)
    units = {seat.unit.id: seat.unit for seat in view.seats}
    told_of = {one.id: told(facts_of(one), here.rules, units) for one in view.proposals}
    standards = [(key, here.rules.registers.standards[key].name) for key in standards_in_force(here.rules, here.today)]
    public = here.settings.public(f"/zones/{view.zone.slug}")
    cameras = here.rules.registers.standards.get("cameras")
    given = [name for name in ("standard", "unit") if answers[name]]
    shown = [one for one in view.pictures if one.state is PictureState.shown]
    return page_with(
        template, answers, view=view, told=told_of, standards=standards, look=look, public=public,
        states=list(StandardState), steps=list(ZoneStepKind), on=here.today, shown=shown, seen=seen,
        papers=here.rules.registers.standards.get("papers"),
        least=cameras.minimum if cameras else None, given=given, **more,
    )  # fmt: skip

"""``/zone/waiting``: another person looks at what zones put forward, and does it, sends it back, or undoes it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from flask import Blueprint, Response
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from zuofang.credit.acts import pictures as picture_acts
from zuofang.credit.acts import proposals as acts
from zuofang.credit.models import Picture, PictureState, ProposalState, ZoneProposal
from zuofang.credit.proposals import Words, facts_of
from zuofang.credit.queries.pictures import is_kept
from zuofang.credit.queries.zone_desk import of_picture, of_proposal, waiting_pictures, waiting_wishes
from zuofang.reporting.cases.at_desk import persons
from zuofang.rules.sentences import say
from zuofang.site.console.acting import carry_out, locked
from zuofang.site.console.answers import Answers, form, no_such, page, page_with
from zuofang.site.console.counter import counter
from zuofang.site.console.gate import my_reach, my_roles
from zuofang.site.console.rights import may
from zuofang.site.console.zone.desk import MANAGER
from zuofang.site.console.zone.telling import told
from zuofang.site.public.pictures import copy_of
from zuofang.storage.accounts.models import Role
from zuofang.storage.acts import Desk
from zuofang.storage.journal import last_about
from zuofang.storage.outbox import Subject
from zuofang.storage.pictures import shelf
from zuofang.traceability.models import Zone, ZoneUnit

pages = Blueprint("zone_deciding", __name__)
DECIDERS = (Role.officer, Role.reviewer, Role.editor)
"""Who may let the page of a zone say something: people of the bureau."""
LOOKED = say("看过，同意公开")


@pages.get("/zone/waiting")
@may(*DECIDERS)
def waiting() -> Response:
    """What zones put forward and nobody has decided, the oldest first."""
    span = my_reach(*DECIDERS)
    districts = span.within
    with Session(counter().office.database.read) as session:
        wishes, hanging = waiting_wishes(session, districts), waiting_pictures(session, districts)
        names = persons(session, [one.row.proposed_by for one in wishes] + [one.row.proposed_by for one in hanging])
    return page("console/zone/waiting.html", wishes=wishes, hanging=hanging, names=names)


@pages.get("/zone/proposals/<key:proposal>")
@may(*DECIDERS, MANAGER, place=of_proposal)
def proposal(proposal: int) -> Response:
    """One proposal as it would stand on the page, and what became of it."""
    return _proposal(proposal, Answers())


@pages.post("/zone/proposals/<key:proposal>/approve")
@may(*DECIDERS, place=of_proposal)
def approve(proposal: int) -> AnyResponse:
    """Do what was put forward; not by who put it forward."""
    return _decide(proposal, "zone_done", lambda desk, row: acts.approve(desk, row, str(LOOKED)))


@pages.post("/zone/proposals/<key:proposal>/send-back")
@may(*DECIDERS, place=of_proposal)
def send_back(proposal: int) -> AnyResponse:
    """Send a proposal back with a reason."""
    answers = form()
    reason = answers.text("reason", say("请写明退回的原因。"))
    return _decide(proposal, "zone_sent_back", lambda desk, row: acts.send_back(desk, row, reason, reason), answers)


@pages.post("/zone/proposals/<key:proposal>/undo")
@may(*DECIDERS, place=of_proposal)
def undo(proposal: int) -> AnyResponse:
    """Undo what was done; the page says again what it said before."""
    answers = form()
    reason = answers.text("reason", say("请写明撤销的原因。"))
    return _decide(proposal, "zone_undone", lambda desk, row: acts.undo(desk, row, reason, reason), answers)


@pages.get("/zone/pictures/<key:picture>")
@may(*DECIDERS, MANAGER, place=of_picture)
def picture(picture: int) -> Response:
    """One picture with its texts, as it would stand on the page."""
    return _hanging(picture, Answers())


@pages.post("/zone/pictures/<key:picture>/approve")
@may(*DECIDERS, place=of_picture)
def approve_picture(picture: int) -> AnyResponse:
    """Let a picture stand on the public page; not by who put it forward."""
    return _hang(picture, "zone_done", lambda desk, row: picture_acts.approve(desk, row, str(LOOKED)))


@pages.post("/zone/pictures/<key:picture>/send-back")
@may(*DECIDERS, place=of_picture)
def send_picture_back(picture: int) -> AnyResponse:
    """Send a picture back, or take it away from the page, with a reason."""
    answers = form()
    reason = answers.text("reason", say("请写明退回的原因。"))
    return _hang(picture, "zone_sent_back", lambda desk, row: picture_acts.withdraw(desk, row, reason, reason), answers)


@pages.post("/zone/pictures/<key:picture>/undo-approval")
@may(*DECIDERS, place=of_picture)
def undo_picture(picture: int) -> AnyResponse:
    """Take the approval of a picture back; it waits again."""
    return _hang(picture, "zone_undone", lambda desk, row: picture_acts.undo_approval(desk, row, str(LOOKED)))


@pages.get("/zone/pictures/<key:picture>/<picture:name>")
@may(*DECIDERS, MANAGER, place=of_picture)
def copy(picture: int, name: str) -> Response:
    """One copy of a picture, also while it is not public."""
    with counter().reading() as connection:
        if not is_kept(connection, picture, shelf.digest_in(name)):
            no_such()
    return copy_of(name)


def _decide(
    key: int, done: str, act: Callable[[Desk, ZoneProposal], None], answers: Answers | None = None
) -> AnyResponse:
    """Do one act to a proposal as the person saw it, and go back to the list."""
    return carry_out(
        answers or form(),
        lambda desk: act(desk, locked(desk, ZoneProposal, key)),
        onto="/zone/waiting",
        done=done,
        again=partial(_proposal, key),
        seen=_proposed(key),
    )


def _hang(key: int, done: str, act: Callable[[Desk, Picture], None], answers: Answers | None = None) -> AnyResponse:
    """Do one act to a picture as the person saw it, and go back to the list."""
    return carry_out(
        answers or form(),
        lambda desk: act(desk, locked(desk, Picture, key)),
        onto="/zone/waiting",
        done=done,
        again=partial(_hanging, key),
        seen=_hung(key),
    )


def _proposed(key: int) -> Subject:
    return ZoneProposal.__tablename__, str(key)


def _hung(key: int) -> Subject:
    return Picture.__tablename__, str(key)


def _decides() -> bool:
    return bool(my_roles() & set(DECIDERS))


def _proposal(key: int, answers: Answers) -> Response:
    here = counter()
    with Session(here.office.database.read) as session:
        row = session.get_one(ZoneProposal, key)
        zone = session.get_one(Zone, row.zone_id)
        units = {unit.id: unit for unit in session.scalars(select(ZoneUnit).filter_by(zone_id=zone.id))}
        pictures = list(session.scalars(select(Picture).filter_by(zone_id=zone.id, state=PictureState.shown)))
        seen, names = last_about(session, _proposed(key)), persons(session, [row.proposed_by])
    asked = facts_of(row)
    return page_with(
        "console/zone/proposal.html", answers, row=row, zone=zone, lines=told(asked, here.rules, units),
        look=asked if isinstance(asked, Words) else None, shown=pictures, decides=_decides(), seen=seen,
        waits=row.state is ProposalState.proposed, done_already=row.state is ProposalState.done,
        names=names,
    )  # fmt: skip


def _hanging(key: int, answers: Answers) -> Response:
    with Session(counter().office.database.read) as session:
        row, seen = session.get_one(Picture, key), last_about(session, _hung(key))
        names = persons(session, [row.proposed_by])
    return page_with("console/zone/picture.html", answers, row=row, decides=_decides(), seen=seen, names=names)

"""``/mine/<workshop>/honours/…``: asking that an honour is looked at again before it ends (复评申请)."""

from __future__ import annotations

from datetime import date
from functools import partial

from flask import Blueprint
from werkzeug.wrappers import Response as AnyResponse

from zuofang.credit.acts import honours
from zuofang.credit.models import Honour
from zuofang.rules.sentences import say
from zuofang.site.console.acting import carry_out
from zuofang.site.console.answers import form
from zuofang.site.console.counter import counter
from zuofang.site.console.owner.desk import BY_OWNER, mine_page
from zuofang.site.console.rights import may
from zuofang.storage.accounts.models import Role
from zuofang.storage.acts import Desk, Refused
from zuofang.traceability.queries.belonging import of_workshop

pages = Blueprint("owner_honours", __name__)


@pages.post("/mine/<key:workshop>/honours/<key:honour>/apply")
@may(Role.owner, place=of_workshop)
def apply(workshop: int, honour: int) -> AnyResponse:
    """Ask to keep an honour; the day of asking is today."""
    return _ask(workshop, honour, counter().today, "honour_asked")


@pages.post("/mine/<key:workshop>/honours/<key:honour>/take-back")
@may(Role.owner, place=of_workshop)
def take_back(workshop: int, honour: int) -> AnyResponse:
    """Take that back."""
    return _ask(workshop, honour, None, "honour_unasked")


def _ask(workshop: int, honour: int, on: date | None, done: str) -> AnyResponse:
    def act(desk: Desk) -> None:
        row = desk.session.get(Honour, honour, with_for_update=True)
        if row is None or row.workshop_id != workshop:
            raise Refused(say("这家作坊没有这项荣誉。"))
        honours.apply_to_keep(desk, row, on, str(BY_OWNER))

    about = (Honour.__tablename__, str(honour))
    onto = f"/mine/{workshop}#honours"
    return carry_out(form(), act, onto=onto, done=done, again=partial(mine_page, workshop), seen=about)

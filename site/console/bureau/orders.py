"""Orders at the desk of the register: an operator is closed, suspended or told to put something right.

What is ordered here stands on every label of the operator from its first day.
"""

from __future__ import annotations

from flask import Blueprint
from werkzeug.wrappers import Response as AnyResponse

from zuofang.rules.sentences import say
from zuofang.site.console.acting import locked
from zuofang.site.console.answers import INCOMPLETE, form
from zuofang.site.console.bureau.register import decide
from zuofang.site.console.rights import may
from zuofang.storage.accounts.models import Role
from zuofang.storage.acts import Desk, Refused
from zuofang.traceability.acts import operators as acts
from zuofang.traceability.models import Restriction, RestrictionKind, Workshop
from zuofang.traceability.queries.belonging import of_workshop

pages = Blueprint("orders", __name__)
BY_ORDER = say("执法文书")


@pages.post("/register/<key:workshop>/orders")
@may(Role.officer, place=of_workshop, fresh=True)
def order(workshop: int) -> AnyResponse:
    """Enter an order that closes or suspends an operator, or tells it to put something right."""
    answers = form()
    kind = answers.member("ordered", RestrictionKind, say("请选决定了什么。"))
    since, until = answers.day("order_since", say("请填哪一天起。")), answers.day("order_until")
    ground = answers.text("order_ground", say("请写明原因。"), most=200)
    article = answers.text("order_article", say("请写明依据。"), most=200)
    document = answers.maybe("order_document", most=100)
    answers.impersonal("order_ground")

    def act(desk: Desk) -> None:
        if kind is None or since is None:
            raise Refused(INCOMPLETE)
        if kind is RestrictionKind.rectifying and until is None:
            raise Refused(say("限期整改要写最后一日。"))
        row = locked(desk, Workshop, workshop)
        acts.restrict(
            desk, row, kind, since, str(BY_ORDER), ground=ground, article=article, until=until, document=document
        )

    return decide(workshop, "ordered", act, answers)


@pages.post("/register/<key:workshop>/orders/<key:order>/lift")
@may(Role.officer, place=of_workshop, fresh=True)
def lift(workshop: int, order: int) -> AnyResponse:
    """End an order; the day that is named is the last on which it held."""
    answers = form()
    on = answers.day(f"lifted_{order}", say("请填到哪一天为止。"))

    def act(desk: Desk) -> None:
        _require(desk, workshop, order)
        if on is None:
            raise Refused(INCOMPLETE)
        acts.lift_restriction(desk, order, on, str(BY_ORDER))

    return decide(workshop, "lifted", act, answers)


@pages.post("/register/<key:workshop>/orders/<key:order>/strike-out")
@may(Role.officer, place=of_workshop, fresh=True)
def strike_out(workshop: int, order: int) -> AnyResponse:
    """Take out an order that was entered in error."""

    def act(desk: Desk) -> None:
        _require(desk, workshop, order)
        acts.strike_out_restriction(desk, order, str(BY_ORDER))

    return decide(workshop, "struck_out", act)


def _require(desk: Desk, workshop: int, order: int) -> None:
    row = desk.session.get(Restriction, order, with_for_update=True)
    if row is None or row.workshop_id != workshop:
        raise Refused(say("没有这项决定。"))

"""``/workshops/`` and ``/workshops/<id>``: the register of the three small kinds, and each operator in it."""

from __future__ import annotations

from dataclasses import replace
from http import HTTPStatus

from flask import Blueprint, Response, abort

from zuofang.credit.queries import honours_of_workshop
from zuofang.credit.queries.redacted import fit, maybe_fit
from zuofang.credit.queries.verdicts import batch_verdicts
from zuofang.rules.food_catalogues import CatalogueLine
from zuofang.site.public.answers import page
from zuofang.site.public.lists import Asked, Group, asked
from zuofang.site.public.words import WORDS
from zuofang.site.window import window
from zuofang.traceability.models import OperatorKind
from zuofang.traceability.queries.board import Board, notice_board
from zuofang.traceability.queries.census import census
from zuofang.traceability.queries.certificates import CertificateState
from zuofang.traceability.queries.paging import After
from zuofang.traceability.queries.workshop import workshop_page
from zuofang.traceability.queries.workshops import (
    Facets,
    WorkshopFilter,
    unknown_filter,
    workshop_facets,
    workshop_list,
)

pages = Blueprint("workshops", __name__)


@pages.get("/workshops/")
def workshops() -> Response:
    """The register."""
    here, wants = window(), asked("/workshops/", "q", "kind", "certificate", "district", "zone", "category")
    wanted = WorkshopFilter(
        name=wants["q"],
        kind=wants.member("kind", OperatorKind),
        certificate=wants.member("certificate", CertificateState),
        district=wants["district"] or None,
        zone=wants["zone"] or None,
        category=wants["category"] or None,
    )
    after = wants.after(After.read)
    with here.reading() as connection:
        if unknown := unknown_filter(connection, wanted):
            wants.refuse(unknown)
        found = workshop_list(connection, wanted, after, here.today)
        facets = workshop_facets(connection, wanted, here.today, here.rules)
    return page(
        "public/workshops.html",
        found=found,
        total=facets.total,
        wants=wants,
        facets=_facets(wants, facets),
        on=here.today,
    )


@pages.get("/workshops/census")
def counted() -> Response:
    """How many of each small kind there are in each county or each town of one, and whose certificates run out soon."""
    here, wants = window(), asked("/workshops/census", "district")
    with here.reading() as connection:
        found = census(connection, here.today, here.rules, wants["district"] or None)
    if found is None:
        wants.refuse("district")
    return page("public/census.html", view=found, on=here.today, county=found.counties[0] if found.towns else None)


@pages.get("/workshops/foods")
def foods() -> Response:
    """What the three small kinds may not make, and what they alone may make, place by place with its source."""
    here = window()
    places: dict[str, list[CatalogueLine]] = {}
    for line in here.rules.foods.lines:
        if line.since <= here.today <= (line.until or here.today):
            places.setdefault(line.place_name, []).append(line)
    kinds = {kind.value: kind for kind in OperatorKind}
    return page("public/foods.html", places=places, small_kinds=kinds, on=here.today)


@pages.get("/workshops/<key:workshop>")
def workshop(workshop: int) -> Response:
    """One operator."""
    here = window()
    with here.reading() as connection:
        found = workshop_page(connection, workshop, here.today, here.rules)
        if found is None:
            abort(HTTPStatus.NOT_FOUND)
        board = _fit(notice_board(connection, workshop, here.today))
        honours = honours_of_workshop(connection, workshop, here.today)
        verdicts = batch_verdicts(connection, (line.id for line in found.batches), here.today, here.rules)
    return page("public/workshop.html", view=found, board=board, honours=honours, verdicts=verdicts, on=here.today)


def _fit(board: Board) -> Board:
    """The board with every trace of personal data masked: what hangs on a wall was not written for the web (PIPL)."""
    suppliers = board.suppliers and tuple(
        replace(one, name=fit(one.name), supplies=fit(one.supplies)) for one in board.suppliers
    )
    promise = board.promise and replace(board.promise, words=maybe_fit(board.promise.words))
    return replace(board, rules=maybe_fit(board.rules), suppliers=suppliers, promise=promise)


def _facets(wants: Asked, facets: Facets) -> list[Group]:
    return [
        wants.group("kind", facets.kind, lambda facet: WORDS[OperatorKind][facet.value]),
        wants.group("certificate", facets.certificate, lambda facet: WORDS[CertificateState][facet.value]),
        wants.group("district", facets.district),
        wants.group("zone", facets.zone),
        wants.group("category", facets.category),
    ]

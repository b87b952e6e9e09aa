"""``/brands/``: the wall of honours, what stands behind each, and a badge that others may show."""

from __future__ import annotations

from http import HTTPStatus
from textwrap import shorten

from flask import Blueprint, Response, abort, current_app, request

from zuofang.credit.models import HonourKind
from zuofang.credit.queries import HonourState
from zuofang.credit.queries.brands import BrandFacets, BrandFilter, brand_facets, brand_page, brand_wall
from zuofang.credit.queries.pictures import pictures_of_honours
from zuofang.site.public.answers import page
from zuofang.site.public.lists import Asked, Group, asked
from zuofang.site.public.words import WORDS
from zuofang.site.rendering import render
from zuofang.site.styles import colours
from zuofang.site.window import window
from zuofang.traceability.queries.paging import After

pages = Blueprint("brands", __name__)
BADGE_LETTERS = 15
"""Chinese characters that fit on a line of the badge."""
BADGE_AGE = 600
"""Seconds for which a badge may be shown without asking again."""
TONES = {
    HonourState.in_force: "released", HonourState.not_begun: "unknown", HonourState.ended: "care",
    HonourState.withdrawn: "stop",
}  # fmt: skip
"""Of the states, as badges and lists show them."""


@pages.get("/brands/")
def brands() -> Response:
    """The brand wall: local specialities, heritage, fine and model workshops, and those that are so no longer."""
    here, wants = window(), asked("/brands/", "q", "kind", "state", "district")
    wanted = BrandFilter(
        name=wants["q"],
        kind=wants.member("kind", HonourKind),
        state=wants.member("state", HonourState),
        district=wants["district"] or None,
    )
    after = wants.after(After.read)
    with here.reading() as connection:
        found = brand_wall(connection, wanted, after, here.today)
        facets = brand_facets(connection, wanted, here.today)
        pictures = pictures_of_honours(connection, [line.key for line in found.rows])
    wants.insist("district", facets.district)
    return page(
        "public/brands.html", found=found, total=facets.total, wants=wants, facets=_facets(wants, facets),
        on=here.today, tones=TONES, pictures=pictures,
    )  # fmt: skip


@pages.get("/brands/<key:honour>")
def brand(honour: int) -> Response:
    """One honour: who granted it to whom, how it was evaluated, when it ends, who bears it, where it is sold."""
    here = window()
    with here.reading() as connection:
        found = brand_page(connection, honour, here.today)
        pictures = pictures_of_honours(connection, [honour])[honour]
    if found is None:
        abort(HTTPStatus.NOT_FOUND)
    base = current_app.config["ZUOFANG"].public()
    address = f"{base}/brands/{honour}"
    return page("public/brand.html", view=found, on=here.today, tones=TONES, address=address, pictures=pictures)


@pages.get("/brands/<key:honour>/badge.svg")
def badge(honour: int) -> Response:
    """The badge of an honour as a picture that tells its state today; other sites may show it, linked to its page."""
    here = window()
    with here.reading() as connection:
        found = brand_page(connection, honour, here.today)
    if found is None:
        abort(HTTPStatus.NOT_FOUND)
    drawn = render("public/badge.svg", line=found.line, on=here.today, colours=colours(), fitted=fitted, tones=TONES)
    response = Response(drawn, mimetype="image/svg+xml")
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"  # it is made to stand on other sites
    response.cache_control.public, response.cache_control.max_age = True, BADGE_AGE
    response.add_etag()
    response.make_conditional(request)
    return response


def fitted(text: str) -> str:
    """A text cut to a line of the badge; two Latin letters take the room of one Chinese character."""
    if text.isascii():
        return shorten(text, 2 * BADGE_LETTERS, placeholder="…")
    return text if len(text) <= BADGE_LETTERS else text[: BADGE_LETTERS - 1] + "…"


def _facets(wants: Asked, facets: BrandFacets) -> list[Group]:
    return [
        wants.group("kind", facets.kind, lambda facet: WORDS[HonourKind][facet.value]),
        wants.group("state", facets.state, lambda facet: WORDS[HonourState][facet.value]),
        wants.group("district", facets.district),
    ]

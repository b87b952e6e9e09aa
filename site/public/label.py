"""The label page, ``/t/<CODE>``: verdict, reasons and the four questions, for a person with a packet in hand."""

from __future__ import annotations

from decimal import Decimal
from math import inf

from flask import Blueprint, Response, make_response, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from zuofang.credit.card import credit_card
from zuofang.site.hot import SEEN, Dependence
from zuofang.site.locales import local
from zuofang.site.public.label_view import LabelView
from zuofang.site.public.label_words import Reading, unknown_code, view_of
from zuofang.site.rendering import render
from zuofang.site.window import window
from zuofang.traceability.codes import LabelCode, NotOurCode, canonical, read
from zuofang.traceability.queries.label import label_file
from zuofang.traceability.scans import scan_key
from zuofang.traceability.verdict import ScanFacts, scan_ceiling

pages = Blueprint("label", __name__)


@pages.get("/t/")
@pages.get("/T/", endpoint="capital_field")
def field() -> AnyResponse:
    """Where the code field of a page leads: to the label page of what was typed."""
    typed = request.args.get("code", "").strip()
    if not typed:
        return redirect(local("/"), 303)
    try:
        return redirect(local(f"/t/{canonical(typed)}"), 303)
    except NotOurCode:
        return _page(unknown_code(typed, window().today))


@pages.get("/t/<code>")
@pages.get("/T/<code>", endpoint="capitals")
def label(code: str) -> Response:
    """The page of one code. Never another record's page: what we did not issue is a 404 that says so."""
    here = window()
    version, midnight, today = here.version(), here.midnight, here.today
    try:
        known = read(here.keyring, code)
    except NotOurCode:
        return _page(unknown_code(code, today))
    with here.reading() as connection:
        file = label_file(connection, known.batch)
        if file is None or not file.issued(known.serial or 0, known.key_version):
            return _page(unknown_code(code, today))
        card = credit_card(connection, file.workshop_id, today, here.rules)
    key = scan_key(known.batch, known.serial or 0)
    # A robot that asks for headers has no packet in hand.
    earlier = here.scans.earlier(key) if request.method == "HEAD" else here.scans.scan(key)
    ceiling = scan_ceiling(ScanFacts(0, file.labels(known.serial or 0), known.is_item), today, here.rules)
    shown, until = _told_of_scans(earlier, ceiling, known)
    if until is not None:
        request.environ[SEEN] = Dependence(key, version, midnight, until)
    return _page(view_of(Reading(known, file, card, shown, today), here.rules))


def _told_of_scans(earlier: int, ceiling: Decimal, known: LabelCode) -> tuple[int, float | None]:
    """How many earlier scans the page tells, and up to how many it stays the same; the page of a packet changes always.

    A packet's page tells how often it was scanned. The page of a code that many packets share tells nothing, until no
    number of packets explains the scans; from there on more of them say no more on either.
    """
    if earlier >= ceiling:
        return int(ceiling), inf
    return (earlier, None) if known.is_item else (0, float(ceiling))


def _page(view: LabelView) -> Response:
    response = make_response(render("public/label.html", view=view), view.status)
    # Whoever kept this page asks again before showing it: a recall must not wait for a cache.
    response.cache_control.no_cache = True
    if view.status == 200:
        response.add_etag()
        response.make_conditional(request)
    else:
        response.headers["X-Robots-Tag"] = "noindex"
    return response

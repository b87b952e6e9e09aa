"""The label page, ``/t/<CODE>``: verdict, reasons and the four questions, for a person with a packet in hand."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from flask import Blueprint, Response, make_response, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from zuofang.credit.card import credit_card
from zuofang.site.hot import SEEN, Dependence
from zuofang.site.locales import local
from zuofang.site.public.label_view import LabelView
from zuofang.site.public.label_words import Reading, unknown_code, view_of
from zuofang.site.rendering import render
from zuofang.site.window import Window, window
from zuofang.traceability.codes import LabelCode, NotOurCode, canonical, read
from zuofang.traceability.label import LabelFile
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
    version, today = here.version(), here.today
    try:
        known = read(here.keyring, code)
    except NotOurCode:
        return _page(unknown_code(code, today))
    with here.reading() as connection:
        file = label_file(connection, known.batch)
        if file is None or not file.issued(known.serial or 0):
            return _page(unknown_code(code, today))
        card = credit_card(connection, file.workshop_id, today, here.rules)
    shown = _count(here, known, file)
    needs = Dependence(scan_key(known.batch, known.serial or 0), version, here.midnight, *shown)
    request.environ[SEEN] = needs
    return _page(view_of(Reading(known, file, card, needs.shown, today), here.rules))


ScansShown = Callable[[int], int]


def _shown_of_item(ceiling: Decimal) -> ScansShown:
    """A packet's page tells how often it was scanned, until more of them say no more."""
    return lambda earlier: earlier if earlier < ceiling else int(ceiling)


def _shown_of_batch(ceiling: Decimal) -> ScansShown:
    """The page of a code that many packets share tells nothing, until no number of packets explains the scans."""
    return lambda earlier: int(ceiling) if earlier >= ceiling else 0


def _count(here: Window, known: LabelCode, file: LabelFile) -> tuple[ScansShown, int]:
    """Count this scan (a robot asking for headers is none); answers what the page shows of the earlier ones."""
    key = scan_key(known.batch, known.serial or 0)
    earlier = here.scans.earlier(key) if request.method == "HEAD" else here.scans.scan(key)
    serial = known.serial or 0
    ceiling = scan_ceiling(ScanFacts(0, file.labels(serial), is_item=known.is_item), here.today, here.rules)
    shown = _shown_of_item(ceiling) if known.is_item else _shown_of_batch(ceiling)
    return shown, shown(earlier)


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

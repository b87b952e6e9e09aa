"""``/disclosures/`` and ``/disclosures/<id>``: search over everything published, and each record told in full."""

from __future__ import annotations

from collections import Counter
from datetime import date
from http import HTTPStatus
from typing import Any

from flask import Blueprint, Response, abort, current_app, request
from sqlalchemy import Connection

from zuofang.credit.queries.record import RecordPage, record_page
from zuofang.credit.queries.told import Gone
from zuofang.rules.sentences import say
from zuofang.search.finder import Found
from zuofang.search.results import place_names
from zuofang.search.wanted import FACETS
from zuofang.site.errors import refuse
from zuofang.site.public.answers import leaving, page
from zuofang.site.public.credit_words import WORDS
from zuofang.site.public.days import past_day_typed
from zuofang.site.public.disclosure_help import helping
from zuofang.site.public.disclosure_json import record_json
from zuofang.site.public.disclosure_query import PATH, look, read_search
from zuofang.site.public.disclosure_words import (
    decision,
    facet_word,
    mark,
    more_items,
    snippet,
    telling_items,
    told_kind,
    tone_of,
)  # fmt: skip
from zuofang.site.public.lists import Asked, Group
from zuofang.site.window import Window, window
from zuofang.traceability.queries.paging import Facet

pages = Blueprint("disclosures", __name__)
MOST_VALUES = 12
"""Values of a facet that are offered; the others are found by searching for them."""


@pages.get(PATH)
def disclosures() -> Response:
    """Search over everything published."""
    here, search = window(), read_search()
    with here.reading() as connection:
        found, shown = look(connection, here, search.wanted)
        facets = _facets(connection, here, search.wants, found)
        help_ = helping(connection, here, search) if not shown and not search.wants["after"] else None
    answer = page(
        "public/disclosures.html",
        found=found,
        results=shown,
        search=search,
        wants=search.wants,
        words=search.wanted.words,
        facets=facets,
        helping=help_,
        on=here.today,
        told_kind=told_kind,
        tone_of=tone_of,
        decision=decision,
        telling_items=telling_items,
        more_items=more_items,
        mark=mark,
        snippet=snippet,
    )
    return leaving(answer, expires=bool(shown) or bool(search.wants.values))


def _facets(connection: Connection, here: Window, wants: Asked, found: Found) -> list[Group]:
    places, zones = place_names(connection, found.facets.get("district", ()), found.facets.get("zone", ()))
    told = (name for name in FACETS if wants[name] or _divides(found, name))
    return [_group(here, wants, name, found, places | zones) for name in told]


def _divides(found: Found, name: str) -> bool:
    """Whether a facet would narrow the results at all."""
    counts = found.facets.get(name, Counter[str]())
    return len(counts) > 1 or any(count != found.total for count in counts.values())


def _group(here: Window, wants: Asked, name: str, found: Found, places: dict[str, str]) -> Group:
    counts = found.facets.get(name, Counter[str]())
    fullest = sorted(counts, key=lambda value: (-counts[value], value))[:MOST_VALUES]
    if name == "year":
        fullest.sort(reverse=True)
    chosen = [wants[name]] if wants[name] and wants[name] not in fullest else []
    values = (Facet(value, value, counts.get(value, 0)) for value in (*chosen, *fullest))
    return wants.group(name, values, lambda facet: facet_word(name, facet.value, here.rules, places))


@pages.get(f"{PATH}<key:record>")
def disclosure(record: int) -> Response:
    """One published record in full, as it stood on a day; what is gone says when, why and by which article."""
    found = _record(record)
    if isinstance(found, Gone):
        answer = page("public/disclosure_gone.html", HTTPStatus.GONE, gone=found)
    else:
        answer = page(
            "public/disclosure.html", view=found, told=found.told, asked=_asked(), citation=_citation(found),
            words=WORDS,
        )  # fmt: skip
    return leaving(answer, expires=True)


@pages.get(f"{PATH}<key:record>.json")
def disclosure_twin(record: int) -> Response:
    """The same record as JSON-LD in the words of schema.org, for programs."""
    found = _record(record)
    if isinstance(found, Gone):
        told: dict[str, Any] = {"withdrawn_on": found.on.isoformat(), "why": str(found.why), "article": found.article}
    else:
        told = record_json(found, current_app.config["ZUOFANG"])
    answer = Response(current_app.json.dumps(told, ensure_ascii=False) + "\n", mimetype="application/ld+json")
    answer.status_code = HTTPStatus.GONE if isinstance(found, Gone) else HTTPStatus.OK
    return leaving(answer, expires=True)


def _record(key: int) -> RecordPage | Gone:
    here, on = window(), _asked()
    with here.reading() as connection:
        found = record_page(connection, key, on or here.today, here.today, here.rules)
    if found is None and on is not None and on != here.today:
        refuse(HTTPStatus.NOT_FOUND, say("这条记录在这一天没有公示。"))
    if found is None:
        abort(HTTPStatus.NOT_FOUND)
    return found


def _asked() -> date | None:
    return past_day_typed(request.args.get("on", ""))


def _citation(found: RecordPage) -> dict[str, object]:
    """What a text that quotes the record needs."""
    settings = current_app.config["ZUOFANG"]
    return {
        "authority": found.told.authority or settings.bureau,
        "site": settings.site_name,
        "address": settings.public(f"{PATH}{found.told.key}?on={found.on.isoformat()}"),
    }

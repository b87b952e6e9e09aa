"""``/workshops/<id>/credit`` and ``/blacklist/``: what the regulator found, on any day, and what it became."""

from __future__ import annotations

from datetime import date
from http import HTTPStatus
from typing import Any

from flask import Blueprint, Response, abort, current_app, request

from zuofang.credit.queries import blacklist as entries
from zuofang.credit.queries import credit_file
from zuofang.credit.queries.told import CreditFile, Told
from zuofang.site.public.answers import leaving, page
from zuofang.site.public.credit_json import as_json
from zuofang.site.public.credit_words import WORDS
from zuofang.site.public.days import past_day_typed
from zuofang.site.window import window

pages = Blueprint("credit", __name__)


@pages.get("/workshops/<key:workshop>/credit")
def credit(workshop: int) -> Response:
    """The credit file of one operator as it stood on a day."""
    file = _file(workshop)
    shown = page(
        "public/credit.html", file=file, entries=_entries(file), others=_others(file), asked=_asked(), words=WORDS
    )
    return leaving(shown, expires=file.expires)


@pages.get("/workshops/<key:workshop>/credit.json")
def twin(workshop: int) -> Response:
    """The same file as JSON-LD, for programs; ``docs/credit-file.md`` says what the fields mean."""
    file = _file(workshop)
    told = current_app.json.dumps(as_json(file, current_app.config["ZUOFANG"].public()), ensure_ascii=False)
    response = Response(told + "\n", mimetype="application/ld+json")
    response.cache_control.no_cache = True
    return leaving(response, expires=file.expires)


@pages.get("/blacklist/")
def blacklist() -> Response:
    """The serious-violation list today."""
    here = window()
    with here.reading() as connection:
        found = entries(connection, here.today, here.rules)
    return leaving(page("public/blacklist.html", entries=found, on=here.today, **WORDS), expires=bool(found))


def _others(file: CreditFile) -> dict[int, Told]:
    """The records told on the page, by their keys, for those that lead to them."""
    return {one.key: one for one in file.told}


def _entries(file: CreditFile) -> list[tuple[str, Any]]:
    """Everything the file tells, by the kind of its line, the newest first: each by the day on which it happened."""
    found: list[tuple[date, str, Any]] = [
        *((one.record.made_on, "told", one) for one in file.told),
        *((one.on, "gone", one) for one in file.gone),
        *((one.on, "registration", one) for one in file.registrations),
        *((one.since, "order", one) for one in file.orders),
        *((one.since, "honour", one) for one in file.honours),
        *((one.on, "evaluation", one) for one in file.evaluations),
    ]
    return [(kind, one) for _, kind, one in sorted(found, key=lambda entry: entry[0], reverse=True)]


def _file(workshop: int) -> CreditFile:
    here, on = window(), _asked()
    with here.reading() as connection:
        file = credit_file(connection, workshop, on or here.today, here.today, here.rules)
    if file is None:
        abort(HTTPStatus.NOT_FOUND)
    return file


def _asked() -> date | None:
    """The day that the address asks for; none where it asks for today."""
    return past_day_typed(request.args.get("on", ""))

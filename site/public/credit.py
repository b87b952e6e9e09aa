"""``/workshops/<id>/credit`` and ``/blacklist/``: what the regulator found, on any day, and what it became."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from http import HTTPStatus
from typing import Any

from flask import Blueprint, Response, abort, current_app, request

from zuofang.credit.queries import blacklist as entries
from zuofang.credit.queries import credit_file
from zuofang.credit.queries.told import CreditFile, Gone, Told
from zuofang.site.public.answers import leaving, page
from zuofang.site.public.credit_json import as_json
from zuofang.site.public.credit_words import MARKS, SCHEMES, dispute_words, rows_of
from zuofang.site.public.days import past_day_typed
from zuofang.site.window import window

pages = Blueprint("credit", __name__)
WORDS: Mapping[str, Any] = {"rows_of": rows_of, "dispute_words": dispute_words, "marks": MARKS, "schemes": SCHEMES}
"""What the templates of the credit file say things with."""


@pages.get("/workshops/<key:workshop>/credit")
def credit(workshop: int) -> Response:
    """The credit file of one operator as it stood on a day."""
    file = _file(workshop)
    shown = page("public/credit.html", file=file, entries=_entries(file), asked=_asked(), **WORDS)
    return leaving(shown, expires=file.expires)


@pages.get("/workshops/<key:workshop>/credit.json")
def twin(workshop: int) -> Response:
    """The same file as JSON-LD, for programs; ``docs/credit-file.md`` says what the fields mean."""
    file = _file(workshop)
    told = current_app.json.dumps(as_json(file, current_app.config["ZUOFANG"].base_url), ensure_ascii=False)
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


def _entries(file: CreditFile) -> list[Told | Gone]:
    """What is told and what is gone, the newest first: a finding by its own day, a withdrawal by its day."""
    return sorted((*file.told, *file.gone), key=_day_of, reverse=True)


def _day_of(entry: Told | Gone) -> date:
    return entry.record.made_on if isinstance(entry, Told) else entry.on


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

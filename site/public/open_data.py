"""``/open/``: data files, feeds, what their fields mean, and under which licence."""

from __future__ import annotations

from flask import Blueprint, Response

from zuofang.site.public.answers import page
from zuofang.site.public.disclosure_table import FIELDS
from zuofang.site.window import window

pages = Blueprint("open_data", __name__)


@pages.get("/open/")
def open_data() -> Response:
    """Data files, feeds, field meanings and licence."""
    return page("public/open.html", fields=FIELDS, on=window().today)

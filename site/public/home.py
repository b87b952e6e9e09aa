"""The home page: the code field, the four questions, what each visitor comes for, what is new, and the numbers."""

from __future__ import annotations

from flask import Blueprint, Response

from zuofang.credit.queries.latest import latest
from zuofang.credit.queries.pictures import pictures_of_zones
from zuofang.site.public.answers import page
from zuofang.site.window import window
from zuofang.traceability.queries.home import home as read_home

pages = Blueprint("home", __name__)


@pages.get("/")
def home() -> Response:
    """The home page."""
    here = window()
    with here.reading() as connection:
        found = read_home(connection, here.today, here.rules)
        lately = latest(connection, here.today, here.rules)
        pictures = pictures_of_zones(connection, [one.id for one in found.zones])
    return page("public/home.html", view=found, latest=lately, on=here.today, pictures=pictures)

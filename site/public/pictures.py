"""``/pictures/…``: the pictures of zones and brands, each copy under a name that is its content."""

from __future__ import annotations

from http import HTTPStatus

from flask import Blueprint, Response, abort, current_app, send_from_directory

from zuofang.credit.queries.pictures import is_public
from zuofang.site.window import window
from zuofang.storage.pictures import shelf
from zuofang.storage.pictures.budget import KINDS

pages = Blueprint("pictures", __name__)
ONE_YEAR = 365 * 24 * 3600


@pages.get("/pictures/<picture:name>")
def picture(name: str) -> Response:
    """One copy of a picture that some page shows; its name is its content, so it may be kept for ever."""
    with window().reading() as connection:
        if not is_public(connection, shelf.digest_in(name)):
            abort(HTTPStatus.NOT_FOUND)
    response = copy_of(name)
    response.cache_control.public, response.cache_control.immutable = True, True
    return response


def copy_of(name: str) -> Response:
    """The file of a copy."""
    folder = current_app.config["ZUOFANG"].pictures.absolute()
    kind = KINDS[name.rpartition(".")[2]]
    return send_from_directory(folder, name, mimetype=kind, max_age=ONE_YEAR)

"""Every component in every state, for those who build pages and for the pictures they are judged by."""

from __future__ import annotations

import io
from functools import cache

from flask import Blueprint, Response, abort, make_response, render_template
from markupsafe import Markup
from PIL import Image

from zuofang.site.public import sample_records, samples
from zuofang.site.rendering import BilingualFlask

pages = Blueprint("styleguide", __name__)
KINDS = {"avif": "AVIF", "webp": "WEBP"}


def stand_in(app: BilingualFlask) -> None:
    """Lend the components of the desks what only the desks have: forms without a number, and the words of samples."""
    for environment in app.environments.values():
        environment.globals.update(form_field=Markup, desk_word=sample_records.DESK_WORDS.__getitem__)


@pages.get("/styleguide")
def styleguide() -> str:
    """The page of all components; served in development only."""
    return render_template("public/styleguide.html", labels=samples, samples=sample_records)


@pages.get("/styleguide/label/<verdict>")
def sample_label(verdict: str) -> Response:
    """The label page of an invented label, one for each verdict."""
    view = samples.LABELS.get(verdict) or abort(404)
    return make_response(render_template("public/label.html", view=view), view.status)


@pages.get("/styleguide/pictures/<path:name>")
def sample_picture(name: str) -> Response:
    """A plain picture in place of one that somebody sent, in the kind that its name ends in."""
    kind = KINDS.get(name.rpartition(".")[2], "JPEG")
    return Response(_plain(kind), mimetype=f"image/{kind.lower()}")


@cache
def _plain(kind: str) -> bytes:
    written = io.BytesIO()
    Image.linear_gradient("L").resize((480, 320)).save(written, kind)
    return written.getvalue()

"""Every component in every state, for those who build pages and for the pictures they are judged by."""

from __future__ import annotations

from flask import Blueprint, Response, abort, make_response, render_template

from zuofang.site.public import sample_records, samples

pages = Blueprint("styleguide", __name__)


@pages.get("/styleguide")
def styleguide() -> str:
    """The page of all components; served in development only."""
    return render_template("public/styleguide.html", labels=samples, samples=sample_records)


@pages.get("/styleguide/label/<verdict>")
def sample_label(verdict: str) -> Response:
    """The label page of an invented label, one for each verdict."""
    view = samples.LABELS.get(verdict) or abort(404)
    return make_response(render_template("public/label.html", view=view), view.status)

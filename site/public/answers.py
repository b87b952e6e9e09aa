"""Answering with a page that is made from the data: asked for again before it is shown again."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from flask import Response, make_response, render_template, request


def page(template: str, status: HTTPStatus = HTTPStatus.OK, /, **shown: Any) -> Response:
    """A page from a template. Whoever keeps it asks again before showing it: a recall must not wait for a cache."""
    response = make_response(render_template(template, **shown), status)
    response.cache_control.no_cache = True
    if status is HTTPStatus.OK:
        response.add_etag()
        response.make_conditional(request)
    else:
        response.headers["X-Robots-Tag"] = "noindex"
    return response


def leaving(response: Response, *, expires: bool) -> Response:
    """A page whose content must one day be gone is kept by nobody and found by no search engine (REP Art 26)."""
    if expires:
        response.cache_control.no_store = True
        response.headers["X-Robots-Tag"] = "noindex"
    return response

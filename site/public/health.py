"""``/healthz`` and ``/readyz``: for whoever watches the server. They tell nothing of the data."""

from __future__ import annotations

from collections.abc import Iterator
from http import HTTPStatus
from shutil import disk_usage

from flask import Blueprint, Response, current_app
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from zuofang.site.window import Window, window
from zuofang.storage import schema

pages = Blueprint("health", __name__)
ROOM = 64 * 1024 * 1024
"""Bytes that must be free for the scan logs to go on."""


@pages.get("/healthz")
def healthz() -> Response:
    """Whether this process answers."""
    return _plain("ok\n")


@pages.get("/readyz")
def readyz() -> Response:
    """Whether pages can be answered: database, schema and room on the disk. Status 503 names what is not in order."""
    wrong = list(_wrong(window()))
    if wrong:
        return _plain("".join(f"not ready: {one}\n" for one in wrong), HTTPStatus.SERVICE_UNAVAILABLE)
    return _plain("ready\n")


def _wrong(here: Window) -> Iterator[str]:
    try:
        with here.reading() as connection:
            connection.execute(text("SELECT 1"))
        if schema.current(here.database) != schema.newest(here.database):
            yield "schema"
    except SQLAlchemyError:
        yield "database"
    if disk_usage(current_app.config["ZUOFANG"].data).free < ROOM:
        yield "disk"


def _plain(told: str, status: HTTPStatus = HTTPStatus.OK) -> Response:
    response = Response(told, status, mimetype="text/plain")
    response.cache_control.no_store = True
    return response

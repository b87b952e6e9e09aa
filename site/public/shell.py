"""The few addresses every site has: icons and ``robots.txt``."""

from __future__ import annotations

from flask import Blueprint, Response, current_app, send_from_directory

UNREAD = ("/t/", "/T/", "/scan", "/verify/", "/report/", "/disclosures/feed.", "/disclosures/changes.json")
"""What crawlers leave alone: pages that count, take something in, or make a file at each request."""

pages = Blueprint("shell", __name__)
ONE_WEEK = 7 * 24 * 3600


@pages.get("/icon.svg", endpoint="icon")
def icon() -> Response:
    """The seal of the site."""
    return send_from_directory(str(current_app.static_folder), "icon.svg", max_age=ONE_WEEK)


@pages.get("/favicon.ico")
def favicon() -> Response:
    """The seal for browsers that ask for it unbidden."""
    return send_from_directory(str(current_app.static_folder), "favicon.ico", max_age=ONE_WEEK)


@pages.get("/robots.txt")
def robots() -> Response:
    """What crawlers may read: everything published; not the pages that count scans or take reports."""
    base = current_app.config["ZUOFANG"].public()
    lines = [
        "User-agent: *",
        *(f"Disallow: {path}" for path in UNREAD),
    ]
    return Response("\n".join([*lines, "", f"Sitemap: {base}/sitemap.xml", ""]), mimetype="text/plain")

"""``/sitemap.xml`` and ``/.well-known/security.txt``: what machines ask every site for."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import urljoin
from xml.sax.saxutils import escape

from flask import Blueprint, Response, current_app

from zuofang.site.window import window
from zuofang.traceability.queries.addresses import page_addresses

pages = Blueprint("wellknown", __name__)
FIXED = (
    "/",
    "/scan",
    "/workshops/",
    "/zones/",
    "/batches/",
    "/disclosures/",
    "/blacklist/",
    "/open/",
    "/about",
    "/privacy",
    "/accessibility",
    "/security",
)
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
VALID = timedelta(days=180)
"""How long a copy of security.txt may be trusted; RFC 9116 asks for less than a year."""


@pages.get("/sitemap.xml")
def sitemap() -> Response:
    """Every page of the register and of the zones, for crawlers; batches are found from there."""
    base = current_app.config["ZUOFANG"].base_url
    with window().reading() as connection:
        paths = (*FIXED, *page_addresses(connection))
    places = (f"<url><loc>{escape(urljoin(base, path))}</loc></url>" for path in paths)
    return Response("\n".join((HEAD, *places, "</urlset>", "")), mimetype="application/xml")


@pages.get("/.well-known/security.txt")
def security_txt() -> Response:
    """Where holes in the site are reported (RFC 9116)."""
    settings = current_app.config["ZUOFANG"]
    lines = [
        *([f"Contact: {settings.security_contact}"] if settings.security_contact else []),
        f"Contact: {urljoin(settings.base_url, '/security')}",
        f"Expires: {(window().now + VALID).strftime('%Y-%m-%dT00:00:00Z')}",
        "Preferred-Languages: zh, en",
        f"Canonical: {urljoin(settings.base_url, '/.well-known/security.txt')}",
        f"Policy: {urljoin(settings.base_url, '/security')}",
    ]
    return Response("\n".join([*lines, ""]), mimetype="text/plain")

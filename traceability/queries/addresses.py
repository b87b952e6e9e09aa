"""The addresses of the pages that crawlers should know."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, select

from zuofang.traceability.models import Workshop, Zone

MOST = 45_000
"""A sitemap may hold 50,000 addresses; a larger register is found through its list."""


def page_addresses(connection: Connection) -> Iterator[str]:
    """The paths of the pages of zones and operators. Two statements."""
    for slug in connection.scalars(select(Zone.slug).order_by(Zone.id)):
        yield f"/zones/{slug}"
    for key in connection.scalars(select(Workshop.id).order_by(Workshop.id).limit(MOST)):
        yield f"/workshops/{key}"

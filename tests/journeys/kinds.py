"""Every kind of page that the public site has, read off its routes, so that a new page is looked at unasked."""

from __future__ import annotations

import re

from sqlalchemy import func, select
from sqlalchemy.orm import Session
from tests.journeys.town import Town

from zuofang.credit.models import CreditRecord, Honour, HonourKind
from zuofang.site.app import create_public_app
from zuofang.site.wsgi import PAGES
from zuofang.storage.settings import Settings
from zuofang.traceability.models import Recall, Zone
from zuofang.traceability.verdict import Verdict

NO_PAGES = ("/static/", "/pictures/", "/healthz", "/readyz", "/t/", "/T/")
LABEL = "/t/<code>"
STATES = [
    "/t/000000000000000", "/nothing", "/workshops/?q=无此作坊", "/disclosures/?q=无此作坊",
    "/zones/compare?zone=beixi-luwei&zone=wuxi-doucha",
]  # fmt: skip
"""Pages in a state of their own: of a forged code, of no address, of a search that finds nothing, of zones chosen."""
VERDICTS = [f"/t/<{verdict}>" for verdict in Verdict if verdict not in (Verdict.not_issued, Verdict.released)]
FOUND = CreditRecord.workshop_id
ON_SHOW = (
    select(CreditRecord.id)
    .where(CreditRecord.published_on.is_not(None), CreditRecord.taken_down_on.is_(None))
    .order_by(CreditRecord.id)
)
HERITAGE = select(Honour.id).where(Honour.kind == HonourKind.heritage).order_by(Honour.id)
MOST_IS_FOUND = select(FOUND).where(FOUND.is_not(None)).group_by(FOUND).order_by(func.count().desc(), FOUND)


def page_kinds() -> list[str]:
    """The routes of pages, a label page of every verdict, and some pages in a state of their own."""
    routes = create_public_app(Settings(), PAGES).url_map.iter_rules()
    paths = sorted({route.rule for route in routes if "GET" in (route.methods or ())})
    pages = [path for path in paths if "." not in path and not path.startswith(NO_PAGES)]
    return [*pages, LABEL, *VERDICTS, *STATES]


def address_of(kind: str, town: Town, language: str) -> str:
    """An address of this kind with something behind it, in a language."""
    path = re.sub(r"<(?:\w+:)?(\w+)>", lambda part: _one(part[1], town), kind)
    return f"{path}{'&' if '?' in path else '?'}lang={language}"


def _one(name: str, town: Town) -> str:
    """The code, number or name of one thing of the city, chosen because much is told of it."""
    if name == "code" or name in set(Verdict):
        return town.packet(Verdict.released if name == "code" else Verdict(name))
    with Session(town.office.database.read) as session:
        known = {
            "batch": session.scalars(select(Recall.batch_id).order_by(Recall.id)).first(),
            "workshop": session.scalars(MOST_IS_FOUND).first(),
            "honour": session.scalars(HERITAGE).first(),
            "programme": "ningbo-2020",
            "record": session.scalars(ON_SHOW).first(),
            "slug": session.scalars(select(Zone.slug).order_by(Zone.id)).first(),
        }
    return str(known[name])

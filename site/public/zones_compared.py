"""``/zones/compare``: two to four processing zones side by side; which ones stands in the address."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from http import HTTPStatus

from flask import Blueprint, Response, request

from zuofang.credit.queries.honours import honours_of_zones
from zuofang.credit.verification.answers import Standing, judge
from zuofang.credit.verification.suppliers import suppliers_of
from zuofang.rules.sentences import say
from zuofang.site.charts import share
from zuofang.site.errors import refuse
from zuofang.site.public.answers import page
from zuofang.site.public.lists import LONGEST
from zuofang.site.window import window
from zuofang.traceability.queries.zones import ZoneLine, zone_list
from zuofang.traceability.queries.zones_compared import Compared, zones_compared

pages = Blueprint("zones_compared", __name__)
ASKED = "zone"
FEWEST, MOST = 2, 4
SPOKEN_AGAINST = (Standing.stop, Standing.care)


@pages.get("/zones/compare")
def compared() -> Response:
    """Zones side by side, fact by fact; fewer than two are a form in which others are chosen."""
    here = window()
    with here.reading() as connection:
        zones = zone_list(connection, here.today, here.rules)
        chosen = _chosen(zones)
        shown = zones_compared(connection, chosen if len(chosen) >= FEWEST else [], here.today, here.rules)
        honours = honours_of_zones(connection, [one.line.id for one in shown], here.today)
        members = [key for one in shown for key in one.members]
        suppliers = suppliers_of(connection, members, here.today, here.rules)
    standings = {key: judge(one, here.today, here.rules).standing for key, one in suppliers.items()}
    return page(
        "public/zones_compared.html", zones=zones, chosen=[one.slug for one in chosen], shown=shown, honours=honours,
        against={one.line.id: _against(one, standings) for one in shown}, share=share, on=here.today,
    )  # fmt: skip


def _chosen(zones: Sequence[ZoneLine]) -> list[ZoneLine]:
    """The zones that the address names, in its order, each once; an unknown one and too many end the request."""
    known = {zone.slug: zone for zone in zones}
    asked = list(dict.fromkeys(slug for slug in request.args.getlist(ASKED) if slug))
    for slug in asked:
        if slug not in known:
            refuse(HTTPStatus.BAD_REQUEST, say("没有网址名为“%(slug)s”的加工区。", slug=slug[:LONGEST]))
    if len(asked) > MOST:
        refuse(HTTPStatus.BAD_REQUEST, say("一次最多并排看 %(most)s 个加工区。", most=MOST))
    return [known[slug] for slug in asked]


def _against(zone: Compared, standings: Mapping[int, Standing]) -> dict[Standing, int]:
    """How many members have something on record against them today, by how grave it is."""
    found = [standings[key] for key in zone.members]
    return {standing: found.count(standing) for standing in SPOKEN_AGAINST}

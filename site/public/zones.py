"""``/zones/`` and ``/zones/<slug>``: where food is made together, and what was found there."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from http import HTTPStatus

from flask import Blueprint, Response, abort, current_app

from zuofang.credit.queries import honours_of_zone
from zuofang.credit.queries.brands import outlets_of
from zuofang.credit.queries.pictures import pictures_of_zones
from zuofang.credit.verification.answers import judge
from zuofang.credit.verification.suppliers import suppliers_of
from zuofang.rules.sentences import Sentence, say
from zuofang.site.charts import HUNDRED, Columns, Point, share
from zuofang.site.headers import content_policy
from zuofang.site.map_tiles import tiles_of
from zuofang.site.public.answers import page
from zuofang.site.window import window
from zuofang.traceability.queries.release_record import Month
from zuofang.traceability.queries.support import CameraLine, zone_support
from zuofang.traceability.queries.zone import zone_page
from zuofang.traceability.queries.zones import zone_list

pages = Blueprint("zones", __name__)


@pages.get("/zones/")
def zones() -> Response:
    """All zones, as a map and as a table."""
    here = window()
    with here.reading() as connection:
        found = zone_list(connection, here.today, here.rules)
        pictures = pictures_of_zones(connection, [one.id for one in found])
    ground = tiles_of(current_app.config["ZUOFANG"])
    answer = page("public/zones.html", zones=found, on=here.today, pictures=pictures, ground=ground)
    if ground is not None:
        answer.headers["Content-Security-Policy"] = content_policy(img_src=f"'self' https://{ground.host}")
    return answer


@pages.get("/zones/<slug:slug>")
def zone(slug: str) -> Response:
    """One zone."""
    here = window()
    with here.reading() as connection:
        found = zone_page(connection, slug, here.today, here.rules)
        if found is None:
            abort(HTTPStatus.NOT_FOUND)
        honours = honours_of_zone(connection, found.ground.id, here.today)
        members = [unit.member.workshop_id for unit in found.units if unit.member]
        suppliers = suppliers_of(connection, members, here.today, here.rules)
        support = zone_support(connection, found.ground.id, members)
        outlets = outlets_of(connection, here.today, zone=found.ground.id)
        pictures = pictures_of_zones(connection, [found.ground.id])[found.ground.id]
    judged = {key: judge(one, here.today, here.rules) for key, one in suppliers.items()}
    return page(
        "public/zone.html", view=found, honours=honours, on=here.today, judged=judged, support=support, outlets=outlets,
        pictures=pictures, passed=pass_chart(found.months), tested=coverage_chart(found.months),
        ran=camera_chart(support.cameras), members=judged, share=share,
    )  # fmt: skip


def pass_chart(months: Sequence[Month]) -> Columns | None:
    """The share of batches that passed, month by month; none where no accredited sheet was ever counted."""
    points = [(month.first, share(month.passed, month.judged)) for month in months]
    return _monthly(say("近 12 个月出厂检验合格率"), say("合格率（%）"), points)


def coverage_chart(months: Sequence[Month]) -> Columns | None:
    """The share of batches that have a test sheet, month by month; none where nothing was made."""
    points = [(month.first, share(month.tested, month.batches)) for month in months]
    return _monthly(say("近 12 个月出厂检验覆盖率"), say("检验过的批次（%）"), points)


def camera_chart(months: Sequence[CameraLine]) -> Columns | None:
    """The share of the time that the cameras ran, the newest month last; none where nobody reported it."""
    points = [(month.month, month.share) for month in reversed(months)]
    return _monthly(say("摄像头在线率"), say("在线率（%）"), points)


def _monthly(title: Sentence, unit: Sentence, months: Sequence[tuple[date, Decimal | None]]) -> Columns | None:
    if all(value is None for _, value in months):
        return None
    points = [Point(f"{first:%Y-%m}", str(first.month), value) for first, value in months]
    return Columns(title=title, unit=unit, points=points, highest=HUNDRED)

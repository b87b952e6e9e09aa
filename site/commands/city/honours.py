"""What zones and workshops were honoured for: in force, run out, taken back, given back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from zuofang.credit import acts
from zuofang.credit.models import Honour, HonourKind
from zuofang.site.commands.city.agenda import Agenda, Shift
from zuofang.site.commands.city.days import ago
from zuofang.site.commands.city.geography import CITY_BUREAU, CITY_GOVERNMENT
from zuofang.site.commands.city.workshops import Maker
from zuofang.site.commands.city.zones import FoundedZone
from zuofang.storage.acts import Desk

WHY = "示例城市：录入荣誉"
CULTURE, COMMERCE = "清溪市文化和旅游局", "清溪市商务局"
PREFIXES = {CITY_BUREAU: "清市监发", CITY_GOVERNMENT: "清政发", CULTURE: "清文旅发", COMMERCE: "清商务发"}
YEAR = 365
FINE, FIVE_S, MODEL, MODEL_ZONE, HERITAGE, BRAND = HonourKind


@dataclass(frozen=True, slots=True)
class Told:
    """An honour by the days ago on which it was granted, ends and was taken back; a negative number lies ahead."""

    kind: HonourKind
    title: str
    by: str
    since: int
    until: int | None = None
    withdrawn: tuple[int, str] | None = None
    given_back: int | None = None


ZONES = {
    "beixi-luwei": (
        Told(MODEL_ZONE, "省级食品小作坊示范加工区", CITY_BUREAU, YEAR + 20, -2 * YEAR + 20),
        Told(BRAND, "清溪市区域公共品牌“北溪卤”", COMMERCE, 2 * YEAR, None),
    ),
    "luhu-gaodian": (
        Told(MODEL_ZONE, "市级食品小作坊示范加工区", CITY_GOVERNMENT, YEAR - 60, -2 * YEAR - 60),
        Told(BRAND, "清溪市区域公共品牌“鹭洲点心”", COMMERCE, YEAR + 150, None),
        Told(HERITAGE, "鹭洲木模糕点制作技艺", CULTURE, 6 * YEAR, None),
    ),
    "yunling-mifen": (Told(HERITAGE, "云岭水碓年糕制作技艺", CULTURE, 5 * YEAR, None),),
    "xixi-youfang": (Told(BRAND, "清溪市区域公共品牌“水碓油”", COMMERCE, YEAR - 10, -2 * YEAR - 10),),
}
WORKSHOPS = (
    Told(FINE, "清溪市名特优食品作坊", CITY_BUREAU, 2 * YEAR, -YEAR),
    Told(FIVE_S, "食品小作坊“5S”现场管理达标单位", CITY_BUREAU, YEAR, -2 * YEAR),
    Told(MODEL, "食品小作坊示范单位", CITY_BUREAU, YEAR + 90, -2 * YEAR + 90),
    Told(HERITAGE, "清溪卤味制作技艺传承人工作室", CULTURE, 4 * YEAR, None),
    Told(FINE, "清溪市名特优食品作坊", CITY_BUREAU, 3 * YEAR - 21, -21),
    Told(FINE, "清溪市名特优食品作坊", CITY_BUREAU, 3 * YEAR + 50, 50),
    Told(FINE, "清溪市名特优食品作坊", CITY_BUREAU, YEAR + 200, -YEAR + 165, (38, "近两年出现抽检不合格，复评退出")),
    Told(FIVE_S, "食品小作坊“5S”现场管理达标单位", CITY_BUREAU, YEAR - 40, -2 * YEAR - 40),
    Told(MODEL, "食品小作坊示范单位", CITY_BUREAU, 2 * YEAR + 30, -YEAR + 30, (57, "评审材料有误"), 29),
    Told(BRAND, "清溪老字号", COMMERCE, 3 * YEAR, None),
    Told(FIVE_S, "食品小作坊“5S”现场管理达标单位", CITY_BUREAU, 24, -3 * YEAR + 24),
    Told(MODEL, "食品小作坊示范单位", CITY_BUREAU, 6, -3 * YEAR + 6),
)
"""One for every third of the workshops inside the zones."""


def plan_honours(agenda: Agenda, zones: Sequence[FoundedZone], tenants: Sequence[Maker]) -> None:
    """Put every honour on the agenda of the bureau."""
    number = 0
    for founded in zones:
        for told in ZONES.get(founded.plan.slug, ()):
            number += 1
            _plan(agenda, told, number, zone=founded.zone.id)
    for maker, told in zip(tenants[::3], WORKSHOPS, strict=False):
        number += 1
        _plan(agenda, told, number, workshop=maker.workshop.id)


def _plan(agenda: Agenda, told: Told, number: int, zone: int | None = None, workshop: int | None = None) -> None:
    since = ago(agenda.today, told.since)
    honour = Honour(
        kind=told.kind, title=told.title, zone_id=zone, workshop_id=workshop, granted_by=told.by,
        document=f"{PREFIXES[told.by]}〔{since.year}〕{number} 号", since=since,
        until=None if told.until is None else ago(agenda.today, told.until),
    )  # fmt: skip
    agenda.add(since, Shift.bureau, partial(_grant, honour))
    if told.withdrawn is not None:
        days_ago, reason = told.withdrawn
        agenda.add(ago(agenda.today, days_ago), Shift.bureau, partial(_withdraw, agenda, honour, days_ago, reason))
    if told.given_back is not None:
        agenda.add(ago(agenda.today, told.given_back), Shift.bureau, partial(_give_back, honour))


def _grant(honour: Honour, desk: Desk) -> None:
    acts.grant(desk, honour, WHY)


def _withdraw(agenda: Agenda, honour: Honour, days_ago: int, reason: str, desk: Desk) -> None:
    desk.session.add(honour)
    acts.withdraw(desk, honour, ago(agenda.today, days_ago), reason, WHY)


def _give_back(honour: Honour, desk: Desk) -> None:
    desk.session.add(honour)
    acts.restore(desk, honour, "撤回有误，予以恢复")

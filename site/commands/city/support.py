"""What the zones of the city received, and how their cameras ran month by month."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from functools import partial

from zuofang.rules.calendar import ONE_DAY
from zuofang.site.commands.city.agenda import Agenda, Shift
from zuofang.site.commands.city.chance import chance
from zuofang.site.commands.city.days import ago
from zuofang.site.commands.city.geography import CITY_BUREAU, CITY_GOVERNMENT
from zuofang.site.commands.city.zones import FoundedZone
from zuofang.storage.acts import Desk
from zuofang.traceability.acts import support
from zuofang.traceability.models import CameraMonth, Subsidy

WHY = "示例城市：录入加工区补贴和监控"
ENTERED = 2
"""Days ago on which all of it was entered."""
MONTHS, HOURS, CAMERAS = 6, 720, 40
SUBSIDIES = {
    "beixi-luwei": ((900, 260000, "建设一次性补贴：检验设备、视频监控", CITY_GOVERNMENT),
                    (330, 120000, "场地租金补贴", CITY_GOVERNMENT), (200, 48000, "检测经费补贴", CITY_BUREAU)),
    "luhu-gaodian": ((640, 180000, "建设一次性补贴：检验设备、视频监控", CITY_GOVERNMENT),
                     (150, 30000, "日常管理服务考核补助", CITY_BUREAU)),
    "yunling-mifen": ((420, 1000000, "省级试点建设补助", "省市场监督管理局"),),
}  # fmt: skip
"""By the slug of the zone: days ago, yuan, what for, and who paid."""
SILENT = "wuxi-doucha"
"""The zone that does not report its cameras."""
LIVE = {"beixi-luwei": "https://live.example.cn/beixi"}


def plan_support(agenda: Agenda, zones: Sequence[FoundedZone]) -> None:
    """Put subsidies and months of cameras on the agenda of the bureau."""
    on = ago(agenda.today, ENTERED)
    for founded in zones:
        agenda.add(on, Shift.bureau, partial(_enter, agenda.today, founded))


def _enter(today: date, founded: FoundedZone, desk: Desk) -> None:
    slug, zone = founded.plan.slug, founded.zone
    for days, amount, purpose, payer in SUBSIDIES.get(slug, ()):
        paid = Subsidy(zone_id=zone.id, on=ago(today, days), amount=Decimal(amount), purpose=purpose, payer=payer)
        support.pay_subsidy(desk, paid, WHY)
    if slug in LIVE:
        support.show_live(desk, zone, LIVE[slug], WHY)
    if slug == SILENT:
        return
    month, throws = today.replace(day=1), chance("cameras", slug)
    for _ in range(MONTHS):
        month = (month - ONE_DAY).replace(day=1)
        owed = CAMERAS * HOURS
        report = CameraMonth(zone_id=zone.id, month=month, owed_hours=owed, online_hours=owed - throws.randrange(900))
        support.report_cameras(desk, report, WHY)

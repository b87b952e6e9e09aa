"""Public money that zones received, and what for (补贴). A zone that is not registered is told, never made."""

from __future__ import annotations

from zuofang.rules.sentences import say
from zuofang.traceability.importing import cells
from zuofang.traceability.importing.columns import Row, may, must
from zuofang.traceability.importing.engine import Kind
from zuofang.traceability.importing.merging import Target, Wish, merge
from zuofang.traceability.importing.work import Work, not_ahead, standing
from zuofang.traceability.importing.zone_names import zones_of
from zuofang.traceability.models import Subsidy

COLUMNS = (
    must(
        "name", "加工区名称", "集中加工区名称", "加工区", "所属加工区",
        about="Name of the zone that received it.", clean=cells.words(200),
    ),
    may(
        "district_code", "区划代码", "行政区划代码",
        about="Division by GB/T 2260, where two zones share a name.", clean=cells.district,
    ),
    must("on", "拨付日期", "到账日期", "日期", about="Day of the payment.", clean=cells.day),
    must("amount", "金额", "补贴金额", "金额(元)", about="Yuan, more than nothing.", clean=cells.amount),
    must(
        "purpose", "用途", "补贴用途", "补贴项目",
        about="What for: 建设补贴, 租金补贴, 检测经费补贴 …", clean=cells.words(200),
    ),
    must("payer", "拨付单位", "拨款单位", "补贴单位", about="Who paid it.", clean=cells.words(200)),
    may("document", "文号", "拨付文号", "依据文号", about="Document that grants it.", clean=cells.number()),
)  # fmt: skip
PAID = Target(Subsidy, ("zone_id", "on", "purpose", "payer"), "purpose")
STATED = ("amount", "document")


def take(work: Work, rows: list[Row]) -> None:
    """Bring subsidies to what the rows say; one zone, day, purpose and payer is one payment."""
    for row in rows:
        not_ahead(work, row, "on")
        if row.cells["amount"] <= 0:
            work.refuse(row, "amount", say("补贴的金额要大于零。"))
    zones = zones_of(work, standing(rows))
    merge(work, PAID, [_wish(row, zone) for row, zone in zones.items()])
    work.touch("zone", (zone for row, zone in zones.items() if row.changed != "unchanged"))


def _wish(row: Row, zone: int) -> Wish:
    said = row.cells
    stated = {name: said[name] for name in STATED if name in said}
    return Wish(row, (zone, said["on"], said["purpose"], said["payer"]), stated)


KIND = Kind("subsidies", "加工区补贴", COLUMNS, take)

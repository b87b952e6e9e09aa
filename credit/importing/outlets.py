"""Where goods are sold (展销会、景区特产专柜、门店、网店). An unknown seller is refused."""

from __future__ import annotations

from typing import Any

from zuofang.credit.importing.holders import HOLDER, bring
from zuofang.credit.importing.party_columns import PARTY
from zuofang.credit.models import Outlet, OutletKind
from zuofang.rules.sentences import say
from zuofang.traceability.importing import cells
from zuofang.traceability.importing.columns import Row, may, must
from zuofang.traceability.importing.engine import Kind
from zuofang.traceability.importing.merging import Wish
from zuofang.traceability.importing.work import Work, standing

KINDS = {
    "展销会": OutletKind.fair, "博览会": OutletKind.fair, "景区专柜": OutletKind.scenic_counter,
    "特产专柜": OutletKind.scenic_counter, "门店": OutletKind.shop, "专卖店": OutletKind.shop,
    "网店": OutletKind.online, **{kind.value: kind for kind in OutletKind},
}  # fmt: skip
COLUMNS = (
    *PARTY,
    HOLDER,
    must("kind", "销售点类别", "类别", about="展销会, 景区专柜, 门店 or 网店.", clean=cells.choice(KINDS)),
    must("title", "销售点名称", "展会名称", about="Name of the place or the fair.", clean=cells.words(200)),
    must(
        "place", "销售点地址", "举办地点",
        about="Address; of a shop on the net where it is found.", clean=cells.words(200),
    ),
    must("since", "开始日期", "开业日期", about="First day.", clean=cells.day),
    may("until", "结束日期", about="Last day; needed for a fair.", clean=cells.last_day),
)  # fmt: skip
NAMED = ("kind", "name", "since")


def take(work: Work, rows: list[Row]) -> None:
    """Bring places of sale to what the rows say."""
    for row in rows:
        _check_days(work, row)
    bring(work, standing(rows), Outlet, NAMED, _wish)


def _check_days(work: Work, row: Row) -> None:
    until = row.cells.get("until")
    if until is not None and until < row.cells["since"]:
        work.refuse(row, "until", say("结束的日期早于开始的日期。"))
    elif until is None and row.cells["kind"] is OutletKind.fair:
        work.refuse(row, "until", say("展销会要写明最后一天。"))


def _wish(row: Row, seller: int) -> Wish:
    said = row.cells
    stated: dict[str, Any] = {key: said[key] for key in ("place", "until") if key in said}
    return Wish(row, (seller, said["kind"], said["title"], said["since"]), stated)


KIND = Kind("outlets", "销售点", COLUMNS, take)

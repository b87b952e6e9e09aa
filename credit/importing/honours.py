"""Honours (名特优、5S、示范、非物质文化遗产、品牌) of operators and zones. An unknown holder is refused."""

from __future__ import annotations

from zuofang.credit.importing.holders import HOLDER, bring
from zuofang.credit.importing.party_columns import PARTY
from zuofang.credit.models import Honour, HonourKind
from zuofang.rules.sentences import say
from zuofang.traceability.importing import cells
from zuofang.traceability.importing.columns import Row, may, must
from zuofang.traceability.importing.engine import Kind
from zuofang.traceability.importing.merging import Wish
from zuofang.traceability.importing.work import Work, not_ahead, standing

KINDS = {
    "名特优": HonourKind.fine_workshop, "名特优小作坊": HonourKind.fine_workshop,
    "名特优作坊": HonourKind.fine_workshop,
    "5s": HonourKind.five_s, "5s现场管理": HonourKind.five_s, "5s现场管理达标": HonourKind.five_s,
    "示范单位": HonourKind.model_workshop, "示范作坊": HonourKind.model_workshop,
    "示范小作坊": HonourKind.model_workshop,
    "示范加工区": HonourKind.model_zone, "示范园区": HonourKind.model_zone, "非遗": HonourKind.heritage,
    "非物质文化遗产": HonourKind.heritage, "地方品牌": HonourKind.brand, "品牌": HonourKind.brand,
    "地方特色品牌": HonourKind.brand,
}  # fmt: skip
COLUMNS = (
    *PARTY,
    HOLDER,
    must(
        "kind", "荣誉类别", "荣誉种类", "荣誉类型",
        about="名特优, 5S, 示范作坊, 示范加工区, 非遗 or 地方品牌.", clean=cells.choice(KINDS),
    ),
    must("title", "荣誉名称", about="Title in full.", clean=cells.words(200)),
    must("granted_by", "授予机关", "认定机关", "授予单位", "认定单位", about="Who granted it.", clean=cells.words(200)),
    may("document", "认定文号", "授予文号", "文号", about="Document that grants it.", clean=cells.number()),
    must("since", "有效期起", "认定日期", "授予日期", about="First day.", clean=cells.day),
    may("until", "有效期止", "有效期至", about="Last day, or 长期.", clean=cells.last_day),
)  # fmt: skip

NAMED = ("kind", "title", "since")
STATED = ("granted_by", "document", "until")


def take(work: Work, rows: list[Row]) -> None:
    """Bring honours to what the rows say."""
    for row in rows:
        _check_days(work, row)
    bring(work, standing(rows), Honour, NAMED, _wish)


def _check_days(work: Work, row: Row) -> None:
    not_ahead(work, row, "since")
    if (until := row.cells.get("until")) is not None and until < row.cells["since"]:
        work.refuse(row, "until", say("有效期止早于有效期起。"))


def _wish(row: Row, holder: int) -> Wish:
    said = row.cells
    return Wish(
        row, (holder, said["kind"], said["title"], said["since"]), {key: said[key] for key in STATED if key in said}
    )


KIND = Kind("honours", "荣誉", COLUMNS, take)

"""Products with the contents their labels owe."""

from __future__ import annotations

from sqlalchemy import select

from zuofang.rules.parameters import NoSuchRule
from zuofang.rules.sentences import say
from zuofang.traceability.importing import cells
from zuofang.traceability.importing.columns import Column, Row, may, must
from zuofang.traceability.importing.engine import Kind
from zuofang.traceability.importing.merging import Target, Wish, merge
from zuofang.traceability.importing.references import WORKSHOP, match_workshops
from zuofang.traceability.importing.work import Work, standing
from zuofang.traceability.models import Batch, Packing, Product

PACKINGS = {
    "预包装": Packing.prepacked, "散装": Packing.bulk,
    "预包装食品": Packing.prepacked, "散装食品": Packing.bulk, **{packing.value: packing for packing in Packing},
}  # fmt: skip

COLUMNS = (
    *WORKSHOP,
    must("name", "产品名称", "食品名称", "品名", about="Name as on the label.", clean=cells.words(200)),
    may("specification", "规格", "规格型号", "产品规格", about="Pack size; may be blank.", clean=cells.number()),
    must("category", "食品类别", "产品类别", "类别", about="One of the categories below.", clean=cells.words(60)),
    must("packing", "包装形式", "包装", "包装方式", about="预包装 or 散装.", clean=cells.choice(PACKINGS)),
    may("net_content", "净含量", about="净含量 as on the label.", clean=cells.words(100)),
    may("ingredients", "配料表", "配料", "成分或配料表", about="配料表 as on the label.", clean=cells.words(4000)),
    may("shelf_life_days", "保质期", "保质期(天)", about="Days; the day of making is day 0.", clean=cells.shelf_life),
    may("storage", "贮存条件", "储存条件", "保存条件", about="How to store it.", clean=cells.words(200)),
    may("standard", "产品标准代号", "执行标准", "产品标准", about="Product standard.", clean=cells.number()),
    Column(
        "allergens", ("致敏物质", "过敏原"), "Allergens; 无 is kept as a fact.", cells.spoken(200),
    ),
)  # fmt: skip

PRODUCTS = Target(Product, ("workshop_id", "name", "specification"), "name")
CONTENTS = ("packing", "net_content", "ingredients", "shelf_life_days", "storage", "standard", "allergens")


def take(work: Work, rows: list[Row]) -> None:
    """Bring products to what the rows say; the pages of their batches follow."""
    workshops = match_workshops(work, rows)
    for row, maker in workshops.items():
        if banned := work.desk.rules.foods.banned(row.cells["name"], maker.district, maker.kind, work.today):
            work.refuse(row, "name", banned)
    categories = {row: _category(work, row) for row in workshops}
    wishes = [
        Wish(
            row,
            (workshop.id, row.cells["name"], row.cells.get("specification") or ""),
            {"category": categories[row], **{name: row.cells[name] for name in CONTENTS if name in row.cells}},
        )
        for row, workshop in workshops.items()
        if not row.refused
    ]
    merged = merge(work, PRODUCTS, wishes)
    work.touch("product", merged.changed)
    work.touch("workshop", (workshops[row].id for row in standing(workshops) if row.changed != "unchanged"))
    batches = work.find(select(Batch.id), Batch.product_id.expression, merged.updated)
    work.touch("batch", (row.id for row in batches))


def _category(work: Work, row: Row) -> str:
    try:
        return work.desk.rules.limits.category(row.cells["category"]).code
    except NoSuchRule:
        work.refuse(row, "category", say("没有这个食品类别。类别名称见 docs/imports.md。"))
        return ""


KIND = Kind("products", "产品", COLUMNS, take)

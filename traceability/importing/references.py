"""What a row refers to: its workshop by certificate, its product by name, its batch by lot. Nothing is guessed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select, tuple_

from zuofang.rules.sentences import say
from zuofang.traceability.importing import cells
from zuofang.traceability.importing.columns import Row, may, must
from zuofang.traceability.importing.work import Work, standing
from zuofang.traceability.models import Batch, BatchState, Certificate, OperatorKind, Product, Workshop

WORKSHOP = (
    must(
        "certificate", "登记证编号", "核准证编号", "登记卡编号", "登记证号", "证书编号", "许可证编号",
        about="Number of the workshop's certificate; finds the workshop.", clean=cells.certificate_number,
    ),
    may(
        "workshop", "食品小作坊名称", "小作坊名称", "作坊名称", "经营者名称", "生产者名称",
        about="Name of the workshop. It must agree with the register: a second look at the number.",
        clean=cells.words(200),
    ),
)  # fmt: skip
PRODUCT = (
    *WORKSHOP,
    must(
        "product", "产品名称", "食品名称", "样品名称", "品名",
        about="Name of the product as on its label.", clean=cells.words(200),
    ),
    may(
        "specification", "规格", "规格型号", "产品规格",
        about="Pack size (规格); may stay blank where the product has one only.", clean=cells.number(),
    ),
)  # fmt: skip
BATCH = (
    *PRODUCT,
    must("lot", "批号", "生产批号", "产品批号", about="Lot (批号) as on the label.", clean=cells.number()),
)


@dataclass(frozen=True, slots=True)
class KnownWorkshop:
    """A workshop found by the number of one of its certificates."""

    id: int
    name: str
    district: str
    kind: OperatorKind


@dataclass(frozen=True, slots=True)
class KnownProduct:
    """A product of a workshop."""

    id: int
    specification: str
    category: str
    shelf_life_days: int | None


@dataclass(frozen=True, slots=True)
class KnownBatch:
    """A batch with what later rows are checked against."""

    id: int
    made_on: date
    state: BatchState
    category: str


def match_workshops(work: Work, rows: list[Row]) -> dict[Row, KnownWorkshop]:
    """The workshop of every row; rows without one are refused as unmatched."""
    known = work.remember("workshops", dict[str, KnownWorkshop])
    wanted = {row.cells["certificate"] for row in rows} - known.keys()
    told = Workshop.id, Workshop.name, Workshop.district_code, Workshop.kind
    statement = select(Certificate.number, *told).join(Workshop)
    for number, key, name, district, kind in work.find(statement, Certificate.number.expression, wanted):
        known[number] = KnownWorkshop(key, name, district, kind)
    for row in rows:
        _check_workshop(work, row, known.get(row.cells["certificate"]))
    return {row: known[row.cells["certificate"]] for row in standing(rows)}


def _check_workshop(work: Work, row: Row, found: KnownWorkshop | None) -> None:
    if found is None:
        work.unmatched(row, "certificate", say("没有登记这个编号的证书。请先导入作坊。"))
    elif work.is_mine(row, "certificate", found.district) and row.cells.get("workshop") not in (None, found.name):
        work.refuse(row, "workshop", say("这个登记证编号属于“%(name)s”。", name=found.name))


def match_products(work: Work, rows: list[Row]) -> dict[Row, KnownProduct]:
    """The product of every row; a name that several pack sizes share needs its 规格."""
    workshops = match_workshops(work, rows)
    products = _products(work, {one.id for one in workshops.values()})
    found = {
        row: _choose(work, row, products.get((one.id, row.cells["product"]), ())) for row, one in workshops.items()
    }
    return {row: product for row, product in found.items() if product is not None}


def _products(work: Work, workshops: set[int]) -> dict[tuple[int, str], list[KnownProduct]]:
    known = work.remember("products", dict[tuple[int, str], list[KnownProduct]])
    asked = work.remember("products of", set[int])
    columns = Product.workshop_id, Product.name, Product.id, Product.specification, Product.category
    statement = select(*columns, Product.shelf_life_days)
    for workshop, name, key, size, category, days in work.find(
        statement, Product.workshop_id.expression, workshops - asked
    ):
        known.setdefault((workshop, name), []).append(KnownProduct(key, size, category, days))
    asked |= workshops
    return known


def _choose(work: Work, row: Row, choices: Sequence[KnownProduct]) -> KnownProduct | None:
    wanted = row.cells.get("specification", ...)
    fitting = [one for one in choices if wanted is ... or one.specification == (wanted or "")]
    if len(fitting) == 1:
        return fitting[0]
    if fitting:
        work.refuse(row, "specification", say("这个产品登记了 %(count)s 种规格，请写明规格。", count=len(fitting)))
    elif choices:
        work.unmatched(row, "specification", say("这个产品没有登记这种规格。"))
    else:
        work.unmatched(row, "product", say("这家作坊没有登记这个产品。请先导入产品。"))
    return None


def match_batches(work: Work, rows: list[Row]) -> dict[Row, KnownBatch]:
    """The batch of every row; rows without one are refused as unmatched."""
    products = match_products(work, rows)
    known = work.remember("batches", dict[tuple[int, str], KnownBatch])
    wanted = {(product.id, row.cells["lot"]): product for row, product in products.items()}
    statement = select(Batch.product_id, Batch.lot, Batch.id, Batch.made_on, Batch.state)
    place = tuple_(Batch.product_id, Batch.lot)
    for of, lot, key, made_on, state in work.find(statement, place, wanted.keys() - known.keys()):
        known[of, lot] = KnownBatch(key, made_on, state, wanted[of, lot].category)
    for row, product in products.items():
        if (product.id, row.cells["lot"]) not in known:
            work.unmatched(row, "lot", say("这个产品没有登记这个批号。请先导入批次。"))
    return {row: known[product.id, row.cells["lot"]] for row, product in products.items() if not row.refused}

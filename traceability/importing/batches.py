"""Batches: what was made, when, how much, and of which materials."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from sqlalchemy import Row as Found
from sqlalchemy import select, tuple_

from zuofang.rules.sentences import Sentence, say
from zuofang.traceability.acts.batches import shelf_life_ends
from zuofang.traceability.importing import cells
from zuofang.traceability.importing.columns import Row, may, must
from zuofang.traceability.importing.engine import Kind
from zuofang.traceability.importing.merging import Merged, Target, Wish, merge
from zuofang.traceability.importing.references import BATCH, KnownProduct, match_products, match_workshops
from zuofang.traceability.importing.work import Work, not_ahead, standing
from zuofang.traceability.models import Batch, BatchMaterial, BatchState, MaterialReceipt

COLUMNS = (
    *BATCH,
    must("made_on", "生产日期", "加工日期", "制作日期", about="Day of making.", clean=cells.day),
    may(
        "best_before", "保质期至", "保质期到期日", "有效期至",
        about="Last day of shelf life; counted from the product's shelf life where blank.", clean=cells.last_day,
    ),
    may("quantity", "数量", "产量", "生产数量", about="How much was made, digits only.", clean=cells.amount),
    may("unit", "单位", "计量单位", about="Unit of the quantity.", clean=cells.words(20)),
    may(
        "materials", "使用原料", "原料", "原辅料",
        about="Materials used, name/lot each, separated by ；; they must have been received.", clean=cells.several,
    ),
)  # fmt: skip

STATED = ("made_on", "best_before", "quantity", "unit")
FIXED = frozenset({"made_on", "best_before"})


def keep_decided(found: Found[Any], changes: dict[str, Any]) -> Sentence | None:
    """The days of a batch stay as they were released; what was printed on labels cannot be changed afterwards."""
    if FIXED & changes.keys() and found.state is not BatchState.pending:
        return say("这一批已经放行或封存，生产日期和保质期不能再改。")
    if "made_on" in changes and "best_before" not in changes and found.best_before is not None:
        return say("改生产日期，要同时写明新的保质期至。")
    return None


BATCHES = Target(Batch, ("product_id", "lot"), "lot", guard=keep_decided)
USED = Target(BatchMaterial, ("batch_id", "receipt_id"), "materials", part=True)


def take(work: Work, rows: list[Row]) -> None:
    """Bring batches and their materials to what the rows say."""
    products = match_products(work, rows)
    wishes = []
    for row, product in products.items():
        not_ahead(work, row, "made_on")
        if (last := row.cells.get("best_before")) is not None and last < row.cells["made_on"]:
            work.refuse(row, "best_before", say("保质期至早于生产日期。"))
        if not row.refused:
            wishes.append(_wish(row, product))
    merged = merge(work, BATCHES, wishes)
    _use_materials(work, wishes, merged)
    work.touch("batch", (merged.ids[wish.key] for wish in wishes if wish.row.changed != "unchanged"))


def _wish(row: Row, product: KnownProduct) -> Wish:
    """What a row says of its batch; the last day is counted from the shelf life only when the batch is new."""
    stated = {name: row.cells[name] for name in STATED if name in row.cells}
    last_day = shelf_life_ends(row.cells["made_on"], product.shelf_life_days)
    return Wish(row, (product.id, row.cells["lot"]), stated, {"best_before": last_day})


def _use_materials(work: Work, wishes: list[Wish], merged: Merged) -> None:
    rows = [wish.row for wish in wishes if wish.row.cells.get("materials")]
    receipts = _receipts(work, rows)
    used = []
    for wish in wishes:
        workshop = work.memory["workshops"][wish.row.cells["certificate"]].id
        for named in wish.row.cells.get("materials") or ():
            name, _, lot = (part.strip() for part in named.partition("/"))
            receipt = _choose(work, wish.row, named, receipts[workshop, name, lot])
            if receipt is not None:
                used.append(Wish(wish.row, (merged.ids[wish.key], receipt), {}))
    merge(work, USED, used)


def _receipts(work: Work, rows: list[Row]) -> dict[tuple[int, str, str], list[int]]:
    """Receipts by workshop, name and lot."""
    workshops = match_workshops(work, standing(rows))
    wanted = {
        (workshops[row].id, named.partition("/")[0].strip()) for row in workshops for named in row.cells["materials"]
    }
    statement = select(MaterialReceipt.workshop_id, MaterialReceipt.name, MaterialReceipt.lot, MaterialReceipt.id)
    found = defaultdict(list)
    for workshop, name, lot, key in work.find(
        statement, tuple_(MaterialReceipt.workshop_id, MaterialReceipt.name), wanted
    ):
        found[workshop, name, lot].append(key)
    return found


def _choose(work: Work, row: Row, named: str, receipts: list[int]) -> int | None:
    if len(receipts) == 1:
        return receipts[0]
    if receipts:
        work.refuse(
            row, "materials", say("原料“%(named)s”有 %(count)s 次进货，无法分辨。", named=named, count=len(receipts))
        )
    else:
        work.unmatched(row, "materials", say("没有原料“%(named)s”的进货记录。写法是：名称/批号。", named=named))
    return None


KIND = Kind("batches", "批次", COLUMNS, take)

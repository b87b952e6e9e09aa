"""Raw materials received (进货查验), with what the record must hold by FSL Art 50."""

from __future__ import annotations

from sqlalchemy import select

from zuofang.traceability.importing import cells
from zuofang.traceability.importing.columns import Row, may, must
from zuofang.traceability.importing.engine import Kind
from zuofang.traceability.importing.merging import Target, Wish, merge
from zuofang.traceability.importing.references import WORKSHOP, match_workshops
from zuofang.traceability.importing.work import Work, not_ahead
from zuofang.traceability.models import BatchMaterial, MaterialReceipt

COLUMNS = (
    *WORKSHOP,
    must("name", "原料名称", "食品原料名称", "进货名称", about="What was received.", clean=cells.words(200)),
    may("specification", "规格", "规格型号", about="Pack size of the material.", clean=cells.words(100)),
    may(
        "lot", "原料批号", "生产日期或批号", "批号", "生产批号",
        about="生产日期或批号 of the supplier.", clean=cells.number(),
    ),
    must("quantity", "数量", "进货数量", about="How much, digits only.", clean=cells.amount),
    must("unit", "单位", "计量单位", about="Unit of the quantity.", clean=cells.words(20)),
    may("best_before", "保质期至", "有效期至", "保质期到期日", about="Last day of its shelf life.", clean=cells.day),
    must("received_on", "进货日期", "收货日期", "验收日期", about="Day it was received.", clean=cells.day),
    must("supplier", "供货者名称", "供货者", "供应商", "供货单位", about="Who supplied it.", clean=cells.words(200)),
    may(
        "supplier_address", "供货者地址", "供应商地址", "供货单位地址",
        about="Address of the supplier.", clean=cells.words(200),
    ),
    may(
        "supplier_contact", "供货者联系方式", "供货者电话", "供应商联系方式", "供应商电话",
        about="Contact of the supplier; inside only.", clean=cells.words(100), personal=True,
    ),
    may(
        "supplier_licence", "供货者许可证号", "供货者许可证编号", "供应商许可证号",
        about="Licence of the supplier.", clean=cells.number(),
    ),
    may("voucher", "进货凭证号", "凭证编号", "进货票据号", about="Number of the proof.", clean=cells.number()),
)  # fmt: skip

RECEIPTS = Target(
    MaterialReceipt,
    ("workshop_id", "name", "lot", "received_on", "supplier"),
    "name",
    private=frozenset({"supplier_contact"}),
)
STATED = ("specification", "quantity", "unit", "best_before")
OF_SUPPLIER = ("supplier_address", "supplier_contact", "supplier_licence", "voucher")


def take(work: Work, rows: list[Row]) -> None:
    """Bring the receipts to what the rows say; the pages of batches made of them follow."""
    workshops = match_workshops(work, rows)
    for row in workshops:
        not_ahead(work, row, "received_on")
    wishes = [_wish(row, workshop.id) for row, workshop in workshops.items() if not row.refused]
    merged = merge(work, RECEIPTS, wishes)
    work.touch("material_receipt", merged.changed)
    batches = work.find(select(BatchMaterial.batch_id), BatchMaterial.receipt_id.expression, merged.updated)
    work.touch("batch", (row.batch_id for row in batches))


def _wish(row: Row, workshop: int) -> Wish:
    said = row.cells
    key = (workshop, said["name"], said.get("lot") or "", said["received_on"], said["supplier"])
    return Wish(row, key, {name: said[name] for name in (*STATED, *OF_SUPPLIER) if name in said})


KIND = Kind("materials", "进货查验记录", COLUMNS, take)

"""Goods that left (FSL Art 51). Names and contacts of receivers stay inside.

An import records what happened: unlike the act of delivering, it does not ask whether the batch was released, because a
recall must find goods that left without a release as well. It says so in a note.
"""

from __future__ import annotations

from zuofang.rules.sentences import say
from zuofang.traceability.importing import cells
from zuofang.traceability.importing.columns import Row, may, must
from zuofang.traceability.importing.engine import Kind
from zuofang.traceability.importing.merging import Target, Wish, merge
from zuofang.traceability.importing.references import BATCH, KnownBatch, match_batches
from zuofang.traceability.importing.work import Work, not_ahead
from zuofang.traceability.models import BatchState, Delivery, DeliveryKind, ReceiverKind

KINDS = {
    "定点配给": DeliveryKind.assigned, "统一配送": DeliveryKind.zone_delivery, "其他": DeliveryKind.other,
    **{kind.value: kind for kind in DeliveryKind},
}  # fmt: skip
RECEIVERS = {
    "学校": ReceiverKind.school, "食堂": ReceiverKind.canteen, "超市": ReceiverKind.supermarket,
    "农贸市场": ReceiverKind.market, "商店": ReceiverKind.shop, "餐饮": ReceiverKind.restaurant,
    "批发商": ReceiverKind.wholesaler, "其他": ReceiverKind.other, "集体食堂": ReceiverKind.canteen,
    "市场": ReceiverKind.market, "餐馆": ReceiverKind.restaurant, "批发": ReceiverKind.wholesaler,
    **{kind.value: kind for kind in ReceiverKind},
}  # fmt: skip

COLUMNS = (
    *BATCH,
    must(
        "voucher", "发货单号", "销售凭证号", "送货单号", "出库单号",
        about="Number of the delivery note.", clean=cells.number(),
    ),
    may("kind", "配送方式", "销售方式", about="定点配给, 统一配送 or 其他 (default).", clean=cells.choice(KINDS)),
    must("delivered_on", "销售日期", "发货日期", "送货日期", about="Day the goods left.", clean=cells.day),
    must("quantity", "数量", "销售数量", "发货数量", about="How much, digits only.", clean=cells.amount),
    must("unit", "单位", "计量单位", about="Unit of the quantity.", clean=cells.words(20)),
    must(
        "receiver_kind", "购货者类别", "购货者类型", "客户类别",
        about="学校, 食堂, 超市, 农贸市场, 商店, 餐饮, 批发商 or 其他; may be public.", clean=cells.choice(RECEIVERS),
    ),
    may(
        "receiver_district", "购货者区划代码", "销往区划代码",
        about="Division the goods went to, six digits; may be public.", clean=cells.district,
    ),
    must(
        "receiver", "购货者名称", "购货者", "收货单位", "客户名称",
        about="Who received them; inside only.", clean=cells.words(200), personal=True,
    ),
    may(
        "receiver_address", "购货者地址", "收货地址", "客户地址",
        about="Address of the receiver; inside only.", clean=cells.words(200), personal=True,
    ),
    may(
        "receiver_contact", "购货者联系方式", "购货者电话", "客户电话",
        about="Contact of the receiver; inside only.", clean=cells.words(100), personal=True,
    ),
)  # fmt: skip

INSIDE = ("receiver", "receiver_address", "receiver_contact")
DELIVERIES = Target(Delivery, ("batch_id", "voucher"), "voucher", private=frozenset(INSIDE))
STATED = ("kind", "delivered_on", "quantity", "unit", "receiver_kind", "receiver_district", *INSIDE)


def take(work: Work, rows: list[Row]) -> None:
    """Bring the deliveries to what the rows say."""
    batches = match_batches(work, rows)
    for row, batch in batches.items():
        _check(work, row, batch)
    wishes = [_wish(row, batch) for row, batch in batches.items() if not row.refused]
    merge(work, DELIVERIES, wishes)
    work.touch("batch", (wish.key[0] for wish in wishes if wish.row.changed != "unchanged"))


def _check(work: Work, row: Row, batch: KnownBatch) -> None:
    not_ahead(work, row, "delivered_on")
    if row.cells["delivered_on"] < batch.made_on:
        work.refuse(row, "delivered_on", say("销售日期早于生产日期。"))
    elif batch.state is not BatchState.released:
        work.note(say("有发货记录的批次没有放行。记录照样保存，召回时才找得到购货者。"))


def _wish(row: Row, batch: KnownBatch) -> Wish:
    if row.cells.get("kind") is None:
        row.cells.pop("kind", None)  # a delivery is always of some kind
    stated = {name: row.cells[name] for name in STATED if name in row.cells}
    return Wish(row, (batch.id, row.cells["voucher"]), stated, {"kind": DeliveryKind.other})


KIND = Kind("deliveries", "销售记录", COLUMNS, take)

"""Acts on batches: receiving materials, making, testing, releasing, blocking, delivering."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal

from sqlalchemy import select

from zuofang.rules.sentences import say
from zuofang.storage.acts import Desk, Refused
from zuofang.traceability.acts.lookups import require
from zuofang.traceability.models import (
    Batch,
    BatchMaterial,
    BatchState,
    Conclusion,
    Delivery,
    MaterialReceipt,
    Method,
    Product,
    Recall,
    ReleaseTest,
)


def receive_material(desk: Desk, receipt: MaterialReceipt, why: str) -> MaterialReceipt:
    """Record a raw material received (进货查验)."""
    desk.session.add(receipt)
    desk.record("material.receive", receipt, why, name=receipt.name, lot=receipt.lot, received_on=receipt.received_on)
    return receipt


def shelf_life_ends(made_on: date, days: int | None) -> date | None:
    """The last day of a shelf life of so many days; the day of making is day 0. Nothing where none is stated."""
    return None if days is None else made_on + timedelta(days=days)


def open_batch(
    desk: Desk, product: Product, lot: str, made_on: date, why: str, *,
    materials: Iterable[MaterialReceipt] = (), quantity: Decimal | None = None, unit: str | None = None,
) -> Batch:  # fmt: skip
    """Record that a batch was made; its last day follows from the product's shelf life."""
    best_before = shelf_life_ends(made_on, product.shelf_life_days)
    batch = Batch(
        product=product, lot=lot, made_on=made_on, best_before=best_before, quantity=quantity, unit=unit,
        state=BatchState.pending, next_serial=1,
        materials=[BatchMaterial(receipt=receipt) for receipt in materials],
    )  # fmt: skip
    desk.session.add(batch)
    desk.record("batch.open", batch, why, lot=lot, made_on=made_on, best_before=best_before)
    return batch


def record_test(desk: Desk, test: ReleaseTest, why: str) -> ReleaseTest:
    """Record a test sheet of a batch. A sheet that fails blocks the batch if it had been released."""
    desk.session.add(test)
    desk.session.flush()
    subject = ("batch", str(test.batch_id))
    desk.record("test.record", subject, why, number=test.number, conclusion=test.conclusion, tested_on=test.tested_on)
    batch = require(desk, Batch, test.batch_id, say("没有这一批次。"))
    if test.conclusion is Conclusion.failed and batch.state is BatchState.released:
        block(desk, batch, "出厂检验不合格", why)
    return test


def annul_test(desk: Desk, key: int, why: str) -> None:
    """Annul a sheet that was wrong. It stays visible as annulled; a batch released on it goes back to undecided."""
    test = require(desk, ReleaseTest, key, say("没有这份检验记录。"))
    test.annulled_on, test.annulled_why = desk.now.date(), why
    desk.record("test.annul", ("batch", str(test.batch_id)), why, number=test.number)
    batch = require(desk, Batch, test.batch_id, say("没有这一批次。"))
    if batch.state is BatchState.released and not _passed(desk, batch):
        undo_release(desk, batch, why)


def release(desk: Desk, batch: Batch, why: str) -> None:
    """Let a batch leave (放行): only what passed its release test may (FSL Art 52).

    Raises:
        Refused: it is not waiting for a decision, has no test that passed, or is being called back.
    """
    if batch.state is not BatchState.pending:
        raise Refused(say("批号 %(lot)s 已有决定，不能再放行。", lot=batch.lot))
    if not _passed(desk, batch):
        raise Refused(say("批号 %(lot)s 没有合格的出厂检验，不能放行。", lot=batch.lot))
    if _recalled(desk, batch.id):
        raise Refused(say("批号 %(lot)s 正在召回，不能放行。", lot=batch.lot))
    batch.state, batch.decided_at = BatchState.released, desk.now
    desk.record("batch.release", batch, why, lot=batch.lot)


def undo_release(desk: Desk, batch: Batch, why: str) -> None:
    """Take a release back; the batch is undecided again."""
    if batch.state is not BatchState.released:
        raise Refused(say("批号 %(lot)s 没有放行，无从撤回。", lot=batch.lot))
    batch.state, batch.decided_at = BatchState.pending, None
    desk.record("batch.undo_release", batch, why, lot=batch.lot)


def block(desk: Desk, batch: Batch, reason: str, why: str) -> None:
    """Block a batch (封存): it must not leave. ``reason`` is shown to the public."""
    if batch.state is BatchState.blocked:
        raise Refused(say("批号 %(lot)s 已经封存。", lot=batch.lot))
    batch.state, batch.decided_at, batch.block_reason = BatchState.blocked, desk.now, reason
    desk.record("batch.block", batch, why, lot=batch.lot, reason=reason)


def unblock(desk: Desk, batch: Batch, why: str) -> None:
    """Lift a block; the batch is undecided again and needs a release of its own."""
    if batch.state is not BatchState.blocked:
        raise Refused(say("批号 %(lot)s 没有封存。", lot=batch.lot))
    batch.state, batch.decided_at, batch.block_reason = BatchState.pending, None, None
    desk.record("batch.unblock", batch, why, lot=batch.lot)


def deliver(desk: Desk, batch: Batch, delivery: Delivery, why: str) -> Delivery:
    """Record goods that left, so that a recall can name every receiver.

    Raises:
        Refused: the batch is not released.
    """
    if batch.state is not BatchState.released:
        raise Refused(say("批号 %(lot)s 没有放行，不能发货。", lot=batch.lot))
    delivery.batch_id = batch.id
    desk.session.add(delivery)
    desk.record("batch.deliver", batch, why, voucher=delivery.voucher, receiver_kind=delivery.receiver_kind)
    return delivery


def take_back_delivery(desk: Desk, key: int, why: str) -> None:
    """Strike out a delivery that never happened; the journal keeps its number.

    Raises:
        Refused: there is none, or its batch was called back: everybody on the list must be told, and the list stays as
            it was told when the recall has ended, as the end can be taken back.
    """
    delivery = require(desk, Delivery, key, say("没有这张发货单。"))
    if _recalled(desk, delivery.batch_id):
        raise Refused(say("这一批已经启动召回，名单上的人都要通知到，不能删除发货。"))
    desk.session.delete(delivery)
    desk.record("batch.undo_delivery", ("batch", str(delivery.batch_id)), why, voucher=delivery.voucher)


def _passed(desk: Desk, batch: Batch) -> bool:
    tests = desk.session.scalars(select(ReleaseTest).filter_by(batch_id=batch.id, annulled_on=None)).all()
    regular = [test for test in tests if test.method is Method.regular]
    newest = max(regular or tests, key=lambda test: (test.tested_on, test.id), default=None)
    return newest is not None and newest.conclusion is Conclusion.passed


def _recalled(desk: Desk, batch: int) -> bool:
    return desk.session.scalars(select(Recall).filter_by(batch_id=batch, withdrawn_on=None)).first() is not None

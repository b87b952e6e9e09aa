"""Acts of a recall (召回): begin, announce, finish, withdraw; and the list of everyone who received the goods."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import select

from zuofang.rules.calendar import china_day
from zuofang.rules.sentences import say
from zuofang.storage.acts import Desk, Refused
from zuofang.traceability import recalls as clocks
from zuofang.traceability.acts.batches import block
from zuofang.traceability.models import Batch, BatchState, Delivery, Recall


def recall(desk: Desk, batch: Batch, level: int, reason: str, known_at: datetime, why: str) -> Recall:
    """Call a batch back. The clock of the start runs from the moment the operator knew (Art 13); the batch is blocked.

    Raises:
        Refused: the level is not 1, 2 or 3, the moment lies ahead, or the batch is being called back already.
    """
    if level not in clocks.LEVELS:
        raise Refused(say("召回级别只能是 1、2、3。"))
    if known_at > desk.now:
        raise Refused(say("知悉的时间不能晚于现在。"))
    if desk.session.scalars(select(Recall).filter_by(batch_id=batch.id, withdrawn_on=None)).first():
        raise Refused(say("批号 %(lot)s 已在召回。", lot=batch.lot))
    due = clocks.start_due(level, known_at, desk.rules)
    row = Recall(batch=batch, level=level, reason=reason, known_at=known_at, start_due=due, finish_provisional=False)
    desk.session.add(row)
    desk.record("recall.begin", batch, why, level=level, reason=reason, start_due=due)
    if batch.state is not BatchState.blocked:
        block(desk, batch, reason, why)
    return row


def announce(desk: Desk, row: Recall, on: date, why: str) -> None:
    """Record the notice of a recall; the clock of its end runs from here (Art 18).

    Raises:
        Refused: the day lies ahead, or before the operator knew.
    """
    if not china_day(row.known_at) <= on <= desk.today:
        raise Refused(say("公告的日期早于知悉的日期，或者还没有到。"))
    due = clocks.finish_due(row.level, on, desk.rules)
    row.announced_on, row.finish_due, row.finish_provisional = on, due.day, due.provisional
    desk.record("recall.announce", row.batch, why, on=on, finish_due=due.day)


def undo_announcement(desk: Desk, row: Recall, why: str) -> None:
    """Take the notice back: it was entered in error. The recall waits for one again."""
    if row.extended_to:
        raise Refused(say("完成期限已经延长，请先撤销延长。"))
    row.announced_on, row.finish_due, row.finish_provisional = None, None, False
    desk.record("recall.undo_announcement", row.batch, why)


def extend(desk: Desk, row: Recall, to: date, reason: str, why: str) -> None:
    """Agree to a later last day, where the matter is complex; the new day and the reason are public (Art 18).

    Raises:
        Refused: the recall is not announced, or the day is not later than the one that holds.
    """
    if row.finish_due is None:
        raise Refused(say("召回还没有公告，完成期限还没有开始算。"))
    if to <= (row.extended_to or row.finish_due):
        raise Refused(say("延长以后的最后一日必须晚于现在的最后一日。"))
    row.extended_to, row.extended_why = to, reason
    desk.record("recall.extend", row.batch, why, to=to, reason=reason)


def undo_extension(desk: Desk, row: Recall, why: str) -> None:
    """Take the agreement back; the last day of the law holds again."""
    if row.extended_to is None:
        raise Refused(say("完成期限没有延长过。"))
    row.extended_to = row.extended_why = None
    desk.record("recall.undo_extension", row.batch, why)


def finish(desk: Desk, row: Recall, on: date, why: str) -> None:
    """Record that a recall is finished. The batch stays one that must not be eaten."""
    if row.announced_on is None or not row.announced_on <= on <= desk.today:
        raise Refused(say("召回还没有公告，或者结束的日期早于公告、还没有到。"))
    row.finished_on = on
    desk.record("recall.finish", row.batch, why, on=on)


def undo_finish(desk: Desk, row: Recall, why: str) -> None:
    """Take the end back: goods are still out there. The clock of the end runs on."""
    row.finished_on = None
    desk.record("recall.undo_finish", row.batch, why)


def withdraw(desk: Desk, row: Recall, on: date, why: str) -> None:
    """Take back a recall that was declared in error. The block stays until someone lifts it."""
    row.withdrawn_on = on
    desk.record("recall.withdraw", row.batch, why, on=on)


def receivers(desk: Desk, batch: Batch) -> Sequence[Delivery]:
    """Everyone who received goods of the batch; reading the list is itself recorded."""
    found = desk.session.scalars(select(Delivery).filter_by(batch_id=batch.id).order_by(Delivery.delivered_on)).all()
    desk.record("recall.list_receivers", batch, "召回名单", deliveries=len(found))
    return found

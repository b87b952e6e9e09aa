"""Recalls at the desk: begun with their level, announced, finished, or taken back; each with its clock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal

from flask import Blueprint
from sqlalchemy import select
from werkzeug.wrappers import Response as AnyResponse

from zuofang.rules.calendar import CHINA
from zuofang.rules.sentences import say
from zuofang.site.console.acting import attempt
from zuofang.site.console.answers import DAY_MISSING, REASON_MISSING, form, page
from zuofang.site.console.laboratory.desk import OF_BATCH, batch_page, decide
from zuofang.site.console.rights import may
from zuofang.storage.accounts.models import Role
from zuofang.storage.acts import Desk, Refused
from zuofang.traceability.acts import recalls as acts
from zuofang.traceability.acts.lookups import batch as batch_of
from zuofang.traceability.models import Batch, Delivery, Recall
from zuofang.traceability.queries.belonging import of_batch

pages = Blueprint("recalls", __name__)


@pages.post("/laboratory/batches/<key:batch>/recall")
@may(*OF_BATCH, place=of_batch)
def begin(batch: int) -> AnyResponse:
    """Call the batch back; it is blocked at the same time."""
    answers = form()
    level = answers.whole("level", say("请选召回级别。"), 1, 3) or 0
    reason = answers.text("recall_reason", REASON_MISSING)
    day = answers.day("known_on", say("请填哪一天知道的。"))
    try:
        hour = time.fromisoformat(answers.text("known_at", say("请填几点知道的。"), most=8) or "00:00")
    except ValueError:
        hour = time()
        answers.wrong("known_at", say("时间写成 14:30 这样。"))
    known = datetime.combine(day, hour, CHINA) if day else None

    def act(desk: Desk, row: Batch, why: str) -> None:
        acts.recall(desk, row, level, reason, known or desk.now, why)

    return decide(batch, "recall", act, answers)


@pages.post("/laboratory/batches/<key:batch>/announce")
@may(*OF_BATCH, place=of_batch)
def announce(batch: int) -> AnyResponse:
    """Record the notice; the clock of the end runs from its day."""
    answers = form()
    day = answers.day("announced_on", DAY_MISSING)

    def act(desk: Desk, row: Batch, why: str) -> None:
        acts.announce(desk, _open(desk, row), day or desk.today, why)

    return decide(batch, "announce", act, answers)


@pages.post("/laboratory/batches/<key:batch>/undo-announcement")
@may(*OF_BATCH, place=of_batch)
def undo_announcement(batch: int) -> AnyResponse:
    """Take the notice back that was entered in error."""
    return decide(
        batch, "undo_announcement", lambda desk, row, why: acts.undo_announcement(desk, _open(desk, row), why)
    )


@pages.post("/laboratory/batches/<key:batch>/extend")
@may(Role.officer, place=of_batch)
def extend(batch: int) -> AnyResponse:
    """Agree to a later last day of the recall; the public sees the day and the reason."""
    answers = form()
    to = answers.day("extended_to", DAY_MISSING)
    reason = answers.text("extended_why", REASON_MISSING)

    def act(desk: Desk, row: Batch, why: str) -> None:
        acts.extend(desk, _open(desk, row), to or desk.today, reason, why)

    return decide(batch, "extend_recall", act, answers)


@pages.post("/laboratory/batches/<key:batch>/undo-extension")
@may(Role.officer, place=of_batch)
def undo_extension(batch: int) -> AnyResponse:
    """Take the agreement to a later day back."""
    return decide(
        batch, "undo_recall_extension", lambda desk, row, why: acts.undo_extension(desk, _open(desk, row), why)
    )


@pages.post("/laboratory/batches/<key:batch>/finish")
@may(*OF_BATCH, place=of_batch)
def finish(batch: int) -> AnyResponse:
    """Record that the recall is finished."""
    answers = form()
    day = answers.day("finished_on", DAY_MISSING)

    def act(desk: Desk, row: Batch, why: str) -> None:
        acts.finish(desk, _open(desk, row), day or desk.today, why)

    return decide(batch, "finish", act, answers)


@pages.post("/laboratory/batches/<key:batch>/undo-finish")
@may(*OF_BATCH, place=of_batch)
def undo_finish(batch: int) -> AnyResponse:
    """Take the end of the recall back: it goes on."""
    return decide(batch, "undo_finish", lambda desk, row, why: acts.undo_finish(desk, _finished(desk, row), why))


@pages.post("/laboratory/batches/<key:batch>/receivers")
@may(*OF_BATCH, place=of_batch)
def receivers(batch: int) -> AnyResponse:
    """Everyone who received goods of a batch that is called back, to be told; that the list was read is recorded."""
    answers = form()

    def act(desk: Desk) -> tuple[str, str, list[Receiver]]:
        row = batch_of(desk, batch)
        _open(desk, row)
        return row.product.name, row.lot, [_receiver(one) for one in acts.receivers(desk, row)]

    found = attempt(answers, act, ("batch", str(batch)))
    if found is None:
        return batch_page(batch, answers)
    return page("console/laboratory/receivers.html", batch=batch, product=found[0], lot=found[1], found=found[2])


@dataclass(frozen=True, slots=True)
class Receiver:
    """Somebody who must be told of a recall."""

    name: str
    address: str | None
    contact: str | None
    quantity: Decimal
    unit: str
    on: date
    voucher: str


def _receiver(row: Delivery) -> Receiver:
    return Receiver(
        row.receiver, row.receiver_address, row.receiver_contact, row.quantity, row.unit, row.delivered_on, row.voucher
    )


@pages.post("/laboratory/batches/<key:batch>/withdraw")
@may(*OF_BATCH, place=of_batch)
def withdraw(batch: int) -> AnyResponse:
    """Take back a recall that was declared in error."""
    return decide(batch, "withdraw", lambda desk, row, why: acts.withdraw(desk, _open(desk, row), desk.today, why))


def _open(desk: Desk, row: Batch) -> Recall:
    """The recall of a batch that still runs."""
    statement = select(Recall).filter_by(batch_id=row.id, withdrawn_on=None, finished_on=None)
    found = desk.session.scalars(statement.with_for_update()).first()
    if found is None:
        raise Refused(say("批号 %(lot)s 没有进行中的召回。", lot=row.lot))
    return found


def _finished(desk: Desk, row: Batch) -> Recall:
    """The recall of a batch that came to its end."""
    statement = select(Recall).filter_by(batch_id=row.id, withdrawn_on=None).where(Recall.finished_on.is_not(None))
    found = desk.session.scalars(statement.with_for_update()).first()
    if found is None:
        raise Refused(say("批号 %(lot)s 没有已经结束的召回。", lot=row.lot))
    return found

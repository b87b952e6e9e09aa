"""Acts on labels: giving serials to a print run, and declaring labels void.

Serials are never given twice. A run takes its range from the batch in one transaction, and what it took stays taken
whatever becomes of the printing; labels that were not printed, or were lost, are revoked.
"""

from __future__ import annotations

from sqlalchemy import select

from zuofang.rules.sentences import Sentence, say
from zuofang.storage.acts import Desk, Refused
from zuofang.traceability.acts.lookups import batch as batch_of
from zuofang.traceability.acts.lookups import require
from zuofang.traceability.codes import LAST_SERIAL
from zuofang.traceability.models import Batch, BatchState, LabelKind, LabelRevocation, LabelRun


def issue(desk: Desk, key: int, kind: LabelKind, copies: int, layout: str, why: str) -> LabelRun:
    """Reserve the labels of one print run of the batch ``key``, minted with the newest label key.

    The opposite is :func:`revoke`: a serial given to a run is never given to another.

    Raises:
        Refused: there is no such batch, it is blocked, nothing is asked for, or its serials are used up.
    """
    batch = batch_of(desk, key)
    if batch.state is BatchState.blocked:
        raise Refused(say("批号 %(lot)s 已封存，不印标签。", lot=batch.lot))
    if copies < 1:
        raise Refused(say("要印的标签至少一枚。"))
    first, last = _take_serials(batch, copies) if kind is LabelKind.item else (0, 0)
    run = LabelRun(
        batch_id=batch.id, kind=kind, first=first, last=last, copies=copies, key_version=max(desk.keys.labels),
        layout=layout, issued_at=desk.now,
    )  # fmt: skip
    desk.session.add(run)
    desk.session.flush()
    desk.record("labels.issue", batch, why, run=run.id, kind=kind, first=first, last=last, copies=copies)
    return run


def adopt(
    desk: Desk,
    key: int,
    kind: LabelKind,
    serials: tuple[int, int],
    copies: int,
    layout: str,
    key_version: int,
    why: str,
) -> LabelRun:
    """Enter a run that was printed and then forgotten, because an older state of the database was put back.

    The opposite is :func:`revoke`, as for every run.

    Raises:
        Refused: there is no such batch, or its serials went to another run meanwhile.
    """
    batch = batch_of(desk, key)
    first, last = serials
    if kind is LabelKind.item and first < batch.next_serial:
        raise Refused(
            say("批号 %(lot)s 的 %(first)d 号已发给别的印制任务，两批标签重号，请作废。", lot=batch.lot, first=first)
        )
    batch.next_serial = max(batch.next_serial, last + 1)
    run = LabelRun(
        batch_id=batch.id, kind=kind, first=first, last=last, copies=copies, key_version=key_version, layout=layout,
        issued_at=desk.now,
    )  # fmt: skip
    desk.session.add(run)
    desk.session.flush()
    desk.record("labels.adopt", batch, why, run=run.id, kind=kind, first=first, last=last, copies=copies)
    return run


def finish(desk: Desk, key: int, why: str) -> LabelRun:
    """Note that every file of a run is on disk. Its opposite is :func:`reopen`."""
    run = require(desk, LabelRun, key, _no_run(key))
    if run.finished_at is None:
        run.finished_at = desk.now
        desk.record("labels.finish", ("batch", str(run.batch_id)), why, run=run.id)
    return run


def reopen(desk: Desk, key: int, why: str) -> LabelRun:
    """Take a note of completion back: files of the run are missing and will be written again, with the same serials."""
    run = require(desk, LabelRun, key, _no_run(key))
    if run.finished_at is not None:
        run.finished_at = None
        desk.record("labels.reopen", ("batch", str(run.batch_id)), why, run=run.id)
    return run


def revoke(desk: Desk, key: int, first: int, last: int, reason: str, why: str) -> LabelRevocation:
    """Declare the labels of the batch ``key`` from ``first`` to ``last`` void (0 to 0: its batch code).

    ``reason`` is shown to whoever scans one of them.

    Raises:
        Refused: they were never issued, or some of them are void already.
    """
    batch = batch_of(desk, key)
    _require_issued(desk, batch, first, last)
    if _revocations(desk, batch.id, first, last):
        raise Refused(say("这些标签里有已经作废的，不能重复作废。"))
    revocation = LabelRevocation(batch_id=batch.id, first=first, last=last, reason=reason, revoked_at=desk.now)
    desk.session.add(revocation)
    desk.record("labels.revoke", batch, why, first=first, last=last, reason=reason)
    return revocation


def restore(desk: Desk, key: int, first: int, last: int, why: str) -> LabelRevocation:
    """Lift a revocation of exactly these labels; they count again.

    Raises:
        Refused: no revocation in force covers exactly this range.
    """
    batch = batch_of(desk, key)
    for revocation in _revocations(desk, batch.id, first, last):
        if (revocation.first, revocation.last) == (first, last):
            revocation.lifted_at = desk.now
            desk.record("labels.restore", batch, why, first=first, last=last)
            return revocation
    raise Refused(say("没有恰好作废这些标签的记录，无从恢复。"))


def _take_serials(batch: Batch, copies: int) -> tuple[int, int]:
    first, last = batch.next_serial, batch.next_serial + copies - 1
    if last > LAST_SERIAL:
        left = LAST_SERIAL - first + 1
        raise Refused(say("批号 %(lot)s 只剩 %(left)d 个序号，不够印。", lot=batch.lot, left=left))
    batch.next_serial = last + 1
    return first, last


def _require_issued(desk: Desk, batch: Batch, first: int, last: int) -> None:
    if (first, last) == (0, 0):
        codes = select(LabelRun).filter_by(batch_id=batch.id, kind=LabelKind.batch)
        if desk.session.scalars(codes).first() is None:
            raise Refused(say("批号 %(lot)s 没有印过批次码。", lot=batch.lot))
    elif not 1 <= first <= last:
        raise Refused(say("序号从 1 起，先小后大。"))
    elif last >= batch.next_serial:
        raise Refused(say("批号 %(lot)s 只印到第 %(last)d 号。", lot=batch.lot, last=batch.next_serial - 1))


def _revocations(desk: Desk, batch: int, first: int, last: int) -> list[LabelRevocation]:
    """Revocations in force that touch this range."""
    in_force = select(LabelRevocation).where(
        LabelRevocation.batch_id == batch,
        LabelRevocation.lifted_at.is_(None),
        LabelRevocation.first <= last,
        LabelRevocation.last >= first,
    )
    return list(desk.session.scalars(in_force))


def _no_run(key: int) -> Sentence:
    return say("没有编号为 %(key)s 的印制任务。", key=key)

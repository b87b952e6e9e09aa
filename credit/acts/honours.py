"""Acts on honours: evaluating, granting, renewing, taking back, and the record of an exit that goes to the public."""

from __future__ import annotations

from datetime import date

from zuofang.credit.acts import records
from zuofang.credit.findings import HonourExit
from zuofang.credit.honours import Held, Loss, first_day, has_rules
from zuofang.credit.models import CreditRecord, Evaluation, Honour, HonourKind, RecordKind, RecordState
from zuofang.rules.sentences import say
from zuofang.storage.acts import Desk, Refused
from zuofang.storage.outbox import Subject
from zuofang.traceability.models import Workshop


def grant(desk: Desk, honour: Honour, why: str) -> Honour:
    """Enter an honour of an operator or a zone."""
    desk.session.add(honour)
    desk.record("honour.grant", honour, why, kind=honour.kind, title=honour.title, touches=[_holder(honour)])
    return honour


def withdraw(desk: Desk, honour: Honour, on: date, reason: str, why: str) -> None:
    """Take an honour back; it stays on record with the reason."""
    honour.withdrawn_on, honour.withdrawn_why = on, reason
    desk.record("honour.withdraw", honour, why, on=on, touches=[_holder(honour)])


def restore(desk: Desk, honour: Honour, why: str) -> None:
    """Give back an honour whose withdrawal was annulled."""
    honour.withdrawn_on, honour.withdrawn_why = None, None
    desk.record("honour.restore", honour, why, touches=[_holder(honour)])


def leave(desk: Desk, honour: Honour, on: date, reason: str, why: str) -> CreditRecord:
    """Let a workshop go out of an honour (退出): it is taken back, and the exit is put forward for publication.

    Raises:
        Refused: the honour is a zone's, or was lost already.
    """
    if honour.workshop_id is None or honour.withdrawn_on is not None:
        raise Refused(say("这项荣誉不是作坊的，或者已经退出。"))
    workshop = desk.session.get_one(Workshop, honour.workshop_id)
    withdraw(desk, honour, on, reason, why)
    record = CreditRecord(
        kind=RecordKind.honour_exit, workshop_id=workshop.id, party=workshop.name, document=honour.document,
        authority=honour.granted_by, made_on=on, title=str(say("退出“%(title)s”", title=honour.title)), content=reason,
    )  # fmt: skip
    records.enter(desk, record, HonourExit(left_on=on, honour=honour.title, why=reason), why)
    records.propose(desk, record, why)
    return record


def leave_by_rule(desk: Desk, honour: Honour, found: Loss, why: str) -> CreditRecord:
    """Let a workshop go out of an honour because a rule says so; nobody has anything left to decide about the exit.

    The opposite is :func:`undo_leave`.
    """
    record = leave(desk, honour, found.on, found.words, why)
    record.state, record.proposed_by, record.approved_by = RecordState.approved, None, desk.who
    records.note(desk, "record.approve_by_rule", record, why)
    return record


def apply_to_keep(desk: Desk, honour: Honour, on: date | None, why: str) -> None:
    """Enter the day on which its holder asked to keep an honour (复评申请); without a day the entry is taken back.

    Raises:
        Refused: the day lies ahead, or before the first day for asking.
    """
    if honour.until is None or honour.withdrawn_on is not None:
        raise Refused(say("这项荣誉没有期限，或者已经退出。"))
    if on is not None and has_rules(honour.kind, desk.rules):
        first = first_day(Held(honour.kind, honour.until), desk.rules)
        if not first <= on <= min(desk.today, honour.until):
            raise Refused(say("复评申请应当在%(first)s至%(last)s提出。", first=first, last=honour.until))
    before, honour.applied_on = honour.applied_on, on
    desk.record("honour.apply", honour, why, before=before, on=on, touches=[_holder(honour)])


def undo_leave(desk: Desk, honour: Honour, record: CreditRecord, why: str) -> None:
    """Let a workshop back into an honour; the exit is taken out, or withdrawn from the public where it was approved."""
    if record.kind is not RecordKind.honour_exit or record.workshop_id != honour.workshop_id:
        raise Refused(say("这条记录不是这项荣誉的退出记录。"))
    restore(desk, honour, why)
    if record.state is RecordState.approved:
        records.withdraw(desk, record, why, why)
    else:
        records.remove(desk, record, why)


def evaluate(desk: Desk, evaluation: Evaluation, why: str) -> Evaluation:
    """Enter an evaluation on the spot. One by the 5S form has its five parts, in their order.

    Raises:
        Refused: its day lies ahead, a 5S evaluation lacks one of its parts, a part has more points than it may have, or
            it is of an honour that somebody else holds.
    """
    if evaluation.evaluated_on > desk.today:
        raise Refused(say("评价的日期还没有到。"))
    if evaluation.kind is HonourKind.five_s:
        owed = desk.rules.parameters("honour.five_s.parts", evaluation.evaluated_on).words
        if tuple(part.name for part in evaluation.parts) != owed:
            raise Refused(say("5S 评价要依次有这几项：%(parts)s。", parts="、".join(owed)))
    if any(part.most is not None and not 0 <= part.score <= part.most for part in evaluation.parts):
        raise Refused(say("有一项的得分超过满分。"))
    _check_holder(desk, evaluation)
    for position, part in enumerate(evaluation.parts, 1):
        part.position = position
    desk.session.add(evaluation)
    facts = {"kind": evaluation.kind, "score": evaluation.score, "passed": evaluation.passed}
    desk.record("honour.evaluate", evaluation, why, **facts, touches=[_holder(evaluation)])
    return evaluation


def strike_out_evaluation(desk: Desk, evaluation: Evaluation, why: str) -> None:
    """Strike out an evaluation that was entered in error; the journal keeps its result."""
    facts = {"kind": evaluation.kind, "on": evaluation.evaluated_on, "score": evaluation.score}
    desk.record("honour.strike_out", evaluation, why, **facts, touches=[_holder(evaluation)])
    desk.session.delete(evaluation)
    desk.session.flush()


def renew(desk: Desk, honour: Honour, until: date, why: str) -> None:
    """Let an honour run on after a re-evaluation that was passed (复评合格); again with the earlier day undoes it.

    Raises:
        Refused: it has no term, was lost, or the day lies before its first.
    """
    if honour.until is None or honour.withdrawn_on is not None or until < honour.since:
        raise Refused(say("这项荣誉没有期限、已经退出，或者日期早于授予日期。"))
    before, honour.until = honour.until, until
    desk.record("honour.renew", honour, why, before=before, until=until, touches=[_holder(honour)])


def _check_holder(desk: Desk, evaluation: Evaluation) -> None:
    if evaluation.honour_id is None:
        return
    honour = desk.session.get_one(Honour, evaluation.honour_id)
    holder = (honour.kind, honour.workshop_id, honour.zone_id)
    if holder != (evaluation.kind, evaluation.workshop_id, evaluation.zone_id):
        raise Refused(say("复评的荣誉与评价的对象不一致。"))


def _holder(of: Honour | Evaluation) -> Subject:
    return ("workshop", str(of.workshop_id)) if of.workshop_id else ("zone", str(of.zone_id))

"""Acts on what belongs together: what a finding led to, re-checks, follow-up samples, and visits to closed places."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from zuofang.credit.acts.records import note
from zuofang.credit.models import CreditLink, CreditRecord, LinkKind, LookBack, RecordKind, Revisit
from zuofang.credit.redaction import leaks
from zuofang.rules.sentences import say
from zuofang.storage.acts import Desk, Refused

FINDINGS = frozenset({RecordKind.sample, RecordKind.inspection})
DECISIONS = frozenset(RecordKind) - FINDINGS - {RecordKind.honour_exit, RecordKind.repair_fraud}
FITTING: Mapping[LinkKind, tuple[frozenset[RecordKind], frozenset[RecordKind]]] = {
    LinkKind.led_to: (FINDINGS | {RecordKind.closure, RecordKind.penalty, RecordKind.referral}, DECISIONS),
    LinkKind.rechecked: (
        frozenset({RecordKind.inspection, RecordKind.rectification, RecordKind.suspension}),
        frozenset({RecordKind.inspection}),
    ),
    LinkKind.resampled: (
        frozenset({RecordKind.sample, RecordKind.rectification}), frozenset({RecordKind.sample})
    ),
}  # fmt: skip
"""Which kinds of record may stand on the earlier and on the later side of a link."""


def fitting(earlier: RecordKind, later: RecordKind) -> LinkKind | None:
    """How a later record can belong to an earlier one, by their kinds; nothing where it cannot."""
    return next((kind for kind, (before, after) in FITTING.items() if earlier in before and later in after), None)


def link(desk: Desk, earlier: CreditRecord, later: CreditRecord, kind: LinkKind, why: str) -> CreditLink:
    """Say that a later record belongs to an earlier one; a finding stays public with what it led to (REP Art 10).

    Raises:
        Refused: the kinds do not fit, the order of days is wrong, they are of different files, or linked already.
    """
    before, after = FITTING[kind]
    if earlier.kind not in before or later.kind not in after or earlier.id == later.id:
        raise Refused(say("这两种记录不能这样关联。"))
    if later.made_on < earlier.made_on:
        raise Refused(say("后续记录的日期早于前一条记录。"))
    if earlier.workshop_id != later.workshop_id:
        raise Refused(say("两条记录不在同一份档案里。"))
    if any(one.later_id == later.id for one in earlier.sequels):
        raise Refused(say("这两条记录已经关联。"))
    made = CreditLink(earlier=earlier, later=later, kind=kind)
    desk.session.add(made)
    earlier.look_again_on = None
    note(desk, "record.link", later, why, earlier=earlier.id, kind=kind)
    return made


def unlink(desk: Desk, made: CreditLink, why: str) -> None:
    """Undo a link that was made in error; the journal keeps it."""
    earlier, later, kind = made.earlier, made.later, made.kind
    earlier.look_again_on = None
    desk.session.delete(made)
    note(desk, "record.unlink", later, why, earlier=earlier.id, kind=kind)
    desk.session.expire(earlier, ["sequels"])
    desk.session.expire(later, ["origins"])


def plan_visit(desk: Desk, closure: CreditRecord, on: date, why: str) -> LookBack:
    """Plan a look-back visit to a closed place (回头看). It is told to nobody before it was made.

    Raises:
        Refused: nothing was closed, or the day lies before the closing.
    """
    if closure.kind is not RecordKind.closure:
        raise Refused(say("只有场所关闭的记录可以安排回头看。"))
    if on < closure.made_on:
        raise Refused(say("回头看的日期早于关闭的日期。"))
    visit = LookBack(closure=closure, planned_on=on)
    desk.session.add(visit)
    note(desk, "look_back.plan", closure, why, on=on)
    return visit


def call_off_visit(desk: Desk, visit: LookBack, why: str) -> None:
    """Call a visit off that was not made; the journal keeps that it was planned."""
    if visit.visited_on is not None:
        raise Refused(say("已经回头看过，不能取消。"))
    closure, on = visit.closure, visit.planned_on
    closure.look_backs.remove(visit)
    desk.session.delete(visit)
    note(desk, "look_back.call_off", closure, why, on=on)


def visited(
    desk: Desk, visit: LookBack, on: date, found: Revisit, words: str, why: str, record: CreditRecord | None = None
) -> None:  # fmt: skip
    """Note what a visit found. Where the business had come back, a new record of it stands beside the visit.

    Raises:
        Refused: it was made already, its day does not fit, personal data in the words, or the new record is missing.
    """
    if visit.visited_on is not None or not visit.closure.made_on <= on <= desk.today:
        raise Refused(say("已经记过这次回头看，或者日期不对。"))
    if (found is Revisit.resurged) != (record is not None):
        raise Refused(say("发现恢复经营的，要先录入新的记录并写明编号；没有恢复的不写。"))
    if marks := leaks(words):
        raise Refused(say("文字里还有个人信息：%(note)s", note=marks[0].note))
    visit.visited_on, visit.found, visit.words, visit.record = on, found, words, record
    note(desk, "look_back.visit", visit.closure, why, on=on, found=found, led_to=record.id if record else None)


def undo_visit(desk: Desk, visit: LookBack, why: str) -> None:
    """Take back what was noted of a visit; it is planned again."""
    if visit.visited_on is None:
        raise Refused(say("这次回头看还没有记录。"))
    before, found = visit.visited_on, visit.found
    visit.visited_on = visit.found = visit.words = visit.record = None
    note(desk, "look_back.undo_visit", visit.closure, why, on=before, found=found)

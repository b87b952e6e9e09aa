"""Acts on clocked cases: applications for repair, objections and requests for re-inspection (信用修复、异议、复检).

A case follows one record. What it decides happens to the record in the same transaction, and is taken back with it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from zuofang.credit.acts import records
from zuofang.credit.clocks import (
    ClockStep,
    ObjectionSteps,
    ReinspectionRequest,
    ReinspectionSteps,
    RepairApplication,
    RepairSubject,
    objection_clock,
    obstacles_to_reinspection,
    reinspection_clock,
    repair_clock,
)
from zuofang.credit.codec import dump, load
from zuofang.credit.events import Delisted, Event, Repaired, RepairRefused
from zuofang.credit.file import value_of
from zuofang.credit.findings import Objection, Reinspection, Sample
from zuofang.credit.models import CaseKind, CreditCase, CreditRecord, LinkKind, RecordKind
from zuofang.credit.reasons import Reason
from zuofang.credit.records import Dispute, Listing, Outcome, Penalty, Province, Record
from zuofang.credit.repair import obstacles_to_repair
from zuofang.rules.book import RuleBook
from zuofang.rules.parameters import NoSuchRule
from zuofang.rules.sentences import Sentence, say
from zuofang.storage.acts import Desk, Refused
from zuofang.storage.outbox import Subject

REPAIR_EVENTS = (Repaired.__name__, Delisted.__name__, RepairRefused.__name__)
"""The events by which the decision on an application stands on its record."""


def apply_for_repair(desk: Desk, record: CreditRecord, on: date, words: str, why: str) -> CreditCase:
    """Enter an application for credit repair, or for removal from the serious-violation list (REP Art 11, 13, 14).

    Raises:
        Refused: something stands against it on the day; the sentence names every obstacle with its article.
    """
    value = value_of(record)
    if not isinstance(value, Penalty | Listing):
        raise Refused(say("只有行政处罚和严重违法失信名单可以申请信用修复。"))
    try:
        _refuse(obstacles_to_repair(value, on, desk.rules))
    except NoSuchRule:
        raise Refused(say("当日没有关于信用修复的规定，不能受理。")) from None
    return _file(desk, record, CaseKind.repair, on, words, why)


def ask_for_reinspection(
    desk: Desk, record: CreditRecord, on: date, words: str, why: str, *,
    keeps_until: date | None = None, backup_usable: bool = True,
) -> CreditCase:  # fmt: skip
    """Enter a request for a second test; ``keeps_until`` is the end of the backup's shelf life (SAMP Art 30, 31).

    Raises:
        Refused: the sample cannot be tested again; the sentence names every ground with its article.
    """
    sample = _sample(record)
    if sample.outcome is not Outcome.failed or sample.served_on is None:
        raise Refused(say("只有已经送达的不合格结论可以申请复检。"))
    request = ReinspectionRequest(
        served_on=sample.served_on, asked_on=on, microbiological=sample.microbiological, keeps_until=keeps_until,
        backup_usable=backup_usable,
    )  # fmt: skip
    _refuse(obstacles_to_reinspection(request, desk.rules))
    case = _file(desk, record, CaseKind.reinspection, on, words, why)
    _say(record, replace(sample, reinspection=Reinspection(asked_on=on)))
    return case


def object_to_sample(
    desk: Desk, record: CreditRecord, about: Dispute, on: date, words: str, why: str
) -> CreditCase:  # fmt: skip
    """Enter an objection to a sample (异议, SAMP Art 37).

    Raises:
        Refused: it came after its last day; where the day from which that is counted is not on record, none is late.
    """
    sample = _sample(record)
    since = sample.objectionable_since(about) or on
    first, *_ = objection_clock(ObjectionSteps(about=about, begins_on=since), desk.rules)
    if on > first.due.day:
        raise Refused(say("逾期提出异议，最后一日为%(day)s（%(article)s）。", day=first.due.day, article=first.article))
    case = _file(desk, record, CaseKind.objection, on, words, why)
    _say(record, replace(sample, objections=(*sample.objections, Objection(about=about, filed_on=on))))
    return case


def take_back(desk: Desk, case: CreditCase, why: str) -> None:
    """Strike out a case that was entered in error or taken back by the party; the journal keeps what it said.

    Raises:
        Refused: it is decided already.
    """
    _open(case)
    record = case.record
    if case.kind is CaseKind.reinspection:
        _say(record, replace(_sample(record), reinspection=None))
    if case.kind is CaseKind.objection:
        _say(record, replace(_sample(record), objections=_objections(case, None)))
    _note(desk, "case.take_back", case, why, words=case.words, filed_on=case.filed_on)
    record.cases.remove(case)
    desk.session.delete(case)
    desk.session.flush()


def accept(desk: Desk, case: CreditCase, on: date, why: str) -> None:
    """Accept a case; the days for deciding begin (受理)."""
    _open(case)
    if case.accepted_on is not None or on < case.filed_on:
        raise Refused(say("这件申请已经受理，或者受理日期早于提出日期。"))
    case.accepted_on = on
    _note(desk, "case.accept", case, why, on=on)


def undo_acceptance(desk: Desk, case: CreditCase, why: str) -> None:
    """Take an acceptance back while nothing is decided."""
    _open(case)
    if case.accepted_on is None:
        raise Refused(say("这件申请还没有受理。"))
    case.accepted_on = case.extended_by = None
    _note(desk, "case.undo_acceptance", case, why)


def turn_away(desk: Desk, case: CreditCase, on: date, why: str) -> None:
    """Do not accept a case (不予受理); the opposite is :func:`undo_decision`."""
    _open(case)
    if case.accepted_on is not None:
        raise Refused(say("已经受理的申请须作出决定。"))
    case.decided_on, case.granted = on, False
    _settle(case, on, granted=False)
    _note(desk, "case.turn_away", case, why, on=on)


def extend(desk: Desk, case: CreditCase, approved_by: str, why: str) -> None:
    """Extend the days for a decision on repair, with the approval of a named head of the bureau (REP Art 16).

    Raises:
        Refused: nothing to extend, extended already, or approved by the very officer who asks.
    """
    _open(case)
    if case.kind is not CaseKind.repair or case.accepted_on is None or case.extended_by is not None:
        raise Refused(say("只有已经受理的信用修复申请可以延长一次。"))
    if not approved_by.strip() or approved_by == desk.who:
        raise Refused(say("延长期限须由另一位负责人批准，并写明姓名。"))
    case.extended_by = approved_by
    _note(desk, "case.extend", case, why, approved_by=approved_by)


def undo_extension(desk: Desk, case: CreditCase, why: str) -> None:
    """Take an extension back."""
    _open(case)
    if case.extended_by is None:
        raise Refused(say("这件申请没有延长过。"))
    case.extended_by = None
    _note(desk, "case.undo_extension", case, why)


def decide(desk: Desk, case: CreditCase, on: date, why: str, *, granted: bool, fraud: bool = False) -> None:
    """Decide a case; the record changes with it.

    Granted, a penalty is repaired, a listing removed, an objection upheld, and the second test passed. ``fraud`` says
    that an application for repair was refused because of false material (REP Art 23).

    Raises:
        Refused: it is decided, was never accepted, or fraud is said of what is granted.
    """
    _open(case)
    if case.accepted_on is None or on < case.accepted_on:
        raise Refused(say("没有受理的申请不能作出决定。"))
    if fraud and (granted or case.kind is not CaseKind.repair):
        raise Refused(say("弄虚作假只能是不予信用修复的理由。"))
    case.decided_on, case.granted = on, granted
    if case.kind is CaseKind.repair:
        for record in _concerned(case.record):
            records.happened(desk, record, _outcome(case.record, on, granted, fraud), why)
    else:
        _settle(case, on, granted=granted)
    _note(desk, "case.decide", case, why, on=on, granted=granted, fraud=fraud)


def undo_decision(desk: Desk, case: CreditCase, why: str) -> None:
    """Take a decision back; what it did to the record is undone with it."""
    if case.decided_on is None:
        raise Refused(say("这件申请还没有决定。"))
    if case.kind is CaseKind.repair:
        _strike_out(desk, case, why)
    else:
        _settle(case, None, granted=None)
    case.decided_on = case.granted = case.done_on = None
    _note(desk, "case.undo_decision", case, why)


def done(desk: Desk, case: CreditCase, on: date, why: str) -> None:
    """Note that the data were brought up to date, or the party told, after the decision."""
    if case.decided_on is None or on < case.decided_on or case.done_on is not None:
        raise Refused(say("这件申请还没有决定，或者已经办结。"))
    case.done_on = on
    _note(desk, "case.done", case, why, on=on)


def undo_done(desk: Desk, case: CreditCase, why: str) -> None:
    """The data were not up to date after all."""
    if case.done_on is None:
        raise Refused(say("这件申请还没有办结。"))
    case.done_on = None
    _note(desk, "case.undo_done", case, why)


def steps(case: CreditCase, rules: RuleBook) -> tuple[ClockStep, ...]:
    """The duties of a case with their last days, those done and those still open."""
    match case.kind:
        case CaseKind.repair:
            listed = case.record.kind is RecordKind.listing
            application = RepairApplication(
                about=RepairSubject.listing if listed else RepairSubject.penalty, received_on=case.filed_on,
                accepted_on=case.accepted_on, extended=case.extended_by is not None, decided_on=case.decided_on,
                data_done_on=case.done_on, elsewhere=_is_elsewhere(value_of(case.record)),
            )  # fmt: skip
            return repair_clock(application, rules)
        case CaseKind.objection:
            return _objection_steps(case, rules)
        case CaseKind.reinspection:
            sample = _sample(case.record)
            asked = ReinspectionSteps(
                served_on=_begins(sample), asked_on=case.filed_on, accepted_on=case.accepted_on,
                concluded_on=case.decided_on, told_on=case.done_on,
            )  # fmt: skip
            return reinspection_clock(asked, rules)


def _is_elsewhere(record: Record) -> bool:
    """Whether the party is registered in another province, which must be told of the decision (REP Art 4)."""
    return isinstance(record, Penalty | Listing) and record.province is Province.other


def _objection_steps(case: CreditCase, rules: RuleBook) -> tuple[ClockStep, ...]:
    sample = _sample(case.record)
    about = next(one.about for one in sample.objections if one.filed_on == case.filed_on)
    filed = ObjectionSteps(
        about=about, begins_on=sample.objectionable_since(about) or case.filed_on, filed_on=case.filed_on,
        accepted_on=case.accepted_on, decided_on=case.decided_on,
    )  # fmt: skip
    return objection_clock(filed, rules)


def _file(desk: Desk, record: CreditRecord, kind: CaseKind, on: date, words: str, why: str) -> CreditCase:
    if any(case.kind is kind and case.decided_on is None for case in record.cases):
        raise Refused(say("这条记录已有未办结的同类申请。"))
    case = CreditCase(record=record, kind=kind, filed_on=on, words=words)
    desk.session.add(case)
    _note(desk, "case.file", case, why, kind=kind, on=on)
    return case


def _refuse(obstacles: Iterable[Reason]) -> None:
    """Refuse with every obstacle and its article."""
    told: Sentence | None = None
    for one in obstacles:
        known = {"reason": one.sentence, "article": one.article}
        if told is None:
            told = say("%(reason)s（%(article)s）", **known)
        else:
            told = say("%(before)s；%(reason)s（%(article)s）", before=told, **known)
    if told is not None:
        raise Refused(told)


def _open(case: CreditCase) -> None:
    if case.decided_on is not None:
        raise Refused(say("这件申请已经决定。"))


def _sample(record: CreditRecord) -> Sample:
    """The facts of a sample as they are kept, without the events beside them."""
    if record.kind is not RecordKind.sample:
        raise Refused(say("只有监督抽检可以申请复检或者提出异议。"))
    return load(Sample, record.facts)


def _begins(sample: Sample) -> date:
    """The day the party was told of the conclusion, from which its days run; the day of the conclusion if unknown."""
    return sample.served_on or sample.concluded_on


def _say(record: CreditRecord, sample: Sample) -> None:
    record.facts, record.look_again_on = dump(sample), None


def _settle(case: CreditCase, on: date | None, *, granted: bool | None) -> None:
    """Write the outcome of a dispute into the sample, or take it out again."""
    if case.kind is CaseKind.repair:
        return
    sample = _sample(case.record)
    if case.kind is CaseKind.objection:
        (mine,) = (one for one in sample.objections if one.filed_on == case.filed_on)
        settled = replace(mine, decided_on=on, upheld=granted)
        _say(case.record, replace(sample, objections=_objections(case, settled)))
        return
    outcome = None if granted is None or case.accepted_on is None else Outcome.passed if granted else Outcome.failed
    again = Reinspection(asked_on=case.filed_on, concluded_on=on if outcome else None, outcome=outcome)
    turned_away = granted is False and case.accepted_on is None
    _say(case.record, replace(sample, reinspection=None if turned_away else again))


def _objections(case: CreditCase, instead: Objection | None) -> tuple[Objection, ...]:
    """The objections of the sample with that of this case replaced or taken out."""
    others = tuple(one for one in _sample(case.record).objections if one.filed_on != case.filed_on)
    return others if instead is None else (*others, instead)


def _outcome(record: CreditRecord, on: date, granted: bool, fraud: bool) -> Event:
    if not granted:
        return RepairRefused(on=on, fraud=fraud)
    return Delisted(on=on) if record.kind is RecordKind.listing else Repaired(on=on)


def _concerned(record: CreditRecord) -> list[CreditRecord]:
    """The record, and where it is a listing the penalties it rests on: removal ends them too (REP Art 13)."""
    if record.kind is not RecordKind.listing:
        return [record]
    rests_on = (link.earlier for link in record.origins if link.kind is LinkKind.led_to)
    return [record, *(one for one in rests_on if one.kind is RecordKind.penalty)]


def _strike_out(desk: Desk, case: CreditCase, why: str) -> None:
    for event in (event for record in _concerned(case.record) for event in record.events):
        if event.kind in REPAIR_EVENTS and event.on == case.decided_on and event.undone_at is None:
            records.did_not_happen(desk, event, why)


def _note(desk: Desk, act: str, case: CreditCase, why: str, **facts: object) -> None:
    record = case.record
    touches: list[Subject] = [("credit_record", str(record.id))]
    if record.workshop_id:
        touches.append(("workshop", str(record.workshop_id)))
    desk.record(act, case, why, touches=touches, **facts)

"""The work list of the credit room: everything that is due, sorted by its last day. A fixed number of statements."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Date, and_, exists, or_, select, true, type_coerce
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased, contains_eager, joinedload, selectinload

from zuofang.credit.acts.cases import steps
from zuofang.credit.acts.sampling import steps_of
from zuofang.credit.clocks import Actor, ClockStep
from zuofang.credit.duties import About, Duty, DutyKind, next_of, of_sample, to_publish, to_take_down
from zuofang.credit.events import Annulled
from zuofang.credit.file import VALUES, standing_of, value_of
from zuofang.credit.honours import Held, first_day, has_rules
from zuofang.credit.measures import Rectification
from zuofang.credit.models import CaseKind, CreditCase, CreditRecord, Honour, RecordKind, RecordState, SamplingSheet
from zuofang.credit.review import sightings
from zuofang.rules.book import RuleBook
from zuofang.rules.calendar import CHINA, Deadline, china_day
from zuofang.rules.parameters import Certainty
from zuofang.rules.sentences import Sentence, say
from zuofang.storage.journal import JournalEntry
from zuofang.traceability.models import Batch, Certificate, Product, Recall, Restriction, RestrictionKind, Workshop

NEXT: dict[RecordState, Actor] = {
    RecordState.entered: Actor.officer,
    RecordState.returned: Actor.officer,
    RecordState.proposed: Actor.reviewer,
    RecordState.approved: Actor.clock,
}
"""Who must act next on a record that is not public yet."""


@dataclass(frozen=True, slots=True)
class Span:
    """Which duties are asked for: those open on the day ``on`` whose last day is ``until`` at the latest.

    ``workshops`` are the operators whose duties are asked for, everybody's where none is named.
    """

    on: date
    until: date
    workshops: frozenset[int] | None = None

    def within(self, column: InstrumentedAttribute[int] | InstrumentedAttribute[int | None]) -> ColumnElement[bool]:
        """Whether a row belongs to one of these operators, by the column that names its operator."""
        return true() if self.workshops is None else column.in_(self.workshops)


def duties(session: Session, span: Span, rules: RuleBook) -> tuple[Duty, ...]:
    """Everything that is due by the last day of the span, the overdue first."""
    found = [
        *_to_publish(session, span, rules),
        *_to_take_down(session, span, rules),
        *_cases(session, span, rules),
        *_samples(session, span, rules),
        *_recalls(session, span, rules),
        *_honours(session, span, rules),
        *_certificates(session, span, rules),
        *_rectifications(session, span),
        *_sheets(session, span, rules),
    ]
    asked = (duty for duty in found if duty.due.day <= span.until)
    return tuple(sorted(asked, key=lambda duty: (duty.due.day, duty.kind, duty.about.table, duty.about.key)))


def _mine(span: Span) -> ColumnElement[bool]:
    return span.within(CreditRecord.workshop_id)


def _about(record: CreditRecord) -> About:
    return About("credit_record", record.id, record.party, record.workshop_id, record.title)


def _to_publish(session: Session, span: Span, rules: RuleBook) -> Iterator[Duty]:
    """Records that are not public yet; until one is approved, its duty says how many places a person must look at."""
    waiting = CreditRecord.published_on.is_(None), CreditRecord.kind.in_(list(VALUES)), _mine(span)
    beside = selectinload(CreditRecord.events), selectinload(CreditRecord.items)
    for record in session.scalars(select(CreditRecord).where(*waiting).options(*beside)):
        places = 0 if record.state is RecordState.approved else len(list(sightings(record)))
        found = standing_of(record, span.on, rules)
        yield from to_publish(_about(record), found, NEXT[record.state], places)


def _to_take_down(session: Session, span: Span, rules: RuleBook) -> Iterator[Duty]:
    shown = CreditRecord.published_on.is_not(None), CreditRecord.taken_down_on.is_(None), _mine(span)
    ending = or_(CreditRecord.last_day <= span.until, CreditRecord.look_again_on.is_(None))
    statement = select(CreditRecord).where(*shown, ending).options(selectinload(CreditRecord.events))
    for record in session.scalars(statement):
        yield from to_take_down(_about(record), standing_of(record, span.on, rules))


def _cases(session: Session, span: Span, rules: RuleBook) -> Iterator[Duty]:
    """Cases that are not decided, granted repairs whose data must change, second tests whose outcome must be told."""
    to_change = and_(CreditCase.kind == CaseKind.repair, CreditCase.granted.is_(True))
    unfinished = or_(CreditCase.granted.is_(None), to_change, CreditCase.kind == CaseKind.reinspection)
    statement = select(CreditCase).join(CreditCase.record).where(CreditCase.done_on.is_(None), unfinished, _mine(span))
    for case in session.scalars(statement.options(contains_eager(CreditCase.record))):
        record = case.record
        about = About("credit_case", case.id, record.party, record.workshop_id, record.title)
        yield from next_of(DutyKind.case, about, steps(case, rules))


def _samples(session: Session, span: Span, rules: RuleBook) -> Iterator[Duty]:
    """Failed samples of operators of the register; what a table tells of others is another bureau's duty."""
    statement = select(CreditRecord).where(
        CreditRecord.kind == RecordKind.sample, CreditRecord.workshop_id.is_not(None),
        CreditRecord.facts.contains('"outcome":"不合格"'), _mine(span),
    )  # fmt: skip
    for record in session.scalars(statement.options(selectinload(CreditRecord.events))):
        yield from of_sample(_about(record), value_of(record), span.on, rules)


def _sheets(session: Session, span: Span, rules: RuleBook) -> Iterator[Duty]:
    """Samples without a result: first the way to the laboratory, then its report."""
    open_ones = select(SamplingSheet).where(SamplingSheet.record_id.is_(None), span.within(SamplingSheet.workshop_id))
    for sheet in session.scalars(open_ones.options(joinedload(SamplingSheet.workshop))):
        about = About("sampling_sheet", sheet.id, sheet.workshop.name, sheet.workshop_id, sheet.product)
        yield from next_of(DutyKind.sheet, about, steps_of(sheet, rules))


def _recalls(session: Session, span: Span, rules: RuleBook) -> Iterator[Duty]:
    statement = (
        select(Recall, Product.name, Workshop.id, Workshop.name)
        .join(Batch, Batch.id == Recall.batch_id)
        .join(Product, Product.id == Batch.product_id)
        .join(Workshop, Workshop.id == Product.workshop_id)
        .where(Recall.finished_on.is_(None), Recall.withdrawn_on.is_(None), span.within(Workshop.id))
    )
    for recall, product, workshop, name in session.execute(statement):
        about = About("recall", recall.id, name, workshop, product)
        yield from next_of(DutyKind.recall, about, _recall_steps(recall, rules))


def _recall_steps(recall: Recall, rules: RuleBook) -> tuple[ClockStep, ...]:
    """The two steps of a recall, with the days that were counted when it was declared and announced."""
    day = china_day(recall.known_at)
    start, finish = (rules.parameters(f"recall.level{recall.level}.{end}", day) for end in ("start", "finish"))
    begins = Deadline(china_day(recall.start_due), provisional=False)
    begin = say("最迟应当于%(moment)s启动召回并公告", moment=recall.start_due.astimezone(CHINA))
    first = ClockStep(begin, begins, recall.announced_on, True, start.article, start.certainty, Actor.operator)
    if recall.finish_due is None:
        return (first,)
    ends = Deadline(recall.extended_to or recall.finish_due, recall.finish_provisional and not recall.extended_to)
    last = ClockStep(say("完成召回"), ends, recall.finished_on, True, finish.article, finish.certainty, Actor.operator)
    return first, last


def _honours(session: Session, span: Span, rules: RuleBook) -> Iterator[Duty]:
    """Honours that end unless their holder asks for a re-evaluation, and those that wait for it; others simply end."""
    newer = aliased(Honour)
    renewed = exists().where(
        newer.workshop_id == Honour.workshop_id, newer.kind == Honour.kind, newer.since > Honour.since
    )  # fmt: skip
    columns = Honour.id, Honour.kind, Honour.title, Honour.applied_on, Workshop.id, Workshop.name
    statement = (
        select(*columns, type_coerce(Honour.until, Date))
        .join(Workshop, Workshop.id == Honour.workshop_id)
        .where(or_(Honour.until >= span.on, Honour.applied_on.is_not(None)), Honour.until <= span.until)
        .where(Honour.withdrawn_on.is_(None), ~renewed, span.within(Workshop.id))
    )
    for key, kind, title, applied_on, workshop, name, until in session.execute(statement):
        if has_rules(kind, rules):
            about = About("honour", key, name, workshop, title)
            rule = rules.parameters(f"honour.{kind}.apply_within", until)
            duty, actor = _to_keep(Held(kind, until, applied_on), rules)
            due = Deadline(until, provisional=False)
            yield Duty(DutyKind.honour, about, duty, actor, due, True, rule.article, rule.certainty)


def _to_keep(held: Held, rules: RuleBook) -> tuple[Sentence, Actor]:
    """What must happen so that an honour is kept, and by whom."""
    first = first_day(held, rules)
    if held.applied_on is not None and held.applied_on >= first:
        return say("完成现场复评，公布结果"), Actor.officer
    return say("自%(day)s起可以提出复评申请，逾期退出名单", day=first), Actor.operator


def _certificates(session: Session, span: Span, rules: RuleBook) -> Iterator[Duty]:
    """Certificates whose holder must ask for a new one, unless a newer one is there."""
    newer = aliased(Certificate)
    renewed = exists().where(newer.workshop_id == Certificate.workshop_id, newer.since > Certificate.since)
    rule = rules.parameters("certificate.renewal_before", span.on)
    ends_by = rules.calendar.after_natural_days(span.until, rule.whole).day
    statement = (
        select(Certificate.id, Certificate.number, Workshop.id, Workshop.name, type_coerce(Certificate.until, Date))
        .join(Workshop, Workshop.id == Certificate.workshop_id)
        .where(Certificate.until <= ends_by, Certificate.revoked_on.is_(None), ~renewed, span.within(Workshop.id))
    )
    for key, number, workshop, name, until in session.execute(statement):
        about = About("certificate", key, name, workshop, number)
        duty = say("证书%(day)s到期，申请换证", day=until)
        due = Deadline(rules.calendar.before(until, rule), provisional=False)
        yield Duty(DutyKind.certificate, about, duty, Actor.operator, due, True, rule.article, rule.certainty)


def _rectifications(session: Session, span: Span) -> Iterator[Duty]:
    """Orders to put something right, by the day that the order itself names, until they are found to be followed."""
    yield from _orders(session, span)
    yield from _restrictions(session, span)


def _orders(session: Session, span: Span) -> Iterator[Duty]:
    """Orders (责令改正) at which the bureau must look again: reported as followed, or past their day without a word."""
    statement = select(CreditRecord).where(CreditRecord.kind == RecordKind.rectification, _mine(span))
    for record in session.scalars(statement.options(selectinload(CreditRecord.events))):
        order = value_of(record)
        if isinstance(order, Rectification) and order.due_on is not None and _is_to_be_seen(order, span.on):
            told = say("经营者报告已经改正，去复查") if order.done_on else say("改正期限已过，没有报告改正，去复查")
            due, basis = Deadline(order.due_on, provisional=False), order.basis or record.document or record.title
            yield Duty(
                DutyKind.rectification, _about(record), told, Actor.officer, due, True, basis, Certainty.full_text
            )  # fmt: skip


def _is_to_be_seen(order: Rectification, on: date) -> bool:
    """Whether the next word on an order is the bureau's; an annulled one asks for nothing."""
    if order.accepted_on is not None or any(isinstance(event, Annulled) for event in order.events):
        return False
    return order.done_on is not None or (order.due_on is not None and order.due_on < on)


def _restrictions(session: Session, span: Span) -> Iterator[Duty]:
    """Times for putting something right (限期整改). One whose day has passed stays until it is lifted."""
    statement = (
        select(
            Restriction.id,
            Restriction.ground,
            Restriction.article,
            Workshop.id,
            Workshop.name,
            type_coerce(Restriction.until, Date),
        )
        .join(Workshop, Workshop.id == Restriction.workshop_id)
        .where(Restriction.kind == RestrictionKind.rectifying, Restriction.until <= span.until)
        .where(span.within(Workshop.id))
    )
    lifted = _lifted(session)
    for key, ground, article, workshop, name, until in session.execute(statement):
        if (workshop, until.isoformat()) not in lifted:
            about = About("restriction", key, name, workshop, ground)
            due, certainty = Deadline(until, provisional=False), Certainty.full_text
            yield Duty(DutyKind.rectification, about, say("完成整改"), Actor.operator, due, True, article, certainty)


def _lifted(session: Session) -> frozenset[tuple[int, str]]:
    """The workshops whose time for putting right was lifted, with its last day, as the journal tells.

    The row itself keeps one last day only, whether the order named it or it was lifted then.
    """
    statement = select(JournalEntry.subject_key, JournalEntry.facts).where(
        JournalEntry.act == "workshop.lift", JournalEntry.subject_kind == Workshop.__tablename__
    )
    told = ((int(key), json.loads(facts)) for key, facts in session.execute(statement))
    return frozenset((key, facts["until"]) for key, facts in told if facts["kind"] == RestrictionKind.rectifying)

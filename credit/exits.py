"""Lets workshops go out of honours they may not keep, and puts the exit on the public list; part of the daily clock."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import Session, aliased, selectinload

from zuofang.credit.acts import honours as acts
from zuofang.credit.file import value_of
from zuofang.credit.findings import HonourExit
from zuofang.credit.honours import Evaluated, Held, Loss, loss
from zuofang.credit.models import CreditRecord, Evaluation, Honour, RecordKind, RecordState
from zuofang.credit.publication import Standing, publication
from zuofang.credit.records import Record
from zuofang.rules.book import RuleBook
from zuofang.rules.calendar import china_day
from zuofang.rules.sentences import say
from zuofang.storage.acts import Office

CLOCK = "clock"
"""Who publishes, takes down and lets honours go by law alone."""
WEIGHED = (RecordKind.penalty, RecordKind.sample, RecordKind.listing)


def run(office: Office) -> int:
    """Let every lost honour go, each in its own transaction; answers how many were lost. A second run loses none."""
    today = china_day(office.clock())
    with Session(office.database.read) as session:
        lost = list(_lost(session, today, office.rules))
    for key, found in lost:
        with office.writing(CLOCK) as desk:
            acts.leave_by_rule(desk, desk.session.get_one(Honour, key), found, str(say("荣誉复评规则")))
    return len(lost)


def _lost(session: Session, today: date, rules: RuleBook) -> Iterator[tuple[int, Loss]]:
    evaluations = _evaluations(session)
    for honour in _held(session, today):
        if honour.workshop_id is None or honour.until is None:
            continue
        evaluation = evaluations.get(honour.id)
        records = _records(session, honour.workshop_id) if evaluation else []
        found = loss(Held(honour.kind, honour.until, honour.applied_on), evaluation, records, today, rules)
        if found is not None and not _is_history(found, today, rules):
            yield honour.id, found


def _is_history(found: Loss, today: date, rules: RuleBook) -> bool:
    """Whether the exit is so old that it would not be public any more; such an honour has simply ended."""
    exit_ = HonourExit(left_on=found.on, honour="")
    return publication(exit_, today, rules).standing is Standing.expired


def _held(session: Session, today: date) -> Sequence[Honour]:
    """Honours of workshops that ended or were evaluated again, and that no newer one of the kind follows."""
    newer = aliased(Honour)
    followed = exists().where(
        newer.workshop_id == Honour.workshop_id, newer.kind == Honour.kind, newer.since > Honour.since
    )
    evaluated = exists().where(Evaluation.honour_id == Honour.id)
    return session.scalars(
        select(Honour)
        .where(Honour.workshop_id.is_not(None), Honour.until.is_not(None), Honour.withdrawn_on.is_(None), ~followed)
        .where(or_(Honour.until < today, evaluated))
        .order_by(Honour.id)
    ).all()


def _evaluations(session: Session) -> dict[int, Evaluated]:
    """The last re-evaluation of every honour."""
    statement = select(Evaluation).where(Evaluation.honour_id.is_not(None)).order_by(Evaluation.evaluated_on)
    return {
        one.honour_id: Evaluated(one.evaluated_on, one.score, one.passed, one.applied_on)
        for one in session.scalars(statement)
        if one.honour_id is not None
    }


def _records(session: Session, workshop: int) -> list[Record]:
    """The approved decisions, samples and listings of a workshop."""
    statement = select(CreditRecord).where(
        CreditRecord.workshop_id == workshop, CreditRecord.state == RecordState.approved, CreditRecord.kind.in_(WEIGHED)
    )
    return [value_of(record) for record in session.scalars(statement.options(selectinload(CreditRecord.events)))]

"""The publication calendar: what becomes public, is taken down, may be repaired, and which honours end, day by day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from zuofang.credit.duties import Duty, DutyKind
from zuofang.credit.file import standing_of
from zuofang.credit.models import CreditRecord, RecordKind
from zuofang.credit.queries.duties import Span, duties
from zuofang.credit.reasons import Step
from zuofang.rules.book import RuleBook
from zuofang.rules.sentences import Sentence, say
from zuofang.traceability.models import Workshop


class Change(StrEnum):
    """What happens on a day: 公示、停止公示、荣誉到期、可以申请信用修复."""

    publish = "publish"
    take_down = "take_down"
    honour = "honour"
    repair = "repair"


CHANGES = {
    DutyKind.publish: Change.publish,
    DutyKind.take_down: Change.take_down,
    DutyKind.honour: Change.honour,
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the calendar; ``record`` leads to the desk where there is a record, ``provisional`` days may move."""

    on: date
    change: Change
    party: str
    title: str
    why: Sentence
    article: str
    provisional: bool
    district: str
    record: int | None


def calendar(session: Session, span: Span, rules: RuleBook) -> tuple[Entry, ...]:
    """Everything that changes by itself or is due by the last day of the span, the overdue first."""
    found = session.execute(select(Workshop.id, Workshop.district_code))
    places = {one.id: one.district_code for one in found}
    entries = [
        *(_of_duty(one, places) for one in duties(session, span, rules) if one.kind in CHANGES),
        *_repairs(session, span, rules, places),
    ]
    return tuple(sorted(entries, key=lambda one: (one.on, one.change, one.record or 0, one.title)))


def _of_duty(duty: Duty, places: dict[int, str]) -> Entry:
    about = duty.about
    record = about.key if about.table == CreditRecord.__tablename__ else None
    return Entry(
        duty.due.day, CHANGES[duty.kind], about.party, about.title, duty.duty, duty.article, duty.due.provisional,
        places.get(about.workshop or 0, ""), record,
    )  # fmt: skip


def _repairs(session: Session, span: Span, rules: RuleBook, places: dict[int, str]) -> Iterator[Entry]:
    """The first day on which a repair of a record that is public may be applied for."""
    shown = CreditRecord.published_on.is_not(None), CreditRecord.taken_down_on.is_(None)
    kinds = CreditRecord.kind.in_([RecordKind.penalty, RecordKind.listing])
    statement = select(CreditRecord).where(*shown, kinds).options(selectinload(CreditRecord.events))
    for row in session.scalars(statement):
        standing = standing_of(row, span.on, rules)
        day = standing.repair_from
        if day is None or not span.on <= day <= span.until:
            continue
        why = next((one for one in standing.reasons if one.step is Step.repair), standing.reasons[-1])
        yield Entry(
            day, Change.repair, row.party, row.title, say("这一天起可以申请信用修复"), why.article,
            standing.provisional, places.get(row.workshop_id or 0, ""), row.id,
        )  # fmt: skip

"""Sampling sheets (抽样单) as the bureau sees them: those on their way, those with a result, and one of them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, or_, select
from sqlalchemy.orm import Session, joinedload

from zuofang.credit.acts.sampling import steps_of
from zuofang.credit.clocks import ClockStep
from zuofang.credit.models import SamplingSheet
from zuofang.rules.book import RuleBook
from zuofang.storage.journal import last_about
from zuofang.traceability.models import Certificate, Workshop
from zuofang.traceability.queries.belonging import Belonging, of_workshop

MOST = 100
"""Sheets with a result that the list shows."""


@dataclass(frozen=True, slots=True)
class SheetLine:
    """A sheet in a list; ``step`` is what it waits for, nothing where its result is there."""

    id: int
    number: str
    product: str
    party: str
    laboratory: str
    taken_on: date
    record_id: int | None
    step: ClockStep | None


@dataclass(frozen=True, slots=True)
class SheetAtDesk:
    """One sheet with its clock; ``whose`` names the operator in a form, ``seen`` is the last entry about the sheet."""

    row: SamplingSheet
    steps: tuple[ClockStep, ...]
    whose: str
    seen: int


def of_sheet(connection: Connection, sheet: int) -> Belonging | None:
    """The operator at whose place the sample was taken."""
    workshop = connection.scalar(select(SamplingSheet.workshop_id).filter_by(id=sheet))
    return None if workshop is None else of_workshop(connection, workshop)


def sheet_list(session: Session, rules: RuleBook, districts: Collection[str] | None) -> list[SheetLine]:
    """The open sheets of these divisions (all where none is named), the most urgent first, then the newest results."""
    statement = select(SamplingSheet).join(SamplingSheet.workshop).options(joinedload(SamplingSheet.workshop))
    if districts is not None:
        statement = statement.where(or_(*(Workshop.district_code.startswith(code) for code in districts)))
    ended = statement.where(SamplingSheet.record_id.is_not(None)).order_by(SamplingSheet.taken_on.desc()).limit(MOST)
    waiting = [_line(one, rules) for one in session.scalars(statement.where(SamplingSheet.record_id.is_(None)))]
    waiting.sort(key=lambda one: (one.step.due.day if one.step else one.taken_on, one.id))
    return [*waiting, *(_line(one, rules) for one in session.scalars(ended))]


def _line(row: SamplingSheet, rules: RuleBook) -> SheetLine:
    open_steps = () if row.record_id else (one for one in steps_of(row, rules) if one.done_on is None)
    return SheetLine(
        row.id, row.number, row.product, row.workshop.name, row.laboratory, row.taken_on, row.record_id,
        next(iter(open_steps), None),
    )  # fmt: skip


def sheet_at_desk(session: Session, key: int, rules: RuleBook) -> SheetAtDesk | None:
    """One sheet, what it waits for, and the number under which its operator is entered in forms."""
    row = session.get(SamplingSheet, key, options=[joinedload(SamplingSheet.workshop)])
    if row is None:
        return None
    newest = select(Certificate.number).filter_by(workshop_id=row.workshop_id).order_by(Certificate.since.desc())
    whose = session.scalar(newest.limit(1)) or row.workshop.credit_code or ""
    return SheetAtDesk(row, steps_of(row, rules), whose, last_about(session, ("sampling_sheet", str(key))))

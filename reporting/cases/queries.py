"""What the desks read: the work list by deadline, what a receipt may be told, who sends again, what was paid."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, func, select
from sqlalchemy.orm import Session, selectinload

from zuofang.reporting.cases.matter import happened, matter_of, officer_of
from zuofang.reporting.cases.models import MarkField, ReportCase, ReportMark, ReportReward, RewardPayment
from zuofang.reporting.law.clocks import open_duties
from zuofang.reporting.law.duties import Duty
from zuofang.reporting.law.matters import ReportKind, What
from zuofang.rules.book import RuleBook
from zuofang.rules.texts import Texts


class Level(StrEnum):
    """How pressing a duty is: 无、提醒承办人、提醒科室负责人、逾期报科室负责人、逾期报分管局领导、暂停计时."""

    quiet = "quiet"
    soon = "soon"
    urgent = "urgent"
    overdue = "overdue"
    escalated = "escalated"
    stopped = "stopped"


@dataclass(frozen=True, slots=True)
class WorkItem:
    """One open duty of one case."""

    case: ReportCase
    officer: str | None
    duty: Duty
    level: Level

    @property
    def lacks_platform_number(self) -> bool:
        """Whether the case still has to be entered on the national platform (R121 Art 40)."""
        return self.case.platform_number is None


def worklist(session: Session, on: date, rules: RuleBook) -> list[WorkItem]:
    """Every open duty, the most pressing first; stopped ones come last. Three statements whatever the number."""
    statement = (
        select(ReportCase)
        .where(ReportCase.finished.is_(False), ReportCase.received_on <= on)
        .options(selectinload(ReportCase.steps), selectinload(ReportCase.reward))
    )
    found = [item for case in session.scalars(statement) for item in items_of(case, on, rules)]
    return sorted(found, key=lambda item: (item.duty.stopped, item.duty.due.day, item.case.number))


def items_of(case: ReportCase, on: date, rules: RuleBook) -> list[WorkItem]:
    """The open duties of one case."""
    officer = officer_of(case)
    open_now = open_duties(matter_of(case, rules), on, rules)
    return [WorkItem(case, officer, duty, level_of(duty, on, rules)) for duty in open_now]


def level_of(duty: Duty, on: date, rules: RuleBook) -> Level:
    """How pressing a duty is on a day, counted in working days."""
    if duty.stopped:
        return Level.stopped
    texts, calendar, due = Texts(rules, on), rules.calendar, duty.due.day
    if duty.is_overdue(on):
        late = not calendar.is_within_working_days(on, due, texts("worklist.escalate").whole)
        return Level.escalated if late else Level.overdue
    if calendar.is_within_working_days(due, on, texts("worklist.urgent").whole):
        return Level.urgent
    return Level.soon if calendar.is_within_working_days(due, on, texts("worklist.soon").whole) else Level.quiet


class Stage(StrEnum):
    """How far a case has come, as its sender may be told; a report's stage reaches nobody else."""

    received = "received"
    checking = "checking"
    accepted = "accepted"
    rejected = "rejected"
    settled = "settled"
    terminated = "terminated"
    filed = "filed"
    not_filed = "not_filed"
    decided = "decided"
    handed_over = "handed_over"
    joined = "joined"
    withdrawn = "withdrawn"
    closed = "closed"


@dataclass(frozen=True, slots=True)
class Status:
    """What the holder of a receipt may be told of one case: how far it is, and what comes next by when."""

    kind: ReportKind
    number: str
    stage: Stage
    since: date
    next: Duty | None
    reward: ReportReward | None


def statuses(session: Session, report_id: int, on: date, rules: RuleBook) -> list[Status]:
    """How far each case of a letter has come; empty while none was opened."""
    statement = (
        select(ReportCase)
        .where(ReportCase.report_id == report_id)
        .order_by(ReportCase.id)
        .options(selectinload(ReportCase.steps), selectinload(ReportCase.reward).selectinload(ReportReward.payment))
    )
    return [_status(case, on, rules) for case in session.scalars(statement)]


def _status(case: ReportCase, on: date, rules: RuleBook) -> Status:
    stage, since = Stage.received, case.received_on
    for one in happened(case):
        if one.what is What.assigned and case.kind is ReportKind.report and stage is Stage.received:
            stage, since = Stage.checking, one.on
        elif one.what.value in set(Stage) and not (one.what is What.withdrawn and case.kind is ReportKind.report):
            stage, since = Stage(one.what.value), one.on
    due = open_duties(matter_of(case, rules), on, rules)
    return Status(case.kind, case.number, stage, since, due[0] if due else None, case.reward)


@dataclass(frozen=True, slots=True)
class Signs:
    """What keyed digests say about a sender, never who it is (R121 Art 17, 35)."""

    same_person: int
    same_trader: int
    shared_contact: int
    is_serial: bool
    repeats: tuple[str, ...]
    """Numbers of open reports of the same person about the same workshop."""


def signs(session: Session, case: ReportCase, on: date, rules: RuleBook) -> Signs:
    """Whether the sender of a case has written before; two statements."""
    texts = Texts(rules, on)
    mine = {mark.field: mark.digest for mark in case.marks}
    rows = session.execute(
        select(ReportMark.field, ReportMark.digest, ReportCase)
        .join(ReportCase, ReportCase.id == ReportMark.case_id)
        .where(ReportMark.digest.in_(list(mine.values())), ReportCase.id != case.id)
        .order_by(ReportCase.id)
    ).all()
    recent = [row for row in rows if texts.after(row[2].received_on, "serial.window").day >= case.received_on]
    same = {row[2].id: row[2] for row in recent if row[0] is not MarkField.address and mine.get(row[0]) == row[1]}
    trader = [one for one in same.values() if one.workshop_id is not None and one.workshop_id == case.workshop_id]
    others = _others_at_contact(session, recent, mine)
    serial = (
        len(same) + 1 >= texts("serial.same_person").whole
        or len(trader) + 1 >= texts("serial.same_trader").whole
        or others + 1 >= texts("serial.shared_contact").whole
    )
    repeats = tuple(one.number for one in trader if one.kind is case.kind is ReportKind.report and not one.finished)
    return Signs(len(same), len(trader), others, serial, repeats)


def _others_at_contact(
    session: Session, recent: Sequence[Any], mine: dict[MarkField, bytes]
) -> int:  # fmt: skip
    """How many other persons, told apart by their identity number, gave the same telephone or address."""
    contacts = {MarkField.phone, MarkField.address}
    sharing = {row[2].id for row in recent if row[0] in contacts and mine.get(row[0]) == row[1]}
    if not sharing or MarkField.identity_number not in mine:
        return 0
    persons = select(func.count(ReportMark.digest.distinct())).where(
        ReportMark.case_id.in_(sharing),
        ReportMark.field == MarkField.identity_number,
        ReportMark.digest != mine[MarkField.identity_number],
    )
    return session.scalar(persons) or 0


@dataclass(frozen=True, slots=True)
class Paid:
    """What was paid in half a year that is over; nothing where so few were paid that a person could be told."""

    year: int
    half: int
    count: int | None
    amount: Decimal | None


def paid(reading: Session | Connection, on: date, rules: RuleBook) -> list[Paid]:
    """What was paid, as it may be told to everybody; one statement."""
    rows = reading.execute(select(RewardPayment.paid_on, RewardPayment.amount))
    return by_half_years([(day, amount) for day, amount in rows], on, rules)


def by_half_years(payments: Iterable[tuple[date, Decimal]], on: date, rules: RuleBook) -> list[Paid]:
    """What was paid in each half-year that is over, newest first.

    Only whole half-years, so that nobody finds a single reward by looking before and after; and none in which fewer
    were paid than the rule asks for.
    """
    fewest = Texts(rules, on)("rewards.suppress_below").whole
    sums: dict[tuple[int, int], list[Decimal]] = {}
    for day, amount in payments:
        if _half(day) < _half(on):
            sums.setdefault(_half(day), []).append(amount)
    return [_told(*half, found, fewest) for half, found in sorted(sums.items(), reverse=True)]


def _half(day: date) -> tuple[int, int]:
    return day.year, 1 if day < date(day.year, 7, 1) else 2


def _told(year: int, half: int, amounts: Iterable[Decimal], fewest: int) -> Paid:
    found = list(amounts)
    if len(found) < fewest:
        return Paid(year, half, None, None)
    return Paid(year, half, len(found), sum(found, Decimal(0)))

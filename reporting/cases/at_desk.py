"""One case as its officer sees it: what is due and why, what happened, what may be done now, and what belongs to it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, ScalarSelect, String, cast, exists, func, select
from sqlalchemy.orm import Session, aliased, selectinload

from zuofang.reporting.cases.acts.steps import possible
from zuofang.reporting.cases.matter import matter_of, matter_of_letter
from zuofang.reporting.cases.models import AskKind, ReportAsk, ReportCase, ReportReward
from zuofang.reporting.cases.queries import Level, Signs, WorkItem, items_of, level_of, signs
from zuofang.reporting.law.clocks import duties, open_duties
from zuofang.reporting.law.duties import Duty
from zuofang.reporting.law.matters import What
from zuofang.reporting.models import LetterKind, Report, ReportLetter
from zuofang.rules.book import RuleBook
from zuofang.rules.calendar import china_day
from zuofang.storage.accounts.models import Account
from zuofang.storage.journal import JournalEntry, last_about
from zuofang.traceability.models import Workshop

FROM_SENDER = (LetterKind.addition, LetterKind.withdrawal)
"""Kinds of letters by which a sender writes again."""
OURS = tuple(kind for kind in LetterKind if kind.is_ours)


@dataclass(frozen=True, slots=True)
class CaseAtDesk:
    """What stands on the page of a case. ``seen`` is the number of the last entry in the journal about it."""

    case: ReportCase
    report: Report
    workshop: Workshop | None
    due: tuple[WorkItem, ...]
    walk: tuple[Duty, ...]
    """Every duty that has begun, done or open."""
    possible: frozenset[What]
    signs: Signs
    related: tuple[ReportCase, ...]
    """Cases of the same letter, the one it was joined to, and those that were joined to it."""
    people: dict[str, str]
    """Names of the people whose accounts stand in the file."""
    seen: int

    @property
    def waiting(self) -> tuple[ReportAsk, ...]:
        """What was asked of others and is not answered."""
        return tuple(one for one in self.case.asks if one.granted is None)

    def person(self, account: str | None) -> str:
        """Who an account belongs to; its own name where nobody is known by it."""
        return self.people.get(account or "", account or "")


def case_at_desk(session: Session, key: int, on: date, rules: RuleBook) -> CaseAtDesk | None:
    """The case with this key; a fixed number of statements."""
    case = session.scalars(
        select(ReportCase).where(ReportCase.id == key).options(
            selectinload(ReportCase.steps), selectinload(ReportCase.marks), selectinload(ReportCase.asks),
            selectinload(ReportCase.reward).selectinload(ReportReward.payment),
        )
    ).one_or_none()  # fmt: skip
    if case is None:
        return None
    letter = select(Report).where(Report.id == case.report_id).options(selectinload(Report.letters))
    shop = session.get(Workshop, case.workshop_id) if case.workshop_id else None
    return CaseAtDesk(
        case=case, report=session.scalars(letter).one(), workshop=shop, due=tuple(items_of(case, on, rules)),
        walk=duties(matter_of(case, rules), on, rules), possible=possible(case), signs=signs(session, case, on, rules),
        related=_related(session, case), people=_people(session, case),
        seen=last_about(session, ("report_case", case.number)),
    )  # fmt: skip


def _related(session: Session, case: ReportCase) -> tuple[ReportCase, ...]:
    ties = (ReportCase.report_id == case.report_id) | (ReportCase.joined_id == case.id)
    if case.joined_id is not None:
        ties |= ReportCase.id == case.joined_id
    return tuple(session.scalars(select(ReportCase).where(ties, ReportCase.id != case.id).order_by(ReportCase.id)))


def _people(session: Session, case: ReportCase) -> dict[str, str]:
    named = {one.done_by for one in case.steps} | {one.approved_by or "" for one in case.steps}
    named |= {one.detail for one in case.steps if one.what is What.assigned}
    named |= {name for one in case.asks for name in (one.asked_by, one.answered_by or "")}
    if case.reward is not None:
        named |= {case.reward.proposed_by, case.reward.approved_by or ""}
    return persons(session, named)


def persons(session: Session | Connection, names: Collection[str]) -> dict[str, str]:
    """The persons of these accounts."""
    rows = session.execute(select(Account.name, Account.person).where(Account.name.in_(names)))
    return {row.name: row.person for row in rows}


@dataclass(frozen=True, slots=True)
class NewLetter:
    """A letter of which nobody has opened a case, and what is due about it all the same."""

    report: Report
    duty: Duty | None
    level: Level


def new_letters(session: Session, on: date, rules: RuleBook) -> list[NewLetter]:
    """The letters that wait to be opened, the most pressing first; one statement."""
    opened = exists().where(ReportCase.report_id == Report.id)
    waiting = select(Report).where(Report.closed_on.is_(None), Report.erased_on.is_(None), ~opened)
    found = []
    for report in session.scalars(waiting.order_by(Report.id)):
        due = open_duties(matter_of_letter(report), on, rules)
        found.append(NewLetter(report, due[0] if due else None, level_of(due[0], on, rules) if due else Level.quiet))
    return sorted(found, key=lambda one: (one.duty.due.day if one.duty else date.max, one.report.id))


def unread_messages(session: Session) -> list[tuple[ReportCase, date]]:
    """Open cases whose sender wrote again, with the day of it, until it is answered or read on a later day.

    The journal knows of reading by the day alone, so that it does not tell at which minute somebody wrote. What came on
    a day on which the letter was read may have come after that, and stands once more. Two statements.
    """
    rows = session.execute(
        select(ReportCase, ReportLetter.sent_on, _last_read())
        .join(ReportLetter, ReportLetter.id == _newest(FROM_SENDER))
        .where(ReportCase.finished.is_(False), ReportLetter.id > func.coalesce(_newest(OURS), 0))
        .options(selectinload(ReportCase.steps))
        .order_by(ReportLetter.id)
    )
    return [(case, sent) for case, sent, read in rows if read is None or china_day(read) <= sent]


def _newest(kinds: Collection[LetterKind]) -> ScalarSelect[int | None]:
    """The newest letter of one of these kinds that belongs to the report of a case."""
    letter = aliased(ReportLetter)
    found = select(func.max(letter.id)).where(letter.report_id == ReportCase.report_id, letter.kind.in_(kinds))
    return found.correlate(ReportCase).scalar_subquery()


def _last_read() -> ScalarSelect[datetime]:
    """When the letter of a case was read last; the beginning of that day."""
    about = (JournalEntry.subject_kind == "report", JournalEntry.subject_key == cast(ReportCase.report_id, String))
    return select(func.max(JournalEntry.at)).where(*about, JournalEntry.act == "report.read").scalar_subquery()


def waiting_asks(session: Session, kinds: Collection[AskKind]) -> list[tuple[ReportAsk, ReportCase]]:
    """What waits for an answer, the oldest first; one statement."""
    rows = session.execute(
        select(ReportAsk, ReportCase)
        .join(ReportCase, ReportCase.id == ReportAsk.case_id)
        .where(ReportAsk.kind.in_(kinds), ReportAsk.granted.is_(None))
        .order_by(ReportAsk.asked_on, ReportAsk.id)
    )
    return [(ask, case) for ask, case in rows]


def waiting_rewards(session: Session) -> list[tuple[ReportReward, ReportCase]]:
    """Rewards that wait to be approved, or to be told once they are; one statement."""
    rows = session.execute(
        select(ReportReward, ReportCase)
        .join(ReportCase, ReportCase.id == ReportReward.case_id)
        .where(ReportReward.told_on.is_(None), ReportReward.given_up_on.is_(None))
        .order_by(ReportReward.proposed_on, ReportReward.id)
    )
    return [(reward, case) for reward, case in rows]

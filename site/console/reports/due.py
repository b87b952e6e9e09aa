"""What is due about reports: letters nobody opened, approvals that wait, and the clocks of the cases of one's place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from sqlalchemy import Connection
from sqlalchemy.orm import Session

from zuofang.reporting.cases.at_desk import (
    NewLetter,
    new_letters,
    persons,
    unread_messages,
    waiting_asks,
    waiting_rewards,
)
from zuofang.reporting.cases.matter import officer_of
from zuofang.reporting.cases.models import AskKind, ReportAsk, ReportCase
from zuofang.reporting.cases.queries import Level, WorkItem, worklist
from zuofang.reporting.law.duties import Duty
from zuofang.rules.sentences import Sentence, say
from zuofang.site.console.counter import Counter, guest
from zuofang.site.console.reports.words import REPORT_WORDS
from zuofang.site.console.rights import reach
from zuofang.site.console.work import Work, waiting, work
from zuofang.storage.accounts.models import Role
from zuofang.storage.accounts.sessions import Held

OVER = (Level.overdue, Level.escalated)
STOPPED = say("暂停计时")
WROTE_AGAIN = say("来件人又写来了，还没有人看")


def due(connection: Connection, here: Counter, held: list[Held]) -> Iterable[Work]:
    """What a case officer has to see today: letters, approvals, one's own cases, nobody's, and what is overdue."""
    me = guest().name
    with Session(connection) as session:
        yield from due_letters(session, here, held)
        yield from due_messages(session, here, held)
        yield from due_asks(session, here, held)
        yield from due_rewards(session, here, held)
        for item in items_due(session, here, held):
            if item.officer in (None, me) or item.level in OVER:
                yield duty_line(item, here.today)


def due_letters(session: Session, here: Counter, held: list[Held]) -> Iterator[Work]:
    """Letters of which nobody has opened a case; they belong to the whole city."""
    if not reach(held, Role.case_officer).everything:
        return
    for one in new_letters(session, here.today, here.rules):
        yield letter_line(one, here.today)


def due_messages(session: Session, here: Counter, held: list[Held]) -> Iterator[Work]:
    """One's own cases, and nobody's, whose sender wrote again and waits for somebody to look."""
    span, me = reach(held, Role.case_officer), guest().name
    why = say("回复以后，或者次日以后打开过，就不再列出")
    for case, since in unread_messages(session):
        if span.covers(case.place) and officer_of(case) in (None, me):
            title = say("%(number)s：%(duty)s", number=case.number, duty=WROTE_AGAIN)
            yield waiting(title, f"/reports/{case.id}#letter", since, kind_of(case), why, here.today)


def due_asks(session: Session, here: Counter, held: list[Held]) -> Iterator[Work]:
    """Steps that another officer cannot take without one's approval."""
    span, me = reach(held, Role.case_officer), guest().name
    found = [one for one in waiting_asks(session, [AskKind.approval]) if one[0].asked_by != me]
    names = persons(session, {ask.asked_by for ask, _ in found})
    for ask, case in found:
        if span.covers(case.place):
            yield _approval(ask, case, names.get(ask.asked_by, ask.asked_by), here.today)


def due_rewards(session: Session, here: Counter, held: list[Held]) -> Iterator[Work]:
    """Rewards that another officer proposed, and those that are approved and not told."""
    span, me, kind = reach(held, Role.case_officer), guest().name, say("奖励")
    for reward, case in waiting_rewards(session):
        if not span.covers(case.place) or (reward.approved_by is None and reward.proposed_by == me):
            continue
        since, href = reward.approved_on or reward.proposed_on, f"/reports/{case.id}#reward"
        asked = say("请您批准奖励") if reward.approved_by is None else say("奖励已批准，请告知举报人")
        title = say("%(number)s：%(duty)s", number=case.number, duty=asked)
        yield waiting(title, href, since, kind, say("%(amount)s 元", amount=reward.amount), here.today)


def items_due(session: Session, here: Counter, held: list[Held]) -> list[WorkItem]:
    """The open duties of the cases of one's place, the most pressing first."""
    span = reach(held, Role.case_officer)
    found = worklist(session, here.today, here.rules)
    return [item for item in found if span.covers(item.case.place)]


def due_cases(session: Session, here: Counter, held: list[Held], officer: str | None = None) -> Iterator[Work]:
    """The open duties of the cases of one's place, or of those that one officer handles."""
    for item in items_due(session, here, held):
        if officer in (None, item.officer):
            yield duty_line(item, here.today)


def duty_line(item: WorkItem, today: date, href: str = "", more: Iterable[Sentence] = ()) -> Work:
    """One duty as a line: what, by when, by which article, whom its lateness is told, and what else is to be said."""
    title = say("%(number)s：%(duty)s", number=item.case.number, duty=item.duty.sentence)
    parts = [_articles(item.duty)]
    if item.level not in (Level.quiet, Level.stopped):
        parts.append(REPORT_WORDS[Level][item.level])
    if item.officer is None:
        parts.append(say("还没有交办"))
    if item.lacks_platform_number:
        parts.append(say("还没有 12315 平台编号"))
    parts += more
    line = work(title, href or f"/reports/{item.case.id}", item.duty.due.day, kind_of(item.case), joined(parts), today)
    if item.level is Level.stopped:
        return Work(line.title, line.href, line.due, line.kind, line.meta, STOPPED, "")
    return line


def kind_of(case: ReportCase) -> Sentence:
    """What a case is called."""
    return REPORT_WORDS[type(case.kind)][case.kind]


def joined(parts: list[Sentence]) -> Sentence:
    """Short sentences one after the other."""
    first, *rest = parts
    for one in rest:
        first = say("%(before)s · %(after)s", before=first, after=one)
    return first


def _articles(duty: Duty) -> Sentence:
    found = [say("%(article)s", article=rule.article) for rule in duty.rules]
    if not duty.by_law:
        found.append(say("条文只说及时，天数是本局自定的"))
    if duty.due.provisional:
        found.append(say("节假日安排公布前是暂定的"))
    return joined(found)


def letter_line(one: NewLetter, today: date, href: str = "") -> Work:
    """A letter that nobody has opened."""
    kind = REPORT_WORDS[type(one.report.kind)][one.report.kind]
    title = say("新来件：打开看，定是哪一类、归哪里")
    standing = REPORT_WORDS[type(one.report.standing)][one.report.standing]
    href = href or f"/reports/letters/{one.report.id}"
    if one.duty is None:
        return waiting(title, href, one.report.received_on, kind, joined([standing, say("来件人已撤回")]), today)
    parts = [standing, one.duty.sentence, _articles(one.duty)]
    if one.level not in (Level.quiet, Level.stopped):
        parts.append(REPORT_WORDS[Level][one.level])
    return work(title, href, one.duty.due.day, kind, joined(parts), today)


def _approval(ask: ReportAsk, case: ReportCase, who: str, today: date) -> Work:
    step = REPORT_WORDS[type(ask.what)][ask.what] if ask.what else say("批准")
    title = say("%(number)s：请您批准“%(step)s”", number=case.number, step=step)
    why = say("%(who)s提出：%(why)s", who=who, why=ask.why)
    return waiting(title, f"/reports/{case.id}#asks", ask.asked_on, say("待批准"), why, today)

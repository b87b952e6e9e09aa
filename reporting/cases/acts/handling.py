"""Handling a case, step by step; the opposite of each is :func:`zuofang.reporting.cases.acts.steps.take_back`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from sqlalchemy import select

from zuofang.credit.codec import dump
from zuofang.reporting.cases.acts.steps import note, refresh, refuse, settle_at_once, step
from zuofang.reporting.cases.matter import happened, matter_of, outcome_of
from zuofang.reporting.cases.models import ReportCase
from zuofang.reporting.law.claims import Outcome
from zuofang.reporting.law.clocks import open_duties
from zuofang.reporting.law.duties import Task
from zuofang.reporting.law.matters import Happening, NoticeKind, ReportKind, StopCause, What
from zuofang.rules.sentences import say
from zuofang.rules.texts import Texts
from zuofang.storage.acts import Desk, Refused

EXTENDABLE = (Task.check, Task.decide)


def assign(desk: Desk, case: ReportCase, officer: str, on: date, why: str) -> None:
    """Say who handles a case, once it is settled that it is ours (管辖)."""
    refuse(not officer.strip(), say("请写明承办人。"))
    step(desk, case, Happening(What.assigned, on, detail=officer.strip()), why)


def dispute(desk: Desk, case: ReportCase, with_whom: str, on: date, why: str) -> None:
    """Note that another authority and we do not agree on who is competent (管辖争议)."""
    step(desk, case, Happening(What.disputed, on, detail=with_whom), why)


def agree(desk: Desk, case: ReportCase, on: date, why: str) -> None:
    """The dispute is settled between the two."""
    step(desk, case, Happening(What.agreed, on), why)


def refer(desk: Desk, case: ReportCase, superior: str, on: date, why: str) -> None:
    """The common superior is asked to decide who is competent."""
    step(desk, case, Happening(What.referred, on, detail=superior), why)


def accept(desk: Desk, case: ReportCase, on: date, why: str) -> None:
    """Accept a complaint; the days of mediation begin (受理)."""
    step(desk, case, Happening(What.accepted, on), why)


def reject(desk: Desk, case: ReportCase, ground: str, on: date, why: str) -> None:
    """Do not accept a complaint, on one of the grounds of the text of its day (不予受理).

    Raises:
        Refused: the text knows no such ground.
    """
    _ground(desk, case, "complaint.reject_grounds", ground)
    step(desk, case, Happening(What.rejected, on, detail=ground), why)


def settle(desk: Desk, case: ReportCase, on: date, why: str) -> None:
    """Both sides agreed (达成调解协议)."""
    step(desk, case, Happening(What.settled, on), why)


def terminate(desk: Desk, case: ReportCase, ground: str, on: date, why: str) -> None:
    """End a mediation without an agreement, on one of the grounds of the text of its day (终止调解)."""
    _ground(desk, case, "complaint.termination_grounds", ground)
    step(desk, case, Happening(What.terminated, on, detail=ground), why)


def withdraw(desk: Desk, case: ReportCase, on: date, why: str) -> None:
    """Note that the sender took it back; a report is checked all the same."""
    step(desk, case, Happening(What.withdrawn, on), why)


def stop(desk: Desk, case: ReportCase, cause: StopCause, on: date, why: str) -> None:
    """Days stop counting from the next day on: a sample goes to the laboratory, say."""
    refuse(cause in _running(case), say("这一事由的期间已经开始，还没有结束。"))
    step(desk, case, Happening(What.stopped, on, cause=cause), why)


def resume(desk: Desk, case: ReportCase, cause: StopCause, on: date, why: str) -> None:
    """Days count again from the next day on: the result came."""
    refuse(cause not in _running(case), say("这一事由的期间没有在进行。"))
    step(desk, case, Happening(What.resumed, on, cause=cause), why)


def extend(
    desk: Desk, case: ReportCase, on: date, why: str, *, approved_by: str, until: date | None = None
) -> None:  # fmt: skip
    """Extend the check or the decision, approved by a named head before its last day; ``until`` as discussed.

    Raises:
        Refused: it is too late, nothing is left to extend, or the approver is the one who asks.
    """
    before = matter_of(case, desk.rules)
    running = [one for one in open_duties(before, on, desk.rules) if one.task in EXTENDABLE]
    refuse(not running or on > running[0].due.day, say("期限已经届满，不能再延长。"))
    asked = Happening(What.extended, on, until=until)
    then = open_duties(replace(before, happened=(*before.happened, asked)), on, desk.rules)
    longer = [one for one in then if one.task is running[0].task]
    refuse(longer[0].due.day <= running[0].due.day, say("依规定不能再延长，或者须由集体讨论确定截止日期。"))
    step(desk, case, asked, why, approved_by)


def file(desk: Desk, case: ReportCase, on: date, why: str, *, approved_by: str) -> None:
    """Open a case of enforcement; the days for the decision begin (立案)."""
    step(desk, case, Happening(What.filed, on), why, approved_by)


def do_not_file(desk: Desk, case: ReportCase, on: date, why: str, *, approved_by: str) -> None:
    """Decide that no case of enforcement is opened (不予立案)."""
    step(desk, case, Happening(What.not_filed, on), why, approved_by)


def hand_over(desk: Desk, case: ReportCase, to: str, on: date, why: str, *, approved_by: str) -> None:
    """Hand a case over to the authority that has the power (移交、移送)."""
    refuse(not to.strip(), say("请写明接收的部门。"))
    step(desk, case, Happening(What.handed_over, on, detail=to.strip()), why, approved_by)


def decide(desk: Desk, case: ReportCase, outcome: Outcome, on: date, why: str) -> None:
    """Note what was decided, for the reward alone.

    The credit file gets its own record of the decision by its own act, entered from the decision and never from here,
    so that nothing leads from what is public to what was reported.
    """
    step(desk, case, Happening(What.decided, on), why)
    case.outcome = dump(replace(outcome, closed_on=None, place=case.place))
    refresh(desk, case)


def serve(desk: Desk, case: ReportCase, on: date, why: str) -> None:
    """The decision reached the party (送达)."""
    step(desk, case, Happening(What.served, on), why)


def close(desk: Desk, case: ReportCase, on: date, why: str) -> None:
    """Close a case (结案); with a verified major breach the reporter must now be told of the reward."""
    step(desk, case, Happening(What.closed, on), why)
    outcome = outcome_of(case)
    if outcome is not None:
        case.outcome = dump(replace(outcome, closed_on=on))
        refresh(desk, case)


def tell(desk: Desk, case: ReportCase, notice: NoticeKind, on: date, why: str) -> None:
    """Note that a notice was given; one that no article asks for is refused (R121 Art 36).

    Raises:
        Refused: nothing of the kind is owed.
    """
    task = Task(f"tell_{notice.value}")
    owed = {one.task for one in open_duties(matter_of(case, desk.rules), on, desk.rules)}
    refuse(task not in owed, say("没有条文要求作这一告知，或者已经告知。"))
    step(desk, case, Happening(What.told, on, notice=notice), why)


def enter_platform_number(desk: Desk, case: ReportCase, number: str, why: str) -> None:
    """Keep the number under which the case stands on the national 12315 platform (R121 Art 40).

    Raises:
        Refused: it has one, or another case has this one.
    """
    refuse(case.platform_number is not None, say("这一件已有平台编号。"))
    wanted = number.strip()
    refuse(not wanted.isascii() or not wanted.isalnum(), say("平台编号只含字母和数字。"))
    taken = desk.session.scalar(select(ReportCase.number).where(ReportCase.platform_number == wanted))
    if taken is not None:
        raise Refused(say("这个平台编号属于办理编号%(number)s。", number=taken))
    case.platform_number = wanted
    settle_at_once(desk, say("这个平台编号刚刚被另一件用了。"))
    note(desk, "enter_platform_number", case, why)


def clear_platform_number(desk: Desk, case: ReportCase, why: str) -> None:
    """Take the number of the national platform out again."""
    refuse(case.platform_number is None, say("这一件没有平台编号。"))
    case.platform_number = None
    note(desk, "clear_platform_number", case, why)


def _ground(desk: Desk, case: ReportCase, rule: str, ground: str) -> None:
    known: Iterable[str] = Texts(desk.rules, case.received_on)(rule).words
    refuse(case.kind is ReportKind.complaint and ground not in known, say("收到之日的规定没有这一理由。"))


def _running(case: ReportCase) -> set[StopCause]:
    running: set[StopCause] = set()
    for one in happened(case):
        if one.what is What.stopped and one.cause is not None:
            running.add(one.cause)
        elif one.what is What.resumed and one.cause is not None:
            running.discard(one.cause)
    return running

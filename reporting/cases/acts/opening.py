"""Opening cases: one letter becomes one case or two, a clue becomes one of its own, the same matter is told twice."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from zuofang.reporting.cases.acts.steps import note, refresh, refuse, settle_at_once, step
from zuofang.reporting.cases.models import ReportCase
from zuofang.reporting.law.matters import Happening, Origin, ReportKind, Standing, What
from zuofang.reporting.models import Report
from zuofang.rules.sentences import say
from zuofang.storage.acts import Desk, Refused

ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Letters and digits that nobody confuses."""
LENGTH, GROUP = 8, 4
OPENED = say("这一来件已经立过同类案件。")


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What a case is about, as far as its law depends on it."""

    place: str
    workshop_id: int | None = None
    food: bool = True
    unlicensed: bool = False
    small: bool = True


def split(
    desk: Desk, report: Report, about: About, why: str, kinds: Iterable[ReportKind] = ()
) -> tuple[ReportCase, ...]:  # fmt: skip
    """Open the case of a letter, or two where it is both a complaint and a report (R121 Art 9).

    Without ``kinds`` the letter is what its sender called it. The opposite is :func:`discard`.

    Raises:
        Refused: such a case is open already, or a complaint would have no name.
    """
    wanted = tuple(dict.fromkeys(kinds)) or (report.kind,)
    if ReportKind.complaint in wanted and report.standing is Standing.anonymous:
        raise Refused(say("投诉须有投诉人的真实身份，匿名来件只能作为举报办理。"))
    return tuple(_open(desk, report, kind, Origin.letter, report.received_on, about, why) for kind in wanted)


def discard(desk: Desk, case: ReportCase, why: str) -> None:
    """Strike out a case that was opened in error; the journal keeps that it was.

    Raises:
        Refused: something was done about it already.
    """
    if case.steps or case.reward is not None or case.platform_number is not None:
        raise Refused(say("已经开始办理，不能撤销。"))
    for mark in list(case.marks):
        desk.session.delete(mark)
    note(desk, "discard", case, why)
    desk.session.flush()
    desk.session.delete(case)
    desk.session.flush()


def follow_clue(desk: Desk, complaint: ReportCase, on: date, why: str) -> ReportCase:
    """Open the case of a breach that was found while a complaint was handled (R121 Art 27)."""
    if complaint.kind is not ReportKind.complaint or on < complaint.received_on:
        raise Refused(say("只有在办理投诉时发现的线索才能这样立项。"))
    about = About(
        place=complaint.place, workshop_id=complaint.workshop_id, food=complaint.food,
        unlicensed=complaint.unlicensed, small=complaint.small,
    )  # fmt: skip
    report = desk.session.get_one(Report, complaint.report_id)
    return _open(desk, report, ReportKind.report, Origin.clue, on, about, why)


def join(desk: Desk, case: ReportCase, main: ReportCase, on: date, why: str, *, new_facts: bool) -> None:
    """Make a report part of an earlier one about the same facts and the same target (R121 Art 35).

    With new facts the check of the earlier one begins again on the day this one came in; without, nothing is handled
    twice. The opposite is :func:`part`.

    Raises:
        Refused: they are not two open reports, or the earlier one is itself part of another.
    """
    both_reports = case.kind is main.kind is ReportKind.report
    refuse(not both_reports or case is main, say("只有举报可以并入另一件举报。"))
    refuse(case.joined_id is not None or main.joined_id is not None, say("其中一件已经并入别的举报。"))
    refuse(main.received_on > case.received_on, say("只能并入较早收到的举报。"))
    step(desk, case, Happening(What.joined, on, detail=main.number), why)
    case.joined_id = main.id
    if new_facts:
        step(desk, main, Happening(What.renewed, case.received_on, detail=case.number), why)


def part(desk: Desk, case: ReportCase, why: str) -> None:
    """Take a joining back: both are handled by themselves again."""
    main = desk.session.get(ReportCase, case.joined_id) if case.joined_id else None
    if main is None:
        raise Refused(say("这一件没有并入别的举报。"))
    for one in (*case.steps, *main.steps):
        if (one.what, one.detail) in ((What.joined, main.number), (What.renewed, case.number)):
            one.undone = True
    case.joined_id = None
    for one_case in (case, main):
        refresh(desk, one_case)
    note(desk, "part", case, why)


def _open(
    desk: Desk, report: Report, kind: ReportKind, origin: Origin, on: date, about: About, why: str
) -> ReportCase:  # fmt: skip
    known = select(ReportCase.id).where(ReportCase.report_id == report.id, ReportCase.kind == kind)
    refuse(desk.session.scalar(known) is not None, OPENED)
    case = ReportCase(
        number=_number(), report_id=report.id, kind=kind, origin=origin, standing=report.standing, received_on=on,
        workshop_id=about.workshop_id, place=about.place, food=about.food, unlicensed=about.unlicensed,
        small=about.small, finished=False,
    )  # fmt: skip
    desk.session.add(case)
    settle_at_once(desk, OPENED)
    note(desk, "open", case, why, kind=kind, origin=origin, received_on=on)
    return case


def _number() -> str:
    drawn = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
    return f"{drawn[:GROUP]}-{drawn[GROUP:]}"

"""Recognising a sender without knowing who it is: the custodian makes digests of what was given under seal."""

from __future__ import annotations

from zuofang.reporting.cases.acts.steps import note
from zuofang.reporting.cases.marks import mark_key, marks
from zuofang.reporting.cases.models import MarkField, ReportCase, ReportMark
from zuofang.reporting.keys.roles import RoleKeys
from zuofang.reporting.law.matters import Standing
from zuofang.reporting.models import Report
from zuofang.reporting.opening import open_person
from zuofang.storage.acts import Desk


def recognise(desk: Desk, case: ReportCase, custodian: RoleKeys, why: str) -> None:
    """Make the digests of the sender of a case; nothing that was given leaves this function in clear.

    Raises:
        WillNotOpen: the keys are not those of the custodians, or the person was destroyed.
    """
    key, person = mark_key(custodian), dict[str, str]()
    if case.standing is not Standing.anonymous:
        person = open_person(desk.session, desk.session.get_one(Report, case.report_id), custodian)
    _keep(desk, case, marks(key, person))
    note(desk, "recognise", case, why, digests=len(case.marks))


def forget(desk: Desk, case: ReportCase, why: str) -> None:
    """Delete the digests again, at the end of their retention or when they were made in error."""
    _keep(desk, case, {})
    note(desk, "forget_marks", case, why)


def _keep(desk: Desk, case: ReportCase, made: dict[MarkField, bytes]) -> None:
    for mark in list(case.marks):
        desk.session.delete(mark)
    case.marks.clear()
    desk.session.flush()
    case.marks.extend(ReportMark(field=field, digest=digest) for field, digest in made.items())

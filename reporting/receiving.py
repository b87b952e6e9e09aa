"""The journal takes note of what was handed in: that it came, of which kind, and its commitment; nothing else.

The letter box cannot write to the journal, because its process does not own the key that signs it.
"""

from __future__ import annotations

from datetime import date

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.orm import Session

from zuofang.reporting.cases.acts.claims import settle_claims
from zuofang.reporting.models import LetterKind, Report, ReportLetter
from zuofang.rules.calendar import china_day
from zuofang.storage.acts import Desk, Office

WHO = "letterbox"
WHY = "收到来件"
AT_ONCE = 200


def take_note(office: Office) -> int:
    """Enter every letter of the days that are over; answers how many. Doing it again changes nothing.

    Never on the day itself: the place among the entries of other acts would tell the minute at which somebody wrote.
    """
    noted = 0
    while is_waiting(office):
        with office.writing(WHO) as desk:
            noted += _note_reports(desk) + _note_letters(desk)
            settle_claims(desk)
    return noted


def is_waiting(office: Office) -> bool:
    """Whether a letter waits to be entered; asks without taking the write lock."""
    today = china_day(office.clock())
    unknown = exists().where(*_reports_before(today)) | exists().where(*_letters_before(today))
    with Session(office.database.read) as session:
        return bool(session.scalar(select(unknown)))


def _reports_before(day: date) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return Report.journalled.is_(False), Report.received_on < day


def _letters_before(day: date) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return ReportLetter.journalled.is_(False), ReportLetter.sent_on < day


def _note_reports(desk: Desk) -> int:
    waiting = select(Report).where(*_reports_before(desk.today)).order_by(Report.id).limit(AT_ONCE)
    reports = desk.session.scalars(waiting).all()
    for report in reports:
        report.journalled = True
        on, commitment = report.received_on, report.commitment
        desk.record("report.receive", report, WHY, kind=report.kind, received_on=on, commitment=commitment)
    return len(reports)


def _note_letters(desk: Desk) -> int:
    waiting = select(ReportLetter).where(*_letters_before(desk.today)).order_by(ReportLetter.id).limit(AT_ONCE)
    letters = desk.session.scalars(waiting).all()
    for letter in letters:
        letter.journalled = True
        if letter.kind is not LetterKind.statement:  # the statement came with its report, which is entered already
            desk.record(f"report.{letter.kind}", ("report", str(letter.report_id)), WHY, letter=letter.id)
    # Rows that changed without an entry of their own are told of by the entries of their reports.
    if letters and all(letter.kind is LetterKind.statement for letter in letters):
        desk.record("report.enter", ("report", str(letters[-1].report_id)), WHY, letters=len(letters))
    return len(letters)

"""Retention: what of a report is destroyed when, each part by a term of its own that begins on the day of closing.

A report whose case is open loses nothing, so nothing is destroyed before the longest open clock has run out. What is
destroyed is the key or the seal itself; the database overwrites it, and what is left in backups ends with these.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import delete, exists, select, update
from sqlalchemy.orm import Session

from zuofang.reporting.cases.models import ReportAsk, ReportCase, ReportMark
from zuofang.reporting.evidence.uploads import remove
from zuofang.reporting.models import EvidenceFile, Report, ReportEvidence, ReportLetter, ReportSecret, Role
from zuofang.rules.book import RuleBook
from zuofang.storage.acts import Desk, Office

WHO = "retention clock"
WHY = "保留期限届满"
IDENTITY, PAYOUT, CONTENT = "retention.identity", "retention.payout", "retention.content"
PART_OF = {Role.identity: IDENTITY, Role.payout: PAYOUT}


@dataclass(frozen=True, slots=True)
class Purged:
    """What one run destroyed."""

    identities: int = 0
    accounts: int = 0
    contents: int = 0
    uploads: int = 0


def ends_on(part: str, closed_on: date, rules: RuleBook) -> date:
    """The last day on which a part of a report that was closed on a day is kept."""
    return rules.calendar.after(closed_on, rules.parameters(part, closed_on)).day


def purge(office: Office) -> Purged:
    """Destroy what is over its term; doing it again the same day changes nothing."""
    uploads = purge_uploads(office)
    due = list(_due(office))
    if not due:
        return Purged(uploads=uploads)
    with office.writing(WHO) as desk:
        secrets = {role: sum(_erase_secret(desk, key, role) for key in due) for role in PART_OF}
        contents = sum(_erase_content(desk, key) for key in due)
    return Purged(secrets[Role.identity], secrets[Role.payout], contents, uploads)


def purge_uploads(office: Office) -> int:
    """Delete files that were never handed in and whose form is too old; no act, because nobody handed them in."""
    with Session(office.database.write) as session:
        session.connection()
        handed_in = exists().where(ReportEvidence.file_id == EvidenceFile.id)
        old = session.scalars(select(EvidenceFile.id).where(EvidenceFile.expires < office.clock(), ~handed_in)).all()
        if old:
            remove(session, list(old))
        session.commit()
    return len(old)


def _due(office: Office) -> Iterator[int]:
    """Closed reports of which any part may be over its term."""
    closed = select(Report.id, Report.closed_on).where(Report.closed_on.is_not(None), Report.erased_on.is_(None))
    with Session(office.database.read) as session:
        rows = session.execute(closed).all()
    today = Desk(session, WHO, office.clock(), office.rules, office.keys).today
    parts = (IDENTITY, PAYOUT, CONTENT)
    for key, closed_on in rows:
        if closed_on is not None and any(ends_on(part, closed_on, office.rules) < today for part in parts):
            yield key


def _erase_secret(desk: Desk, key: int, role: Role) -> int:
    """Destroy what only one role could open, and write down the digest of the seal that is gone."""
    report = desk.session.get_one(Report, key)
    wanted = (ReportSecret.report_id == key, ReportSecret.role == role)
    secret = desk.session.scalars(select(ReportSecret).where(*wanted)).one_or_none()
    if secret is None or report.closed_on is None or ends_on(PART_OF[role], report.closed_on, desk.rules) >= desk.today:
        return 0
    gone = hashlib.sha256(secret.sealed).digest()
    desk.session.delete(secret)
    if role is Role.identity:
        _forget_marks(desk, key)
    desk.record("report.erase_secret", report, WHY, role=role, gone=gone)
    return 1


def _forget_marks(desk: Desk, key: int) -> None:
    """Forget by what a person was recognised and reached: none of it outlives what it was made from."""
    cases = select(ReportCase.id).where(ReportCase.report_id == key)
    desk.session.execute(delete(ReportMark).where(ReportMark.case_id.in_(cases)))
    desk.session.execute(update(ReportAsk).where(ReportAsk.case_id.in_(cases)).values(sealed=None))


def _erase_content(desk: Desk, key: int) -> int:
    """Destroy the keys and contents of a report; what stays is that it came, and when it was closed."""
    report = desk.session.get_one(Report, key)
    if report.closed_on is None or ends_on(CONTENT, report.closed_on, desk.rules) >= desk.today:
        return 0
    files = desk.session.scalars(select(ReportEvidence.file_id).where(ReportEvidence.report_id == key)).all()
    gone = hashlib.sha256(b"".join(letter.sealed for letter in report.letters)).digest()
    for table in (ReportSecret, ReportLetter, ReportEvidence):
        desk.session.execute(delete(table).where(table.report_id == key))
    cases = select(ReportCase.id).where(ReportCase.report_id == key)
    words = {"why": "", "answer": "", "detail": "", "sealed": None}
    desk.session.execute(update(ReportAsk).where(ReportAsk.case_id.in_(cases)).values(words))
    shared = set(desk.session.scalars(select(ReportEvidence.file_id).where(ReportEvidence.file_id.in_(files))))
    remove(desk.session, [file for file in files if file not in shared])
    desk.session.refresh(report)
    report.erased_on = desk.today
    desk.record("report.erase", report, WHY, files=len(files), gone=gone)
    return 1

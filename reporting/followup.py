"""Coming back with a receipt: finding a report in a time that does not betray whether there is one."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime
from threading import BoundedSemaphore
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from zuofang.reporting import receipts
from zuofang.reporting.acknowledgements import Opening
from zuofang.reporting.forms import FormToken
from zuofang.reporting.intake import Letterbox, attach, context, opening_of, write_letter
from zuofang.reporting.models import LetterKind, Report, ReportEvidence, ReportLetter
from zuofang.reporting.receipts import Receipt
from zuofang.reporting.sealing import WillNotOpen
from zuofang.rules.calendar import china_day

AT_ONCE = 4
PATIENCE = 2.0
"""Seconds for which a look-up waits for its turn."""
_turns = BoundedSemaphore(AT_ONCE)


class Busy(Exception):
    """Too many look-ups at this moment."""


@dataclass(frozen=True, slots=True)
class Message:
    """One letter as the person may see it again: what they wrote themselves is named, never shown."""

    kind: LetterKind
    on: date
    text: str
    """Of a reply only."""


@dataclass(frozen=True, slots=True)
class FollowUp:
    """What the holder of a receipt sees."""

    report: Report
    messages: list[Message]
    files: int
    opening: Opening
    """What opens the acknowledgement."""

    @property
    def is_open(self) -> bool:
        """Whether the person can still write."""
        return self.report.erased_on is None

    @property
    def has_claimed(self) -> bool:
        """Whether a reward was claimed."""
        return any(message.kind is LetterKind.claim for message in self.messages)


def find(session: Session, receipt: Receipt) -> Report | None:
    """The report of a receipt; the same work is done and the same answer given where there is none.

    Raises:
        Busy: the turn did not come in time.
    """
    found = session.scalars(select(Report).where(Report.locator == receipt.locator)).one_or_none()
    if not _turns.acquire(timeout=PATIENCE):
        raise Busy
    try:
        fits = receipts.matches(receipt.secret, found.salt if found else None, found.secret if found else None)
    finally:
        _turns.release()
    return found if fits else None


def look_up(box: Letterbox, receipt: Receipt) -> FollowUp | None:
    """Everything the holder of a receipt may see, or nothing.

    Raises:
        Busy: the turn did not come in time.
    """
    with Session(box.database.read, expire_on_commit=False) as session:
        report = find(session, receipt)
        if report is None:
            return None
        letters = session.scalars(
            select(ReportLetter).where(ReportLetter.report_id == report.id).order_by(ReportLetter.id)
        ).all()
        files = session.scalar(
            select(func.count()).select_from(ReportEvidence).where(ReportEvidence.report_id == report.id)
        )
        return FollowUp(report, _messages(report, letters, receipt), files or 0, opening_of(report, receipt))


def write(
    box: Letterbox, receipt: Receipt, kind: LetterKind, told: dict[str, Any], form: FormToken, now: datetime,
    account: dict[str, str] | None = None,
) -> bool:  # fmt: skip
    """Let the holder of a receipt write: add to a report, withdraw it, or claim the reward.

    Answers whether the receipt was right and the report can still be written to.

    Raises:
        Busy: the turn did not come in time.
    """
    with Session(box.database.write, expire_on_commit=False) as session:
        with Session(box.database.read, expire_on_commit=False) as reading:
            known = find(reading, receipt)  # the costly part, before the lock for writing is taken
        report = session.get(Report, known.id) if known else None
        if report is None or report.erased_on is not None:
            return False
        if write_letter(session, report, kind, told, form, now):
            attach(session, form, report, now)
            if kind is LetterKind.withdrawal:
                report.withdrawn_on = china_day(now)
        if account is not None:  # also where the letter is known: of two accounts the one sent last is meant
            box.claim(session, report, account)
        session.commit()
    return True


def _messages(report: Report, letters: Any, receipt: Receipt) -> list[Message]:
    key = receipts.reading_key(receipt.secret, report.salt)
    return [Message(one.kind, one.sent_on, _text(report, one, key) if one.kind.is_ours else "") for one in letters]


def _text(report: Report, letter: ReportLetter, key: Any) -> str:
    try:
        told = json.loads(key.open(letter.sealed, context(report.locator, LetterKind.reply)))
    except WillNotOpen:
        return ""
    return str(told["text"])

"""What the desks do to a report itself: answer, close and open it again. What becomes of its case stands elsewhere."""

from __future__ import annotations

import json
from datetime import date

from zuofang.reporting.intake import context
from zuofang.reporting.models import LetterKind, Report, ReportLetter
from zuofang.reporting.sealing import seal
from zuofang.rules.sentences import say
from zuofang.storage.acts import Desk, Refused


def reply(desk: Desk, report: Report, text: str, why: str) -> ReportLetter:
    """Write to the person; their receipt opens it, and the case officers can read what was answered.

    Raises:
        Refused: there is nothing to send, or the report was erased.
    """
    if not text.strip():
        raise Refused(say("请先写回复。"))
    _refuse_erased(report)
    content = json.dumps({"text": text.strip()}, ensure_ascii=False).encode()
    purpose = context(report.locator, LetterKind.reply)
    letter = ReportLetter(
        report_id=report.id, kind=LetterKind.reply, sent_on=desk.today, journalled=True,
        sealed=seal(report.reporter_key, content, purpose), copy=seal(report.case_key, content, purpose),
    )  # fmt: skip
    desk.session.add(letter)
    desk.session.flush()
    desk.record("report.reply", report, why, letter=letter.id)
    return letter


def take_back_reply(desk: Desk, report: Report, letter: ReportLetter, why: str) -> None:
    """Take back a reply that was sent by mistake; the journal keeps that it was sent.

    Raises:
        Refused: this is not a reply to this report.
    """
    if letter.report_id != report.id or not letter.kind.is_ours:
        raise Refused(say("这不是对这一件的回复。"))
    number = letter.id
    desk.session.delete(letter)
    desk.record("report.take_back_reply", report, why, letter=number)


def close_report(desk: Desk, report: Report, on: date, why: str) -> None:
    """Note that everything to do about a report is done; its retention begins.

    Raises:
        Refused: it is closed already.
    """
    if report.closed_on is not None:
        raise Refused(say("这一件已经办结。"))
    report.closed_on = on
    desk.record("report.close", report, why, on=on)


def reopen_report(desk: Desk, report: Report, why: str) -> None:
    """Take a closing back; its retention stops.

    Raises:
        Refused: it is not closed, or was erased meanwhile.
    """
    if report.closed_on is None:
        raise Refused(say("这一件没有办结。"))
    _refuse_erased(report)
    report.closed_on = None
    desk.record("report.reopen", report, why)


def _refuse_erased(report: Report) -> None:
    if report.erased_on is not None:
        raise Refused(say("这一件的内容已经依规定销毁。"))

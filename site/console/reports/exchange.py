"""Reading what was sent, answering it, telling the sender what the law asks for, and looking at the evidence."""

from __future__ import annotations

from collections.abc import Iterator
from http import HTTPStatus

from flask import Blueprint, Response
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from zuofang.reporting import acts
from zuofang.reporting.cases.acts import asking, handling
from zuofang.reporting.cases.acts.reading import take_original
from zuofang.reporting.cases.belonging import of_case
from zuofang.reporting.cases.models import AskKind, ReportCase
from zuofang.reporting.evidence.kinds import FileKind
from zuofang.reporting.law.matters import NoticeKind
from zuofang.reporting.models import Report, ReportLetter
from zuofang.reporting.opening import Evidence, read_evidence
from zuofang.rules.sentences import say
from zuofang.site.console.acting import AT_DESK, attempt
from zuofang.site.console.answers import REASON_MISSING, form, no_such, onward
from zuofang.site.console.counter import counter
from zuofang.site.console.reports.case import case_page, decide, subject_of
from zuofang.site.console.reports.letters import read
from zuofang.site.console.reports.opened import key_of
from zuofang.site.console.rights import may
from zuofang.site.errors import refuse
from zuofang.storage.accounts.models import Role
from zuofang.storage.acts import Desk, Refused
from zuofang.storage.database import Database

pages = Blueprint("report_exchange", __name__)
NOTHING_RUNS = "sandbox; default-src 'none'"
"""The policy of everything that somebody sent: no script, no style, no form, no frame, nothing fetched."""
LOCKED = say("这一件已经收起。请回到案件页面，用您的钥匙再打开。")


@pages.post("/reports/<key:case>/open")
@may(Role.case_officer, place=of_case)
def open_case(case: int) -> AnyResponse:
    """Open what was sent with one's own key; the journal notes who read it."""
    answers = form()
    if read(_letter_of(case), answers):
        return onward(f"/reports/{case}")
    return case_page(case, answers)


@pages.post("/reports/<key:case>/reply")
@may(Role.case_officer, place=of_case)
def reply(case: int) -> AnyResponse:
    """Write to the sender; their receipt opens it."""
    answers = form()
    text = answers.text("reply", say("请先写回复。"), most=5000)

    def act(desk: Desk, row: ReportCase) -> None:
        acts.reply(desk, _report(desk, row), text, str(AT_DESK))

    return decide(case, "reply_sent", act, answers)


@pages.post("/reports/<key:case>/letters/<key:letter>/take-back")
@may(Role.case_officer, place=of_case)
def take_reply_back(case: int, letter: int) -> AnyResponse:
    """Take back a reply that was sent by mistake."""

    def act(desk: Desk, row: ReportCase) -> None:
        found = desk.session.get(ReportLetter, letter)
        if found is None:
            raise Refused(say("这不是对这一件的回复。"))
        acts.take_back_reply(desk, _report(desk, row), found, str(AT_DESK))

    return decide(case, "reply_taken_back", act)


@pages.post("/reports/<key:case>/tell/<notice>")
@may(Role.case_officer, place=of_case)
def tell(case: int, notice: str) -> AnyResponse:
    """Give a notice that an article asks for, to be read with the receipt."""
    if notice not in set(NoticeKind):
        no_such(say("没有这种告知。"))
    answers = form()
    text = answers.text(f"tell-{notice}", say("请写告知的内容。"), most=5000)

    def act(desk: Desk, row: ReportCase) -> None:
        acts.reply(desk, _report(desk, row), text, str(AT_DESK))
        handling.tell(desk, row, NoticeKind(notice), desk.today, str(AT_DESK))

    return decide(case, "told", act, answers)


@pages.post("/reports/<key:case>/ask")
@may(Role.case_officer, place=of_case)
def ask(case: int) -> AnyResponse:
    """Ask the custodian to tell the sender, to recognise them, or for what a mediation needs."""
    answers = form()
    kind = answers.member("ask", AskKind, say("请选要请保管员做什么。"))
    asked = answers.member("ask_notice", NoticeKind)
    why = answers.text("ask_reason", REASON_MISSING, most=500)
    notice = asked if kind is AskKind.notice else None

    def act(desk: Desk, row: ReportCase) -> None:
        if kind is None or kind is AskKind.approval:
            raise Refused(say("请选要请保管员做什么。"))
        asking.ask_custodian(desk, row, kind, why, notice)

    return decide(case, "asked_custodian", act, answers)


@pages.get("/reports/<key:case>/evidence/<key:file>")
@may(Role.case_officer, place=of_case)
def copy(case: int, file: int) -> Response:
    """The viewing copy of a picture or a recording, made in a child process when it arrived: pixels and sound alone."""
    with Session(counter().office.database.read) as session:
        found = _evidence(session, case, file)
        content = found.copy(session) if found.about.kind is not FileKind.pdf else b""
    return _shown(content, found.about.kind.of_copy, str(file))


@pages.get("/reports/<key:case>/evidence/<key:file>/pages/<key:page>")
@may(Role.case_officer, place=of_case)
def drawn_page(case: int, file: int, page: int) -> Response:
    """One page of a document as a picture, drawn in a child process when it arrived."""
    with Session(counter().office.database.read) as session:
        content = _evidence(session, case, file).page(session, page)
    return _shown(content, FileKind.jpeg, f"{file}-{page}")


def _shown(content: bytes, kind: FileKind, name: str) -> Response:
    if not content:
        no_such(say("这个文件没有浏览副本，只能取原件。"))
    headers = {"Content-Security-Policy": NOTHING_RUNS, "Content-Disposition": f'inline; filename="{name}"'}
    return Response(content, mimetype=kind.value, headers=headers)


@pages.post("/reports/<key:case>/evidence/<key:file>/original")
@may(Role.case_officer, place=of_case, fresh=True)
def original(case: int, file: int) -> AnyResponse:
    """The original as it came, to be kept as a file and opened on a computer set apart; with a reason."""
    answers = form()
    why = answers.text(f"original-{file}", say("请写明为什么要原件。"), most=500)
    if answers.errors:
        return case_page(case, answers)
    with Session(counter().office.database.read) as session:
        found = _evidence(session, case, file)

    def act(desk: Desk) -> None:
        take_original(desk, _report(desk, desk.session.get_one(ReportCase, case)), file, why)

    attempt(answers, act, subject_of(case))
    if answers.errors:
        return case_page(case, answers)
    headers = {"Content-Security-Policy": NOTHING_RUNS, "Content-Disposition": f'attachment; filename="{file}.bin"'}
    return Response(_pieces(counter().office.database, found), mimetype="application/octet-stream", headers=headers)


def _pieces(database: Database, found: Evidence) -> Iterator[bytes]:
    """The original piece by piece, while it is being sent."""
    with Session(database.read) as session:
        yield from found.original(session)


def _evidence(session: Session, case: int, file: int) -> Evidence:
    report = session.get_one(Report, _letter_of(case))
    key = key_of(session, report)
    if key is None:
        refuse(HTTPStatus.CONFLICT, LOCKED)
    found = next((one for one in read_evidence(session, report, key) if one.file.id == file), None)
    if found is None:
        no_such()
    return found


def _letter_of(case: int) -> int:
    with counter().reading() as connection:
        found = connection.scalar(select(ReportCase.report_id).filter_by(id=case))
    if found is None:
        no_such()
    return int(found)


def _report(desk: Desk, row: ReportCase) -> Report:
    return desk.session.get_one(Report, row.report_id)

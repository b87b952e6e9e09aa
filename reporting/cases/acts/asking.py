"""What the officer of a case asks of somebody else: to approve a step, or, of the custodian, to reach the sender.

The officer never learns who sent a report. The custodian tells the sender, compares digests, or, of a complaint alone,
hands over what a mediation needs (R121 Art 37).
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date

from zuofang.credit.redaction import leaks
from zuofang.reporting.cases.acts import handling
from zuofang.reporting.cases.acts.recognition import recognise
from zuofang.reporting.cases.acts.steps import note, possible, refuse
from zuofang.reporting.cases.models import AskKind, ReportAsk, ReportCase
from zuofang.reporting.intake import context
from zuofang.reporting.keys.roles import RoleKeys
from zuofang.reporting.law.matters import NoticeKind, Standing, What
from zuofang.reporting.law.secrecy import Reader, Topic, may_learn
from zuofang.reporting.models import Report
from zuofang.reporting.opening import open_person
from zuofang.reporting.sealing import OpeningKey, WillNotOpen, seal
from zuofang.rules.sentences import say
from zuofang.storage.acts import Desk, Refused

ANSWERED, WITHOUT_WORDS = say("这项请求已经答复。"), "已办"
NOBODY = say("没有可以打开的身份：来件是匿名的，或者身份已经依规定销毁。")
CONTACT = ("name", "phone", "address")
"""What a mediation needs of a complainant (R121 Art 10); never a number of identity."""
MEDIATION, TOLD = "mediation", "请保管员代为告知"

APPROVALS: dict[What, Callable[[Desk, ReportCase, ReportAsk, str], object]] = {
    What.extended: lambda desk, case, ask, by: handling.extend(
        desk, case, desk.today, ask.why, approved_by=by, until=ask.until
    ),
    What.filed: lambda desk, case, ask, by: handling.file(desk, case, desk.today, ask.why, approved_by=by),
    What.not_filed: lambda desk, case, ask, by: handling.do_not_file(desk, case, desk.today, ask.why, approved_by=by),
    What.handed_over: lambda desk, case, ask, by: handling.hand_over(
        desk, case, ask.detail, desk.today, ask.why, approved_by=by
    ),
}
"""The steps that take a second person, and how they are taken once that person agrees."""


def ask_approval(
    desk: Desk, case: ReportCase, what: What, why: str, *, detail: str = "", until: date | None = None
) -> ReportAsk:  # fmt: skip
    """Put a step before somebody else; it is taken on the day on which they approve it.

    Raises:
        Refused: the step needs no approval, it is not its turn, or it is before somebody already.
    """
    refuse(what not in APPROVALS or what not in possible(case), say("这一步已经做过，或者案件已经不能再做这一步。"))
    refuse(what is What.handed_over and not detail.strip(), say("请写明接收的部门。"))
    refuse(any(one.what is what and one.granted is None for one in case.asks), say("这一步已经在等批准。"))
    return _ask(desk, case, why, kind=AskKind.approval, what=what, detail=detail.strip(), until=until)


def approve(desk: Desk, ask: ReportAsk) -> None:
    """Approve what another officer asked for; the step is theirs, the approval is the one's who agrees.

    Raises:
        Refused: it was answered, one's own, or the step cannot be taken any more.
    """
    _open(ask, AskKind.approval)
    refuse(ask.asked_by == desk.who, say("自己提出的，须由另一人批准。"))
    if ask.what is None:
        raise Refused(ANSWERED)
    APPROVALS[ask.what](replace(desk, who=ask.asked_by), ask.case, ask, desk.who)
    _answer(desk, ask, granted=True)


def decline(desk: Desk, ask: ReportAsk, answer: str) -> None:
    """Do not do what was asked for, and say why."""
    refuse(ask.granted is not None, ANSWERED)
    refuse(ask.asked_by == desk.who, say("自己提出的，须由另一人答复。"))
    refuse(not answer.strip(), say("请写明理由。"))
    _answer(desk, ask, answer, granted=False)


def take_back(desk: Desk, ask: ReportAsk, why: str) -> None:
    """Take back what one asked for, as long as nobody has answered."""
    refuse(ask.granted is not None, ANSWERED)
    refuse(ask.asked_by != desk.who, say("只有提出的人可以收回。"))
    case = ask.case
    case.asks.remove(ask)
    desk.session.delete(ask)
    note(desk, "take_back_ask", case, why, ask=ask.id)


def ask_custodian(
    desk: Desk, case: ReportCase, kind: AskKind, why: str, notice: NoticeKind | None = None
) -> ReportAsk:  # fmt: skip
    """Ask the custodian to tell the sender something, to recognise them, or to hand over what a mediation needs.

    Raises:
        Refused: there is nobody behind an anonymous letter, or the law lets nobody but the custodian know.
    """
    refuse(case.standing is Standing.anonymous, say("匿名来件没有身份可以打开；请凭回执回复。"))
    secret = not may_learn(Reader.case_officer, Topic.person, case.kind)
    refuse(kind is AskKind.mediation and secret, say("举报人的身份不给承办人；需要告知的，请保管员代办。"))
    refuse((kind is AskKind.notice) != (notice is not None), say("请选要告知什么。"))
    same = [one for one in case.asks if one.granted is None and (one.kind, one.notice) == (kind, notice)]
    refuse(bool(same), say("已经请过保管员，还没有答复。"))
    return _ask(desk, case, why, kind=kind, detail="", notice=notice)


def told(desk: Desk, ask: ReportAsk, answer: str) -> None:
    """The custodian told the sender; the notice counts as given today."""
    _open(ask, AskKind.notice)
    if ask.notice is None:
        raise Refused(ANSWERED)
    handling.tell(desk, ask.case, ask.notice, desk.today, TOLD)
    _answer(desk, ask, answer, granted=True)


def recognised(desk: Desk, ask: ReportAsk, custodian: RoleKeys) -> None:
    """The custodian makes the digests by which the sender is recognised."""
    _open(ask, AskKind.recognition)
    try:
        recognise(desk, ask.case, custodian, ask.why)
    except WillNotOpen:
        raise Refused(NOBODY) from None
    _answer(desk, ask, granted=True)


def hand_contact(desk: Desk, ask: ReportAsk, custodian: RoleKeys) -> None:
    """Hand over what a mediation needs of a complainant, sealed to the key of the letter."""
    _open(ask, AskKind.mediation)
    report = desk.session.get_one(Report, ask.case.report_id)
    try:
        person = open_person(desk.session, report, custodian)
    except WillNotOpen:
        raise Refused(NOBODY) from None
    told = json.dumps({name: person[name] for name in CONTACT if name in person}, ensure_ascii=False)
    ask.sealed = seal(report.case_key, told.encode(), context(report.locator, MEDIATION))
    _answer(desk, ask, granted=True)


def contact(report: Report, ask: ReportAsk, key: OpeningKey) -> dict[str, str]:
    """How to reach a complainant, as the custodian handed it over; empty where nothing was."""
    if ask.sealed is None:
        return {}
    return dict(json.loads(key.open(ask.sealed, context(report.locator, MEDIATION))))


def _ask(desk: Desk, case: ReportCase, why: str, **asked: object) -> ReportAsk:
    refuse(not why.strip(), say("请写明理由。"))
    refuse(bool(leaks(why)), say("办理理由里不要写证件号码、电话、住址等个人信息。"))
    ask = ReportAsk(asked_by=desk.who, asked_on=desk.today, why=why.strip(), answer="", **asked)
    case.asks.append(ask)
    desk.session.flush()
    entered = TOLD if ask.kind is AskKind.notice else ask.why  # what the sender is told is for them alone
    note(desk, "ask", case, entered, ask=ask.id, kind=ask.kind, what=ask.what, notice=ask.notice)
    return ask


def _answer(desk: Desk, ask: ReportAsk, answer: str = "", *, granted: bool) -> None:
    ask.answered_by, ask.answered_on, ask.granted, ask.answer = desk.who, desk.today, granted, answer.strip()
    note(desk, "answer_ask", ask.case, ask.answer or WITHOUT_WORDS, ask=ask.id, kind=ask.kind, granted=granted)


def _open(ask: ReportAsk, kind: AskKind) -> None:
    refuse(ask.kind is not kind or ask.granted is not None, ANSWERED)

"""One case: what is due and why, the steps, the approvals, the number of the national platform, and its way back."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from functools import partial
from typing import Any

from flask import Blueprint, Response, request
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from zuofang.credit.records import Kind
from zuofang.reporting.cases.acts import asking, handling, opening, steps
from zuofang.reporting.cases.at_desk import CaseAtDesk, case_at_desk, unread_messages
from zuofang.reporting.cases.belonging import of_case
from zuofang.reporting.cases.models import ReportAsk, ReportCase
from zuofang.reporting.law.claims import Evidence, Exclusion, Match, RewardField
from zuofang.reporting.law.matters import ReportKind, StopCause, What
from zuofang.reporting.models import Role as Seal
from zuofang.rules.sentences import say
from zuofang.rules.texts import Texts
from zuofang.site.console.acting import AT_DESK, carry_out, locked
from zuofang.site.console.answers import REASON_MISSING, Answers, form, no_such, page_with
from zuofang.site.console.counter import counter, guest
from zuofang.site.console.gate import my_reach
from zuofang.site.console.reports.colleagues import colleagues
from zuofang.site.console.reports.due import duty_line
from zuofang.site.console.reports.fields import fields_of
from zuofang.site.console.reports.moves import MOVES, given, offered, told
from zuofang.site.console.reports.opened import opened
from zuofang.site.console.reports.reckoning import applied_on, reckoned
from zuofang.site.console.reports.unlocked import unlocked
from zuofang.site.console.reports.words import REPORT_WORDS, ground_word, notice_word
from zuofang.site.console.rights import may
from zuofang.site.locales import current_language
from zuofang.site.voice import voice_of
from zuofang.storage.accounts.models import Role
from zuofang.storage.acts import Desk, Refused

pages = Blueprint("report_cases", __name__)


@pages.get("/reports/<key:case>")
@may(Role.case_officer, place=of_case)
def case(case: int) -> Response:
    """One case: what is due, what can be done, what was written, and everything that happened."""
    return case_page(case, Answers())


@pages.post("/reports/<key:case>/step/<what>")
@may(Role.case_officer, place=of_case)
def step(case: int, what: str) -> AnyResponse:
    """Take a step, or put it before the person who must approve it."""
    if what not in set(What) or What(what) not in MOVES:
        no_such(say("没有这一步。"))
    answers, taken = form(), What(what)
    typed = given(answers, taken, counter().today)
    done = "asked" if taken in asking.APPROVALS else "step"
    return decide(case, done, lambda desk, row: MOVES[taken].act(desk, row, typed), answers)


@pages.post("/reports/<key:case>/take-back")
@may(Role.case_officer, place=of_case)
def take_back(case: int) -> AnyResponse:
    """Take the last step back; it stays in the file, marked."""
    answers = form()
    why = answers.text("back_reason", REASON_MISSING, most=500)
    return decide(case, "step_back", lambda desk, row: steps.take_back(desk, row, why), answers)


@pages.post("/reports/<key:case>/discard")
@may(Role.case_officer, place=of_case)
def discard(case: int) -> AnyResponse:
    """Strike out a case that was opened in error, before anything was done about it."""
    answers = form()
    why = answers.text("discard_reason", REASON_MISSING, most=500)
    return decide(case, "discard", lambda desk, row: opening.discard(desk, row, why), answers, onto="/reports")


@pages.post("/reports/<key:case>/asks/<key:ask>/approve")
@may(Role.case_officer, place=of_case, fresh=True)
def approve(case: int, ask: int) -> AnyResponse:
    """Approve what another officer asked for; the step is taken today."""
    return decide(case, "approved", lambda desk, row: asking.approve(desk, ask_of(row, ask)))


@pages.post("/reports/<key:case>/asks/<key:ask>/decline")
@may(Role.case_officer, place=of_case)
def decline(case: int, ask: int) -> AnyResponse:
    """Do not approve it, and say why."""
    answers = form()
    why = answers.text(f"decline-{ask}", REASON_MISSING, most=500)
    return decide(case, "declined", lambda desk, row: asking.decline(desk, ask_of(row, ask), why), answers)


@pages.post("/reports/<key:case>/asks/<key:ask>/take-back")
@may(Role.case_officer, place=of_case)
def take_ask_back(case: int, ask: int) -> AnyResponse:
    """Take back what one asked of others."""
    return decide(case, "ask_back", lambda desk, row: asking.take_back(desk, ask_of(row, ask), str(AT_DESK)))


@pages.post("/reports/<key:case>/platform")
@may(Role.case_officer, place=of_case)
def platform(case: int) -> AnyResponse:
    """Keep the number under which the case stands on the national 12315 platform."""
    answers = form()
    number = answers.text("platform", say("请填平台编号。"), most=40)
    return decide(
        case, "platform", lambda desk, row: handling.enter_platform_number(desk, row, number, str(AT_DESK)), answers
    )


@pages.post("/reports/<key:case>/platform/clear")
@may(Role.case_officer, place=of_case)
def clear_platform(case: int) -> AnyResponse:
    """Take the number of the national platform out again."""
    return decide(case, "platform_back", lambda desk, row: handling.clear_platform_number(desk, row, str(AT_DESK)))


@pages.post("/reports/<key:case>/clue")
@may(Role.case_officer, place=of_case)
def clue(case: int) -> AnyResponse:
    """Open a case of its own for a breach that came to light while a complaint was handled."""
    answers = form()
    why = answers.text("clue_reason", REASON_MISSING, most=500)
    return decide(case, "clue", lambda desk, row: opening.follow_clue(desk, row, desk.today, why), answers)


@pages.post("/reports/<key:case>/join")
@may(Role.case_officer, place=of_case)
def join(case: int) -> AnyResponse:
    """Make a report part of an earlier one about the same facts and the same target."""
    answers = form()
    number = answers.text("main_case", say("请填较早那一件的办理编号。"), most=20).upper()
    news, why = answers.ticked("new_facts"), answers.text("join_reason", REASON_MISSING, most=500)

    def act(desk: Desk, row: ReportCase) -> None:
        main = desk.session.scalars(select(ReportCase).where(ReportCase.number == number)).one_or_none()
        if main is None or not my_reach(Role.case_officer).covers(main.place):
            raise Refused(say("没有办理编号是 %(number)s 的案件。", number=number))
        opening.join(desk, row, main, desk.today, why, new_facts=news)

    return decide(case, "joined", act, answers)


@pages.post("/reports/<key:case>/part")
@may(Role.case_officer, place=of_case)
def part(case: int) -> AnyResponse:
    """Take a joining back; both are handled by themselves again."""
    return decide(case, "parted", lambda desk, row: opening.part(desk, row, str(AT_DESK)))


def ask_of(row: ReportCase, ask: int) -> ReportAsk:
    """One of the requests about a case.

    Raises:
        Refused: there is no such request about this case.
    """
    found = next((one for one in row.asks if one.id == ask), None)
    if found is None:
        raise Refused(say("这一件没有这项请求，可能已经收回。"))
    return found


def decide(
    case: int, done: str, act: Callable[[Desk, ReportCase], object], answers: Answers | None = None, *, onto: str = ""
) -> AnyResponse:
    """Do one act to a case as the person saw it, and go back to its page, or ``onto`` another."""
    return carry_out(
        answers or form(),
        lambda desk: act(desk, locked(desk, ReportCase, case)),
        onto=onto or f"/reports/{case}",
        done=done,
        again=partial(case_page, case),
        seen=subject_of(case),
    )


def subject_of(case: int) -> tuple[str, str]:
    """By what the journal knows a case."""
    with counter().reading() as connection:
        number = connection.scalar(select(ReportCase.number).filter_by(id=case))
    return "report_case", number or ""


def case_page(case: int, answers: Answers) -> Response:
    """The page of a case, with what was typed and why it was refused."""
    here = counter()
    with Session(here.office.database.read) as session:
        view = case_at_desk(session, case, here.today, here.rules)
        if view is None:
            no_such()
        inside = opened(session, view.report, view.case.asks)
        again = any(one.id == case for one, _ in unread_messages(session))
        more = _reward_forms(view) | {"reckoned": reckoned(session, view.case)}
        others = colleagues(session, view.case.place)
    first, rest = offered(view)
    tried = request.path.rpartition("/")[2] if answers.errors else ""
    return page_with(
        "console/reports/case.html", answers, view=view, inside=inside, first=first, rest=rest, tried=tried,
        shown=fields_of(view, inside, [*first, *rest], guest().name),
        grounds=_grounds(view), causes=list(StopCause), colleagues=others, me=guest().name, on=here.today,
        ground_word=ground_word, notice_word=notice_word, step_detail=told, **more,
        ask_key=unlocked().take(Seal.case) is None, wrote_again=again,
        due_lines=[duty_line(one, here.today) for one in view.due],
    )  # fmt: skip


def _reward_forms(view: CaseAtDesk) -> dict[str, Any]:
    """What the forms of a decision and of a reward offer to be chosen."""

    said = voice_of(current_language().code).sentence

    def options(kind: type[StrEnum]) -> list[tuple[str, str]]:
        return [(one.value, said(REPORT_WORDS[kind][one])) for one in kind]

    return {
        "penalty_kinds": list(Kind), "chosen_kinds": request.form.getlist("decided_kinds"),
        "areas": options(RewardField), "matches": options(Match), "evidence_kinds": options(Evidence),
        "exclusions": options(Exclusion), "applied": applied_on(view.report), "decided": What.decided,
        "claim_days": Texts(counter().rules, view.case.received_on)("reward.claim").whole,
    }  # fmt: skip


def _grounds(view: CaseAtDesk) -> dict[What, tuple[str, ...]]:
    if view.case.kind is not ReportKind.complaint:
        return {}
    texts = Texts(counter().rules, view.case.received_on)
    named = {What.rejected: "complaint.reject_grounds", What.terminated: "complaint.termination_grounds"}
    return {what: texts(rule).words for what, rule in named.items()}

"""The desk of finance: rewards to be paid, the account under the key of finance alone, and each paid once."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial

from flask import Blueprint, Response
from sqlalchemy import Connection, select
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from zuofang.reporting.cases.acts import rewards
from zuofang.reporting.cases.acts.claims import settle_claims
from zuofang.reporting.cases.acts.reading import read_account
from zuofang.reporting.cases.at_payment import ToPay, to_pay
from zuofang.reporting.cases.belonging import of_reward
from zuofang.reporting.cases.models import ReportCase, ReportReward
from zuofang.reporting.models import Report
from zuofang.reporting.models import Role as Seal
from zuofang.rules.sentences import say
from zuofang.site.console.acting import AT_DESK, attempt, carry_out, locked
from zuofang.site.console.answers import REASON_MISSING, Answers, form, no_such, page, page_with
from zuofang.site.console.counter import Counter, counter
from zuofang.site.console.gate import mine
from zuofang.site.console.reports.unlocked import unlock, unlocked
from zuofang.site.console.rights import may, reach
from zuofang.site.console.work import Work, waiting, work
from zuofang.storage.accounts.models import Role
from zuofang.storage.accounts.sessions import Held
from zuofang.storage.acts import Desk
from zuofang.storage.journal import last_about

pages = Blueprint("report_payments", __name__)
WHY = str(AT_DESK)


def due(connection: Connection, here: Counter, held: list[Held]) -> Iterable[Work]:
    """What finance has to pay, and rewards whose last day to claim has passed."""
    kind = say("奖金")
    with Session(connection) as session:
        for one in _mine(session, held):
            title, href = say("%(number)s：%(amount)s 元", number=one.number, amount=one.reward.amount), _path(one)
            if one.state == "claimed" and one.claimed:
                yield waiting(title, href, one.claimed, kind, say("已申领，等待支付"), here.today)
            elif one.state == "told" and one.claim_by and one.claim_by < here.today:
                yield work(title, href, one.claim_by, kind, say("领取期限已过，登记视为放弃"), here.today)


@pages.get("/payments")
@may(Role.finance)
def payments() -> Response:
    """Every reward that was told to its reporter: to be paid, not claimed yet, paid."""
    with Session(counter().office.database.read) as session:
        found = _mine(session, mine())
    return page("console/reports/payments.html", found=found)


@pages.get("/payments/<key:reward>")
@may(Role.finance, place=of_reward)
def payment(reward: int) -> Response:
    """One reward: its sum, its days, and what can be done."""
    return _page(reward, Answers())


@pages.post("/payments/<key:reward>/open")
@may(Role.finance, place=of_reward)
def open_account(reward: int) -> Response:
    """Open the account once, for this page alone; the journal notes who read it."""
    answers = form()
    keys = unlock(answers, Seal.payout)
    if keys is None:
        return _page(reward, answers)

    def act(desk: Desk) -> dict[str, str]:
        row = desk.session.get_one(ReportReward, reward)
        return read_account(desk, desk.session.get_one(Report, row.case.report_id), keys, WHY)

    account = attempt(answers, act)
    return _page(reward, answers, account)


@pages.post("/payments/<key:reward>/pay")
@may(Role.finance, place=of_reward, fresh=True)
def pay(reward: int) -> AnyResponse:
    """Note that the reward was paid; the database holds one payment for one reward."""
    answers = form()
    day = answers.day("paid_on", say("请填哪一天支付的。"))

    def act(desk: Desk, row: ReportReward) -> None:
        settle_claims(desk)
        rewards.pay(desk, row, day or desk.today, WHY)

    return _decide(reward, "paid", act, answers)


@pages.post("/payments/<key:reward>/take-back")
@may(Role.finance, place=of_reward, fresh=True)
def take_back(reward: int) -> AnyResponse:
    """The money came back; the reward can be paid again."""
    answers = form()
    why = answers.text("back_reason", REASON_MISSING, most=500)
    return _decide(reward, "payment_back", lambda desk, row: rewards.take_back_payment(desk, row, why), answers)


@pages.post("/payments/<key:reward>/give-up")
@may(Role.finance, place=of_reward)
def give_up(reward: int) -> AnyResponse:
    """Note that the last day to claim has passed."""
    return _decide(reward, "given_up", lambda desk, row: rewards.give_up(desk, row, WHY))


@pages.post("/payments/<key:reward>/undo-give-up")
@may(Role.finance, place=of_reward)
def undo_give_up(reward: int) -> AnyResponse:
    """It was not given up after all."""
    return _decide(reward, "not_given_up", lambda desk, row: rewards.undo_give_up(desk, row, WHY))


def _decide(
    reward: int, done: str, act: Callable[[Desk, ReportReward], object], answers: Answers | None = None
) -> AnyResponse:
    """Do one act to a reward as the person saw its case, and go back to its page."""
    return carry_out(
        answers or form(),
        lambda desk: act(desk, locked(desk, ReportReward, reward)),
        onto=f"/payments/{reward}",
        done=done,
        again=partial(_page, reward),
        seen=("report_case", _number_of(reward)),
    )


def _page(reward: int, answers: Answers, account: dict[str, str] | None = None) -> Response:
    here = counter()
    with Session(here.office.database.read) as session:
        found = to_pay(session, here.rules, reward)
    if not found:
        no_such()
    return page_with(
        "console/reports/payment.html", answers, one=found[0], account=account, on=here.today,
        seen=_seen(found[0]), ask_key=unlocked().take(Seal.payout) is None,
    )  # fmt: skip


def _mine(session: Session, held: list[Held]) -> list[ToPay]:
    span = reach(held, Role.finance)
    return [one for one in to_pay(session, counter().rules) if span.covers(one.place)]


def _path(one: ToPay) -> str:
    return f"/payments/{one.reward.id}"


def _seen(one: ToPay) -> int:
    with Session(counter().office.database.read) as session:
        return last_about(session, ("report_case", one.number))


def _number_of(reward: int) -> str:
    with counter().reading() as connection:
        found = connection.scalar(select(ReportCase.number).join(ReportReward).where(ReportReward.id == reward))
    return found or ""

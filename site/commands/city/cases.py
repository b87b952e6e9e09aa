"""Cases of the example city, in every state a complaint or a report can be in; everybody and everything is invented.

Each story is a letter of so many days ago and what the desks did so many days after it came in. Rewards are paid in
half-years that are over, because those alone are told of.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from functools import partial
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from zuofang.credit.records import Kind
from zuofang.reporting.cases.acts import asking, handling, opening, rewards
from zuofang.reporting.cases.acts.opening import About
from zuofang.reporting.cases.models import AskKind, ReportCase, ReportReward
from zuofang.reporting.forms import new_form
from zuofang.reporting.intake import Letterbox, Statement
from zuofang.reporting.keys.letterbox import read_letterbox
from zuofang.reporting.law.claims import Claim, Evidence, Match, Outcome
from zuofang.reporting.law.matters import NoticeKind, ReportKind, Standing, StopCause, What
from zuofang.reporting.models import Report
from zuofang.reporting.receiving import take_note
from zuofang.site.commands.city.agenda import Shift, moment_of
from zuofang.site.commands.city.days import ago, later
from zuofang.storage.acts import Desk, Office
from zuofang.traceability.models import Workshop
from zuofang.traceability.recalls import china_day

OFFICER, HEAD, FINANCE = "banan", "fuhe", "caiwu"
WHY = "示例城市：办理投诉举报"
PERSON = {"name": "许阿满", "phone": "0570-0000017", "address": "清溪县南街 3 号"}
ACCOUNT = {"payee": "许阿满", "bank": "清溪农商行", "account": "0000 0000 0000 0017"}
Act = Callable[[Desk, ReportCase, date], object]


@dataclass(frozen=True, slots=True)
class Step:
    """What somebody does so many days after the letter came in."""

    after: int
    act: Act
    who: str = OFFICER


@dataclass(frozen=True, slots=True)
class Story:
    """A letter and what became of it."""

    age: int
    steps: tuple[Step, ...] = ()
    kind: ReportKind = ReportKind.report
    standing: Standing = Standing.named
    facts: str = "后院的大桶没有盖，苍蝇很多。"
    account: bool = False
    """Whether the sender has claimed by receipt, with an account for finance."""
    also: tuple[ReportKind, ...] = field(default=())


def _filing_asked(desk: Desk, case: ReportCase, _on: date) -> None:
    asking.ask_approval(desk, case, What.filed, "现场查实，证据已经固定")


def _comparison_asked(desk: Desk, case: ReportCase, _on: date) -> None:
    asking.ask_custodian(desk, case, AskKind.recognition, WHY)


def _notice_asked(desk: Desk, case: ReportCase, _on: date) -> None:
    asking.ask_custodian(desk, case, AskKind.notice, "您反映的问题已经查处，感谢您的监督。", NoticeKind.result)


def _withdrawn(desk: Desk, case: ReportCase, on: date) -> None:
    handling.withdraw(desk, case, on, WHY)


def _agreed(desk: Desk, case: ReportCase, on: date) -> None:
    handling.agree(desk, case, on, WHY)


def _referred(desk: Desk, case: ReportCase, on: date) -> None:
    handling.refer(desk, case, "清溪市人民政府", on, WHY)


def _resumed(desk: Desk, case: ReportCase, on: date) -> None:
    handling.resume(desk, case, StopCause.testing, on, WHY)


def _joined_with_news(desk: Desk, case: ReportCase, on: date) -> None:
    """Make it part of the earlier open report, to which it brings new facts."""
    earlier = select(ReportCase).where(
        ReportCase.kind == ReportKind.report, ReportCase.id < case.id, ReportCase.finished.is_(False),
        ReportCase.received_on <= case.received_on, ReportCase.joined_id.is_(None),
    )  # fmt: skip
    main = desk.session.scalars(earlier.order_by(ReportCase.id.desc()).limit(1)).one()
    opening.join(desk, case, main, on, WHY, new_facts=True)


def _told(notice: NoticeKind) -> Act:
    return lambda desk, case, on: handling.tell(desk, case, notice, on, WHY)


def _filed(desk: Desk, case: ReportCase, on: date) -> None:
    handling.file(desk, case, on, WHY, approved_by=HEAD)


def _not_filed(desk: Desk, case: ReportCase, on: date) -> None:
    handling.do_not_file(desk, case, on, WHY, approved_by=HEAD)


def _assigned(desk: Desk, case: ReportCase, on: date) -> None:
    handling.assign(desk, case, OFFICER, on, WHY)


def _numbered(desk: Desk, case: ReportCase, on: date) -> None:
    handling.enter_platform_number(desk, case, f"1339900{on:%Y%m%d}{case.id:07}", WHY)


def _extended(desk: Desk, case: ReportCase, on: date) -> None:
    handling.extend(desk, case, on, WHY, approved_by=HEAD)


def _handed_over(desk: Desk, case: ReportCase, on: date) -> None:
    handling.hand_over(desk, case, "清溪县农业农村局", on, WHY, approved_by=HEAD)


def _decided(fine: int, *kinds: Kind) -> Act:
    outcome = Outcome(place="", fine=Decimal(fine), kinds=frozenset({Kind.fine, *kinds}))
    return lambda desk, case, on: handling.decide(desk, case, outcome, on, WHY)


def _served(desk: Desk, case: ReportCase, on: date) -> None:
    handling.serve(desk, case, on, WHY)


def _closed(desk: Desk, case: ReportCase, on: date) -> None:
    handling.close(desk, case, on, WHY)


def _proposed(match: Match = Match.full) -> Act:
    evidence = Evidence.direct if match is Match.full else Evidence.related

    def act(desk: Desk, case: ReportCase, on: date) -> None:
        asked = Claim(reported_on=case.received_on, applied_on=on, match=match, evidence=evidence)
        rewards.propose(desk, case, replace(asked, finance_consents=True), WHY)

    return act


def _of_reward(act: Callable[[Desk, ReportReward, date], object]) -> Act:
    def on_its_reward(desk: Desk, case: ReportCase, on: date) -> None:
        if case.reward is not None:
            act(desk, case.reward, on)

    return on_its_reward


APPROVED = _of_reward(lambda desk, reward, _on: rewards.approve(desk, reward, WHY))
DECISION_TOLD = _of_reward(lambda desk, reward, on: rewards.tell_decision(desk, reward, on, WHY))
CLAIMED = _of_reward(lambda desk, reward, on: rewards.claim(desk, reward, on, WHY))
PAID = _of_reward(lambda desk, reward, on: rewards.pay(desk, reward, on, WHY))


def _major(match: Match = Match.full, fine: int = 120_000) -> tuple[Step, ...]:
    """From the receipt to a closed case of a major breach, its reporter told of the reward."""
    return (
        Step(1, _assigned), Step(1, _numbered), Step(8, _filed), Step(30, _decided(fine, Kind.shut_down)),
        Step(31, _served), Step(32, _told(NoticeKind.result)), Step(36, _closed),
        Step(38, _told(NoticeKind.reward)), Step(40, _proposed(match)),
    )  # fmt: skip


def _insider(*steps: Step) -> tuple[Step, ...]:
    """The same for an insider, who is told of the filing as well."""
    first, number, filed, *rest = _major(fine=200_000)
    return (first, number, filed, Step(9, _told(NoticeKind.filing)), *rest, *steps)


REWARDED = (
    Step(41, APPROVED, HEAD), Step(42, DECISION_TOLD), Step(47, CLAIMED), Step(50, PAID, FINANCE),
)  # fmt: skip
MINOR = (
    Step(1, _assigned), Step(1, _numbered), Step(7, _filed), Step(28, _decided(1500)), Step(29, _served),
    Step(30, _told(NoticeKind.result)), Step(33, _closed),
)  # fmt: skip
COMPLAINT = partial(Story, kind=ReportKind.complaint, facts="糕点里吃出线头，商家不肯退钱。")
ACCEPTED = (Step(2, lambda desk, case, on: handling.accept(desk, case, on, WHY)), Step(2, _told(NoticeKind.acceptance)))

STORIES: tuple[Story, ...] = (
    Story(1),
    Story(9, (Step(1, _assigned), Step(2, _numbered), Step(4, _comparison_asked))),
    Story(4, (Step(1, _assigned), Step(2, _joined_with_news))),
    Story(4, (Step(1, _assigned), Step(2, _numbered), Step(3, _filing_asked))),
    Story(20, (Step(1, _assigned),)),
    Story(45, (Step(1, _assigned), Step(3, _numbered)), standing=Standing.anonymous),
    Story(26, (Step(1, _assigned), Step(5, lambda d, c, on: handling.stop(d, c, StopCause.testing, on, WHY)))),
    Story(24, (Step(1, _assigned), Step(16, _extended))),
    Story(23, (Step(1, _assigned), Step(5, lambda d, c, on: handling.stop(d, c, StopCause.testing, on, WHY)),
               Step(12, _resumed))),
    Story(33, (Step(1, _assigned), Step(2, _numbered), Step(9, _filed))),
    Story(88, MINOR),
    Story(52, (*MINOR[:5], Step(31, _notice_asked))),
    Story(17, (Step(1, _assigned), Step(13, _not_filed))),
    Story(38, (Step(1, _assigned), Step(10, _not_filed), Step(12, _told(NoticeKind.result)), Step(13, _closed))),
    Story(15, (Step(2, _handed_over), Step(4, _told(NoticeKind.hand_over)))),
    Story(5, (Step(2, _handed_over),)),
    Story(9, (Step(2, lambda d, c, on: handling.dispute(d, c, "石桥县市场监督管理局", on, WHY)),)),
    Story(14, (Step(2, lambda d, c, on: handling.dispute(d, c, "石桥县市场监督管理局", on, WHY)), Step(6, _agreed),
               Step(7, _assigned))),
    Story(20, (Step(2, lambda d, c, on: handling.dispute(d, c, "石桥县市场监督管理局", on, WHY)),
               Step(13, _referred))),
    COMPLAINT(12, (Step(3, _withdrawn),)),
    COMPLAINT(3, also=(ReportKind.complaint, ReportKind.report)),
    COMPLAINT(18, ACCEPTED),
    COMPLAINT(25, (*ACCEPTED, Step(21, lambda d, c, on: handling.settle(d, c, on, WHY)))),
    COMPLAINT(6, (Step(2, lambda d, c, on: handling.reject(d, c, "not_consumption", on, WHY)),
                  Step(3, _told(NoticeKind.rejection)))),
    COMPLAINT(30, (*ACCEPTED, Step(20, lambda d, c, on: handling.settle(d, c, on, WHY)), Step(21, _closed))),
    COMPLAINT(40, (*ACCEPTED, Step(37, lambda d, c, on: handling.terminate(d, c, "no_agreement", on, WHY)))),
    COMPLAINT(22, (*ACCEPTED, Step(6, lambda d, c, on: opening.follow_clue(d, c, on, WHY)))),
    Story(60, _insider(), standing=Standing.insider),
    Story(62, _insider(Step(41, APPROVED, HEAD), Step(42, DECISION_TOLD)), standing=Standing.insider),
    Story(64, (*_major(), *REWARDED[:3]), account=True),
)  # fmt: skip
"""What is told of the last three months, one workshop for each."""
PAYMENTS = (Match.full, Match.full, Match.basic, Match.full, Match.basic, Match.full)
"""What was paid in the last half-year that is over; in the one before it a single reward was."""


def handle_cases(office: Office, keys: Path) -> int:
    """Hand the letters in and handle them; answers how many cases there are. Without keys to seal to there are none."""
    found = read_letterbox(keys)
    if found is None:
        return 0
    today, box = china_day(office.clock()), Letterbox(office.database, found)
    told = [*STORIES, *_paid(today)]
    for story, workshop in zip(told, _workshops(office, len(told)), strict=True):
        _tell(office, box, story, workshop, today)
    with Session(office.database.read) as session:
        return len(session.scalars(select(ReportCase.id)).all())


def _paid(today: date) -> Iterator[Story]:
    """Rewards of the last half-year that is over, and one before it, each claimed with a receipt and without a name."""
    half = date(today.year, 7, 1) if today >= date(today.year, 7, 1) else date(today.year, 1, 1)
    lasts = REWARDED[-1].after
    for place, match in enumerate(PAYMENTS):
        age = (today - ago(half, 5 + 9 * place)).days + lasts
        yield Story(age, (*_major(match), *REWARDED), standing=Standing.anonymous)
    yield Story((today - ago(half, 200)).days + lasts, (*_major(), *REWARDED), standing=Standing.anonymous)


def _tell(office: Office, box: Letterbox, story: Story, about: About, today: date) -> None:
    received = ago(today, story.age)
    case = _receive(office, box, story, about, received)
    for step in story.steps:
        on = later(received, step.after)
        if on > today:
            break
        with _at(office, on).writing(step.who) as desk:
            step.act(desk, desk.session.get_one(ReportCase, case), on)


def _receive(office: Office, box: Letterbox, story: Story, about: About, received: date) -> int:
    person = {} if story.standing is Standing.anonymous else PERSON
    statement = Statement(story.kind, story.standing, {"facts": story.facts}, person, "zh")
    now = _moment(received)
    (accepted,) = box.hand_in(new_form(now), [statement], now)
    take_note(_at(office, later(received, 1)))
    with _at(office, received).writing(OFFICER) as desk:
        report = desk.session.scalars(select(Report).where(Report.locator == accepted.receipt.locator)).one()
        if story.account:
            box.claim(desk.session, report, ACCOUNT)
        first, *_ = opening.split(desk, report, about, WHY, story.also)
        return first.id


def _at(office: Office, day: date) -> Office:
    return replace(office, clock=lambda: _moment(day), heads=None)


def _moment(day: date) -> datetime:
    return moment_of(day, Shift.bureau)


def _workshops(office: Office, amount: int) -> list[About]:
    """What each letter is about: the workshops of the city one after the other, over and over."""
    wanted = select(Workshop.id, Workshop.district_code).order_by(Workshop.id).limit(amount)
    with Session(office.database.read) as session:
        known = [About(place=place, workshop_id=key) for key, place in session.execute(wanted)]
    return [known[number % len(known)] for number in range(amount)]

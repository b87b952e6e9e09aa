"""One duty of the bureau in a matter: what, since when, by which day and article, and how that day was counted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from zuofang.credit.reasons import Reason, Step, because
from zuofang.rules.calendar import Deadline
from zuofang.rules.parameters import Parameter, Unit
from zuofang.rules.sentences import Sentence, say


class Task(StrEnum):
    """What is to be done; the steps of a matter, in their order."""

    agree = "agree"
    refer = "refer"
    accept = "accept"
    mediate = "mediate"
    check = "check"
    decide = "decide"
    serve = "serve"
    tell_acceptance = "tell_acceptance"
    tell_rejection = "tell_rejection"
    tell_termination = "tell_termination"
    tell_filing = "tell_filing"
    tell_result = "tell_result"
    tell_hand_over = "tell_hand_over"
    tell_reward = "tell_reward"


TASKS: dict[Task, Sentence] = {
    Task.agree: say("与争议部门协商管辖"),
    Task.refer: say("报请共同的上一级部门指定管辖"),
    Task.accept: say("决定是否受理投诉"),
    Task.mediate: say("促成调解，或者决定终止调解"),
    Task.check: say("核查并决定是否立案"),
    Task.decide: say("作出处理决定"),
    Task.serve: say("送达处罚决定书"),
    Task.tell_acceptance: say("告知投诉人予以受理"),
    Task.tell_rejection: say("告知投诉人不予受理的理由和其他途径"),
    Task.tell_termination: say("将终止调解告知双方"),
    Task.tell_filing: say("告知举报人是否立案"),
    Task.tell_result: say("告知举报人处理结果"),
    Task.tell_hand_over: say("告知已经移交，或者应当向谁提出"),
    Task.tell_reward: say("告知举报人可以申请奖励"),
}


@dataclass(frozen=True, slots=True)
class Duty:
    """One duty. ``due`` of a stopped one is the day it would have if the stop ended today.

    ``by_law`` is False where the law only says *promptly* and the term is the bureau's own.
    """

    task: Task
    since: date
    due: Deadline
    rules: tuple[Parameter, ...]
    done_on: date | None = None
    stopped: bool = False
    by_law: bool = True
    reasons: tuple[Reason, ...] = ()

    @property
    def sentence(self) -> Sentence:
        """What is to be done, in words."""
        return TASKS[self.task]

    @property
    def is_open(self) -> bool:
        """Whether it still has to be done."""
        return self.done_on is None

    def is_overdue(self, on: date) -> bool:
        """Whether it is open on the day and its last day has passed."""
        return self.is_open and not self.stopped and on > self.due.day

    @property
    def was_late(self) -> bool:
        """Whether it was done after its last day."""
        return self.done_on is not None and self.done_on > self.due.day


def counted(start: date, term: Parameter, due: Deadline) -> Reason:
    """How the day was counted, with the article of the term."""
    values = {"start": start, "amount": term.whole, "day": due.day}
    if term.unit is Unit.working_days:
        sentence = say("自%(start)s次日起%(amount)s个工作日，至%(day)s", **values)
    else:
        sentence = say("自%(start)s次日起%(amount)s日（自然日），至%(day)s", **values)
    return because(term, Step.due, sentence, due.day)

"""The steps an officer takes by a form: what each asks for, which come first, and which another person approves."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from zuofang.reporting.cases.acts import handling
from zuofang.reporting.cases.acts.asking import APPROVALS, ask_approval
from zuofang.reporting.cases.at_desk import CaseAtDesk
from zuofang.reporting.cases.models import ReportCase, ReportStep
from zuofang.reporting.law.duties import Task
from zuofang.reporting.law.matters import StopCause, What
from zuofang.rules.sentences import Sentence, say
from zuofang.site.console.acting import AT_DESK
from zuofang.site.console.answers import NOT_OFFERED, REASON_MISSING, Answers
from zuofang.site.console.reports.colleagues import colleagues
from zuofang.site.console.reports.due import joined
from zuofang.site.console.reports.words import ground_word
from zuofang.storage.acts import Desk, Refused


@dataclass(frozen=True, slots=True)
class Given:
    """What was typed: the day, the reason, and the one thing more that some steps ask for."""

    on: date
    why: str
    more: str = ""
    until: date | None = None

    @property
    def cause(self) -> StopCause:
        """Why days do not count.

        Raises:
            Refused: it is none of those that the articles know.
        """
        if self.more not in set(StopCause):
            raise Refused(NOT_OFFERED)
        return StopCause(self.more)


@dataclass(frozen=True, slots=True)
class Move:
    """One step as a form. ``more`` is the kind of its further field: person, authority, ground, cause or until."""

    act: Callable[[Desk, ReportCase, Given], object]
    more: str = ""
    label: Sentence | None = None
    button: Sentence | None = None


def _asks(what: What) -> Callable[[Desk, ReportCase, Given], object]:
    return lambda desk, case, given: ask_approval(desk, case, what, given.why, detail=given.more, until=given.until)


def _assign(desk: Desk, case: ReportCase, given: Given) -> None:
    if given.more not in dict(colleagues(desk.session, case.place)):
        raise Refused(NOT_OFFERED)
    handling.assign(desk, case, given.more, given.on, given.why)


MOVES: dict[What, Move] = {
    What.assigned: Move(_assign, "person", say("承办人")),
    What.accepted: Move(lambda desk, case, given: handling.accept(desk, case, given.on, given.why)),
    What.rejected: Move(
        lambda desk, case, given: handling.reject(desk, case, given.more, given.on, given.why), "ground",
        say("不予受理的理由"),
    ),
    What.settled: Move(lambda desk, case, given: handling.settle(desk, case, given.on, given.why)),
    What.terminated: Move(
        lambda desk, case, given: handling.terminate(desk, case, given.more, given.on, given.why), "ground",
        say("终止调解的理由"),
    ),
    What.filed: Move(_asks(What.filed), button=say("报请批准立案")),
    What.not_filed: Move(_asks(What.not_filed), button=say("报请批准不予立案")),
    What.served: Move(lambda desk, case, given: handling.serve(desk, case, given.on, given.why)),
    What.closed: Move(lambda desk, case, given: handling.close(desk, case, given.on, given.why)),
    What.extended: Move(
        _asks(What.extended), "until", say("集体讨论定到哪一天（只有再次延长办案期限才填）"), say("报请批准延长")
    ),
    What.stopped: Move(
        lambda desk, case, given: handling.stop(desk, case, given.cause, given.on, given.why), "cause", say("事由")
    ),
    What.resumed: Move(
        lambda desk, case, given: handling.resume(desk, case, given.cause, given.on, given.why), "cause", say("事由")
    ),
    What.handed_over: Move(_asks(What.handed_over), "authority", say("移交给哪个部门"), say("报请批准移交")),
    What.disputed: Move(
        lambda desk, case, given: handling.dispute(desk, case, given.more, given.on, given.why), "authority",
        say("和哪个部门有争议"),
    ),
    What.agreed: Move(lambda desk, case, given: handling.agree(desk, case, given.on, given.why)),
    What.referred: Move(
        lambda desk, case, given: handling.refer(desk, case, given.more, given.on, given.why), "authority",
        say("报请哪个上级部门"),
    ),
    What.withdrawn: Move(lambda desk, case, given: handling.withdraw(desk, case, given.on, given.why)),
}  # fmt: skip
"""Every step that has a form of this shape, in the order in which they are offered."""

FIRST: dict[Task, tuple[What, ...]] = {
    Task.accept: (What.accepted, What.rejected),
    Task.mediate: (What.settled, What.terminated),
    Task.check: (What.filed, What.not_filed),
    Task.serve: (What.served,),
    Task.agree: (What.agreed,),
    Task.refer: (What.referred,),
}
"""What settles a duty."""


@dataclass(frozen=True, slots=True)
class Offered:
    """One step as the page offers it."""

    what: What
    move: Move
    approved: bool


def offered(view: CaseAtDesk) -> tuple[list[Offered], list[Offered]]:
    """The steps whose turn it is: those that settle what is due, and the others."""
    waiting = {ask.what for ask in view.waiting}
    open_now = [what for what in MOVES if what in view.possible and what not in waiting]
    wanted = [what for item in view.due for what in FIRST.get(item.duty.task, ())]
    if view.case.kind.value == "report" and not any(one.officer for one in view.due):
        wanted.insert(0, What.assigned)
    if not view.due:
        wanted = [What.closed]
    first = [what for what in dict.fromkeys(wanted) if what in open_now]
    rest = [what for what in open_now if what not in first]
    return [_offer(what) for what in first], [_offer(what) for what in rest]


def _offer(what: What) -> Offered:
    return Offered(what, MOVES[what], what in APPROVALS)


def given(answers: Answers, what: What, today: date) -> Given:
    """What was typed into the form of a step; its fields carry the name of the step."""
    move = MOVES[what]
    on = None if what in APPROVALS else answers.day(f"{what}-on")
    missing = REASON_MISSING if what in APPROVALS else None
    why = answers.text(f"{what}-why", missing, most=500)
    until = answers.day(f"{what}-more") if move.more == "until" else None
    required = say("请填这一栏。") if move.more and move.more != "until" else None
    more = answers.text(f"{what}-more", required) if required else ""
    return Given(on or today, why or str(AT_DESK), more, until)


def told(step: ReportStep, view: CaseAtDesk) -> Sentence:
    """What stands beside a step in the file: its detail, who did it, who approved it, and whether it was taken back."""
    parts = [say("%(who)s办", who=view.person(step.done_by))]
    if step.detail:
        grounds = step.what in (What.rejected, What.terminated)
        detail = ground_word(step.detail) if grounds else Sentence("%(detail)s", {"detail": view.person(step.detail)})
        parts.insert(0, detail)
    if step.until:
        parts.append(say("延长至%(day)s", day=step.until))
    if step.approved_by:
        parts.append(say("%(who)s批准", who=view.person(step.approved_by)))
    if step.undone:
        parts.append(say("已撤回"))
    return joined(parts)

"""The clocks of a matter: from the day it came in to the day it is closed (投诉举报、核查、立案、调解、告知的期限).

The texts are those in force on the day of receipt, because order 121 has no transition article; where new facts made
the clock begin again, on the day of the last report (R121 Art 35).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from zuofang.credit.reasons import Reason, Step, because
from zuofang.reporting.law.duties import Duty, Task, counted
from zuofang.reporting.law.matters import Happening, Matter, NoticeKind, Origin, ReportKind, What
from zuofang.reporting.law.notices import Notice, notices
from zuofang.rules.book import RuleBook
from zuofang.rules.calendar import Deadline
from zuofang.rules.parameters import Parameter
from zuofang.rules.sentences import say
from zuofang.rules.texts import Texts, fixed, later

TOLD_BY: dict[NoticeKind, Task] = {
    NoticeKind.acceptance: Task.tell_acceptance,
    NoticeKind.rejection: Task.tell_rejection,
    NoticeKind.termination: Task.tell_termination,
    NoticeKind.filing: Task.tell_filing,
    NoticeKind.result: Task.tell_result,
    NoticeKind.hand_over: Task.tell_hand_over,
    NoticeKind.reward: Task.tell_reward,
}
GONE = (What.handed_over, What.joined)
"""What ends every step of handling here: the matter is another authority's, or part of another matter."""


def duties(matter: Matter, on: date, rules: RuleBook) -> tuple[Duty, ...]:
    """Return every duty that had begun by the day ``on``, done or open, in the order in which they began.

    Raises:
        NoSuchRule: the matter came in before any text known to the rule files.
    """
    clock = _Clock(matter.as_of(on), on, rules)
    walk = clock.complaint() if matter.kind is ReportKind.complaint else clock.report()
    return (*clock.dispute(), *walk, *clock.notices())


def open_duties(matter: Matter, on: date, rules: RuleBook) -> tuple[Duty, ...]:
    """Return the duties that are open on the day, the most pressing first; stopped ones come last."""
    found = (duty for duty in duties(matter, on, rules) if duty.is_open)
    return tuple(sorted(found, key=lambda duty: (duty.stopped, duty.due.day)))


def counted_from(matter: Matter, rules: RuleBook) -> date:
    """Return the day from which a report's check is counted: its receipt, or the last report with new facts.

    New facts after the decision to file or not begin nothing; nor did they before order 121.
    """
    start, settled = matter.received_on, matter.first(What.filed, What.not_filed, *GONE)
    for one in matter.all(What.renewed):
        begins_again = Texts(rules, one.on).find("report.restart") is not None
        if begins_again and (settled is None or one.on <= settled):
            start = max(start, one.on)
    return start


@dataclass(frozen=True, slots=True)
class _Term:
    """A term as it stands: its end, how that was counted, and whether it was fixed by a discussion."""

    due: Deadline
    reasons: tuple[Reason, ...]
    is_fixed: bool = False


class _Clock:
    """One matter on one day, under the texts of its receipt."""

    def __init__(self, matter: Matter, on: date, rules: RuleBook) -> None:
        self.matter, self.on = matter, on
        self.start = counted_from(matter, rules) if matter.kind is ReportKind.report else matter.received_on
        self.texts = Texts(rules, self.start)

    def dispute(self) -> Iterator[Duty]:
        """Agree within seven working days, else ask the common superior (R121 Art 33); the other clocks run on."""
        began, rule = self.matter.first(What.disputed), self.texts.find("report.power_dispute")
        if began is None or rule is None:
            return
        settled = self.matter.first(What.agreed, What.referred, What.assigned, *GONE)
        agree = self._duty(Task.agree, began, rule, settled)
        yield agree
        if agree.is_overdue(self.on) or self.matter.first(What.referred) is not None:
            done = self.matter.first(What.referred, What.assigned)
            yield self._duty(Task.refer, agree.due.day if agree.is_open else began, rule, done, agree.due)

    def complaint(self) -> Iterator[Duty]:
        """Accept in 7 working days, then mediate in 60 days, before order 121 in 45 working days (Art 15, 23)."""
        over = (*GONE, What.withdrawn)
        accepted = self.matter.first(What.accepted)
        answered = self.matter.first(What.accepted, What.rejected, *over)
        yield self._duty(Task.accept, self.start, self.texts("complaint.accept_decision"), answered)
        if accepted is not None:
            ended = self.matter.first(What.settled, What.terminated, *over)
            term = self.texts("complaint.mediation_limit")
            yield self._stoppable(Task.mediate, accepted, term, ended, "complaint.mediation_stops")

    def report(self) -> Iterator[Duty]:
        """Check in 15 working days and decide whether to file; decide in 90 days of filing; serve in 7 (PROC)."""
        filed, decided = self.matter.first(What.filed), self.matter.first(What.decided)
        settled = self.matter.first(What.filed, What.not_filed, *GONE)
        check = self._check_rule()
        yield self._stoppable(Task.check, self.start, check, settled, "report.check_stops", f"{check.name}_extension")
        if filed is not None:
            ended = self.matter.first(What.decided, *GONE)
            term = self.texts("case.decide")
            yield self._stoppable(Task.decide, filed, term, ended, "case.excluded", "case.extend_1")
        if decided is not None:
            served = self.matter.first(What.served)
            yield self._duty(Task.serve, decided, self.texts("case.serve_decision"), served)

    def notices(self) -> Iterator[Duty]:
        """Every notice owed, each with its own article."""
        for notice in notices(self.matter, self.texts):
            yield self._notice(notice)

    def _notice(self, notice: Notice) -> Duty:
        due = self.texts.rules.calendar.after(notice.since, notice.term)
        why = counted(notice.since, notice.term, due)
        named = tuple(because(rule, Step.scope, say("依据本条应当告知")) for rule in notice.rules)
        return Duty(
            TOLD_BY[notice.kind], notice.since, due, notice.rules, notice.done_on, by_law=notice.by_law,
            reasons=(*named, why),
        )  # fmt: skip

    def _check_rule(self) -> Parameter:
        """A clue found in a complaint has an article of its own, with the same days (R121 Art 27)."""
        clue = self.texts.find("complaint.clue_check") if self.matter.origin is Origin.clue else None
        return clue or self.texts("report.check")

    def _duty(
        self, task: Task, start: date, rule: Parameter, done_on: date | None, due: Deadline | None = None
    ) -> Duty:  # fmt: skip
        due = due or self.texts.rules.calendar.after(start, rule)
        return Duty(task, start, due, (rule,), done_on, reasons=(counted(start, rule, due),))

    def _stoppable(
        self, task: Task, start: date, rule: Parameter, done_on: date | None, stops: str, extension: str = ""
    ) -> Duty:  # fmt: skip
        """A duty from whose term some periods are left out, and which can be extended."""
        excluded = self.texts.find(stops)
        causes = excluded.words if excluded else ()
        term = self._term(start, rule, causes, done_on or self.on)
        if extension:
            for one in self.matter.all(What.extended):
                if start <= one.on <= (done_on or self.on):
                    term = self._extended(term, one, extension, causes, done_on or self.on)
        since = self.matter.stopped_since(causes)
        stopped = done_on is None and not term.is_fixed and since is not None and since < term.due.day
        return Duty(task, start, term.due, (rule,), done_on, stopped, reasons=(*self._renewed(task), *term.reasons))

    def _term(self, start: date, rule: Parameter, causes: tuple[str, ...], through: date) -> _Term:
        spans = self.matter.left_out(causes, through)
        due = self.texts.rules.calendar.after_leaving_out(start, rule, spans)
        touching = tuple(span for span in spans if span.until > start and span.since < due.day)
        why = [counted(start, rule, due)]
        why += [
            because(rule, Step.due, say("%(since)s之后至%(until)s不计入期限", since=one.since, until=one.until))
            for one in touching
        ]
        return _Term(due, tuple(why))

    def _extended(
        self, term: _Term, one: Happening, extension: str, causes: tuple[str, ...], through: date
    ) -> _Term:  # fmt: skip
        """The term after one more approval: granted in time, first by the days of the article, then as discussed."""
        rule = self.texts.find(extension)
        if rule is None or term.is_fixed or one.on > term.due.day:
            return term
        if not any(reason.step is Step.term for reason in term.reasons):
            more = self._term(term.due.day, rule, causes, through)
            said = because(rule, Step.term, say("%(day)s经批准延长期限", day=one.on), one.on)
            due = Deadline(more.due.day, more.due.provisional or term.due.provisional)
            return _Term(due, (*term.reasons, said, *more.reasons))
        discussed = self.texts.find("case.extend_2")
        if extension != "case.extend_1" or discussed is None or one.until is None:
            return term
        due = later(fixed(one.until), term.due)
        said = because(discussed, Step.term, say("经集体讨论延长至%(day)s", day=due.day), one.on)
        return _Term(due, (*term.reasons, said), is_fixed=True)

    def _renewed(self, task: Task) -> tuple[Reason, ...]:
        rule = self.texts.find("report.restart")
        if task is not Task.check or rule is None or self.start == self.matter.received_on:
            return ()
        sentence = say("举报人于%(day)s提出新的事实，期限自该日重新计算", day=self.start)
        return (because(rule, Step.start, sentence, self.start),)

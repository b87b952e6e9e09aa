"""The course of a publication: its events told one after the other, and where that leaves it on a day."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from zuofang.credit.events import (
    Annulled,
    Corrected,
    Delisted,
    Deregistered,
    Event,
    Repaired,
    RepairRefused,
    RepairRevoked,
    Repeated,
    Stayed,
    Withdrawn,
)
from zuofang.credit.publishing.case import Case, Ending
from zuofang.credit.publishing.standing import Dated, Standing
from zuofang.credit.reasons import Reason, Step, because
from zuofang.rules.sentences import Sentence, say


@dataclass(slots=True)
class Course:
    """A publication on its way.

    A *final* ending stands for good; an *early* one (repair, removal) can be revoked, and then the term runs again.
    """

    case: Case[Any]
    anchor: date | None
    term: Dated
    final: Ending | None = None
    early: Ending | None = None
    early_stop_lost_by: str = ""
    no_application_before: date | None = None
    stayed: bool = False
    reasons: list[Reason] = field(default_factory=list)

    @property
    def ending(self) -> Ending | None:
        """What ended it before its term; what cannot be taken back counts for more than what can."""
        return self.final or self.early

    @property
    def stopped(self) -> Ending | None:
        """What took it from view: an early stop always comes before a final ending of the same course."""
        return self.early or self.final

    def is_over(self, day: date) -> bool:
        """Whether nothing that happens on ``day`` can matter any more: ended for good, or its term had run out."""
        return self.final is not None or (self.early is None and self.has_expired(day))

    def has_expired(self, day: date) -> bool:
        """Whether the term was over before ``day``."""
        return self.term.day is not None and self.term.day < day

    def take(self, day: date, what: Event | Ending) -> None:
        """Let one event, or the end that lies in the record itself, take effect on ``day``."""
        match what:
            case Ending():
                self.final = what
            case Annulled():
                self.final = self.case.annulled(what)
            case Withdrawn():
                self.final = self.case.withdrawn(what)
            case Deregistered():
                self.final = self.case.deregistered(day)
            case Repaired() | Delisted():
                self._stop_early(what)
            case RepairRevoked():
                self._resume(what)
            case RepairRefused():
                self._refuse_repair(what)
            case _:
                self._note(what)

    def _stop_early(self, event: Repaired | Delisted) -> None:
        if self.early is not None:
            return
        if self.early_stop_lost_by:
            self._remark(event, self.early_stop_lost_by, say("已经不能提前停止公示，本次决定不产生停止公示的效果"))
            return
        outcome = self.case.early_ending(event)
        if isinstance(outcome, Reason):
            self.reasons.append(outcome)
        else:
            self.early = outcome

    def _resume(self, event: RepairRevoked) -> None:
        """Take an early stop back (REP Art 23, SVL Art 20); where the article of the day says so, the term restarts."""
        if self.early is None:
            return
        self.early = None
        self.early_stop_lost_by = self.case.restart_rule
        if self._remark(
            event, self.case.restart_rule, say("弄虚作假取得的修复被撤销，公示期自%(day)s重新计算", day=event.on)
        ):
            self.anchor = event.on
            self.term = self.case.term(self.anchor)

    def _refuse_repair(self, event: RepairRefused) -> None:
        rule = "repair.fraud.no_application"
        texts = self.case.texts.at(event.on)
        if event.fraud and texts.find(rule):
            self.no_application_before = texts.after(event.on, rule).day
            sentence = say("因申请修复弄虚作假，%(day)s前不受理修复申请", day=self.no_application_before)
            self._remark(event, rule, sentence)

    def _note(self, event: Event) -> None:
        match event:
            case Repeated():
                self.early_stop_lost_by = self.case.repeated.rule
                self._remark(event, self.case.repeated.rule, self.case.repeated.sentence)
            case Corrected():
                self._remark(event, "pub.correction", say("公示内容于%(day)s更正，公示期不变", day=event.on))
            case Stayed(lifted_on=None):
                self.stayed = self._remark(event, "pub.stay", say("停止执行期间暂停公示"))

    def _remark(self, event: Event, rule: str, sentence: Sentence) -> bool:
        """Note what an article makes of an event; False where no such article was in force on its day."""
        parameter = self.case.texts.at(event.on).find(rule)
        if parameter is not None:
            self.reasons.append(because(parameter, Step.remark, sentence, event.on))
        return parameter is not None

    def standing(self) -> Standing:
        """Where the record stands on the day asked about."""
        if self.ending is not None:
            return self.ending.standing
        if self.has_expired(self.case.on):
            return Standing.expired
        if self.stayed:
            return Standing.stayed
        return Standing.public if self.case.record.published_on else Standing.due


def follow(case: Case[Any]) -> Course:
    """Tell the whole course of a case up to the day asked about."""
    anchor = case.anchor()
    course = Course(case, anchor, case.term(anchor))
    for day, what in case.happenings():
        if not course.is_over(day):
            course.take(day, what)
    return course

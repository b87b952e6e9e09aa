"""Publication of supervisory samples (监督抽检, SAMP) and inspections (监督检查, INSP)."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterator
from datetime import date
from functools import reduce
from typing import ClassVar, TypeVar

from zuofang.credit.findings import Finding, Inspection, Sample
from zuofang.credit.publishing.case import Case, Ending
from zuofang.credit.publishing.course import Course, follow
from zuofang.credit.publishing.listing import ListingCase
from zuofang.credit.publishing.penalty import PenaltyCase
from zuofang.credit.publishing.standing import Dated, Standing
from zuofang.credit.publishing.terms import is_minor
from zuofang.credit.reasons import Reason, Step, because
from zuofang.credit.records import Listing, Outcome, Penalty, Result
from zuofang.rules.calendar import ONE_DAY, Deadline
from zuofang.rules.sentences import Sentence, say
from zuofang.rules.texts import fixed, later, longest

AnyFinding = TypeVar("AnyFinding", bound=Finding)


class FindingCase(Case[AnyFinding]):
    """A finding: a good one stays open, a bad one ends after three months or with what followed it (REP Art 10)."""

    @abstractmethod
    def is_negative(self) -> bool:
        """Whether the finding speaks against the workshop."""

    def term(self, anchor: date | None) -> Dated:
        """Return the end of a bad finding; a finding of an older day is covered from the article's first day."""
        if anchor is None or not self.is_negative():
            return Dated()
        rule = self.texts.first_in_force("pub.spotcheck_negative", anchor)
        if rule is None:
            return Dated()
        own = later(self.texts.rules.calendar.after(anchor, rule), fixed(rule.since - ONE_DAY))
        sentence = say("未处罚或者仅轻微处罚的，自%(start)s起公示至%(day)s", start=anchor, day=own.day)
        return self._with_what_followed(Dated(own, (because(rule, Step.term, sentence, own.day),)))

    def _with_what_followed(self, own: Dated) -> Dated:
        followed = self._followed_until()
        if followed is None:
            return own
        last = longest(own.deadline, followed.deadline)
        return Dated(last, (*own.reasons, *followed.reasons))

    def _followed_until(self) -> Dated | None:
        """The last day of the penalties and listings that followed, the longest of them; nothing where none counts."""
        found = [last for course in self._courses_of_what_followed() for last in self._lasting(course)]
        if not found:
            return None
        deadline = reduce(longest, found)
        rule = self.texts.rules.parameters.history("pub.spotcheck_negative")[-1]
        day = deadline.day if deadline else None
        return Dated(deadline, (because(rule, Step.term, say("已给予处罚或者列入名单的，随其公示期"), day),))

    @staticmethod
    def _lasting(course: Course) -> Iterator[Deadline | None]:
        """The last day of one of them; none of one that fell, an empty one where its end is open."""
        if course.standing() is not Standing.withdrawn:
            day = course.stopped.on - ONE_DAY if course.stopped else course.term.day
            yield fixed(day) if day and course.stopped else course.term.deadline

    def _courses_of_what_followed(self) -> Iterator[Course]:
        for after in self.record.followed_by:
            if (course := self._course_of(after)) is not None:
                yield course

    def _course_of(self, after: Penalty | Listing) -> Course | None:
        match after:
            case Penalty():
                case_: Case[Penalty] | Case[Listing] = PenaltyCase(after, self.on, self.texts.rules)
            case Listing():
                case_ = ListingCase(after, self.on, self.texts.rules)
        if case_.text is None or case_.obstacle() is not None:
            return None
        if isinstance(after, Penalty) and is_minor(after, case_.texts):
            return None
        return follow(case_)


class SampleCase(FindingCase[Sample]):
    """A supervisory sample: published once its conclusion is final, at the latest by the general limit (OGI Art 26)."""

    prefix: ClassVar[str] = "samp"

    def is_negative(self) -> bool:
        """Whether the conclusion that counts is a failure."""
        return self.record.final_outcome is Outcome.failed

    def due(self) -> Dated:
        """20 working days from the day the conclusion became final; unknown while it is disputed."""
        final = final_on(self.record, self)
        if final is None:
            reason = because(self.texts("samp.publish"), Step.due, say("检验结论尚未确定，确定后及时公布"))
            return Dated(None, (reason,))
        return self.days_to_publish(final, "samp.publish_outer_limit")

    def own_ending(self) -> Ending | None:
        """An upheld objection takes the conclusion away."""
        refuted_on = self.record.refuted_on
        if refuted_on is None:
            return None
        return self.ending(Standing.withdrawn, refuted_on, "pub.correction", say("异议成立，撤回原检验结论"))

    def remarks(self) -> tuple[Reason, ...]:
        """Whether a second test is under way, or what it said."""
        again = self.record.reinspection
        if again is None:
            return ()
        if again.outcome is None:
            return (because(self.texts("samp.duty_while_disputed"), Step.remark, say("正在复检，召回和整改不停止")),)
        sentence = say("复检结论为%(outcome)s，以复检结论为准", outcome=Sentence(str(again.outcome)))
        return (because(self.texts("samp.reinspection_final"), Step.remark, sentence, again.concluded_on),)


class InspectionCase(FindingCase[Inspection]):
    """An inspection: 20 working days from its result (INSP Art 39)."""

    prefix: ClassVar[str] = "insp"

    def is_negative(self) -> bool:
        """Whether the result was "not conforming"."""
        return self.record.result is Result.not_conforming

    def due(self) -> Dated:
        """20 working days from the result."""
        return self.days_to_publish(self.record.found_on, "insp.publish")

    def remarks(self) -> tuple[Reason, ...]:
        """What follows from the result."""
        handling, rule = self.record.handling, self.texts.find("insp.outcomes")
        if handling is None or rule is None:
            return ()
        sentence = say("结果处理：%(handling)s", handling=Sentence(str(handling)))
        return (because(rule, Step.remark, sentence, self.record.rectify_by),)


def final_on(sample: Sample, case: SampleCase) -> date | None:
    """Return the day the conclusion of a sample became final, or nothing while it can still change.

    A passed sample is final with its conclusion. A failed one is final when every dispute is decided, and where there
    is none, when the days for one have run out after the party received the conclusion (SAMP Art 30, 37).
    """
    if sample.outcome is Outcome.passed:
        return sample.concluded_on
    decided = [objection.decided_on for objection in sample.objections]
    if sample.reinspection is not None:
        decided.append(sample.reinspection.concluded_on)
    days = [day for day in decided if day is not None]
    if len(days) < len(decided):
        return None
    if days:
        return max(days)
    if sample.served_on is None:
        return None
    window = case.texts.after(sample.served_on, "samp.reinspection_apply")
    return window.day if window.day < case.on else None

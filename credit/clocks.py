"""Clocks of the credit room: who must do what by which day, for repairs, samples, disputes, withdrawals and recalls.

A clock is a chain of steps. Each begins where the one before it was done, or, while that is still open, on the last day
it may be done; such a later step is not *firm* yet. The texts are those of the day on which the clock began.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from zuofang.credit.reasons import Reason, Step, because
from zuofang.credit.records import Dispute, Outcome
from zuofang.rules.book import RuleBook
from zuofang.rules.calendar import Deadline
from zuofang.rules.parameters import Certainty
from zuofang.rules.sentences import Sentence, say
from zuofang.rules.texts import Texts, fixed, later


class RepairSubject(StrEnum):
    """What a credit repair is asked for (REP Art 2); the days for deciding differ."""

    penalty = "penalty"
    spotcheck = "spotcheck"
    abnormal = "abnormal"
    listing = "svl"


class Actor(StrEnum):
    """Who must act, or may: 经办人员、审核人员、检验机构、当事人、本站自动."""

    officer = "officer"
    reviewer = "reviewer"
    laboratory = "laboratory"
    operator = "operator"
    clock = "clock"


@dataclass(frozen=True, slots=True)
class ClockStep:
    """One duty with its last day. ``firm`` is False while the step before it is open and its end could still move."""

    duty: Sentence
    due: Deadline
    done_on: date | None
    firm: bool
    article: str
    certainty: Certainty
    actor: Actor = Actor.officer

    def is_overdue(self, on: date) -> bool:
        """Whether the duty is open on the day ``on`` and its last day has passed."""
        return self.done_on is None and self.firm and on > self.due.day

    @property
    def was_late(self) -> bool:
        """Whether the duty was done after its last day."""
        return self.done_on is not None and self.done_on > self.due.day


@dataclass(frozen=True, slots=True)
class Link:
    """One step of a chain: the duty, its term, the day it was done, and the term by which it was extended."""

    duty: Sentence
    rule: str
    done_on: date | None = None
    extended_by: str = ""
    actor: Actor = Actor.officer


def chain(start: date, links: Iterable[Link], texts: Texts) -> tuple[ClockStep, ...]:
    """Count the links one after the other from ``start``.

    Raises:
        NoSuchRule: the texts of that day know no such term.
    """
    steps: list[ClockStep] = []
    begins, firm = fixed(start), True
    for link in links:
        due = _counted(begins, link, texts)
        rule = texts(link.rule)
        steps.append(ClockStep(link.duty, due, link.done_on, firm, rule.article, rule.certainty, link.actor))
        firm = firm and link.done_on is not None
        begins = fixed(link.done_on) if link.done_on else due
    return tuple(steps)


def _counted(begins: Deadline, link: Link, texts: Texts) -> Deadline:
    due = texts.after(begins.day, link.rule)
    if link.extended_by:
        due = texts.after(due.day, link.extended_by)
    return Deadline(due.day, due.provisional or begins.provisional)


@dataclass(frozen=True, slots=True, kw_only=True)
class RepairApplication:
    """An application for credit repair (信用修复申请) and how far it has come."""

    about: RepairSubject
    received_on: date
    accepted_on: date | None = None
    extended: bool = False
    decided_on: date | None = None
    data_done_on: date | None = None
    elsewhere: bool = False
    """Whether the party is registered in another province."""


def repair_clock(application: RepairApplication, rules: RuleBook) -> tuple[ClockStep, ...]:
    """Accept in 2 working days, decide in 7 (+10), change the data in 3 (REP Art 14, 16, 17).

    A decision about a party of another province is first pushed there, in 3 working days (REP Art 4).

    Raises:
        NoSuchRule: the application came before REP was in force.
    """
    extended_by = "repair.extend" if application.extended else ""
    decide = f"repair.decide_{application.about}"
    push = Link(say("将修复决定推送至当事人登记地"), "repair.cross_province_push", application.data_done_on)
    links = (
        Link(say("决定是否受理，或者一次告知需要补正的材料"), "repair.accept", application.accepted_on),
        Link(say("作出是否准予信用修复的决定"), decide, application.decided_on, extended_by),
        *((push,) if application.elsewhere else ()),
        Link(say("更新公示数据"), "repair.data_done", application.data_done_on),
    )
    return chain(application.received_on, links, Texts(rules, application.received_on))


@dataclass(frozen=True, slots=True, kw_only=True)
class SamplingSteps:
    """A supervisory sample on its way from the shelf to the party."""

    taken_on: date
    outcome: Outcome
    received_on: date | None = None
    concluded_on: date | None = None
    reported_on: date | None = None
    served_on: date | None = None


def sampling_clock(sample: SamplingSteps, rules: RuleBook) -> tuple[ClockStep, ...]:
    """To the laboratory in 5 working days, tested in 20, reported in 7 or 2, a failure served in 5 (SAMP Art 20–29)."""
    failed = sample.outcome is Outcome.failed
    links = [
        Link(say("将样品送达检验机构"), "samp.sample_to_lab", sample.received_on),
        Link(say("出具检验报告"), "samp.report", sample.concluded_on, actor=Actor.laboratory),
        Link(
            say("报送检验结论"),
            f"samp.lab_reports_{'fail' if failed else 'ok'}",
            sample.reported_on,
            actor=Actor.laboratory,
        ),
    ]
    if failed:
        links.append(Link(say("将不合格检验结论送达当事人"), "samp.serve_fail", sample.served_on))
    return chain(sample.taken_on, links, Texts(rules, sample.taken_on))


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetSteps:
    """A sample whose result is not there yet; ``agreed_on`` is the last day agreed with the laboratory, if any was."""

    taken_on: date
    delivered_on: date | None = None
    agreed_on: date | None = None


def sheet_clock(sheet: SheetSteps, rules: RuleBook) -> tuple[ClockStep, ...]:
    """To the laboratory in 5 working days; the report in 20 from there, unless another day was agreed (SAMP 20, 24).

    Raises:
        NoSuchRule: the sample was taken before any text known to the rule files.
    """
    links = (
        Link(say("将样品送达检验机构"), "samp.sample_to_lab", sheet.delivered_on),
        Link(say("出具检验报告"), "samp.report", actor=Actor.laboratory),
    )
    delivery, report = chain(sheet.taken_on, links, Texts(rules, sheet.taken_on))
    if sheet.agreed_on is not None:
        agreed = say("出具检验报告，期限是与检验机构约定的")
        report = replace(report, duty=agreed, due=fixed(sheet.agreed_on), firm=True)
    return delivery, report


def serving_clock(concluded_on: date, served_on: date | None, rules: RuleBook) -> tuple[ClockStep, ...]:
    """A failure is reported in 2 working days and served on the party in 5 more (SAMP Art 26, 29).

    The day on which the bureau got the conclusion is on no paper of ours; its last possible day is counted from.
    """
    links = [
        Link(say("报送检验结论"), "samp.lab_reports_fail", None, actor=Actor.laboratory),
        Link(say("将不合格检验结论送达当事人"), "samp.serve_fail", served_on),
    ]
    return chain(concluded_on, links, Texts(rules, concluded_on))


@dataclass(frozen=True, slots=True, kw_only=True)
class ReinspectionSteps:
    """A request for a second test (复检) and how far it has come."""

    served_on: date
    asked_on: date | None = None
    accepted_on: date | None = None
    laboratory_on: date | None = None
    laboratory_extended: bool = False
    handed_over_on: date | None = None
    hand_over_extended: bool = False
    concluded_on: date | None = None
    told_on: date | None = None


def reinspection_clock(steps: ReinspectionSteps, rules: RuleBook) -> tuple[ClockStep, ...]:
    """Ask in 7 working days; accept 5, choose a laboratory 5 (+5), hand over 3 (+3), test 10, tell 5 (SAMP 30–35)."""
    picked_later = "samp.reinspection_pick_lab_extend" if steps.laboratory_extended else ""
    handed_later = "samp.reinspection_hand_over_extend" if steps.hand_over_extended else ""
    links = (
        Link(say("当事人提出复检申请"), "samp.reinspection_apply", steps.asked_on, actor=Actor.operator),
        Link(say("决定是否受理复检申请"), "samp.reinspection_accept", steps.accepted_on),
        Link(say("确定复检机构"), "samp.reinspection_pick_lab", steps.laboratory_on, picked_later),
        Link(say("移交备份样品"), "samp.reinspection_hand_over", steps.handed_over_on, handed_later),
        Link(say("提交复检结论"), "samp.reinspection_result", steps.concluded_on, actor=Actor.laboratory),
        Link(say("将复检结论通知当事人"), "samp.reinspection_tell", steps.told_on),
    )
    return chain(steps.served_on, links, Texts(rules, steps.served_on))


@dataclass(frozen=True, slots=True, kw_only=True)
class ReinspectionRequest:
    """What decides whether a second test can be asked for; ``keeps_until`` is the end of the backup's shelf life."""

    served_on: date
    asked_on: date
    microbiological: bool = False
    keeps_until: date | None = None
    backup_usable: bool = True


def obstacles_to_reinspection(request: ReinspectionRequest, rules: RuleBook) -> tuple[Reason, ...]:
    """Return every ground on which a second test is refused (SAMP Art 31); none means it must be accepted."""
    texts = Texts(rules, request.served_on)
    last = texts.after(request.served_on, "samp.reinspection_apply").day
    found = (
        (request.microbiological, say("微生物指标不合格，不予复检")),
        (request.keeps_until is not None and request.asked_on > request.keeps_until, say("备份样品超过保质期")),
        (request.asked_on > last, say("逾期提出申请，最后一日为%(day)s", day=last)),
        (not request.backup_usable, say("备份样品无法实现复检目的")),
    )
    rule = texts("samp.no_reinspection")
    return tuple(because(rule, Step.remark, sentence, request.asked_on) for holds, sentence in found if holds)


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectionSteps:
    """An objection (异议) and how far it has come.

    ``begins_on`` is the day the sample was taken where the objection is about the taking, otherwise the day the party
    was told of the failure. ``supplement_asked`` is set where more material was asked for.
    """

    about: Dispute
    begins_on: date
    filed_on: date | None = None
    supplement_asked: bool = False
    supplemented_on: date | None = None
    accepted_on: date | None = None
    decided_on: date | None = None


def objection_clock(steps: ObjectionSteps, rules: RuleBook) -> tuple[ClockStep, ...]:
    """File in 7 working days, supplement and accept in 5 each, decide in 20 or 30 (SAMP Art 37–39)."""
    kind = "sampling" if steps.about is Dispute.sampling else "other"
    links = [Link(say("当事人提出异议"), f"samp.objection_{kind}", steps.filed_on, actor=Actor.operator)]
    if steps.supplement_asked:
        links.append(
            Link(say("当事人补正材料"), "samp.objection_supplement", steps.supplemented_on, actor=Actor.operator)
        )
    links += [
        Link(say("决定是否受理异议"), "samp.objection_accept", steps.accepted_on),
        Link(say("完成异议审核并告知结果"), f"samp.objection_decide_{kind}", steps.decided_on),
    ]
    return chain(steps.begins_on, links, Texts(rules, steps.begins_on))


def disposal_clock(
    began_on: date, rules: RuleBook, *, extended_to: date | None = None, ended_on: date | None = None
) -> ClockStep:
    """Finish the disposal of a failed sample (核查处置) in 90 natural days, or by the day a written approval names."""
    (step,) = chain(began_on, [Link(say("完成核查处置"), "samp.disposal", ended_on)], Texts(rules, began_on))
    if extended_to is None:
        return step
    return replace(step, due=later(step.due, fixed(extended_to)))

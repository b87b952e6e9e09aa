"""When somebody must be told, what, and by which article; and that nobody else is ever told.

Since order 121 a reporter is owed a result only where a law, a regulation or a rule says so, or where a reward is due
(R121 Art 36); every notice therefore names its article. No notice about a report ever goes to the reported party.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from zuofang.reporting.law.matters import Matter, NoticeKind, ReportKind, Standing, What
from zuofang.rules.parameters import Parameter
from zuofang.rules.texts import Texts

PROMPT = "worklist.prompt"


class Recipient(StrEnum):
    """投诉人、举报人、投诉的双方当事人."""

    complainant = "complainant"
    reporter = "reporter"
    both_parties = "both_parties"


class Channel(StrEnum):
    """How to reach them: the address they gave, or only the page that their receipt opens."""

    address = "address"
    receipt = "receipt"


@dataclass(frozen=True, slots=True)
class Notice:
    """One notice owed since a day: to whom, by which articles, and the term in which it must be given.

    ``by_law`` is False where the article says *promptly* and the term is the bureau's own.
    """

    kind: NoticeKind
    to: Recipient
    since: date
    rules: tuple[Parameter, ...]
    term: Parameter
    written: bool = False
    channel: Channel = Channel.address
    done_on: date | None = None

    @property
    def by_law(self) -> bool:
        """Whether the law itself names the number of days."""
        return self.term.name != PROMPT


def notices(matter: Matter, texts: Texts) -> tuple[Notice, ...]:
    """Every notice that what happened so far has made due, given or not; ``texts`` are those of the receipt."""
    owed = _of_complaint(matter, texts) if matter.kind is ReportKind.complaint else _of_report(matter, texts)
    return tuple(owed)


def _of_complaint(matter: Matter, texts: Texts) -> Iterator[Notice]:
    decided = {NoticeKind.acceptance: What.accepted, NoticeKind.rejection: What.rejected}
    for kind, what in decided.items():
        if matter.first(what) is not None:
            rule = texts("complaint.accept_decision")
            yield Notice(
                kind, Recipient.complainant, matter.received_on, (rule,), rule, done_on=matter.told_on(kind)
            )  # fmt: skip
    ended, rule = matter.first(What.terminated), texts("complaint.termination_notice")
    if ended is not None:
        told = matter.told_on(NoticeKind.termination)
        yield Notice(NoticeKind.termination, Recipient.both_parties, ended, (rule,), rule, done_on=told)
    yield from _handed_over(matter, texts)


def _of_report(matter: Matter, texts: Texts) -> Iterator[Notice]:
    yield from _filing(matter, texts)
    yield from _result(matter, texts)
    yield from _handed_over(matter, texts)
    closed = matter.first(What.closed)
    if closed is not None and matter.reward_due:
        rule = texts.find("reward.notify")
        if rule is not None:
            yield _to_reporter(matter, NoticeKind.reward, closed, (rule,), rule)


def _filing(matter: Matter, texts: Texts) -> Iterator[Notice]:
    """Whether a case was filed: to a real-name reporter under order 20, to an insider since 2024, to nobody else."""
    told = matter.first(What.filed, What.not_filed)
    if told is None or matter.standing is Standing.anonymous:
        return
    general, insider = texts.find("report.notify_filing"), None
    if matter.standing is Standing.insider:
        insider = texts.find("report.notify_filing.insider")
    rules = tuple(rule for rule in (general, insider) if rule is not None)
    if rules:
        yield _to_reporter(matter, NoticeKind.filing, told, rules, general or texts(PROMPT))


def _result(matter: Matter, texts: Texts) -> Iterator[Notice]:
    known = matter.first(What.not_filed, What.decided)
    if known is None:
        return
    unlicensed = matter.unlicensed and matter.standing is not Standing.anonymous
    names = (
        "report.notify_result.unlicensed" if unlicensed else "",
        f"report.notify_result.workshop.{matter.place[:2]}" if matter.workshop else "",
        "report.notify_result.food" if matter.food else "",
    )
    rules = tuple(rule for name in names if name and (rule := texts.find(name)) is not None)
    if rules:
        yield _to_reporter(matter, NoticeKind.result, known, rules, texts(PROMPT))


def _handed_over(matter: Matter, texts: Texts) -> Iterator[Notice]:
    """In writing where food is concerned (FSL Art 115), else by saying who is competent (R121 Art 34)."""
    gone = matter.first(What.handed_over)
    rule = texts.find("report.hand_over.food" if matter.food else "report.no_power")
    if gone is not None and rule is not None:
        yield _to_reporter(matter, NoticeKind.hand_over, gone, (rule,), texts(PROMPT), written=matter.food)


def _to_reporter(
    matter: Matter, kind: NoticeKind, since: date, rules: tuple[Parameter, ...], term: Parameter, *,
    written: bool = False,
) -> Notice:  # fmt: skip
    to = Recipient.complainant if matter.kind is ReportKind.complaint else Recipient.reporter
    channel = Channel.receipt if matter.standing is Standing.anonymous else Channel.address
    return Notice(kind, to, since, rules, term, written, channel, matter.told_on(kind))

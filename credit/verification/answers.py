"""The answer to one line of a buyer's list, and the one word it comes to.

Pure: from facts about an operator or a label and a day. What is unclear stays unclear; nothing is ever guessed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from zuofang.credit.card import CreditCard, FoundLine, is_same_food
from zuofang.credit.findings import Sample
from zuofang.credit.records import Listing
from zuofang.rules.book import RuleBook
from zuofang.rules.sentences import Sentence, say
from zuofang.traceability.models import RestrictionKind
from zuofang.traceability.queries.certificates import CertificateState, state_of
from zuofang.traceability.verdict import CertificateFacts, Reason, RestrictionFacts, Verdict


class What(StrEnum):
    """What a line turned out to be."""

    label = "label"
    forged_label = "forged_label"
    certificate = "certificate"
    credit_code = "credit_code"
    name = "name"
    unclear = "unclear"
    unknown = "unknown"


class Standing(StrEnum):
    """What an answer comes to, the gravest first; ``unclear`` and ``unknown`` answer nothing about anybody."""

    stop = "stop"
    care = "care"
    unclear = "unclear"
    unknown = "unknown"
    clear = "clear"


@dataclass(frozen=True, slots=True)
class Candidate:
    """An operator that an unclear line may mean."""

    workshop: int
    name: str
    district: str | None


@dataclass(frozen=True, slots=True)
class Paper:
    """Where the certificates of an operator stand together, and the one that says so."""

    state: CertificateState
    number: str | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LineAnswer:
    """One line and its answer. ``number`` counts the lines as sent, from 1; blank lines are counted and left out.

    ``product`` is told of labels alone; ``points`` speak against, ``honours`` for it.
    """

    number: int
    text: str
    what: What
    standing: Standing
    workshop: int | None = None
    name: str | None = None
    product: str | None = None
    paper: Paper | None = None
    points: tuple[Sentence, ...] = ()
    honours: tuple[str, ...] = ()
    candidates: tuple[Candidate, ...] = ()


@dataclass(frozen=True, slots=True)
class RunningRecall:
    """A batch of the operator that is being called back."""

    batch: int
    product: str
    lot: str
    level: int
    announced_on: date


@dataclass(frozen=True, slots=True)
class Supplier:
    """Everything that is public about one operator and that a buyer asks for."""

    workshop: int
    name: str
    certificates: tuple[CertificateFacts, ...]
    restrictions: tuple[RestrictionFacts, ...]
    recalls: tuple[RunningRecall, ...]
    card: CreditCard


@dataclass(frozen=True, slots=True)
class Judged:
    """What the facts about an operator come to."""

    standing: Standing
    paper: Paper
    points: tuple[Sentence, ...]
    honours: tuple[str, ...]


def judge(supplier: Supplier, on: date, rules: RuleBook) -> Judged:
    """How an operator stands on a day: stopped, to be looked at, or nothing public against it."""
    paper = paper_of(supplier.certificates, on)
    stops = [*_paper_points(paper), *_orders(supplier, on)]
    cares = [*_rectifying(supplier, on), *_listed(supplier), *beside_goods(supplier, on, rules)]
    standing = Standing.stop if stops else Standing.care if cares else Standing.clear
    return Judged(standing, paper, (*stops, *cares), tuple(honour.title for honour in supplier.card.honours))


def paper_of(certificates: tuple[CertificateFacts, ...], on: date) -> Paper:
    """The state of all certificates together, and the one that shows it: that in force, else the newest."""
    state = state_of(certificates, on)
    shown = [one for one in certificates if one.in_force(on)] or list(certificates)
    return Paper(state, shown[-1].number, shown[-1].until) if shown else Paper(state)


def beside_goods(
    supplier: Supplier, on: date, rules: RuleBook, batch: int | None = None, product: str | None = None
) -> tuple[Sentence, ...]:
    """What was found about an operator's goods; beside a label that of other batches and products than the label's."""
    return (*_recalled(supplier, batch), *_failed(supplier, on, rules, product), *_others(supplier, on, rules))


def standing_of(verdict: Verdict) -> Standing:
    """What the verdict over a label comes to for a buyer."""
    return {Verdict.released: Standing.clear, Verdict.take_care: Standing.care}.get(verdict, Standing.stop)


def points_of(reasons: tuple[Reason, ...]) -> tuple[Sentence, ...]:
    """The reasons of a verdict that speak against the goods."""
    return tuple(reason.sentence for reason in reasons if reason.verdict is not Verdict.released)


def worse(one: Standing, other: Standing) -> Standing:
    """The graver of two answers."""
    order = list(Standing)
    return min(one, other, key=order.index)


def _paper_points(paper: Paper) -> Iterator[Sentence]:
    match paper.state:
        case CertificateState.in_force:
            return
        case CertificateState.none:
            yield say("没有登记证记录。")
        case CertificateState.expired if paper.until:
            yield say("登记证已于%(day)s到期。", day=paper.until)
        case _:
            yield say("今天没有有效的登记证。")


def _orders(supplier: Supplier, on: date) -> Iterator[Sentence]:
    for order in supplier.restrictions:
        if order.holds(on) and order.kind is RestrictionKind.closed:
            yield say("自%(day)s起关闭：%(ground)s。", day=order.since, ground=order.ground)
        elif order.holds(on) and order.kind is RestrictionKind.suspended:
            yield say("自%(day)s起暂停生产：%(ground)s。", day=order.since, ground=order.ground)


def _rectifying(supplier: Supplier, on: date) -> Iterator[Sentence]:
    for order in supplier.restrictions:
        if order.holds(on) and order.kind is RestrictionKind.rectifying:
            yield say("自%(day)s起正在限期整改：%(ground)s。", day=order.since, ground=order.ground)


def _listed(supplier: Supplier) -> Iterator[Sentence]:
    if supplier.card.listed_since is not None:
        yield say("自%(day)s起列入严重违法失信名单。", day=supplier.card.listed_since)


def _recalled(supplier: Supplier, batch: int | None) -> Iterator[Sentence]:
    for recall in supplier.recalls:
        if recall.batch == batch:
            continue
        yield say(
            "“%(product)s”批号 %(lot)s 正在召回（%(level)s级，%(day)s公告）。",
            product=recall.product,
            lot=recall.lot,
            level=recall.level,
            day=recall.announced_on,
        )


def _failed(supplier: Supplier, on: date, rules: RuleBook, product: str | None) -> Iterator[Sentence]:
    for line in supplier.card.findings:
        if is_recent_failure(line, on, rules) and not (product and is_same_food(line.title, product)):
            food, items = line.title, "、".join(line.items)
            yield say("“%(food)s”%(items)s抽检不合格，%(day)s公布。", food=food, items=items, day=line.published_on)


def _others(supplier: Supplier, on: date, rules: RuleBook) -> Iterator[Sentence]:
    told = [line for line in supplier.card.findings if not _is_told_above(line, on, rules)]
    if told:
        yield say("信用档案里另有公示中的查处记录 %(count)s 条。", count=len(told))


def _is_told_above(line: FoundLine, on: date, rules: RuleBook) -> bool:
    return isinstance(line.record, Listing) or is_recent_failure(line, on, rules)


def is_recent_failure(line: FoundLine, on: date, rules: RuleBook) -> bool:
    """Whether a finding is a failed sample that was published within the window of the label's verdict."""
    if not isinstance(line.record, Sample):
        return False
    window = rules.parameters("verdict.failed_sample_window", on)
    return rules.calendar.after(line.published_on, window).day >= on

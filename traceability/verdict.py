"""The verdict over a label: one word for a person with a packet in hand, and every reason for it.

A pure function of dated facts. The strongest reason gives the verdict, and all of them are shown. What is not known is
a reason of its own; a blank is never good news.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from zuofang.rules.book import RuleBook
from zuofang.rules.sentences import Sentence, say
from zuofang.traceability.models import BatchState, Conclusion, Method, RestrictionKind


class Verdict(StrEnum):
    """From the strongest to the weakest."""

    not_issued = "not_issued"
    do_not_eat = "do_not_eat"
    not_released = "not_released"
    past_date = "past_date"
    take_care = "take_care"
    released = "released"


STRENGTH = {verdict: strength for strength, verdict in enumerate(Verdict)}


class Evidence(StrEnum):
    """Where the evidence of a reason stands: a page, or a part of the batch page."""

    label = "label"
    recall = "recall"
    test = "test"
    batch = "batch"
    workshop = "workshop"
    credit = "credit"


@dataclass(frozen=True, slots=True)
class Reason:
    """One fact that speaks for a verdict, in a sentence, with the place of its evidence."""

    verdict: Verdict
    sentence: Sentence
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Answer:
    """The verdict and every reason, strongest first."""

    verdict: Verdict
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class RecallFacts:
    """A recall that was not withdrawn; ``announced_on`` is empty between the operator's knowing and the notice."""

    level: int
    reason: str
    known_on: date
    announced_on: date | None


@dataclass(frozen=True, slots=True)
class TestFacts:
    """A release test sheet that was not annulled."""

    conclusion: Conclusion
    method: Method
    tested_on: date
    laboratory: str
    number: str

    __test__ = False


@dataclass(frozen=True, slots=True)
class CertificateFacts:
    """A certificate of the operator; ``until`` is its last day, empty where the province sets no term."""

    number: str
    since: date
    until: date | None
    revoked_on: date | None

    def in_force(self, on: date) -> bool:
        """Whether the operator might produce under it on that day."""
        begun = self.since <= on and (self.until is None or on <= self.until)
        return begun and (self.revoked_on is None or on < self.revoked_on)


@dataclass(frozen=True, slots=True)
class RestrictionFacts:
    """An order closing, suspending or correcting the operator; ``until`` is its last day."""

    kind: RestrictionKind
    since: date
    until: date | None
    ground: str

    def holds(self, on: date) -> bool:
        """Whether the order stood on that day."""
        return self.since <= on and (self.until is None or on <= self.until)


@dataclass(frozen=True, slots=True)
class FailedSample:
    """A published supervisory sample of the same product that failed; ``item`` is empty where none is recorded."""

    published_on: date
    item: str
    document: str


@dataclass(frozen=True, slots=True)
class ScanFacts:
    """How often a code was scanned before now, and how many labels carry it (1 for an item code)."""

    scans: int
    labels: int
    is_item: bool


@dataclass(frozen=True, slots=True)
class LabelFacts:
    """Everything the verdict may lean on, as it stands on the day of viewing."""

    made_on: date
    best_before: date | None
    state: BatchState
    decided_on: date | None
    block_reason: str | None
    tests: tuple[TestFacts, ...] = ()
    recalls: tuple[RecallFacts, ...] = ()
    certificates: tuple[CertificateFacts, ...] = ()
    restrictions: tuple[RestrictionFacts, ...] = ()
    failed_samples: tuple[FailedSample, ...] = ()
    listed_since: date | None = None
    label_revoked: str | None = None
    scans: ScanFacts | None = None


def not_issued() -> Answer:
    """The answer for a code that fails its check or was never issued."""
    sentence = say("这个码不是本站签发的。包装上的码可能是仿冒的，也可能是输错了。")
    return Answer(Verdict.not_issued, (Reason(Verdict.not_issued, sentence, Evidence.label),))


def answer(facts: LabelFacts, on: date, rules: RuleBook) -> Answer:
    """The verdict on the day ``on`` with all its reasons."""
    found = [
        *_do_not_eat(facts),
        *_not_released(facts),
        *_past_date(facts, on),
        *_paper_warnings(facts, on),
        *_standing_warnings(facts, on, rules),
        *_label_warnings(facts, on, rules),
    ]
    if not found:
        found = [_released(facts)]
    found.sort(key=lambda reason: STRENGTH[reason.verdict])
    return Answer(found[0].verdict, tuple(found))


def deciding_test(tests: tuple[TestFacts, ...]) -> TestFacts | None:
    """The sheet that counts: the newest regular one, else the newest quick one; of one day the one given first."""
    regular = [test for test in tests if test.method is Method.regular]
    return max(regular or tests, key=lambda test: test.tested_on, default=None)


def _do_not_eat(facts: LabelFacts) -> Iterator[Reason]:
    yield from _recalled(facts)
    test = deciding_test(facts.tests)
    if test is not None and test.conclusion is Conclusion.failed and test.method is Method.regular:
        told = say("%(day)s的出厂检验结论为不合格。", day=test.tested_on)
        yield Reason(Verdict.do_not_eat, told, Evidence.test)
    if facts.state is BatchState.blocked:
        told = say("这一批已被封存，不得出厂：%(reason)s。", reason=facts.block_reason or say("原因未记载"))
        yield Reason(Verdict.do_not_eat, told, Evidence.batch)
    yield from _made_unlawfully(facts)


def _recalled(facts: LabelFacts) -> Iterator[Reason]:
    for recall in facts.recalls:
        told = say(
            "这一批因%(reason)s被召回（%(level)s级），%(day)s起不得再食用或销售。",
            reason=recall.reason,
            level=recall.level,
            day=recall.announced_on or recall.known_on,
        )
        yield Reason(Verdict.do_not_eat, told, Evidence.recall)


def _made_unlawfully(facts: LabelFacts) -> Iterator[Reason]:
    for order in facts.restrictions:
        if order.kind is not RestrictionKind.rectifying and order.holds(facts.made_on):
            told = say(
                "生产这一批时（%(made)s），作坊正被责令停止生产：%(ground)s。", made=facts.made_on, ground=order.ground
            )
            yield Reason(Verdict.do_not_eat, told, Evidence.workshop)
    in_force = any(paper.in_force(facts.made_on) for paper in facts.certificates)
    for paper in facts.certificates:
        if not in_force and paper.revoked_on is not None and paper.revoked_on <= facts.made_on:
            told = say("作坊的证书已于%(day)s被吊销或注销，这一批是之后生产的。", day=paper.revoked_on)
            yield Reason(Verdict.do_not_eat, told, Evidence.workshop)


def _not_released(facts: LabelFacts) -> Iterator[Reason]:
    test = deciding_test(facts.tests)
    if test is None:
        yield Reason(Verdict.not_released, say("没有这一批的出厂检验记录。"), Evidence.test)
    elif test.conclusion is Conclusion.undecided:
        told = say("出厂检验已于%(day)s进行，尚无结论。", day=test.tested_on)
        yield Reason(Verdict.not_released, told, Evidence.test)
    elif test.conclusion is Conclusion.failed and test.method is Method.quick:
        told = say("%(day)s的快速检测未通过，须经常规检验才能定论。", day=test.tested_on)
        yield Reason(Verdict.not_released, told, Evidence.test)
    if facts.state is BatchState.pending:
        yield Reason(Verdict.not_released, say("这一批还没有放行，不应出现在货架上。"), Evidence.batch)


def _past_date(facts: LabelFacts, on: date) -> Iterator[Reason]:
    if facts.best_before is not None and on > facts.best_before:
        told = say("保质期到%(day)s为止，已经过期。", day=facts.best_before)
        yield Reason(Verdict.past_date, told, Evidence.batch)


def _paper_warnings(facts: LabelFacts, on: date) -> Iterator[Reason]:
    if any(paper.in_force(on) for paper in facts.certificates):
        return
    ended = [paper.until for paper in facts.certificates if paper.until is not None and paper.until < on]
    if not facts.certificates:
        yield Reason(Verdict.take_care, say("没有这家作坊的登记证记录。"), Evidence.workshop)
    elif ended:
        told = say("作坊的登记证已于%(day)s到期，没有换发的记录。", day=max(ended))
        yield Reason(Verdict.take_care, told, Evidence.workshop)
    else:
        yield Reason(Verdict.take_care, say("作坊目前没有有效的登记证。"), Evidence.workshop)


def _standing_warnings(facts: LabelFacts, on: date, rules: RuleBook) -> Iterator[Reason]:
    if facts.listed_since is not None:
        told = say("作坊自%(day)s起列入严重违法失信名单。", day=facts.listed_since)
        yield Reason(Verdict.take_care, told, Evidence.credit)
    for order in facts.restrictions:
        if order.holds(on):
            yield Reason(Verdict.take_care, _order_now(order), Evidence.workshop)
    window = rules.parameters("verdict.failed_sample_window", on)
    for sample in facts.failed_samples:
        if rules.calendar.after(sample.published_on, window).day >= on >= sample.published_on:
            yield Reason(Verdict.take_care, _failed_words(sample), Evidence.credit)


def _failed_words(sample: FailedSample) -> Sentence:
    if not sample.item:
        return say("同一产品抽检不合格，%(day)s公布。", day=sample.published_on)
    return say("同一产品%(item)s抽检不合格，%(day)s公布。", item=sample.item, day=sample.published_on)


def _order_now(order: RestrictionFacts) -> Sentence:
    match order.kind:
        case RestrictionKind.rectifying:
            return say("作坊自%(day)s起正在限期整改：%(ground)s。", day=order.since, ground=order.ground)
        case RestrictionKind.suspended:
            return say("作坊自%(day)s起暂停生产：%(ground)s。", day=order.since, ground=order.ground)
        case RestrictionKind.closed:
            return say("作坊自%(day)s起关闭：%(ground)s。", day=order.since, ground=order.ground)


def _label_warnings(facts: LabelFacts, on: date, rules: RuleBook) -> Iterator[Reason]:
    if facts.label_revoked is not None:
        told = say("这枚标签已作废：%(reason)s。", reason=facts.label_revoked)
        yield Reason(Verdict.take_care, told, Evidence.label)
    if facts.scans is not None and facts.scans.scans >= scan_ceiling(facts.scans, on, rules):
        told = say(
            "这个码已被扫过%(scans)s次以上，远多于贴有它的标签（%(labels)s枚）。",
            scans=facts.scans.scans,
            labels=facts.scans.labels,
        )
        yield Reason(Verdict.take_care, told, Evidence.label)


def scan_ceiling(scans: ScanFacts, on: date, rules: RuleBook) -> Decimal:
    """The number of scans that the labels with this code no longer explain; infinite where no label was printed."""
    if scans.is_item:
        return rules.parameters("scan.item_implausible", on).number
    if not scans.labels:
        return Decimal("Infinity")
    return scans.labels * rules.parameters("scan.batch_factor", on).number


def _released(facts: LabelFacts) -> Reason:
    test = deciding_test(facts.tests)
    if facts.decided_on is None or test is None:
        raise ValueError("a batch is released by a test and on a day")
    told = say("出厂检验%(tested)s合格，%(released)s放行。", tested=test.tested_on, released=facts.decided_on)
    return Reason(Verdict.released, told, Evidence.test)

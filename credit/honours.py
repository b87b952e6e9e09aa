"""Keeping an honour: what a re-evaluation (复评) must find, and when an honour is lost without anybody deciding it.

The plan of Ningbo (二（五）) asks for points, for years without a filed penalty and without a failed sample, and for an
application before the certificate ends. Kinds of honour no rule speaks of simply end.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from zuofang.credit.events import Annulled, Withdrawn
from zuofang.credit.findings import Sample
from zuofang.credit.publication import publication
from zuofang.credit.reasons import Reason, Step, because
from zuofang.credit.records import Listing, Outcome, Penalty, Record
from zuofang.rules.book import RuleBook
from zuofang.rules.calendar import ONE_DAY
from zuofang.rules.sentences import Sentence, say
from zuofang.rules.texts import Texts


@dataclass(frozen=True, slots=True)
class Held:
    """An honour with an end: its kind, its last day, and the day its holder asked to keep it, if that happened."""

    kind: str
    until: date
    applied_on: date | None = None


@dataclass(frozen=True, slots=True)
class Evaluated:
    """A re-evaluation: its day, its points, and whether those who made it let it pass."""

    on: date
    score: Decimal | None
    passed: bool
    applied_on: date | None = None


@dataclass(frozen=True, slots=True)
class Loss:
    """An honour is lost from the day ``on``, for these reasons."""

    on: date
    reasons: tuple[Reason, ...]

    @property
    def words(self) -> str:
        """The reasons on one line, with every article once."""
        articles = "；".join(dict.fromkeys(reason.article for reason in self.reasons))
        return f"{'；'.join(str(reason.sentence) for reason in self.reasons)}（{articles}）"


def has_rules(kind: str, rules: RuleBook) -> bool:
    """Whether honours of the kind are re-evaluated by rules that are known."""
    return bool(rules.parameters.history(f"honour.{kind}.score"))


def loss(held: Held, evaluation: Evaluated | None, records: Iterable[Record], on: date, rules: RuleBook) -> Loss | None:
    """Whether an honour is lost by the day ``on``: its re-evaluation was not passed, or it ended and nobody asked.

    An application and an evaluation of an earlier term do not count again.
    """
    if not has_rules(held.kind, rules):
        return None
    if evaluation is not None and first_day(held, rules) <= evaluation.on <= on:
        reasons = tuple(obstacles(held, evaluation, records, rules))
        return Loss(evaluation.on, reasons) if reasons else None
    if on <= held.until or _in_time(held.applied_on, held, rules):
        return None
    rule = Texts(rules, held.until)(f"honour.{held.kind}.apply_within")
    return Loss(held.until + ONE_DAY, (because(rule, Step.ending, say("证书到期，没有按时提出复评申请"), held.until),))


def first_day(held: Held, rules: RuleBook) -> date:
    """The first day on which its holder may ask to keep an honour."""
    return rules.calendar.before(held.until, Texts(rules, held.until)(f"honour.{held.kind}.apply_within"))


def _in_time(applied_on: date | None, held: Held, rules: RuleBook) -> bool:
    return applied_on is not None and first_day(held, rules) <= applied_on <= held.until


def obstacles(held: Held, evaluation: Evaluated, records: Iterable[Record], rules: RuleBook) -> Iterator[Reason]:
    """Everything that keeps a re-evaluation from being passed, each with its article."""
    texts = Texts(rules, evaluation.on)
    name = f"honour.{held.kind}"
    score = texts(f"{name}.score")
    if not evaluation.passed or evaluation.score is None or evaluation.score < score.number:
        yield because(
            score, Step.ending, say("现场验收没有通过，或者评分低于%(score)s分", score=score.whole), evaluation.on
        )
    if not _in_time(evaluation.applied_on or held.applied_on, held, rules):
        yield because(texts(f"{name}.apply_within"), Step.ending, say("没有按时提出复评申请"), held.until)
    yield from conduct(held.kind, evaluation.on, records, rules)


def needed(kind: str, on: date, rules: RuleBook) -> Iterator[Reason]:
    """What a re-evaluation must find by the texts of a day, each with its article."""
    texts = Texts(rules, on)
    score = texts(f"honour.{kind}.score")
    yield because(score, Step.remark, say("现场验收评分不低于 %(score)s 分", score=score.whole))
    penalties, samples = texts(f"honour.{kind}.penalty_free"), texts(f"honour.{kind}.sample_free")
    yield because(penalties, Step.remark, say("近 %(years)s 年没有受过行政处罚", years=penalties.whole))
    yield because(samples, Step.remark, say("近 %(years)s 年监督抽检没有不合格", years=samples.whole))


def conduct(kind: str, on: date, records: Iterable[Record], rules: RuleBook) -> Iterator[Reason]:
    """What of a workshop's record stands against an honour on a day; which decision or sample it was is not told."""
    texts = Texts(rules, on)
    known = [record.as_of(on) for record in records if record.made_on <= on]
    for rule, counts, sentence in _CONDUCT:
        parameter = texts(f"honour.{kind}.{rule}")
        recent = (one for one in known if on <= rules.calendar.after(one.made_on, parameter).day)
        if any(counts(record) for record in recent):
            yield because(parameter, Step.ending, sentence, on)
    if any(isinstance(record, Listing) and publication(record, on, rules).public for record in known):
        yield because(texts("svl.measures"), Step.ending, say("列入严重违法失信名单期间不授予荣誉"), on)


def _was_penalised(record: Record) -> bool:
    """Whether a decision was made and still stands; a repair ends its publication, not what was decided."""
    return isinstance(record, Penalty) and _stands(record)


def _failed(record: Record) -> bool:
    """Whether a sample failed for good."""
    return (
        isinstance(record, Sample)
        and record.final_outcome is Outcome.failed
        and record.refuted_on is None
        and _stands(record)
    )


def _stands(record: Record) -> bool:
    return not any(isinstance(event, Annulled | Withdrawn) for event in record.events)


_CONDUCT: tuple[tuple[str, Callable[[Record], bool], Sentence], ...] = (
    ("penalty_free", _was_penalised, say("规定年限内受过行政处罚")),
    ("sample_free", _failed, say("规定年限内监督抽检不合格")),
)

"""Whether early take-down or removal may be asked for today, and what stands in the way (PUB Art 16, REP Art 11, 13).

``Publication.repair_from`` says when the days alone would allow it; this is the whole answer.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from zuofang.credit.events import Repeated
from zuofang.credit.publication import Publication, publication
from zuofang.credit.reasons import Reason, Step, because
from zuofang.credit.records import Listing, Penalty
from zuofang.rules.book import RuleBook
from zuofang.rules.parameters import Parameter
from zuofang.rules.sentences import Sentence, say
from zuofang.rules.texts import Texts


def obstacles_to_repair(record: Penalty | Listing, on: date, rules: RuleBook) -> tuple[Reason, ...]:
    """Return everything that stands against an application on the day ``on``; nothing means it may be accepted.

    Raises:
        NoSuchRule: no text on repair was in force on the day.
    """
    known, texts = record.as_of(on), Texts(rules, on)
    removal = isinstance(record, Listing)
    rule = texts("svl.early_removal_conditions" if removal else "repair.conditions")
    found = publication(record, on, rules)
    complaints = (*_too_early(found, on), *_conditions(known))
    return tuple(because(rule, Step.repair, sentence, on) for sentence in complaints)


def _too_early(found: Publication, on: date) -> Iterator[Sentence]:
    if not found.awaits:
        yield say("该信息不在公示中，无须修复")
    elif found.repair_from is None:
        yield say("依规定不得提前停止公示，期满自动停止")
    elif on < found.repair_from:
        yield say("%(day)s起才可以申请", day=found.repair_from)


def _conditions(known: Penalty | Listing) -> Iterator[Sentence]:
    if known.performed_on is None:
        yield say("尚未履行决定确定的义务")
    if known.rectified_on is None:
        yield say("尚未改正违法行为、消除危害后果和不良影响")
    if any(isinstance(event, Repeated) for event in known.events):
        same, heavier = say("因同一类违法行为再次受到行政处罚"), say("再次受到市场监管部门较重行政处罚")
        yield heavier if isinstance(known, Listing) else same


def is_heavier_penalty(penalty: Penalty, rules: RuleBook) -> bool:
    """Whether a penalty is heavy enough for a listing (较重行政处罚, SVL Art 2).

    A fine counts by its tier, every other penalty by its kind.
    """
    texts = Texts(rules, penalty.decided_on)
    heavy_fine = penalty.fine is not None and _names(texts("svl.heavier_tiers"), penalty.tier)
    return heavy_fine or any(_names(texts("svl.heavier_kinds"), kind) for kind in penalty.kinds)


def _names(rule: Parameter, word: str | None) -> bool:
    return word is not None and word in rule.words

"""What the rules of today offer to whoever reports, as the public page tells it: every figure with its article."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from zuofang.credit.records import Kind
from zuofang.reporting.law.claims import Claim, Evidence, Match, Outcome, Reward
from zuofang.reporting.law.eligibility import of_place
from zuofang.reporting.law.reward import GRADES, reward
from zuofang.rules.book import RuleBook
from zuofang.rules.parameters import Parameter
from zuofang.rules.sentences import Sentence, say
from zuofang.rules.texts import Texts

WORKSHOP_FINE, LARGE_FINE = Decimal(1500), Decimal(200_000)
"""Fines in yuan that the page computes as examples: what a workshop usually pays, and what is large in most places."""


@dataclass(frozen=True, slots=True)
class GradeOffer:
    """One grade: what it takes, the rate and the floor."""

    grade: int
    asks: Parameter
    percent: Parameter
    floor: Parameter


@dataclass(frozen=True, slots=True)
class Example:
    """One invented report and what it would bring."""

    about: Sentence
    reward: Reward


@dataclass(frozen=True, slots=True)
class Offer:
    """Everything that is offered on a day at a place; nothing where the place has not told its figure."""

    scope: Parameter
    grades: tuple[GradeOffer, ...]
    cap: Parameter
    consult: Parameter | None
    citizen: Parameter | None
    other: Parameter | None
    insider: Parameter | None
    notify: Parameter
    claim: Parameter
    longer: Parameter | None
    review: Parameter | None
    exclusions: Parameter
    same_clue: Parameter
    anonymous: Parameter | None
    examples: tuple[Example, ...]


def offer(on: date, place: str, rules: RuleBook) -> Offer:
    """Return what is offered for a report that comes in on the day.

    Raises:
        NoSuchRule: no text known to the rule files was in force.
    """
    texts = Texts(rules, on)
    grades = tuple(
        GradeOffer(one, texts(f"reward.grade{one}"), texts(f"reward.grade{one}.percent"), _floor(texts, one))
        for one in GRADES
    )
    return Offer(
        scope=texts("reward.scope"), grades=grades, cap=texts("reward.cap"),
        consult=texts.find("reward.finance_consult"),
        citizen=of_place(texts, "reward.large_fine", place, ".citizen"),
        other=of_place(texts, "reward.large_fine", place, ".other"),
        insider=of_place(texts, "reward.insider", place) or texts.find("reward.insider"),
        notify=texts("reward.notify"), claim=texts("reward.claim"), longer=texts.find("reward.claim_extension"),
        review=texts.find("reward.review"), exclusions=texts("reward.exclusions"),
        same_clue=texts("reward.same_clue"), anonymous=texts.find("reward.anonymous"),
        examples=tuple(_examples(on, place, rules)),
    )  # fmt: skip


def _floor(texts: Texts, grade: int) -> Parameter:
    return texts(f"reward.grade{grade}.floor")


def _examples(on: date, place: str, rules: RuleBook) -> list[Example]:
    fine, stopped = frozenset({Kind.fine}), frozenset({Kind.fine, Kind.shut_down})
    best = Claim(reported_on=on, applied_on=on)
    basic = Claim(reported_on=on, applied_on=on, match=Match.basic, evidence=Evidence.related)
    told = (
        (say("标签缺项，罚款 1,500 元"), best, Outcome(place=place, closed_on=on, kinds=fine, fine=WORKSHOP_FINE)),
        (say("责令停产停业，罚款 1,500 元，有直接证据且完全相符"), best,
         Outcome(place=place, closed_on=on, kinds=stopped, fine=WORKSHOP_FINE)),
        (say("责令停产停业，罚没款 20 万元，基本相符"), basic,
         Outcome(place=place, closed_on=on, kinds=stopped, fine=LARGE_FINE)),
        (say("移送公安机关并定罪，罚没款 20 万元，有直接证据且完全相符"), best,
         Outcome(place=place, closed_on=on, kinds=stopped, fine=LARGE_FINE, crime=True)),
    )  # fmt: skip
    return [Example(about, reward(claim, outcome, rules)) for about, claim, outcome in told]

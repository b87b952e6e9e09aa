"""How much is paid for a report: grade, rate, floor, raise for insiders, cap, and who of several is rewarded.

The text is that of the day of the report: the measure of 2017 pays by the value of the goods, that of 2021 by the fine
and what was confiscated, and for major breaches alone (``rules.md`` 2).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

from zuofang.credit.reasons import Reason, Step, because
from zuofang.reporting.law.claims import Claim, Evidence, Match, Outcome, Reward, RewardState
from zuofang.reporting.law.eligibility import is_insider, obstacles, of_place
from zuofang.rules.book import RuleBook
from zuofang.rules.calendar import Deadline
from zuofang.rules.sentences import say
from zuofang.rules.texts import Texts

CENT = Decimal("0.01")
HUNDRED = Decimal(100)
GRADES = range(1, 4)


def reward(claim: Claim, outcome: Outcome, rules: RuleBook) -> Reward:
    """Return what is due to one claim taken by itself, with every step and its article.

    Raises:
        NoSuchRule: the report came before any text known to the rule files.
    """
    texts = Texts(rules, claim.reported_on)
    against = obstacles(claim, outcome, texts)
    if against:
        state = against[0].state
        return Reward(state=state, reasons=tuple(one.reason for one in against if one.state is state))
    grade = grade_of(claim, outcome, texts)
    if grade is None:
        rule = texts("reward.grade3")
        told = because(rule, Step.scope, say("举报内容与查证的事实不相符，或者没有提供证据，达不到任何等级"))
        return Reward(state=RewardState.refused, reasons=(told,))
    return _amount(claim, outcome, grade, texts)


def grade_of(claim: Claim, outcome: Outcome, texts: Texts) -> int | None:
    """Return the grade, 1 the highest: by evidence and agreement, and since 2021 by how grave the breach is."""
    if claim.match is Match.none or claim.evidence is Evidence.none:
        return None
    full = claim.match is Match.full
    direct = claim.evidence is Evidence.direct
    if texts("reward.base").value == "goods_value":
        return 1 if full and direct else 2 if full else GRADES[-1]
    if not (full and direct):
        return GRADES[-1]
    grave = outcome.especially_serious or outcome.crime
    return 1 if claim.detailed and grave else 2


def share(claims: Sequence[Claim], outcome: Outcome, rules: RuleBook) -> tuple[Reward, ...]:
    """Return what is due to each of several claims about one case, in the order given (REW21 Art 10).

    Of those who brought the same clue the first in time is rewarded. All together get no more than the highest of what
    is due to one; what is above is taken off in proportion.
    """
    alone = [_of_several(claim, claims, outcome, rules) for claim in claims]
    most = max((one.amount for one in alone), default=Decimal(0))
    total = sum((one.amount for one in alone), Decimal(0))
    if total <= most:
        return tuple(alone)
    return tuple(
        _reduced(one, most, total, Texts(rules, claim.reported_on)) for one, claim in zip(alone, claims, strict=True)
    )


def _of_several(claim: Claim, claims: Sequence[Claim], outcome: Outcome, rules: RuleBook) -> Reward:
    same = [one for one in claims if one.clue == claim.clue]
    if min(same, key=lambda one: (one.reported_on, one.order)) is claim:
        return reward(claim, outcome, rules)
    rule = Texts(rules, claim.reported_on)("reward.same_clue")
    told = because(rule, Step.scope, say("同一线索只奖励最先举报的人"))
    return Reward(state=RewardState.refused, reasons=(told,))


def _reduced(one: Reward, most: Decimal, total: Decimal, texts: Texts) -> Reward:
    if one.state is not RewardState.due:
        return one
    amount = (one.amount * most / total).quantize(CENT, ROUND_DOWN)
    told = because(texts("reward.share"), Step.remark, say("一案奖金总额以%(most)s元为限，按比例减少", most=most))
    consult = one.consult_finance and amount >= texts("reward.finance_consult").number
    return replace(one, amount=amount, consult_finance=consult, reasons=(*one.reasons, told))


def _amount(claim: Claim, outcome: Outcome, grade: int, texts: Texts) -> Reward:
    base, percent = _base(outcome, texts), _percent(claim, grade, texts)
    floor, cap = texts(f"reward.grade{grade}.floor"), texts("reward.cap")
    factor, raised = _factor(claim, outcome, texts)
    standard = max(floor.number, base * percent / HUNDRED)
    amount = min(standard * factor, cap.number).quantize(CENT, ROUND_HALF_UP)
    consult = texts.find("reward.finance_consult")
    needs = consult is not None and amount >= consult.number
    found = Reward(
        state=RewardState.due, reasons=(), grade=grade, base=base, percent=percent, floor=floor.number, factor=factor,
        cap=cap.number, amount=amount, consult_finance=needs,
    )  # fmt: skip
    return replace(found, reasons=(*_steps(found, texts), *raised, *_ends(found, standard, texts)))


def _base(outcome: Outcome, texts: Texts) -> Decimal:
    if texts("reward.base").value == "goods_value":
        return outcome.goods_value
    counts = of_place(texts, "reward.base.counts_goods", outcome.place)
    return outcome.taken + (outcome.goods_value if counts is not None and counts.value == "yes" else 0)


def _percent(claim: Claim, grade: int, texts: Texts) -> Decimal:
    """Return the rate; where the text leaves a range, the one chosen within it, the lowest if none was."""
    high, low = texts(f"reward.grade{grade}.percent").number, texts.find(f"reward.grade{grade}.percent_low")
    if low is None:
        return high
    return min(max(claim.percent or low.number, low.number), high)


def _factor(claim: Claim, outcome: Outcome, texts: Texts) -> tuple[Decimal, tuple[Reason, ...]]:
    """Return the raise for an insider: as asked, at most what the place allows, with the consent of finance."""
    one = Decimal(1)
    if not claim.insider:
        return one, ()
    rule = of_place(texts, "reward.insider", outcome.place) or texts.find("reward.insider")
    consent = texts.find("reward.insider_consent")
    if not is_insider(claim, texts):
        who = texts("reward.insider_who")
        return one, (because(who, Step.remark, say("不符合内部举报人的条件，不提高奖励标准")),)
    if consent is not None and not claim.finance_consents:
        return one, (because(consent, Step.remark, say("财政部门尚未同意，不提高奖励标准")),)
    if rule is None:
        source = consent or texts("reward.text")
        return one, (because(source, Step.remark, say("本地提高奖励的幅度尚未填入，不提高奖励标准")),)
    factor = min(max(claim.factor or rule.number, one), rule.number)
    return factor, (because(rule, Step.remark, say("内部举报，按%(factor)s倍计算", factor=factor)),)


def _steps(found: Reward, texts: Texts) -> Iterator[Reason]:
    rule, rate = texts(f"reward.grade{found.grade}"), texts(f"reward.grade{found.grade}.percent")
    yield because(rule, Step.scope, say("属于%(grade)s级举报", grade=found.grade))
    values = {"base": found.base, "percent": found.percent}
    if texts("reward.base").value == "goods_value":
        yield because(rate, Step.term, say("货值金额%(base)s元的%(percent)s%%", **values))
    else:
        yield because(rate, Step.term, say("罚没款%(base)s元的%(percent)s%%", **values))
    if found.base * found.percent / HUNDRED < found.floor:
        floor = texts(f"reward.grade{found.grade}.floor")
        yield because(floor, Step.term, say("不足%(floor)s元的，按%(floor)s元计算", floor=found.floor))


def _ends(found: Reward, standard: Decimal, texts: Texts) -> Iterator[Reason]:
    if standard * found.factor > found.cap:
        yield because(texts("reward.cap"), Step.ending, say("每案不超过%(cap)s元", cap=found.cap))
    if found.consult_finance:
        yield because(texts("reward.finance_consult"), Step.remark, say("数额较大，须商财政部门"))


@dataclass(frozen=True, slots=True)
class RewardTerms:
    """The days of a reward: by when the reporter is told, claims it, asks for a review; nothing where none runs."""

    tell_by: Deadline | None
    claim_by: Deadline | None
    review_by: Deadline | None

    def is_given_up(self, on: date, claimed_on: date | None) -> bool:
        """Whether it counts as given up (逾期视为放弃)."""
        return claimed_on is None and self.claim_by is not None and on > self.claim_by.day


def reward_terms(
    reported_on: date, rules: RuleBook, *, closed_on: date | None = None, decision_told_on: date | None = None,
    longer: int = 0,
) -> RewardTerms:  # fmt: skip
    """Return the days of a reward; ``longer`` is the number of working days by which the claim was extended.

    Raises:
        ValueError: it was extended by more than the text allows.
    """
    texts = Texts(rules, reported_on)
    allowed = texts.find("reward.claim_extension")
    if longer > (allowed.whole if allowed else 0):
        raise ValueError(f"a claim cannot be extended by {longer} working days")
    tell = texts.after(closed_on, "reward.notify") if closed_on else None
    if decision_told_on is None:
        return RewardTerms(tell, None, None)
    claim = texts.after(decision_told_on, "reward.claim")
    if longer:
        more = rules.calendar.after_working_days(claim.day, longer)
        claim = Deadline(more.day, claim.provisional or more.provisional)
    review = texts.find("reward.review")
    return RewardTerms(tell, claim, rules.calendar.after(decision_told_on, review) if review else None)

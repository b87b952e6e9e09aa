"""Who is rewarded at all: the breach, the field, the person, the facts, the closing and the application (REW17, REW21).

Each question answers with what stands against a reward, or with nothing. A question that the rule files cannot answer,
because the province has not told its threshold, is said to be open and never guessed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from zuofang.credit.reasons import Reason, Step, because
from zuofang.reporting.law.claims import Claim, Exclusion, Outcome, RewardState
from zuofang.rules.parameters import Parameter
from zuofang.rules.sentences import Sentence, say
from zuofang.rules.texts import Texts

EXCLUDED: dict[Exclusion, Sentence] = {
    Exclusion.staff: say("市场监管部门工作人员不在奖励之列"),
    Exclusion.duty_to_report: say("负有法定监督或者报告义务的人不在奖励之列"),
    Exclusion.injured_party: say("被侵权人及其代理人、利害关系人不在奖励之列"),
    Exclusion.wrongdoer: say("违法行为人不在奖励之列（内部举报人除外）"),
    Exclusion.paid_by_rival: say("受其他经营者委托、有偿举报的人不在奖励之列"),
    Exclusion.other: say("属于其他不予奖励的情形"),
}


@dataclass(frozen=True, slots=True)
class Obstacle:
    """Something that stands against a reward, for good or until something happens."""

    state: RewardState
    reason: Reason


Question = Callable[[Claim, Outcome, Texts], Iterator[Obstacle]]


def obstacles(claim: Claim, outcome: Outcome, texts: Texts) -> tuple[Obstacle, ...]:
    """Return everything that stands against a reward, what refuses it for good first."""
    order = list(RewardState)
    found = [one for question in QUESTIONS for one in question(claim, outcome, texts)]
    return tuple(sorted(found, key=lambda one: order.index(one.state)))


def of_place(texts: Texts, name: str, place: str, ending: str = "") -> Parameter | None:
    """Return a rule of the county, else of its city, else of its province, else nothing."""
    for digits in (place, place[:-2], place[: -len("0000")]):
        if digits and (found := texts.find(f"{name}.{digits}{ending}")) is not None:
            return found
    return None


def is_insider(claim: Claim, texts: Texts) -> bool:
    """Whether an insider counts as one: by real name, and not longer than a year after the relation ended (REW24)."""
    if not claim.insider:
        return False
    who, relation = texts.find("reward.insider_who"), texts.find("reward.insider_relation")
    if who is not None and not claim.real_name:
        return False
    if relation is None or claim.relation_ended_on is None:
        return True
    return claim.reported_on <= texts.rules.calendar.after(claim.relation_ended_on, relation).day


def is_major(outcome: Outcome, texts: Texts) -> bool | None:
    """Whether the breach is a major one (重大违法行为); nothing where it hangs on a threshold that is not known."""
    named = set(texts("reward.major_kinds").words)
    if outcome.crime or any(kind.value in named for kind in outcome.kinds):
        return True
    threshold = of_place(texts, "reward.large_fine", outcome.place, ".citizen" if outcome.citizen else ".other")
    if threshold is not None:
        return outcome.taken >= threshold.number
    return None if outcome.taken else False


def _breach(_claim: Claim, outcome: Outcome, texts: Texts) -> Iterator[Obstacle]:
    scope = texts("reward.scope")
    if scope.value != "major":
        return
    match is_major(outcome, texts):
        case False:
            sentence = say("不属于重大违法行为：没有涉嫌犯罪、停产停业、关闭、吊销，罚没款也未达到本省的较大数额")
            yield Obstacle(RewardState.refused, because(scope, Step.scope, sentence))
        case None:
            sentence = say("本省“较大数额罚没款”的标准尚未填入，不能判断是否属于重大违法行为")
            yield Obstacle(RewardState.unknown, because(scope, Step.scope, sentence))


def _field(_claim: Claim, outcome: Outcome, texts: Texts) -> Iterator[Obstacle]:
    rule = texts("reward.fields")
    if outcome.field.value not in rule.words:
        yield Obstacle(RewardState.refused, because(rule, Step.scope, say("不属于奖励的领域")))


def _person(claim: Claim, _outcome: Outcome, texts: Texts) -> Iterator[Obstacle]:
    who, excluded = texts.find("reward.who"), texts("reward.exclusions")
    if who is not None and not claim.natural_person:
        yield Obstacle(RewardState.refused, because(who, Step.scope, say("只奖励自然人")))
    spared = claim.exclusion is Exclusion.wrongdoer and claim.insider
    if claim.exclusion is not None and claim.exclusion.value in excluded.words and not spared:
        yield Obstacle(RewardState.refused, because(excluded, Step.scope, EXCLUDED[claim.exclusion]))


def _facts(claim: Claim, outcome: Outcome, texts: Texts) -> Iterator[Obstacle]:
    rule = texts.find("reward.conditions") or texts("reward.text")
    again = texts.find("reward.insider_once") if claim.insider else None
    checks = (
        (claim.definite, say("没有明确的被举报对象和具体事实或者关键证据")),
        (not claim.known_before, say("市场监管部门事先已经掌握")),
        (not claim.rewarded_before, say("同一事项已经奖励过")),
        (outcome.verified, say("举报的事实没有查证属实")),
    )
    for holds, sentence in checks:
        if not holds:
            source = again if again is not None and claim.rewarded_before else rule
            yield Obstacle(RewardState.refused, because(source, Step.scope, sentence))


def _timing(claim: Claim, outcome: Outcome, texts: Texts) -> Iterator[Obstacle]:
    when, starts = texts("reward.when"), texts.find("reward.starts_by")
    if outcome.closed_on is None:
        yield Obstacle(RewardState.pending, because(when, Step.start, say("查证属实并结案之后才能奖励")))
    elif not outcome.kinds and not outcome.crime:
        yield Obstacle(RewardState.refused, because(when, Step.scope, say("没有以处罚或者刑事责任结案")))
    if starts is not None and claim.applied_on is None:
        yield Obstacle(RewardState.pending, because(starts, Step.start, say("奖励由举报人申请启动")))


QUESTIONS: tuple[Question, ...] = (_breach, _field, _person, _facts, _timing)

"""Whether a test result conforms (符合性判定): value, unit and limit compared, and the answer said in a sentence.

A pure function of what was printed. A result leaves a span of true contents open and a limit allows a span: the result
conforms when it lies inside, fails when it lies outside, and cannot be compared when the print leaves both possible.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum

from zuofang.rules.book import RuleBook
from zuofang.rules.limit_tables import Item, SheetLine
from zuofang.rules.limits import (
    Absent,
    ByProductStandard,
    Ceiling,
    Forbidden,
    LabelTolerance,
    Limit,
    Measure,
    Negative,
    NoLimit,
    Plan,
    Requirement,
    Unsigned,
)
from zuofang.rules.parameters import Certainty
from zuofang.rules.printed_limits import parse_limit
from zuofang.rules.quantities import ZERO, Quantity, Unit, Unreadable
from zuofang.rules.sentences import Sentence, say
from zuofang.traceability.printed_results import read_result, says_it_fails
from zuofang.traceability.readings import (
    Declared,
    Detected,
    NotDetected,
    Reading,
    Retested,
    Series,
    Single,
    Value,
    is_mere_presence,
)


class Outcome(StrEnum):
    """What can be said of a result against its limit."""

    conforms = "conforms"
    fails = "fails"
    measured_only = "measured_only"
    """The law sets no limit; the value stands for itself."""
    unreadable = "unreadable"
    incomparable = "incomparable"


@dataclass(frozen=True, slots=True)
class Judgement:
    """The outcome with the sentence that explains it, remarks on how it was reached, and what was compared."""

    outcome: Outcome
    sentence: Sentence
    reading: Reading
    limit: Limit | Unreadable | None
    remarks: tuple[Sentence, ...] = ()


Answer = tuple[Outcome, Sentence]


def test_sheet(category: str, made_on: date, rules: RuleBook) -> tuple[SheetLine, ...]:
    """Every item of a category with the limit for a batch made on ``made_on``.

    Raises:
        NoSuchRule: there is no such category.
    """
    return rules.limits.sheet(category, made_on)


def judge_line(line: SheetLine, result: str, unit: str = "", label: Quantity | None = None) -> Judgement:
    """Judge a result against a line of the test sheet; an item without a text of that day cannot be compared."""
    if line.rule is None:
        reading = read_result(result, unit)
        return Judgement(Outcome.incomparable, say("规则库中没有该批次生产日适用的限量，无法判定。"), reading, None)
    judgement = judge(result, line.rule.parsed, unit=unit, item=line.item, label=label)
    if line.rule.certainty is Certainty.memory:
        unchecked = say("这项限量（%(standard)s）尚未与标准原文核对。", standard=line.rule.standard)
        judgement = replace(judgement, remarks=(*judgement.remarks, unchecked))
    return judgement


def judge(
    result: str | Reading,
    limit: str | Limit | Unreadable,
    *,
    unit: str = "",
    item: Item | None = None,
    label: Quantity | None = None,
) -> Judgement:
    """Compare a result with a limit, both typed or as printed.

    ``unit`` is the unit column, for results that print none. ``item`` tells what is tested: it closes re-inspection for
    microbes and gives a limit without a sign its direction. ``label`` is the value declared on the label, in its unit.
    """
    wanted = parse_limit(limit) if isinstance(limit, str) else limit
    samples = wanted.samples if isinstance(wanted, Plan) else None
    reading = read_result(result, unit, samples) if isinstance(result, str) else result
    counted, remarks = _counted(reading, item)
    wanted, direction = _directed(wanted, item)
    outcome, sentence = _find(counted, wanted, label)
    if outcome is Outcome.conforms and isinstance(result, str) and says_it_fails(result):
        outcome = Outcome.incomparable
        sentence = say(
            "「%(text)s」写明不合格，而数值符合限量 %(limit)s，互相矛盾，无法判定。", text=result, limit=wanted.said()
        )
    return Judgement(outcome, sentence, reading, wanted, remarks + direction)


def _counted(reading: Reading, item: Item | None) -> tuple[Reading, tuple[Sentence, ...]]:
    """The result that counts: the re-test, except for microbes, which are never tested again (SAMP Art 31, 35)."""
    if not isinstance(reading, Retested):
        return reading, ()
    if item is not None and item.nature.microbiological:
        first = reading.first or Unreadable(str(reading))
        return first, (say("微生物项目不予复检，以初检结果为准。"),)
    return reading.final, (say("%(both)s，以复检为准。", both=reading.said()),)


def _directed(limit: Limit | Unreadable, item: Item | None) -> tuple[Limit | Unreadable, tuple[Sentence, ...]]:
    if isinstance(limit, Unsigned) and item is not None and item.nature.only_bounded_above:
        return Ceiling(limit.at), (say("标准值 %(limit)s 没有写比较符号；这类项目只有上限。", limit=limit.said()),)
    return limit, ()


def _find(reading: Reading, limit: Limit | Unreadable, label: Quantity | None) -> Answer:
    if isinstance(reading, Unreadable):
        return Outcome.unreadable, say("检验结果「%(text)s」无法识别，没有判定。", text=reading.said())
    if isinstance(limit, Requirement):
        return _against_requirement(reading, limit)
    if isinstance(limit, Unreadable | NoLimit | ByProductStandard | Unsigned):
        return _without_limit(reading, limit)
    if isinstance(reading, Declared | Retested):
        return Outcome.incomparable, say("只写了结论「%(value)s」，没有可以与限量比较的结果。", value=reading.said())
    values = reading.values if isinstance(reading, Series) else (reading,)
    match limit:
        case Forbidden() | Absent():
            return _against_absence(reading, values, limit)
        case Negative():
            return _against_negative(values)
        case Plan():
            return _against_plan(reading, values, limit)
        case LabelTolerance():
            return _against_label(reading, values, limit, label)
    return _against_measure(reading, values, limit)


def _without_limit(reading: Reading, limit: Unreadable | NoLimit | ByProductStandard | Unsigned) -> Answer:
    match limit:
        case NoLimit():
            return Outcome.measured_only, say(
                "结果为 %(value)s；这类食品没有规定限量，只报实测值。", value=reading.said()
            )
        case ByProductStandard():
            return Outcome.incomparable, say("限量由产品明示的标准规定，这里没有数值，无法判定。")
        case Unsigned():
            return Outcome.incomparable, say("标准值 %(limit)s 没有写是上限还是下限，无法判定。", limit=limit.said())
    return Outcome.unreadable, say("标准值「%(text)s」无法识别，没有判定。", text=limit.said())


def _against_requirement(reading: Reading, limit: Requirement) -> Answer:
    if not isinstance(reading, Declared):
        return Outcome.incomparable, say(
            "要求「%(limit)s」不能与结果 %(value)s 比较。", limit=limit.said(), value=reading.said()
        )
    if reading.conforms:
        return Outcome.conforms, say("检验结论为符合要求「%(limit)s」。", limit=limit.said())
    return Outcome.fails, say("检验结论为不符合要求「%(limit)s」。", limit=limit.said())


def _against_measure(reading: Reading, values: tuple[Single, ...], limit: Measure) -> Answer:
    if gap := _unit_gap(values, limit.unit):
        return Outcome.incomparable, gap
    fits = [_fits(value, limit) for value in values]
    if False in fits:
        return Outcome.fails, say(
            "结果为 %(value)s，限量为 %(limit)s，不符合。", value=reading.said(), limit=limit.said()
        )
    if None not in fits:
        return Outcome.conforms, say(
            "结果为 %(value)s，限量为 %(limit)s，符合。", value=reading.said(), limit=limit.said()
        )
    return Outcome.incomparable, say(
        "结果 %(value)s 不足以说明是否符合限量 %(limit)s，无法判定。", value=reading.said(), limit=limit.said()
    )


def _against_label(
    reading: Reading, values: tuple[Single, ...], limit: LabelTolerance, label: Quantity | None
) -> Answer:
    if label is None:
        return Outcome.incomparable, say("限量为%(limit)s，这里没有标签明示值，无法判定。", limit=limit.said())
    if label.unit and not label.unit.like(limit.tolerance.unit):
        return Outcome.incomparable, say(
            "标签明示值的单位是 %(unit)s，允许差的单位是 %(limit_unit)s，无法比较。",
            unit=label.unit,
            limit_unit=limit.tolerance.unit,
        )
    carried = label.unit.power - limit.tolerance.unit.power if label.unit else 0
    return _against_measure(reading, values, limit.around(Quantity(label.value.scaleb(carried), limit.tolerance.unit)))


def _against_absence(reading: Reading, values: tuple[Single, ...], limit: Forbidden | Absent) -> Answer:
    found = [_found(value) for value in values]
    if True in found:
        return _found_although(reading, limit)
    if None in found:
        return Outcome.incomparable, say(
            "结果 %(value)s 不足以说明是否检出（%(limit)s），无法判定。", value=reading.said(), limit=limit.said()
        )
    portion = limit.portion if isinstance(limit, Absent) else None
    if portion and (other := next((value.unit for value in values if value.unit not in (portion, Unit("", ""))), None)):
        return Outcome.incomparable, _unlike(other, portion)
    return Outcome.conforms, say("结果为 %(value)s，规定为%(limit)s，符合。", value=reading.said(), limit=limit.said())


def _found_although(reading: Reading, limit: Forbidden | Absent) -> Answer:
    if isinstance(reading, Value):
        if isinstance(limit, Forbidden):
            return Outcome.fails, say("检出 %(value)s，本类食品不得使用。", value=reading.said())
        return Outcome.fails, say("检出 %(value)s，按规定%(limit)s。", value=reading.said(), limit=limit.said())
    if isinstance(limit, Forbidden):
        return Outcome.fails, say("结果为 %(value)s，本类食品不得使用。", value=reading.said())
    return Outcome.fails, say("结果为 %(value)s，按规定%(limit)s。", value=reading.said(), limit=limit.said())


def _against_negative(values: tuple[Single, ...]) -> Answer:
    if any(isinstance(value, Detected) for value in values):
        return Outcome.fails, say("结果为阳性，应为阴性。")
    if all(isinstance(value, NotDetected) for value in values):
        return Outcome.conforms, say("结果为阴性，符合。")
    return Outcome.incomparable, say("应为阴性，而结果是数值，无法比较。")


def _against_plan(reading: Reading, values: tuple[Single, ...], plan: Plan) -> Answer:
    portioned = plan.unit.symbol.startswith("/")
    if not portioned and (gap := _unit_gap(values, plan.unit)):
        return Outcome.incomparable, gap
    over_m = [_exceeds(value, plan.m, plan.unit) for value in values]
    over_most = [_exceeds(value, plan.ceiling, plan.unit) if plan.ceiling else False for value in values]
    if True in over_most:
        return Outcome.fails, say(
            "结果为 %(value)s，有样品超过 M，不符合采样方案 %(plan)s。", value=reading.said(), plan=plan.said()
        )
    # More values than the plan asks for are no longer its samples; their number over m decides nothing.
    if len(values) <= plan.samples and over_m.count(True) > plan.over:
        return Outcome.fails, _counted_over(reading, plan, over_m.count(True))
    if len(values) != plan.samples:
        return Outcome.incomparable, say(
            "采样方案 %(plan)s 要求 %(samples)s 份样品的结果，这里有 %(given)s 份，无法判定。",
            plan=plan.said(),
            samples=plan.samples,
            given=len(values),
        )
    if None in over_most or over_m.count(True) + over_m.count(None) > plan.over:
        return Outcome.incomparable, say(
            "结果 %(value)s 不足以说明是否符合采样方案 %(plan)s，无法判定。", value=reading.said(), plan=plan.said()
        )
    return Outcome.conforms, _counted_within(reading, plan, over_m.count(True))


def _counted_over(reading: Reading, plan: Plan, over: int) -> Sentence:
    if plan.m == ZERO:
        return say(
            "结果为 %(value)s，%(over)s 份检出，最多允许 %(allowed)s 份，不符合采样方案 %(plan)s。",
            value=reading.said(),
            over=over,
            allowed=plan.over,
            plan=plan.said(),
        )
    return say(
        "结果为 %(value)s，%(over)s 份超过 m，最多允许 %(allowed)s 份，不符合采样方案 %(plan)s。",
        value=reading.said(),
        over=over,
        allowed=plan.over,
        plan=plan.said(),
    )


def _counted_within(reading: Reading, plan: Plan, over: int) -> Sentence:
    if plan.m == ZERO:
        return say(
            "结果为 %(value)s，%(over)s 份检出，符合采样方案 %(plan)s。",
            value=reading.said(),
            over=over,
            plan=plan.said(),
        )
    return say(
        "结果为 %(value)s，%(over)s 份超过 m，没有多于允许的 %(allowed)s 份，符合采样方案 %(plan)s。",
        value=reading.said(),
        over=over,
        allowed=plan.over,
        plan=plan.said(),
    )


def _exceeds(value: Single, level: Decimal, unit: Unit) -> bool | None:
    """Whether a sample certainly exceeds a level of its plan; None where the print leaves both possible."""
    if unit.symbol.startswith("/"):
        found = _found(value)
        return None if found is False and value.unit and value.unit != unit else found
    fits = _fits(value, Ceiling(Quantity(level, unit)))
    return None if fits is None else not fits


def _found(value: Single) -> bool | None:
    """Whether anything was found: None for ``<10``, which may be nothing."""
    if isinstance(value, NotDetected):
        return False
    if value.span.low > ZERO or value.span.low_open:
        return True
    return False if value.span.high == ZERO else None


def _fits(value: Single, limit: Measure) -> bool | None:
    """Whether a result certainly keeps a limit (True) or breaks it (False); the units must be alike."""
    span = value.span.shifted(value.unit.power - limit.unit.power) if value.unit else value.span
    if span.within(limit.allowed()):
        return True
    return False if span.apart_from(limit.allowed()) else None


def _unit_gap(values: tuple[Single, ...], wanted: Unit) -> Sentence | None:
    """Why the units cannot be compared; None when they can."""
    for value in values:
        if not value.unit and (not wanted or is_mere_presence(value)):
            continue
        if not value.unit:
            return say(
                "结果 %(value)s 没有写单位，限量的单位是 %(limit_unit)s，无法比较。",
                value=value.said(),
                limit_unit=wanted,
            )
        if not wanted:
            return say("限量没有写单位，结果的单位是 %(unit)s，无法比较。", unit=value.unit)
        if not value.unit.like(wanted):
            return _unlike(value.unit, wanted)
    return None


def _unlike(unit: Unit, wanted: Unit) -> Sentence:
    return say("结果的单位是 %(unit)s，限量的单位是 %(limit_unit)s，无法比较。", unit=unit, limit_unit=wanted)

"""Test sheets with figures as a laboratory prints them, judged by the same evaluator that judges real ones."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_UP, Decimal
from random import Random

from zuofang.rules.book import RuleBook
from zuofang.rules.limit_tables import Nature, SheetLine
from zuofang.rules.limits import Absent, Ceiling, Forbidden, LabelTolerance, Limit, NoLimit, Plan
from zuofang.rules.quantities import Quantity, Unit, number_text
from zuofang.site.commands.city.goods import Good
from zuofang.traceability.conformity import Outcome, judge_line, test_sheet
from zuofang.traceability.models import Conclusion, TestResult

NOT_FOUND = "未检出"
IN_INCUBATOR, TO_REPEAT = "培养中", "待复测"
"""What stands in the place of a figure that is not there yet: plates are growing, or a measurement is done again."""
ALCOHOL = Unit("%vol", "%vol")
TEN = Decimal("1e1")
"""The smallest count that one colony on a plate stands for."""


@dataclass(frozen=True, slots=True)
class Figures:
    """The lines of a sheet and what they conclude together."""

    results: list[TestResult]
    conclusion: Conclusion


def figures(
    throws: Random, good: Good, made_on: date, rules: RuleBook, *, fails: str | None = None, unfinished: bool = False
) -> Figures:
    """Test a good made on a day: everything conforms but the item ``fails``; the last one may be ``unfinished``."""
    lines = {line.item.name: line for line in test_sheet(good.category, made_on, rules)}
    results = [_result(throws, good, lines[item], item == fails) for item in good.tested]
    if unfinished:
        last = lines[good.tested[-1]]
        waiting = IN_INCUBATOR if last.item.nature is Nature.microbe else TO_REPEAT
        results[-1] = _written(good, last, waiting, results[-1].unit or "")
    return Figures(results, _concluded(results))


def _result(throws: Random, good: Good, line: SheetLine, fails: bool) -> TestResult:
    if line.rule is None:
        raise ValueError(f"no limit of {line.item.name} for {good.name} was in force on that day")
    text, unit = (_over if fails else _within)(throws, line, line.rule.parsed, good)
    return _written(good, line, text, unit)


def _written(good: Good, line: SheetLine, text: str, unit: str) -> TestResult:
    declared = Quantity(Decimal(good.alcohol), ALCOHOL) if good.alcohol else None
    judged = judge_line(line, text, unit, declared)
    return TestResult(
        item=line.item.name, result=text, unit=unit or None, limit=_printed_limit(good, line),
        standard=line.rule.standard if line.rule else None, judgement=judged.outcome.value,
    )  # fmt: skip


def _printed_limit(good: Good, line: SheetLine) -> str | None:
    if line.rule is None:
        return None
    if isinstance(line.rule.parsed, LabelTolerance):
        return f"{good.alcohol}{ALCOHOL}±{line.rule.parsed.tolerance}"
    return line.rule.limit


def _concluded(results: list[TestResult]) -> Conclusion:
    outcomes = {result.judgement for result in results}
    if Outcome.fails in outcomes:
        return Conclusion.failed
    return Conclusion.passed if outcomes <= {Outcome.conforms, Outcome.measured_only} else Conclusion.undecided


def _within(throws: Random, line: SheetLine, limit: Limit, good: Good) -> tuple[str, str]:
    match limit:
        case Plan() if limit.unit.symbol.startswith("/"):
            return "、".join([NOT_FOUND] * limit.samples), limit.unit.symbol
        case Plan():
            counts = [_count(throws, limit.m, low=0.004, high=0.7) for _ in range(limit.samples)]
            return "、".join(counts), limit.unit.symbol
        case Ceiling() if line.item.nature is Nature.microbe:
            return _count(throws, limit.at.value, low=0.05, high=0.6), limit.unit.symbol
        case Ceiling() if line.item.nature in (Nature.additive, Nature.pesticide) and throws.random() < 0.6:
            return NOT_FOUND, limit.unit.symbol
        case Ceiling():
            return _figure(limit.at.value, throws.uniform(0.08, 0.62)), limit.unit.symbol
        case LabelTolerance():
            return f"{Decimal(good.alcohol or 0) + Decimal(throws.randrange(-6, 7)) / 10}", limit.tolerance.unit.symbol
        case NoLimit():
            return f"{throws.uniform(0.2, 1.4):.1f}", "μg/kg"
    return NOT_FOUND, _trace_unit(line)


def _over(throws: Random, line: SheetLine, limit: Limit, good: Good) -> tuple[str, str]:
    match limit:
        case Plan() if limit.unit.symbol.startswith("/"):
            return "、".join([NOT_FOUND, "检出", *[NOT_FOUND] * (limit.samples - 2)]), limit.unit.symbol
        case Plan():
            counts = [_count(throws, limit.m, low=1.3, high=6.0) for _ in range(limit.over + 1)]
            counts += [_count(throws, limit.m, low=0.1, high=0.8) for _ in range(limit.samples - len(counts))]
            return "、".join(counts), limit.unit.symbol
        case Ceiling() if line.item.nature is Nature.microbe:
            return _count(throws, limit.at.value, low=1.3, high=2.4), limit.unit.symbol
        case Ceiling():
            return _figure(limit.at.value, throws.uniform(1.08, 1.8)), limit.unit.symbol
        case LabelTolerance():
            return f"{Decimal(good.alcohol or 0) - Decimal(throws.randrange(17, 31)) / 10}", limit.tolerance.unit.symbol
        case Forbidden() | Absent():
            return f"{throws.uniform(0.02, 0.18):.3f}", _trace_unit(line)
    raise ValueError(f"{line.item.name} cannot fail: {limit}")


def _trace_unit(line: SheetLine) -> str:
    """The unit in which traces of something that must not be there are printed."""
    return "g/kg" if line.item.nature is Nature.additive else "mg/kg"


def _figure(limit: Decimal, share: float) -> str:
    """So many times the limit, with two digits more than its first."""
    return f"{float(limit) * share:.{max(2 - limit.adjusted(), 0)}f}"


def _count(throws: Random, level: Decimal, *, low: float, high: float) -> str:
    """A colony count as it is read off plates: two digits, in tens, nothing below ten."""
    found = Decimal(f"{float(level) * throws.uniform(low, high):.1e}")
    if found < TEN:
        return "<10"
    return number_text(found if found >= 100 else found.quantize(TEN, ROUND_UP))

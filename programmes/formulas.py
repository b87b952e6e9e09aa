"""The formulas: pure functions of records, settings and days, each with the words that say how it is computed.

A share is told as its two numbers, so that nobody has to believe a percentage; the whole is missing where the indicator
is a number. A day on which the whole is nothing has no value.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from zuofang.credit.models import HonourKind
from zuofang.programmes.plans import Setting
from zuofang.programmes.records import Found, Records
from zuofang.programmes.spans import FOR_EVER, Span, common, count, first_from, windows
from zuofang.rules.sentences import Sentence, say

Values = Sequence[tuple[int, int | None]]
"""Of each day the part and the whole."""
Compute = Callable[..., Values]


@dataclass(frozen=True, slots=True)
class Formula:
    """How an indicator is computed, and how that is said; the settings fill the places of the sentence."""

    compute: Compute
    how: Sentence
    is_share: bool = True

    def values(self, records: Records, settings: Iterable[tuple[str, Setting]], days: range) -> Values:
        """The value of each day."""
        given: dict[str, Any] = dict(settings)
        return self.compute(records, days, **given)


def _share(part: Iterable[Span], whole: Iterable[Span], days: range) -> Values:
    return list(zip(count(part, days), count(whole, days), strict=True))


def registered(records: Records, days: range, kinds: Sequence[str] = (), categories: Sequence[str] = ()) -> Values:
    """登记率: of the operators known, those with a certificate in force."""
    wanted = [one for _, one in records.wanted(kinds, categories)]
    known = [(one.known_since, FOR_EVER) for one in wanted]
    return _share((span for one in wanted for span in one.licensed), known, days)


def inspected(records: Records, days: range, window_days: int, kinds: Sequence[str] = ()) -> Values:
    """检查覆盖率: of the operators with a certificate in force, those inspected within the window."""
    return _reached(records, records.inspected, days, window_days, kinds, ())


def sampled(
    records: Records, days: range, window_days: int, kinds: Sequence[str] = (), categories: Sequence[str] = ()
) -> Values:
    """抽检覆盖率: of the operators with a certificate in force, those sampled within the window."""
    return _reached(records, records.sampled, days, window_days, kinds, categories)


def _reached(
    records: Records, found: Mapping[int, Sequence[int]], days: range, length: int, kinds: Sequence[str],
    categories: Sequence[str],
) -> Values:  # fmt: skip
    part: list[Span] = []
    whole: list[Span] = []
    for key, one in records.wanted(kinds, categories):
        whole += one.licensed
        part += common(one.licensed, windows(found.get(key, ()), length))
    return _share(part, whole, days)


def first_sampled(records: Records, days: range, within_days: int, window_days: int) -> Values:
    """获证后首次抽检: of those whose term for the first sample ended within the window, the ones sampled in it."""
    part: list[Span] = []
    whole: list[Span] = []
    for key, one in records.operators.items():
        if one.first_licensed is None:
            continue
        due = one.first_licensed + within_days
        told = (due, due + window_days - 1)
        whole.append(told)
        sample = first_from(records.sampled.get(key, ()), one.first_licensed)
        if sample is not None and sample <= due:
            part.append(told)
    return _share(part, whole, days)


def disposed(records: Records, days: range, window_days: int) -> Values:
    """后处理率: of the failed samples of the window, those after which something was done about the operator."""
    part: list[Span] = []
    whole: list[Span] = []
    for one in records.samples:
        if one.good is not False:
            continue
        last = one.on + window_days - 1
        whole.append((one.on, last))
        done = first_from(records.followed.get(one.operator, ()), one.on)
        if done is not None:
            part.append((done, last))
    return _share(part, whole, days)


def samples_passed(records: Records, days: range, window_days: int) -> Values:
    """抽检合格率: of the samples of the window with a conclusion, those that passed."""
    return _good(records.samples, days, window_days)


def inspections_passed(records: Records, days: range, window_days: int) -> Values:
    """Of the inspections of the window, those that found the operator in order or largely so."""
    return _good(records.inspections, days, window_days)


def _good(found: Iterable[Found], days: range, length: int) -> Values:
    decided = [one for one in found if one.good is not None]
    part = ((one.on, one.on + length - 1) for one in decided if one.good)
    return _share(part, ((one.on, one.on + length - 1) for one in decided), days)


def honoured(records: Records, days: range, kind: str) -> Values:
    """How many operators hold an honour in force."""
    held = records.honoured(HonourKind(kind))
    return [(number, None) for number in count((span for spans in held.values() for span in spans), days)]


def honoured_in_each_county(records: Records, days: range, kind: str) -> Values:
    """The number of operators with an honour in the county that has the fewest; nothing where no county is known."""
    held, counties = records.honoured(HonourKind(kind)), records.counties
    if not counties:
        return [(0, 0)] * len(days)
    spans: dict[str, list[Span]] = {county: [] for county in counties}
    for key, those in held.items():
        spans[records.operators[key].district] += those
    counted = [count(those, days) for those in spans.values()]
    return [(min(numbers), None) for numbers in zip(*counted, strict=True)]


def honoured_also(records: Records, days: range, kind: str, also: str) -> Values:
    """Of the operators that hold one honour, those that hold another too."""
    held, other = records.honoured(HonourKind(kind)), records.honoured(HonourKind(also))
    part = (span for key, spans in held.items() for span in common(spans, other.get(key, [])))
    return _share(part, (span for spans in held.values() for span in spans), days)


def zones_accepted(records: Records, days: range) -> Values:
    """How many zones have passed acceptance."""
    spans = [(one.accepted, FOR_EVER) for one in records.zones if one.accepted is not None]
    return [(number, None) for number in count(spans, days)]


def counties_with_zone(records: Records, days: range) -> Values:
    """Of the counties in which somebody is registered, those with a zone that passed acceptance."""
    first: dict[str, int] = {}
    for one in records.zones:
        if one.accepted is not None:
            first[one.district] = min(one.accepted, first.get(one.district, FOR_EVER))
    known = records.counties
    part = [(day, FOR_EVER) for county, day in first.items() if county in known]
    return [(number, len(known)) for number in count(part, days)]


def in_zone(records: Records, days: range, categories: Sequence[str] = ()) -> Values:
    """Of the workshops with a certificate in force that make something of the categories, those inside a zone."""
    part: list[Span] = []
    whole: list[Span] = []
    for _, one in records.wanted(("workshop",), categories):
        whole += one.licensed
        part += common(one.licensed, one.in_zone)
    return _share(part, whole, days)


def standards_met(records: Records, days: range) -> Values:
    """Of all standards of all zones, those found to be met by that day."""
    met = count(((day, FOR_EVER) for zone in records.zones for day in zone.met), days)
    return [(number, records.standards * len(records.zones)) for number in met]


def batches_tested(records: Records, days: range, window_days: int) -> Values:
    """Of the batches that the zones made within the window, those with a release test sheet."""
    made, tested = [0] * len(days), [0] * len(days)
    for one in records.batches:
        first, last = max(one.on, days.start), min(one.on + window_days, days.stop)
        for day in range(first, last):
            made[day - days.start] += one.made
            tested[day - days.start] += one.tested
    return list(zip(tested, made, strict=True))


FORMULAS: Mapping[str, Formula] = {
    "registered": Formula(registered, say("当天持有有效证书的户数 ÷ 当天登记簿里的户数。")),
    "inspected": Formula(inspected, say("近 %(window_days)s 天内做过监督检查的户数 ÷ 当天持有有效证书的户数。")),
    "sampled": Formula(sampled, say("近 %(window_days)s 天内做过监督抽检的户数 ÷ 当天持有有效证书的户数。")),
    "first_sampled": Formula(
        first_sampled,
        say("近 %(window_days)s 天内领证满 %(within_days)s 天的户中，在这段时间里做过抽检的户数。"),
    ),
    "disposed": Formula(
        disposed, say("近 %(window_days)s 天内的不合格样品中，之后对生产者有处罚、整改、召回或停产记录的件数。")
    ),
    "samples_passed": Formula(
        samples_passed, say("近 %(window_days)s 天内有结论的监督抽检中合格的件数；复检的以复检结论为准。")
    ),
    "inspections_passed": Formula(
        inspections_passed, say("近 %(window_days)s 天内的监督检查中，结果为符合或基本符合的次数。")
    ),
    "honoured": Formula(honoured, say("当天荣誉在有效期内、没有被撤销的户数。"), is_share=False),
    "honoured_in_each_county": Formula(
        honoured_in_each_county, say("当天各县（市、区）在有效期内的户数里，最少的那一个。"), is_share=False
    ),
    "honoured_also": Formula(honoured_also, say("当天持有前一项荣誉的户中，同时持有后一项荣誉的户数。")),
    "zones_accepted": Formula(zones_accepted, say("到当天为止通过验收的集中加工区个数。"), is_share=False),
    "counties_with_zone": Formula(
        counties_with_zone, say("到当天为止有通过验收的加工区的县（市、区）÷ 登记簿里有户的县（市、区）。")
    ),
    "in_zone": Formula(in_zone, say("当天持证的这几类作坊中，在集中加工区里有单元的户数。")),
    "standards_met": Formula(standards_met, say("各加工区到当天为止查实达到的建设标准 ÷ 全部应达到的标准。")),
    "batches_tested": Formula(batches_tested, say("集中加工区近 %(window_days)s 天生产的批次中，有出厂检验单的批数。")),
}
"""Every formula by the name that plan files use."""

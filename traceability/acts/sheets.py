"""Entering a test sheet that was typed at the desk; its opposite is to annul it (:func:`batches.annul_test`)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from zuofang.rules.sentences import say
from zuofang.storage.acts import Desk, Refused
from zuofang.traceability.acts import batches
from zuofang.traceability.models import Batch, Conclusion, Laboratory, Method, ReleaseTest, TestResult
from zuofang.traceability.typed_sheet import TypedResult, conclude, judge_typed


@dataclass(frozen=True, slots=True)
class SheetHead:
    """What a sheet says beside its results."""

    laboratory: int
    number: str
    method: Method
    tested_on: date
    sampled_on: date | None = None
    tester: str | None = None


def enter(desk: Desk, batch: Batch, head: SheetHead, typed: Mapping[str, str], why: str) -> ReleaseTest:
    """Enter a sheet: results as typed, judged by the limits of the batch's day, concluded from all of them.

    Raises:
        Refused: nothing was typed, a day cannot be, the number is taken, or an item cannot be decided.
    """
    _check_days(desk, batch, head)
    laboratory = desk.session.get(Laboratory, head.laboratory)
    if laboratory is None:
        raise Refused(say("请选检验机构。"))
    if desk.session.scalars(select(ReleaseTest).filter_by(laboratory_id=laboratory.id, number=head.number)).first():
        raise Refused(say("编号 %(number)s 已经用过。", number=head.number))
    results = judge_typed(batch.product.category, batch.made_on, typed, desk.rules)
    if not results:
        raise Refused(say("一项结果也没有填。"))
    sheet = ReleaseTest(
        batch_id=batch.id, laboratory=laboratory, number=head.number, method=head.method, tested_on=head.tested_on,
        sampled_on=head.sampled_on, tester=head.tester, results=[_stored(one) for one in results],
        conclusion=Conclusion(conclude(one.judgement for one in results)),
    )  # fmt: skip
    return batches.record_test(desk, sheet, why)


def _check_days(desk: Desk, batch: Batch, head: SheetHead) -> None:
    if head.tested_on > desk.today:
        raise Refused(say("日期在今天之后。"))
    if head.tested_on < batch.made_on:
        raise Refused(say("检验日期早于生产日期。"))
    if (head.sampled_on or head.tested_on) > head.tested_on:
        raise Refused(say("抽样日期晚于检验日期。"))


def _stored(one: TypedResult) -> TestResult:
    rule = one.line.rule
    return TestResult(
        item=one.item, result=one.result, unit=one.unit or None, limit=rule.limit if rule else None,
        standard=rule.standard if rule else None, judgement=one.judgement.outcome.value,
    )  # fmt: skip

"""The release tests of a batch behind the accreditation gate: a figure that may not be published never leaves here."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, bindparam, select

from zuofang.rules.book import RuleBook
from zuofang.rules.sentences import Sentence
from zuofang.traceability.accreditation import Scope, may_publish
from zuofang.traceability.conformity import judge
from zuofang.traceability.models import Batch, Conclusion, Laboratory, Method, ReleaseTest, TestResult
from zuofang.traceability.queries.laboratories import scopes_of
from zuofang.traceability.queries.rows import AnyRow

BATCH = bindparam("batch", type_=Batch.id.type)


@dataclass(frozen=True, slots=True)
class Figure:
    """One item of a sheet with result and limit as printed.

    ``outcome`` is what was made of it when it was recorded. ``why`` explains it in a sentence, and is missing where
    today's evaluator comes to another answer or has no limit to compare with.
    """

    item: str
    result: str
    unit: str | None
    limit: str | None
    standard: str | None
    outcome: str
    why: Sentence | None

    @property
    def told(self) -> str:
        """The result with its unit, where it is a figure."""
        return f"{self.result} {self.unit}" if self.unit and any(map(str.isdigit, self.result)) else self.result


@dataclass(frozen=True, slots=True)
class Sheet:
    """A test sheet as the public may see it.

    ``figures`` are the items inside the accreditation of the laboratory on the day of the test; ``withheld`` says that
    the sheet has others. ``accreditation`` is the certificate in force that day.
    """

    number: str
    laboratory: str
    method: Method
    sampled_on: date | None
    tested_on: date
    conclusion: Conclusion
    annulled_on: date | None
    annulled_why: str | None
    accreditation: str | None
    figures: tuple[Figure, ...]
    withheld: bool


_SHEETS = (
    select(
        ReleaseTest.id,
        ReleaseTest.laboratory_id,
        ReleaseTest.number,
        Laboratory.name,
        ReleaseTest.method,
        ReleaseTest.sampled_on,
        ReleaseTest.tested_on,
        ReleaseTest.conclusion,
        ReleaseTest.annulled_on,
        ReleaseTest.annulled_why,
    )
    .join(Laboratory, Laboratory.id == ReleaseTest.laboratory_id)
    .where(ReleaseTest.batch_id == BATCH)
    .order_by(ReleaseTest.tested_on.desc(), ReleaseTest.id.desc())
)
_FIGURES = (
    select(
        TestResult.test_id,
        TestResult.item,
        TestResult.result,
        TestResult.unit,
        TestResult.limit,
        TestResult.standard,
        TestResult.judgement,
    )
    .join(ReleaseTest, ReleaseTest.id == TestResult.test_id)
    .where(ReleaseTest.batch_id == BATCH)
    .order_by(TestResult.id)
)


def sheets_of(connection: Connection, batch: int, rules: RuleBook) -> tuple[Sheet, ...]:
    """The sheets of a batch, the newest first, annulled ones among them. Three statements."""
    sheets = connection.execute(_SHEETS, {"batch": batch}).all()
    scopes = scopes_of(connection, (sheet.laboratory_id for sheet in sheets))
    figures: dict[int, list[Figure]] = defaultdict(list)
    for row in connection.execute(_FIGURES, {"batch": batch}):
        figures[row.test_id].append(_figure(row, rules))
    return tuple(_sheet(sheet, figures[sheet.id], scopes.get(sheet.laboratory_id, ())) for sheet in sheets)


def _figure(row: AnyRow, rules: RuleBook) -> Figure:
    return Figure(row.item, row.result, row.unit, row.limit, row.standard, row.judgement, _why(row, rules))


def _why(row: AnyRow, rules: RuleBook) -> Sentence | None:
    if row.limit is None:
        return None
    item = rules.limits.items.find(row.item)
    for limit in (row.limit, f"{row.limit} {row.unit}"):  # the unit column of a sheet often stands for both
        found = judge(row.result, limit, unit=row.unit or "", item=item)
        if found.outcome == row.judgement:
            return found.sentence
    return None


def _sheet(row: AnyRow, figures: list[Figure], scopes: tuple[Scope, ...]) -> Sheet:
    public = tuple(one for one in figures if may_publish(one.item, row.tested_on, scopes))
    held = next((one.number for one in reversed(scopes) if one.in_force(row.tested_on)), None)
    return Sheet(*(*row[2:], held, public, len(public) < len(figures)))

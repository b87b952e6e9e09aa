"""What a zone laboratory has before it: the batches of its zones that wait, and one batch with all that can be done."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import Connection, and_, exists, func, or_, select

from zuofang.rules.book import RuleBook
from zuofang.rules.sentences import Sentence
from zuofang.storage.journal import JournalEntry
from zuofang.traceability.conformity import judge
from zuofang.traceability.labels.runs import PART
from zuofang.traceability.models import (
    Batch,
    BatchState,
    Conclusion,
    Delivery,
    LabelKind,
    LabelRun,
    Laboratory,
    Method,
    Product,
    Recall,
    ReceiverKind,
    ReleaseTest,
    Tenancy,
    TestResult,
    Workshop,
    ZoneUnit,
)
from zuofang.traceability.queries.rows import AnyRow, AnySelect

MOST = 200
"""Batches that one list shows."""
LATEST = 20
"""Decided batches that are shown; older ones are found by name."""


@dataclass(frozen=True, slots=True)
class BenchLine:
    """A batch in a list of the laboratory."""

    id: int
    product: str
    specification: str
    lot: str
    made_on: date
    state: BatchState
    workshop: str
    passed: bool
    """Whether a sheet in force passed it."""
    tested: bool


@dataclass(frozen=True, slots=True)
class OpenRecall:
    """A recall that still runs, and what is due next."""

    batch: int
    product: str
    lot: str
    level: int
    start_due: datetime
    announced_on: date | None
    last_day: date | None
    """By when it must be finished, after any extension."""


@dataclass(frozen=True, slots=True)
class Result:
    """One item of a sheet as it was entered."""

    item: str
    result: str
    unit: str | None
    limit: str | None
    judgement: str
    why: Sentence | None

    @property
    def told(self) -> str:
        """The result with its unit, where it is a figure."""
        return f"{self.result} {self.unit}" if self.unit and any(map(str.isdigit, self.result)) else self.result


@dataclass(frozen=True, slots=True)
class SheetEntry:
    """A sheet as those who keep it see it."""

    id: int
    number: str
    laboratory: str
    method: Method
    tested_on: date
    conclusion: Conclusion
    annulled_on: date | None
    annulled_why: str | None
    results: tuple[Result, ...]

    @property
    def field(self) -> str:
        """The field in which the reason is typed when the sheet is annulled."""
        return f"annul-{self.id}"


@dataclass(frozen=True, slots=True)
class RunLine:
    """A print run of labels."""

    id: int
    kind: LabelKind
    first: int
    last: int
    copies: int
    layout: str
    issued_at: datetime
    finished_at: datetime | None

    @property
    def files(self) -> int:
        """Files it is printed into."""
        return -(-self.copies // PART)


@dataclass(frozen=True, slots=True)
class RecallState:
    """A recall of the batch."""

    id: int
    level: int
    reason: str
    start_due: datetime
    announced_on: date | None
    finish_due: date | None
    finish_provisional: bool
    extended_to: date | None
    extended_why: str | None
    finished_on: date | None
    withdrawn_on: date | None


@dataclass(frozen=True, slots=True)
class Sent:
    """A delivery of the batch; who received it is read in a recall alone."""

    id: int
    voucher: str
    delivered_on: date
    quantity: Decimal
    unit: str
    receiver_kind: ReceiverKind


@dataclass(frozen=True, slots=True)
class BenchBatch:
    """One batch at the desk; ``seen`` is the number of the last entry in the journal about it."""

    id: int
    lot: str
    made_on: date
    best_before: date | None
    quantity: Decimal | None
    unit: str | None
    state: BatchState
    block_reason: str | None
    product: str
    specification: str
    category: str
    workshop_id: int
    workshop: str
    seen: int
    sheets: tuple[SheetEntry, ...]
    recalls: tuple[RecallState, ...]
    runs: tuple[RunLine, ...]
    sent: tuple[Sent, ...]

    @property
    def recall(self) -> RecallState | None:
        """The recall that holds, ended or not."""
        return next((one for one in self.recalls if one.withdrawn_on is None), None)

    @property
    def passed(self) -> bool:
        """Whether the newest sheet in force passed it; a quick test counts where there is no other."""
        valid = [one for one in self.sheets if one.annulled_on is None]
        regular = [one for one in valid if one.method is Method.regular]
        newest = max(regular or valid, key=lambda one: (one.tested_on, one.id), default=None)
        return newest is not None and newest.conclusion is Conclusion.passed


def _in_force(conclusion: Conclusion | None = None) -> AnySelect:
    sheet = select(ReleaseTest.id).where(ReleaseTest.batch_id == Batch.id, ReleaseTest.annulled_on.is_(None))
    return sheet if conclusion is None else sheet.where(ReleaseTest.conclusion == conclusion)


def _made_in(zones: Collection[int]) -> AnySelect:
    """The batches made in these zones."""
    sat = and_(
        Tenancy.workshop_id == Product.workshop_id,
        Tenancy.since <= Batch.made_on,
        or_(Tenancy.until.is_(None), Tenancy.until >= Batch.made_on),
    )
    columns = (
        Batch.id, Product.name, Product.specification, Batch.lot, Batch.made_on, Batch.state,
        Workshop.name.label("workshop"), exists(_in_force(Conclusion.passed)).label("passed"),
        exists(_in_force()).label("tested"),
    )  # fmt: skip
    rows = select(*columns).join_from(Batch, Product).join(Workshop)
    return rows.where(select(Tenancy.id).join(ZoneUnit).where(ZoneUnit.zone_id.in_(zones), sat).exists())


def waiting(connection: Connection, zones: Collection[int]) -> list[BenchLine]:
    """The batches of these zones that nobody has decided, the oldest first."""
    found = _made_in(zones).where(Batch.state == BatchState.pending).order_by(Batch.made_on, Batch.id).limit(MOST)
    return [BenchLine(*row) for row in connection.execute(found)]


def decided(connection: Connection, zones: Collection[int], name: str = "") -> list[BenchLine]:
    """The newest batches of these zones that were decided, by a part of the product's name or of the lot."""
    found = _made_in(zones).where(Batch.state != BatchState.pending)
    if name:
        part = f"%{name.replace('%', '').replace('_', '')}%"
        found = found.where(Product.name.like(part) | Batch.lot.like(part) | Workshop.name.like(part))
    newest = found.order_by(Batch.made_on.desc(), Batch.id.desc()).limit(LATEST)
    return [BenchLine(*row) for row in connection.execute(newest)]


def open_recalls(connection: Connection, zones: Collection[int]) -> list[OpenRecall]:
    """The recalls of these zones that still run."""
    batches = _made_in(zones).with_only_columns(Batch.id)
    last_day = func.coalesce(Recall.extended_to, Recall.finish_due)
    statement = (
        select(Batch.id, Product.name, Batch.lot, Recall.level, Recall.start_due, Recall.announced_on, last_day)
        .join_from(Recall, Batch)
        .join(Product)
        .where(Recall.withdrawn_on.is_(None), Recall.finished_on.is_(None), Batch.id.in_(batches))
        .order_by(Recall.start_due)
    )
    return [OpenRecall(*row) for row in connection.execute(statement)]


def laboratories(connection: Connection, zones: Collection[int]) -> list[tuple[int, str]]:
    """The laboratories of these zones: number and name."""
    statement = select(Laboratory.id, Laboratory.name).where(Laboratory.zone_id.in_(zones)).order_by(Laboratory.name)
    return [(key, name) for key, name in connection.execute(statement)]


def bench_batch(connection: Connection, batch: int, rules: RuleBook) -> BenchBatch | None:
    """One batch with its sheets, recalls and print runs."""
    seen = select(func.coalesce(func.max(JournalEntry.seq), 0)).where(
        JournalEntry.subject_kind == "batch", JournalEntry.subject_key == str(batch)
    )
    head: AnyRow | None = connection.execute(
        select(
            Batch.id, Batch.lot, Batch.made_on, Batch.best_before, Batch.quantity, Batch.unit, Batch.state,
            Batch.block_reason, Product.name, Product.specification, Product.category, Workshop.id, Workshop.name,
            seen.scalar_subquery(),
        )
        .join_from(Batch, Product)
        .join(Workshop)
        .where(Batch.id == batch)
    ).one_or_none()  # fmt: skip
    if head is None:
        return None
    more = _sheets(connection, batch, rules), _recalls(connection, batch), _runs(connection, batch)
    return BenchBatch(*(*head, *more, _sent(connection, batch)))


def _sheets(connection: Connection, batch: int, rules: RuleBook) -> tuple[SheetEntry, ...]:
    sheets = connection.execute(
        select(
            ReleaseTest.id, ReleaseTest.number, Laboratory.name, ReleaseTest.method, ReleaseTest.tested_on,
            ReleaseTest.conclusion, ReleaseTest.annulled_on, ReleaseTest.annulled_why,
        )
        .join(Laboratory)
        .where(ReleaseTest.batch_id == batch)
        .order_by(ReleaseTest.tested_on.desc(), ReleaseTest.id.desc())
    ).all()  # fmt: skip
    rows = connection.execute(
        select(
            TestResult.test_id, TestResult.item, TestResult.result, TestResult.unit, TestResult.limit,
            TestResult.judgement,
        )
        .where(TestResult.test_id.in_([sheet.id for sheet in sheets]))
        .order_by(TestResult.id)
    ).all()  # fmt: skip
    return tuple(
        SheetEntry(*sheet, tuple(_result(row, rules) for row in rows if row.test_id == sheet.id)) for sheet in sheets
    )


def _result(row: AnyRow, rules: RuleBook) -> Result:
    _test, item, result, unit, limit, judgement = row
    found = judge(result, limit, unit=unit or "", item=rules.limits.items.find(item)) if limit else None
    why = found.sentence if found and found.outcome.value == judgement else None
    return Result(item, result, unit, limit, judgement, why)


def _recalls(connection: Connection, batch: int) -> tuple[RecallState, ...]:
    columns = (
        Recall.id, Recall.level, Recall.reason, Recall.start_due, Recall.announced_on, Recall.finish_due,
        Recall.finish_provisional, Recall.extended_to, Recall.extended_why, Recall.finished_on, Recall.withdrawn_on,
    )  # fmt: skip
    rows = connection.execute(select(*columns).where(Recall.batch_id == batch).order_by(Recall.id.desc()))
    return tuple(RecallState(*row) for row in rows)


def _sent(connection: Connection, batch: int) -> tuple[Sent, ...]:
    columns = (
        Delivery.id, Delivery.voucher, Delivery.delivered_on, Delivery.quantity, Delivery.unit, Delivery.receiver_kind,
    )  # fmt: skip
    rows = connection.execute(select(*columns).filter_by(batch_id=batch).order_by(Delivery.delivered_on, Delivery.id))
    return tuple(Sent(*row) for row in rows)


def _runs(connection: Connection, batch: int) -> tuple[RunLine, ...]:
    columns = (
        LabelRun.id, LabelRun.kind, LabelRun.first, LabelRun.last, LabelRun.copies, LabelRun.layout,
        LabelRun.issued_at, LabelRun.finished_at,
    )  # fmt: skip
    rows = connection.execute(select(*columns).where(LabelRun.batch_id == batch).order_by(LabelRun.id.desc()))
    return tuple(RunLine(*row) for row in rows)

"""The numbers of the home page, each with the day it is of, and the recalls that are running."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection, ScalarSelect, bindparam, func, or_, select

from zuofang.rules.book import RuleBook
from zuofang.traceability.models import (
    Batch,
    BatchState,
    LabelRun,
    OperatorKind,
    Product,
    Recall,
    ReleaseTest,
    Workshop,
)
from zuofang.traceability.queries.certificates import has_certificate_in_force
from zuofang.traceability.queries.rows import AnyRow
from zuofang.traceability.queries.zones import ZoneLine, zone_list

WINDOW = timedelta(days=30)
RECALLS = 5


@dataclass(frozen=True, slots=True)
class Kind:
    """How many operators of a kind are registered, and how many of them have a certificate in force."""

    kind: OperatorKind
    registered: int
    certified: int


@dataclass(frozen=True, slots=True)
class Numbers:
    """What is on record on a day; ``made``, ``tested`` and ``released`` count the batches made since ``since``."""

    since: date
    kinds: tuple[Kind, ...]
    made: int
    tested: int
    released: int
    labels: int
    recalls: int


@dataclass(frozen=True, slots=True)
class RecallNotice:
    """A batch that is being called back."""

    batch_id: int
    product: str
    lot: str
    workshop: str
    level: int
    reason: str
    announced_on: date


@dataclass(frozen=True, slots=True)
class Home:
    """What the home page shows."""

    numbers: Numbers
    recalls: tuple[RecallNotice, ...]
    zones: tuple[ZoneLine, ...]


_RUNNING = (
    Recall.withdrawn_on.is_(None),
    Recall.announced_on <= bindparam("on"),
    or_(Recall.finished_on.is_(None), Recall.finished_on > bindparam("on")),
)
_RECALLS = (
    select(
        Batch.id, Product.name, Batch.lot, Workshop.name.label("workshop"), Recall.level, Recall.reason,
        Recall.announced_on,
    )
    .join(Batch, Batch.id == Recall.batch_id)
    .join(Product, Product.id == Batch.product_id)
    .join(Workshop, Workshop.id == Product.workshop_id)
    .where(*_RUNNING)
    .order_by(Recall.announced_on.desc(), Recall.id.desc())
    .limit(RECALLS)
)  # fmt: skip


def home(connection: Connection, on: date, rules: RuleBook) -> Home:
    """The home page as it stands on the day ``on``. Five statements."""
    return Home(
        numbers=_numbers(connection, on),
        recalls=tuple(_notice(told) for told in connection.execute(_RECALLS, {"on": on})),
        zones=zone_list(connection, on, rules),
    )


def _notice(row: AnyRow) -> RecallNotice:
    return RecallNotice(*row)


def _numbers(connection: Connection, on: date) -> Numbers:
    since = on - WINDOW
    row = connection.execute(
        select(
            _batches().label("made"),
            _batches(_tested()).label("tested"),
            _batches(Batch.state == BatchState.released).label("released"),
            select(func.coalesce(func.sum(LabelRun.copies), 0)).scalar_subquery().label("labels"),
            select(func.count()).select_from(Recall).where(*_RUNNING).scalar_subquery().label("recalls"),
        ),
        {"since": since, "on": on},
    ).one()
    return Numbers(since, _kinds(connection, on), *row)


def _kinds(connection: Connection, on: date) -> tuple[Kind, ...]:
    certified = func.count().filter(has_certificate_in_force(on))
    rows = connection.execute(select(Workshop.kind, func.count(), certified).group_by(Workshop.kind))
    found = {kind: Kind(kind, registered, certified) for kind, registered, certified in rows}
    return tuple(found.get(kind, Kind(kind, 0, 0)) for kind in OperatorKind)


def _batches(*conditions: Any) -> ScalarSelect[int]:
    made = (Batch.made_on > bindparam("since"), Batch.made_on <= bindparam("on"))
    return select(func.count()).select_from(Batch).where(*made, *conditions).scalar_subquery()


def _tested() -> Any:
    return select(ReleaseTest.id).where(ReleaseTest.batch_id == Batch.id, ReleaseTest.annulled_on.is_(None)).exists()

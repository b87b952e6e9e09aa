"""What the verdict over many batches leans on, before anything about one label and before what the regulator found."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import BindParameter, Connection, bindparam, select

from zuofang.rules.calendar import china_day
from zuofang.traceability.models import (
    Batch,
    Certificate,
    Laboratory,
    Product,
    Recall,
    ReleaseTest,
    Restriction,
)
from zuofang.traceability.queries.rows import grouped
from zuofang.traceability.verdict import (
    CertificateFacts,
    LabelFacts,
    RecallFacts,
    RestrictionFacts,
    TestFacts,
)

KEYS: BindParameter[int] = bindparam("keys", expanding=True)

_BATCHES = (
    select(
        Batch.id,
        Product.workshop_id,
        Product.name,
        Batch.made_on,
        Batch.best_before,
        Batch.state,
        Batch.decided_at,
        Batch.block_reason,
    )
    .join(Product, Product.id == Batch.product_id)
    .where(Batch.id.in_(KEYS))
)
_TESTS = (
    select(
        ReleaseTest.batch_id,
        ReleaseTest.conclusion,
        ReleaseTest.method,
        ReleaseTest.tested_on,
        Laboratory.name,
        ReleaseTest.number,
    )
    .join(Laboratory, Laboratory.id == ReleaseTest.laboratory_id)
    .where(ReleaseTest.batch_id.in_(KEYS), ReleaseTest.annulled_on.is_(None))
    .order_by(ReleaseTest.id.desc())  # of two sheets of one day the later entry counts, as it does for a release
)
_RECALLS = (
    select(Recall.batch_id, Recall.level, Recall.reason, Recall.known_at, Recall.announced_on)
    .where(Recall.batch_id.in_(KEYS), Recall.withdrawn_on.is_(None))
    .order_by(Recall.known_at)
)
_CERTIFICATES = (
    select(Certificate.workshop_id, Certificate.number, Certificate.since, Certificate.until, Certificate.revoked_on)
    .where(Certificate.workshop_id.in_(KEYS))
    .order_by(Certificate.since)
)
_RESTRICTIONS = (
    select(Restriction.workshop_id, Restriction.kind, Restriction.since, Restriction.until, Restriction.ground)
    .where(Restriction.workshop_id.in_(KEYS))
    .order_by(Restriction.since)
)


@dataclass(frozen=True, slots=True)
class BatchFacts:
    """What the verdict over a batch leans on, before what the regulator found, and whose product it is."""

    workshop_id: int
    product: str
    facts: LabelFacts


def batch_facts(connection: Connection, batches: Iterable[int]) -> dict[int, BatchFacts]:
    """The facts of each batch. Five statements, however many batches."""
    rows = connection.execute(_BATCHES, {"keys": sorted(set(batches))}).all()
    keys, workshops = [row.id for row in rows], sorted({row.workshop_id for row in rows})
    tests, recalls = grouped(connection, _TESTS, keys), grouped(connection, _RECALLS, keys)
    papers, orders = grouped(connection, _CERTIFICATES, workshops), grouped(connection, _RESTRICTIONS, workshops)
    return {
        row.id: BatchFacts(
            row.workshop_id,
            row.name,
            LabelFacts(
                made_on=row.made_on,
                best_before=row.best_before,
                state=row.state,
                decided_on=None if row.decided_at is None else china_day(row.decided_at),
                block_reason=row.block_reason,
                tests=tuple(TestFacts(*told) for told in tests[row.id]),
                recalls=tuple(_recall(*told) for told in recalls[row.id]),
                certificates=tuple(CertificateFacts(*told) for told in papers[row.workshop_id]),
                restrictions=tuple(RestrictionFacts(*told) for told in orders[row.workshop_id]),
            ),
        )
        for row in rows
    }


def certificates_of(connection: Connection, workshops: Sequence[int]) -> dict[int, tuple[CertificateFacts, ...]]:
    """The certificates of each workshop, oldest first. One statement."""
    found = grouped(connection, _CERTIFICATES, workshops)
    return {key: tuple(CertificateFacts(*told) for told in found[key]) for key in workshops}


def _recall(level: int, reason: str, known_at: Any, announced_on: date | None) -> RecallFacts:
    return RecallFacts(level, reason, china_day(known_at), announced_on)

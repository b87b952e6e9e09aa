"""The release-test record of a zone over the last twelve months: how much was tested, and what the tests said.

How much was tested may always be told. What the tests said is counted only where the laboratory was accredited on the
day of the test: a share computed from other sheets would publish their results by another road (FSLR Art 43).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Case, Connection, and_, bindparam, case, func, or_, select

from zuofang.traceability.models import (
    Accreditation,
    Batch,
    Conclusion,
    Method,
    Product,
    ReleaseTest,
    Tenancy,
    ZoneUnit,
)

MONTHS = 12
COUNTS = ("batches", "tested", "passed", "failed")


@dataclass(frozen=True, slots=True)
class Month:
    """One month of batches by the day of making.

    ``tested`` of the ``batches`` have a test sheet; ``passed`` and ``failed`` count those whose deciding sheet comes
    from a laboratory accredited on the day of the test and has a conclusion.
    """

    first: date
    batches: int
    tested: int
    passed: int
    failed: int

    @property
    def judged(self) -> int:
        """How many batches stand behind the share that passed."""
        return self.passed + self.failed


_OF_ZONE = (
    select(ZoneUnit.zone_id, Batch.id, Batch.made_on)
    .distinct()
    .join(Tenancy, Tenancy.unit_id == ZoneUnit.id)
    .join(Product, Product.workshop_id == Tenancy.workshop_id)
    .join(Batch, Batch.product_id == Product.id)
    .where(
        ZoneUnit.zone_id.in_(bindparam("zones", expanding=True)),
        Batch.made_on >= bindparam("since"),
        Batch.made_on <= bindparam("on"),
        Tenancy.since <= Batch.made_on,
        or_(Tenancy.until.is_(None), Tenancy.until >= Batch.made_on),
    )
    .cte("of_zone")
)
_REGULAR_FIRST = case((ReleaseTest.method == Method.regular, 0), else_=1)
_SHEETS = (
    select(
        ReleaseTest.batch_id,
        ReleaseTest.conclusion,
        ReleaseTest.laboratory_id,
        ReleaseTest.tested_on,
        func.row_number()
        .over(
            partition_by=ReleaseTest.batch_id,
            order_by=(_REGULAR_FIRST, ReleaseTest.tested_on.desc(), ReleaseTest.id.desc()),
        )
        .label("place"),
    )
    .where(ReleaseTest.annulled_on.is_(None), ReleaseTest.batch_id.in_(select(_OF_ZONE.c.id)))
    .cte("sheets")
)
_ACCREDITED = (
    select(Accreditation.id)
    .where(
        Accreditation.laboratory_id == _SHEETS.c.laboratory_id,
        Accreditation.since <= _SHEETS.c.tested_on,
        Accreditation.until >= _SHEETS.c.tested_on,
        or_(Accreditation.revoked_on.is_(None), Accreditation.revoked_on > _SHEETS.c.tested_on),
    )
    .exists()
)


def _judged(conclusion: Conclusion) -> Case[int]:
    return case((and_(_SHEETS.c.conclusion == conclusion, _ACCREDITED), 1), else_=0)


_DAYS = (
    select(
        _OF_ZONE.c.zone_id,
        _OF_ZONE.c.made_on,
        func.count().label("batches"),
        func.count(_SHEETS.c.batch_id).label("tested"),
        func.sum(_judged(Conclusion.passed)).label("passed"),
        func.sum(_judged(Conclusion.failed)).label("failed"),
    )
    .select_from(_OF_ZONE)
    .join(_SHEETS, and_(_SHEETS.c.batch_id == _OF_ZONE.c.id, _SHEETS.c.place == 1), isouter=True)
    .group_by(_OF_ZONE.c.zone_id, _OF_ZONE.c.made_on)
)


def release_record(connection: Connection, zone: int, on: date) -> tuple[Month, ...]:
    """The twelve months of a zone up to the one of ``on``, oldest first. One statement of at most a row a day."""
    return release_records(connection, [zone], on)[zone]


def release_records(connection: Connection, zones: Sequence[int], on: date) -> dict[int, tuple[Month, ...]]:
    """The twelve months of several zones. One statement of at most a row a day and zone."""
    months = months_up_to(on)
    found: Counter[tuple[int, date, str]] = Counter()
    for zone, made_on, *counts in connection.execute(_DAYS, {"zones": zones, "since": months[0], "on": on}):
        for name, count in zip(COUNTS, counts, strict=True):
            found[zone, made_on.replace(day=1), name] += count
    return {
        zone: tuple(Month(first, *(found[zone, first, name] for name in COUNTS)) for first in months) for zone in zones
    }


def months_up_to(on: date) -> list[date]:
    """The first days of the twelve months that end with the one of ``on``, oldest first."""
    last = on.year * 12 + on.month - 1
    return [date(month // 12, month % 12 + 1, 1) for month in range(last - MONTHS + 1, last + 1)]

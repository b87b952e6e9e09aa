"""Everything the page of a batch shows save its verdict, with figures that may not be published already left out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import Connection, bindparam, func, or_, select

from zuofang.rules.book import RuleBook
from zuofang.traceability.models import (
    Batch,
    BatchMaterial,
    BatchState,
    Delivery,
    LabelKind,
    LabelRevocation,
    LabelRun,
    MaterialReceipt,
    Packing,
    Product,
    ReceiverKind,
    Tenancy,
    Workshop,
    Zone,
    ZoneUnit,
)
from zuofang.traceability.queries.categories import category_name
from zuofang.traceability.queries.changes import Change, changes_of
from zuofang.traceability.queries.districts import district_names
from zuofang.traceability.queries.recalls import RecallLine, recalls_of
from zuofang.traceability.queries.rows import AnyRow
from zuofang.traceability.queries.sheets import Sheet, sheets_of

BATCH = bindparam("batch", type_=Batch.id.type)


@dataclass(frozen=True, slots=True)
class Place:
    """The zone and unit in which the workshop sat on the day the batch was made."""

    slug: str
    zone: str
    unit: str


@dataclass(frozen=True, slots=True)
class Material:
    """A raw material of the batch as the workshop recorded it; nothing that leads to the supplier's door."""

    name: str
    specification: str | None
    lot: str
    received_on: date
    supplier: str


@dataclass(frozen=True, slots=True)
class Destination:
    """Where goods of the batch went: a kind of buyer in a district, how many buyers and how many deliveries."""

    kind: ReceiverKind
    district: str | None
    buyers: int
    deliveries: int
    first_on: date
    last_on: date


@dataclass(frozen=True, slots=True)
class LabelCount:
    """Labels of one kind that were printed for the batch, and in how many print runs."""

    kind: LabelKind
    copies: int
    runs: int


@dataclass(frozen=True, slots=True)
class Revocation:
    """Labels that no longer count: ``labels`` is how many serials, 0 for the code of the whole batch."""

    labels: int
    reason: str
    revoked_at: datetime
    lifted_at: datetime | None


@dataclass(frozen=True, slots=True)
class Goods:
    """The batch itself."""

    id: int
    lot: str
    made_on: date
    best_before: date | None
    quantity: Decimal | None
    unit: str | None
    state: BatchState
    decided_at: datetime | None
    block_reason: str | None
    product: str
    specification: str
    category: str
    packing: Packing
    net_content: str | None
    workshop_id: int
    workshop: str


@dataclass(frozen=True, slots=True)
class BatchPage:
    """The page of a batch. ``changes`` holds the newest of ``versions``."""

    goods: Goods
    place: Place | None
    materials: tuple[Material, ...]
    sheets: tuple[Sheet, ...]
    destinations: tuple[Destination, ...]
    recalls: tuple[RecallLine, ...]
    labels: tuple[LabelCount, ...]
    revocations: tuple[Revocation, ...]
    changes: tuple[Change, ...]
    versions: int


_GOODS = (
    select(
        Batch.id,
        Batch.lot,
        Batch.made_on,
        Batch.best_before,
        Batch.quantity,
        Batch.unit,
        Batch.state,
        Batch.decided_at,
        Batch.block_reason,
        Product.name,
        Product.specification,
        Product.category,
        Product.packing,
        Product.net_content,
        Workshop.id.label("workshop_id"),
        Workshop.name.label("workshop"),
    )
    .join(Product, Product.id == Batch.product_id)
    .join(Workshop, Workshop.id == Product.workshop_id)
    .where(Batch.id == BATCH)
)
_PLACE = (
    select(Zone.slug, Zone.name, ZoneUnit.number)
    .join(ZoneUnit, ZoneUnit.zone_id == Zone.id)
    .join(Tenancy, Tenancy.unit_id == ZoneUnit.id)
    .where(
        Tenancy.workshop_id == bindparam("workshop", type_=Workshop.id.type),
        Tenancy.since <= bindparam("made_on"),
        or_(Tenancy.until.is_(None), Tenancy.until >= bindparam("made_on")),
    )
    .order_by(Tenancy.since.desc())
    .limit(1)
)
_MATERIALS = (
    select(
        MaterialReceipt.name,
        MaterialReceipt.specification,
        MaterialReceipt.lot,
        MaterialReceipt.received_on,
        MaterialReceipt.supplier,
    )
    .join(BatchMaterial, BatchMaterial.receipt_id == MaterialReceipt.id)
    .where(BatchMaterial.batch_id == BATCH)
    .order_by(MaterialReceipt.received_on, MaterialReceipt.id)
)
_DESTINATIONS = (
    select(
        Delivery.receiver_kind,
        Delivery.receiver_district,
        func.count(Delivery.receiver.distinct()).label("buyers"),
        func.count().label("deliveries"),
        func.min(Delivery.delivered_on).label("first_on"),
        func.max(Delivery.delivered_on).label("last_on"),
    )
    .where(Delivery.batch_id == BATCH)
    .group_by(Delivery.receiver_kind, Delivery.receiver_district)
    .order_by(func.count().desc(), Delivery.receiver_kind, Delivery.receiver_district)
)
_LABELS = (
    select(LabelRun.kind, func.sum(LabelRun.copies), func.count())
    .where(LabelRun.batch_id == BATCH)
    .group_by(LabelRun.kind)
    .order_by(LabelRun.kind)
)
_REVOCATIONS = (
    select(
        LabelRevocation.first, LabelRevocation.last, LabelRevocation.reason, LabelRevocation.revoked_at,
        LabelRevocation.lifted_at,
    )
    .where(LabelRevocation.batch_id == BATCH)
    .order_by(LabelRevocation.revoked_at)
)  # fmt: skip


def batch_page(connection: Connection, batch: int, on: date, rules: RuleBook) -> BatchPage | None:
    """The page of a batch as it stands on the day ``on``, or nothing where there is no such batch.

    A fixed number of statements, whatever the batch has been through.
    """
    key = {"batch": batch}
    row: AnyRow | None = connection.execute(_GOODS, key).one_or_none()
    if row is None:
        return None
    goods = _goods(row, rules)
    changes, versions = changes_of(connection, "batch", str(batch))
    return BatchPage(
        goods=goods,
        place=_place(connection, goods),
        materials=tuple(Material(*told) for told in connection.execute(_MATERIALS, key)),
        sheets=sheets_of(connection, batch, rules),
        destinations=_destinations(connection, key, on),
        recalls=recalls_of(connection, batch, rules),
        labels=tuple(LabelCount(*told) for told in connection.execute(_LABELS, key)),
        revocations=tuple(_revocation(told) for told in connection.execute(_REVOCATIONS, key)),
        changes=changes,
        versions=versions,
    )


def _goods(row: AnyRow, rules: RuleBook) -> Goods:
    goods = Goods(*row)
    return replace(goods, category=category_name(rules, goods.category))


def _place(connection: Connection, goods: Goods) -> Place | None:
    row = connection.execute(_PLACE, {"workshop": goods.workshop_id, "made_on": goods.made_on}).one_or_none()
    return None if row is None else Place(*row)


def _destinations(connection: Connection, key: dict[str, int], on: date) -> tuple[Destination, ...]:
    rows = connection.execute(_DESTINATIONS, key).all()
    names = district_names(connection, (row.receiver_district for row in rows), on)
    return tuple(
        Destination(
            row.receiver_kind, names.get(row.receiver_district), row.buyers, row.deliveries, row.first_on, row.last_on
        )
        for row in rows
    )


def _revocation(row: AnyRow) -> Revocation:
    labels = 0 if row.first == 0 else row.last - row.first + 1
    return Revocation(labels, row.reason, row.revoked_at, row.lifted_at)

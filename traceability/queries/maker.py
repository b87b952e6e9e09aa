"""What a workshop keeps itself: its products, the batches it made and the materials it received."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import Connection, select

from zuofang.traceability.models import Batch, BatchState, MaterialReceipt, Product, Workshop

NEWEST = 20


@dataclass(frozen=True, slots=True)
class MadeBatch:
    """A batch of one's own."""

    id: int
    product: str
    lot: str
    made_on: date
    state: BatchState


@dataclass(frozen=True, slots=True)
class Received:
    """A material that came in."""

    id: int
    name: str
    lot: str
    quantity: Decimal
    unit: str
    received_on: date
    supplier: str


@dataclass(frozen=True, slots=True)
class Maker:
    """A workshop with what it keeps; ``products`` are number and name."""

    id: int
    name: str
    products: tuple[tuple[int, str], ...]
    batches: tuple[MadeBatch, ...]
    received: tuple[Received, ...]


def maker(connection: Connection, workshop: int) -> Maker | None:
    """The workshop of this number. Four statements."""
    name = connection.scalar(select(Workshop.name).filter_by(id=workshop))
    if name is None:
        return None
    products = connection.execute(
        select(Product.id, Product.name, Product.specification).filter_by(workshop_id=workshop).order_by(Product.id)
    )
    batches = connection.execute(
        select(Batch.id, Product.name, Batch.lot, Batch.made_on, Batch.state)
        .join_from(Batch, Product)
        .where(Product.workshop_id == workshop)
        .order_by(Batch.made_on.desc(), Batch.id.desc())
        .limit(NEWEST)
    )
    received = connection.execute(
        select(
            MaterialReceipt.id, MaterialReceipt.name, MaterialReceipt.lot, MaterialReceipt.quantity,
            MaterialReceipt.unit, MaterialReceipt.received_on, MaterialReceipt.supplier,
        )
        .filter_by(workshop_id=workshop)
        .order_by(MaterialReceipt.received_on.desc(), MaterialReceipt.id.desc())
        .limit(NEWEST)
    )  # fmt: skip
    return Maker(
        workshop, name, tuple((key, f"{called} {size}".strip()) for key, called, size in products),
        tuple(MadeBatch(*row) for row in batches), tuple(Received(*row) for row in received),
    )  # fmt: skip

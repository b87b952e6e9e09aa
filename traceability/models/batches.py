"""Batches: what was received, what was made of it, where it went, and whether it was called back."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from zuofang.storage.base import Base, stored
from zuofang.storage.types import Amount, Id, Moment, Name, Number, Quantity, UtcDateTime
from zuofang.traceability.models.operators import Product
from zuofang.traceability.models.tests import ReleaseTest


class BatchState(StrEnum):
    """Where a batch stands: not decided yet, released to leave the zone, or blocked."""

    pending = "pending"
    released = "released"
    blocked = "blocked"


class DeliveryKind(StrEnum):
    """定点配给 (assigned outlets), 统一配送 (delivery by the zone), or otherwise."""

    assigned = "assigned"
    zone_delivery = "zone_delivery"
    other = "other"


class ReceiverKind(StrEnum):
    """What kind of buyer received goods; the kind may be public, the name never."""

    school = "school"
    canteen = "canteen"
    supermarket = "supermarket"
    market = "market"
    shop = "shop"
    restaurant = "restaurant"
    wholesaler = "wholesaler"
    other = "other"


class MaterialReceipt(Base):
    """A raw material received (进货查验): what the record must hold by FSL Art 50."""

    __tablename__ = "material_receipt"
    __table_args__ = (UniqueConstraint("workshop_id", "name", "lot", "received_on", "supplier"),)

    id: Mapped[Id]
    workshop_id: Mapped[int] = mapped_column(ForeignKey("workshop.id"), index=True)
    name: Mapped[Name]
    specification: Mapped[Number | None]
    lot: Mapped[Number] = mapped_column(String(100), default="", comment="生产日期或批号 of the supplier")
    quantity: Mapped[Quantity]
    unit: Mapped[str] = mapped_column(String(20))
    best_before: Mapped[date | None]
    received_on: Mapped[date]
    supplier: Mapped[Name]
    supplier_address: Mapped[Name | None]
    supplier_contact: Mapped[Number | None] = mapped_column(String(100), comment="inside only")
    supplier_licence: Mapped[Number | None]
    voucher: Mapped[Number | None] = mapped_column(String(100), comment="number of the proof that came with it")


class Batch(Base):
    """One batch of a product (批): made on one day, tested, released and called back as one."""

    __tablename__ = "batch"
    __table_args__ = (
        UniqueConstraint("product_id", "lot"),
        CheckConstraint("best_before IS NULL OR best_before >= made_on", name="days"),
        CheckConstraint("next_serial BETWEEN 1 AND 33554432", name="serials"),
        Index("ix_batch_product_id_state", "product_id", "state"),
    )

    id: Mapped[Id]
    product_id: Mapped[int] = mapped_column(ForeignKey("product.id"))
    lot: Mapped[Number] = mapped_column(String(100), comment="批号")
    made_on: Mapped[date] = mapped_column(index=True)
    best_before: Mapped[date | None] = mapped_column(comment="last day of shelf life; empty where none is stated")
    quantity: Mapped[Decimal | None] = mapped_column(Amount())
    unit: Mapped[str | None] = mapped_column(String(20))
    state: Mapped[BatchState] = mapped_column(stored(BatchState), default=BatchState.pending)
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime(), comment="when released or blocked")
    block_reason: Mapped[Name | None]
    next_serial: Mapped[int] = mapped_column(default=1, comment="first serial not yet given to a label")

    product: Mapped[Product] = relationship()
    materials: Mapped[list[BatchMaterial]] = relationship(back_populates="batch")
    tests: Mapped[list[ReleaseTest]] = relationship(order_by="ReleaseTest.id")
    deliveries: Mapped[list[Delivery]] = relationship(order_by="Delivery.delivered_on")
    recalls: Mapped[list[Recall]] = relationship(back_populates="batch", order_by="Recall.known_at")


class BatchMaterial(Base):
    """A raw material that went into a batch."""

    __tablename__ = "batch_material"
    __table_args__ = (UniqueConstraint("batch_id", "receipt_id"),)

    id: Mapped[Id]
    batch_id: Mapped[int] = mapped_column(ForeignKey("batch.id"))
    receipt_id: Mapped[int] = mapped_column(ForeignKey("material_receipt.id"), index=True)
    quantity: Mapped[Decimal | None] = mapped_column(Amount())

    batch: Mapped[Batch] = relationship(back_populates="materials")
    receipt: Mapped[MaterialReceipt] = relationship()


class Delivery(Base):
    """Goods of a batch that left (FSL Art 51). Names and contacts of receivers stay inside."""

    __tablename__ = "delivery"
    __table_args__ = (UniqueConstraint("batch_id", "voucher"),)

    id: Mapped[Id]
    batch_id: Mapped[int] = mapped_column(ForeignKey("batch.id"))
    voucher: Mapped[Number] = mapped_column(String(100), comment="number of the delivery note")
    kind: Mapped[DeliveryKind] = mapped_column(stored(DeliveryKind))
    delivered_on: Mapped[date]
    quantity: Mapped[Quantity]
    unit: Mapped[str] = mapped_column(String(20))
    receiver_kind: Mapped[ReceiverKind] = mapped_column(stored(ReceiverKind))
    receiver_district: Mapped[str | None] = mapped_column(String(6))
    receiver: Mapped[Name] = mapped_column(String(200), comment="inside only")
    receiver_address: Mapped[Name | None] = mapped_column(String(200), comment="inside only")
    receiver_contact: Mapped[Number | None] = mapped_column(String(100), comment="inside only")


class Recall(Base):
    """A recall (召回) with its level and clocks (RECALL Art 13, 18)."""

    __tablename__ = "recall"
    __table_args__ = (
        CheckConstraint("level BETWEEN 1 AND 3", name="level"),
        CheckConstraint("finished_on IS NULL OR announced_on IS NOT NULL", name="order"),
    )

    id: Mapped[Id]
    batch_id: Mapped[int] = mapped_column(ForeignKey("batch.id"), index=True)
    level: Mapped[int] = mapped_column(comment="1 is the gravest")
    reason: Mapped[Name]
    known_at: Mapped[Moment] = mapped_column(comment="when the operator knew; the clock of the start runs from here")
    start_due: Mapped[Moment]
    announced_on: Mapped[date | None]
    finish_due: Mapped[date | None]
    finish_provisional: Mapped[bool] = mapped_column(
        default=False, comment="the holidays of that time are not announced"
    )
    extended_to: Mapped[date | None] = mapped_column(comment="the later last day to which the bureau agreed (Art 18)")
    extended_why: Mapped[Name | None] = mapped_column(comment="why it agreed; public")
    finished_on: Mapped[date | None]
    withdrawn_on: Mapped[date | None] = mapped_column(comment="declared in error; the batch is no longer called back")

    batch: Mapped[Batch] = relationship(back_populates="recalls")

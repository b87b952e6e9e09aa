"""What a workshop received: the record of a material with its supplier and the pictures of its papers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, func, select
from sqlalchemy.orm import Session

from zuofang.traceability.models import MaterialReceipt, ReceiptPicture

NEWEST = 100
OFFERED = 12
"""Materials that are offered to be named with a batch."""


@dataclass(frozen=True, slots=True)
class Received:
    """The record of a material and its pictures, the oldest first."""

    row: MaterialReceipt
    pictures: tuple[ReceiptPicture, ...]


@dataclass(frozen=True, slots=True)
class ReceivedLine:
    """The record of a material in a list, with how many pictures it has."""

    row: MaterialReceipt
    pictures: int


def receipts(session: Session, workshop: int) -> tuple[ReceivedLine, ...]:
    """The newest records of materials of a workshop. One statement."""
    pictures = (
        select(func.count(ReceiptPicture.id))
        .where(ReceiptPicture.receipt_id == MaterialReceipt.id)
        .correlate(MaterialReceipt)
        .scalar_subquery()
    )
    rows = (
        select(MaterialReceipt, pictures)
        .filter_by(workshop_id=workshop)
        .order_by(MaterialReceipt.received_on.desc(), MaterialReceipt.id.desc())
        .limit(NEWEST)
    )
    return tuple(ReceivedLine(row, count) for row, count in session.execute(rows))


def receipt(session: Session, workshop: int, key: int) -> Received | None:
    """One record of a material, nothing where it is another workshop's. Two statements."""
    row = session.scalars(select(MaterialReceipt).filter_by(id=key, workshop_id=workshop)).one_or_none()
    if row is None:
        return None
    pictures = session.scalars(select(ReceiptPicture).filter_by(receipt_id=key).order_by(ReceiptPicture.id))
    return Received(row, tuple(pictures))


def usable(session: Session, workshop: int, on: date) -> list[MaterialReceipt]:
    """The materials that came in lately and are not past their date, to be named with a batch. One statement."""
    fresh = MaterialReceipt.best_before.is_(None) | (MaterialReceipt.best_before >= on)
    newest = select(MaterialReceipt).filter_by(workshop_id=workshop).where(fresh, MaterialReceipt.received_on <= on)
    rows = newest.order_by(MaterialReceipt.received_on.desc(), MaterialReceipt.id.desc()).limit(OFFERED)
    return list(session.scalars(rows))


def is_with(connection: Connection, workshop: int, key: int, digest: str) -> bool:
    """Whether a picture of this digest is with a record of this workshop. One statement."""
    wanted = (
        select(ReceiptPicture.id)
        .join(MaterialReceipt, MaterialReceipt.id == ReceiptPicture.receipt_id)
        .where(MaterialReceipt.id == key, MaterialReceipt.workshop_id == workshop, ReceiptPicture.digest == digest)
    )
    return connection.scalar(wanted) is not None

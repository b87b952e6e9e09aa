"""What a zone received and how its cameras run (补贴、阳光车间): facts entered by the zone or the bureau."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from zuofang.storage.base import Base
from zuofang.storage.types import Amount, Id, Name, Number


class Subsidy(Base):
    """Public money that a zone received, and what for (建设补贴、租金补贴、检测经费、管理考核)."""

    __tablename__ = "subsidy"

    id: Mapped[Id]
    zone_id: Mapped[int] = mapped_column(ForeignKey("zone.id"), index=True)
    on: Mapped[date] = mapped_column(comment="day of the payment")
    amount: Mapped[Decimal] = mapped_column(Amount(), comment="yuan")
    purpose: Mapped[Name]
    payer: Mapped[Name]
    document: Mapped[Number | None] = mapped_column(String(100))


class CameraMonth(Base):
    """How long the cameras of a zone ran in a month (在线时长)."""

    __tablename__ = "camera_month"
    __table_args__ = (
        UniqueConstraint("zone_id", "month"),
        CheckConstraint("online_hours >= 0 AND online_hours <= owed_hours", name="hours"),
    )

    id: Mapped[Id]
    zone_id: Mapped[int] = mapped_column(ForeignKey("zone.id"))
    month: Mapped[date] = mapped_column(comment="its first day")
    owed_hours: Mapped[int] = mapped_column(comment="cameras times hours of the month")
    online_hours: Mapped[int]


class LivePicture(Base):
    """Where the live pictures of a zone are shown (阳光车间); one address for each zone, the zone's own."""

    __tablename__ = "live_picture"

    zone_id: Mapped[int] = mapped_column(ForeignKey("zone.id"), primary_key=True)
    address: Mapped[Name] = mapped_column(String(200), comment="https address, never fetched by a page of ours")

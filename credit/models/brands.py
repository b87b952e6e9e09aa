"""What stands behind a brand: who bears a craft and learns it, and where the goods can be bought."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from zuofang.storage.base import Base, stored
from zuofang.storage.types import Id, Name


class BearerRole(StrEnum):
    """代表性传承人、学徒."""

    bearer = "bearer"
    apprentice = "apprentice"


class OutletKind(StrEnum):
    """展销会、旅游景区特产专柜、门店、网店."""

    fair = "fair"
    scenic_counter = "scenic_counter"
    shop = "shop"
    online = "online"


class Bearer(Base):
    """Somebody who bears a heritage craft (代表性传承人), as the authority names them, or learns it (传艺授徒)."""

    __tablename__ = "bearer"
    __table_args__ = (
        UniqueConstraint("honour_id", "name", "since"),
        CheckConstraint("until IS NULL OR until >= since", name="days"),
    )

    id: Mapped[Id]
    honour_id: Mapped[int] = mapped_column(ForeignKey("honour.id"))
    name: Mapped[Name] = mapped_column(String(200), comment="as the authority published it, or with consent")
    role: Mapped[BearerRole] = mapped_column(stored(BearerRole))
    since: Mapped[date]
    until: Mapped[date | None] = mapped_column(comment="last day; empty while it lasts")


class Outlet(Base):
    """Where the goods of a workshop or a zone can be bought: a fair, a counter, a shop."""

    __tablename__ = "outlet"
    __table_args__ = (
        CheckConstraint("(workshop_id IS NULL) <> (zone_id IS NULL)", name="seller"),
        CheckConstraint("until IS NULL OR until >= since", name="days"),
    )

    id: Mapped[Id]
    workshop_id: Mapped[int | None] = mapped_column(ForeignKey("workshop.id"), index=True)
    zone_id: Mapped[int | None] = mapped_column(ForeignKey("zone.id"), index=True)
    kind: Mapped[OutletKind] = mapped_column(stored(OutletKind))
    name: Mapped[Name]
    place: Mapped[Name] = mapped_column(String(200), comment="address, or where on the net; never a private home")
    since: Mapped[date]
    until: Mapped[date | None] = mapped_column(comment="last day; of a fair always")

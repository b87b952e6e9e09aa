"""Honours: what an operator or a zone was honoured for, by whom, and until when."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from zuofang.storage.base import Base, stored
from zuofang.storage.types import Id, Name, Number


class HonourKind(StrEnum):
    """名特优、5S 现场管理、示范单位、示范加工区、非物质文化遗产、地方品牌."""

    fine_workshop = "fine_workshop"
    five_s = "five_s"
    model_workshop = "model_workshop"
    model_zone = "model_zone"
    heritage = "heritage"
    brand = "brand"


class Honour(Base):
    """One honour with its days; an honour that ended or was taken back stays on record."""

    __tablename__ = "honour"
    __table_args__ = (CheckConstraint("(workshop_id IS NULL) <> (zone_id IS NULL)", name="holder"),)

    id: Mapped[Id]
    kind: Mapped[HonourKind] = mapped_column(stored(HonourKind))
    title: Mapped[Name]
    workshop_id: Mapped[int | None] = mapped_column(ForeignKey("workshop.id"), index=True)
    zone_id: Mapped[int | None] = mapped_column(ForeignKey("zone.id"), index=True)
    granted_by: Mapped[Name]
    document: Mapped[Number | None] = mapped_column(String(100), comment="number of the document that grants it")
    since: Mapped[date]
    until: Mapped[date | None]
    withdrawn_on: Mapped[date | None]
    withdrawn_why: Mapped[Name | None]

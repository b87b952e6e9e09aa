"""Honours: what an operator or a zone was honoured for, by whom, and until when."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from zuofang.storage.base import Base, stored
from zuofang.storage.types import Amount, Id, Name, Number


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
    applied_on: Mapped[date | None] = mapped_column(comment="复评申请: when its holder last asked to keep it")
    withdrawn_on: Mapped[date | None]
    withdrawn_why: Mapped[Name | None]


class Evaluation(Base):
    """An evaluation on the spot for an honour, or for keeping it (评价验收、复评): the form, its score, its parts."""

    __tablename__ = "evaluation"
    __table_args__ = (CheckConstraint("(workshop_id IS NULL) <> (zone_id IS NULL)", name="evaluated"),)

    id: Mapped[Id]
    kind: Mapped[HonourKind] = mapped_column(stored(HonourKind))
    workshop_id: Mapped[int | None] = mapped_column(ForeignKey("workshop.id"), index=True)
    zone_id: Mapped[int | None] = mapped_column(ForeignKey("zone.id"), index=True)
    honour_id: Mapped[int | None] = mapped_column(ForeignKey("honour.id"), comment="re-evaluation: of this honour")
    applied_on: Mapped[date | None] = mapped_column(comment="day on which it was applied for")
    evaluated_on: Mapped[date]
    evaluated_by: Mapped[Name]
    form: Mapped[Name] = mapped_column(String(200), comment="name of the form (评价表、验收评分表)")
    score: Mapped[Decimal | None] = mapped_column(Amount(), comment="points in all; empty where the form gives none")
    passed: Mapped[bool]

    parts: Mapped[list[EvaluationPart]] = relationship(order_by="EvaluationPart.position", cascade="all, delete-orphan")


class EvaluationPart(Base):
    """One part of an evaluation with its points: of a 5S evaluation 整理、整顿、清扫、清洁、素养."""

    __tablename__ = "evaluation_part"
    __table_args__ = (UniqueConstraint("evaluation_id", "position"),)

    id: Mapped[Id]
    evaluation_id: Mapped[int] = mapped_column(ForeignKey("evaluation.id"))
    position: Mapped[int]
    name: Mapped[Name]
    score: Mapped[Decimal] = mapped_column(Amount())
    most: Mapped[Decimal | None] = mapped_column(Amount(), comment="the most points that the part can get")

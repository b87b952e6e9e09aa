"""Processing zones (集中加工区), their units, standards, steps to acceptance, and the laboratories that serve them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from zuofang.storage.base import Base, stored
from zuofang.storage.types import Amount, Id, Name, Number, Text


class District(Base):
    """An administrative division by its code of GB/T 2260. Codes die and are reborn, so each has its days."""

    __tablename__ = "district"
    __table_args__ = (UniqueConstraint("code", "since"),)

    id: Mapped[Id]
    code: Mapped[str] = mapped_column(String(6), index=True)
    name: Mapped[Name]
    since: Mapped[date]
    until: Mapped[date | None]


class StandardState(StrEnum):
    """What is known of one standard: a blank is never good news."""

    met = "met"
    not_met = "not_met"
    not_recorded = "not_recorded"
    not_yet_read = "not_yet_read"


class ZoneStepKind(StrEnum):
    """The steps to acceptance: 申报、建设、初评、验收、复核."""

    applied = "applied"
    built = "built"
    first_review = "first_review"
    accepted = "accepted"
    confirmed = "confirmed"


class Zone(Base):
    """A processing zone: one place, one managing body, one brand, shared laboratory and cameras."""

    __tablename__ = "zone"

    id: Mapped[Id]
    slug: Mapped[str] = mapped_column(String(60), unique=True, comment="the zone's part of its address, for ever")
    name: Mapped[Name]
    district_code: Mapped[str] = mapped_column(String(6), index=True)
    address: Mapped[Name]
    manager: Mapped[Name | None] = mapped_column(String(200), comment="managing body 管理机构")
    phone: Mapped[Number | None] = mapped_column(String(100), comment="telephone of the managing body's office")
    area: Mapped[Decimal | None] = mapped_column(Amount(), comment="square metres of floor 建筑面积")
    map_x: Mapped[int | None] = mapped_column(comment="place on the schematic map, 0–1000 from the west")
    map_y: Mapped[int | None] = mapped_column(comment="place on the schematic map, 0–1000 from the north")
    brand: Mapped[Name | None]
    brand_mark: Mapped[Text | None] = mapped_column(String(4000), comment="SVG path data in a 100 by 100 field")
    story: Mapped[Text | None]
    brand_en: Mapped[Name | None] = mapped_column(String(200), comment="the brand in English")
    story_en: Mapped[Text | None] = mapped_column(String(4000), comment="the story in English")

    units: Mapped[list[ZoneUnit]] = relationship(back_populates="zone", order_by="ZoneUnit.number")
    standards: Mapped[list[ZoneStandard]] = relationship(back_populates="zone")
    steps: Mapped[list[ZoneStep]] = relationship(back_populates="zone", order_by="ZoneStep.on")
    laboratories: Mapped[list[Laboratory]] = relationship(back_populates="zone")


class ZoneUnit(Base):
    """One workshop unit (单元) inside a zone."""

    __tablename__ = "zone_unit"
    __table_args__ = (UniqueConstraint("zone_id", "number"), CheckConstraint("cameras >= 0", name="cameras"))

    id: Mapped[Id]
    zone_id: Mapped[int] = mapped_column(ForeignKey("zone.id"))
    number: Mapped[str] = mapped_column(String(30))
    cameras: Mapped[int | None] = mapped_column(comment="monitoring points 监控点位; empty is not recorded")
    cameras_on: Mapped[date | None] = mapped_column(comment="day on which they were counted")
    cameras_evidence: Mapped[Name | None] = mapped_column(String(200), comment="document that shows it")

    zone: Mapped[Zone] = relationship(back_populates="units")
    tenancies: Mapped[list[Tenancy]] = relationship(back_populates="unit")


class Tenancy(Base):
    """A workshop's time in a unit."""

    __tablename__ = "tenancy"
    __table_args__ = (UniqueConstraint("workshop_id", "unit_id", "since"),)

    id: Mapped[Id]
    workshop_id: Mapped[int] = mapped_column(ForeignKey("workshop.id"), index=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("zone_unit.id"), index=True)
    since: Mapped[date]
    until: Mapped[date | None] = mapped_column(comment="last day in the unit")

    unit: Mapped[ZoneUnit] = relationship(back_populates="tenancies")


class ZoneStandard(Base):
    """What was found about one standard of the zone rules; the standards themselves stand in ``rules``."""

    __tablename__ = "zone_standard"
    __table_args__ = (UniqueConstraint("zone_id", "standard"),)

    id: Mapped[Id]
    zone_id: Mapped[int] = mapped_column(ForeignKey("zone.id"))
    standard: Mapped[str] = mapped_column(String(60), comment="key in zone_standards.csv")
    state: Mapped[StandardState] = mapped_column(stored(StandardState))
    found: Mapped[Name | None] = mapped_column(String(200), comment="the figure or fact found")
    evidence: Mapped[Name | None] = mapped_column(String(200), comment="document that shows it")
    on: Mapped[date | None] = mapped_column(comment="day of the finding")

    zone: Mapped[Zone] = relationship(back_populates="standards")


class ZoneStep(Base):
    """A step to acceptance that was taken."""

    __tablename__ = "zone_step"
    __table_args__ = (UniqueConstraint("zone_id", "kind", "on"),)

    id: Mapped[Id]
    zone_id: Mapped[int] = mapped_column(ForeignKey("zone.id"))
    kind: Mapped[ZoneStepKind] = mapped_column(stored(ZoneStepKind))
    on: Mapped[date]
    by: Mapped[Name | None] = mapped_column(String(200), comment="who took it")
    report: Mapped[Number | None] = mapped_column(String(100), comment="number of the report")

    zone: Mapped[Zone] = relationship(back_populates="steps")


class Laboratory(Base):
    """A laboratory that tests batches: the zone's own 检验室 or a body outside."""

    __tablename__ = "laboratory"
    __table_args__ = (UniqueConstraint("name", "zone_id"),)

    id: Mapped[Id]
    zone_id: Mapped[int | None] = mapped_column(ForeignKey("zone.id"))
    name: Mapped[Name]

    zone: Mapped[Zone | None] = relationship(back_populates="laboratories")
    accreditations: Mapped[list[Accreditation]] = relationship(back_populates="laboratory")


class Accreditation(Base):
    """A certificate of 资质认定 with its days and the items it covers."""

    __tablename__ = "accreditation"

    id: Mapped[Id]
    laboratory_id: Mapped[int] = mapped_column(ForeignKey("laboratory.id"), index=True)
    number: Mapped[Number] = mapped_column(String(100), unique=True)
    since: Mapped[date]
    until: Mapped[date]
    revoked_on: Mapped[date | None]

    laboratory: Mapped[Laboratory] = relationship(back_populates="accreditations")
    items: Mapped[list[AccreditedItem]] = relationship(back_populates="accreditation")


class AccreditedItem(Base):
    """One test item inside the scope of an accreditation."""

    __tablename__ = "accredited_item"
    __table_args__ = (UniqueConstraint("accreditation_id", "item"),)

    id: Mapped[Id]
    accreditation_id: Mapped[int] = mapped_column(ForeignKey("accreditation.id"))
    item: Mapped[Number]

    accreditation: Mapped[Accreditation] = relationship(back_populates="items")

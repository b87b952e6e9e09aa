"""The three small kinds (食品三小): workshops, stalls and small catering, their certificates and their products."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from zuofang.rules.label_contents import Packing
from zuofang.storage.base import Base, stored
from zuofang.storage.types import Digest, Id, Name, Number, Text, UtcDateTime
from zuofang.traceability.models.zones import Tenancy


class OperatorKind(StrEnum):
    """食品小作坊、食品摊贩、小餐饮."""

    workshop = "workshop"
    stall = "stall"
    small_catering = "small_catering"


class PaperEventKind(StrEnum):
    """What happened to a certificate after it was issued: 变更、延续、吊销（撤销）、注销、恢复."""

    changed = "changed"
    renewed = "renewed"
    revoked = "revoked"
    cancelled = "cancelled"
    reinstated = "reinstated"


class RestrictionKind(StrEnum):
    """An order under which the operator may not produce: 关闭, 暂停, or an open order to rectify (限期整改)."""

    closed = "closed"
    suspended = "suspended"
    rectifying = "rectifying"


class Workshop(Base):
    """A registered operator of one of the three small kinds (一户一档)."""

    __tablename__ = "workshop"
    __table_args__ = (UniqueConstraint("name", "address"),)

    id: Mapped[Id]
    kind: Mapped[OperatorKind] = mapped_column(stored(OperatorKind))
    name: Mapped[Name] = mapped_column(String(200), index=True)
    operator: Mapped[Name | None] = mapped_column(String(200), comment="经营者姓名, as the certificate shows it")
    credit_code: Mapped[str | None] = mapped_column(String(18), unique=True)
    identity: Mapped[Digest | None] = mapped_column(
        unique=True, comment="keyed digest of the identity number, never shown"
    )
    province: Mapped[str] = mapped_column(String(2))
    district_code: Mapped[str] = mapped_column(String(6), index=True)
    address: Mapped[Name]
    phone: Mapped[Number | None] = mapped_column(String(100), comment="the contact that stands on the label")
    permitted_place: Mapped[Name | None] = mapped_column(String(200), comment="stalls: where they may trade")
    permitted_hours: Mapped[Number | None] = mapped_column(String(100), comment="stalls: when they may trade")

    certificates: Mapped[list[Certificate]] = relationship(back_populates="workshop", order_by="Certificate.issued_on")
    products: Mapped[list[Product]] = relationship(back_populates="workshop", order_by="Product.id")
    tenancies: Mapped[list[Tenancy]] = relationship(order_by="Tenancy.since")
    restrictions: Mapped[list[Restriction]] = relationship(back_populates="workshop", order_by="Restriction.since")


class Certificate(Base):
    """The paper that lets the operator produce: 登记证, 核准证, 登记卡 … as its province calls it."""

    __tablename__ = "certificate"
    __table_args__ = (CheckConstraint("until IS NULL OR until >= since", name="days"),)

    id: Mapped[Id]
    workshop_id: Mapped[int] = mapped_column(ForeignKey("workshop.id"), index=True)
    kind: Mapped[str] = mapped_column(String(40), comment="key in certificates.csv")
    number: Mapped[Number] = mapped_column(String(100), unique=True)
    issuer: Mapped[Name | None]
    issued_on: Mapped[date]
    since: Mapped[date]
    until: Mapped[date | None] = mapped_column(comment="last day; empty where the province sets no term")
    scope: Mapped[Text | None] = mapped_column(String(4000), comment="品种明细")
    revoked_on: Mapped[date | None]

    workshop: Mapped[Workshop] = relationship(back_populates="certificates")
    events: Mapped[list[CertificateEvent]] = relationship(back_populates="certificate", order_by="CertificateEvent.id")


class CertificateEvent(Base):
    """Something that happened to a certificate: changed, renewed, revoked, cancelled, reinstated."""

    __tablename__ = "certificate_event"

    id: Mapped[Id]
    certificate_id: Mapped[int] = mapped_column(ForeignKey("certificate.id"), index=True)
    kind: Mapped[PaperEventKind] = mapped_column(stored(PaperEventKind))
    on: Mapped[date]
    field: Mapped[str | None] = mapped_column(String(40), comment="which field was changed")
    before: Mapped[Text | None] = mapped_column(String(4000), comment="what stood there; days as 2026-09-12")
    after: Mapped[Text | None] = mapped_column(String(4000), comment="what stands there since")
    undone_at: Mapped[datetime | None] = mapped_column(UtcDateTime(), comment="recorded in error")

    certificate: Mapped[Certificate] = relationship(back_populates="events")


class Restriction(Base):
    """A time in which the operator may not produce, or must put something right, by a named order."""

    __tablename__ = "restriction"
    __table_args__ = (CheckConstraint("until IS NULL OR until >= since", name="days"),)

    id: Mapped[Id]
    workshop_id: Mapped[int] = mapped_column(ForeignKey("workshop.id"), index=True)
    kind: Mapped[RestrictionKind] = mapped_column(stored(RestrictionKind))
    since: Mapped[date]
    until: Mapped[date | None] = mapped_column(comment="last day; empty while it runs")
    ground: Mapped[Name] = mapped_column(String(200), comment="why, in words that may be public")
    article: Mapped[Name] = mapped_column(String(200), comment="legal basis")
    document: Mapped[Number | None] = mapped_column(String(100), comment="number of the order")

    workshop: Mapped[Workshop] = relationship(back_populates="restrictions")


class Product(Base):
    """A product with the contents its label owes."""

    __tablename__ = "product"
    __table_args__ = (UniqueConstraint("workshop_id", "name", "specification"),)

    id: Mapped[Id]
    workshop_id: Mapped[int] = mapped_column(ForeignKey("workshop.id"), index=True)
    name: Mapped[Name]
    specification: Mapped[Number] = mapped_column(
        String(100), default="", comment="规格; empty where there is one only"
    )
    category: Mapped[str] = mapped_column(String(40), index=True, comment="key in categories.csv")
    packing: Mapped[Packing] = mapped_column(stored(Packing))
    net_content: Mapped[Number | None] = mapped_column(String(100), comment="净含量")
    ingredients: Mapped[Text | None] = mapped_column(String(4000), comment="配料表")
    shelf_life_days: Mapped[int | None] = mapped_column(comment="保质期 in days; the day of making is day 0")
    storage: Mapped[Name | None] = mapped_column(String(200), comment="贮存条件")
    standard: Mapped[Number | None] = mapped_column(String(100), comment="产品标准代号")
    allergens: Mapped[Name | None]

    workshop: Mapped[Workshop] = relationship(back_populates="products")

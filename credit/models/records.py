"""Records of the credit file: what was found or decided, its versions, what became of it, replies and cases about it.

A record's facts are kept as the JSON of its value (:mod:`zuofang.credit.codec`); the columns beside them are what lists
are searched by. The days a record may be public are computed, never entered; the columns that hold them are copies made
by the daily clock.
"""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from zuofang.credit.models.links import CreditLink, LookBack, SetAside
from zuofang.storage.base import Base, stored
from zuofang.storage.types import Id, Moment, Name, Number, UtcDateTime


class RecordKind(StrEnum):
    """What a record tells of; all but a referral may become public.

    处罚、严重违法失信名单、监督抽检、监督检查、暂停措施、场所关闭、召回、荣誉退出、修复弄虚作假决定；约谈、移送公安、整改.
    """

    penalty = "penalty"
    listing = "listing"
    sample = "sample"
    inspection = "inspection"
    suspension = "suspension"
    closure = "closure"
    recall = "recall"
    honour_exit = "honour_exit"
    repair_fraud = "repair_fraud"
    interview = "interview"
    referral = "referral"
    rectification = "rectification"


class RecordState(StrEnum):
    """How far a record has come at the desk: entered, put forward, approved by another officer, or sent back."""

    entered = "entered"
    proposed = "proposed"
    approved = "approved"
    returned = "returned"


class CaseKind(StrEnum):
    """A clocked case about a record: 信用修复、异议、复检."""

    repair = "repair"
    objection = "objection"
    reinspection = "reinspection"


class PartyRole(StrEnum):
    """In which role a table prints a party: 当事人；标称生产者、委托方、经销者、被抽样单位."""

    party = "party"
    producer = "producer"
    principal = "principal"
    distributor = "distributor"
    sampled = "sampled"


class CreditRecord(Base):
    """One finding or decision about an operator, or about a place without one."""

    __tablename__ = "credit_record"
    __table_args__ = (
        CheckConstraint("approved_by IS NULL OR approved_by <> proposed_by", name="four_eyes"),
        CheckConstraint("state = 'approved' OR published_on IS NULL", name="approved_before_public"),
        Index("ix_credit_record_workshop_id_made_on", "workshop_id", "made_on"),
    )

    id: Mapped[Id]
    kind: Mapped[RecordKind] = mapped_column(stored(RecordKind))
    workshop_id: Mapped[int | None] = mapped_column(ForeignKey("workshop.id"), comment="empty: not matched, or nobody")
    party: Mapped[Name] = mapped_column(String(200), comment="name as printed, masked where the law asks for it")
    party_address: Mapped[Name | None]
    document: Mapped[Number | None] = mapped_column(String(100), index=True, comment="文号、公告号或抽样编号")
    authority: Mapped[Name | None] = mapped_column(String(200), comment="who found or decided")
    made_on: Mapped[date] = mapped_column(index=True, comment="day of the finding or decision")
    title: Mapped[Name] = mapped_column(String(200), comment="what it is about, on one line")
    content: Mapped[str] = mapped_column(Text, comment="the text that may be shown, redacted")
    facts: Mapped[str] = mapped_column(Text, comment="the value of the record as JSON, see zuofang.credit.codec")
    source: Mapped[str | None] = mapped_column(String(64), unique=True, comment="digest of the row it came from")
    state: Mapped[RecordState] = mapped_column(stored(RecordState))
    entered_at: Mapped[Moment]
    proposed_by: Mapped[str | None] = mapped_column(String(100))
    approved_by: Mapped[str | None] = mapped_column(String(100))
    published_on: Mapped[date | None] = mapped_column(index=True)
    taken_down_on: Mapped[date | None]
    last_day: Mapped[date | None] = mapped_column(comment="copy: last public day as computed by the clock")
    look_again_on: Mapped[date | None] = mapped_column(index=True, comment="copy: day on which something changes next")

    versions: Mapped[list[CreditVersion]] = relationship(back_populates="record", order_by="CreditVersion.number")
    events: Mapped[list[CreditEvent]] = relationship(back_populates="record", order_by="CreditEvent.on")
    replies: Mapped[list[CreditReply]] = relationship(back_populates="record", order_by="CreditReply.id")
    cases: Mapped[list[CreditCase]] = relationship(back_populates="record", order_by="CreditCase.id")
    items: Mapped[list[SampleItem]] = relationship(back_populates="record", order_by="SampleItem.id")
    parties: Mapped[list[CreditParty]] = relationship(back_populates="record", order_by="CreditParty.id")
    sequels: Mapped[list[CreditLink]] = relationship(
        back_populates="earlier", foreign_keys=CreditLink.earlier_id, order_by=CreditLink.id, lazy="selectin"
    )
    origins: Mapped[list[CreditLink]] = relationship(
        back_populates="later", foreign_keys=CreditLink.later_id, order_by=CreditLink.id, lazy="selectin"
    )
    set_aside: Mapped[SetAside | None] = relationship(back_populates="record", cascade="all, delete-orphan")
    look_backs: Mapped[list[LookBack]] = relationship(
        back_populates="closure", foreign_keys=LookBack.closure_id, order_by=LookBack.planned_on
    )


class CreditVersion(Base):
    """What a record said before a correction, and what it says since; a correction never overwrites."""

    __tablename__ = "credit_version"
    __table_args__ = (UniqueConstraint("record_id", "number"),)

    id: Mapped[Id]
    record_id: Mapped[int] = mapped_column(ForeignKey("credit_record.id"))
    number: Mapped[int]
    title: Mapped[Name]
    content: Mapped[str] = mapped_column(Text)
    facts: Mapped[str] = mapped_column(Text)
    at: Mapped[Moment]
    who: Mapped[str] = mapped_column(String(100))
    why: Mapped[str] = mapped_column(String(1000))

    record: Mapped[CreditRecord] = relationship(back_populates="versions")


class CreditEvent(Base):
    """Something that happened to a record (``zuofang.credit.events``)."""

    __tablename__ = "credit_event"

    id: Mapped[Id]
    record_id: Mapped[int] = mapped_column(ForeignKey("credit_record.id"), index=True)
    kind: Mapped[str] = mapped_column(String(40), comment="name of the event's class")
    on: Mapped[date]
    facts: Mapped[str] = mapped_column(Text, comment="the event as JSON")
    undone_at: Mapped[datetime | None] = mapped_column(UtcDateTime(), comment="recorded in error")

    record: Mapped[CreditRecord] = relationship(back_populates="events")


class CreditReply(Base):
    """The workshop's own words beside a finding."""

    __tablename__ = "credit_reply"

    id: Mapped[Id]
    record_id: Mapped[int] = mapped_column(ForeignKey("credit_record.id"), index=True)
    text: Mapped[str] = mapped_column(Text)
    at: Mapped[Moment]
    taken_back_at: Mapped[datetime | None] = mapped_column(UtcDateTime())

    record: Mapped[CreditRecord] = relationship(back_populates="replies")


class CreditCase(Base):
    """A clocked case about a record; its steps and their last days are computed from the days kept here."""

    __tablename__ = "credit_case"
    __table_args__ = (CheckConstraint("(decided_on IS NULL) = (granted IS NULL)", name="decision"),)

    id: Mapped[Id]
    record_id: Mapped[int] = mapped_column(ForeignKey("credit_record.id"), index=True)
    kind: Mapped[CaseKind] = mapped_column(stored(CaseKind))
    filed_on: Mapped[date]
    accepted_on: Mapped[date | None]
    extended_by: Mapped[str | None] = mapped_column(String(100), comment="who approved the extension")
    decided_on: Mapped[date | None]
    granted: Mapped[bool | None]
    done_on: Mapped[date | None] = mapped_column(comment="when the data were brought up to date")
    words: Mapped[str] = mapped_column(Text, comment="what is asked for and why")

    record: Mapped[CreditRecord] = relationship(back_populates="cases")


class SampleItem(Base):
    """One item of a supervisory sample, exactly as the bureau printed it."""

    __tablename__ = "sample_item"
    __table_args__ = (UniqueConstraint("record_id", "position"),)

    id: Mapped[Id]
    record_id: Mapped[int] = mapped_column(ForeignKey("credit_record.id"))
    position: Mapped[int]
    item: Mapped[Name]
    result: Mapped[Name]
    limit: Mapped[Name]
    judgement: Mapped[str] = mapped_column(String(32), comment="word of conformity.Outcome")

    record: Mapped[CreditRecord] = relationship(back_populates="items")


class CreditParty(Base):
    """A party of an imported record with everything the table names it by, so that it can be matched later as well."""

    __tablename__ = "credit_party"

    id: Mapped[Id]
    record_id: Mapped[int] = mapped_column(ForeignKey("credit_record.id"), index=True)
    role: Mapped[PartyRole] = mapped_column(stored(PartyRole))
    name: Mapped[Name] = mapped_column(String(200), comment="as printed, masked where the law asks for it")
    address: Mapped[Name | None] = mapped_column(String(200))
    certificate: Mapped[Number | None] = mapped_column(String(100), comment="number of a certificate, as printed")
    credit_code: Mapped[str | None] = mapped_column(String(18))
    district_code: Mapped[str | None] = mapped_column(String(6), comment="division that the table names")

    record: Mapped[CreditRecord] = relationship(back_populates="parties")

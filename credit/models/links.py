"""What belongs to what: records that follow from others, and visits to places that were closed."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from zuofang.storage.base import Base, stored
from zuofang.storage.types import Id, Name

if TYPE_CHECKING:
    from zuofang.credit.models.records import CreditRecord


class LinkKind(StrEnum):
    """How a later record belongs to an earlier one.

    led_to: the finding led to the decision (查处). rechecked: an inspection looked again at what had to be put right
    (复查). resampled: food was sampled again after rectification (整改后跟踪抽检).
    """

    led_to = "led_to"
    rechecked = "rechecked"
    resampled = "resampled"


class Revisit(StrEnum):
    """What a look-back visit found: nothing going on (未见恢复), or the business had come back (死灰复燃)."""

    quiet = "quiet"
    resurged = "resurged"


class Outside(StrEnum):
    """Why a record belongs to no operator of the register.

    unlicensed: whoever made the food has no certificate (无证). unknown: nobody could be found under what the table
    prints. elsewhere: another bureau is responsible and was told.
    """

    unlicensed = "unlicensed"
    unknown = "unknown"
    elsewhere = "elsewhere"


class CreditLink(Base):
    """A later record that belongs to an earlier one: the penalty a sample led to, the re-check of an inspection …"""

    __tablename__ = "credit_link"
    __table_args__ = (
        UniqueConstraint("earlier_id", "later_id"),
        CheckConstraint("earlier_id <> later_id", name="two_records"),
    )

    id: Mapped[Id]
    earlier_id: Mapped[int] = mapped_column(ForeignKey("credit_record.id"))
    later_id: Mapped[int] = mapped_column(ForeignKey("credit_record.id"), index=True)
    kind: Mapped[LinkKind] = mapped_column(stored(LinkKind))

    earlier: Mapped[CreditRecord] = relationship(foreign_keys=earlier_id, back_populates="sequels")
    later: Mapped[CreditRecord] = relationship(foreign_keys=later_id, back_populates="origins")


class LookBack(Base):
    """A visit to a closed place, to see whether the business came back (回头看). A planned one is never told."""

    __tablename__ = "look_back"
    __table_args__ = (CheckConstraint("(visited_on IS NULL) = (found IS NULL)", name="found"),)

    id: Mapped[Id]
    closure_id: Mapped[int] = mapped_column(ForeignKey("credit_record.id"), index=True)
    planned_on: Mapped[date] = mapped_column(index=True)
    visited_on: Mapped[date | None]
    found: Mapped[Revisit | None] = mapped_column(stored(Revisit))
    words: Mapped[str | None] = mapped_column(String(1000), comment="what was seen, in words that may be public")
    record_id: Mapped[int | None] = mapped_column(
        ForeignKey("credit_record.id"), comment="the new record, where the business had come back"
    )

    closure: Mapped[CreditRecord] = relationship(foreign_keys=closure_id, back_populates="look_backs")
    record: Mapped[CreditRecord | None] = relationship(foreign_keys=record_id)


class SetAside(Base):
    """A record that was found to belong to no operator of the register, so that nobody need look for one any more."""

    __tablename__ = "credit_set_aside"

    id: Mapped[Id]
    record_id: Mapped[int] = mapped_column(ForeignKey("credit_record.id"), unique=True)
    outside: Mapped[Outside] = mapped_column(stored(Outside))
    handed_to: Mapped[Name | None] = mapped_column(String(200), comment="the bureau that was told of it")

    record: Mapped[CreditRecord] = relationship(back_populates="set_aside")

"""What a workshop promises and puts up at its door: the commitment (诚信承诺) and the notice board (信息公开栏)."""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from zuofang.storage.base import Base
from zuofang.storage.types import Id, Name, Number, Text


class Commitment(Base):
    """A commitment to honest and safe production that an operator signed (食品安全诚信承诺书)."""

    __tablename__ = "commitment"
    __table_args__ = (
        UniqueConstraint("workshop_id", "signed_on"),
        CheckConstraint("ended_on IS NULL OR ended_on >= signed_on", name="days"),
    )

    id: Mapped[Id]
    workshop_id: Mapped[int] = mapped_column(ForeignKey("workshop.id"))
    signed_on: Mapped[date]
    words: Mapped[Text | None] = mapped_column(String(4000), comment="what is promised")
    displayed: Mapped[bool | None] = mapped_column(comment="hangs where customers see it; empty where nobody looked")
    ended_on: Mapped[date | None] = mapped_column(comment="taken back, or replaced")


class NoticeBoard(Base):
    """The notice board of a workshop as an officer last saw it; of health it says only that all certificates are valid.

    The certificate on it is that of the register. A field is empty where nothing was noted of it.
    """

    __tablename__ = "notice_board"
    __table_args__ = (
        CheckConstraint("handlers IS NULL OR handlers >= 0", name="handlers"),
        CheckConstraint("all_certified IS NULL OR handlers > 0", name="somebody_to_certify"),
        CheckConstraint("next_expiry IS NULL OR all_certified", name="expiry_of_valid_ones"),
    )

    id: Mapped[Id]
    workshop_id: Mapped[int] = mapped_column(ForeignKey("workshop.id"), unique=True)
    seen_on: Mapped[date]
    certificate_shown: Mapped[bool | None] = mapped_column(comment="the certificate hangs there")
    rules: Mapped[Text | None] = mapped_column(String(4000), comment="食品安全管理制度 on the board; empty text: none")
    handlers: Mapped[int | None] = mapped_column(comment="how many people handle food")
    all_certified: Mapped[bool | None] = mapped_column(comment="each of them holds a valid health certificate")
    next_expiry: Mapped[date | None] = mapped_column(comment="last day of the health certificate that ends first")
    names_suppliers: Mapped[bool | None] = mapped_column(comment="raw-material suppliers are named there")

    suppliers: Mapped[list[BoardSupplier]] = relationship(
        back_populates="board", order_by="BoardSupplier.id", cascade="all, delete-orphan"
    )


class BoardSupplier(Base):
    """A supplier of raw material on a notice board (原料供货信息): a business, never a private person."""

    __tablename__ = "board_supplier"
    __table_args__ = (UniqueConstraint("board_id", "name", "supplies"),)

    id: Mapped[Id]
    board_id: Mapped[int] = mapped_column(ForeignKey("notice_board.id"))
    name: Mapped[Name]
    supplies: Mapped[Name] = mapped_column(String(200), comment="what it supplies")
    permit: Mapped[Number | None] = mapped_column(String(100), comment="number of its permit or registration")

    board: Mapped[NoticeBoard] = relationship(back_populates="suppliers")

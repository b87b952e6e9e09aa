"""Sampling sheets (抽样单): a sample on its way to the laboratory, until its result is there."""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from zuofang.storage.base import Base
from zuofang.storage.types import Id, Moment, Name, Number
from zuofang.traceability.models import Workshop


class SamplingSheet(Base):
    """One sample of a supervisory sampling (监督抽检) as its sheet says; inside the bureau alone.

    What the public reads is the record of the result, once that is entered upon the sheet and approved.
    """

    __tablename__ = "sampling_sheet"
    __table_args__ = (
        CheckConstraint("delivered_on IS NULL OR delivered_on >= taken_on", name="delivered"),
        CheckConstraint("agreed_on IS NULL OR agreed_on >= taken_on", name="agreed"),
    )

    id: Mapped[Id]
    number: Mapped[Number] = mapped_column(unique=True, comment="抽样单编号")
    workshop_id: Mapped[int] = mapped_column(ForeignKey("workshop.id"), index=True, comment="被抽样单位")
    authority: Mapped[Name] = mapped_column(comment="who had the sample taken (抽样的机关)")
    basis: Mapped[Name] = mapped_column(comment="plan or campaign that asks for the sample (任务来源)")
    product: Mapped[Name] = mapped_column(comment="食品名称")
    specification: Mapped[Name] = mapped_column(default="", comment="规格型号; empty: the sheet says nothing")
    brand: Mapped[Name] = mapped_column(default="", comment="商标; empty: the sheet says nothing")
    lot: Mapped[Name] = mapped_column(default="", comment="生产日期/批号 as on the packet; empty: it says nothing")
    quantity: Mapped[Name] = mapped_column(comment="what was taken (抽样数量), with its unit")
    spare: Mapped[Name] = mapped_column(default="", comment="备样数量, with its unit; empty: no spare sample was kept")
    place: Mapped[Name] = mapped_column(default="", comment="抽样地点; empty: the sheet says nothing")
    first_officer: Mapped[Number] = mapped_column(comment="抽样人员, as on the sheet")
    second_officer: Mapped[Number] = mapped_column(comment="抽样人员, as on the sheet")
    laboratory: Mapped[Name] = mapped_column(comment="承检机构")
    taken_on: Mapped[date] = mapped_column(comment="抽样日期")
    delivered_on: Mapped[date | None] = mapped_column(comment="day on which the laboratory received the sample")
    agreed_on: Mapped[date | None] = mapped_column(
        comment="last day for the report as agreed with the laboratory; empty: the days of the law count"
    )
    record_id: Mapped[int | None] = mapped_column(
        ForeignKey("credit_record.id"), unique=True, comment="the result; empty: it is not there yet"
    )
    entered_at: Mapped[Moment]

    workshop: Mapped[Workshop] = relationship()

    @property
    def told(self) -> dict[str, str]:
        """What the sheet says, by column, for the journal and for whoever enters the result."""
        return {name: getattr(self, name) or "" for name in TOLD}


TOLD = (
    "number", "authority", "basis", "product", "specification", "brand", "lot", "quantity", "spare", "place",
    "first_officer", "second_officer", "laboratory",
)  # fmt: skip
"""The columns that hold the words of a sheet."""

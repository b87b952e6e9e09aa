"""Copies of what is computed: the value of every indicator on every past day, and when it was computed.

They can be deleted at any time and are made again by the daily clock.
"""

from __future__ import annotations

from datetime import date

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from zuofang.storage.base import Base


class ProgrammeReckoning(Base):
    """When the values of a plan were last computed, and from which plan file."""

    __tablename__ = "programme_reckoning"

    programme: Mapped[str] = mapped_column(String(60), primary_key=True, comment="slug of the plan")
    on: Mapped[date] = mapped_column(comment="day up to which it was computed")
    plan: Mapped[str] = mapped_column(String(16), comment="fingerprint of the indicators as they were then")


class ProgrammeValue(Base):
    """The value of an indicator on a day: a part of a whole, or a number."""

    __tablename__ = "programme_value"

    programme: Mapped[str] = mapped_column(String(60), primary_key=True, comment="slug of the plan")
    indicator: Mapped[str] = mapped_column(String(60), primary_key=True, comment="key of the indicator")
    on: Mapped[date] = mapped_column(primary_key=True)
    part: Mapped[int] = mapped_column(comment="what counts; the number itself where there is no whole")
    whole: Mapped[int | None] = mapped_column(comment="what it is a part of; empty where the indicator is a number")

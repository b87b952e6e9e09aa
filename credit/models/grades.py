"""Copies of what is computed for every workshop: its grades, and until when they hold without anything happening.

A copy can be deleted at any time and is made again; ``zuofang verify`` recounts it.
"""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from zuofang.storage.base import Base


class Reckoning(Base):
    """When and by which rules a workshop was last graded; a workshop without a row waits to be."""

    __tablename__ = "credit_reckoning"

    workshop_id: Mapped[int] = mapped_column(ForeignKey("workshop.id"), primary_key=True)
    rules: Mapped[str] = mapped_column(String(16), comment="fingerprint of the rule files it was computed with")
    on: Mapped[date] = mapped_column(comment="day it was computed for")
    again_on: Mapped[date | None] = mapped_column(index=True, comment="first day on which it may change by itself")


class WorkshopGrade(Base):
    """The grade of a workshop by one rule set, as last computed; lists and work lists are searched by it."""

    __tablename__ = "credit_grade"
    __table_args__ = (Index("ix_credit_grade_scheme_letter", "scheme", "letter"),)

    workshop_id: Mapped[int] = mapped_column(ForeignKey("workshop.id"), primary_key=True)
    scheme: Mapped[str] = mapped_column(String(40), primary_key=True, comment="rule set: risk (风险) or credit (信用)")
    letter: Mapped[str] = mapped_column(String(8))
    score: Mapped[int]

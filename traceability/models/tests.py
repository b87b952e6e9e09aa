"""Release tests (出厂检验): one test of one batch by one laboratory, item by item, as it was printed."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from zuofang.storage.base import Base, stored
from zuofang.storage.types import Id, Name, Number
from zuofang.traceability.models.zones import Laboratory


class Conclusion(StrEnum):
    """What the test sheet concludes."""

    passed = "passed"
    failed = "failed"
    undecided = "undecided"


class Method(StrEnum):
    """A quick test (快速检测) is for spot checks; a bad result needs a regular test after it (FSL Art 112)."""

    regular = "regular"
    quick = "quick"


class ReleaseTest(Base):
    """One test sheet. A sheet that was wrong is annulled and stays; another takes its place."""

    __tablename__ = "release_test"
    __table_args__ = (UniqueConstraint("laboratory_id", "number"),)

    id: Mapped[Id]
    batch_id: Mapped[int] = mapped_column(ForeignKey("batch.id"), index=True)
    laboratory_id: Mapped[int] = mapped_column(ForeignKey("laboratory.id"))
    number: Mapped[Number] = mapped_column(String(100), comment="检验合格证号 or number of the report")
    method: Mapped[Method] = mapped_column(stored(Method), default=Method.regular)
    sampled_on: Mapped[date | None]
    tested_on: Mapped[date]
    tester: Mapped[Name | None] = mapped_column(String(200), comment="inside only")
    conclusion: Mapped[Conclusion] = mapped_column(stored(Conclusion))
    annulled_on: Mapped[date | None]
    annulled_why: Mapped[Name | None]

    laboratory: Mapped[Laboratory] = relationship()
    results: Mapped[list[TestResult]] = relationship(back_populates="test", order_by="TestResult.id")


class TestResult(Base):
    """One item of a sheet, with result and limit exactly as printed, and what our evaluator made of them."""

    __tablename__ = "test_result"
    __table_args__ = (UniqueConstraint("test_id", "item"),)
    __test__ = False

    id: Mapped[Id]
    test_id: Mapped[int] = mapped_column(ForeignKey("release_test.id"))
    item: Mapped[Number]
    result: Mapped[Name] = mapped_column(String(200), comment="as printed")
    unit: Mapped[str | None] = mapped_column(String(40))
    limit: Mapped[Name | None] = mapped_column(
        String(200), comment="as printed, or the limit of the rule files that day"
    )
    standard: Mapped[Number | None] = mapped_column(String(100), comment="number of the standard the limit stands in")
    judgement: Mapped[str] = mapped_column(String(32), comment="word of conformity.Outcome")

    test: Mapped[ReleaseTest] = relationship(back_populates="results")

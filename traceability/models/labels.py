"""What was printed, what was revoked, and what the page of a code has shown. No table holds a row per label."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from zuofang.storage.base import Base, stored
from zuofang.storage.types import Id, Moment, Name, UtcDateTime
from zuofang.traceability.models.batches import Batch


class LabelKind(StrEnum):
    """One code for all packets of a batch, or one for each packet."""

    batch = "batch"
    item = "item"


class LabelRun(Base):
    """One print run: a range of serials of one batch that belongs to nobody else, for ever."""

    __tablename__ = "label_run"
    __table_args__ = (
        # One code serves every run of batch labels; of items no serial is printed by two runs.
        Index(
            "uq_label_run_item",
            "batch_id",
            "first",
            unique=True,
            sqlite_where=text("kind = 'item'"),
            postgresql_where=text("kind = 'item'"),
        ),
        CheckConstraint(
            "(kind = 'item' AND first >= 1 AND last >= first) OR (kind = 'batch' AND first = 0)", name="range"
        ),
    )

    id: Mapped[Id]
    batch_id: Mapped[int] = mapped_column(ForeignKey("batch.id"), index=True)
    kind: Mapped[LabelKind] = mapped_column(stored(LabelKind))
    first: Mapped[int] = mapped_column(comment="first serial; 0 for batch labels")
    last: Mapped[int] = mapped_column(comment="last serial; 0 for batch labels")
    copies: Mapped[int] = mapped_column(comment="number of labels printed")
    key_version: Mapped[int]
    layout: Mapped[str] = mapped_column(String(40), comment="name of the sheet or roll layout")
    issued_at: Mapped[Moment]
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime(), comment="when every file was on disk")

    batch: Mapped[Batch] = relationship()


class LabelRevocation(Base):
    """Labels that no longer count, for example stolen rolls: a range of serials, or the batch code (0 to 0)."""

    __tablename__ = "label_revocation"
    __table_args__ = (CheckConstraint("last >= first", name="range"),)

    id: Mapped[Id]
    batch_id: Mapped[int] = mapped_column(ForeignKey("batch.id"), index=True)
    first: Mapped[int]
    last: Mapped[int]
    reason: Mapped[Name]
    revoked_at: Mapped[Moment]
    lifted_at: Mapped[datetime | None] = mapped_column(UtcDateTime())


class PageVersion(Base):
    """The change log of a public page: what it showed from when on, and by whose act (DIG5 item 3)."""

    __tablename__ = "page_version"
    __table_args__ = (UniqueConstraint("subject_kind", "subject_key", "number"),)

    id: Mapped[Id]
    subject_kind: Mapped[str] = mapped_column(String(60))
    subject_key: Mapped[str] = mapped_column(String(100))
    number: Mapped[int] = mapped_column(comment="1 for the first version")
    at: Mapped[Moment]
    who: Mapped[str] = mapped_column(String(100))
    seq: Mapped[int] = mapped_column(comment="journal entry that brought the change")
    shown: Mapped[str] = mapped_column(Text, comment="the facts shown, as canonical JSON")

"""Pictures of zones and of what they are known for; what each shows is said in both languages."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from zuofang.storage.base import Base, stored
from zuofang.storage.pictures.budget import widths_of
from zuofang.storage.types import Id, Moment, Name, UtcDateTime


class PictureState(StrEnum):
    """Put forward and not decided, on the public page, or taken away from it (or never let there)."""

    proposed = "proposed"
    shown = "shown"
    withdrawn = "withdrawn"


class Picture(Base):
    """A picture of a zone or of an honour (地方品牌、非遗、名特优). Its copies lie on the shelf under its digest."""

    __tablename__ = "picture"
    __table_args__ = (
        CheckConstraint("(zone_id IS NULL) <> (honour_id IS NULL)", name="shows"),
        CheckConstraint("width > 0 AND height > 0", name="size"),
        CheckConstraint("state <> 'shown' OR approved_by IS NOT NULL", name="four_eyes"),
    )

    id: Mapped[Id]
    zone_id: Mapped[int | None] = mapped_column(ForeignKey("zone.id"), index=True)
    honour_id: Mapped[int | None] = mapped_column(ForeignKey("honour.id"), index=True)
    digest: Mapped[str] = mapped_column(
        String(32), index=True, comment="beginning of the SHA-256 of its largest JPEG copy, in hexadecimal"
    )
    width: Mapped[int] = mapped_column(comment="pixels across, as it is kept")
    height: Mapped[int] = mapped_column(comment="pixels high, as it is kept")
    sent_bytes: Mapped[int] = mapped_column(comment="length of the file it was made from, which is not kept")
    alt: Mapped[Name] = mapped_column(String(200), comment="what is to be seen, in Chinese")
    alt_en: Mapped[Name] = mapped_column(String(200), comment="what is to be seen, in English")
    credit: Mapped[Name] = mapped_column(String(200), comment="who took or drew it, and by what right it is shown")
    state: Mapped[PictureState] = mapped_column(stored(PictureState))
    proposed_by: Mapped[Name] = mapped_column(String(60))
    proposed_at: Mapped[Moment]
    approved_by: Mapped[Name | None] = mapped_column(String(60))
    approved_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    withdrawn_why: Mapped[Name | None] = mapped_column(String(200), comment="why it was sent back or taken away")

    @property
    def widths(self) -> tuple[int, ...]:
        """The widths of its copies, the smallest first."""
        return widths_of(self.width)

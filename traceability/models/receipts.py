"""Pictures of the papers that came with raw materials: kept for the owner and whoever inspects, never public."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from zuofang.storage.base import Base
from zuofang.storage.pictures.budget import widths_of
from zuofang.storage.types import Id, Moment


class ReceiptPicture(Base):
    """A photograph of a receipt, a permit or a certificate of conformity (进货凭证). Its copies lie on the shelf."""

    __tablename__ = "receipt_picture"
    __table_args__ = (
        UniqueConstraint("receipt_id", "digest"),
        CheckConstraint("width > 0 AND height > 0", name="size"),
    )

    id: Mapped[Id]
    receipt_id: Mapped[int] = mapped_column(ForeignKey("material_receipt.id"))
    digest: Mapped[str] = mapped_column(
        String(32), index=True, comment="beginning of the SHA-256 of its largest JPEG copy, in hexadecimal"
    )
    width: Mapped[int] = mapped_column(comment="pixels across, as it is kept")
    height: Mapped[int] = mapped_column(comment="pixels high, as it is kept")
    added_at: Mapped[Moment]

    @property
    def widths(self) -> tuple[int, ...]:
        """The widths of its copies, the smallest first."""
        return widths_of(self.width)

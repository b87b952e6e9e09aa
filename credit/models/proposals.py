"""What a zone wants its page to say, until another person has looked at it."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from zuofang.storage.base import Base, stored
from zuofang.storage.types import Id, Moment, Name, UtcDateTime


class ProposalKind(StrEnum):
    """品牌文字、建设标准、监控点位、验收步骤、补贴、摄像头在线时长、实时画面."""

    words = "words"
    standard = "standard"
    unit_cameras = "unit_cameras"
    step = "step"
    subsidy = "subsidy"
    camera_hours = "camera_hours"
    live = "live"


class ProposalState(StrEnum):
    """Not decided, done as asked, sent back, taken back by who asked, or done and undone again."""

    proposed = "proposed"
    done = "done"
    sent_back = "sent_back"
    taken_back = "taken_back"
    undone = "undone"


class ZoneProposal(Base):
    """A change of what the page of a zone says, put forward by one person and decided by another."""

    __tablename__ = "zone_proposal"
    __table_args__ = (CheckConstraint("state <> 'done' OR decided_by <> proposed_by", name="four_eyes"),)

    id: Mapped[Id]
    zone_id: Mapped[int] = mapped_column(ForeignKey("zone.id"), index=True)
    kind: Mapped[ProposalKind] = mapped_column(stored(ProposalKind))
    facts: Mapped[str] = mapped_column(String(20_000), comment="what is to be said, as JSON")
    before: Mapped[str | None] = mapped_column(
        String(20_000), comment="what was said before, or the number of the row that was made, as JSON"
    )
    state: Mapped[ProposalState] = mapped_column(stored(ProposalState))
    proposed_by: Mapped[Name] = mapped_column(String(60))
    proposed_at: Mapped[Moment]
    decided_by: Mapped[Name | None] = mapped_column(String(60))
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    reason: Mapped[Name | None] = mapped_column(String(200), comment="why it was sent back or undone")

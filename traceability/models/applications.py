"""Workshops that ask to come into a zone."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from zuofang.storage.base import Base, stored
from zuofang.storage.types import Id, Name


class ApplicationState(StrEnum):
    """Waiting, let in, turned down, or taken back."""

    waiting = "waiting"
    admitted = "admitted"
    turned_down = "turned_down"
    taken_back = "taken_back"


class ZoneApplication(Base):
    """A workshop's application for a unit of a zone (入驻申请)."""

    __tablename__ = "zone_application"

    id: Mapped[Id]
    zone_id: Mapped[int] = mapped_column(ForeignKey("zone.id"), index=True)
    workshop_id: Mapped[int] = mapped_column(ForeignKey("workshop.id"), index=True)
    applied_on: Mapped[date]
    wants: Mapped[Name | None] = mapped_column(String(200), comment="what it would make there, and what it needs")
    state: Mapped[ApplicationState] = mapped_column(stored(ApplicationState))
    decided_on: Mapped[date | None]
    reason: Mapped[Name | None] = mapped_column(String(200), comment="why it was turned down or taken back")
    tenancy_id: Mapped[int | None] = mapped_column(ForeignKey("tenancy.id"), comment="the time in a unit it led to")

"""Campaigns (专项整治): which places of a district are looked at, how each is sorted, and the visits that look back."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from zuofang.storage.base import Base, stored
from zuofang.storage.types import Id, Name, Number


class Triage(StrEnum):
    """What becomes of a place: 提升一批、规范一批、淘汰一批 (Jintan 2018, Ningbo 2020).

    upgrade: it meets the conditions and is helped on. regulate: it lacks something and is willing to put it right by a
    day. phase_out: it cannot meet the conditions and shuts by a day.
    """

    upgrade = "upgrade"
    regulate = "regulate"
    phase_out = "phase_out"


class SeenAgain(StrEnum):
    """What a look-back visit found: it holds (保持合格), it slipped (反弹), still shut, or back at work (死灰复燃)."""

    holds = "holds"
    slipped = "slipped"
    shut = "shut"
    resurged = "resurged"


class Campaign(Base):
    """A campaign in one county by its source document, with the last days of its three steps."""

    __tablename__ = "campaign"
    __table_args__ = (
        CheckConstraint("since <= triage_by AND triage_by <= until AND until <= look_back_by", name="steps"),
    )

    id: Mapped[Id]
    name: Mapped[Name]
    document: Mapped[Number] = mapped_column(String(100), unique=True, comment="number of the source document")
    issuer: Mapped[Name] = mapped_column(String(200), comment="who issued the document")
    district_code: Mapped[str] = mapped_column(String(6), index=True)
    category: Mapped[str | None] = mapped_column(
        String(40), comment="key in categories.csv; empty where the campaign is about every food"
    )
    since: Mapped[date]
    triage_by: Mapped[date] = mapped_column(comment="last day of the survey (调查摸底): every place is sorted by then")
    until: Mapped[date] = mapped_column(comment="last day of putting right (集中整治)")
    look_back_by: Mapped[date] = mapped_column(comment="last day of the look-back visits (巩固提升、回头看)")
    closed_on: Mapped[date | None]

    places: Mapped[list[CampaignPlace]] = relationship(back_populates="campaign", order_by="CampaignPlace.id")


class CampaignPlace(Base):
    """A place that a campaign looks at: an operator of the register, or one that has no certificate yet."""

    __tablename__ = "campaign_place"
    __table_args__ = (
        UniqueConstraint("campaign_id", "name", "address"),
        CheckConstraint("(triage IS NULL) = (triaged_on IS NULL)", name="triaged"),
    )

    id: Mapped[Id]
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"), index=True)
    workshop_id: Mapped[int | None] = mapped_column(
        ForeignKey("workshop.id"), index=True, comment="empty where nobody of that name is in the register"
    )
    name: Mapped[Name]
    address: Mapped[Name]
    town: Mapped[Name] = mapped_column(
        String(200), default="", comment="town or street (乡镇、街道); empty: not recorded"
    )
    triage: Mapped[Triage | None] = mapped_column(stored(Triage))
    triaged_on: Mapped[date | None]
    triaged_by: Mapped[Number | None] = mapped_column(String(100), comment="name of the account")
    reason: Mapped[str | None] = mapped_column(String(500), comment="why it was sorted so; inside only")
    put_right_by: Mapped[date | None] = mapped_column(comment="last day to put right (规范) or to shut (淘汰)")

    campaign: Mapped[Campaign] = relationship(back_populates="places")
    visits: Mapped[list[CampaignVisit]] = relationship(back_populates="place", order_by="CampaignVisit.id")


class CampaignVisit(Base):
    """A visit that looks back at a sorted place (回头看); a planned one is told to nobody outside."""

    __tablename__ = "campaign_visit"
    __table_args__ = (CheckConstraint("(visited_on IS NULL) = (found IS NULL)", name="found"),)

    id: Mapped[Id]
    place_id: Mapped[int] = mapped_column(ForeignKey("campaign_place.id"), index=True)
    planned_on: Mapped[date] = mapped_column(index=True)
    visited_on: Mapped[date | None]
    found: Mapped[SeenAgain | None] = mapped_column(stored(SeenAgain))
    words: Mapped[str | None] = mapped_column(String(1000), comment="what was seen; inside only")

    place: Mapped[CampaignPlace] = relationship(back_populates="visits")

"""What the desk of a zone manager reads, and what those who decide about it read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Connection, exists, false, or_, select, true
from sqlalchemy.orm import Session, aliased

from zuofang.credit.models import Honour, Picture, PictureState, ProposalState, ZoneProposal
from zuofang.traceability.models import (
    ApplicationState,
    CameraMonth,
    Certificate,
    Tenancy,
    Workshop,
    Zone,
    ZoneApplication,
    ZoneStandard,
    ZoneUnit,
)
from zuofang.traceability.queries.belonging import Belonging, of_zone

LATELY = 30
"""How many of the newest proposals are listed."""
MONTHS = 12
"""How many months of cameras are listed."""


@dataclass(frozen=True, slots=True)
class Seat:
    """A unit and the tenancy that fills it today, with the name of its workshop; nobody where it is vacant."""

    unit: ZoneUnit
    tenancy: Tenancy | None
    workshop: Workshop | None


@dataclass(frozen=True, slots=True)
class Asking:
    """An application, its workshop, and the number and last day of the certificate it holds today, if any."""

    row: ZoneApplication
    workshop: Workshop
    certificate: str | None


@dataclass(frozen=True, slots=True)
class ZoneDesk:
    """A zone at its manager's desk."""

    zone: Zone
    seats: tuple[Seat, ...]
    applications: tuple[Asking, ...]
    proposals: tuple[ZoneProposal, ...]
    pictures: tuple[Picture, ...]
    standards: tuple[ZoneStandard, ...]
    months: tuple[CameraMonth, ...]


def zone_at_desk(session: Session, key: int, on: date) -> ZoneDesk | None:
    """A zone with everything its manager works on, or nothing where there is none. Seven statements."""
    zone = session.get(Zone, key)
    if zone is None:
        return None
    proposals = select(ZoneProposal).filter_by(zone_id=key).order_by(ZoneProposal.id.desc()).limit(LATELY)
    pictures = select(Picture).filter_by(zone_id=key).order_by(Picture.id.desc())
    months = select(CameraMonth).filter_by(zone_id=key).order_by(CameraMonth.month.desc()).limit(MONTHS)
    return ZoneDesk(
        zone,
        tuple(_seats(session, key, on)),
        tuple(_applications(session, key, on)),
        tuple(session.scalars(proposals)),
        tuple(session.scalars(pictures)),
        tuple(session.scalars(select(ZoneStandard).filter_by(zone_id=key))),
        tuple(session.scalars(months)),
    )


def _seats(session: Session, zone: int, on: date) -> Iterable[Seat]:
    inside = (Tenancy.unit_id == ZoneUnit.id) & or_(Tenancy.until.is_(None), Tenancy.until >= on)
    rows = (
        select(ZoneUnit, Tenancy, Workshop)
        .outerjoin(Tenancy, inside)
        .outerjoin(Workshop, Workshop.id == Tenancy.workshop_id)
        .where(ZoneUnit.zone_id == zone)
        .order_by(ZoneUnit.number, Tenancy.since)
    )
    for unit, tenancy, workshop in session.execute(rows):
        yield Seat(unit, tenancy, workshop)


def _applications(session: Session, zone: int, on: date) -> Iterable[Asking]:
    certificate = (
        select(Certificate.number)
        .where(
            Certificate.workshop_id == Workshop.id,
            Certificate.since <= on,
            or_(Certificate.until.is_(None), Certificate.until >= on),
            or_(Certificate.revoked_on.is_(None), Certificate.revoked_on > on),
        )
        .limit(1)
        .scalar_subquery()
    )
    rows = (
        select(ZoneApplication, Workshop, certificate)
        .join(Workshop, Workshop.id == ZoneApplication.workshop_id)
        .where(ZoneApplication.zone_id == zone)
        .order_by(ZoneApplication.id.desc())
        .limit(LATELY)
    )
    for row, workshop, number in session.execute(rows):
        yield Asking(row, workshop, number)


@dataclass(frozen=True, slots=True)
class Wish:
    """A proposal that waits, with its zone."""

    row: ZoneProposal
    zone: Zone


@dataclass(frozen=True, slots=True)
class Hanging:
    """A picture that waits, with the name of what it shows and where that stands."""

    row: Picture
    of: str


def waiting_wishes(session: Session, districts: frozenset[str] | None) -> list[Wish]:
    """The proposals that wait in these districts, or everywhere, the oldest first. One statement."""
    rows = (
        select(ZoneProposal, Zone)
        .join(Zone, Zone.id == ZoneProposal.zone_id)
        .where(ZoneProposal.state == ProposalState.proposed, _within(districts))
        .order_by(ZoneProposal.id)
    )
    return [Wish(row, zone) for row, zone in session.execute(rows)]


def waiting_pictures(session: Session, districts: frozenset[str] | None) -> list[Hanging]:
    """The pictures of zones that wait in these districts, or everywhere, the oldest first. One statement."""
    rows = (
        select(Picture, Zone.name)
        .join(Zone, Zone.id == Picture.zone_id)
        .where(Picture.state == PictureState.proposed, _within(districts))
        .order_by(Picture.id)
    )
    return [Hanging(row, name) for row, name in session.execute(rows)]


def zones_with_work(session: Session, zones: frozenset[int]) -> list[tuple[ZoneApplication, str]]:
    """The applications that wait in these zones, with the names of their workshops. One statement."""
    rows = (
        select(ZoneApplication, Workshop.name)
        .join(Workshop, Workshop.id == ZoneApplication.workshop_id)
        .where(ZoneApplication.zone_id.in_(zones), ZoneApplication.state == ApplicationState.waiting)
        .order_by(ZoneApplication.id)
    )
    return [(row, name) for row, name in session.execute(rows)]


def sent_back(session: Session, zones: frozenset[int]) -> list[Wish]:
    """What these zones put forward, got back, and have not put forward again, the oldest first. One statement."""
    newer = aliased(ZoneProposal)
    again = exists().where(
        newer.zone_id == ZoneProposal.zone_id, newer.kind == ZoneProposal.kind, newer.id > ZoneProposal.id
    )
    rows = (
        select(ZoneProposal, Zone)
        .join(Zone, Zone.id == ZoneProposal.zone_id)
        .where(ZoneProposal.zone_id.in_(zones), ZoneProposal.state == ProposalState.sent_back, ~again)
        .order_by(ZoneProposal.id)
    )
    return [Wish(row, zone) for row, zone in session.execute(rows)]


def of_proposal(connection: Connection, proposal: int) -> Belonging | None:
    """The zone that a proposal is about."""
    zone = connection.scalar(select(ZoneProposal.zone_id).where(ZoneProposal.id == proposal))
    return None if zone is None else of_zone(connection, zone)


def of_picture(connection: Connection, picture: int) -> Belonging | None:
    """The zone that a picture shows, or the zone or workshop that holds the honour it shows."""
    found = connection.execute(
        select(Picture.zone_id, Honour.zone_id, Honour.workshop_id, Workshop.district_code)
        .outerjoin(Honour, Honour.id == Picture.honour_id)
        .outerjoin(Workshop, Workshop.id == Honour.workshop_id)
        .where(Picture.id == picture)
    ).one_or_none()
    if found is None:
        return None
    zone, of_honour, workshop, district = found
    place = zone or of_honour
    if place is not None:
        return of_zone(connection, place)
    return Belonging(district or "", workshop)


def of_application(connection: Connection, application: int) -> Belonging | None:
    """The zone that an application asks for."""
    zone = connection.scalar(select(ZoneApplication.zone_id).where(ZoneApplication.id == application))
    return None if zone is None else of_zone(connection, zone)


def _within(districts: frozenset[str] | None) -> ColumnElement[bool]:
    if districts is None:
        return true()
    return or_(*(Zone.district_code.startswith(code) for code in districts)) if districts else false()

"""To whom a thing belongs: the district, the workshop and the zones in whose name somebody may act on it."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, select

from zuofang.traceability.models import Batch, Laboratory, Product, Tenancy, Workshop, Zone, ZoneUnit


@dataclass(frozen=True, slots=True)
class Belonging:
    """What a thing is part of. A workshop that left a zone no longer belongs to it; what it made there still does."""

    district: str = ""
    workshop: int | None = None
    zones: frozenset[int] = frozenset()


def of_workshop(connection: Connection, workshop: int) -> Belonging | None:
    """The zones in which the workshop sits now; nothing where there is no such workshop."""
    district = connection.scalar(select(Workshop.district_code).filter_by(id=workshop))
    if district is None:
        return None
    units = select(ZoneUnit.zone_id).join(Tenancy).where(Tenancy.workshop_id == workshop, Tenancy.until.is_(None))
    return Belonging(district, workshop, frozenset(connection.scalars(units)))


def of_product(connection: Connection, product: int) -> Belonging | None:
    """The workshop that makes it."""
    maker = connection.scalar(select(Product.workshop_id).filter_by(id=product))
    return None if maker is None else of_workshop(connection, maker)


def of_batch(connection: Connection, batch: int) -> Belonging | None:
    """The zones in which the workshop sat on the day of making."""
    statement = select(Workshop.district_code, Workshop.id, Batch.made_on).join_from(Batch, Product).join(Workshop)
    found = connection.execute(statement.where(Batch.id == batch)).one_or_none()
    if found is None:
        return None
    district, workshop, made_on = found
    units = (
        select(ZoneUnit.zone_id)
        .join(Tenancy)
        .where(Tenancy.workshop_id == workshop, Tenancy.since <= made_on)
        .where(Tenancy.until.is_(None) | (Tenancy.until >= made_on))
    )
    return Belonging(district, workshop, frozenset(connection.scalars(units)))


def of_laboratory(connection: Connection, laboratory: int) -> Belonging | None:
    """The zone that it serves; a body outside zones belongs to the whole city."""
    statement = select(Zone.district_code, Zone.id).select_from(Laboratory).outerjoin(Zone)
    found = connection.execute(statement.where(Laboratory.id == laboratory)).one_or_none()
    if found is None:
        return None
    district, zone = found
    return Belonging(district or "", None, frozenset() if zone is None else frozenset([zone]))


def of_zone(connection: Connection, zone: int) -> Belonging | None:
    """The zone itself."""
    district = connection.scalar(select(Zone.district_code).filter_by(id=zone))
    return None if district is None else Belonging(district, None, frozenset([zone]))

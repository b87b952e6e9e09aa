"""The register of the three small kinds (三小名录): a page of it, and how many each filter would leave."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, bindparam, func, or_, select

from zuofang.rules.book import RuleBook
from zuofang.traceability.models import OperatorKind, Product, Tenancy, Workshop, Zone, ZoneUnit
from zuofang.traceability.queries.categories import category_name
from zuofang.traceability.queries.certificates import CertificateState, certificate_state, state_of
from zuofang.traceability.queries.districts import district_names
from zuofang.traceability.queries.paging import ROWS, After, Cube, Facet, Page, by_fullest
from zuofang.traceability.queries.rows import AnyRow, AnySelect, grouped
from zuofang.traceability.queries.standing import certificates_of


@dataclass(frozen=True, slots=True)
class WorkshopFilter:
    """What a reader asks of the register; an empty field asks nothing.

    ``name`` is a part of the operator's name, ``zone`` the slug of a zone in which it sits today, ``category`` the key
    of a category it makes.
    """

    name: str = ""
    kind: OperatorKind | None = None
    certificate: CertificateState | None = None
    district: str | None = None
    zone: str | None = None
    category: str | None = None


@dataclass(frozen=True, slots=True)
class WorkshopLine:
    """An operator in a list. ``certificate_until`` is the last day of the newest certificate."""

    id: int
    name: str
    kind: OperatorKind
    district: str | None
    zone: str | None
    certificate: CertificateState
    certificate_until: date | None
    permitted_place: str | None
    permitted_hours: str | None


@dataclass(frozen=True, slots=True)
class Facets:
    """How many operators each value of a filter would leave, with the other filters as they are."""

    total: int
    kind: tuple[Facet, ...]
    certificate: tuple[Facet, ...]
    district: tuple[Facet, ...]
    zone: tuple[Facet, ...]
    category: tuple[Facet, ...]


_COLUMNS = (
    Workshop.id,
    Workshop.name,
    Workshop.kind,
    Workshop.district_code,
    Workshop.permitted_place,
    Workshop.permitted_hours,
)


def workshop_list(connection: Connection, wanted: WorkshopFilter, after: After | None, on: date) -> Page[WorkshopLine]:
    """One page of the operators wanted, in the order of registration. Four statements."""
    statement = select(*_COLUMNS).where(*_conditions(wanted, on)).order_by(Workshop.id).limit(ROWS + 1)
    if after is not None:
        statement = statement.where(Workshop.id > after.key)
    rows = connection.execute(statement).all()
    further = str(After(rows[ROWS - 1].id)) if len(rows) > ROWS else None
    return Page(_lines(connection, rows[:ROWS], on), further)


def workshop_facets(connection: Connection, wanted: WorkshopFilter, on: date, rules: RuleBook) -> Facets:
    """The counts beside the filters. Four statements."""
    cube = _cube(connection, wanted, on)
    districts = cube.facets("district")
    names = district_names(connection, (facet.value for facet in districts), on)
    categories = _categories(connection, replace(wanted, category=None), on)
    return Facets(
        total=cube.total,
        kind=cube.facets("kind"),
        certificate=cube.facets("certificate"),
        district=tuple(replace(one, name=names.get(one.value, one.value)) for one in districts),
        zone=_zones(connection, replace(wanted, zone=None), on),
        category=tuple(replace(one, name=category_name(rules, one.value)) for one in categories),
    )


def unknown_filter(connection: Connection, wanted: WorkshopFilter) -> str | None:
    """The name of a filter whose value names nothing on record, where there is one. One statement."""
    known = connection.execute(
        select(
            select(Zone.id).where(Zone.slug == wanted.zone).exists().label("zone"),
            select(Workshop.id).where(Workshop.district_code == wanted.district).exists().label("district"),
            select(Product.id).where(Product.category == wanted.category).exists().label("category"),
        )
    ).one()
    return next((name for name in known._fields if getattr(wanted, name) and not getattr(known, name)), None)


def _lines(connection: Connection, rows: Iterable[AnyRow], on: date) -> tuple[WorkshopLine, ...]:
    rows = tuple(rows)
    keys = [row.id for row in rows]
    names = district_names(connection, (row.district_code for row in rows), on)
    zones = grouped(connection, _ZONES.params(on=on), keys)
    papers = certificates_of(connection, keys)
    return tuple(
        WorkshopLine(
            id=row.id,
            name=row.name,
            kind=row.kind,
            district=names.get(row.district_code),
            zone=zones[row.id][0][0] if zones[row.id] else None,
            certificate=state_of(papers[row.id], on),
            certificate_until=papers[row.id][-1].until if papers[row.id] else None,
            permitted_place=row.permitted_place,
            permitted_hours=row.permitted_hours,
        )
        for row in rows
    )


def _tenants(columns: AnySelect, on: Any) -> AnySelect:
    """Who sits in which zone on a day."""
    return (
        columns.select_from(Tenancy)
        .join(ZoneUnit, ZoneUnit.id == Tenancy.unit_id)
        .join(Zone, Zone.id == ZoneUnit.zone_id)
        .where(Tenancy.since <= on, or_(Tenancy.until.is_(None), Tenancy.until >= on))
    )


_ZONES = _tenants(select(Tenancy.workshop_id, Zone.name), bindparam("on")).where(
    Tenancy.workshop_id.in_(bindparam("keys", expanding=True))
)


def _conditions(wanted: WorkshopFilter, on: date) -> Iterable[ColumnElement[bool]]:
    if wanted.name:
        yield Workshop.name.contains(wanted.name, autoescape=True)
    if wanted.kind is not None:
        yield Workshop.kind == wanted.kind
    if wanted.certificate is not None:
        yield certificate_state(on) == wanted.certificate.value
    if wanted.district is not None:
        yield Workshop.district_code == wanted.district
    if wanted.zone is not None:
        yield Workshop.id.in_(_tenants(select(Tenancy.workshop_id), on).where(Zone.slug == wanted.zone))
    if wanted.category is not None:
        yield Workshop.id.in_(select(Product.workshop_id).where(Product.category == wanted.category))


def _cube(connection: Connection, wanted: WorkshopFilter, on: date) -> Cube:
    widened = replace(wanted, kind=None, certificate=None, district=None)
    values = (Workshop.kind, certificate_state(on).label("certificate"), Workshop.district_code)
    rows = select(*values).where(*_conditions(widened, on)).subquery()
    counted = connection.execute(select(*rows.c, func.count()).group_by(*rows.c))
    asked = {"kind": wanted.kind, "certificate": wanted.certificate, "district": wanted.district}
    return Cube(asked, tuple((tuple(told[:-1]), told[-1]) for told in counted))


def _zones(connection: Connection, wanted: WorkshopFilter, on: date) -> tuple[Facet, ...]:
    members = func.count(Workshop.id.distinct())
    statement = (
        _tenants(select(Zone.slug, Zone.name, members), on)
        .join(Workshop, Workshop.id == Tenancy.workshop_id)
        .where(*_conditions(wanted, on))
        .group_by(Zone.slug, Zone.name)
    )
    return by_fullest(connection.execute(statement))


def _categories(connection: Connection, wanted: WorkshopFilter, on: date) -> tuple[Facet, ...]:
    statement = (
        select(Product.category, Product.category, func.count(Workshop.id.distinct()))
        .join(Workshop, Workshop.id == Product.workshop_id)
        .where(*_conditions(wanted, on))
        .group_by(Product.category)
    )
    return by_fullest(connection.execute(statement))

"""The list of batches: newest first, narrowed by filters."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import ColumnElement, Connection, func, or_, select, tuple_
from sqlalchemy.orm import aliased

from zuofang.rules.book import RuleBook
from zuofang.traceability.models import Batch, BatchState, Product, Tenancy, Workshop, Zone, ZoneUnit
from zuofang.traceability.queries.categories import category_name
from zuofang.traceability.queries.districts import district_names
from zuofang.traceability.queries.paging import ROWS, AfterDay, Cube, Facet, Page
from zuofang.traceability.queries.rows import AnyRow, AnySelect


@dataclass(frozen=True, slots=True)
class BatchFilter:
    """What a reader asks of the list; an empty field asks nothing.

    ``name`` is a part of the product's or the workshop's name or of the lot, ``zone`` the slug of a zone in which the
    workshop sat on the day of making.
    """

    name: str = ""
    state: BatchState | None = None
    category: str | None = None
    district: str | None = None
    zone: str | None = None
    workshop: int | None = None


@dataclass(frozen=True, slots=True)
class BatchFacets:
    """How many batches each value of a filter would leave, with the other filters as they are.

    ``total`` is how many all filters together leave; ``zone`` and ``workshop`` hold no more than the one asked for.
    """

    total: int
    state: tuple[Facet, ...]
    category: tuple[Facet, ...]
    district: tuple[Facet, ...]
    zone: tuple[Facet, ...]
    workshop: tuple[Facet, ...]


@dataclass(frozen=True, slots=True)
class BatchLine:
    """A batch in a list."""

    id: int
    product: str
    specification: str
    lot: str
    made_on: date
    best_before: date | None
    workshop_id: int
    workshop: str


# Every batch, counted by product first: an index does that without reading the rows.
_MADE = select(Batch.product_id, Batch.state, func.count().label("count")).group_by(Batch.product_id, Batch.state).cte()
_ALL_CELLS = (
    select(_MADE.c.state, Product.category, Workshop.district_code, func.sum(_MADE.c.count))
    .join(Product, Product.id == _MADE.c.product_id)
    .join(Workshop, Workshop.id == Product.workshop_id)
    .group_by(_MADE.c.state, Product.category, Workshop.district_code)
)
_COLUMNS = (
    Batch.id,
    Product.name,
    Product.specification,
    Batch.lot,
    Batch.made_on,
    Batch.best_before,
    Workshop.id.label("workshop_id"),
    Workshop.name.label("workshop"),
)


def batch_list(connection: Connection, wanted: BatchFilter, after: AfterDay | None) -> Page[BatchLine]:
    """One page of the batches wanted. One statement."""
    statement = (
        _joined(select(*_COLUMNS), _conditions(wanted)).order_by(Batch.made_on.desc(), Batch.id.desc()).limit(ROWS + 1)
    )
    if after is not None:
        statement = statement.where(tuple_(Batch.made_on, Batch.id) < (after.day, after.key))
    rows = connection.execute(statement).all()
    shown = rows[:ROWS]
    further = str(AfterDay(shown[-1].made_on, shown[-1].id)) if len(rows) > ROWS else None
    return Page(_lines(shown), further)


def batch_facets(connection: Connection, wanted: BatchFilter, on: date, rules: RuleBook) -> BatchFacets:
    """The values beside the filters. Three statements."""
    cube = _cube(connection, wanted)
    districts = cube.facets("district")
    names = district_names(connection, (facet.value for facet in districts), on)
    zone, workshop = connection.execute(
        select(
            select(Zone.name).where(Zone.slug == wanted.zone).scalar_subquery(),
            select(Workshop.name).where(Workshop.id == wanted.workshop).scalar_subquery(),
        )
    ).one()
    return BatchFacets(
        total=cube.total,
        state=cube.facets("state"),
        category=tuple(replace(one, name=category_name(rules, one.value)) for one in cube.facets("category")),
        district=tuple(replace(one, name=names.get(one.value, one.value)) for one in districts),
        zone=(Facet(wanted.zone or "", zone, cube.total),) if zone else (),
        workshop=(Facet(str(wanted.workshop), workshop, cube.total),) if workshop else (),
    )


def _cube(connection: Connection, wanted: BatchFilter) -> Cube:
    """Batches by state, category and district."""
    conditions = tuple(_conditions(replace(wanted, state=None, category=None, district=None)))
    rows = connection.execute(_cells(conditions) if conditions else _ALL_CELLS)
    asked = {"state": wanted.state, "category": wanted.category, "district": wanted.district}
    return Cube(asked, tuple(((state, category, district), int(count)) for state, category, district, count in rows))


def _cells(conditions: Iterable[ColumnElement[bool]]) -> AnySelect:
    values = (Batch.state, Product.category, Workshop.district_code)
    return _joined(select(*values, func.count()), conditions).group_by(*values)


def newest_batches(connection: Connection, wanted: BatchFilter, limit: int) -> tuple[BatchLine, ...]:
    """The newest batches wanted, at most ``limit``. One statement."""
    statement = (
        _joined(select(*_COLUMNS), _conditions(wanted)).order_by(Batch.made_on.desc(), Batch.id.desc()).limit(limit)
    )
    return _lines(connection.execute(statement))


def _lines(rows: Iterable[AnyRow]) -> tuple[BatchLine, ...]:
    return tuple(BatchLine(*row) for row in rows)


def _joined(columns: AnySelect, conditions: Iterable[ColumnElement[bool]]) -> AnySelect:
    return (
        columns.select_from(Batch)
        .join(Product, Product.id == Batch.product_id)
        .join(Workshop, Workshop.id == Product.workshop_id)
        .where(*conditions)
    )


def _conditions(wanted: BatchFilter) -> Iterable[ColumnElement[bool]]:
    if wanted.name:
        part = (column.contains(wanted.name, autoescape=True) for column in (Product.name, Workshop.name, Batch.lot))
        yield or_(*part)
    if wanted.state is not None:
        yield Batch.state == wanted.state
    if wanted.category is not None:
        yield Product.category == wanted.category
    if wanted.district is not None:
        yield Workshop.district_code == wanted.district
    if wanted.workshop is not None:
        yield Workshop.id == wanted.workshop
    if wanted.zone is not None:
        yield made_in(wanted.zone)


def made_in(zone: str) -> ColumnElement[bool]:
    """Whether the workshop of a batch sat in the zone on the day of making; asked from the zone's few tenants on."""
    made = aliased(Batch)
    return Batch.id.in_(
        select(made.id)
        .join(Product, Product.id == made.product_id)
        .join(Tenancy, Tenancy.workshop_id == Product.workshop_id)
        .join(ZoneUnit, ZoneUnit.id == Tenancy.unit_id)
        .join(Zone, Zone.id == ZoneUnit.zone_id)
        .where(
            Zone.slug == zone,
            Tenancy.since <= made.made_on,
            or_(Tenancy.until.is_(None), Tenancy.until >= made.made_on),
        )
    )

"""The brand wall (品牌墙): every honour ever granted, and everything that stands behind one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from sqlalchemy import ColumnElement, Connection, and_, case, func, or_, select

from zuofang.credit.models import (
    Bearer,
    BearerRole,
    CreditRecord,
    Evaluation,
    EvaluationPart,
    Honour,
    HonourKind,
    Outlet,
    OutletKind,
    RecordKind,
    RecordState,
)
from zuofang.credit.queries.honours import HonourState
from zuofang.credit.queries.redacted import fit, maybe_fit
from zuofang.traceability.models import Workshop, Zone
from zuofang.traceability.queries.districts import district_names
from zuofang.traceability.queries.paging import ROWS, After, Cube, Facet, Page
from zuofang.traceability.queries.rows import AnyRow, AnySelect


@dataclass(frozen=True, slots=True)
class BrandFilter:
    """What a reader asks of the wall; an empty field asks nothing. ``name`` is a part of the title or of the holder."""

    name: str = ""
    kind: HonourKind | None = None
    state: HonourState | None = None
    district: str | None = None


@dataclass(frozen=True, slots=True)
class BrandLine:
    """An honour on the wall; the holder is a workshop (its key) or a zone (its slug and mark)."""

    key: int
    kind: HonourKind
    title: str
    since: date
    until: date | None
    withdrawn_on: date | None
    withdrawn_why: str | None
    state: HonourState
    granted_by: str
    document: str | None
    workshop: int | None
    zone: str | None
    holder: str
    mark: str | None
    district_code: str
    district: str | None = None


@dataclass(frozen=True, slots=True)
class BrandFacets:
    """How many honours each value of a filter would leave."""

    total: int
    kind: tuple[Facet, ...]
    state: tuple[Facet, ...]
    district: tuple[Facet, ...]


@dataclass(frozen=True, slots=True)
class EvaluationLine:
    """An evaluation on the spot, with its points and the parts they are made of."""

    on: date
    by: str
    form: str
    score: Decimal | None
    passed: bool
    parts: tuple[tuple[str, Decimal, Decimal | None], ...]


@dataclass(frozen=True, slots=True)
class OutletLine:
    """A place of sale."""

    kind: OutletKind
    name: str
    place: str
    since: date
    until: date | None


@dataclass(frozen=True, slots=True)
class BearerLine:
    """Somebody who bears or learns a craft; ``until`` is empty while it lasts."""

    name: str
    role: BearerRole
    since: date
    until: date | None


@dataclass(frozen=True, slots=True)
class BrandPage:
    """An honour with what stands behind it; ``exit_public`` tells whether its exit stands in the credit file."""

    line: BrandLine
    evaluations: tuple[EvaluationLine, ...]
    bearers: tuple[BearerLine, ...]
    outlets: tuple[OutletLine, ...]
    exit_public: bool


def brand_wall(connection: Connection, wanted: BrandFilter, after: After | None, on: date) -> Page[BrandLine]:
    """One page of the wall, the newest entry first. Two statements."""
    statement = _lines(on).where(*_conditions(wanted, on)).order_by(Honour.id.desc()).limit(ROWS + 1)
    if after is not None:
        statement = statement.where(Honour.id < after.key)
    rows = connection.execute(statement).all()
    further = str(After(rows[ROWS - 1].id)) if len(rows) > ROWS else None
    return Page(_named(connection, [_line(row) for row in rows[:ROWS]], on), further)


def brand_facets(connection: Connection, wanted: BrandFilter, on: date) -> BrandFacets:
    """The counts beside the filters. Two statements."""
    values = (Honour.kind, _state(on).label("state"), _district().label("district"))
    rows = _joined(select(*values)).where(*_conditions(BrandFilter(name=wanted.name), on)).subquery()
    counted = connection.execute(select(*rows.c, func.count()).group_by(*rows.c))
    cube = Cube(
        {"kind": wanted.kind, "state": wanted.state, "district": wanted.district},
        tuple((tuple(told[:-1]), told[-1]) for told in counted),
    )
    districts = cube.facets("district")
    names = district_names(connection, (facet.value for facet in districts), on)
    return BrandFacets(
        cube.total,
        cube.facets("kind"),
        cube.facets("state"),
        tuple(replace(one, name=names.get(one.value, one.value)) for one in districts),
    )


def brand_page(connection: Connection, key: int, on: date) -> BrandPage | None:
    """One honour with what stands behind it, or nothing where there is none. Seven statements."""
    row = connection.execute(_lines(on).where(Honour.id == key)).one_or_none()
    if row is None:
        return None
    (line,) = _named(connection, [_line(row)], on)
    return BrandPage(
        line,
        tuple(_evaluations(connection, row)),
        tuple(_bearers(connection, key)),
        outlets_of(connection, on, workshop=row.workshop_id, zone=row.zone_id),
        _has_public_exit(connection, row),
    )


def outlets_of(
    connection: Connection, on: date, workshop: int | None = None, zone: int | None = None
) -> tuple[OutletLine, ...]:
    """Where the goods of a workshop or a zone can be bought today or later. One statement."""
    holder = Outlet.workshop_id == workshop if workshop is not None else Outlet.zone_id == zone
    columns = (Outlet.kind, Outlet.name, Outlet.place, Outlet.since, Outlet.until)
    rows = connection.execute(
        select(*columns)
        .where(holder, or_(Outlet.until.is_(None), Outlet.until >= on))
        .order_by(Outlet.kind, Outlet.since, Outlet.id)
    )
    return tuple(OutletLine(row.kind, fit(row.name), fit(row.place), row.since, row.until) for row in rows)


def _lines(on: date) -> AnySelect:
    columns = (
        Honour.id, Honour.kind, Honour.title, Honour.since, Honour.until, Honour.withdrawn_on, Honour.withdrawn_why,
        Honour.granted_by, Honour.document, Honour.workshop_id, Honour.zone_id, Zone.slug,
        func.coalesce(Workshop.name, Zone.name).label("holder"), Zone.brand_mark, _district().label("district"),
        _state(on).label("state"),
    )  # fmt: skip
    return _joined(select(*columns))


def _joined(statement: AnySelect) -> AnySelect:
    return (
        statement.select_from(Honour)
        .outerjoin(Workshop, Workshop.id == Honour.workshop_id)
        .outerjoin(Zone, Zone.id == Honour.zone_id)
    )


def _district() -> ColumnElement[str]:
    return func.coalesce(Workshop.district_code, Zone.district_code)


def _state(on: date) -> ColumnElement[str]:
    return case(
        (and_(Honour.withdrawn_on.is_not(None), Honour.withdrawn_on <= on), HonourState.withdrawn.value),
        (Honour.since > on, HonourState.not_begun.value),
        (and_(Honour.until.is_not(None), Honour.until < on), HonourState.ended.value),
        else_=HonourState.in_force.value,
    )


def _conditions(wanted: BrandFilter, on: date) -> Iterable[ColumnElement[bool]]:
    if wanted.name:
        parts = (Honour.title, Workshop.name, Zone.name)
        yield or_(*(part.contains(wanted.name, autoescape=True) for part in parts))
    if wanted.kind is not None:
        yield Honour.kind == wanted.kind
    if wanted.state is not None:
        yield _state(on) == wanted.state.value
    if wanted.district is not None:
        yield _district() == wanted.district


def _line(row: AnyRow) -> BrandLine:
    return BrandLine(
        key=row.id, kind=row.kind, title=fit(row.title), since=row.since, until=row.until,
        withdrawn_on=row.withdrawn_on, withdrawn_why=maybe_fit(row.withdrawn_why), state=HonourState(row.state),
        granted_by=fit(row.granted_by), document=maybe_fit(row.document), workshop=row.workshop_id, zone=row.slug,
        holder=fit(row.holder), mark=row.brand_mark, district_code=row.district,
    )  # fmt: skip


def _named(connection: Connection, lines: list[BrandLine], on: date) -> tuple[BrandLine, ...]:
    names = district_names(connection, (line.district_code for line in lines), on)
    return tuple(replace(line, district=names.get(line.district_code)) for line in lines)


def _evaluations(connection: Connection, honour: AnyRow) -> Iterable[EvaluationLine]:
    """The evaluations of this kind of honour, of this holder, newest first; those that were failed are told too."""
    of = Evaluation.workshop_id == honour.workshop_id if honour.workshop_id else Evaluation.zone_id == honour.zone_id
    rows = connection.execute(
        select(Evaluation).where(of, Evaluation.kind == honour.kind).order_by(Evaluation.evaluated_on.desc())
    ).all()
    parts = connection.execute(
        select(EvaluationPart.evaluation_id, EvaluationPart.name, EvaluationPart.score, EvaluationPart.most)
        .where(EvaluationPart.evaluation_id.in_([row.id for row in rows]))
        .order_by(EvaluationPart.position)
    ).all()
    for row in rows:
        own = tuple((part.name, part.score, part.most) for part in parts if part.evaluation_id == row.id)
        by, form = fit(row.evaluated_by), fit(row.form)
        yield EvaluationLine(row.evaluated_on, by, form, row.score, row.passed, own)


def _bearers(connection: Connection, honour: int) -> Iterable[BearerLine]:
    columns = (Bearer.name, Bearer.role, Bearer.since, Bearer.until)
    statement = select(*columns).where(Bearer.honour_id == honour)
    for row in connection.execute(statement.order_by(Bearer.role.desc(), Bearer.since, Bearer.id)):
        yield BearerLine(fit(row.name), row.role, row.since, row.until)


def _has_public_exit(connection: Connection, honour: AnyRow) -> bool:
    """Whether the exit from an honour stands in the credit file of its holder."""
    shown = select(CreditRecord.id).where(
        CreditRecord.workshop_id == honour.workshop_id,
        CreditRecord.kind == RecordKind.honour_exit,
        CreditRecord.state == RecordState.approved,
        CreditRecord.made_on == honour.withdrawn_on,
        CreditRecord.published_on.is_not(None),
        CreditRecord.taken_down_on.is_(None),
    )
    return bool(connection.scalar(select(shown.exists())))

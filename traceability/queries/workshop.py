"""Everything the page of an operator of the three small kinds shows, save what the credit room knows."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import Connection, bindparam, func, select

from zuofang.rules.book import RuleBook
from zuofang.traceability.models import (
    Batch,
    Certificate,
    OperatorKind,
    Packing,
    Product,
    Restriction,
    RestrictionKind,
    Tenancy,
    Workshop,
    Zone,
    ZoneUnit,
)
from zuofang.traceability.queries.batches import BatchFilter, BatchLine, newest_batches
from zuofang.traceability.queries.categories import category_name
from zuofang.traceability.queries.certificates import CertificateState, state_of
from zuofang.traceability.queries.districts import district_names
from zuofang.traceability.queries.rows import AnyRow
from zuofang.traceability.verdict import CertificateFacts

BATCHES = 10
WORKSHOP = bindparam("workshop", type_=Workshop.id.type)


@dataclass(frozen=True, slots=True)
class Paper:
    """A certificate; ``name`` is what its province calls it, empty where the rules do not know."""

    number: str
    name: str | None
    issuer: str | None
    issued_on: date
    since: date
    until: date | None
    revoked_on: date | None
    scope: str | None
    state: CertificateState


@dataclass(frozen=True, slots=True)
class Unit:
    """A time in a unit of a zone; ``until`` is the last day, empty while it lasts."""

    slug: str
    zone: str
    unit: str
    since: date
    until: date | None


@dataclass(frozen=True, slots=True)
class Goods:
    """A product of the operator."""

    name: str
    specification: str
    category: str
    packing: Packing
    shelf_life_days: int | None


@dataclass(frozen=True, slots=True)
class Order:
    """An order that stops or corrects the operator; ``holds`` says whether it stands on the day of viewing."""

    kind: RestrictionKind
    since: date
    until: date | None
    ground: str
    article: str
    document: str | None
    holds: bool


@dataclass(frozen=True, slots=True)
class Operator:
    """The operator as registered. A stall has no address here: what is registered may be where somebody lives."""

    id: int
    kind: OperatorKind
    name: str
    operator: str | None
    credit_code: str | None
    district: str | None
    address: str | None
    phone: str | None
    permitted_place: str | None
    permitted_hours: str | None


@dataclass(frozen=True, slots=True)
class WorkshopPage:
    """The page of an operator; ``batches`` holds the newest of ``batch_total``."""

    operator: Operator
    certificate: CertificateState
    papers: tuple[Paper, ...]
    units: tuple[Unit, ...]
    products: tuple[Goods, ...]
    orders: tuple[Order, ...]
    batches: tuple[BatchLine, ...]
    batch_total: int


_OPERATOR = select(
    Workshop.id,
    Workshop.kind,
    Workshop.name,
    Workshop.operator,
    Workshop.credit_code,
    Workshop.district_code,
    Workshop.address,
    Workshop.phone,
    Workshop.permitted_place,
    Workshop.permitted_hours,
).where(Workshop.id == WORKSHOP)
_PAPERS = (
    select(
        Certificate.kind, Certificate.number, Certificate.issuer, Certificate.issued_on, Certificate.since,
        Certificate.until, Certificate.revoked_on, Certificate.scope,
    )
    .where(Certificate.workshop_id == WORKSHOP)
    .order_by(Certificate.issued_on.desc(), Certificate.id.desc())
)  # fmt: skip
_UNITS = (
    select(Zone.slug, Zone.name, ZoneUnit.number, Tenancy.since, Tenancy.until)
    .join(ZoneUnit, ZoneUnit.zone_id == Zone.id)
    .join(Tenancy, Tenancy.unit_id == ZoneUnit.id)
    .where(Tenancy.workshop_id == WORKSHOP)
    .order_by(Tenancy.since.desc())
)
_PRODUCTS = (
    select(Product.name, Product.specification, Product.category, Product.packing, Product.shelf_life_days)
    .where(Product.workshop_id == WORKSHOP)
    .order_by(Product.id)
)
_ORDERS = (
    select(
        Restriction.kind, Restriction.since, Restriction.until, Restriction.ground, Restriction.article,
        Restriction.document,
    )
    .where(Restriction.workshop_id == WORKSHOP)
    .order_by(Restriction.since.desc(), Restriction.id.desc())
)  # fmt: skip
_BATCH_TOTAL = (
    select(func.count())
    .select_from(Batch)
    .join(Product, Product.id == Batch.product_id)
    .where(Product.workshop_id == WORKSHOP)
)


def workshop_page(connection: Connection, workshop: int, on: date, rules: RuleBook) -> WorkshopPage | None:
    """The page of an operator as it stands on the day ``on``, or nothing where there is none.

    A fixed number of statements.
    """
    key = {"workshop": workshop}
    row = connection.execute(_OPERATOR, key).one_or_none()
    if row is None:
        return None
    papers = tuple(_paper(told, on, rules) for told in connection.execute(_PAPERS, key))
    return WorkshopPage(
        operator=_operator(connection, row, on),
        certificate=state_of((_facts(paper) for paper in papers), on),
        papers=papers,
        units=tuple(Unit(*told) for told in connection.execute(_UNITS, key)),
        products=tuple(_goods(told, rules) for told in connection.execute(_PRODUCTS, key)),
        orders=tuple(Order(*told, holds=_holds(told, on)) for told in connection.execute(_ORDERS, key)),
        batches=newest_batches(connection, BatchFilter(workshop=workshop), BATCHES),
        batch_total=connection.execute(_BATCH_TOTAL, key).scalar_one(),
    )


def _operator(connection: Connection, row: AnyRow, on: date) -> Operator:
    names = district_names(connection, [row.district_code], on)
    return Operator(
        id=row.id,
        kind=row.kind,
        name=row.name,
        operator=row.operator,
        credit_code=row.credit_code,
        district=names.get(row.district_code),
        address=None if row.kind is OperatorKind.stall else row.address,
        phone=row.phone,
        permitted_place=row.permitted_place,
        permitted_hours=row.permitted_hours,
    )


def _goods(row: AnyRow, rules: RuleBook) -> Goods:
    goods = Goods(*row)
    return replace(goods, category=category_name(rules, goods.category))


def _paper(row: AnyRow, on: date, rules: RuleBook) -> Paper:
    kind = rules.registers.certificates.get(row.kind)
    facts = CertificateFacts(row.number, row.since, row.until, row.revoked_on)
    return Paper(
        number=row.number,
        name=kind.name if kind else None,
        issuer=row.issuer,
        issued_on=row.issued_on,
        since=row.since,
        until=row.until,
        revoked_on=row.revoked_on,
        scope=row.scope,
        state=state_of([facts], on),
    )


def _facts(paper: Paper) -> CertificateFacts:
    return CertificateFacts(paper.number, paper.since, paper.until, paper.revoked_on)


def _holds(row: AnyRow, on: date) -> bool:
    return bool(row.since <= on and (row.until is None or on <= row.until))

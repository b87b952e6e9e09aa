"""Whom a report is about, when it is made from a page or a label of ours."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, bindparam, func, select

from zuofang.credit.queries.record import record_page
from zuofang.credit.queries.told import Gone
from zuofang.rules.book import RuleBook
from zuofang.traceability.models import Batch, OperatorKind, Product, Workshop, Zone


@dataclass(frozen=True, slots=True)
class Subject:
    """A registered operator as its public page shows it: name and place."""

    name: str
    """Empty where only the place is known."""
    place: str


NOBODY = Subject("", "")

# The registered address of a stall may be a home; its public page shows where it may trade.
_PLACE = func.coalesce(Workshop.permitted_place, "")
_FOUND = select(Workshop.name, Workshop.kind, Workshop.address, _PLACE.label("permitted"))
_OF_WORKSHOP = _FOUND.where(Workshop.id == bindparam("key"))
_OF_BATCH = (
    _FOUND.join(Product, Product.workshop_id == Workshop.id)
    .join(Batch, Batch.product_id == Product.id)
    .where(Batch.id == bindparam("key"))
)

_OF_ZONE = select(Zone.name, Zone.address).where(Zone.slug == bindparam("slug"))


def subject_of_workshop(connection: Connection, workshop: int) -> Subject | None:
    """The operator with this key."""
    return _subject(connection, _OF_WORKSHOP, workshop)


def subject_of_batch(connection: Connection, batch: int) -> Subject | None:
    """The operator who made this batch."""
    return _subject(connection, _OF_BATCH, batch)


def subject_of_zone(connection: Connection, slug: str) -> Subject | None:
    """Somebody in this zone: where is known, who is not."""
    row = connection.execute(_OF_ZONE, {"slug": slug}).one_or_none()
    return Subject("", f"{row.address} {row.name}") if row else None


def subject_of_record(connection: Connection, record: int, today: date, rules: RuleBook) -> Subject | None:
    """The party of a published record as its page names it today; nobody where the record is no longer shown."""
    found = record_page(connection, record, today, today, rules)
    if found is None or isinstance(found, Gone):
        return None
    known = subject_of_workshop(connection, found.workshop) if found.workshop else None
    return known or Subject(found.party, "")


def _subject(connection: Connection, wanted: object, key: int) -> Subject | None:
    row = connection.execute(wanted, {"key": key}).one_or_none()  # type: ignore[call-overload]
    if row is None:
        return None
    return Subject(row.name, row.permitted if row.kind == OperatorKind.stall else row.address)

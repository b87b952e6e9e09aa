"""What pages read of the credit room: honours in force and ended, for an operator or a zone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import ColumnElement, Connection, select

from zuofang.credit.models import Honour, HonourKind
from zuofang.credit.queries.redacted import fit, maybe_fit
from zuofang.traceability.queries.rows import AnyRow


class HonourState(StrEnum):
    """Where an honour stands on a day."""

    in_force = "in_force"
    not_begun = "not_begun"
    ended = "ended"
    withdrawn = "withdrawn"


@dataclass(frozen=True, slots=True)
class HonourView:
    """An honour as a page tells it, with the reason where it was taken back."""

    key: int
    kind: HonourKind
    title: str
    granted_by: str
    document: str | None
    since: date
    until: date | None
    withdrawn_on: date | None
    withdrawn_why: str | None
    state: HonourState


_HONOURS = select(
    Honour.id,
    Honour.kind,
    Honour.title,
    Honour.granted_by,
    Honour.document,
    Honour.since,
    Honour.until,
    Honour.withdrawn_on,
    Honour.withdrawn_why,
).order_by(Honour.since.desc(), Honour.id.desc())


def honours_of_workshop(connection: Connection, workshop: int, on: date) -> tuple[HonourView, ...]:
    """Every honour an operator ever had, the newest first. One statement."""
    return _honours(connection, Honour.workshop_id == workshop, on)


def honours_of_zone(connection: Connection, zone: int, on: date) -> tuple[HonourView, ...]:
    """Every honour a zone ever had, the newest first. One statement."""
    return _honours(connection, Honour.zone_id == zone, on)


def honours_of_zones(connection: Connection, zones: Sequence[int], on: date) -> dict[int, tuple[HonourView, ...]]:
    """The honours of several zones that are in force on a day, the newest first. One statement."""
    found: dict[int, list[HonourView]] = {zone: [] for zone in zones}
    for row in connection.execute(_HONOURS.add_columns(Honour.zone_id).where(Honour.zone_id.in_(zones))):
        if _state(row, on) is HonourState.in_force:
            found[row.zone_id].append(_view(row, on))
    return {zone: tuple(honours) for zone, honours in found.items()}


def _honours(connection: Connection, holder: ColumnElement[bool], on: date) -> tuple[HonourView, ...]:
    rows = connection.execute(_HONOURS.where(holder))
    return tuple(_view(row, on) for row in rows)


def _view(row: AnyRow, on: date) -> HonourView:
    return HonourView(
        key=row.id,
        kind=row.kind,
        title=fit(row.title),
        granted_by=fit(row.granted_by),
        document=maybe_fit(row.document),
        since=row.since,
        until=row.until,
        withdrawn_on=row.withdrawn_on,
        withdrawn_why=maybe_fit(row.withdrawn_why),
        state=_state(row, on),
    )


def _state(row: AnyRow, on: date) -> HonourState:
    if row.withdrawn_on is not None and row.withdrawn_on <= on:
        return HonourState.withdrawn
    if row.since > on:
        return HonourState.not_begun
    if row.until is not None and row.until < on:
        return HonourState.ended
    return HonourState.in_force

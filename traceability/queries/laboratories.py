"""The accreditations (资质认定) of laboratories, for the gate before every figure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from sqlalchemy import Connection, bindparam, select

from zuofang.traceability.accreditation import Scope, scope
from zuofang.traceability.models import Accreditation, AccreditedItem

_SCOPES = (
    select(
        Accreditation.laboratory_id,
        Accreditation.number,
        Accreditation.since,
        Accreditation.until,
        Accreditation.revoked_on,
        AccreditedItem.item,
    )
    .join(AccreditedItem, AccreditedItem.accreditation_id == Accreditation.id, isouter=True)
    .where(Accreditation.laboratory_id.in_(bindparam("laboratories", expanding=True)))
    .order_by(Accreditation.since, Accreditation.id, AccreditedItem.id)
)

Certificate = tuple[str, date, date, date | None]


def scopes_of(connection: Connection, laboratories: Iterable[int]) -> dict[int, tuple[Scope, ...]]:
    """The accreditations of each laboratory, oldest first; one without any is missing. One statement."""
    items: dict[int, dict[Certificate, list[str]]] = defaultdict(lambda: defaultdict(list))
    for laboratory, number, since, until, revoked_on, item in connection.execute(
        _SCOPES, {"laboratories": sorted(set(laboratories))}
    ):
        covered = items[laboratory][number, since, until, revoked_on]
        if item is not None:
            covered.append(item)
    return {
        laboratory: tuple(scope(*certificate, covered) for certificate, covered in found.items())
        for laboratory, found in items.items()
    }

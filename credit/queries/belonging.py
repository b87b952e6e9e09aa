"""To whom a record belongs: the workshop in whose file it stands; one that is unmatched belongs to the whole city."""

from __future__ import annotations

from sqlalchemy import Connection, select

from zuofang.credit.models import CreditRecord
from zuofang.traceability.queries.belonging import Belonging, of_workshop


def of_record(connection: Connection, record: int) -> Belonging | None:
    """District, workshop and zones of the operator; nothing where there is no such record."""
    found = connection.execute(select(CreditRecord.workshop_id).filter_by(id=record)).one_or_none()
    if found is None:
        return None
    (workshop,) = found
    return Belonging() if workshop is None else of_workshop(connection, workshop)

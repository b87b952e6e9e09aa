"""To whom a record belongs: the workshop in whose file it stands, else the division its paper names or the city."""

from __future__ import annotations

from sqlalchemy import Connection, select

from zuofang.credit.models import CreditParty, CreditRecord
from zuofang.traceability.queries.belonging import Belonging, of_workshop


def of_record(connection: Connection, record: int) -> Belonging | None:
    """District, workshop and zones of the operator; nothing where there is no such record."""
    found = connection.execute(select(CreditRecord.workshop_id).filter_by(id=record)).one_or_none()
    if found is None:
        return None
    (workshop,) = found
    if workshop is not None:
        return of_workshop(connection, workshop)
    named = select(CreditParty.district_code).where(CreditParty.record_id == record, CreditParty.district_code != "")
    return Belonging(connection.scalar(named.order_by(CreditParty.id).limit(1)) or "")

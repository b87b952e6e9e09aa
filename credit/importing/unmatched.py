"""The list of the matching desk: imported records that belong to nobody yet, with who may be meant today."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, exists, select

from zuofang.credit.importing.matching import Match, Register, decide, read_operators
from zuofang.credit.importing.parties import Named
from zuofang.credit.models import CreditParty, CreditRecord, RecordKind, SetAside
from zuofang.traceability.queries.districts import county_codes

PAGE = 100


@dataclass(frozen=True, slots=True)
class Unmatched:
    """A record without an operator, the parties its table names, and what the register says of them."""

    id: int
    kind: RecordKind
    title: str
    document: str | None
    made_on: date
    parties: tuple[Named, ...]
    match: Match


def unmatched_records(connection: Connection, on: date, *, after: int = 0, limit: int = PAGE) -> tuple[Unmatched, ...]:
    """The unmatched records behind the key ``after``, the oldest first. Four statements.

    An operator that was registered after the import may be certain by now: then ``match.workshop`` says so.
    """
    columns = CreditRecord.id, CreditRecord.kind, CreditRecord.title, CreditRecord.document, CreditRecord.made_on
    imported = exists().where(CreditParty.record_id == CreditRecord.id)
    settled = exists().where(SetAside.record_id == CreditRecord.id)
    waiting = CreditRecord.workshop_id.is_(None), imported, ~settled, CreditRecord.id > after
    rows = connection.execute(select(*columns).where(*waiting).order_by(CreditRecord.id).limit(limit)).all()
    parties = _parties(connection, [row.id for row in rows])
    register = Register(county_codes(connection, on))
    register.add(read_operators(connection, (one for those in parties.values() for one in those)))
    return tuple(Unmatched(*row, tuple(parties[row.id]), decide(tuple(parties[row.id]), register)) for row in rows)


def _parties(connection: Connection, records: list[int]) -> dict[int, list[Named]]:
    columns = CreditParty.role, CreditParty.name, CreditParty.address, CreditParty.certificate
    more = CreditParty.credit_code, CreditParty.district_code
    statement = select(CreditParty.record_id, *columns, *more).where(CreditParty.record_id.in_(records))
    found: dict[int, list[Named]] = defaultdict(list)
    for record, role, *said in connection.execute(statement.order_by(CreditParty.id)):
        found[record].append(Named(role, *(text or "" for text in said)))
    return found

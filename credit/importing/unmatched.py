"""The list of the matching desk: imported records that belong to nobody yet, with who may be meant today."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, String, cast, exists, func, or_, select

from zuofang.credit.importing.matching import Match, Register, decide, read_operators
from zuofang.credit.importing.parties import Named
from zuofang.credit.models import CreditParty, CreditRecord, Outside, RecordKind, RecordState, SetAside
from zuofang.storage.journal import JournalEntry
from zuofang.traceability.models import Workshop
from zuofang.traceability.queries.districts import county_codes

PAGE, LATELY = 100, 10


@dataclass(frozen=True, slots=True)
class Settled:
    """A record whose owner a person decided; ``seen`` is the number of the last entry in the journal about it."""

    id: int
    kind: RecordKind
    title: str
    workshop: str | None
    outside: Outside | None
    at: datetime
    who: str
    can_undo: bool
    seen: int


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


def settled_lately(connection: Connection, districts: Collection[str] | None = None) -> tuple[Settled, ...]:
    """The records that people matched or set aside lately, the newest first. Two statements."""
    about = JournalEntry.subject_kind == CreditRecord.__tablename__
    acts = JournalEntry.act.in_(["record.match", "record.set_outside"])
    newest = select(JournalEntry.subject_key, func.max(JournalEntry.seq).label("seq")).where(about, acts)
    latest = newest.group_by(JournalEntry.subject_key).order_by(func.max(JournalEntry.seq).desc()).limit(LATELY)
    found = latest.subquery()
    entries = connection.execute(
        select(JournalEntry.subject_key, JournalEntry.at, JournalEntry.who).join(found, found.c.seq == JournalEntry.seq)
    )
    noted = {int(key): (at, who) for key, at, who in entries}
    last = (
        select(func.max(JournalEntry.seq))
        .where(about, JournalEntry.subject_key == cast(CreditRecord.id, String))
        .scalar_subquery()
    )
    columns = CreditRecord.id, CreditRecord.kind, CreditRecord.title, Workshop.name, SetAside.outside
    statement = (
        select(*columns, CreditRecord.state, Workshop.district_code, last)
        .outerjoin(Workshop, Workshop.id == CreditRecord.workshop_id)
        .outerjoin(SetAside, SetAside.record_id == CreditRecord.id)
        .where(CreditRecord.id.in_(noted), or_(Workshop.id.is_not(None), SetAside.id.is_not(None)))
    )
    rows = [
        Settled(
            key, kind, title, name, outside, *noted[key], outside is not None or state != RecordState.approved, seen
        )
        for key, kind, title, name, outside, state, district, seen in connection.execute(statement)
        if districts is None or any((district or "").startswith(code) for code in districts)
    ]
    return tuple(sorted(rows, key=lambda one: one.at, reverse=True))


def _free(outside: Outside | None, state: RecordState) -> bool:
    """Whether the decision can be taken back: what is approved stands in a file that may be public."""
    return outside is not None or state is not RecordState.approved

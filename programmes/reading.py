"""Reading the records that indicators are computed from. Twelve statements, whatever their number."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from sqlalchemy import Connection, func, or_, select

from zuofang.credit.models import CreditEvent, CreditRecord, Honour, RecordKind, RecordState
from zuofang.credit.records import Outcome, Result
from zuofang.programmes.records import AcceptedZone, BatchDay, Found, Honoured, Operator, Records
from zuofang.programmes.spans import FOR_EVER, Span, merged
from zuofang.rules.book import RuleBook
from zuofang.rules.calendar import china_day
from zuofang.storage.journal import JournalEntry
from zuofang.traceability.models import (
    Batch,
    Certificate,
    Product,
    ReleaseTest,
    StandardState,
    Tenancy,
    Workshop,
    Zone,
    ZoneStandard,
    ZoneStep,
    ZoneStepKind,
)
from zuofang.traceability.queries.rows import AnySelect
from zuofang.traceability.queries.zones import standards_in_force

REGISTERED = "workshop.register"
AFTERWARDS = (
    RecordKind.penalty, RecordKind.rectification, RecordKind.recall, RecordKind.suspension, RecordKind.closure,
    RecordKind.referral,
)  # fmt: skip
"""What is done about an operator after a finding (后处理)."""
TAKEN_BACK = ("Annulled", "Withdrawn")
"""Events after which a finding no longer stands."""
ORDERLY = {Result.conforming.value, Result.largely_conforming.value}
_STANDS = (
    CreditRecord.state == RecordState.approved,
    CreditRecord.workshop_id.is_not(None),
    CreditRecord.id.not_in(
        select(CreditEvent.record_id).where(CreditEvent.kind.in_(TAKEN_BACK), CreditEvent.undone_at.is_(None))
    ),
)


def read_records(connection: Connection, on: date, rules: RuleBook) -> Records:
    """Everything that counts on the day ``on``."""
    return Records(
        operators=_operators(connection, rules),
        inspections=list(_inspections(connection)),
        samples=list(_samples(connection)),
        followed=_followed(connection),
        honours=list(_honours(connection)),
        zones=_zones(connection),
        standards=len(standards_in_force(rules, on)),
        batches=list(_batches(connection)),
    )


def _rows(connection: Connection, statement: AnySelect) -> Iterable[Any]:
    """The rows of a statement whose columns hold something in every row, whatever their type allows."""
    return connection.execute(statement)


def _operators(connection: Connection, rules: RuleBook) -> dict[int, Operator]:
    papers = _papers(connection)
    zones = _spans(connection.execute(select(Tenancy.workshop_id, Tenancy.since, Tenancy.until)))
    made: dict[int, set[str]] = defaultdict(set)
    for key, category in connection.execute(select(Product.workshop_id, Product.category).distinct()):
        made[key] |= {category, *(rules.limits.wider(category) if category in rules.limits.categories else ())}
    entered = _entered(connection)
    found = {}
    for key, kind, district in connection.execute(select(Workshop.id, Workshop.kind, Workshop.district_code)):
        known = min([entered.get(key, FOR_EVER), *(first for first, _ in papers[key])])
        found[key] = Operator(
            kind, district, known, tuple(papers[key]), frozenset(made[key]), tuple(zones[key])
        )  # fmt: skip
    return found


def _papers(connection: Connection) -> dict[int, list[Span]]:
    """The days on which each operator has a certificate in force; a revoked one ends on the day before."""
    rows = connection.execute(
        select(Certificate.workshop_id, Certificate.since, Certificate.until, Certificate.revoked_on)
    )
    return _spans((key, since, until, revoked) for key, since, until, revoked in rows)


def _spans(rows: Iterable[Any]) -> dict[int, list[Span]]:
    """Spans by their first column: first day, last day or none, and perhaps the day before which it ended."""
    found: dict[int, list[Span]] = defaultdict(list)
    for key, since, until, *revoked in rows:
        last = until.toordinal() if until else FOR_EVER
        if revoked and revoked[0]:
            last = min(last, revoked[0].toordinal() - 1)
        found[key].append((since.toordinal(), last))
    return defaultdict(list, {key: merged(spans) for key, spans in found.items()})


def _entered(connection: Connection) -> dict[int, int]:
    """The day on which each operator came into the register, from the journal; imports enter several at once."""
    rows = connection.execute(
        select(JournalEntry.subject_key, func.min(JournalEntry.at))
        .where(JournalEntry.act == REGISTERED, JournalEntry.subject_kind == Workshop.__tablename__)
        .group_by(JournalEntry.subject_key)
    )
    return {int(key): china_day(at).toordinal() for key, at in rows}


def _inspections(connection: Connection) -> Iterator[Found]:
    for key, on, told in _facts(connection, RecordKind.inspection):
        yield Found(key, on, told["result"] in ORDERLY)


def _samples(connection: Connection) -> Iterator[Found]:
    """The final conclusion of every sample (SAMP Art 35); one that an objection refuted is undecided."""
    for key, on, told in _facts(connection, RecordKind.sample):
        again = told.get("reinspection", {}).get("outcome")
        refuted = any(one.get("upheld") for one in told.get("objections", ()))
        yield Found(key, on, None if refuted else (again or told["outcome"]) == Outcome.passed)


def _facts(connection: Connection, kind: RecordKind) -> Iterator[tuple[int, int, dict[str, Any]]]:
    """The records of a kind that stand, with the JSON of their values: a million of them are not built as objects."""
    columns = (CreditRecord.workshop_id, CreditRecord.made_on, CreditRecord.facts)
    for key, on, facts in _rows(connection, select(*columns).where(CreditRecord.kind == kind, *_STANDS)):
        yield key, on.toordinal(), json.loads(facts)


def _followed(connection: Connection) -> dict[int, list[int]]:
    columns = (CreditRecord.workshop_id, CreditRecord.made_on)
    found: dict[int, list[int]] = defaultdict(list)
    for key, on in _rows(connection, select(*columns).where(CreditRecord.kind.in_(AFTERWARDS), *_STANDS)):
        found[key].append(on.toordinal())
    return {key: sorted(days) for key, days in found.items()}


def _honours(connection: Connection) -> Iterator[Honoured]:
    columns = (Honour.kind, Honour.workshop_id, Honour.since, Honour.until, Honour.withdrawn_on)
    statement = select(*columns).where(Honour.workshop_id.is_not(None))
    for kind, key, since, until, withdrawn in _rows(connection, statement):
        last = until.toordinal() if until else FOR_EVER
        if withdrawn:
            last = min(last, withdrawn.toordinal() - 1)
        yield Honoured(kind, key, (since.toordinal(), last))


def _zones(connection: Connection) -> list[AcceptedZone]:
    steps = (
        select(ZoneStep.zone_id, func.min(ZoneStep.on))
        .where(ZoneStep.kind == ZoneStepKind.accepted)
        .group_by(ZoneStep.zone_id)
    )
    accepted = {key: on.toordinal() for key, on in _rows(connection, steps)}
    met: dict[int, list[int]] = defaultdict(list)
    standards = select(ZoneStandard.zone_id, ZoneStandard.on).where(
        ZoneStandard.state == StandardState.met, ZoneStandard.on.is_not(None)
    )
    for key, on in _rows(connection, standards):
        met[key].append(on.toordinal())
    return [
        AcceptedZone(district, accepted.get(key), tuple(met[key]))
        for key, district in connection.execute(select(Zone.id, Zone.district_code))
    ]


def _batches(connection: Connection) -> Iterator[BatchDay]:
    """The batches of workshops inside zones, day by day; the database counts them."""
    tested = select(ReleaseTest.id).where(ReleaseTest.batch_id == Batch.id, ReleaseTest.annulled_on.is_(None)).exists()
    inside = select(Tenancy.workshop_id).where(
        Tenancy.workshop_id == Product.workshop_id,
        Tenancy.since <= Batch.made_on,
        or_(Tenancy.until.is_(None), Tenancy.until >= Batch.made_on),
    )
    rows = connection.execute(
        select(Batch.made_on, func.count(), func.count().filter(tested))
        .join(Product, Product.id == Batch.product_id)
        .where(inside.exists())
        .group_by(Batch.made_on)
    )
    for on, made, with_sheet in rows:
        yield BatchDay(on.toordinal(), made, with_sheet)

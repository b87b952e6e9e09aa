"""From rows to values: a record with everything that happened to it, as the publication engine asks for it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from zuofang.credit.codec import load
from zuofang.credit.events import Event
from zuofang.credit.findings import Closure, HonourExit, Inspection, Recall, RepairFraud, Sample, Suspension
from zuofang.credit.models import CreditRecord, RecordKind
from zuofang.credit.publication import Publication, publication
from zuofang.credit.records import Listing, Penalty, Record
from zuofang.rules.book import RuleBook

VALUES: dict[RecordKind, type[Record]] = {
    RecordKind.penalty: Penalty,
    RecordKind.listing: Listing,
    RecordKind.sample: Sample,
    RecordKind.inspection: Inspection,
    RecordKind.suspension: Suspension,
    RecordKind.closure: Closure,
    RecordKind.recall: Recall,
    RecordKind.honour_exit: HonourExit,
    RecordKind.repair_fraud: RepairFraud,
}
"""The kinds that the law may make public; the others stand in the file alone."""


def value_of(row: CreditRecord) -> Record | None:
    """The record as a value, with its day of publication and its events; nothing for a kind that is never public."""
    kind = VALUES.get(row.kind)
    if kind is None:
        return None
    events = tuple(load(Event, event.facts) for event in row.events if event.undone_at is None)
    return replace(load(kind, row.facts), published_on=row.published_on, events=events)


def standing_of(row: CreditRecord, on: date, rules: RuleBook) -> Publication | None:
    """What the law says about the record on a day; nothing for a kind that is never public."""
    value = value_of(row)
    return None if value is None else publication(value, on, rules)

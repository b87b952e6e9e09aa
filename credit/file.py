"""From rows to values: a record with everything that happened to it, as the publication engine asks for it."""

from __future__ import annotations

from collections.abc import Iterable
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


def value(kind: RecordKind, facts: str, published_on: date | None, events: Iterable[str]) -> Record | None:
    """A record from its JSON and that of its events; nothing for a kind that is never public."""
    chosen = VALUES.get(kind)
    if chosen is None:
        return None
    happened = tuple(load(Event, event) for event in events)
    return replace(load(chosen, facts), published_on=published_on, events=happened)


def value_of(row: CreditRecord) -> Record | None:
    """The record as a value, with its day of publication and its events; nothing for a kind that is never public."""
    return value(row.kind, row.facts, row.published_on, (one.facts for one in row.events if one.undone_at is None))


def told(row: CreditRecord) -> str:
    """Everything a row says of its record and of what happened to it, as one text; its days can be read off it."""
    return "".join((row.facts, *(one.facts for one in row.events if one.undone_at is None)))


def standing_of(row: CreditRecord, on: date, rules: RuleBook) -> Publication | None:
    """What the law says about the record on a day; nothing for a kind that is never public."""
    found = value_of(row)
    return None if found is None else publication(found, on, rules)

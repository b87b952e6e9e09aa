"""From rows to values: a record with everything that happened to it, as the publication engine asks for it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from zuofang.credit.codec import load
from zuofang.credit.events import Event
from zuofang.credit.findings import Closure, Finding, HonourExit, Inspection, Recall, RepairFraud, Sample, Suspension
from zuofang.credit.measures import Interview, Rectification, Referral
from zuofang.credit.models import CreditLink, CreditRecord, LinkKind, RecordKind
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
    RecordKind.interview: Interview,
    RecordKind.rectification: Rectification,
    RecordKind.referral: Referral,
}
"""The value of every kind of record."""


def value(kind: RecordKind, facts: str, published_on: date | None, events: Iterable[str]) -> Record:
    """A record from its JSON and that of its events."""
    happened = tuple(load(Event, event) for event in events)
    return replace(load(VALUES[kind], facts), published_on=published_on, events=happened)


def with_what_followed(found: Record, after: Iterable[Record]) -> Record:
    """A finding together with those of the records it led to that set how long it is public; others as they are.

    Only what was published counts: until then there is no term that a finding could follow (REP Art 10).
    """
    if not isinstance(found, Finding):
        return found
    decided = tuple(one for one in after if isinstance(one, Penalty | Listing) and one.published_on is not None)
    return replace(found, followed_by=decided) if decided else found


def bare(found: Record) -> Record:
    """A record's own facts, as they are kept: without what is kept beside them."""
    own = replace(found, published_on=None, events=())
    return replace(own, followed_by=()) if isinstance(own, Finding) else own


def value_of(row: CreditRecord) -> Record:
    """The record as a value, with its day of publication, its events and what it led to."""
    return with_what_followed(_alone(row), (_alone(one.later) for one in row.sequels if one.kind is LinkKind.led_to))


def _alone(row: CreditRecord) -> Record:
    return value(row.kind, row.facts, row.published_on, _events_of(row))


def _counts(link: CreditLink) -> bool:
    return link.kind is LinkKind.led_to and link.later.published_on is not None


def _events_of(row: CreditRecord) -> Iterable[str]:
    return (one.facts for one in row.events if one.undone_at is None)


def told(row: CreditRecord) -> str:
    """Everything that a row's standing hangs on, as one text; the days on which it may change can be read off it."""
    rows = (row, *(one.later for one in row.sequels if _counts(one)))
    return "".join(text for one in rows for text in (one.facts, *_events_of(one)))


def standing_of(row: CreditRecord, on: date, rules: RuleBook) -> Publication:
    """What the law says about the record on a day."""
    return publication(value_of(row), on, rules)

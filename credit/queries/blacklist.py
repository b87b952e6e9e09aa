"""The serious-violation list (严重违法失信名单) as it stands on a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, select

from zuofang.credit.file import value
from zuofang.credit.models import CreditEvent, CreditRecord, RecordKind, RecordState
from zuofang.credit.publication import Publication, publication
from zuofang.credit.queries.published import by_record
from zuofang.credit.queries.redacted import fit, maybe_fit
from zuofang.credit.records import Listing
from zuofang.rules.book import RuleBook
from zuofang.traceability.models import Workshop

_ON_THE_LIST = (
    CreditRecord.kind == RecordKind.listing,
    CreditRecord.state == RecordState.approved,
    CreditRecord.published_on.is_not(None),
    CreditRecord.taken_down_on.is_(None),
)
_ENTRIES = (
    select(
        CreditRecord.id,
        CreditRecord.workshop_id,
        CreditRecord.party,
        Workshop.name,
        CreditRecord.document,
        CreditRecord.authority,
        CreditRecord.published_on,
        CreditRecord.facts,
    )
    .outerjoin(Workshop, Workshop.id == CreditRecord.workshop_id)
    .where(*_ON_THE_LIST)
)
_EVENTS = (
    select(CreditEvent.record_id, CreditEvent.facts)
    .join(CreditRecord)
    .where(*_ON_THE_LIST, CreditEvent.undone_at.is_(None))
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the list; ``workshop`` is empty where the party has no file."""

    party: str
    workshop: int | None
    document: str | None
    authority: str | None
    listing: Listing
    publication: Publication


def blacklist(connection: Connection, on: date, rules: RuleBook) -> tuple[Entry, ...]:
    """Everybody on the list on the day ``on``, the newest entry first. Two statements."""
    events = by_record([list(row) for row in connection.execute(_EVENTS)])
    entries = []
    for key, workshop, party, name, document, authority, published_on, facts in connection.execute(_ENTRIES):
        listing = value(RecordKind.listing, facts, published_on, (one for (one,) in events[key]))
        if not isinstance(listing, Listing):
            continue
        found = publication(listing, on, rules)
        if found.public:
            entries.append(
                Entry(fit(name or party), workshop, maybe_fit(document), maybe_fit(authority), listing, found)
            )
    return tuple(sorted(entries, key=lambda entry: entry.listing.listed_on, reverse=True))

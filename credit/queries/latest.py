"""What was published in the last days, for the front page: only what is public today."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, bindparam, select

from zuofang.credit.file import VALUES, value
from zuofang.credit.models import CreditEvent, CreditRecord, RecordKind, RecordState
from zuofang.credit.publication import publication
from zuofang.credit.queries.published import by_record
from zuofang.credit.queries.redacted import fit
from zuofang.rules.book import RuleBook
from zuofang.traceability.models import Workshop

WEEK = 7
"""Days that count as recent."""
MOST = 6
LOOKED_AT = 200
"""Records of these days that are asked about; the newest come first."""
_RECENT = (
    CreditRecord.state == RecordState.approved,
    CreditRecord.kind.in_(list(VALUES)),
    CreditRecord.published_on > bindparam("since"),
    CreditRecord.published_on <= bindparam("on"),
    CreditRecord.taken_down_on.is_(None),
)
_RECORDS = (
    select(
        CreditRecord.id, CreditRecord.kind, CreditRecord.published_on, CreditRecord.facts, CreditRecord.title,
        CreditRecord.party, Workshop.name,
    )
    .outerjoin(Workshop, Workshop.id == CreditRecord.workshop_id)
    .where(*_RECENT)
    .order_by(CreditRecord.published_on.desc(), CreditRecord.id.desc())
    .limit(LOOKED_AT)
)  # fmt: skip
_EVENTS = (
    select(CreditEvent.record_id, CreditEvent.facts)
    .join(CreditRecord, CreditRecord.id == CreditEvent.record_id)
    .where(*_RECENT, CreditEvent.undone_at.is_(None))
)


@dataclass(frozen=True, slots=True)
class LatestLine:
    """A record published in the last days."""

    key: int
    kind: RecordKind
    title: str
    party: str
    published_on: date


@dataclass(frozen=True, slots=True)
class Latest:
    """The newest of them, and how many there are since ``since``."""

    since: date
    count: int
    lines: tuple[LatestLine, ...]


def latest(connection: Connection, on: date, rules: RuleBook) -> Latest:
    """What was published in the week before the day ``on`` and is public on it. Two statements."""
    since = date.fromordinal(on.toordinal() - WEEK)
    days = {"since": since, "on": on}
    events = by_record([list(row) for row in connection.execute(_EVENTS, days)])
    found = []
    for key, kind, published_on, facts, title, party, name in connection.execute(_RECORDS, days):
        record = value(kind, facts, published_on, (one for (one,) in events[key]))
        if record is not None and published_on is not None and publication(record, on, rules).public:
            found.append(LatestLine(key, kind, fit(title), fit(name or party), published_on))
    return Latest(since, len(found), tuple(found[:MOST]))

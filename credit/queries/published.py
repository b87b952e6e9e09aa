"""The records of one workshop that were ever published, as parts of a statement and as values.

What is read here may be more than a page may show: whoever reads it asks the publication engine before a word leaves.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, SQLColumnExpression, bindparam, or_, select

from zuofang.credit.file import value, with_what_followed
from zuofang.credit.models import CreditEvent, CreditLink, CreditRecord, LinkKind, RecordKind, RecordState, SampleItem
from zuofang.credit.records import Record
from zuofang.storage.nested import Rows, nested
from zuofang.traceability.models import Workshop
from zuofang.traceability.queries.label import maybe_day

WORKSHOP = bindparam("workshop", type_=Workshop.id.type)
RECORD = bindparam("record", type_=CreditRecord.id.type)
Conditions = tuple[ColumnElement[bool], ...]
_EVER_PUBLISHED: Conditions = (CreditRecord.state == RecordState.approved, CreditRecord.published_on.is_not(None))
OF_WORKSHOP: Conditions = (CreditRecord.workshop_id == WORKSHOP, *_EVER_PUBLISHED)
"""The records of one workshop that were ever published."""
WITH_RECORD: Conditions = (
    or_(
        CreditRecord.id == RECORD,
        CreditRecord.id.in_(select(CreditLink.later_id).where(CreditLink.earlier_id == RECORD)),
        CreditRecord.id.in_(select(CreditLink.earlier_id).where(CreditLink.later_id == RECORD)),
    ),
    *_EVER_PUBLISHED,
)
"""One record and those it is tied to, as far as they were ever published."""

Grouped = dict[int, list[list[Any]]]


def records(*columns: SQLColumnExpression[Any], of: Conditions = OF_WORKSHOP) -> Select[tuple[str]]:
    """Those records: key, kind, day of publication and facts, then what else is asked for."""
    first = (CreditRecord.id, CreditRecord.kind, CreditRecord.published_on, CreditRecord.facts)
    return nested(*first, *columns).where(*of)


def beside(*columns: SQLColumnExpression[Any], of: Conditions = OF_WORKSHOP) -> Select[tuple[str]]:
    """Rows that hang on those records; the first column is the key of the record."""
    return nested(*columns).join(CreditRecord).where(*of)


def events(of: Conditions) -> Select[tuple[str]]:
    """What happened to those records."""
    return beside(CreditEvent.record_id, CreditEvent.facts, of=of).where(CreditEvent.undone_at.is_(None))


def items(of: Conditions) -> Select[tuple[str]]:
    """The items of those that are samples."""
    printed = SampleItem.position, SampleItem.item, SampleItem.result, SampleItem.limit, SampleItem.judgement
    return beside(SampleItem.record_id, *printed, of=of)


def links(of: Conditions) -> Select[tuple[str]]:
    """What those records led to."""
    tied = nested(CreditLink.earlier_id, CreditLink.later_id, CreditLink.kind)
    return tied.join(CreditRecord, CreditRecord.id == CreditLink.earlier_id).where(*of)


EVENTS, ITEMS, LINKS = events(OF_WORKSHOP), items(OF_WORKSHOP), links(OF_WORKSHOP)


def by_record(rows: Rows) -> Grouped:
    """Rows by their first column, without it."""
    found: Grouped = defaultdict(list)
    for key, *rest in rows:
        found[key].append(rest)
    return found


def values_in(rows: Rows, events: Grouped, links: Rows) -> dict[int, Record]:
    """The values of nested rows that begin as those of :func:`records`, by their keys, as :func:`values_of`."""
    typed = ((key, RecordKind(kind), maybe_day(published_on), facts) for key, kind, published_on, facts, *_ in rows)
    return values_of(typed, events, links)


def values_of(
    rows: Iterable[tuple[int, RecordKind, date | None, str]],
    events: Mapping[int, Sequence[Sequence[str]]],
    links: Iterable[Sequence[Any]],
) -> dict[int, Record]:
    """The values of records by their keys, findings with what they led to."""
    alone = {
        key: value(kind, facts, published_on, (one for (one,) in events.get(key, ())))
        for key, kind, published_on, facts in rows
    }
    led_to: dict[int, list[int]] = defaultdict(list)
    for earlier, later, kind in links:
        if kind == LinkKind.led_to and later in alone:
            led_to[earlier].append(later)
    return {key: with_what_followed(one, (alone[later] for later in led_to[key])) for key, one in alone.items()}

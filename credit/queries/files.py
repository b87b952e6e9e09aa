"""The files of many workshops at once, as the reckoning reads them: six statements for any number of workshops."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import BindParameter, Connection, bindparam, select

from zuofang.credit.file import VALUES, value, with_what_followed
from zuofang.credit.models import CreditEvent, CreditLink, CreditRecord, LinkKind, RecordState
from zuofang.credit.reckoning import File, Kept
from zuofang.traceability.models import Certificate, Product, Tenancy
from zuofang.traceability.queries.rows import grouped

PUBLISHED = (
    CreditRecord.kind.in_(list(VALUES)),
    CreditRecord.state == RecordState.approved,
    CreditRecord.published_on.is_not(None),
)
"""The records that were ever public."""
KEYS: BindParameter[int] = bindparam("keys", expanding=True)
_RECORDS = select(
    CreditRecord.workshop_id,
    CreditRecord.id,
    CreditRecord.kind,
    CreditRecord.facts,
    CreditRecord.published_on,
    CreditRecord.taken_down_on,
    CreditRecord.last_day,
    CreditRecord.look_again_on,
).where(CreditRecord.workshop_id.in_(KEYS), *PUBLISHED)
_EVENTS = (
    select(CreditEvent.record_id, CreditEvent.facts)
    .join(CreditRecord)
    .where(CreditRecord.workshop_id.in_(KEYS), *PUBLISHED, CreditEvent.undone_at.is_(None))
)
_LINKS = (
    select(CreditRecord.workshop_id, CreditLink.earlier_id, CreditLink.later_id)
    .join(CreditRecord, CreditRecord.id == CreditLink.earlier_id)
    .where(CreditRecord.workshop_id.in_(KEYS), *PUBLISHED, CreditLink.kind == LinkKind.led_to)
)
_PAPERS = select(Certificate.workshop_id, Certificate.since).where(Certificate.workshop_id.in_(KEYS))
_CATEGORIES = select(Product.workshop_id, Product.category).where(Product.workshop_id.in_(KEYS)).distinct()
_TENANCIES = select(Tenancy.workshop_id, Tenancy.since, Tenancy.until).where(Tenancy.workshop_id.in_(KEYS))


def files(connection: Connection, workshops: Sequence[int]) -> list[File]:
    """The file of each of the workshops, in their order."""
    records, events, links, papers, categories, tenancies = (
        grouped(connection, one, workshops) for one in (_RECORDS, _EVENTS, _LINKS, _PAPERS, _CATEGORIES, _TENANCIES)
    )
    return [
        File(
            workshop=key,
            papers=tuple(since for (since,) in papers[key]),
            categories=tuple(category for (category,) in categories[key]),
            tenancies=tuple((since, until) for since, until in tenancies[key]),
            records=_followed([_kept(row, [text for (text,) in events[row[0]]]) for row in records[key]], links[key]),
        )
        for key in workshops
    ]


def _followed(kept: list[Kept], links: Sequence[tuple[Any, ...]]) -> tuple[Kept, ...]:
    """The records of one workshop, findings with what they led to."""
    if not links:
        return tuple(kept)
    by_key = {one.key: one for one in kept}
    led_to: dict[int, list[Kept]] = defaultdict(list)
    for earlier, later in links:
        led_to[earlier] += [by_key[later]] if later in by_key else []
    return tuple(
        replace(
            one,
            record=with_what_followed(one.record, (after.record for after in led_to[one.key])),
            text="".join((one.text, *(after.text for after in led_to[one.key]))),
        )
        for one in kept
    )


def _kept(row: tuple[Any, ...], events: list[str]) -> Kept:
    key, kind, facts, published_on, taken_down_on, last_day, look_again_on = row
    record = value(kind, facts, published_on, events)
    return Kept(key, record, "".join((facts, *events)), taken_down_on is not None, last_day, look_again_on)

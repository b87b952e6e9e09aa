"""What a result shows. The database has the last word: what may not be shown today is not handed out, whatever an index
says of it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, select
from sqlalchemy.orm import Session, selectinload

from zuofang.credit.file import standing_of
from zuofang.credit.models import CreditLink, CreditRecord, RecordKind, RecordState
from zuofang.rules.book import RuleBook
from zuofang.search.models import SearchDocument
from zuofang.traceability.models import District, Zone
from zuofang.traceability.queries.rows import AnyRow

PORTION = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One item of a sample as the bureau printed it."""

    name: str
    result: str
    limit: str
    judgement: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """One published record, as a list, a feed or a file tells it."""

    key: int
    kind: RecordKind
    party: str
    workshop: int | None
    title: str
    document: str | None
    authority: str | None
    made_on: date
    published_on: date
    last_day: date | None
    district: str | None
    excerpt: str
    items: tuple[Item, ...]
    sums: Mapping[str, str]
    facets: Mapping[str, Sequence[str]]
    against: bool
    changed: int


_ROWS = (
    select(
        SearchDocument.record_id, SearchDocument.kind, SearchDocument.party, SearchDocument.workshop_id,
        SearchDocument.title, SearchDocument.document, SearchDocument.authority, SearchDocument.made_on,
        SearchDocument.published_on, SearchDocument.last_day, SearchDocument.told, SearchDocument.facets,
        SearchDocument.changed, CreditRecord.look_again_on,
    )
    .join(CreditRecord, CreditRecord.id == SearchDocument.record_id)
    .where(
        SearchDocument.gone.is_(False),
        CreditRecord.state == RecordState.approved,
        CreditRecord.published_on.is_not(None),
        CreditRecord.taken_down_on.is_(None),
    )
)  # fmt: skip


def results(connection: Connection, keys: Sequence[int], today: date, rules: RuleBook) -> list[Result]:
    """The results with these keys that may be shown today, in this order. One statement, and four more
    where something happened to one of them, or to what it led to, since the clock last looked."""
    rows = connection.execute(_ROWS.where(SearchDocument.record_id.in_(keys))).all()
    unsure = [row for row in rows if row.look_again_on is None or row.look_again_on <= today]
    ends = {row.record_id: row.last_day for row in rows}
    ends |= _ends(connection, unsure, today, rules) if unsure else {}
    by_key = {row.record_id: row for row in rows if (ends[row.record_id] or today) >= today}
    return [_result(by_key[key], ends[key]) for key in keys if key in by_key]


def in_portions(connection: Connection, keys: Sequence[int], today: date, rules: RuleBook) -> Iterator[Result]:
    """The same for many keys, a portion at a time."""
    for start in range(0, len(keys), PORTION):
        yield from results(connection, keys[start : start + PORTION], today, rules)


def _ends(connection: Connection, rows: Iterable[AnyRow], today: date, rules: RuleBook) -> dict[int, date | None]:
    """The last public day of some records about which something happened, as it is now; a past one where it is over."""
    with Session(connection) as session:
        asked = (
            select(CreditRecord)
            .where(CreditRecord.id.in_([row.record_id for row in rows]))
            .options(
                selectinload(CreditRecord.events),
                selectinload(CreditRecord.sequels).joinedload(CreditLink.later).selectinload(CreditRecord.events),
            )
        )
        found = {one.id: standing_of(one, today, rules) for one in session.scalars(asked)}
    return {key: one.last_day if one.public else date.min for key, one in found.items()}


def _result(row: AnyRow, last_day: date | None) -> Result:
    told = json.loads(row.told)
    items = (Item(name=one[0], result=one[1], limit=one[2], judgement=one[3]) for one in told["items"])
    return Result(
        key=row.record_id, kind=row.kind, party=row.party, workshop=row.workshop_id, title=row.title,
        document=row.document, authority=row.authority, made_on=row.made_on, published_on=row.published_on,
        last_day=last_day, district=told["district"], excerpt=told["excerpt"], items=tuple(items),
        sums=told["sums"], facets=json.loads(row.facets), against=told["against"], changed=row.changed,
    )  # fmt: skip


def place_names(connection: Connection, districts: Iterable[str], zones: Iterable[str]) -> tuple[dict[str, str], ...]:
    """The newest name of each division by its code, and of each zone by its slug. Two statements."""
    codes = select(District.code, District.name).where(District.code.in_(list(districts))).order_by(District.since)
    slugs = select(Zone.slug, Zone.name).where(Zone.slug.in_(list(zones)))
    return tuple({row[0]: row[1] for row in connection.execute(statement)} for statement in (codes, slugs))


def changes_since(connection: Connection, after: int, limit: int) -> list[tuple[int, int, bool]]:
    """The changes of documents after a number: number, key of the record, and whether it is gone. One statement."""
    columns = SearchDocument.changed, SearchDocument.record_id, SearchDocument.gone
    statement = select(*columns).where(SearchDocument.changed > after).order_by(SearchDocument.changed).limit(limit)
    return [(row[0], row[1], row[2]) for row in connection.execute(statement)]

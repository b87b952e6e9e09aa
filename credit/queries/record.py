"""One published record as its own page may show it: as it stood on a day, or the bare fact that it is gone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, select

from zuofang.credit.models import CreditRecord, RecordKind
from zuofang.credit.publication import publication
from zuofang.credit.queries.file import Beside, columns_of, told_of
from zuofang.credit.queries.gone import gone
from zuofang.credit.queries.published import RECORD, WITH_RECORD, values_in
from zuofang.credit.queries.redacted import fit, fit_record
from zuofang.credit.queries.told import Gone, Told
from zuofang.rules.book import RuleBook
from zuofang.storage.nested import unfold
from zuofang.traceability.queries.label import day, maybe_day

_STATEMENT = select(CreditRecord.party, CreditRecord.workshop_id, *columns_of(WITH_RECORD)).where(
    CreditRecord.id == RECORD
)


@dataclass(frozen=True, slots=True)
class RecordPage:
    """A record that may be shown on the day asked about and today; ``workshop`` is empty where it has no file."""

    party: str
    workshop: int | None
    on: date
    today: date
    told: Told


def record_page(connection: Connection, key: int, on: date, today: date, rules: RuleBook) -> RecordPage | Gone | None:
    """The record as it stood on ``on``; what is left of it where it is no longer public; nothing where it never was.

    Nothing as well where it is public today and was not on that day. One statement.
    """
    row = connection.execute(_STATEMENT, {"record": key}).one_or_none()
    rows = unfold(row.records) if row is not None else []
    own = next((one for one in rows if one[0] == key), None)
    return None if row is None or own is None else _page(row, rows, own, on, today, rules)


def _page(
    row: Any, rows: list[list[Any]], own: list[Any], on: date, today: date, rules: RuleBook
) -> RecordPage | Gone | None:
    key, kind, published_on, _, *shown = own
    beside = Beside.unfolded(row)
    record = values_in(rows, beside.events, unfold(row.links))[key]
    taken_down_on = maybe_day(shown.pop())
    now, then = publication(record, today, rules), publication(record, on, rules)
    if not now.public or taken_down_on is not None:
        return gone(now, taken_down_on, today)
    if day(published_on) > on or not then.public:
        return None
    told = told_of(key, RecordKind(kind), fit_record(record.as_of(on)), then, shown, beside, on)
    return RecordPage(fit(row.party), row.workshop_id, on, today, told)

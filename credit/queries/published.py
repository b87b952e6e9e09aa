"""The records of one workshop that were ever published, as parts of a statement and as values.

What is read here may be more than a page may show: whoever reads it asks the publication engine before a word leaves.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from sqlalchemy import ColumnElement, Select, SQLColumnExpression, bindparam, literal

from zuofang.credit.file import VALUES, value
from zuofang.credit.models import CreditEvent, CreditRecord, RecordKind, RecordState, SampleItem
from zuofang.credit.records import Record
from zuofang.storage.nested import Rows, nested
from zuofang.traceability.models import Workshop
from zuofang.traceability.queries.label import maybe_day

NEVER_PUBLIC = tuple(kind for kind in RecordKind if kind not in VALUES)
"""Named rather than the others, because they are few and every word of a statement costs each answer a little."""
WORKSHOP = bindparam("workshop", type_=Workshop.id.type)
OF_WORKSHOP: tuple[ColumnElement[bool], ...] = (
    CreditRecord.workshop_id == WORKSHOP,
    CreditRecord.kind.not_in([literal(kind, CreditRecord.kind.type) for kind in NEVER_PUBLIC]),
    CreditRecord.state == RecordState.approved,
    CreditRecord.published_on.is_not(None),
)
"""The records of one workshop that were ever published."""

Grouped = dict[int, list[list[Any]]]


def records(*columns: SQLColumnExpression[Any]) -> Select[tuple[str]]:
    """Those records: key, kind, day of publication and facts, then what else is asked for."""
    first = (CreditRecord.id, CreditRecord.kind, CreditRecord.published_on, CreditRecord.facts)
    return nested(*first, *columns).where(*OF_WORKSHOP)


def beside(*columns: SQLColumnExpression[Any]) -> Select[tuple[str]]:
    """Rows that hang on those records; the first column is the key of the record."""
    return nested(*columns).join(CreditRecord).where(*OF_WORKSHOP)


EVENTS = beside(CreditEvent.record_id, CreditEvent.facts).where(CreditEvent.undone_at.is_(None))
ITEMS = beside(
    SampleItem.record_id, SampleItem.position, SampleItem.item, SampleItem.result, SampleItem.limit,
    SampleItem.judgement,
)  # fmt: skip


def by_record(rows: Rows) -> Grouped:
    """Rows by their first column, without it."""
    found: Grouped = defaultdict(list)
    for key, *rest in rows:
        found[key].append(rest)
    return found


def value_in(kind: str, published_on: str, facts: str, events: list[list[Any]]) -> Record:
    """The value of a record from the columns of its row."""
    found = value(RecordKind(kind), facts, maybe_day(published_on), (one for (one,) in events))
    if found is None:
        raise TypeError(f"a record of the kind {kind} is never published")
    return found

"""The verdict over many batches at once: what a label of each would say, before anything about the label itself."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from sqlalchemy import BindParameter, Connection, bindparam, or_, select

from zuofang.credit.card import CreditCard, FoundLine, is_shown
from zuofang.credit.models import CreditEvent, CreditLink, CreditRecord, LinkKind, RecordKind, RecordState, SampleItem
from zuofang.credit.queries.published import values_of
from zuofang.rules.book import RuleBook
from zuofang.traceability.conformity import Outcome
from zuofang.traceability.queries.rows import grouped
from zuofang.traceability.queries.standing import batch_facts
from zuofang.traceability.verdict import Answer, answer

KEYS: BindParameter[int] = bindparam("keys", expanding=True)
_OF_WORKSHOPS = (
    CreditRecord.workshop_id.in_(KEYS),
    or_(
        CreditRecord.kind.in_(bindparam("kinds", expanding=True, type_=CreditRecord.kind.type)),
        CreditRecord.id.in_(select(CreditLink.later_id).where(CreditLink.kind == LinkKind.led_to)),
    ),
    CreditRecord.state == RecordState.approved,
    CreditRecord.published_on.is_not(None),
    CreditRecord.taken_down_on.is_(None),
)
"""The records of these kinds, and those that findings led to: they set how long a finding is public."""
LOOKED_AT = (RecordKind.listing, RecordKind.sample)
"""What a verdict looks at: entries in the serious-violation list, and samples."""
_RECORDS = select(
    CreditRecord.id, CreditRecord.kind, CreditRecord.published_on, CreditRecord.facts, CreditRecord.workshop_id,
    CreditRecord.title, CreditRecord.document,
).where(*_OF_WORKSHOPS)  # fmt: skip
_EVENTS = (
    select(CreditEvent.record_id, CreditEvent.facts)
    .join(CreditRecord, CreditRecord.id == CreditEvent.record_id)
    .where(*_OF_WORKSHOPS, CreditEvent.undone_at.is_(None))
)
_LINKS = (
    select(CreditLink.earlier_id, CreditLink.later_id, CreditLink.kind)
    .join(CreditRecord, CreditRecord.id == CreditLink.earlier_id)
    .where(*_OF_WORKSHOPS)
)
_FAILED = (
    select(SampleItem.record_id, SampleItem.item)
    .join(CreditRecord, CreditRecord.id == SampleItem.record_id)
    .where(*_OF_WORKSHOPS, SampleItem.judgement == Outcome.fails)
    .order_by(SampleItem.position)
)


def batch_verdicts(connection: Connection, batches: Iterable[int], on: date, rules: RuleBook) -> dict[int, Answer]:
    """The verdict over each batch on the day ``on``, with its reasons. Nine statements, however many batches."""
    known = batch_facts(connection, batches)
    cards = credit_cards(connection, sorted({one.workshop_id for one in known.values()}), on, rules)
    found = {}
    for key, one in known.items():
        card = cards[one.workshop_id]
        facts = replace(one.facts, failed_samples=card.failed_samples(one.product), listed_since=card.listed_since)
        found[key] = answer(facts, on, rules)
    return found


def credit_cards(
    connection: Connection,
    workshops: Sequence[int],
    on: date,
    rules: RuleBook,
    kinds: Sequence[RecordKind] = LOOKED_AT,
) -> dict[int, CreditCard]:
    """Of each workshop, what of these kinds speaks against it and is public on that day. Four statements."""
    wanted = {"kinds": list(kinds)}
    events = grouped(connection, _EVENTS.params(wanted), workshops)
    failed = grouped(connection, _FAILED.params(wanted), workshops)
    links = connection.execute(_LINKS.params(wanted), {"keys": workshops}).all()
    rows = connection.execute(_RECORDS.params(wanted), {"keys": workshops}).all()
    values = values_of(((row.id, row.kind, row.published_on, row.facts) for row in rows), events, links)
    lines: dict[int, list[FoundLine]] = defaultdict(list)
    for row in rows:
        line = FoundLine(values[row.id], row.title, row.document, tuple(item for (item,) in failed[row.id]))
        if row.kind in kinds and is_shown(line, on, rules):
            lines[row.workshop_id].append(line)
    return {key: CreditCard((), tuple(lines[key])) for key in workshops}

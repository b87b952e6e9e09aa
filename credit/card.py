"""The credit card of a workshop: what the label page says in answer to the fourth question.

It counts what is public today and nothing else; that none is public does not mean that nothing is wrong.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from unicodedata import normalize

from sqlalchemy import Connection, bindparam, lambda_stmt, or_, select

from zuofang.credit.facts import speaks_against
from zuofang.credit.findings import Sample
from zuofang.credit.models import CreditRecord, Honour, HonourKind
from zuofang.credit.publication import publication
from zuofang.credit.queries.published import EVENTS, ITEMS, LINKS, WORKSHOP, Grouped, by_record, records, values_in
from zuofang.credit.queries.redacted import fit, maybe_fit
from zuofang.credit.records import Listing, Record
from zuofang.rules.book import RuleBook
from zuofang.storage.nested import Rows, as_column, nested, unfold
from zuofang.traceability.conformity import Outcome
from zuofang.traceability.models import Workshop
from zuofang.traceability.queries.label import day, maybe_day
from zuofang.traceability.verdict import FailedSample

ON = bindparam("on", type_=Honour.since.type)
_HONOURS = nested(Honour.kind, Honour.title, Honour.since, Honour.until).where(
    Honour.workshop_id == WORKSHOP,
    Honour.since <= ON,
    or_(Honour.until.is_(None), Honour.until >= ON),
    or_(Honour.withdrawn_on.is_(None), Honour.withdrawn_on > ON),
)
_RECORDS = records(CreditRecord.title, CreditRecord.document).where(CreditRecord.taken_down_on.is_(None))
_SELECT = (
    select(
        as_column(_HONOURS, "honours"),
        as_column(_RECORDS, "records"),
        as_column(EVENTS, "events"),
        as_column(ITEMS, "items"),
        as_column(LINKS, "links"),
    )
    .select_from(Workshop)
    .where(Workshop.id == WORKSHOP)
)

_STATEMENT = lambda_stmt(lambda: _SELECT, enable_tracking=False)
"""Found again by its place here: the parts of a long statement need not be compared with what was compiled before."""


@dataclass(frozen=True, slots=True)
class HonourLine:
    """An honour in force."""

    kind: HonourKind
    title: str
    since: date
    until: date | None


@dataclass(frozen=True, slots=True)
class FoundLine:
    """A finding against the workshop that is public today; ``items`` are the failed ones of a sample."""

    record: Record
    title: str
    document: str | None
    items: tuple[str, ...]

    @property
    def published_on(self) -> date:
        """The day since which it is public."""
        return self.record.published_on or self.record.made_on


@dataclass(frozen=True, slots=True)
class CreditCard:
    """What may be said about a workshop's credit on one line of its label page."""

    honours: tuple[HonourLine, ...]
    findings: tuple[FoundLine, ...]

    @property
    def listed_since(self) -> date | None:
        """The day of its entry in the serious-violation list (严重违法失信名单), where it stands there."""
        return min((line.record.listed_on for line in self.findings if isinstance(line.record, Listing)), default=None)

    def failed_samples(self, product: str) -> tuple[FailedSample, ...]:
        """The failed supervisory samples of a product; the title of a sample is the name of the food as printed."""
        return tuple(
            FailedSample(line.published_on, "、".join(line.items), line.document or "")
            for line in self.findings
            if isinstance(line.record, Sample) and is_same_food(line.title, product)
        )


def is_same_food(printed: str, product: str) -> bool:
    """Whether a sampling table speaks of this product: the same name, whatever stands in brackets behind it."""
    food, name = _plain(printed), _plain(product)
    return bool(name) and food.startswith(name) and not food[len(name) : len(name) + 1].isalnum()


def _plain(name: str) -> str:
    return "".join(normalize("NFKC", name).split())


def credit_card(connection: Connection, workshop: int, on: date, rules: RuleBook) -> CreditCard:
    """The card of a workshop as it stands on a day. One statement."""
    row = connection.execute(_STATEMENT, {"workshop": workshop, "on": on}).one_or_none()
    if row is None:
        return CreditCard((), ())
    told = unfold(row.records)
    values = values_in(told, by_record(unfold(row.events)), unfold(row.links))
    found = _found(told, values, by_record(unfold(row.items)))
    shown = (line for line in found if is_shown(line, on, rules))
    return CreditCard(_honours(unfold(row.honours)), tuple(sorted(shown, key=lambda line: line.published_on)))


def _honours(rows: Rows) -> tuple[HonourLine, ...]:
    lines = [
        HonourLine(HonourKind(kind), fit(title), day(since), maybe_day(until)) for kind, title, since, until in rows
    ]
    return tuple(sorted(lines, key=lambda line: line.since))


def _found(rows: Rows, values: Mapping[int, Record], items: Grouped) -> Iterator[FoundLine]:
    for key, _, _, _, title, document in rows:
        failed = (fit(item) for _, item, _, _, judgement in sorted(items[key]) if judgement == Outcome.fails)
        yield FoundLine(values[key], fit(title), maybe_fit(document), tuple(failed))


def is_shown(line: FoundLine, on: date, rules: RuleBook) -> bool:
    """Whether a finding is public on a day and speaks against the workshop."""
    return speaks_against(line.record.as_of(on)) and publication(line.record, on, rules).public

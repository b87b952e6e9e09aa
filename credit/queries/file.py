"""The credit file of one workshop as its public page may show it: as it stood on a day, less what the law has since
taken from view.

Nothing leaves here that :func:`zuofang.credit.publication.publication` does not allow both on the day asked about and
today, and every text passes the mask of personal data once more. What was shown and is gone leaves as the bare fact:
when, and by which article. A referral to the police is never published, so that it is not read at all.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import Connection, select

from zuofang.credit.facts import Facts, facts_on
from zuofang.credit.grade import Grade
from zuofang.credit.models import (
    CaseKind,
    CreditCase,
    CreditRecord,
    CreditReply,
    CreditVersion,
    LinkKind,
    LookBack,
    RecordKind,
    Revisit,
)
from zuofang.credit.publication import Publication, publication
from zuofang.credit.queries import registration
from zuofang.credit.queries.evaluations import EVALUATIONS, PARTS, evaluations
from zuofang.credit.queries.gone import gone
from zuofang.credit.queries.honours import HonourView, honours_of_workshop
from zuofang.credit.queries.published import (
    OF_WORKSHOP,
    WORKSHOP,
    Conditions,
    Grouped,
    beside,
    by_record,
    events,
    items,
    links,
    records,
    values_in,
)
from zuofang.credit.queries.redacted import fit, fit_record, maybe_fit
from zuofang.credit.queries.registration import ORDERS, PAPER_EVENTS, PAPERS
from zuofang.credit.queries.told import (
    Correction,
    CreditFile,
    Dispute,
    Gone,
    Item,
    PaperLine,
    Reply,
    Tie,
    Told,
    Visit,
)
from zuofang.credit.reckoning import grades, wider_categories
from zuofang.credit.records import Record
from zuofang.rules.book import RuleBook
from zuofang.rules.calendar import china_day
from zuofang.storage.nested import Rows, as_column, nested, unfold
from zuofang.traceability.models import Product, Tenancy, Workshop
from zuofang.traceability.queries.label import day, maybe_day, moment

DISPUTES = (CaseKind.objection, CaseKind.reinspection)
"""The cases that are told beside a finding; an application for repair is the party's own business until granted."""


def columns_of(of: Conditions) -> tuple[Any, ...]:
    """The records that meet the conditions and what hangs on them, each as a nested column."""
    said = (
        CreditRecord.title, CreditRecord.content, CreditRecord.document, CreditRecord.authority,
        CreditRecord.taken_down_on,
    )  # fmt: skip
    versions = (
        CreditVersion.record_id, CreditVersion.number, CreditVersion.title, CreditVersion.content, CreditVersion.at,
    )  # fmt: skip
    cases = (
        CreditCase.record_id, CreditCase.kind, CreditCase.filed_on, CreditCase.decided_on, CreditCase.granted,
    )  # fmt: skip
    replies = beside(CreditReply.record_id, CreditReply.id, CreditReply.at, CreditReply.text, of=of)
    return (
        as_column(records(*said, of=of), "records"),
        as_column(events(of), "events"),
        as_column(items(of), "items"),
        as_column(links(of), "links"),
        as_column(_visits_of(of), "visits"),
        as_column(beside(*versions, of=of), "versions"),
        as_column(replies.where(CreditReply.taken_back_at.is_(None)), "replies"),
        as_column(beside(*cases, of=of).where(CreditCase.kind.in_(DISPUTES)), "cases"),
    )


def _visits_of(of: Conditions) -> Any:
    """Visits that were made; one that is planned would warn the place."""
    columns = LookBack.closure_id, LookBack.visited_on, LookBack.found, LookBack.words, LookBack.record_id
    looked = nested(*columns).join(CreditRecord, CreditRecord.id == LookBack.closure_id)
    return looked.where(*of, LookBack.visited_on.is_not(None))


_STATEMENT = (
    select(
        Workshop.name,
        as_column(PAPERS, "papers"),
        as_column(PAPER_EVENTS, "paper_events"),
        as_column(ORDERS, "orders"),
        as_column(EVALUATIONS, "evaluations"),
        as_column(PARTS, "parts"),
        as_column(nested(Product.category).where(Product.workshop_id == WORKSHOP), "categories"),
        as_column(nested(Tenancy.since, Tenancy.until).where(Tenancy.workshop_id == WORKSHOP), "tenancies"),
        *columns_of(OF_WORKSHOP),
    )
    .where(Workshop.id == WORKSHOP)
)  # fmt: skip


def credit_file(connection: Connection, workshop: int, on: date, today: date, rules: RuleBook) -> CreditFile | None:
    """The file of a workshop as it stood on the day ``on``; nothing where there is no such workshop. Two statements."""
    row = connection.execute(_STATEMENT, {"workshop": workshop}).one_or_none()
    if row is None:
        return None
    told, left, withheld = _records(row, on, today, rules)
    certificates, events = unfold(row.papers), unfold(row.paper_events)
    papers = registration.papers(certificates, events, on)
    return CreditFile(
        workshop=workshop,
        name=row.name,
        on=on,
        today=today,
        papers=papers,
        registrations=registration.registrations(certificates, events, on),
        orders=registration.orders(unfold(row.orders), on, today),
        told=told,
        gone=left,
        honours=_honours(connection, workshop, on),
        evaluations=evaluations(unfold(row.evaluations), unfold(row.parts), on),
        grades=() if withheld else _grades(row, papers, told, on, rules),
        grade_withheld=withheld,
    )


def _records(row: Any, on: date, today: date, rules: RuleBook) -> tuple[tuple[Told, ...], tuple[Gone, ...], bool]:
    """What is told, what is gone, and whether something that was public on the day is not public any more."""
    beside_ = Beside.unfolded(row)
    rows, ties = unfold(row.records), unfold(row.links)
    values = values_in(rows, beside_.events, ties)
    told: list[Told] = []
    left: list[Gone] = []
    withheld = False
    for key, kind, published_on, _, *shown in rows:
        if day(published_on) > on:
            continue
        record = values[key]
        then, now = publication(record, on, rules), publication(record, today, rules)
        taken_down_on = maybe_day(shown.pop())
        if then.public and now.public and taken_down_on is None:
            told.append(told_of(key, RecordKind(kind), fit_record(record.as_of(on)), then, shown, beside_, on))
        else:
            left.append(gone(then if now.public else now, taken_down_on, today))
            withheld = withheld or (then.public and on < today)
    return (
        tuple(tied(_newest_first(told), ties, beside_.visits, on)),
        tuple(sorted(left, key=lambda one: one.on, reverse=True)),
        withheld,
    )


def _newest_first(told: list[Told]) -> tuple[Told, ...]:
    return tuple(sorted(told, key=lambda one: (one.record.made_on, one.key), reverse=True))


def tied(told: Iterable[Told], pairs: Rows, visits: Grouped, on: date) -> Iterator[Told]:
    """The same records with what they hang together with, as far as that is told as well."""
    told = tuple(told)
    shown = {one.key for one in told}
    ties: dict[int, list[Tie]] = defaultdict(list)
    for earlier, later, kind in sorted(pairs):
        if earlier in shown and later in shown:
            ties[earlier].append(Tie(LinkKind(kind), later=True, key=later))
            ties[later].append(Tie(LinkKind(kind), later=False, key=earlier))
    for one in told:
        made = tuple(_visits(visits[one.key], shown, on)) if one.kind is RecordKind.closure else ()
        yield replace(one, ties=tuple(ties[one.key]), visits=made)


def _visits(rows: Rows, shown: set[int], on: date) -> Iterator[Visit]:
    for visited_on, found, words, key in sorted(rows, key=lambda row: str(row[0])):
        if day(visited_on) <= on:
            yield Visit(day(visited_on), Revisit(found), maybe_fit(words), key if key in shown else None)


@dataclass(frozen=True, slots=True)
class Beside:
    """What hangs on the records, by their keys."""

    events: Grouped
    items: Grouped
    versions: Grouped
    replies: Grouped
    cases: Grouped
    visits: Grouped

    @classmethod
    def unfolded(cls, row: Any) -> Beside:
        """Read the nested columns of the statement."""
        columns = (row.events, row.items, row.versions, row.replies, row.cases, row.visits)
        return cls(*(by_record(unfold(column)) for column in columns))


def told_of(
    key: int, kind: RecordKind, record: Record, found: Publication, shown: list[Any], beside_: Beside, on: date
) -> Told:
    """A record as it is told: ``shown`` are title, content, document and authority, in this order."""
    title, content, document, authority = shown
    versions = [(day_of(at), title, content) for _, title, content, at in sorted(beside_.versions[key])]
    then = next((version[1:] for version in versions if version[0] > on), (title, content))
    return Told(
        key=key,
        kind=kind,
        record=record,
        publication=found,
        title=fit(then[0]),
        content=fit(then[1]),
        document=maybe_fit(document),
        authority=maybe_fit(authority),
        corrections=tuple(Correction(at, fit(old), fit(text)) for at, old, text in versions if at <= on),
        replies=tuple(_replies(sorted(beside_.replies[key]), on)),
        disputes=tuple(_disputes(beside_.cases[key], on)),
        items=tuple(Item(*map(fit, item)) for _, *item in sorted(beside_.items[key])),
    )


def day_of(text: str) -> date:
    """The day in China of a moment in a nested row."""
    return china_day(moment(text))


def _replies(rows: Rows, on: date) -> Iterator[Reply]:
    for _, at, text in rows:
        if day_of(at) <= on:
            yield Reply(day_of(at), fit(text))


def _disputes(rows: Rows, on: date) -> Iterator[Dispute]:
    for kind, filed_on, decided_on, granted in sorted(rows, key=lambda row: str(row[1])):
        decided = maybe_day(decided_on)
        if day(filed_on) > on:
            continue
        known = decided is not None and decided <= on
        yield Dispute(CaseKind(kind), day(filed_on), decided if known else None, bool(granted) if known else None)


def _honours(connection: Connection, workshop: int, on: date) -> tuple[HonourView, ...]:
    return tuple(one for one in honours_of_workshop(connection, workshop, on) if one.since <= on)


def _grades(
    row: Any, papers: tuple[PaperLine, ...], told: tuple[Told, ...], on: date, rules: RuleBook
) -> tuple[Grade, ...]:
    """The grades of the day, by every rule set in force; none of a workshop that was never registered."""
    if not papers:
        return ()
    facts = Facts(
        registered_on=min(paper.since for paper in papers),
        categories=wider_categories(tuple(category for (category,) in unfold(row.categories)), rules),
        in_zone=any(day(since) <= on and (until is None or day(until) >= on) for since, until in unfold(row.tenancies)),
        records=tuple(one.record for one in told),
    )
    return tuple(grades(facts_on(facts, on, rules), on, rules))

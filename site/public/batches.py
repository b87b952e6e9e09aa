"""``/batches/`` and ``/batches/<id>``: what was made, of what, how it was tested and where it went."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from http import HTTPStatus

from flask import Blueprint, Response, abort

from zuofang.credit.queries.verdicts import batch_verdicts
from zuofang.rules.sentences import Sentence
from zuofang.site.locales import local
from zuofang.site.public.answers import page
from zuofang.site.public.label_view import Reason
from zuofang.site.public.lists import Asked, Group, asked
from zuofang.site.public.words import ACTS, FIELD_KINDS, FIELDS, WORDS
from zuofang.site.window import window
from zuofang.traceability.conformity import Outcome
from zuofang.traceability.models import BatchState
from zuofang.traceability.queries.batch import batch_page
from zuofang.traceability.queries.batches import BatchFacets, BatchFilter, batch_facets, batch_list
from zuofang.traceability.queries.changes import Change, Entry
from zuofang.traceability.queries.paging import AfterDay
from zuofang.traceability.verdict import Answer, Evidence

pages = Blueprint("batches", __name__)
FILTERS = ("category", "district", "zone", "workshop")
ANCHORS = {Evidence.recall: "#recall", Evidence.test: "#test", Evidence.batch: "#course"}
MARKS = {Outcome.conforms: "passed", Outcome.fails: "failed", Outcome.measured_only: "measured"}
"""The marks of ``components/table.html``; whatever was not judged has none of them."""

Part = Sentence | date | str


@dataclass(frozen=True, slots=True)
class ChangedField:
    """A field of the change log in words: what went and what came, each as lines of parts."""

    name: Sentence | str
    gone: tuple[tuple[Part, ...], ...]
    come: tuple[tuple[Part, ...], ...]


@dataclass(frozen=True, slots=True)
class LogEntry:
    """One version of the page in words."""

    change: Change
    act: Sentence | str | None
    fields: tuple[ChangedField, ...]


@pages.get("/batches/")
def batches() -> Response:
    """The list of batches."""
    here, wants = window(), asked("/batches/", "q", "state", *FILTERS)
    wanted = BatchFilter(
        name=wants["q"],
        state=wants.member("state", BatchState),
        category=wants["category"] or None,
        district=wants["district"] or None,
        zone=wants["zone"] or None,
        workshop=wants.key("workshop"),
    )
    with here.reading() as connection:
        found = batch_list(connection, wanted, wants.after(AfterDay.read))
        verdicts = batch_verdicts(connection, (line.id for line in found.rows), here.today, here.rules)
        facets = batch_facets(connection, wanted, here.today, here.rules)
    for name in FILTERS:
        wants.insist(name, getattr(facets, name))
    return page(
        "public/batches.html",
        found=found,
        total=facets.total,
        verdicts=verdicts,
        wants=wants,
        facets=_facets(wants, facets),
        on=here.today,
    )


@pages.get("/batches/<key:batch>")
def batch(batch: int) -> Response:
    """One batch."""
    here = window()
    with here.reading() as connection:
        found = batch_page(connection, batch, here.today, here.rules)
        if found is None:
            abort(HTTPStatus.NOT_FOUND)
        verdict = batch_verdicts(connection, [batch], here.today, here.rules)[batch]
    return page(
        "public/batch.html",
        batch=found,
        verdict=verdict.verdict,
        reasons=tuple(_reasons(verdict, found.goods.workshop_id)),
        log=tuple(map(_entry, found.changes)),
        marks=MARKS,
        on=here.today,
    )


def _facets(wants: Asked, facets: BatchFacets) -> list[Group]:
    return [
        wants.group("state", facets.state, lambda facet: WORDS[BatchState][facet.value]),
        wants.group("category", facets.category),
        wants.group("district", facets.district),
        wants.group("zone", facets.zone),
        wants.group("workshop", facets.workshop),
    ]


def _reasons(verdict: Answer, workshop: int) -> Iterator[Reason]:
    places = {Evidence.credit: local(f"/workshops/{workshop}/credit"), **ANCHORS}
    for reason in verdict.reasons:
        href = places.get(reason.evidence) or local(f"/workshops/{workshop}")
        yield Reason(reason.verdict, reason.sentence, href)


def _entry(change: Change) -> LogEntry:
    fields = tuple(
        ChangedField(
            FIELDS.get(field.field, field.field), _lines(field.field, field.gone), _lines(field.field, field.come)
        )
        for field in change.fields
    )
    return LogEntry(change, ACTS.get(change.act or "", change.act), fields)


def _lines(field: str, entries: Iterable[Entry]) -> tuple[tuple[Part, ...], ...]:
    words = WORDS[FIELD_KINDS[field]] if field in FIELD_KINDS else {}
    return tuple(tuple(words.get(part) or _day_or_text(part) for part in entry) for entry in entries)


def _day_or_text(part: str) -> date | str:
    try:
        return date.fromisoformat(part) if part[4:5] == "-" else part
    except ValueError:
        return part

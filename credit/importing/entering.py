"""Entering records from a table: known rows are left alone, new ones are matched, written and told.

A record remembers the digest of what names it in its table, so that the same table twice adds nothing. A row that says
something else than it said when it was entered is refused: what a record says is put right at the desk, where the old
words stay visible as corrected.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Row as Found
from sqlalchemy import insert, select

from zuofang.credit.codec import dump
from zuofang.credit.events import Event
from zuofang.credit.importing.matching import Known, Match, Register, decide, read_operators
from zuofang.credit.importing.parties import Named, responsible
from zuofang.credit.importing.printed import check
from zuofang.credit.models import (
    CreditEvent,
    CreditParty,
    CreditRecord,
    CreditVersion,
    RecordKind,
    RecordState,
    SampleItem,
)
from zuofang.credit.records import Record
from zuofang.rules.sentences import Sentence, say
from zuofang.traceability.importing.columns import Row
from zuofang.traceability.importing.merging import Merged, Target, Wish, merge
from zuofang.traceability.importing.work import Work, portions
from zuofang.traceability.models import Workshop
from zuofang.traceability.queries.districts import county_codes

ASKED_AT_ONCE = 200
"""Parties whose operators are looked up in one statement."""
LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a sample exactly as printed, and our word for it."""

    item: str
    result: str
    limit: str
    judgement: str


@dataclass(slots=True)
class Draft:
    """A record as one row tells it, or several; every text in it is masked already."""

    rows: list[Row]
    kind: RecordKind
    identity: tuple[Any, ...]
    """What names the record in its table, whoever exports the table again."""
    value: Record
    parties: tuple[Named, ...]
    title: str
    content: str
    heading: str
    """The column under which questions about the whole row are told."""
    document: str | None = None
    authority: str | None = None
    items: tuple[Item, ...] = ()
    events: tuple[Event, ...] = ()

    @property
    def row(self) -> Row:
        """The first row."""
        return self.rows[0]

    @property
    def source(self) -> str:
        """The digest that is kept in the record."""
        told = json.dumps([self.kind, *self.identity], ensure_ascii=False, default=str)
        return hashlib.sha256(told.encode()).hexdigest()


def enter(work: Work, drafts: Sequence[Draft]) -> dict[str, int]:
    """Enter what is new, leave alone what is known, refuse what says something else than it said before.

    Answers the numbers of the new records by their sources.
    """
    drafts = [draft for draft in drafts if not any(row.refused for row in draft.rows)]
    known = _known(work, drafts)
    drafts = [draft for draft in drafts if draft.source not in known or _is_mine(work, draft, known[draft.source])]
    _refuse_other_items(work, drafts, known)
    drafts = [draft for draft in drafts if not draft.row.refused]
    matches = _matches(work, [draft for draft in drafts if draft.source not in known])
    drafts = [one for one in drafts if one.source in known or _is_mine(work, one, matches[one.source].workshop)]
    wishes = [_wish(work, draft, matches.get(draft.source), known.get(draft.source)) for draft in drafts]
    merged = merge(work, replace(RECORDS, heading=naming(work)), wishes)
    new = {draft.source: draft for draft in drafts if draft.source in matches and not draft.row.refused}
    _hang_on(work, new, merged)
    for draft in drafts:
        for row in draft.rows:
            row.changed, row.refused = draft.row.changed, draft.row.refused
    _forget_remarks(work, {row.number for draft in drafts if draft.source in known for row in draft.rows})
    for source, draft in new.items():
        _tell(work, draft, matches[source])
    work.touch("credit_record", merged.created)
    return {source: merged.ids[source,] for source in new}


def _said_otherwise(_found: Found[Any], _changes: dict[str, Any]) -> Sentence:
    return say("这条记录已经导入过，这一行与当时说的不同。请在原记录上更正，不要再导入。")


RECORDS = Target(CreditRecord, ("source",), "name", guard=_said_otherwise)


def naming(work: Work) -> str:
    """The column that names what a row is about: the party, or in a sampling table the food."""
    return "name" if "name" in work.columns else "product"


@dataclass(frozen=True, slots=True)
class _Stored:
    """A record that a row names, as it was entered."""

    id: int
    content: str
    district: str
    """Of the operator in whose file it is; empty where it is in nobody's."""


def _known(work: Work, drafts: Sequence[Draft]) -> dict[str, _Stored]:
    """The records that are there already, by their source, with the text they were entered with."""
    first = (CreditVersion.record_id == CreditRecord.id) & (CreditVersion.number == 1)
    columns = CreditRecord.source, CreditRecord.id, CreditRecord.content, CreditVersion.content.label("entered")
    statement = select(*columns, Workshop.district_code).outerjoin(CreditVersion, first)
    statement = statement.outerjoin(Workshop, Workshop.id == CreditRecord.workshop_id)
    rows = work.find(statement, CreditRecord.source.expression, (draft.source for draft in drafts))
    return {
        str(row.source): _Stored(row.id, row.content if row.entered is None else row.entered, row.district_code or "")
        for row in rows
    }


def _is_mine(work: Work, draft: Draft, whose: Known | _Stored | None) -> bool:
    """Whether a record is of an operator of whom whoever imports may speak; else every row of it is refused."""
    district = whose.district if whose else None
    for row in () if work.covers(district) else draft.rows:
        work.is_mine(row, draft.heading, district)
    return work.covers(district)


def _refuse_other_items(work: Work, drafts: Sequence[Draft], known: dict[str, _Stored]) -> None:
    columns = SampleItem.record_id, SampleItem.item, SampleItem.result, SampleItem.limit
    statement = select(*columns).order_by(SampleItem.record_id, SampleItem.position)
    stored: dict[int, list[tuple[str, str, str]]] = {}
    for key, item, result, limit in work.find(statement, SampleItem.record_id.expression, _ids(known)):
        stored.setdefault(key, []).append((item, result, limit))
    for draft in drafts:
        if (found := known.get(draft.source)) is None:
            continue
        if [(one.item, one.result, one.limit) for one in draft.items] != stored.get(found.id, []):
            for row in draft.rows:
                work.refuse(row, draft.heading, say("这个样品已经导入过，检验项目与当时的不同。请在原记录上更正。"))


def _ids(known: dict[str, _Stored]) -> Iterator[int]:
    return (one.id for one in known.values())


def _wish(work: Work, draft: Draft, match: Match | None, stored: _Stored | None) -> Wish:
    if match is None:
        same = stored is None or stored.content == draft.content
        return Wish(draft.row, (draft.source,), {} if same else {"content": draft.content})
    meant = match.party or next(iter(responsible(draft.parties)), None)
    fresh = {
        "kind": draft.kind, "workshop_id": match.workshop.id if match.workshop else None,
        "party": meant.name if meant else "", "party_address": (meant.address or None) if meant else None,
        "document": draft.document, "authority": draft.authority, "made_on": draft.value.made_on,
        "title": draft.title[:LONGEST_NAME], "facts": dump(draft.value), "state": RecordState.entered,
        "entered_at": work.desk.now,
    }  # fmt: skip
    return Wish(draft.row, (draft.source,), {"content": draft.content}, fresh)


def _matches(work: Work, drafts: Sequence[Draft]) -> dict[str, Match]:
    """To whom each new record belongs, by its source."""
    register = register_for(work, (party for draft in drafts for party in draft.parties))
    return {draft.source: decide(draft.parties, register) for draft in drafts}


def register_for(work: Work, parties: Iterable[Named]) -> Register:
    """The operators that these parties may be, together with those asked for before in this import."""
    register = work.remember("register", lambda: Register(county_codes(work.connection, work.today)))
    for portion in portions(dict.fromkeys(parties), ASKED_AT_ONCE):
        register.add(read_operators(work.connection, portion))
    return register


def _hang_on(work: Work, new: dict[str, Draft], merged: Merged) -> None:
    """Add what hangs on new records: parties, items, and what has happened to them since."""
    rows: dict[Any, list[dict[str, Any]]] = {CreditParty: [], SampleItem: [], CreditEvent: []}
    for source, draft in new.items():
        key = {"record_id": merged.ids[source,]}
        rows[CreditParty] += [key | row for row in _party_rows(draft)]
        rows[SampleItem] += [key | row for row in _item_rows(draft)]
        rows[CreditEvent] += [
            key | {"kind": type(one).__name__, "on": one.on, "facts": dump(one)} for one in draft.events
        ]
    for model, those in rows.items():
        if those:
            work.connection.execute(insert(model), those)


def _party_rows(draft: Draft) -> Iterator[dict[str, Any]]:
    for one in draft.parties:
        yield {
            "role": one.role, "name": one.name, "address": one.address or None,
            "certificate": one.certificate or None, "credit_code": one.credit_code or None,
            "district_code": one.district or None,
        }  # fmt: skip


def _item_rows(draft: Draft) -> Iterator[dict[str, Any]]:
    for position, one in enumerate(draft.items, 1):
        yield {
            "position": position, "item": one.item, "result": one.result, "limit": one.limit,
            "judgement": one.judgement,
        }  # fmt: skip


def _forget_remarks(work: Work, rows: set[int]) -> None:
    """What a person had to look at in a row that is known already has been told when it was entered."""
    work.report.to_check = [one for one in work.report.to_check if one.row not in rows]


def _tell(work: Work, draft: Draft, match: Match) -> None:
    """Touch the pages of the operator, or put the row on the list of the matching desk."""
    if match.workshop is not None:
        work.touch("workshop", [match.workshop.id])
        return
    work.report.unmatched += len(draft.rows)
    check(work, draft.row, draft.heading, match.reason, (f"{one.name}，{one.address}" for one in match.candidates))

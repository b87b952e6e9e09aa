"""From records to documents: what of a published record can be found, and what a result tells of it.

A document exists exactly as long as the publication engine lets its record be shown; every text in it has passed the
mask of personal data.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from zuofang.credit.facts import speaks_against
from zuofang.credit.file import value_of
from zuofang.credit.findings import HonourExit, Inspection, Recall, Sample
from zuofang.credit.models import CreditLink, CreditRecord, RecordState
from zuofang.credit.publication import Publication, publication
from zuofang.credit.publishing.terms import gravest_class
from zuofang.credit.queries.redacted import fit, fit_record, maybe_fit
from zuofang.credit.records import Kind, Listing, Penalty, Record
from zuofang.rules.book import RuleBook
from zuofang.rules.parameters import NoSuchRule
from zuofang.rules.texts import Texts
from zuofang.search.language import squeeze
from zuofang.search.models import SearchDocument
from zuofang.search.wanted import NAMES_END
from zuofang.traceability.models import Tenancy, Workshop, ZoneUnit
from zuofang.traceability.queries.districts import district_names

LONGEST_EXCERPT = 400
Values = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Around:
    """What stands around a record: its operator with zone and products, and the names of divisions on its day."""

    workshop: Workshop | None
    district: str | None
    district_name: str | None

    def zone(self, on: date) -> tuple[str, str] | None:
        """Key and name of the zone in which the operator worked on a day."""
        for tenancy in self.workshop.tenancies if self.workshop else ():
            if tenancy.since <= on and (tenancy.until is None or tenancy.until >= on):
                return tenancy.unit.zone.slug, tenancy.unit.zone.name
        return None


def documents(session: Session, keys: Iterable[int], today: date, rules: RuleBook) -> Iterator[SearchDocument]:
    """A document for each of these records that may be shown today; the others have none."""
    rows = session.scalars(_records(keys)).all()
    workshops = _workshops(session, {row.workshop_id for row in rows if row.workshop_id})
    for row in rows:
        value = value_of(row)
        found = publication(value, today, rules)
        if found.public:
            yield _document(row, value, found, _around(session, row, workshops), rules)


def _records(keys: Iterable[int]) -> Any:
    return (
        select(CreditRecord)
        .where(
            CreditRecord.id.in_(list(keys)),
            CreditRecord.state == RecordState.approved,
            CreditRecord.published_on.is_not(None),
            CreditRecord.taken_down_on.is_(None),
        )
        .options(
            selectinload(CreditRecord.events),
            selectinload(CreditRecord.items),
            selectinload(CreditRecord.parties),
            selectinload(CreditRecord.sequels).joinedload(CreditLink.later).selectinload(CreditRecord.events),
        )
    )


def _workshops(session: Session, keys: Iterable[int]) -> dict[int, Workshop]:
    loaded = (
        selectinload(Workshop.products),
        selectinload(Workshop.certificates),
        selectinload(Workshop.tenancies).joinedload(Tenancy.unit).joinedload(ZoneUnit.zone),
    )
    found = session.scalars(select(Workshop).where(Workshop.id.in_(list(keys))).options(*loaded))
    return {one.id: one for one in found}


def _around(session: Session, row: CreditRecord, workshops: Mapping[int, Workshop]) -> Around:
    workshop = workshops.get(row.workshop_id) if row.workshop_id else None
    code = next((one.district_code for one in row.parties if one.district_code), None)
    code = code or (workshop.district_code if workshop else None)
    asked = session.info.setdefault("search.districts", {})
    if (code, row.made_on) not in asked:
        asked[code, row.made_on] = district_names(session.connection(), [code], row.made_on).get(code or "")
    return Around(workshop, code, asked[code, row.made_on])


def _document(row: CreditRecord, value: Record, found: Publication, around: Around, rules: RuleBook) -> SearchDocument:
    record = fit_record(value)
    title, content = fit(row.title), fit(row.content)
    facets = {name: values for name, values in _facets(row, record, around, rules).items() if values}
    told = {
        "items": [[fit(one.item), fit(one.result), fit(one.limit), one.judgement] for one in row.items],
        "against": speaks_against(value),
        "district": around.district_name,
        "excerpt": content[:LONGEST_EXCERPT] if content != title else "",
        "sums": _sums(record),
    }
    made = SearchDocument(
        record_id=row.id, gone=False, kind=row.kind, made_on=row.made_on, published_on=row.published_on,
        last_day=found.last_day, workshop_id=row.workshop_id, party=fit(row.party), title=title,
        document=maybe_fit(row.document), authority=maybe_fit(row.authority), told=_json(told), facets=_json(facets),
        words=_words(row, around, title, content, record),
    )  # fmt: skip
    made.digest = digest_of(made)
    return made


def digest_of(document: SearchDocument) -> str:
    """The digest of everything that a document says."""
    said = [getattr(document, column.key) for column in SearchDocument.__table__.columns if column.key not in _OWN]
    return hashlib.blake2b(repr(said).encode(), digest_size=16).hexdigest()


_OWN = ("record_id", "changed", "digest")


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _sums(record: Record) -> dict[str, str]:
    if not isinstance(record, Penalty):
        return {}
    sums = {"fine": record.fine, "confiscated": record.confiscated}
    return {name: str(amount) for name, amount in sums.items() if amount}


def _facets(row: CreditRecord, record: Record, around: Around, rules: RuleBook) -> dict[str, list[str]]:
    zone = around.zone(row.made_on)
    return {
        "kind": [row.kind.value],
        "outcome": _outcomes(record),
        "district": [around.district] if around.district else [],
        "category": _categories(row, around, rules),
        "item": list(dict.fromkeys(_item_name(one.item, rules) for one in row.items if one.judgement != "conforms")),
        "violation": _violations(row, record),
        "term": [gravest_class(record, Texts(rules, record.decided_on)).value] if isinstance(record, Penalty) else [],
        "zone": [zone[0]] if zone else [],
        "honour": [record.honour] if isinstance(record, HonourExit) else [],
        "year": [str(row.made_on.year)],
    }


def _outcomes(record: Record) -> list[str]:
    match record:
        case Penalty():
            return [kind.value for kind in Kind if kind in record.kinds]
        case Sample():
            return [record.final_outcome.value]
        case Inspection():
            return [record.result.value]
        case Recall():
            return [record.level.value]
        case _:
            return []


def _violations(row: CreditRecord, record: Record) -> list[str]:
    if isinstance(record, Listing):
        return [ground.value for ground in record.grounds]
    return [fit(row.title)] if isinstance(record, Penalty) else []


def _item_name(printed: str, rules: RuleBook) -> str:
    known = rules.limits.items.find(printed)
    return known.name if known else fit(printed)


def _categories(row: CreditRecord, around: Around, rules: RuleBook) -> list[str]:
    """The category that the record names; else that of the product it names, or the only one the operator makes."""
    for line in row.content.splitlines():
        label, _, said = line.partition("：")
        if "类" in label and said and (code := _category(said.strip(), rules)):
            return [code]
    products = around.workshop.products if around.workshop else ()
    named = {one.category for one in products if one.name in row.title or one.name in row.content}
    every = {one.category for one in products}
    return sorted(named or (every if len(every) == 1 else ()))


def _category(text: str, rules: RuleBook) -> str | None:
    try:
        return rules.limits.category(text).code
    except NoSuchRule:
        return None


def _words(row: CreditRecord, around: Around, title: str, content: str, record: Record) -> str:
    zone, workshop = around.zone(row.made_on), around.workshop
    names = [
        row.party, *(one.name for one in row.parties), workshop.name if workshop else "", title,
        row.party_address, *(one.address for one in row.parties), workshop.address if workshop else "",
        around.district_name, zone[1] if zone else "",
    ]  # fmt: skip
    rest = [
        row.document, row.authority, content,
        *(text for one in row.items for text in (one.item, one.result, one.limit)),
        *(text for one in row.parties for text in (one.certificate, one.credit_code)),
        *((workshop.credit_code, *(one.number for one in workshop.certificates)) if workshop else ()),
        *_outcomes(record), *_violations(row, record),
        record.honour if isinstance(record, HonourExit) else "",
    ]  # fmt: skip
    return f"{_lines(names)}{NAMES_END}{_lines(rest)}"


def _lines(texts: Iterable[str | None]) -> str:
    squeezed = (squeeze(line) for text in texts if text for line in fit(text).splitlines())
    return "\n".join(dict.fromkeys(filter(None, squeezed)))

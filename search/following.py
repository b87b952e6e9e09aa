"""Keeping the documents true: the outbox is followed, each touched record is looked at anew, twice as well as once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from zuofang.credit.models import CreditLink, CreditRecord
from zuofang.rules.book import RuleBook
from zuofang.search.documents import documents
from zuofang.search.models import SearchDocument
from zuofang.storage.database import Database
from zuofang.storage.outbox import OutboxItem, advance, behind, pending
from zuofang.traceability.models import Tenancy, ZoneUnit

READER = "search"
PORTION = 500


def follow(database: Database, today: date, rules: RuleBook, limit: int = PORTION) -> int:
    """Look anew at what the next acts touched; answers how many items were done (0: nothing was waiting)."""
    if not behind(database, READER):
        return 0
    with Session(database.write, autoflush=False) as session:
        items = pending(session, READER, limit)
        keys = sorted(set(_touched(session, items)))
        for portion in _portions(keys):
            write(session, portion, today, rules)
        if items:
            advance(session, READER, items[-1].id)
        session.commit()
    return len(items)


def follow_all(database: Database, today: date, rules: RuleBook) -> None:
    """Bring the documents up to date."""
    while follow(database, today, rules):
        pass


def _touched(session: Session, items: Sequence[OutboxItem]) -> Iterator[int]:
    by_kind: dict[str, set[int]] = {}
    for item in items:
        if item.subject_key.isdecimal():
            by_kind.setdefault(item.subject_kind, set()).add(int(item.subject_key))
    records = by_kind.get("credit_record", set())
    yield from records
    if records:  # how long a finding is public hangs on what it led to
        yield from session.scalars(select(CreditLink.earlier_id).where(CreditLink.later_id.in_(records)))
    workshops = by_kind.get("workshop", set())
    if zones := by_kind.get("zone"):
        inside = select(Tenancy.workshop_id).join(ZoneUnit).where(ZoneUnit.zone_id.in_(zones))
        workshops = workshops.union(session.scalars(inside))
    if workshops:
        yield from session.scalars(select(CreditRecord.id).where(CreditRecord.workshop_id.in_(workshops)))


def write(session: Session, keys: Sequence[int], today: date, rules: RuleBook) -> int:
    """Write the documents of these records as they must be today; answers how many differed."""
    made = {one.record_id: one for one in documents(session, keys, today, rules)}
    stored = session.scalars(select(SearchDocument).where(SearchDocument.record_id.in_(keys)))
    there = {one.record_id: one for one in stored}
    changes = [key for key in keys if _differ(made.get(key), there.get(key))]
    last = (session.scalar(select(func.max(SearchDocument.changed))) or 0) if changes else 0
    for number, key in enumerate(changes, last + 1):
        wanted = made.get(key) or _blank(key)
        wanted.changed = number
        session.merge(wanted)
    session.flush()
    return len(changes)


def _differ(made: SearchDocument | None, there: SearchDocument | None) -> bool:
    if there is None:
        return made is not None
    return (made.digest if made else "") != there.digest


def _blank(key: int) -> SearchDocument:
    """What is left of a document whose record left public view."""
    return SearchDocument(
        record_id=key, gone=True, digest="", kind=None, made_on=None, published_on=None, last_day=None,
        workshop_id=None, party="", title="", document=None, authority=None, told="{}", facets="{}", words="",
    )  # fmt: skip


def rewrite(database: Database, today: date, rules: RuleBook) -> Iterator[tuple[float, int]]:
    """Look at every record anew, portion by portion; yields the share done and how many documents differed."""
    with Session(database.read) as session:
        keys = session.scalars(select(CreditRecord.id).order_by(CreditRecord.id)).all()
    for done, portion in enumerate(_portions(keys), 1):
        with Session(database.write, autoflush=False) as session:
            differed = write(session, portion, today, rules)
            session.commit()
        yield min(1.0, done * PORTION / len(keys)), differed


def _portions(keys: Iterable[int]) -> Iterator[Sequence[int]]:
    listed = list(keys)
    for start in range(0, len(listed), PORTION):
        yield listed[start : start + PORTION]

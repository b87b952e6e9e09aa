"""The change log of public pages: what each page shows, from when on, and by whose act (DIG5 item 3).

A reader of the outbox: after an act, the facts that the page of its subject shows are compared with the last version
kept, and a new version is written where they differ. Doing it twice changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from zuofang.storage.database import Database
from zuofang.storage.journal import JournalEntry, canonical
from zuofang.storage.outbox import OutboxItem, Subject, advance, pending
from zuofang.traceability.label import LabelFile
from zuofang.traceability.models import PageVersion, Tenancy, Workshop, Zone
from zuofang.traceability.queries.label import label_file

READER = "page_log"
Facts = dict[str, Any]


def follow(database: Database, limit: int = 500) -> int:
    """Write down what the next acts changed on pages; answers how many subjects were looked at (0: all done)."""
    with Session(database.write) as session:
        items = pending(session, READER, limit)
        for subject, item in {(one.subject_kind, one.subject_key): one for one in items}.items():
            _note(session, subject, item)
        if items:
            advance(session, READER, items[-1].id)
        session.commit()
    return len(items)


def follow_all(database: Database) -> None:
    """Bring the change log up to date."""
    while follow(database):
        pass


def _note(session: Session, subject: Subject, item: OutboxItem) -> None:
    kind, key = subject
    if kind not in SHOWN:
        return
    facts = SHOWN[kind](session, int(key))
    if facts is None:
        return
    last = _last(session, subject)
    shown = canonical(facts)
    if last is not None and last.shown == shown:
        return
    entry = session.scalars(select(JournalEntry).where(JournalEntry.seq == item.seq)).one()
    number = last.number + 1 if last else 1
    session.add(
        PageVersion(
            subject_kind=kind, subject_key=key, number=number, at=entry.at, who=entry.who, seq=entry.seq, shown=shown
        )
    )


def _last(session: Session, subject: Subject) -> PageVersion | None:
    newest = (
        select(func.max(PageVersion.number))
        .where(PageVersion.subject_kind == subject[0], PageVersion.subject_key == subject[1])
        .scalar_subquery()
    )
    return session.scalars(
        select(PageVersion).where(
            PageVersion.subject_kind == subject[0],
            PageVersion.subject_key == subject[1],
            PageVersion.number == newest,
        )
    ).one_or_none()


def _batch(session: Session, key: int) -> Facts | None:
    """What the label page and the batch page say of the batch itself; its workshop and zone have logs of their own."""
    file = label_file(session.connection(), key)
    return None if file is None else {**_goods(file), **_course(file)}


def _goods(file: LabelFile) -> Facts:
    return {
        "product": file.product,
        "specification": file.specification,
        "net_content": file.net_content,
        "ingredients": file.ingredients,
        "storage": file.storage,
        "standard": file.standard,
        "allergens": file.allergens,
        "lot": file.lot,
        "made_on": file.made_on,
        "best_before": file.best_before,
    }


def _course(file: LabelFile) -> Facts:
    return {
        "state": file.state,
        "block_reason": file.block_reason,
        "tests": [
            [one.facts.number, one.facts.laboratory, one.facts.tested_on, one.facts.conclusion] for one in file.sheets
        ],
        "recalls": [[one.level, one.reason, one.known_on, one.announced_on] for one in file.recalls],
        "materials": [[one.name, one.lot, one.received_on, one.supplier] for one in file.materials],
    }


def _workshop(session: Session, key: int) -> Facts | None:
    workshop = session.get(Workshop, key)
    if workshop is None:
        return None
    return {
        "name": workshop.name,
        "operator": workshop.operator,
        "address": workshop.address,
        "phone": workshop.phone,
        "certificates": [[one.number, one.since, one.until, one.revoked_on] for one in workshop.certificates],
        "restrictions": [[one.kind, one.since, one.until, one.ground] for one in workshop.restrictions],
        "units": [_tenancy(one) for one in workshop.tenancies],
    }


def _tenancy(tenancy: Tenancy) -> Sequence[Any]:
    return [tenancy.unit.zone.name, tenancy.unit.number, tenancy.since, tenancy.until]


def _zone(session: Session, key: int) -> Facts | None:
    zone = session.get(Zone, key)
    if zone is None:
        return None
    return {
        "name": zone.name,
        "address": zone.address,
        "manager": zone.manager,
        "brand": zone.brand,
        "story": zone.story,
        "standards": sorted([one.standard, one.state, one.found, one.on] for one in zone.standards),
        "steps": [[one.kind, one.on, one.report] for one in zone.steps],
    }


SHOWN: dict[str, Callable[[Session, int], Facts | None]] = {"batch": _batch, "workshop": _workshop, "zone": _zone}

"""Calling in a whole trade of a place (行业约谈): one meeting, and a line in the file of everybody who was called."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from zuofang.credit.acts import records
from zuofang.credit.measures import Called, Interview
from zuofang.credit.models import CreditRecord, RecordKind, RecordState
from zuofang.rules.book import RuleBook
from zuofang.rules.parameters import NoSuchRule
from zuofang.rules.sentences import say
from zuofang.storage.acts import Desk, Refused
from zuofang.traceability.models import Product, Workshop

TITLE = "行业约谈：{place}{trade}"


@dataclass(frozen=True, slots=True)
class Meeting:
    """One meeting: what was said there, the number of its notice, who held it, and who stayed away."""

    interview: Interview
    document: str
    authority: str
    content: str
    absent: frozenset[int] = frozenset()


def of_trade(desk: Desk, category: str, district: str) -> tuple[Workshop, ...]:
    """The operators that a meeting with a trade calls in: :func:`makers` as the act sees them.

    Raises:
        Refused: nobody knows such a category.
    """
    return makers(desk.session, desk.rules, category, district)


def makers(session: Session, rules: RuleBook, category: str, district: str) -> tuple[Workshop, ...]:
    """The operators of a division that make food of a category (code or name), or of one that lies within it.

    Raises:
        Refused: nobody knows such a category.
    """
    limits = rules.limits
    try:
        meant = limits.category(category).code
    except NoSuchRule:
        raise Refused(say("没有“%(category)s”这个食品类别。", category=category)) from None
    within = [code for code in limits.categories if code == meant or meant in limits.wider(code)]
    making = select(Product.workshop_id).where(Product.category.in_(within))
    found = select(Workshop).where(Workshop.district_code == district, Workshop.id.in_(making)).order_by(Workshop.id)
    return tuple(session.scalars(found))


def call_in(desk: Desk, meeting: Meeting, called: Sequence[Workshop], why: str) -> tuple[CreditRecord, ...]:
    """Enter a meeting with a trade into the file of each operator that was called; each is then put forward.

    Raises:
        Refused: nobody was called, the meeting is none of a trade, or it was entered already.
    """
    told = meeting.interview
    if told.called is not Called.trade or not called:
        raise Refused(say("行业约谈要写明行业和地区，并且至少有一家作坊。"))
    if list(_entered(desk, meeting.document)):
        raise Refused(say("这次约谈已经录入。"))
    found = []
    for workshop in called:
        record = CreditRecord(
            kind=RecordKind.interview, workshop_id=workshop.id, party=workshop.name, document=meeting.document,
            authority=meeting.authority, made_on=told.held_on, content=meeting.content,
            title=TITLE.format(place=told.place, trade=told.trade),
        )  # fmt: skip
        value = replace(told, attended=workshop.id not in meeting.absent)
        found.append(records.enter(desk, record, value, why))
        records.propose(desk, record, why)
    return tuple(found)


def call_off(desk: Desk, document: str, why: str) -> int:
    """Take a meeting out of the files again while none of its lines is approved; answers how many there were.

    Raises:
        Refused: there is no such meeting, or a line of it is approved: that one has to be withdrawn.
    """
    found = list(_entered(desk, document))
    if not found or any(record.state is RecordState.approved for record in found):
        raise Refused(say("没有这次约谈，或者已经审核。"))
    for record in found:
        records.remove(desk, record, why)
    return len(found)


def _entered(desk: Desk, document: str) -> Iterable[CreditRecord]:
    statement = select(CreditRecord).where(CreditRecord.document == document, CreditRecord.kind == RecordKind.interview)
    return desk.session.scalars(statement)

"""Records on their way to the public in tests: entered by one officer, approved by another, published by the clock."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

from sqlalchemy.orm import Session
from tests.scene import WHY

from zuofang.credit import daily
from zuofang.credit.acts import records
from zuofang.credit.findings import Closure, Inspection, Sample
from zuofang.credit.measures import Interview, Rectification, Referral
from zuofang.credit.models import CreditRecord, RecordKind, SampleItem
from zuofang.credit.records import Ground, Kind, Listing, Outcome, Penalty, Record, Result, Tier
from zuofang.storage.acts import Office

TODAY = date(2026, 11, 20)
"""The day of the tests."""
FINE = Penalty(
    decided_on=date(2026, 10, 12), kinds=frozenset({Kind.fine}), fine=Decimal(1500), tier=Tier.ordinary,
    performed_on=date(2026, 10, 20), rectified_on=date(2026, 10, 20),
)  # fmt: skip
LISTED = Listing(listed_on=date(2026, 9, 1), grounds=(Ground.forbidden_material,), consent_on=date(2026, 8, 31))
FAILED = Sample(concluded_on=date(2026, 9, 1), outcome=Outcome.failed, served_on=date(2026, 9, 4))
PASSED = Sample(concluded_on=date(2026, 9, 1), outcome=Outcome.passed)
INSPECTED = Inspection(found_on=date(2026, 11, 3), result=Result.largely_conforming)

KINDS: dict[type[Record], RecordKind] = {
    Penalty: RecordKind.penalty,
    Listing: RecordKind.listing,
    Sample: RecordKind.sample,
    Inspection: RecordKind.inspection,
    Closure: RecordKind.closure,
    Interview: RecordKind.interview,
    Rectification: RecordKind.rectification,
    Referral: RecordKind.referral,
}
FAULTY = SampleItem(position=1, item="防腐剂混合使用", result="1.6", limit="≤1", judgement="fails")


def filed(
    office: Office, workshop: int | None, value: Record, *, title: str = "使用超过保质期的原料",
    content: str = "使用超过保质期的酱油。", items: tuple[SampleItem, ...] = (), published: bool = True,
    approved: bool = True,
) -> int:  # fmt: skip
    """A record about a workshop, or about nobody of the register, published by today's clock; answers its key.

    One that is not ``approved`` waits for the reviewer.
    """
    with office.writing("officer") as desk:
        record = CreditRecord(
            kind=KINDS[type(value)], workshop_id=workshop, party="北溪陈记卤味作坊", document="清市监〔2026〕12号",
            authority="清溪县市场监督管理局", made_on=value.made_on, title=title, content=content,
            items=[SampleItem(position=one.position, item=one.item, result=one.result, limit=one.limit,
                              judgement=one.judgement) for one in items],
        )  # fmt: skip
        records.enter(desk, record, value, WHY)
        records.propose(desk, record, WHY)
    if not approved:
        return record.id
    with office.writing("reviewer") as desk:
        records.approve(desk, desk.session.get_one(CreditRecord, record.id), WHY)
    if published:
        daily.run(office)
    return record.id


def at(office: Office, day: date) -> Office:
    """The office on another day."""
    return replace(office, clock=lambda: datetime(day.year, day.month, day.day, 4, tzinfo=UTC))


def read(office: Office, key: int) -> CreditRecord:
    """A record as it stands."""
    with Session(office.database.read) as session:
        return session.get_one(CreditRecord, key)

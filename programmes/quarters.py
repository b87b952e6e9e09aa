"""The quarterly table (季报) of work on small workshops, by county: each figure counted from records that are listed.

The plans of Jintan (2018) and Ningbo (2020) ask for it every quarter; their printed forms are not part of what is
published of them, so the columns follow the tasks that the plans name, in their order.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from zuofang.credit.file import value_of
from zuofang.credit.findings import Sample
from zuofang.credit.measures import Rectification
from zuofang.credit.models import (
    Campaign,
    CampaignPlace,
    CampaignVisit,
    CreditParty,
    CreditRecord,
    LookBack,
    RecordKind,
    RecordState,
    Triage,
)
from zuofang.credit.records import Outcome, Penalty
from zuofang.traceability.models import Workshop
from zuofang.traceability.queries.districts import county_codes

TAKEN_BACK = frozenset({"Withdrawn", "Annulled"})
NOWHERE = "未注明县区"


class Column(StrEnum):
    """The columns of the table, in their order; the value is the head that is printed."""

    registered = "期末登记主体（家）"
    certified = "期末持有效登记证（家）"
    inspections = "监督检查（次）"
    inspected = "被检查主体（家）"
    samples = "监督抽检（批次）"
    failed = "抽检不合格（批次）"
    orders = "责令改正（件）"
    accepted = "其中复查合格（件）"
    interviews = "约谈（家次）"
    penalties = "行政处罚（件）"
    money = "罚款和没收（元）"
    closures = "取缔无证场所（处）"
    visits = "回头看（次）"
    upgraded = "整治分类：提升（家）"
    regulated = "整治分类：规范（家）"
    phased_out = "整治分类：淘汰（家）"


HOW: dict[Column, str] = {
    Column.registered: "截至季末有过登记证的主体。",
    Column.certified: "季末当天登记证在有效期内，并且没有吊销或者注销的主体。",
    Column.inspections: "检查日期在本季、已经审核的监督检查记录。",
    Column.inspected: "上一栏的记录涉及的主体，一家只计一次。",
    Column.samples: "检验结论在本季、已经审核的监督抽检记录。",
    Column.failed: "其中最终结论不合格的；复检改变结论的按复检，异议成立的不计。",
    Column.orders: "责令日期在本季、已经审核的责令改正记录。",
    Column.accepted: "其中截至数据日期已经复查合格的。",
    Column.interviews: "约谈日期在本季、已经审核的约谈记录；行业约谈每家计一次。",
    Column.penalties: "决定日期在本季、已经审核的行政处罚记录。",
    Column.money: "这些处罚的罚款和没收金额之和。",
    Column.closures: "关闭日期在本季、已经审核的取缔记录。",
    Column.visits: "在本季去看过的回头看：取缔以后的，和专项整治里的。",
    Column.upgraded: "专项整治里，在本季分到“提升”的主体；无证的也计。",
    Column.regulated: "专项整治里，在本季分到“规范”的主体；无证的也计。",
    Column.phased_out: "专项整治里，在本季分到“淘汰”的主体；无证的也计。",
}


@dataclass(frozen=True, slots=True)
class Quarter:
    """A quarter of a year."""

    year: int
    number: int

    @property
    def first(self) -> date:
        """Its first day."""
        return date(self.year, 3 * self.number - 2, 1)

    @property
    def last(self) -> date:
        """Its last day."""
        month = 3 * self.number
        return date(self.year, month, monthrange(self.year, month)[1])


@dataclass(frozen=True, slots=True)
class Evidence:
    """One thing that was counted into a cell; ``amount`` is 1 or a sum of money."""

    county: str
    column: Column
    key: str
    on: date | None
    party: str
    title: str
    amount: Decimal = Decimal(1)


@dataclass(frozen=True, slots=True)
class QuarterTable:
    """The table: counties by code with their names, and everything that stands behind its figures."""

    quarter: Quarter
    counted_on: date
    counties: dict[str, str]
    evidence: tuple[Evidence, ...]

    def cell(self, county: str | None, column: Column) -> Decimal:
        """A figure of a county, or of all together."""
        return sum(
            (one.amount for one in self.evidence if one.column is column and county in (None, one.county)), Decimal()
        )


def quarter_table(session: Session, quarter: Quarter, on: date, counties: Iterable[str] | None = None) -> QuarterTable:
    """Count a quarter as it is known on the day ``on``; in these counties, or in all. A fixed number of statements."""
    names = {code: name for name, code in county_codes(session.connection(), on).items()}
    wanted = sorted(names if counties is None else set(counties) & set(names))
    found = session.execute(select(Workshop.id, Workshop.district_code))
    districts = {one.id: one.district_code for one in found}
    every = [
        *_register(session, quarter),
        *_records(session, quarter, districts),
        *_visits(session, quarter, districts),
        *_campaigns(session, quarter),
    ]
    kept = [one for one in every if counties is None or one.county in wanted]
    if any(one.county not in names for one in kept):
        names[""] = NOWHERE
        wanted.append("")
        kept = [one if one.county in names else _elsewhere(one) for one in kept]
    kept.sort(key=lambda one: (one.county, list(Column).index(one.column), one.on or date.min, one.key))
    return QuarterTable(quarter, on, {code: names[code] for code in wanted}, tuple(kept))


def _elsewhere(one: Evidence) -> Evidence:
    return Evidence("", one.column, one.key, one.on, one.party, one.title, one.amount)


def _register(session: Session, quarter: Quarter) -> Iterator[Evidence]:
    """Operators that had a certificate by the end of the quarter, and those whose certificate was in force on it."""
    last = quarter.last
    for row in session.scalars(select(Workshop).options(selectinload(Workshop.certificates)).order_by(Workshop.id)):
        papers = [one for one in row.certificates if one.issued_on <= last]
        if not papers:
            continue
        issued = min(one.issued_on for one in papers)
        yield Evidence(row.district_code, Column.registered, f"W{row.id}", issued, row.name, papers[0].number)
        for paper in papers:
            ended = paper.revoked_on is not None and paper.revoked_on <= last
            if paper.since <= last and (paper.until is None or paper.until >= last) and not ended:
                yield Evidence(row.district_code, Column.certified, f"W{row.id}", paper.since, row.name, paper.number)
                break


def _records(session: Session, quarter: Quarter, districts: dict[int, str]) -> Iterator[Evidence]:
    """The approved records of the quarter that were not taken back."""
    beside = selectinload(CreditRecord.events), selectinload(CreditRecord.parties)
    statement = (
        select(CreditRecord)
        .where(CreditRecord.state == RecordState.approved)
        .where(CreditRecord.made_on.between(quarter.first, quarter.last))
        .options(*beside)
        .order_by(CreditRecord.made_on, CreditRecord.id)
    )
    seen: set[int] = set()
    for row in session.scalars(statement):
        if any(one.kind in TAKEN_BACK and one.undone_at is None for one in row.events):
            continue
        county = districts.get(row.workshop_id or 0) or _named(row.parties)
        for column, amount in _columns(row, seen):
            yield Evidence(county, column, f"R{row.id}", row.made_on, row.party, row.title, amount)


def _named(parties: list[CreditParty]) -> str:
    return next((one.district_code for one in parties if one.district_code), "")


PLAIN: dict[RecordKind, Column] = {
    RecordKind.inspection: Column.inspections,
    RecordKind.sample: Column.samples,
    RecordKind.rectification: Column.orders,
    RecordKind.interview: Column.interviews,
    RecordKind.penalty: Column.penalties,
    RecordKind.closure: Column.closures,
}


def _columns(row: CreditRecord, seen: set[int]) -> Iterator[tuple[Column, Decimal]]:
    """The columns into which a record counts; ``seen`` are the operators that were inspected so far."""
    if row.kind not in PLAIN:
        return
    yield PLAIN[row.kind], Decimal(1)
    if row.kind is RecordKind.inspection and row.workshop_id is not None and row.workshop_id not in seen:
        seen.add(row.workshop_id)
        yield Column.inspected, Decimal(1)
    match value_of(row):
        case Sample() as sample if sample.final_outcome is Outcome.failed and sample.refuted_on is None:
            yield Column.failed, Decimal(1)
        case Rectification(accepted_on=date()):
            yield Column.accepted, Decimal(1)
        case Penalty() as penalty if money := (penalty.fine or Decimal()) + (penalty.confiscated or Decimal()):
            yield Column.money, money


def _visits(session: Session, quarter: Quarter, districts: dict[int, str]) -> Iterator[Evidence]:
    closure = selectinload(LookBack.closure).selectinload(CreditRecord.parties)
    made = LookBack.visited_on.between(quarter.first, quarter.last)
    for visit in session.scalars(select(LookBack).where(made).options(closure).order_by(LookBack.id)):
        row = visit.closure
        county = districts.get(row.workshop_id or 0) or _named(row.parties)
        yield Evidence(county, Column.visits, f"R{row.id}/{visit.id}", visit.visited_on, row.party, row.title)


SORTED: dict[Triage, Column] = {
    Triage.upgrade: Column.upgraded,
    Triage.regulate: Column.regulated,
    Triage.phase_out: Column.phased_out,
}


def _campaigns(session: Session, quarter: Quarter) -> Iterator[Evidence]:
    """Places that campaigns sorted in the quarter, and their look-back visits."""
    columns = Campaign.district_code, CampaignPlace.name, Campaign.name, CampaignPlace.id
    triaged = (
        select(*columns, CampaignPlace.triage, CampaignPlace.triaged_on)
        .join_from(CampaignPlace, Campaign)
        .where(CampaignPlace.triaged_on.between(quarter.first, quarter.last))
    )
    for county, party, title, place, kind, on in session.execute(triaged):
        if kind is not None:
            yield Evidence(county, SORTED[kind], f"P{place}", on, party, title)
    visits = (
        select(*columns, CampaignVisit.id, CampaignVisit.visited_on)
        .join_from(CampaignVisit, CampaignPlace)
        .join(Campaign)
        .where(CampaignVisit.visited_on.between(quarter.first, quarter.last))
    )
    for county, party, title, place, visit, on in session.execute(visits):
        yield Evidence(county, Column.visits, f"P{place}/{visit}", on, party, title)

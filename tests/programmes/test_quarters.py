"""The quarterly table: every figure counted a second time from what was entered, and read back from the workbook."""

from __future__ import annotations

import io
from collections import Counter
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from openpyxl import load_workbook
from sqlalchemy.orm import Session
from tests import scene
from tests.credit.filed import FINE, INSPECTED, PASSED, filed
from tests.scene import WHY

from zuofang.credit.acts import campaigns, records
from zuofang.credit.events import Withdrawn
from zuofang.credit.findings import Sample
from zuofang.credit.measures import Rectification
from zuofang.credit.models import Campaign, CampaignPlace, CreditRecord, SeenAgain, Triage
from zuofang.credit.records import Outcome
from zuofang.programmes.quarter_book import TOTAL, as_workbook
from zuofang.programmes.quarters import Column, Quarter, quarter_table
from zuofang.storage.acts import Office
from zuofang.traceability.acts import districts, operators
from zuofang.traceability.models import OperatorKind, Workshop

TODAY = date(2026, 11, 20)
LAST_QUARTER = replace(INSPECTED, found_on=date(2026, 9, 30))
FAILED = Sample(concluded_on=date(2026, 10, 8), outcome=Outcome.failed)
ORDER = Rectification(ordered_on=date(2026, 10, 9), demands="补记", accepted_on=date(2026, 10, 30))


@pytest.fixture
def entered(office: Office) -> Office:
    """Two counties; in one of them a quarter of work, in the other an operator whose certificate has ended."""
    with office.writing("tests") as desk:
        districts.enter(desk, "339901", "=清溪县", date(2020, 1, 1), WHY)
        districts.enter(desk, "339902", "东河县", date(2020, 1, 1), WHY)
        made = scene.build(desk).workshop
        other = operators.register(
            desk,
            Workshop(
                kind=OperatorKind.workshop, name="东河豆腐坊", province="33", district_code="339902", address="东河"
            ),
            WHY,
        )
        operators.issue_certificate(desk, other, "ZF1", date(2020, 1, 1), WHY, until=date(2023, 1, 1))
    for value in (INSPECTED, replace(INSPECTED, found_on=date(2026, 10, 2)), LAST_QUARTER, FAILED, PASSED, FINE, ORDER):
        filed(office, made.id, value, published=False)
    _campaign(office, made.id)
    taken_back = filed(office, made.id, replace(FINE, fine=Decimal(9000)), published=False)
    with office.writing("reviewer") as desk:
        row = desk.session.get_one(CreditRecord, taken_back)
        records.happened(desk, row, Withdrawn(on=TODAY, why=WHY), WHY)
    return office


def _campaign(office: Office, workshop: int) -> None:
    """One place is sorted in the quarter and looked at again, another one was sorted in the quarter before."""
    begun, on = date(2026, 9, 1), date(2026, 10, 20)
    with office.writing("officer") as desk:
        campaign = campaigns.begin(
            desk,
            Campaign(
                name="卤味整治", document="清食安办〔2026〕3号", issuer="食安办", district_code="339901", since=begun,
                triage_by=on, until=on, look_back_by=on,
            ),
            WHY,
        )  # fmt: skip
        found = [CampaignPlace(name=name, address="北溪镇", workshop_id=workshop) for name in ("甲", "乙")]
        campaigns.take_in(desk, campaign, found, WHY)
        campaigns.triage(desk, found[0], campaigns.Sorted(Triage.regulate, on, "缺台账", on), WHY)
        campaigns.triage(desk, found[1], campaigns.Sorted(Triage.upgrade, begun, "齐全"), WHY)
        visit = campaigns.plan_visit(desk, found[0], on, WHY)
        campaigns.visited(desk, visit, on, SeenAgain.holds, "已经改好", WHY)


def test_every_figure_is_the_sum_of_what_stands_behind_it(entered: Office) -> None:
    with Session(entered.database.read) as session:
        book = load_workbook(io.BytesIO(as_workbook(quarter_table(session, Quarter(2026, 4), TODAY))))
    _, span, heads, *lines = list(book["统计表"].iter_rows(values_only=True))
    assert "2026-10-01 至 2026-12-31" in str(span[0])
    assert "2026-11-20" in str(span[0])
    assert heads[1:] == tuple(column.value for column in Column)
    told = {line[0]: dict(zip(heads[1:], line[1:], strict=True)) for line in lines}
    expected = {
        Column.registered: 1, Column.certified: 1, Column.inspections: 2, Column.inspected: 1, Column.samples: 1,
        Column.failed: 1, Column.orders: 1, Column.accepted: 1, Column.interviews: 0, Column.penalties: 1,
        Column.money: 1500, Column.closures: 0, Column.visits: 1, Column.upgraded: 0, Column.regulated: 1,
        Column.phased_out: 0,
    }  # fmt: skip
    assert told["=清溪县"] == {column.value: figure for column, figure in expected.items()}
    assert {name: told["东河县"][name] for name in (Column.registered, Column.certified)} == {
        Column.registered: 1, Column.certified: 0,
    }  # fmt: skip
    assert told[TOTAL] == {name: told["=清溪县"][name] + told["东河县"][name] for name in told[TOTAL]}
    behind: Counter[tuple[str, str]] = Counter()
    for county, column, _, _, _, _, amount in list(book["明细"].iter_rows(values_only=True))[1:]:
        behind[str(county), str(column)] += amount
    assert all(
        figure == behind[county, name]
        for county, row in told.items()
        if county != TOTAL
        for name, figure in row.items()
    )
    assert book["统计表"]["A4"].data_type == "s", "a name is never taken for a formula"


def test_a_table_of_one_county_tells_nothing_of_the_other(entered: Office) -> None:
    with Session(entered.database.read) as session:
        table = quarter_table(session, Quarter(2026, 4), TODAY, ["339902"])
    assert set(table.counties) == {"339902"}
    assert {one.county for one in table.evidence} == {"339902"}
    assert table.cell(None, Column.registered) == 1


@pytest.mark.parametrize(
    ("quarter", "first", "last"),
    [(1, date(2027, 1, 1), date(2027, 3, 31)), (4, date(2027, 10, 1), date(2027, 12, 31))],
)
def test_a_quarter_begins_and_ends_with_its_months(quarter: int, first: date, last: date) -> None:
    assert (Quarter(2027, quarter).first, Quarter(2027, quarter).last) == (first, last)

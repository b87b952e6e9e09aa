"""Results in a table whose samples have a sheet at the desk: entered upon it, once, whoever was there first."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session
from tests.credit.importing.offices import NUMBER, SAMPLE, TODAY, CreditOffice
from tests.credit.test_sampling_sheets import sheet
from tests.importing.tables import reasons
from tests.scene import WHY

from zuofang.credit.acts import records, sampling
from zuofang.credit.findings import Sample
from zuofang.credit.models import CreditRecord, RecordKind, SamplingSheet
from zuofang.credit.records import Outcome
from zuofang.storage.journal import JournalEntry

ROW = {**SAMPLE, "抽样编号": "XC26339901007", "登记证编号": NUMBER, "公告日期": "2026-11-19"}


@pytest.fixture
def taken(credit: CreditOffice) -> CreditOffice:
    """A sheet with the number of the row, taken before its result."""
    with credit.office.writing("officer") as desk:
        sampling.take(desk, sheet(1), WHY)
    return credit


def upon(credit: CreditOffice) -> int | None:
    (row,) = credit.rows(SamplingSheet)
    return row.record_id  # type: ignore[attr-defined, no-any-return]


def typed(credit: CreditOffice, outcome: Outcome) -> None:
    """The result typed at the desk before the table came."""
    with credit.office.writing("officer") as desk:
        value = Sample(concluded_on=TODAY, outcome=outcome)
        row = CreditRecord(
            kind=RecordKind.sample, workshop_id=1, party="甲", document="XC26339901007", made_on=TODAY,
            title="酱牛肉", content="见报告。",
        )  # fmt: skip
        sampling.conclude(desk, desk.session.get_one(SamplingSheet, 1), records.enter(desk, row, value, WHY), WHY)


def test_a_result_in_a_table_is_entered_upon_the_sheet_with_its_number(taken: CreditOffice) -> None:
    assert taken.take("sampling", ROW, dry_run=True).created == 1
    assert upon(taken) is None, "a rehearsal writes nothing"
    taken.took("sampling", ROW)
    assert upon(taken) == taken.only().id
    with Session(taken.office.database.read) as session:
        told = session.query(JournalEntry).filter_by(act="import.sampling").one().facts
    assert f'"sampling_sheet/1":{{"record_id":[null,{upon(taken)}]}}' in told
    again = taken.take("sampling", ROW)
    assert (again.created, again.unchanged, again.refused) == (0, 1, [])


def test_a_result_that_was_typed_first_is_not_entered_a_second_time(taken: CreditOffice) -> None:
    typed(taken, Outcome.failed)
    report = taken.take("sampling", ROW, {**SAMPLE, "公告号": "清溪-2026-8"})
    assert (report.created, report.unchanged, report.refused) == (1, 1, [])
    assert any("没有再登记一条" in str(one.reason) for one in report.to_check)
    assert len(taken.rows(CreditRecord)) == 2


def test_a_result_that_contradicts_what_was_typed_is_refused(taken: CreditOffice) -> None:
    typed(taken, Outcome.passed)
    report = taken.take("sampling", ROW)
    assert ["结论与这一行不同" in reason for reason in reasons(report)] == [True]
    assert len(taken.rows(CreditRecord)) == 1


def test_a_result_older_than_its_sheet_is_refused(taken: CreditOffice) -> None:
    report = taken.take("sampling", {**ROW, "公告日期": "2026-11-15"})
    assert ["早于抽样单上的抽样日期" in reason for reason in reasons(report)] == [True]


def test_a_result_about_somebody_else_than_the_sheet_is_for_a_person_to_look_at(taken: CreditOffice) -> None:
    report = taken.take("sampling", {**ROW, "登记证编号": "", "标称生产企业名称": "外地食品厂"})
    assert any("请核对" in str(one.reason) and "另一家" in str(one.reason) for one in report.to_check)
    assert upon(taken) == 1

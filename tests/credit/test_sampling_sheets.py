"""Sampling sheets: the way of a sample to the laboratory and back, its clock by the articles, each act's opposite."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session
from tests import scene
from tests.credit.filed import FAILED, TODAY
from tests.scene import WHY

from zuofang.credit.acts import records
from zuofang.credit.acts import sampling as acts
from zuofang.credit.clocks import Actor, SheetSteps, sheet_clock
from zuofang.credit.duties import DutyKind
from zuofang.credit.findings import Sample
from zuofang.credit.models import CreditRecord, RecordKind, SamplingSheet
from zuofang.credit.queries.duties import Span, duties
from zuofang.credit.queries.sampling import sheet_list
from zuofang.credit.records import Outcome
from zuofang.rules.book import read_rules
from zuofang.storage.acts import Desk, Office, Refused
from zuofang.storage.journal import JournalEntry

RULES = read_rules()
TAKEN = date(2026, 11, 16)
NUMBER = "XC26339901007"


def sheet(workshop: int, **changed: object) -> SamplingSheet:
    told: dict[str, object] = {
        "number": NUMBER, "workshop_id": workshop, "authority": "清溪县市场监督管理局",
        "basis": "2026年食品小作坊监督抽检计划", "product": "酱牛肉", "lot": "20261110-1", "quantity": "8 袋，1.6 千克",
        "spare": "4 袋，0.8 千克", "first_officer": "李监管", "second_officer": "王监管", "laboratory": "市食品检验所",
        "taken_on": TAKEN,
    }  # fmt: skip
    return SamplingSheet(**(told | changed))


@pytest.fixture
def taken(office: Office) -> int:
    """A sheet of the workshop of the scene, taken on Monday of the week of the tests."""
    with office.writing("officer") as desk:
        return acts.take(desk, sheet(scene.build(desk).workshop.id), WHY).id


def result(desk: Desk, row: SamplingSheet, value: Sample | None = None) -> CreditRecord:
    value = value or Sample(concluded_on=TODAY, outcome=Outcome.passed, sampled_on=TAKEN)
    record = CreditRecord(
        kind=RecordKind.sample, workshop_id=row.workshop_id, party="甲", document=row.number, made_on=value.made_on,
        title="酱牛肉", content="合格。",
    )  # fmt: skip
    return records.enter(desk, record, value, WHY)


def due(office: Office) -> list[tuple[str, date, str, bool]]:
    with Session(office.database.read) as session:
        found = duties(session, Span(TODAY, date(2027, 3, 1)), office.rules)
    return [(str(one.duty), one.due.day, one.article, one.firm) for one in found if one.kind is DutyKind.sheet]


def test_a_sample_is_due_at_the_laboratory_and_then_its_report(office: Office, taken: int) -> None:
    assert due(office) == [("将样品送达检验机构", date(2026, 11, 23), "食品安全抽样检验管理办法 第二十条", True)]
    with office.writing("officer") as desk:
        acts.deliver(desk, desk.session.get_one(SamplingSheet, taken), date(2026, 11, 18), WHY)
    assert due(office) == [("出具检验报告", date(2026, 12, 16), "食品安全抽样检验管理办法 第二十四条", True)]
    with office.writing("officer") as desk:
        row = desk.session.get_one(SamplingSheet, taken)
        acts.conclude(desk, row, result(desk, row), WHY)
    assert due(office) == []


@given(st.dates(date(2020, 1, 1), date(2027, 6, 1)), st.integers(0, 30), st.integers(0, 60))
def test_an_agreed_day_takes_the_place_of_the_days_of_the_law(taken_on: date, later: int, agreed: int) -> None:
    delivered = date.fromordinal(taken_on.toordinal() + later)
    by_law = sheet_clock(SheetSteps(taken_on=taken_on, delivered_on=delivered), RULES)
    other = date.fromordinal(taken_on.toordinal() + agreed)
    by_word = sheet_clock(SheetSteps(taken_on=taken_on, agreed_on=other), RULES)
    assert by_law[1].due == RULES.calendar.after(delivered, RULES.parameters("samp.report", taken_on))
    assert (by_word[1].due.day, by_word[1].firm, by_word[1].actor) == (other, True, Actor.laboratory)
    assert "约定" in str(by_word[1].duty)
    assert by_word[0].due == by_law[0].due


def test_every_act_has_its_opposite_and_leaves_its_entry(office: Office, taken: int) -> None:
    with office.writing("officer") as desk:
        row = desk.session.get_one(SamplingSheet, taken)
        acts.deliver(desk, row, TODAY, WHY)
        acts.undo_delivery(desk, row, WHY)
        record = result(desk, row)
        acts.conclude(desk, row, record, WHY)
        records.remove(desk, record, WHY)
        assert (row.delivered_on, row.record_id) == (None, None)
        acts.strike_out(desk, row, "样品破损")
    with Session(office.database.read) as session:
        assert session.query(SamplingSheet).all() == []
        entries = session.query(JournalEntry).filter(JournalEntry.subject_kind == "sampling_sheet")
        done = {one.act: one for one in entries.order_by(JournalEntry.seq)}
    assert list(done) == [
        f"sampling.{act}" for act in ("take", "deliver", "undo_delivery", "conclude", "open_again", "strike_out")
    ]
    assert done["sampling.strike_out"].why == "样品破损"
    assert "8 袋，1.6 千克" in done["sampling.strike_out"].facts, "the journal keeps what it said"


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({}, "已经登记"),
        ({"number": "Z1", "taken_on": date(2026, 11, 21)}, "还没有到"),
        ({"number": "Z1", "taken_on": date(2019, 9, 30)}, "没有抽样那一天的规定"),
        ({"number": "Z1", "agreed_on": date(2026, 11, 15)}, "早于抽样日期"),
        ({"number": "Z1", "second_officer": "李监管"}, "两名抽样人员"),
        ({"number": "Z1", "place": "王五 110101199003070775"}, "个人信息"),
    ],
)
def test_a_sheet_that_cannot_be_is_refused_in_words(
    office: Office, taken: int, changed: dict[str, object], sentence: str
) -> None:
    with office.writing("officer") as desk:
        other = sheet(desk.session.get_one(SamplingSheet, taken).workshop_id, **changed)
        with pytest.raises(Refused, match=sentence):
            acts.take(desk, other, WHY)


def test_a_result_fits_its_sheet_or_is_refused(office: Office, taken: int) -> None:
    def refused(sentence: str, value: Sample, **changed: object) -> None:
        with office.writing("officer") as desk:
            row = desk.session.get_one(SamplingSheet, taken)
            record = result(desk, row, value)
            for name, told in changed.items():
                setattr(record, name, told)
            with pytest.raises(Refused, match=sentence):
                acts.conclude(desk, row, record, WHY)

    fine = Sample(concluded_on=TODAY, outcome=Outcome.passed)
    refused("早于抽样日期", FAILED)
    refused("另一家", fine, workshop_id=None)
    with office.writing("officer") as desk:
        row = desk.session.get_one(SamplingSheet, taken)
        acts.conclude(desk, row, result(desk, row), WHY)
    refused("已经有结果", fine)
    with pytest.raises(Refused, match="先删除结果"), office.writing("officer") as desk:
        acts.strike_out(desk, desk.session.get_one(SamplingSheet, taken), WHY)


def test_days_of_delivery_fit_the_sample(office: Office, taken: int) -> None:
    for on in (date(2026, 11, 15), date(2026, 11, 21)):
        with pytest.raises(Refused, match="早于抽样日期，或者还没有到"), office.writing("officer") as desk:
            acts.deliver(desk, desk.session.get_one(SamplingSheet, taken), on, WHY)
    with pytest.raises(Refused, match="还没有记下"), office.writing("officer") as desk:
        acts.undo_delivery(desk, desk.session.get_one(SamplingSheet, taken), WHY)


def test_the_list_begins_with_what_is_due_first_and_keeps_to_its_counties(office: Office, taken: int) -> None:
    with office.writing("officer") as desk:
        at = desk.session.get_one(SamplingSheet, taken).workshop_id
        acts.take(desk, sheet(at, number="B", taken_on=date(2026, 11, 12)), WHY)
        over = acts.take(desk, sheet(at, number="C"), WHY)
        acts.conclude(desk, over, result(desk, over), WHY)
    with Session(office.database.read) as session:
        assert [one.number for one in sheet_list(session, office.rules, None)] == ["B", NUMBER, "C"]
        assert sheet_list(session, office.rules, ["339902"]) == []

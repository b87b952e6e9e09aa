"""From a decision letter to a public page to its lawful end: acts, four eyes, and the daily clock."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session
from tests import scene
from tests.scene import WHY

from zuofang.credit import daily
from zuofang.credit.acts import records
from zuofang.credit.events import Annulled, Repaired
from zuofang.credit.file import standing_of, value_of
from zuofang.credit.models import CreditRecord, RecordKind, RecordState
from zuofang.credit.publication import Standing
from zuofang.credit.records import Kind, Penalty, Tier
from zuofang.rules.book import read_rules
from zuofang.storage.acts import Desk, Office, Refused

DECIDED = date(2026, 11, 2)
FINE = Penalty(decided_on=DECIDED, kinds=frozenset({Kind.fine}), fine=Decimal(1500), tier=Tier.ordinary)
MINOR = replace(FINE, tier=Tier.lighter)


def entered(desk: Desk, value: Penalty = FINE, *, content: str = "使用过期酱油。") -> CreditRecord:
    made = scene.build(desk)
    record = CreditRecord(
        kind=RecordKind.penalty, workshop_id=made.workshop.id, party=made.workshop.name,
        document="清市监处罚〔2026〕12号", authority="清溪县市场监督管理局",
        made_on=value.decided_on, title="使用超过保质期的原料", content=content,
    )  # fmt: skip
    return records.enter(desk, record, value, WHY)


def approved(office: Office, value: Penalty = FINE) -> None:
    with office.writing("officer") as desk:
        records.propose(desk, entered(desk, value), WHY)
    with office.writing("reviewer") as desk:
        records.approve(desk, only(desk), WHY)


def only(desk: Desk) -> CreditRecord:
    return desk.session.scalars(select(CreditRecord)).one()


def read(office: Office) -> CreditRecord:
    with Session(office.database.read) as session:
        return session.scalars(select(CreditRecord)).one()


def on(office: Office, day: date) -> Office:
    return replace(office, clock=lambda: datetime(day.year, day.month, day.day, 4, tzinfo=UTC))


def test_nobody_approves_what_they_put_forward(office: Office) -> None:
    def alone() -> None:
        with office.writing("officer") as desk:
            record = entered(desk)
            records.propose(desk, record, WHY)
            records.approve(desk, record, WHY)

    with pytest.raises(Refused, match="提交人不能审核"):
        alone()


def test_a_record_is_published_by_the_clock_and_taken_down_after_its_term(office: Office) -> None:
    approved(office)
    first = daily.run(office)
    assert (first.published, first.taken_down) == (1, 0)
    assert daily.run(office) == daily.DailyReport()
    record = read(office)
    assert record.published_on == date(2026, 11, 20)
    assert record.last_day is not None
    last = record.last_day
    assert daily.run(on(office, last)).taken_down == 0
    assert daily.run(on(office, last.replace(day=last.day + 1))).taken_down == 1
    assert read(office).taken_down_on is not None


def test_a_minor_fine_stays_three_months_and_the_same_sum_at_the_ordinary_tier_three_years(office: Office) -> None:
    rules = read_rules()
    for value, years in ((MINOR, 0), (FINE, 3)):
        row = CreditRecord(kind=RecordKind.penalty, published_on=date(2026, 11, 20), events=[])
        row.facts = records.dump(value)
        found = standing_of(row, date(2026, 11, 20), rules)
        assert found is not None
        assert found.last_day is not None
        assert found.last_day.year == 2027 + (years - 1 if years else 0)


def test_a_record_without_a_second_pair_of_eyes_is_never_published(office: Office) -> None:
    with office.writing("officer") as desk:
        records.propose(desk, entered(desk), WHY)
    assert daily.run(office).looked_at == 0
    assert read(office).published_on is None


def test_a_warning_alone_cannot_be_approved_for_publication(office: Office) -> None:
    with office.writing("officer") as desk:
        records.propose(desk, entered(desk, Penalty(decided_on=DECIDED, kinds=frozenset({Kind.warning}))), WHY)

    def approve() -> None:
        with office.writing("reviewer") as desk:
            records.approve(desk, only(desk), WHY)

    with pytest.raises(Refused, match="不予公示"):
        approve()


def test_personal_data_in_a_letter_is_refused(office: Office) -> None:
    def enter() -> None:
        with office.writing("officer") as desk:
            entered(desk, content="当事人身份证号 11010519491231002X，使用过期酱油。")

    with pytest.raises(Refused, match="个人信息"):
        enter()


def test_an_annulled_decision_is_taken_down_the_same_day_and_comes_back_when_the_event_was_an_error(
    office: Office,
) -> None:
    approved(office)
    daily.run(office)
    with office.writing("officer") as desk:
        records.happened(desk, only(desk), Annulled(on=desk.today), WHY)
    assert daily.run(office).taken_down == 1
    with office.writing("officer") as desk:
        records.did_not_happen(desk, only(desk).events[0], "录入有误")
    assert daily.run(office).put_up_again == 1


def test_a_correction_keeps_what_stood_there_before(office: Office) -> None:
    approved(office)
    daily.run(office)
    with office.writing("officer") as desk:
        record = only(desk)
        value = value_of(record)
        assert isinstance(value, Penalty)
        records.correct(
            desk,
            record,
            "金额抄错",
            title=record.title,
            content="罚款一千元。",
            value=replace(value, fine=Decimal(1000)),
        )
    with office.writing("officer") as desk:
        record = only(desk)
        assert [version.content for version in record.versions] == ["使用过期酱油。"]
        assert standing_of(record, desk.today, desk.rules).public
        records.uncorrect(desk, record, "没有抄错")
        assert record.content == "使用过期酱油。"
        assert len(record.versions) == 2


def test_repair_stops_the_publication_early(office: Office) -> None:
    approved(office)
    daily.run(office)
    later = on(office, date(2027, 12, 1))
    with later.writing("officer") as desk:
        records.happened(desk, only(desk), Repaired(on=desk.today), WHY)
    assert daily.run(later).taken_down == 1
    with Session(office.database.read) as session:
        row = session.scalars(select(CreditRecord)).one()
        found = standing_of(row, date(2027, 12, 1), read_rules())
    assert found is not None
    assert found.standing is Standing.repaired


def test_a_reply_stands_beside_the_finding_and_can_be_taken_back(office: Office) -> None:
    with office.writing("officer") as desk:
        record = entered(desk)
        reply = records.reply(desk, record, "已更换全部原料。", WHY)
    with office.writing("owner") as desk:
        records.take_back_reply(desk, desk.session.merge(reply), WHY)
    assert read(office).state is RecordState.entered

"""Acts that complete a file: days that become known, meetings with a trade, records of nobody, exits, evaluations."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session
from tests import scene
from tests.credit import filed
from tests.scene import WHY

from zuofang.credit import daily
from zuofang.credit.acts import facts, honours, interviews, records
from zuofang.credit.codec import load
from zuofang.credit.importing.unmatched import unmatched_records
from zuofang.credit.measures import Called, Interview, Rectification, Referral
from zuofang.credit.models import (
    CreditParty,
    CreditRecord,
    Evaluation,
    EvaluationPart,
    Honour,
    HonourKind,
    Outside,
    PartyRole,
    RecordKind,
)
from zuofang.credit.records import Penalty
from zuofang.storage.acts import Desk, Office, Refused
from zuofang.traceability.acts import operators
from zuofang.traceability.models import Workshop

TODAY = filed.TODAY
ORDERED = Rectification(ordered_on=date(2026, 11, 2), demands="修补防鼠设施", due_on=date(2026, 11, 16))
TRADE = Interview(
    held_on=date(2026, 11, 10), ground="米粉抽检不合格较多", called=Called.trade, trade="酱卤肉制品", place="清溪县",
    promised="每批必检", promised_until=date(2026, 12, 31),
)  # fmt: skip
MEETING = interviews.Meeting(TRADE, "清市监约〔2026〕5号", "清溪县市场监督管理局", "通报共性问题。")
FIVE = ("整理", "整顿", "清扫", "清洁", "素养")


@pytest.fixture
def workshop(office: Office) -> int:
    with office.writing("officer") as desk:
        made = scene.build(desk)
        operators.change_product(desk, made.product, WHY, category="braised-beef")
        return made.workshop.id


def of(desk: Desk, key: int) -> CreditRecord:
    return desk.session.get_one(CreditRecord, key)


def learn(office: Office, key: int, fact: str, on: date | None) -> None:
    with office.writing("officer") as desk:
        if on is None:
            facts.unlearn(desk, of(desk, key), fact, WHY)
        else:
            facts.learn(desk, of(desk, key), fact, on, WHY)


def test_a_day_that_becomes_known_later_is_no_correction_and_can_be_taken_back(office: Office, workshop: int) -> None:
    key = filed.filed(office, workshop, ORDERED)
    assert filed.read(office, key).last_day is None
    learn(office, key, "accepted_on", TODAY)
    daily.run(office)
    row = filed.read(office, key)
    assert row.last_day == date(2027, 2, 20)
    with Session(office.database.read) as session:
        assert session.get_one(CreditRecord, key).versions == []
    learn(office, key, "accepted_on", None)
    daily.run(office)
    assert filed.read(office, key).last_day is None


@pytest.mark.parametrize(
    ("fact", "on", "said"),
    [
        ("published_on", TODAY, "可以记的是"),
        ("performed_on", TODAY, "done_on、accepted_on"),
        ("accepted_on", date(2026, 11, 1), "早于记录"),
        ("accepted_on", date(2026, 11, 21), "还没有到"),
        ("accepted_on", None, "没有记过"),
    ],
)
def test_a_day_that_cannot_be_is_refused(
    office: Office, workshop: int, fact: str, on: date | None, said: str
) -> None:  # fmt: skip
    key = filed.filed(office, workshop, ORDERED, published=False)
    with pytest.raises(Refused, match=said):
        learn(office, key, fact, on)


def test_a_day_is_noted_once(office: Office, workshop: int) -> None:
    key = filed.filed(office, workshop, replace(filed.FINE, performed_on=None), published=False)
    learn(office, key, "performed_on", TODAY)
    with pytest.raises(Refused, match="已经记过"):
        learn(office, key, "performed_on", TODAY)
    assert load(Penalty, filed.read(office, key).facts).performed_on == TODAY


def test_a_whole_trade_of_a_place_is_called_in_and_the_meeting_called_off(office: Office, workshop: int) -> None:
    with office.writing("officer") as desk:
        called = interviews.of_trade(desk, "braised-meat", "339901")
        assert [one.id for one in called] == [workshop]
        assert interviews.of_trade(desk, "braised-meat", "339902") == ()
        (line,) = interviews.call_in(desk, replace(MEETING, absent=frozenset({workshop})), called, WHY)
        assert (line.title, line.document) == ("行业约谈：清溪县酱卤肉制品", "清市监约〔2026〕5号")
        assert load(Interview, line.facts).attended is False
    with office.writing("officer") as desk, pytest.raises(Refused, match="已经录入"):
        interviews.call_in(desk, MEETING, (desk.session.get_one(Workshop, workshop),), WHY)
    with office.writing("officer") as desk:
        assert interviews.call_off(desk, MEETING.document, WHY) == 1
        assert desk.session.scalars(select(CreditRecord)).all() == []
    with office.writing("officer") as desk, pytest.raises(Refused, match="没有这次约谈"):
        interviews.call_off(desk, MEETING.document, WHY)


def test_a_trade_wider_than_a_product_is_meant_with_it(office: Office, workshop: int) -> None:
    with office.writing("officer") as desk:
        wider = desk.rules.limits.wider("braised-meat")
        assert wider
        assert [[one.id for one in interviews.of_trade(desk, code, "339901")] for code in wider] == [[workshop]] * len(
            wider
        )
        with pytest.raises(Refused, match="没有“面包车”"):
            interviews.of_trade(desk, "面包车", "339901")


def test_a_meeting_that_somebody_approved_is_not_called_off(office: Office, workshop: int) -> None:
    with office.writing("officer") as desk:
        called = interviews.of_trade(desk, "braised-meat", "339901")
        (line,) = interviews.call_in(desk, MEETING, called, WHY)
    with office.writing("reviewer") as desk:
        records.approve(desk, of(desk, line.id), WHY)
    with office.writing("officer") as desk, pytest.raises(Refused, match="已经审核"):
        interviews.call_off(desk, MEETING.document, WHY)


def test_a_referral_stands_in_the_file_and_nobody_can_approve_it(office: Office, workshop: int) -> None:
    value = Referral(referred_on=date(2026, 11, 2), suspicion="生产、销售有毒、有害食品罪", to="清溪县公安局")
    with pytest.raises(Refused, match="移送公安机关的情况只记入信用档案"):
        filed.filed(office, workshop, value)


def test_names_in_the_facts_are_looked_at_for_personal_data(office: Office, workshop: int) -> None:
    value = replace(TRADE, promised="联系 13812345678")
    with pytest.raises(Refused, match="个人信息"):
        filed.filed(office, workshop, value)


def stray(office: Office) -> int:
    """A failed sample whose maker is in no register."""
    key = filed.filed(office, 1, filed.FAILED, title="散装米粉", published=False)
    with office.writing("officer") as desk:
        records.match(desk, of(desk, key), None, WHY)
        desk.session.add(CreditParty(record_id=key, role=PartyRole.producer, name="北溪无名米粉点"))
        desk.record("record.party", of(desk, key), WHY)
    return key


def waiting(office: Office) -> list[int]:
    with office.database.read.connect() as connection:
        return [one.id for one in unmatched_records(connection, TODAY)]


def test_a_record_of_nobody_leaves_the_matching_desk_and_comes_back(office: Office, workshop: int) -> None:
    key = stray(office)
    assert waiting(office) == [key]
    with office.writing("officer") as desk:
        records.set_outside(desk, of(desk, key), Outside.unlicensed, WHY)
    assert waiting(office) == []
    with office.writing("officer") as desk, pytest.raises(Refused, match="请先撤销认定"):
        records.match(desk, of(desk, key), workshop, WHY)
    with office.writing("officer") as desk:
        records.undo_outside(desk, of(desk, key), WHY)
    assert waiting(office) == [key]


def test_a_record_of_elsewhere_names_the_bureau_that_was_told(office: Office, workshop: int) -> None:
    key = stray(office)
    for outside, bureau in ((Outside.elsewhere, None), (Outside.unknown, "邻县市场监督管理局")):
        with office.writing("officer") as desk, pytest.raises(Refused, match="写明机关名称"):
            records.set_outside(desk, of(desk, key), outside, WHY, bureau)
    with office.writing("officer") as desk:
        records.set_outside(desk, of(desk, key), Outside.elsewhere, WHY, "邻县市场监督管理局")
    with office.writing("officer") as desk:
        aside = of(desk, key).set_aside
        assert aside is not None
        assert aside.handed_to == "邻县市场监督管理局"
        with pytest.raises(Refused, match="已经认定"):
            records.set_outside(desk, of(desk, key), Outside.unknown, WHY)


def test_a_record_is_taken_out_only_before_anybody_approved_it(office: Office, workshop: int) -> None:
    key = filed.filed(office, workshop, filed.FINE, published=False)
    with office.writing("officer") as desk, pytest.raises(Refused, match="不能删除"):
        records.remove(desk, of(desk, key), WHY)


def test_a_proposal_is_taken_back_before_it_is_decided(office: Office, workshop: int) -> None:
    with office.writing("officer") as desk:
        record = CreditRecord(
            kind=RecordKind.rectification, workshop_id=workshop, party="北溪陈记卤味作坊", made_on=ORDERED.made_on,
            title="限期整改", content="修补防鼠设施。",
        )  # fmt: skip
        records.enter(desk, record, ORDERED, WHY)
        records.propose(desk, record, WHY)
        records.undo_proposal(desk, record, WHY)
        records.remove(desk, record, WHY)
        assert desk.session.scalars(select(CreditRecord)).all() == []


def honoured(desk: Desk, workshop: int) -> Honour:
    honour = Honour(
        kind=HonourKind.five_s, title="5S 达标单位", workshop_id=workshop, granted_by="清溪市市场监督管理局",
        since=date(2025, 12, 1), until=date(2026, 12, 1),
    )  # fmt: skip
    return honours.grant(desk, honour, WHY)


def evaluation(
    workshop: int, names: tuple[str, ...] = FIVE, score: str = "18", honour: int | None = None
) -> Evaluation:
    return Evaluation(
        kind=HonourKind.five_s, workshop_id=workshop, honour_id=honour, evaluated_on=date(2026, 11, 12),
        evaluated_by="清溪市市场监督管理局", form="小作坊“5S”现场管理评价表", score=Decimal(90), passed=True,
        parts=[EvaluationPart(name=name, score=Decimal(score), most=Decimal(20)) for name in names],
    )  # fmt: skip


def test_a_five_s_evaluation_has_its_five_parts_in_their_order(office: Office, workshop: int) -> None:
    for names, score, said in ((FIVE[:4], "18", "整理、整顿、清扫、清洁、素养"), (FIVE, "21", "超过满分")):
        with office.writing("officer") as desk, pytest.raises(Refused, match=said):
            honours.evaluate(desk, evaluation(workshop, names, score), WHY)
    with office.writing("officer") as desk:
        made = honours.evaluate(desk, evaluation(workshop), WHY)
        assert [(one.position, one.name) for one in made.parts] == list(enumerate(FIVE, 1))
    with office.writing("officer") as desk:
        honours.strike_out_evaluation(desk, desk.session.get_one(Evaluation, made.id), WHY)
        assert desk.session.scalars(select(EvaluationPart)).all() == []


def test_an_honour_runs_on_after_a_re_evaluation_of_it(office: Office, workshop: int) -> None:
    with office.writing("officer") as desk:
        honour = honoured(desk, workshop)
        honours.evaluate(desk, evaluation(workshop, honour=honour.id), WHY)
        honours.renew(desk, honour, date(2028, 12, 1), WHY)
        assert honour.until == date(2028, 12, 1)
        honour.kind = HonourKind.brand
        with pytest.raises(Refused, match="不一致"):
            honours.evaluate(desk, evaluation(workshop, honour=honour.id), WHY)


def test_an_exit_from_an_honour_goes_to_the_public_by_four_eyes_and_is_undone_whole(
    office: Office, workshop: int
) -> None:
    with office.writing("officer") as desk:
        honour = honoured(desk, workshop)
        record = honours.leave(desk, honour, date(2026, 11, 18), "复评 86 分，不足 90 分", WHY)
        assert (honour.withdrawn_on, record.state.value) == (date(2026, 11, 18), "proposed")
        with pytest.raises(Refused, match="已经退出"):
            honours.leave(desk, honour, TODAY, "再退", WHY)
    with office.writing("reviewer") as desk:
        records.approve(desk, of(desk, record.id), WHY)
    assert daily.run(office).published == 1
    with office.writing("officer") as desk:
        honours.undo_leave(desk, desk.session.get_one(Honour, honour.id), of(desk, record.id), "评分有误")
    assert daily.run(office).taken_down == 1
    with office.writing("officer") as desk:
        honour = desk.session.get_one(Honour, honour.id)
        again = honours.leave(desk, honour, date(2026, 11, 19), "复评 86 分", WHY)
        honours.undo_leave(desk, honour, again, "评分有误")
        assert honour.withdrawn_on is None

"""What is due, by which day, who must act and by which article; and that nothing done stays on the list."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy.orm import Session
from statements import counted
from tests import scene
from tests.credit import filed
from tests.scene import WHY

from zuofang.credit.acts import cases, facts, honours
from zuofang.credit.acts.records import happened
from zuofang.credit.clocks import Actor
from zuofang.credit.duties import Duty, DutyKind
from zuofang.credit.events import Annulled
from zuofang.credit.measures import Rectification
from zuofang.credit.models import CreditCase, CreditRecord, Honour, HonourKind
from zuofang.credit.queries.duties import Span, duties
from zuofang.credit.records import Dispute, Tier
from zuofang.rules.book import read_rules
from zuofang.storage.acts import Office
from zuofang.traceability.acts import operators, recalls
from zuofang.traceability.models import Batch, RestrictionKind, Workshop

RULES = read_rules()
TODAY, AHEAD = date(2026, 11, 20), date(2027, 1, 31)


def due(office: Office, kind: DutyKind, on: date = TODAY, until: date = AHEAD) -> list[Duty]:
    with Session(office.database.read) as session:
        return [one for one in duties(session, Span(on, until), RULES) if one.kind is kind]


def line(duty: Duty) -> tuple[str, date, Actor]:
    return str(duty.duty), duty.due.day, duty.actor


@pytest.fixture
def workshop(office: Office) -> int:
    """A workshop with a certificate that ends in the new year."""
    with office.writing("officer") as desk:
        return scene.build(desk, until=date(2027, 1, 20)).workshop.id


def test_an_unpublished_record_is_due_and_the_next_to_act_is_named(office: Office, workshop: int) -> None:
    key = filed.filed(office, workshop, filed.FINE, published=False)
    (one,) = due(office, DutyKind.publish)
    assert line(one) == ("公示这条记录", date(2026, 11, 9), Actor.clock)
    assert (one.about.key, one.is_overdue(TODAY)) == (key, True)
    assert "第九条" in one.article


def test_a_public_record_is_due_to_go_with_its_last_day_and_no_longer_when_it_went(
    office: Office, workshop: int
) -> None:
    filed.filed(office, workshop, replace(filed.FINE, tier=Tier.lighter))
    (one,) = due(office, DutyKind.take_down)
    assert line(one) == ("公示期满，停止公示", date(2027, 1, 12), Actor.clock)
    assert one.due.provisional
    assert due(office, DutyKind.publish) == []
    assert due(office, DutyKind.take_down, until=date(2027, 1, 11)) == []


def test_what_fell_must_go_within_three_working_days(office: Office, workshop: int) -> None:
    key = filed.filed(office, workshop, filed.FINE)
    with office.writing("officer") as desk:
        happened(desk, desk.session.get_one(CreditRecord, key), Annulled(on=desk.today), WHY)
    (one,) = due(office, DutyKind.take_down)
    assert (one.due.day, "第十一条" in one.article) == (date(2026, 11, 25), True)


def test_a_case_shows_its_next_step_until_it_is_done(office: Office, workshop: int) -> None:
    old = replace(
        filed.FINE, decided_on=date(2025, 10, 20), performed_on=date(2025, 11, 3), rectified_on=date(2025, 11, 3)
    )
    key = filed.filed(filed.at(office, date(2025, 10, 30)), workshop, old)

    def step(act: Any) -> list[tuple[str, date, Actor]]:
        with office.writing("officer") as desk:
            record = desk.session.get_one(CreditRecord, key)
            act(desk, record.cases[0] if record.cases else record)
        return [line(one) for one in due(office, DutyKind.case)]

    filed_ = step(lambda desk, record: cases.apply_for_repair(desk, record, TODAY, "已经整改", WHY))
    assert filed_ == [("决定是否受理，或者一次告知需要补正的材料", date(2026, 11, 24), Actor.officer)]
    accepted = step(lambda desk, case: cases.accept(desk, case, TODAY, WHY))
    assert accepted == [("作出是否准予信用修复的决定", date(2026, 12, 1), Actor.officer)]
    granted = step(lambda desk, case: cases.decide(desk, case, TODAY, WHY, granted=True))
    assert granted == [("更新公示数据", date(2026, 11, 25), Actor.officer)]
    assert step(lambda desk, case: cases.done(desk, case, TODAY, WHY)) == []


def test_a_refused_repair_and_a_decided_objection_ask_for_nothing_more(office: Office, workshop: int) -> None:
    served = replace(filed.FAILED, concluded_on=date(2026, 11, 9), served_on=date(2026, 11, 12))
    key = filed.filed(office, workshop, served, published=False)
    with office.writing("officer") as desk:
        record = desk.session.get_one(CreditRecord, key)
        case = cases.object_to_sample(desk, record, Dispute.method, TODAY, "方法不当", WHY)
        cases.accept(desk, case, TODAY, WHY)
    (one,) = due(office, DutyKind.case)
    assert one.duty.text == "完成异议审核并告知结果"
    with office.writing("officer") as desk:
        cases.decide(desk, desk.session.get_one(CreditCase, case.id), TODAY, WHY, granted=False)
    assert due(office, DutyKind.case) == []


def test_a_failed_sample_asks_for_its_disposal_and_leaves_the_party_its_days(office: Office, workshop: int) -> None:
    served = replace(filed.FAILED, concluded_on=date(2026, 11, 9), served_on=date(2026, 11, 12))
    filed.filed(office, workshop, served, published=False)
    found = [line(one) for one in due(office, DutyKind.sample, until=date(2027, 2, 28))]
    assert found == [
        ("当事人提出复检申请", date(2026, 11, 23), Actor.operator),
        ("完成核查处置", date(2027, 2, 7), Actor.officer),
    ]
    later = due(office, DutyKind.sample, on=date(2026, 11, 24), until=date(2027, 2, 28))
    assert [one.duty.text for one in later] == ["完成核查处置"]
    assert later[0].due.provisional


def test_a_failure_that_was_not_served_must_be_within_five_working_days(office: Office, workshop: int) -> None:
    fresh = replace(filed.FAILED, concluded_on=date(2026, 11, 16), served_on=None)
    filed.filed(office, workshop, fresh, published=False)
    (serve,) = (one for one in due(office, DutyKind.sample) if str(one.duty) == "将不合格检验结论送达当事人")
    assert (serve.due.day, serve.firm, serve.article) == (
        date(2026, 11, 25), False, "食品安全抽样检验管理办法 第二十九条",
    )  # fmt: skip


def test_a_disposal_that_ended_is_on_no_list(office: Office, workshop: int) -> None:
    filed.filed(office, workshop, replace(filed.FAILED, disposal_ended_on=date(2026, 11, 2)))
    assert due(office, DutyKind.sample) == []


def test_a_recall_must_begin_within_hours_and_finish_within_working_days(office: Office, workshop: int) -> None:
    with office.writing("laboratory") as desk:
        batch = desk.session.get_one(Batch, 1)
        recall = recalls.recall(desk, batch, 2, "防腐剂超标", datetime(2026, 11, 19, 4, tzinfo=UTC), WHY)
    assert [line(one) for one in due(office, DutyKind.recall)] == [
        ("最迟应当于2026-11-21 12:00:00+08:00启动召回并公告", date(2026, 11, 21), Actor.operator)
    ]
    with office.writing("laboratory") as desk:
        recalls.announce(desk, desk.session.merge(recall), TODAY, WHY)
    (one,) = due(office, DutyKind.recall)
    assert line(one) == ("完成召回", date(2026, 12, 18), Actor.operator)
    assert "第十八条" in one.article


def test_an_honour_and_a_certificate_that_end_call_their_holder_thirty_days_before(
    office: Office, workshop: int
) -> None:
    with office.writing("officer") as desk:
        for kind in (HonourKind.fine_workshop, HonourKind.heritage):
            honour = Honour(
                kind=kind, title="名特优小作坊", workshop_id=workshop, granted_by="清溪市市场监督管理局",
                since=date(2024, 12, 16), until=date(2026, 12, 15),
            )  # fmt: skip
            honours.grant(desk, honour, WHY)
    (one,) = due(office, DutyKind.honour)
    assert (str(one.duty), one.due.day) == ("自2026-11-15起可以提出复评申请，逾期退出名单", date(2026, 12, 15))
    with office.writing("officer") as desk:
        honours.apply_to_keep(desk, desk.session.get_one(Honour, one.about.key), date(2026, 11, 16), WHY)
    (asked,) = due(office, DutyKind.honour)
    assert line(asked) == ("完成现场复评，公布结果", date(2026, 12, 15), Actor.officer)
    (paper,) = due(office, DutyKind.certificate)
    assert line(paper) == ("证书2027-01-20到期，申请换证", date(2026, 12, 21), Actor.operator)
    with office.writing("officer") as desk:
        operators.issue_certificate(desk, desk.session.get_one(Workshop, workshop), "ZF2", date(2026, 11, 20), WHY)
    assert due(office, DutyKind.certificate) == []


def test_an_order_to_rectify_is_due_on_the_day_it_names(office: Office, workshop: int) -> None:
    with office.writing("officer") as desk:
        operators.restrict(
            desk, desk.session.get_one(Workshop, workshop), RestrictionKind.rectifying, date(2026, 11, 2), WHY,
            ground="地面破损", article="某条例 第二十条", until=date(2026, 12, 2),
        )  # fmt: skip
    (one,) = due(office, DutyKind.rectification)
    assert (line(one), one.article) == (("完成整改", date(2026, 12, 2), Actor.operator), "某条例 第二十条")


def test_an_order_to_rectify_stays_overdue_until_it_is_lifted(office: Office, workshop: int) -> None:
    with office.writing("officer") as desk:
        maker = desk.session.get_one(Workshop, workshop)
        for until in (date(2026, 11, 10), date(2026, 11, 12)):
            order = operators.restrict(
                desk, maker, RestrictionKind.rectifying, date(2026, 11, 2), WHY,
                ground="地面破损", article="某条例 第二十条", until=until,
            )  # fmt: skip
    found = due(office, DutyKind.rectification)
    assert [(one.due.day.day, one.is_overdue(TODAY)) for one in found] == [(10, True), (12, True)]
    with office.writing("officer") as desk:
        operators.lift_restriction(desk, order.id, TODAY, "复查合格")
    (left,) = due(office, DutyKind.rectification)
    assert left.due.day == date(2026, 11, 10)


def test_an_order_past_its_day_calls_the_bureau_until_it_looked_again(office: Office, workshop: int) -> None:
    ordered = Rectification(
        ordered_on=date(2026, 11, 2), demands="补记温度", basis="某条例 第二十条", due_on=date(2026, 11, 20)
    )
    key = filed.filed(office, workshop, ordered, published=False)
    assert due(office, DutyKind.rectification) == [], "until the end of its day it is the operator's turn"
    (late,) = due(office, DutyKind.rectification, on=date(2026, 11, 21))
    assert line(late) == ("改正期限已过，没有报告改正，去复查", date(2026, 11, 20), Actor.officer)
    assert (late.is_overdue(date(2026, 11, 21)), late.article) == (True, "某条例 第二十条")

    def learn(fact: str) -> list[str]:
        with office.writing("officer") as desk:
            facts.learn(desk, desk.session.get_one(CreditRecord, key), fact, TODAY, WHY)
        return [str(one.duty) for one in due(office, DutyKind.rectification, on=date(2026, 11, 21))]

    assert learn("done_on") == ["经营者报告已经改正，去复查"]
    assert learn("accepted_on") == []


def test_an_annulled_order_asks_nobody_to_look_again(office: Office, workshop: int) -> None:
    ordered = Rectification(ordered_on=date(2026, 11, 2), demands="补记温度", due_on=date(2026, 11, 10))
    key = filed.filed(office, workshop, ordered, published=False)
    assert len(due(office, DutyKind.rectification)) == 1
    with office.writing("officer") as desk:
        happened(desk, desk.session.get_one(CreditRecord, key), Annulled(on=TODAY), WHY)
    assert due(office, DutyKind.rectification) == []


def test_the_list_takes_the_same_statements_however_long_it_is(office: Office, workshop: int) -> None:
    def statements() -> int:
        with counted(office.database) as told, Session(office.database.read) as session:
            duties(session, Span(TODAY, AHEAD), RULES)
        return len(told)

    filed.filed(office, workshop, filed.FINE, published=False)
    filed.filed(office, workshop, filed.FAILED, published=False)
    few = statements()
    for _ in range(4):
        filed.filed(office, workshop, filed.FINE, published=False)
        filed.filed(office, workshop, filed.FAILED, published=False)
    assert statements() == few


def test_the_list_is_sorted_by_the_last_day(office: Office, workshop: int) -> None:
    filed.filed(office, workshop, filed.FAILED, published=False)
    filed.filed(office, workshop, filed.FINE, published=False)
    with Session(office.database.read) as session:
        found = [one.due.day for one in duties(session, Span(TODAY, AHEAD), RULES)]
    assert len(found) > 2
    assert found == sorted(found)

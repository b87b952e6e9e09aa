"""What people do to batches, zones and papers: each act, its opposite, and what is refused."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session
from tests import scene
from tests.scene import WHY

from zuofang.storage import journal
from zuofang.storage.acts import Office, Refused
from zuofang.traceability.acts import batches, operators, recalls, zones
from zuofang.traceability.models import (
    Batch,
    BatchState,
    Conclusion,
    Delivery,
    DeliveryKind,
    OperatorKind,
    ReceiverKind,
    StandardState,
    Workshop,
)


def state(office: Office) -> BatchState:
    with Session(office.database.read) as session:
        return session.scalars(select(Batch)).one().state


def test_a_batch_with_a_passed_test_is_released_and_the_release_can_be_taken_back(office: Office) -> None:
    with office.writing("lab") as desk:
        made = scene.released(desk)
    assert state(office) is BatchState.released
    with office.writing("lab") as desk:
        batches.undo_release(desk, desk.session.merge(made.batch), WHY)
    assert state(office) is BatchState.pending


@pytest.mark.parametrize("conclusion", [None, Conclusion.failed, Conclusion.undecided])
def test_a_batch_without_a_passed_test_is_not_released(office: Office, conclusion: Conclusion | None) -> None:
    def release() -> None:
        with office.writing("lab") as desk:
            made = scene.build(desk)
            if conclusion is not None:
                scene.sheet(desk, made, conclusion)
            batches.release(desk, made.batch, WHY)

    with pytest.raises(Refused, match="没有合格的出厂检验"):
        release()


def test_a_sheet_that_fails_after_the_release_blocks_the_batch(office: Office) -> None:
    with office.writing("lab") as desk:
        made = scene.released(desk)
        scene.sheet(desk, made, Conclusion.failed, number="QX-2", on=date(2026, 11, 12))
    assert state(office) is BatchState.blocked


def test_annulling_the_only_passed_sheet_takes_the_release_back(office: Office) -> None:
    with office.writing("lab") as desk:
        made = scene.build(desk)
        sheet = scene.sheet(desk, made)
        batches.release(desk, made.batch, WHY)
        batches.annul_test(desk, sheet.id, "抄错批号")
    assert state(office) is BatchState.pending


def test_a_recall_blocks_the_batch_and_starts_its_clocks(office: Office) -> None:
    known = datetime(2026, 11, 19, 1, 0, tzinfo=UTC)
    with office.writing("officer") as desk:
        made = scene.released(desk)
        recall = recalls.recall(desk, made.batch, 1, "金黄色葡萄球菌超标", known, WHY)
        recalls.announce(desk, recall, date(2026, 11, 20), WHY)
    assert recall.start_due == datetime(2026, 11, 20, 1, 0, tzinfo=UTC)
    assert (recall.finish_due, recall.finish_provisional) == (date(2026, 12, 4), False)
    assert state(office) is BatchState.blocked


def test_a_notice_of_a_recall_comes_neither_before_it_was_known_nor_ahead(office: Office) -> None:
    known = datetime(2026, 11, 19, 1, 0, tzinfo=UTC)
    with office.writing("officer") as desk:
        recall = recalls.recall(desk, scene.released(desk).batch, 1, "金黄色葡萄球菌超标", known, WHY)
        for day in (date(2026, 11, 18), desk.today + timedelta(days=1)):
            with pytest.raises(Refused, match="公告的日期"):
                recalls.announce(desk, recall, day, WHY)
        recalls.announce(desk, recall, desk.today, WHY)
        with pytest.raises(Refused, match="结束的日期"):
            recalls.finish(desk, recall, desk.today + timedelta(days=1), WHY)


def test_the_end_of_a_recall_is_put_off_only_to_a_later_day_and_every_step_can_be_taken_back(office: Office) -> None:
    with office.writing("officer") as desk:
        recall = recalls.recall(desk, scene.released(desk).batch, 1, "金黄色葡萄球菌超标", desk.now, WHY)
        with pytest.raises(Refused, match="还没有公告"):
            recalls.extend(desk, recall, date(2027, 1, 8), "分销到外省", WHY)
        recalls.announce(desk, recall, desk.today, WHY)
        assert recall.finish_due is not None
        with pytest.raises(Refused, match="必须晚于"):
            recalls.extend(desk, recall, recall.finish_due, "分销到外省", WHY)
        recalls.extend(desk, recall, recall.finish_due + timedelta(days=1), "分销到外省", WHY)
        with pytest.raises(Refused, match="先撤销延长"):
            recalls.undo_announcement(desk, recall, WHY)
        recalls.undo_extension(desk, recall, WHY)
        with pytest.raises(Refused, match="没有延长过"):
            recalls.undo_extension(desk, recall, WHY)
        recalls.finish(desk, recall, desk.today, WHY)
        recalls.undo_finish(desk, recall, WHY)
        recalls.undo_announcement(desk, recall, WHY)
    assert (recall.announced_on, recall.finish_due, recall.finished_on, recall.extended_why) == (None,) * 4


def test_a_recall_lists_every_receiver_and_reading_the_list_is_recorded(office: Office) -> None:
    with office.writing("officer") as desk:
        made = scene.released(desk)
        for number, name in enumerate(["清溪县第一小学", "北溪超市"]):
            delivery = Delivery(
                voucher=f"FH-{number}", kind=DeliveryKind.zone_delivery, delivered_on=date(2026, 11, 12), quantity=10,
                unit="盒", receiver_kind=ReceiverKind.school, receiver=name,
            )  # fmt: skip
            batches.deliver(desk, made.batch, delivery, WHY)
        found = recalls.receivers(desk, made.batch)
    assert [delivery.receiver for delivery in found] == ["清溪县第一小学", "北溪超市"]
    with Session(office.database.read) as session:
        acts = session.scalars(select(journal.JournalEntry.act)).all()
        facts = session.scalars(select(journal.JournalEntry.facts)).all()
    assert "recall.list_receivers" in acts
    assert "第一小学" not in "".join(facts)


def test_goods_of_a_batch_that_is_not_released_cannot_be_delivered(office: Office) -> None:
    def deliver() -> None:
        with office.writing("zone") as desk:
            made = scene.build(desk)
            batches.deliver(desk, made.batch, Delivery(voucher="FH-1"), WHY)

    with pytest.raises(Refused, match="没有放行"):
        deliver()


def test_no_certificate_no_entry_to_a_zone(office: Office) -> None:
    def admit() -> None:
        with office.writing("zone") as desk:
            made = scene.build(desk)
            unit = zones.add_unit(desk, made.zone, "A-04", 4, WHY)
            stranger = Workshop(
                kind=OperatorKind.workshop, name="无证作坊", province="33", district_code="339901", address="北溪镇"
            )
            zones.admit(desk, operators.register(desk, stranger, WHY), unit, date(2026, 11, 1), WHY)

    with pytest.raises(Refused, match="没有有效的登记证"):
        admit()


def test_a_certificate_takes_its_term_from_the_rules_of_its_province(office: Office) -> None:
    with office.writing("officer") as desk:
        workshop = Workshop(
            kind=OperatorKind.workshop, name="石桥作坊", province="32", district_code="329901", address="石桥镇"
        )
        operators.register(desk, workshop, WHY)
        certificate = operators.issue_certificate(desk, workshop, "JS-1", date(2024, 2, 29), WHY)
    assert (certificate.kind, certificate.until) == ("js_workshop", date(2027, 2, 28))


def test_a_zone_standard_that_no_rule_knows_is_refused(office: Office) -> None:
    def find() -> None:
        with office.writing("officer") as desk:
            zones.find_standard(desk, scene.build(desk).zone, "swimming_pool", StandardState.met, WHY)

    with pytest.raises(Refused, match="swimming_pool"):
        find()

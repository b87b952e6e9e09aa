"""The page of a batch: complete on both databases, and silent about figures that may not be published."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from statements import counted
from tests import scene
from tests.scene import WHY

from zuofang.rules.book import read_rules
from zuofang.storage.acts import Desk, Office
from zuofang.traceability import page_log
from zuofang.traceability.acts import batches, laboratories, recalls
from zuofang.traceability.models import (
    Batch,
    Delivery,
    DeliveryKind,
    District,
    LabelKind,
    LabelRevocation,
    LabelRun,
    MaterialReceipt,
    PageVersion,
    ReceiverKind,
)
from zuofang.traceability.queries.batch import BatchPage, Destination, LabelCount, Material, Place, batch_page
from zuofang.traceability.queries.changes import FieldChange

TODAY = date(2026, 11, 20)


def read(office: Office, batch: int) -> BatchPage:
    with office.database.read.connect() as connection:
        found = batch_page(connection, batch, TODAY, read_rules())
    assert found is not None
    return found


def deliver(desk: Desk, batch: Batch, voucher: str, receiver: str, kind: ReceiverKind = ReceiverKind.school) -> None:
    delivery = Delivery(
        voucher=voucher, kind=DeliveryKind.assigned, delivered_on=date(2026, 11, 12), quantity=Decimal(5), unit="盒",
        receiver_kind=kind, receiver_district="339901", receiver=receiver, receiver_address="某路 1 号",
    )  # fmt: skip
    batches.deliver(desk, batch, delivery, WHY)


def test_a_released_batch_is_told_whole(office: Office) -> None:
    with office.writing("lab") as desk:
        made = scene.released(desk)
    page = read(office, made.batch.id)
    assert (page.goods.product, page.goods.lot, page.goods.workshop) == ("酱牛肉", "20261110-1", "北溪陈记卤味作坊")
    assert page.place == Place("qingxi", "清溪卤味加工区", "A-03")
    assert page.materials == page.destinations == page.recalls == page.labels == page.revocations == ()
    assert (page.changes, page.versions) == ((), 0)


def test_only_figures_inside_the_accreditation_leave_the_query(office: Office) -> None:
    with office.writing("lab") as desk:
        made = scene.released(desk)
    (sheet,) = read(office, made.batch.id).sheets
    assert [figure.item for figure in sheet.figures] == ["山梨酸及其钾盐"]
    assert sheet.withheld, "镉 is outside the scope"
    assert sheet.accreditation == "2026110001Z"


@pytest.mark.parametrize("case", ["never accredited", "begun later", "ended before", "revoked before"])
def test_without_an_accreditation_on_the_day_of_the_test_no_figure_leaves(office: Office, case: str) -> None:
    items = ["山梨酸及其钾盐", "镉"]
    with office.writing("lab") as desk:
        made = scene.build(desk, accredited=False)
        scene.sheet(desk, made)
        since, until = date(2025, 1, 1), date(2030, 1, 1)
        if case == "begun later":
            since = date(2026, 11, 12)
        if case == "ended before":
            until = date(2026, 11, 10)
        if case != "never accredited":
            permit = laboratories.accredit(desk, made.laboratory, "1", since, until, items, WHY)
        if case == "revoked before":
            laboratories.revoke_accreditation(desk, permit, date(2026, 11, 11), WHY)
    (sheet,) = read(office, made.batch.id).sheets
    assert sheet.figures == ()
    assert sheet.withheld
    assert sheet.accreditation is None


def test_an_annulled_sheet_stays_visible(office: Office) -> None:
    with office.writing("lab") as desk:
        made = scene.build(desk)
        batches.annul_test(desk, scene.sheet(desk, made).id, "样品编号写错")
    page = read(office, made.batch.id)
    assert (page.sheets[0].annulled_on, page.sheets[0].annulled_why) == (TODAY, "样品编号写错")


def test_buyers_are_counted_by_kind_and_district_and_never_named(office: Office) -> None:
    with office.writing("lab") as desk:
        made = scene.released(desk)
        desk.session.add(District(code="339901", name="清溪县", since=date(2000, 1, 1)))
        for voucher, receiver in (("1", "北溪小学"), ("2", "北溪小学"), ("3", "南溪小学")):
            deliver(desk, made.batch, voucher, receiver)
        deliver(desk, made.batch, "4", "溪口超市", ReceiverKind.supermarket)
    page = read(office, made.batch.id)
    day = date(2026, 11, 12)
    assert page.destinations == (
        Destination(ReceiverKind.school, "清溪县", 2, 3, day, day),
        Destination(ReceiverKind.supermarket, "清溪县", 1, 1, day, day),
    )
    assert "小学" not in str(page)
    assert "某路" not in str(page)


def test_materials_name_the_supplier_and_nothing_that_leads_there(office: Office) -> None:
    with office.writing("lab") as desk:
        made = scene.build(desk)
        receipt = MaterialReceipt(
            workshop_id=made.workshop.id, name="牛腱", lot="L7", quantity=Decimal(50), unit="千克",
            received_on=date(2026, 11, 9), supplier="北溪肉铺", supplier_address="市场路 3 号", supplier_contact="139",
        )  # fmt: skip
        batches.receive_material(desk, receipt, WHY)
        batch = batches.open_batch(desk, made.product, "2", date(2026, 11, 12), WHY, materials=[receipt])
    page = read(office, batch.id)
    assert page.materials == (Material("牛腱", None, "L7", date(2026, 11, 9), "北溪肉铺"),)
    assert "市场路" not in str(page)


def test_a_recall_tells_its_clocks_and_their_articles(office: Office) -> None:
    with office.writing("lab") as desk:
        made = scene.released(desk)
        known = datetime(2026, 11, 18, 20, 0, tzinfo=UTC)
        row = recalls.recall(desk, made.batch, 2, "标签错误", known, WHY)
        recalls.announce(desk, row, date(2026, 11, 19), WHY)
    (told,) = read(office, made.batch.id).recalls
    assert told.start_due == datetime(2026, 11, 20, 20, 0, tzinfo=UTC)
    assert told.start_article == "食品召回管理办法 第十三条"
    assert (told.finish_due, told.finish_provisional) == (date(2026, 12, 17), False)
    assert not told.started_late
    assert replace(told, announced_on=date(2026, 11, 22)).started_late
    assert not told.finished_late
    assert replace(told, finished_on=date(2026, 12, 18)).finished_late
    assert told.overdue(date(2026, 12, 18))
    assert not told.overdue(date(2026, 12, 17))
    assert not replace(told, withdrawn_on=date(2026, 12, 1)).overdue(date(2026, 12, 18))
    assert not replace(told, extended_to=date(2026, 12, 18)).overdue(date(2026, 12, 18))


def test_labels_and_revocations_are_counted(office: Office) -> None:
    with office.writing("lab") as desk:
        made = scene.released(desk)
        for first in (1, 101):
            run = LabelRun(
                batch_id=made.batch.id, kind=LabelKind.item, first=first, last=first + 99, copies=100, key_version=0,
                layout="a4-24", issued_at=desk.now,
            )  # fmt: skip
            desk.session.add(run)
        stolen = LabelRevocation(batch_id=made.batch.id, first=11, last=20, reason="整卷被盗", revoked_at=desk.now)
        desk.session.add(stolen)
        desk.record("label.issue", made.batch, WHY)
    page = read(office, made.batch.id)
    assert page.labels == (LabelCount(LabelKind.item, 200, 2),)
    assert [(one.labels, one.reason) for one in page.revocations] == [(10, "整卷被盗")]


def test_the_change_log_says_field_by_field_what_changed(office: Office) -> None:
    with office.writing("lab") as desk:
        made = scene.build(desk)
    page_log.follow_all(office.database)
    with office.writing("lab") as desk:
        scene.sheet(desk, made)
        batches.release(desk, desk.session.get_one(Batch, made.batch.id), WHY)
    page_log.follow_all(office.database)
    page = read(office, made.batch.id)
    newest, oldest = page.changes
    assert page.versions == 2
    assert (newest.number, newest.who) == (2, "lab")
    assert newest.fields == (
        FieldChange("state", (("pending",),), (("released",),)),
        FieldChange("tests", (), (("QX-2026-1110", "清溪卤味加工区检验室", "2026-11-11", "passed"),)),
    )
    assert FieldChange("lot", (), (("20261110-1",),)) in oldest.fields


def test_the_change_log_stops_at_the_newest_versions_and_says_how_many_there_are(office: Office) -> None:
    with office.writing("lab") as desk:
        made = scene.build(desk)
        for number in range(1, 41):
            row = PageVersion(
                subject_kind="batch", subject_key=str(made.batch.id), number=number, at=desk.now, who="lab", seq=1,
                shown=f'{{"state":"{number}"}}',
            )  # fmt: skip
            desk.session.add(row)
        desk.record("page.version", made.batch, WHY)
    page = read(office, made.batch.id)
    assert (len(page.changes), page.versions) == (30, 40)
    assert page.changes[-1].fields == (FieldChange("state", (("10",),), (("11",),)),)


def test_the_statements_do_not_grow_with_the_batch(office: Office) -> None:
    with office.writing("lab") as desk:
        bare = scene.build(desk)
        full = batches.open_batch(desk, bare.product, "2", date(2026, 11, 12), WHY)
        for number in range(5):
            scene.sheet(desk, replace(bare, batch=full), number=str(number))
        batches.release(desk, full, WHY)
        for number in range(5):
            deliver(desk, full, str(number), str(number))
        recalls.recall(desk, full, 1, "异物", datetime(2026, 11, 18, tzinfo=UTC), WHY)
    sent = []
    for batch in (bare.batch, full):
        with counted(office.database) as seen:
            read(office, batch.id)
        sent.append(len(seen))
    assert sent[0] == sent[1] <= 13


def test_a_batch_that_does_not_exist_is_nothing(office: Office) -> None:
    with office.database.read.connect() as connection:
        assert batch_page(connection, 2**30, TODAY, read_rules()) is None

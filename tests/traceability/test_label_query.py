"""The one statement behind a label page: complete on both databases, and silent about figures that may not be shown."""

from datetime import UTC, date, datetime

from sqlalchemy import event
from tests import scene
from tests.scene import WHY

from zuofang.credit import acts as honours
from zuofang.credit.card import credit_card
from zuofang.credit.models import Honour, HonourKind
from zuofang.rules.book import read_rules
from zuofang.storage.acts import Desk, Office
from zuofang.traceability.acts import batches, laboratories, operators, recalls, zones
from zuofang.traceability.label import LabelFile, Material, Place
from zuofang.traceability.models import (
    LabelKind,
    LabelRevocation,
    LabelRun,
    MaterialReceipt,
    RestrictionKind,
    ZoneStepKind,
)
from zuofang.traceability.queries.label import label_file
from zuofang.traceability.verdict import Verdict, answer

TODAY = date(2026, 11, 20)


def read(office: Office, batch: int) -> LabelFile:
    with office.database.read.connect() as connection:
        found = label_file(connection, batch)
    assert found is not None
    return found


def labels(desk: Desk, batch: int) -> None:
    run = LabelRun(
        batch_id=batch, kind=LabelKind.item, first=1, last=100, copies=100, key_version=0, layout="a4-24",
        issued_at=desk.now,
    )  # fmt: skip
    revoked = LabelRevocation(batch_id=batch, first=11, last=20, reason="整卷被盗", revoked_at=desk.now)
    desk.session.add_all([run, revoked])
    desk.record("label.issue", ("batch", str(batch)), WHY)


def test_a_released_batch_is_read_whole(office: Office) -> None:
    with office.writing("lab") as desk:
        made = scene.released(desk)
        zones.take_step(desk, made.zone, ZoneStepKind.accepted, date(2025, 6, 1), WHY)
        labels(desk, made.batch.id)
    found = read(office, made.batch.id)
    assert found.place == Place("qingxi", "清溪卤味加工区", None, "A-03", date(2025, 6, 1))
    assert (found.product, found.workshop, found.lot) == ("酱牛肉", "北溪陈记卤味作坊", "20261110-1")
    assert (found.made_on, found.best_before) == (date(2026, 11, 10), date(2026, 11, 25))
    assert found.issued(1, 0)
    assert not found.issued(101, 0)
    assert not found.issued(0, 0)
    assert not found.issued(1, 1), "the key that printed it is another one"
    assert answer(found.facts(1, scans=0), TODAY, read_rules()).verdict is Verdict.released
    assert answer(found.facts(15, scans=0), TODAY, read_rules()).verdict is Verdict.take_care


def test_materials_recalls_and_orders_come_along(office: Office) -> None:
    with office.writing("lab") as desk:
        made = scene.build(desk)
        receipt = MaterialReceipt(
            workshop_id=made.workshop.id, name="牛腱", lot="L7", quantity=50, unit="千克",
            received_on=date(2026, 11, 9), supplier="北溪肉铺",
        )  # fmt: skip
        batches.receive_material(desk, receipt, WHY)
        batch = batches.open_batch(desk, made.product, "2", date(2026, 11, 12), WHY, materials=[receipt])
        recalls.recall(desk, batch, 2, "标签错误", datetime(2026, 11, 18, 20, 0, tzinfo=UTC), WHY)
        operators.restrict(
            desk, made.workshop, RestrictionKind.suspended, date(2026, 11, 1), WHY, ground="整改", article="第十条"
        )
    found = read(office, batch.id)
    assert found.materials == (Material("牛腱", "L7", date(2026, 11, 9), "北溪肉铺"),)
    assert found.recalls[0].known_on == date(2026, 11, 19), "the day in China, not in UTC"
    assert found.restrictions[0].holds(TODAY)


def test_the_number_of_items_is_told_only_where_every_item_is_inside_the_accreditation(office: Office) -> None:
    with office.writing("lab") as desk:
        made = scene.released(desk)
    assert read(office, made.batch.id).sheets[0].items is None, "镉 is outside the scope"
    with office.writing("lab") as desk:
        laboratory = desk.session.merge(made.laboratory)
        laboratories.accredit(desk, laboratory, "2", date(2025, 1, 1), date(2027, 1, 1), ["山梨酸及其钾盐", "镉"], WHY)
    assert read(office, made.batch.id).sheets[0].items == 2


def test_an_unknown_batch_is_nothing(office: Office) -> None:
    with office.database.read.connect() as connection:
        assert label_file(connection, 2**30) is None


def test_the_label_needs_one_statement_and_the_credit_card_one(office: Office) -> None:
    with office.writing("lab") as desk:
        made = scene.released(desk)
    seen: list[str] = []
    event.listen(office.database.read, "before_cursor_execute", lambda *given: seen.append(given[2]))
    with office.database.read.connect() as connection:
        label_file(connection, made.batch.id)
        credit_card(connection, made.workshop.id, TODAY, read_rules())
    assert len([statement for statement in seen if statement.startswith("SELECT")]) == 2


def test_only_honours_in_force_stand_on_the_card(office: Office) -> None:
    def honour(title: str, until: date | None) -> Honour:
        return Honour(
            kind=HonourKind.five_s, title=title, workshop_id=made.workshop.id, granted_by="清溪市市场监督管理局",
            since=date(2025, 1, 1), until=until,
        )  # fmt: skip

    with office.writing("officer") as desk:
        made = scene.build(desk)
        honours.grant(desk, honour("在期", date(2026, 11, 20)), WHY)
        honours.grant(desk, honour("过期", date(2026, 11, 19)), WHY)
        taken = honours.grant(desk, honour("撤销", None), WHY)
        honours.withdraw(desk, taken, date(2026, 11, 20), "抽检不合格", WHY)
    with office.database.read.connect() as connection:
        card = credit_card(connection, made.workshop.id, TODAY, read_rules())
    assert [line.title for line in card.honours] == ["在期"]

"""Zones, products, materials, batches and deliveries: entered, found again, updated, and kept apart."""

import json
from collections.abc import Iterable
from decimal import Decimal

import pytest
from tests.importing.tables import (
    BATCH,
    DELIVERY,
    MATERIAL,
    PRODUCT,
    TEST,
    ZONE,
    Bureau,
    reasons,
)

from zuofang.storage.outbox import OutboxItem
from zuofang.traceability.acts import batches
from zuofang.traceability.models import (
    AccreditedItem,
    Batch,
    BatchMaterial,
    Delivery,
    DeliveryKind,
    Laboratory,
    MaterialReceipt,
    Packing,
    Product,
    ReceiverKind,
    Subsidy,
    Zone,
    ZoneUnit,
)

ACCREDITED = {
    **ZONE, "检验室名称": "清溪检验室", "资质认定证书编号": "2025Z", "资质认定有效期起": "2025-01-01",
    "资质认定有效期止": "2030-12-31", "资质认定项目": "菌落总数、山梨酸",
}  # fmt: skip


def touched(bureau: Bureau) -> set[tuple[str, str]]:
    """What the last entry of the journal touched."""
    last = bureau.entries()[-1].seq
    return {(one.subject_kind, one.subject_key) for one in bureau.rows(OutboxItem) if one.seq == last}


def changes(bureau: Bureau) -> dict[str, dict[str, object]]:
    """What the last entry of the journal says was changed."""
    told: dict[str, dict[str, object]] = json.loads(bureau.entries()[-1].facts)["changes"]
    return told


def outcome(bureau: Bureau, kind: str, *rows: dict[str, str]) -> Iterable[int]:
    report = bureau.take(kind, *rows)
    assert reasons(report) == []
    return report.created, report.updated, report.unchanged


def release(bureau: Bureau) -> None:
    bureau.took("release-tests", TEST)
    with bureau.office.writing("lab") as desk:
        batches.release(desk, desk.session.get_one(Batch, bureau.rows(Batch)[0].id), "合格")


def test_a_zone_has_one_row_per_unit_and_is_one_zone(bureau: Bureau) -> None:
    rows = [{**ACCREDITED, "单元号": "A-01", "监控点位": "4"}, {**ZONE, "单元号": "A-02", "监控点位": "未记载"}]
    assert outcome(bureau, "zones", *rows) == (1, 1, 0)
    assert outcome(bureau, "zones", *rows) == (0, 0, 2)
    assert [(unit.number, unit.cameras) for unit in bureau.rows(ZoneUnit)] == [("A-01", 4), ("A-02", None)]
    assert (bureau.count(Zone), bureau.count(Laboratory), bureau.count(AccreditedItem)) == (1, 1, 2)


def test_a_zone_is_found_by_name_or_slug_and_updated(bureau: Bureau) -> None:
    bureau.took("zones", ZONE)
    assert outcome(bureau, "zones", {**ZONE, "网址名": "", "品牌": "清溪卤味"}) == (0, 1, 0)
    assert outcome(bureau, "zones", {**ZONE, "加工区名称": "清溪加工区"}) == (0, 1, 0)
    [zone] = bureau.rows(Zone)
    assert (zone.name, zone.brand) == ("清溪加工区", "清溪卤味")
    assert touched(bureau) >= {("zone", str(zone.id))}


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"网址名": "other"}, "不能改"),
        ({"区划代码": "339902"}, "另一个县"),
        ({"区划代码": "339902", "网址名": ""}, "要有网址名"),
        ({"网址名": "Qing Xi"}, "网址名只能用"),
        ({"检验室名称": "室", "资质认定证书编号": "Z", "资质认定有效期起": "2025-01-01"}, "起止日期"),
    ],
)
def test_a_zone_keeps_its_address_and_its_district(bureau: Bureau, change: dict[str, str], refusal: str) -> None:
    bureau.took("zones", ZONE)
    assert refusal in reasons(bureau.take("zones", {**ZONE, **change}))[0]


def test_the_scope_of_an_accreditation_is_brought_to_what_the_row_says(bureau: Bureau) -> None:
    bureau.took("zones", ACCREDITED)
    assert outcome(bureau, "zones", {**ACCREDITED, "资质认定项目": "山梨酸；亚硝酸盐"}) == (0, 1, 0)
    assert sorted(one.item for one in bureau.rows(AccreditedItem)) == ["亚硝酸盐", "山梨酸"]
    [told] = changes(bureau).values()
    assert told == {"items": [["山梨酸", "菌落总数"], ["亚硝酸盐", "山梨酸"]]}


def test_an_accreditation_stays_with_its_laboratory(bureau: Bureau) -> None:
    bureau.took("zones", ACCREDITED)
    report = bureau.take("zones", {**ACCREDITED, "加工区名称": "南河加工区", "网址名": "nanhe"})
    assert reasons(report) == ["2 资质认定证书编号 这个证书编号属于另一个检验机构。"]


def test_a_product_is_entered_and_its_batches_follow_its_changes(bureau: Bureau) -> None:
    bureau.prepare()
    fresh = {**PRODUCT, "规格": "500克", "净含量": "500克", "致敏物质": "无", "保质期": "15天"}
    assert outcome(bureau, "products", fresh) == (1, 0, 0)
    product = bureau.rows(Product)[-1]
    assert (product.category, product.packing, product.allergens, product.shelf_life_days) == (
        "braised-beef", Packing.prepacked, "无", 15,
    )  # fmt: skip
    assert outcome(bureau, "products", {**PRODUCT, "配料表": "牛肉、酱油"}) == (0, 1, 0)
    assert ("batch", str(bureau.rows(Batch)[0].id)) in touched(bureau)


def test_a_category_nobody_knows_is_refused(bureau: Bureau) -> None:
    bureau.prepare()
    assert "没有这个食品类别" in reasons(bureau.take("products", {**PRODUCT, "食品类别": "怪味"}))[0]


def test_a_material_is_one_receipt_however_often_it_is_told(bureau: Bureau) -> None:
    bureau.prepare()
    assert outcome(bureau, "materials", MATERIAL, {**MATERIAL, "原料名称": "酱油", "原料批号": "/"}) == (2, 0, 0)
    contact = {**MATERIAL, "供货者联系方式": "0570-0000101", "数量": "130"}
    assert outcome(bureau, "materials", contact) == (0, 1, 0)
    [told] = changes(bureau).values()
    assert told == {"quantity": ["120", "130"], "supplier_contact": None}
    assert [one.lot for one in bureau.rows(MaterialReceipt)] == ["NR1", ""]
    assert "0570-0000101" not in "".join(entry.facts for entry in bureau.entries())


def test_rows_far_apart_that_contradict_each_other_are_refused(bureau: Bureau, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("zuofang.traceability.importing.engine.PORTION", 1)
    bureau.prepare()
    between = [{**MATERIAL, "原料批号": f"NR{n}"} for n in range(2, 600)]
    report = bureau.take("materials", MATERIAL, *between, {**MATERIAL, "数量": "130"})
    assert reasons(report) == ["601 数量 与本文件前面的行说的不一样。"]
    assert bureau.take("materials", MATERIAL, *between, {**MATERIAL, "规格": "整块"}).refused == []


def test_a_batch_is_entered_with_its_last_day_and_its_materials(bureau: Bureau) -> None:
    bureau.prepare()
    bureau.took("products", {**PRODUCT, "保质期": "15"})
    bureau.took("materials", MATERIAL)
    made = {**BATCH, "批号": "L2", "使用原料": "牛肉/NR1", "数量": "80", "单位": "袋"}
    assert outcome(bureau, "batches", made) == (1, 0, 0)
    assert outcome(bureau, "batches", made) == (0, 0, 1)
    batch = bureau.rows(Batch)[-1]
    assert (str(batch.best_before), batch.quantity, bureau.count(BatchMaterial)) == ("2026-11-25", 80, 1)
    assert outcome(bureau, "batches", {**BATCH, "使用原料": "牛肉/NR1"}) == (0, 1, 0)


def test_a_material_nobody_received_or_that_came_twice_is_refused(bureau: Bureau) -> None:
    bureau.prepare()
    assert "没有原料“牛肉/NR1”的进货记录" in reasons(bureau.take("batches", {**BATCH, "使用原料": "牛肉/NR1"}))[0]
    bureau.took("materials", MATERIAL, {**MATERIAL, "进货日期": "2026-11-08"})
    assert "2 次进货" in reasons(bureau.take("batches", {**BATCH, "使用原料": "牛肉/NR1"}))[0]


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"生产日期": "2026-11-21"}, "今天之后"),
        ({"保质期至": "2026-11-01"}, "早于生产日期"),
    ],
)
def test_days_of_a_batch_must_make_sense(bureau: Bureau, change: dict[str, str], refusal: str) -> None:
    bureau.prepare()
    assert refusal in reasons(bureau.take("batches", {**BATCH, "批号": "L2", **change}))[0]


def test_the_days_of_a_batch_may_be_corrected_until_it_is_decided(bureau: Bureau) -> None:
    bureau.prepare()
    assert outcome(bureau, "batches", {**BATCH, "生产日期": "2026-11-09", "保质期至": "2026-11-24"}) == (0, 1, 0)
    release(bureau)
    later = {**BATCH, "生产日期": "2026-11-10", "保质期至": "2026-11-25"}
    assert "已经放行或封存" in reasons(bureau.take("batches", later))[0]


def test_a_delivery_is_entered_and_its_receiver_stays_inside(bureau: Bureau) -> None:
    bureau.prepare()
    release(bureau)
    report = bureau.take("deliveries", DELIVERY)
    assert (report.created, report.notes) == (1, [])
    [delivery] = bureau.rows(Delivery)
    assert (delivery.kind, delivery.receiver_kind) == (DeliveryKind.other, ReceiverKind.school)
    assert outcome(bureau, "deliveries", {**DELIVERY, "购货者名称": "清溪县第二小学食堂"}) == (0, 1, 0)
    assert changes(bureau) == {f"delivery/{delivery.id}": {"receiver": None}}
    assert "小学" not in "".join(entry.facts for entry in bureau.entries())


def test_a_delivery_without_a_release_is_recorded_and_said(bureau: Bureau) -> None:
    bureau.prepare()
    report = bureau.take("deliveries", DELIVERY)
    assert (report.created, len(report.notes)) == (1, 1)
    assert "没有放行" in str(report.notes[0])


def test_a_refused_receiver_is_not_repeated(bureau: Bureau) -> None:
    bureau.prepare()
    report = bureau.take(
        "deliveries", {**DELIVERY, "购货者名称": "很长的名字" * 60}, {**DELIVERY, "销售日期": "2026-11-01"}
    )
    assert [(one.column, one.value) for one in report.refused] == [
        ("购货者名称", "（不显示）"),
        ("销售日期", "2026-11-01"),
    ]


def test_an_import_stops_reading_when_everything_is_refused(bureau: Bureau, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("zuofang.traceability.importing.engine.PORTION", 1)
    report = bureau.take("deliveries", *({**DELIVERY, "数量": "很多"} for _ in range(2_000)))
    assert 1_000 <= len(report.refused) < 2_000
    assert "拒绝的行太多" in str(report.notes[-1])


PAID = {
    "加工区名称": ZONE["加工区名称"], "拨付日期": "2026-03-12", "金额": "180,000", "用途": "建设补贴",
    "拨付单位": "清溪市财政局",
}  # fmt: skip


def test_a_subsidy_is_entered_put_right_and_told_to_its_zone(bureau: Bureau) -> None:
    bureau.took("zones", ZONE)
    assert outcome(bureau, "subsidies", PAID, {**PAID, "用途": "租金补贴", "金额": "1.50"}) == (2, 0, 0)
    assert {kind for kind, _ in touched(bureau)} >= {"zone"}
    assert outcome(bureau, "subsidies", PAID) == (0, 0, 1)
    assert outcome(bureau, "subsidies", {**PAID, "金额": "190000", "文号": "清财〔2026〕1号"}) == (0, 1, 0)
    assert sorted((one.amount, one.document) for one in bureau.rows(Subsidy)) == [
        (Decimal("1.50"), None),
        (Decimal(190000), "清财〔2026〕1号"),
    ]


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"金额": "0"}, "补贴的金额要大于零"),
        ({"拨付日期": "2026-12-31"}, "日期在今天之后"),
        ({"加工区名称": "无此加工区"}, "没有登记这个加工区"),
        ({"用途": ""}, "不能为空"),
    ],
)
def test_a_subsidy_of_nothing_of_tomorrow_or_of_nobody_is_refused(
    bureau: Bureau, change: dict[str, str], refusal: str
) -> None:
    bureau.took("zones", ZONE)
    (reason,) = reasons(bureau.take("subsidies", {**PAID, **change}))
    assert refusal in reason
    assert bureau.rows(Subsidy) == []

"""A small invented scene that tests build on: a zone with a laboratory, a workshop in it, a product and a batch.

Everything goes through the acts, as in life; the verbs are short, so that a test says only what matters to it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from zuofang.storage.acts import Desk
from zuofang.traceability.acts import batches, laboratories, operators, zones
from zuofang.traceability.models import (
    Batch,
    Certificate,
    Conclusion,
    Laboratory,
    Method,
    OperatorKind,
    Packing,
    Product,
    ReleaseTest,
    TestResult,
    Workshop,
    Zone,
    ZoneUnit,
)

MADE = date(2026, 11, 10)
WHY = "测试"


@dataclass(slots=True)
class Scene:
    """One zone, one workshop, one product, one batch."""

    zone: Zone
    unit: ZoneUnit
    laboratory: Laboratory
    workshop: Workshop
    certificate: Certificate
    product: Product
    batch: Batch


def build(desk: Desk, *, accredited: bool = True, until: date | None = None) -> Scene:
    """The scene before anything was tested."""
    zone = zones.found_zone(
        desk, Zone(slug="qingxi", name="清溪卤味加工区", district_code="339901", address="清溪县北溪镇园区路 8 号"), WHY
    )
    unit = zones.add_unit(desk, zone, "A-03", 4, WHY)
    laboratory = laboratories.add_laboratory(desk, "清溪卤味加工区检验室", zone, WHY)
    if accredited:
        items = ["菌落总数", "山梨酸及其钾盐", "亚硝酸盐残留量"]
        laboratories.accredit(desk, laboratory, "2026110001Z", date(2025, 1, 1), date(2030, 12, 31), items, WHY)
    workshop = operators.register(desk, _workshop(), WHY)
    certificate = operators.issue_certificate(
        desk, workshop, "ZF33990100012", date(2025, 3, 1), WHY, until=until, issuer="清溪县市场监督管理局"
    )
    zones.admit(desk, workshop, unit, date(2025, 4, 1), WHY)
    product = operators.add_product(desk, _product(workshop), WHY)
    batch = batches.open_batch(desk, product, "20261110-1", MADE, WHY)
    return Scene(zone, unit, laboratory, workshop, certificate, product, batch)


def _workshop() -> Workshop:
    return Workshop(
        kind=OperatorKind.workshop, name="北溪陈记卤味作坊", operator="陈小满", province="33", district_code="339901",
        address="清溪县北溪镇园区路 8 号 A-03", phone="0570-0000001",
    )  # fmt: skip


def _product(workshop: Workshop) -> Product:
    return Product(
        workshop=workshop, name="酱牛肉", specification="200 克", category="braised_meat", packing=Packing.prepacked,
        net_content="200 克", ingredients="牛肉、酱油、食用盐、白砂糖、香辛料", shelf_life_days=15,
        storage="0–4 ℃ 冷藏",
    )  # fmt: skip


def sheet(
    desk: Desk, scene: Scene, conclusion: Conclusion = Conclusion.passed, *, method: Method = Method.regular,
    number: str = "QX-2026-1110", on: date = date(2026, 11, 11),
) -> ReleaseTest:  # fmt: skip
    """A test sheet of the scene's batch with two items."""
    made = ReleaseTest(
        batch_id=scene.batch.id, laboratory=scene.laboratory, number=number, method=method, tested_on=on,
        conclusion=conclusion,
        results=[
            TestResult(item="山梨酸及其钾盐", result="0.05", unit="g/kg", limit="≤0.075", judgement="conforms"),
            TestResult(item="镉", result="<0.003", unit="mg/kg", limit="≤0.1", judgement="conforms"),
        ],
    )  # fmt: skip
    return batches.record_test(desk, made, WHY)


def released(desk: Desk) -> Scene:
    """The scene after a passed test and a release."""
    scene = build(desk)
    sheet(desk, scene)
    batches.release(desk, scene.batch, WHY)
    return scene

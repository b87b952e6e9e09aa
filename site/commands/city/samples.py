"""Samples on their way (抽样单) in the city: some nearly late for the laboratory, one whose report is expected."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from zuofang.credit.acts import sampling as acts
from zuofang.credit.models import SamplingSheet
from zuofang.site.commands.city.agenda import Agenda, Shift
from zuofang.site.commands.city.days import ago, later
from zuofang.site.commands.city.geography import CITY_BUREAU
from zuofang.site.commands.city.workshops import Maker
from zuofang.storage.acts import Desk

WHY = "示例城市：登记抽样单"
LABORATORY = "清溪市食品药品检验所"


@dataclass(frozen=True, slots=True)
class OnItsWay:
    """A sample by days before today: taken, and received by the laboratory where it was; ``agreed`` lies ahead."""

    taken: int
    received: int | None
    agreed: int | None
    quantity: str
    spare: str


SAMPLES = (
    OnItsWay(5, None, None, "8 袋，1.6 千克", "4 袋，0.8 千克"),
    OnItsWay(2, None, None, "6 盒，1.2 千克", "3 盒，0.6 千克"),
    OnItsWay(21, 17, None, "10 袋，2 千克", "5 袋，1 千克"),
    OnItsWay(12, 11, -9, "1 瓶，500 毫升", ""),
)


def plan_samples(agenda: Agenda, makers: Sequence[Maker]) -> None:
    """Put the taking of each sample on the agenda, and its way to the laboratory."""
    for number, (sample, maker) in enumerate(zip(SAMPLES, makers, strict=False), 1):
        agenda.add(ago(agenda.today, sample.taken), Shift.bureau, partial(_take, agenda, sample, maker, number))


def _take(agenda: Agenda, sample: OnItsWay, maker: Maker, number: int, desk: Desk) -> None:
    year, product = desk.today.year, maker.lines[0].product
    row = acts.take(
        desk,
        SamplingSheet(
            number=f"XC{year % 100}{maker.workshop.district_code}{number:04}", workshop_id=maker.workshop.id,
            authority=CITY_BUREAU, basis=f"{year}年食品小作坊监督抽检计划", product=product.name,
            specification=product.specification or "", lot=later(desk.today, -3).isoformat(), quantity=sample.quantity,
            spare=sample.spare, place=f"{maker.workshop.name}成品库", first_officer="周执勤", second_officer="何秋生",
            laboratory=LABORATORY, taken_on=desk.today,
            agreed_on=None if sample.agreed is None else ago(agenda.today, sample.agreed),
        ),
        WHY,
    )  # fmt: skip
    if sample.received is not None:
        agenda.add(ago(agenda.today, sample.received), Shift.bureau, partial(_deliver, row.id))


def _deliver(key: int, desk: Desk) -> None:
    acts.deliver(desk, desk.session.get_one(SamplingSheet, key), desk.today, WHY)

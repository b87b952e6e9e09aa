"""The daily work: materials in, batches made, tested, released, sent out. Every step is an act at its own desk."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import partial
from random import Random

from zuofang.rules.book import RuleBook
from zuofang.site.commands.city import names
from zuofang.site.commands.city.agenda import Agenda, Shift
from zuofang.site.commands.city.chance import chance, share
from zuofang.site.commands.city.days import ago, later
from zuofang.site.commands.city.goods import UNFINISHED
from zuofang.site.commands.city.receivers import RECEIVERS, Receiver
from zuofang.site.commands.city.sheets import figures
from zuofang.site.commands.city.suppliers import MATERIALS
from zuofang.site.commands.city.workshops import Line, Maker
from zuofang.storage.acts import Desk
from zuofang.traceability.acts import batches, labels
from zuofang.traceability.models import (
    Batch,
    Conclusion,
    Delivery,
    DeliveryKind,
    LabelKind,
    MaterialReceipt,
    Method,
    Packing,
    ReceiverKind,
    ReleaseTest,
)

WHY = "示例城市：日常生产"
PACE = 1.5
"""The example makes each product so many times more rarely than a workshop would."""
TRAY = 5
"""Kilograms in a tray of bulk food, which carries one label."""
LAYOUTS = {LabelKind.item: "roll-60x40", LabelKind.batch: "a4-24"}
STOCK_LASTS = 40
"""Days for which a delivery of a raw material that keeps is used."""
FAILING, WAITING = 90, 160
"""One batch in so many fails, or has to wait for a second test."""
PLATES, CHEMISTRY = 3, 2
"""Days that a test takes with microbes on plates, and without."""


@dataclass(slots=True)
class Works:
    """Everything that is made in the city; it keeps the counters of papers and what is in each larder."""

    agenda: Agenda
    rules: RuleBook
    made: int = 0
    _numbers: Counter[str] = field(default_factory=Counter)
    _larder: dict[tuple[int, str], MaterialReceipt] = field(default_factory=dict)

    def plan(self, maker: Maker, since: date) -> None:
        """Put every ordinary batch of a workshop on the agenda."""
        for line in maker.lines:
            throws = chance("plan", line.product.id)
            day = later(max(since, maker.since), throws.randrange(line.good.every))
            while day <= self.agenda.today:
                if maker.works_on(day) and day.month in line.good.months and not self.rules.calendar.is_holiday(day):
                    self.agenda.add(day, Shift.workshop, partial(self._ordinary, maker, line, day))
                day = later(day, max(1, round(line.good.every * PACE * throws.uniform(0.7, 1.3))))

    def make(self, desk: Desk, maker: Maker, line: Line, on: date, run: int = 1, *, labelled: bool = True) -> Batch:
        """Make a batch of what is in the larder, which is filled up first, and print labels where they may be."""
        throws = chance("batch", line.product.id, on)
        materials = [self._material(desk, maker, name, on, throws) for name in line.good.materials]
        amount, unit = line.good.amount
        quantity = Decimal(round(amount * throws.uniform(0.7, 1.2)))
        self.made += 1
        batch = batches.open_batch(
            desk, line.product, f"{on:%Y%m%d}-{run}", on, WHY, materials=materials, quantity=quantity, unit=unit
        )
        if labelled and line.good is not UNFINISHED:
            kind = self.label_kind(maker, line)
            copies = int(quantity) if line.good.packing is Packing.prepacked else 1 + int(quantity) // TRAY
            labels.issue(desk, batch.id, kind, copies, LAYOUTS[kind], WHY)
        return batch

    def label_kind(self, maker: Maker, line: Line) -> LabelKind:
        """Packets from a zone carry a code each; everything else carries the code of its batch."""
        return LabelKind.item if maker.zone and line.good.packing is Packing.prepacked else LabelKind.batch

    def test(
        self, desk: Desk, maker: Maker, line: Line, batch: Batch, on: date, *, method: Method = Method.regular,
        fails: str | None = None, unfinished: bool = False,
    ) -> ReleaseTest:  # fmt: skip
        """Record a test sheet; it passes unless an item ``fails`` or is ``unfinished``."""
        desk.session.add(batch)
        laboratory = maker.laboratory
        throws = chance("test", batch.id, on, method)
        found = figures(throws, line.good, batch.made_on, self.rules, fails=fails, unfinished=unfinished)
        sheet = ReleaseTest(
            batch_id=batch.id, laboratory_id=laboratory.id, number=self._number(f"JY{laboratory.id:02d}-{on:%Y%m%d}-"),
            method=method, sampled_on=batch.made_on, tested_on=on, tester=names.person(chance("tester", laboratory.id)),
            conclusion=found.conclusion, results=found.results,
        )  # fmt: skip
        return batches.record_test(desk, sheet, WHY)

    def send(self, desk: Desk, maker: Maker, batch: Batch, on: date, receivers: Sequence[Receiver]) -> list[Delivery]:
        """Send a batch out in equal parts, one of which is kept back."""
        desk.session.add(batch)
        quantity = ((batch.quantity or Decimal(1)) / (len(receivers) + 1)).quantize(Decimal(1))
        deliveries = [self._delivery(maker, batch, receiver, on, quantity) for receiver in receivers]
        return [batches.deliver(desk, batch, delivery, WHY) for delivery in deliveries]

    def _ordinary(self, maker: Maker, line: Line, on: date, desk: Desk) -> None:
        batch, throws = self.make(desk, maker, line, on), chance("fate", line.product.id, on)
        method = Method.quick if line.good.quick else Method.regular
        day = on if line.good.quick else later(on, _test_takes(line))
        fails = _flaw(throws, line) if share(throws, FAILING) else None
        unfinished = not line.good.quick and share(throws, WAITING)
        test = partial(self._tested, maker, line, batch, day, method, fails, unfinished)
        self.agenda.add(day, Shift.laboratory, test)

    def _tested(
        self, maker: Maker, line: Line, batch: Batch, on: date, method: Method, fails: str | None, unfinished: bool,
        desk: Desk,
    ) -> None:  # fmt: skip
        sheet = self.test(desk, maker, line, batch, on, method=method, fails=fails, unfinished=unfinished)
        match sheet.conclusion:
            case Conclusion.passed:
                self.agenda.add(on, Shift.dispatch, partial(self._released, maker, line, batch, on))
            case Conclusion.failed:
                self.agenda.add(on, Shift.dispatch, partial(_blocked, batch, fails))
            case Conclusion.undecided:
                retest = later(on, PLATES)
                again = partial(self._tested, maker, line, batch, retest, Method.regular, None, False)
                self.agenda.add(retest, Shift.laboratory, again)

    def _released(self, maker: Maker, line: Line, batch: Batch, on: date, desk: Desk) -> None:
        desk.session.add(batch)
        batches.release(desk, batch, WHY)
        throws = chance("delivery", batch.id)
        receivers = throws.sample(RECEIVERS, throws.choice((1, 1, 2, 2, 3)))
        day = later(on, 1 if line.good.quick else throws.randrange(1, 4))
        self.agenda.add(day, Shift.workshop, partial(self._sent, maker, batch, day, receivers))

    def _sent(self, maker: Maker, batch: Batch, on: date, receivers: Sequence[Receiver], desk: Desk) -> None:
        self.send(desk, maker, batch, on, receivers)

    def _material(self, desk: Desk, maker: Maker, name: str, on: date, throws: Random) -> MaterialReceipt:
        kept, needed = MATERIALS[name], (maker.workshop.id, name)
        have = self._larder.get(needed)
        if have is not None and (on - have.received_on).days < min(STOCK_LASTS, kept.keeps or STOCK_LASTS):
            return have
        arrived = ago(on, throws.randrange(2))
        lot = ago(arrived, throws.randrange(1, 3 + min(kept.keeps or 60, 120) // 4))
        receipt = MaterialReceipt(
            workshop_id=maker.workshop.id, name=name, specification=kept.specification, lot=f"{lot:%Y%m%d}",
            quantity=Decimal(kept.quantity), unit=kept.unit, received_on=arrived, supplier=kept.supplier.name,
            best_before=later(lot, kept.keeps) if kept.keeps else None,
            supplier_address=kept.supplier.address, supplier_contact=kept.supplier.contact,
            supplier_licence=kept.supplier.licence, voucher=self._number(f"JH{arrived:%Y%m%d}-"),
        )  # fmt: skip
        self._larder[needed] = batches.receive_material(desk, receipt, WHY)
        return receipt

    def _delivery(self, maker: Maker, batch: Batch, receiver: Receiver, on: date, quantity: Decimal) -> Delivery:
        return Delivery(
            voucher=self._number(f"FH{on:%Y%m%d}-"), kind=_delivery_kind(maker, receiver), delivered_on=on,
            quantity=max(quantity, Decimal(1)), unit=batch.unit or "", receiver_kind=receiver.kind,
            receiver_district=receiver.place.code, receiver=receiver.name,
            receiver_address=f"{receiver.place.name}{receiver.street}", receiver_contact=receiver.contact,
        )  # fmt: skip

    def _number(self, series: str) -> str:
        self._numbers[series] += 1
        return f"{series}{self._numbers[series]:03d}"


def _blocked(batch: Batch, item: str | None, desk: Desk) -> None:
    desk.session.add(batch)
    batches.block(desk, batch, f"出厂检验{item}不合格", WHY)


def _flaw(throws: Random, line: Line) -> str:
    """An item that can fail; where the law sets no limit nothing can."""
    return throws.choice(
        [item for item in line.good.tested if item != "苯并[a]芘" or line.good.category != "braised-meat"]
    )


def _test_takes(line: Line) -> int:
    return PLATES if "菌落总数" in line.good.tested else CHEMISTRY


def _delivery_kind(maker: Maker, receiver: Receiver) -> DeliveryKind:
    if receiver.kind in (ReceiverKind.school, ReceiverKind.canteen):
        return DeliveryKind.assigned
    return DeliveryKind.zone_delivery if maker.zone else DeliveryKind.other

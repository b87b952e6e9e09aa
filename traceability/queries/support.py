"""What a zone received, how its cameras ran, and what its members make."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_DOWN, Decimal

from sqlalchemy import Connection, select

from zuofang.traceability.models import CameraMonth, LivePicture, Product, Subsidy

MONTHS = 12
HUNDRED, TENTH = Decimal(100), Decimal("0.1")


@dataclass(frozen=True, slots=True)
class SubsidyLine:
    """Public money that a zone received, in yuan."""

    on: date
    amount: Decimal
    purpose: str
    payer: str
    document: str | None


@dataclass(frozen=True, slots=True)
class CameraLine:
    """How long the cameras ran in a month; ``share`` is in per cent, never rounded up."""

    month: date
    owed: int
    online: int

    @property
    def share(self) -> Decimal:
        """The share of the time that they should have run."""
        return share_of_time(self.online, self.owed)


@dataclass(frozen=True, slots=True)
class Support:
    """All of it; ``live`` is where live pictures are shown, empty where nowhere."""

    subsidies: tuple[SubsidyLine, ...]
    cameras: tuple[CameraLine, ...]
    live: str | None
    products: tuple[str, ...]

    @property
    def total(self) -> Decimal:
        """All subsidies together."""
        return sum((one.amount for one in self.subsidies), Decimal(0))


def share_of_time(online: int, owed: int) -> Decimal:
    """The share of the hours owed that cameras ran, in per cent, never rounded up."""
    if online == owed:
        return HUNDRED
    return (HUNDRED * online / owed).quantize(TENTH, ROUND_DOWN)


def zone_support(connection: Connection, zone: int, members: Sequence[int]) -> Support:
    """What is told of a zone beside its page's other parts. Four statements."""
    paid = connection.execute(
        select(Subsidy.on, Subsidy.amount, Subsidy.purpose, Subsidy.payer, Subsidy.document)
        .where(Subsidy.zone_id == zone)
        .order_by(Subsidy.on.desc(), Subsidy.id)
    )
    ran = connection.execute(
        select(CameraMonth.month, CameraMonth.owed_hours, CameraMonth.online_hours)
        .where(CameraMonth.zone_id == zone)
        .order_by(CameraMonth.month.desc())
        .limit(MONTHS)
    )
    live = connection.scalar(select(LivePicture.address).where(LivePicture.zone_id == zone))
    names = connection.scalars(
        select(Product.name).where(Product.workshop_id.in_(members)).distinct().order_by(Product.name)
    )
    return Support(tuple(SubsidyLine(*row) for row in paid), tuple(CameraLine(*row) for row in ran), live, tuple(names))

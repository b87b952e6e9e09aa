"""Sums of money as tables state them: in 万元 (ten thousand yuan), to the last digit."""

from __future__ import annotations

from decimal import Decimal

from zuofang.traceability.importing import cells

TEN_THOUSAND = Decimal(10_000)


def from_ten_thousands(text: str) -> Decimal:
    """A sum written in 万元, in yuan, exactly; a unit written into the cell counts instead."""
    if text.endswith("万元"):
        return _whole(cells.amount(text.removesuffix("万元")) * TEN_THOUSAND)
    if text.endswith("元"):
        return in_yuan(text)
    return _whole(cells.amount(text) * TEN_THOUSAND)


def in_yuan(text: str) -> Decimal:
    """A sum written in yuan, exactly."""
    return _whole(cells.amount(text.removesuffix("元")))


def _whole(sum_: Decimal) -> Decimal:
    """The same sum without zeros that say nothing: 1500.00 is 1500."""
    plain = sum_.normalize()
    return plain.quantize(Decimal(1)) if plain == plain.to_integral_value() else plain

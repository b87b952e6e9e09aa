"""QR symbols for a screen, as the data of one SVG path."""

from __future__ import annotations

from dataclasses import dataclass

import qrcode


@dataclass(frozen=True, slots=True)
class Symbol:
    """A symbol of ``size`` modules a side, quiet zone included, and the path of its dark modules."""

    size: int
    path: str


def symbol_of(text: str) -> Symbol:
    """The symbol that a camera reads as ``text``."""
    made = qrcode.QRCode(border=4)
    made.add_data(text)
    rows = made.get_matrix()
    dark = [f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, on in enumerate(row) if on]
    return Symbol(len(rows), "".join(dark))

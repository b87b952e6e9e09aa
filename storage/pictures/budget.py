"""What a picture may cost, and in which sizes and kinds it is made."""

from __future__ import annotations

from dataclasses import dataclass

MEBIBYTE = 1024 * 1024
WIDTHS = (480, 960, 1600)
"""Pixels across of the copies that are made; none is larger than the picture was."""
KINDS = {"avif": "image/avif", "webp": "image/webp", "jpg": "image/jpeg"}
"""Endings of the copies, the one that browsers like best first, and what they are."""


@dataclass(frozen=True, slots=True)
class Budget:
    """The limits of one look at a picture. Sizes are bytes, times are seconds."""

    file: int = 10 * MEBIBYTE
    pixels: int = 50_000_000
    side: int = 12_000
    """Longest side, in pixels."""
    least: int = 320
    """Shortest side, in pixels: less looks poor on any screen."""
    memory: int = 1024 * MEBIBYTE
    processor: int = 40
    patience: float = 60.0


SHIPPED = Budget()


def widths_of(width: int) -> tuple[int, ...]:
    """The widths in which a picture is kept that is itself kept this many pixels across, the smallest first."""
    return (*(one for one in WIDTHS if one < width), width)

"""What evidence may cost. What is larger is refused in words that say how to send it otherwise."""

from __future__ import annotations

from dataclasses import dataclass

MEBIBYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Budget:
    """The limits of one form and of one look at a file. Sizes are bytes, times are seconds."""

    file: int = 50 * MEBIBYTE
    total: int = 100 * MEBIBYTE
    files: int = 10
    in_one_form: int = 32 * MEBIBYTE
    """All files that come with a form at once; larger ones arrive piece by piece."""
    piece: int = MEBIBYTE
    pixels: int = 40_000_000
    side: int = 20_000
    """Longest side of a picture, in pixels."""
    copy_side: int = 2048
    copy_quality: int = 82
    pages: int = 60
    """Of a document, that are drawn."""
    page_side: int = 1600
    """Longer side of a drawn page, in pixels: print of eight points can be read."""
    copy_total: int = 24 * MEBIBYTE
    """Of all drawn pages."""
    drawing: float = 6.0
    """After so much processor time no further page is begun."""
    boxes: int = 10_000
    """Top-level parts of a video that are counted."""
    memory: int = 640 * MEBIBYTE
    processor: int = 15
    patience: float = 30.0


SHIPPED = Budget()

"""Labels as a telephone sees them: rendered, tilted, badly lit, out of focus, grainy and compressed."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pypdfium2
import zxingcpp
from PIL import Image, ImageFilter

from zuofang.traceability.labels.layouts import Layout

DOTS_PER_INCH = 300
TABLE = 150
"""Grey of what the packet lies on."""


def cut_out(sheet: Path, layout: Layout, place: int) -> Image.Image:
    """One label of the first page of a printed sheet, cut along its edge."""
    document = pypdfium2.PdfDocument(sheet)
    try:
        page = document[0].render(scale=DOTS_PER_INCH / 72, grayscale=True).to_pil()
    finally:
        document.close()
    left, top = list(layout.places)[place]
    edges = (left, top, left + layout.width, top + layout.height)
    return page.crop(tuple(round(edge * DOTS_PER_INCH / 25.4) for edge in edges))


def photograph(subject: Image.Image, seed: int, quality: int = 60) -> bytes:
    """A JPEG of something flat, taken in a hurry; the same seed gives the same photograph."""
    chance = np.random.default_rng(seed)
    margin = max(subject.size) // 5
    scene = Image.new("L", (subject.width + 2 * margin, subject.height + 2 * margin), TABLE)
    scene.paste(subject, (margin, margin))
    scene = _tilted(scene, chance).rotate(chance.uniform(-40, 40), Image.Resampling.BICUBIC, True, fillcolor=TABLE)
    seen = np.asarray(scene.filter(ImageFilter.GaussianBlur(chance.uniform(0.8, 1.3))), dtype=float)
    light = np.linspace(chance.uniform(0.6, 0.8), 1, seen.shape[1])
    grain = chance.normal(0, 10, seen.shape)
    file = io.BytesIO()
    Image.fromarray(np.clip(seen * light + grain, 0, 255).astype(np.uint8)).save(file, "JPEG", quality=quality)
    return file.getvalue()


def decoded(picture: bytes) -> list[str]:
    """What a decoder that is not ours reads from a picture."""
    return [symbol.text for symbol in zxingcpp.read_barcodes(Image.open(io.BytesIO(picture)))]


def _tilted(scene: Image.Image, chance: np.random.Generator) -> Image.Image:
    """The scene seen from aside: every corner moves by up to a fourteenth of the width."""
    corners = np.array([(0, 0), (scene.width, 0), (scene.width, scene.height), (0, scene.height)], dtype=float)
    seen_from = corners + chance.uniform(-0.07, 0.07, corners.shape) * scene.width
    rows, wanted = [], []
    for (x, y), (u, v) in zip(corners, seen_from, strict=True):
        rows += [(x, y, 1, 0, 0, 0, -u * x, -u * y), (0, 0, 0, x, y, 1, -v * x, -v * y)]
        wanted += [u, v]
    bend = tuple(np.linalg.solve(np.array(rows), np.array(wanted)))
    return scene.transform(scene.size, Image.Transform.PERSPECTIVE, bend, Image.Resampling.BICUBIC, fillcolor=TABLE)

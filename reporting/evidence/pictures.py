"""Viewing copies of pictures: the pixels in a fresh picture, and nothing that came with them.

Imported in the child process before its limits hold: everything that decoders open is open by then.
"""

from __future__ import annotations

import io
import warnings
from typing import Any

from PIL import Image, ImageOps, MpoImagePlugin, TiffImagePlugin, WebPImagePlugin  # noqa: F401
from pillow_heif import register_heif_opener

from zuofang.reporting.evidence.budget import Budget
from zuofang.reporting.evidence.kinds import FileKind, Unfit
from zuofang.rules.sentences import say

FORMATS = {FileKind.jpeg: "JPEG", FileKind.png: "PNG", FileKind.webp: "WEBP", FileKind.heic: "HEIF"}
WHITE = (255, 255, 255)


def make_ready() -> None:
    """Set the decoders of this process up: strict, alone, and with everything open that they will ever open."""
    Image.preinit()
    register_heif_opener(thumbnails=False, depth_images=False, aux_images=False, decode_threads=1)
    Image.MAX_IMAGE_PIXELS = None  # measured below, with a sentence of its own
    warnings.simplefilter("error")


def picture_copy(kind: FileKind, content: bytes, budget: Budget) -> bytes:
    """The picture as a JPEG, upright and of moderate size.

    Raises:
        Unfit: it has too many pixels.
    """
    with Image.open(io.BytesIO(content), formats=[FORMATS[kind]]) as picture:
        _measure(picture.size, budget)
        picture.draft("RGB", (budget.copy_side, budget.copy_side))
        upright: Any = ImageOps.exif_transpose(picture)
        upright.thumbnail((budget.copy_side, budget.copy_side))
        plain = Image.new("RGB", upright.size, WHITE)
        layer = upright.convert("RGBA")
        plain.paste(layer, mask=layer)
    return jpeg_of(plain, budget)


def jpeg_of(plain: Image.Image, budget: Budget) -> bytes:
    """A fresh picture, to which nothing but pixels ever came, as it is kept."""
    written = io.BytesIO()
    plain.save(written, "JPEG", quality=budget.copy_quality)
    return written.getvalue()


def _measure(size: tuple[int, int], budget: Budget) -> None:
    if max(size) > budget.side or size[0] * size[1] > budget.pixels:
        raise Unfit(say("图片超过 %(limit)s 万像素。请用手机缩小后再传。", limit=budget.pixels // 10_000))

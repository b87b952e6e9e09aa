"""The child process: it limits itself, looks at one picture from standard input and answers with its copies.

Standard output carries the copies one after the other, pixels only and nothing that came with them. Standard error
carries one JSON object: the size of the picture and the length of each copy, or the refusal; the exit status says
which.
"""

from __future__ import annotations

import io
import json
import sys
import warnings
from typing import Any

from zuofang.rules.sentences import Sentence, say
from zuofang.storage.confinement import confine, refuse_and_end
from zuofang.storage.pictures.budget import KINDS, WIDTHS, Budget, widths_of

READ = ("JPEG", "PNG", "WEBP")
WRITTEN: dict[str, dict[str, Any]] = {
    "avif": {"format": "AVIF", "quality": 58, "speed": 8, "max_threads": 1},
    "webp": {"format": "WEBP", "quality": 80, "method": 4},
    "jpg": {"format": "JPEG", "quality": 82, "progressive": True, "optimize": True},
}
"""How each kind is written, by its ending."""
WHITE = (255, 255, 255)
BROKEN = say("图片不完整或者已经损坏。请打开看看，再重新传。")


class Unfit(Exception):
    """A picture that is not taken; the sentence says why and what to do."""

    def __init__(self, sentence: Sentence) -> None:
        super().__init__(str(sentence))
        self.sentence = sentence


def main() -> None:
    """Make the copies of the picture on standard input under the budget named by the first argument (JSON)."""
    budget = Budget(**json.loads(sys.argv[1]))
    content = sys.stdin.buffer.read(budget.file + 1)
    try:
        size, copies = _make(content, budget)
    except Unfit as refusal:
        refuse_and_end(refusal.sentence)
    except MemoryError:
        refuse_and_end(say("图片太大，内存不够。请缩小后再传。"))
    except Exception:  # whatever a hostile file does to a decoder, the answer is one sentence
        refuse_and_end(BROKEN)
    for _, _, written in copies:
        sys.stdout.buffer.write(written)
    sys.stdout.buffer.flush()
    lengths = [(width, kind, len(written)) for width, kind, written in copies]
    sys.stderr.write(json.dumps({"width": size[0], "height": size[1], "copies": lengths}))


def _make(content: bytes, budget: Budget) -> tuple[tuple[int, int], list[tuple[int, str, bytes]]]:
    """The size of the picture as it is kept, and every copy by width and kind."""
    sys.modules["numpy"] = None  # type: ignore[assignment]  # reserves memory for every core of the machine
    from PIL import AvifImagePlugin, Image, ImageCms, MpoImagePlugin, TiffImagePlugin, WebPImagePlugin  # noqa: F401

    Image.preinit()  # everything is imported now, because no file can be opened once the limits hold
    Image.MAX_IMAGE_PIXELS = None  # measured below, with a sentence of its own
    warnings.simplefilter("error")
    confine(budget.memory, budget.processor)
    picture = _pixels(content, budget)
    copies = [(width, kind, _copy(picture, width, kind)) for width in widths_of(picture.width) for kind in KINDS]
    return picture.size, copies


def _pixels(content: bytes, budget: Budget) -> Any:
    """The picture in a fresh one: upright, in the colours of the web, of moderate size."""
    from PIL import Image, ImageOps, UnidentifiedImageError

    try:
        opened = Image.open(io.BytesIO(content), formats=READ)
    except UnidentifiedImageError:
        raise Unfit(say("认不出这是什么图片。可以传 JPG、PNG 或者 WebP。")) from None
    with opened as picture:
        _measure(picture.size, budget)
        picture.draft("RGB", (2 * WIDTHS[-1], 2 * WIDTHS[-1]))
        upright: Any = ImageOps.exif_transpose(picture)
        if upright.width > WIDTHS[-1]:
            upright = upright.resize(_scaled(upright.size, WIDTHS[-1]), Image.Resampling.LANCZOS)
        plain = Image.new("RGB", upright.size, WHITE)
        layer = _web_colours(upright, picture.info.get("icc_profile")).convert("RGBA")
        plain.paste(layer, mask=layer)
    return plain


def _web_colours(picture: Any, profile: bytes | None) -> Any:
    """The picture in sRGB; phones save wider colours, which look pale where nobody reads their profile."""
    from PIL import ImageCms

    if not profile or picture.mode not in ("RGB", "CMYK"):
        return picture
    try:
        given, wanted = ImageCms.ImageCmsProfile(io.BytesIO(profile)), ImageCms.createProfile("sRGB")
        return ImageCms.profileToProfile(picture, given, wanted, outputMode="RGB") or picture
    except ImageCms.PyCMSError:
        return picture


def _measure(size: tuple[int, int], budget: Budget) -> None:
    if max(size) > budget.side or size[0] * size[1] > budget.pixels:
        raise Unfit(say("图片超过 %(limit)s 万像素。请缩小后再传。", limit=budget.pixels // 10_000))
    if min(size) < budget.least:
        raise Unfit(say("图片太小，短的一边至少要有 %(least)s 像素。", least=budget.least))


def _copy(picture: Any, width: int, kind: str) -> bytes:
    from PIL import Image

    size = _scaled(picture.size, width)
    copy = picture if size == picture.size else picture.resize(size, Image.Resampling.LANCZOS)
    written = io.BytesIO()
    copy.save(written, **WRITTEN[kind])
    return written.getvalue()


def _scaled(size: tuple[int, int], width: int) -> tuple[int, int]:
    return width, max(1, round(size[1] * width / size[0]))

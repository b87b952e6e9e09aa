"""Reading symbols back: from a photograph that somebody sent, and from our own symbols before they are printed."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator

import numpy as np
import zxingcpp
from PIL import Image

from zuofang.rules.sentences import say
from zuofang.traceability.labels.refusals import LabelRefused
from zuofang.traceability.labels.symbols import QUIET_ZONE, Symbols

MAX_BYTES = 10 * 1024 * 1024
MAX_PIXELS = {"JPEG": 24_000_000, "PNG": 8_000_000, "WEBP": 8_000_000}
"""The kinds that are read, each with the pixels it may have, so that reading takes at most about 120 MiB; for JPEG that
is twice what telephones take by default."""
ENOUGH_PIXELS = (2000, 2000)
"""A larger JPEG is decoded at a half, a quarter or an eighth of its size, as long as it stays above this."""

_QR = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)

# A picture that swells when it is opened is an attack in any part of the process, never something to be warned about.
warnings.filterwarnings("error", category=Image.DecompressionBombWarning)


class PictureRefused(LabelRefused):
    """The picture is too large, or is none of the kinds that are read."""


def read_picture(content: bytes) -> tuple[str, ...]:
    """The texts of all QR symbols in a picture, each once; empty where none is found.

    Raises:
        PictureRefused: and nothing else, whatever the bytes are.
    """
    if len(content) > MAX_BYTES:
        raise PictureRefused(say("图片超过 %(megabytes)d MB，请拍小一些再传。", megabytes=MAX_BYTES // 2**20))
    found = zxingcpp.read_barcodes(_grey(content), formats=_QR)
    return tuple(dict.fromkeys(symbol.text for symbol in found if symbol.valid and symbol.text))


def read_symbols(symbols: Symbols) -> Iterator[str | None]:
    """The text of each of our own symbols as an independent reader sees it; nothing where it cannot be read."""
    border = ((0, 0), (QUIET_ZONE, QUIET_ZONE), (QUIET_ZONE, QUIET_ZONE))
    pictures = np.pad(np.where(symbols.modules, np.uint8(0), np.uint8(255)), border, constant_values=255)
    for picture in pictures:
        found = zxingcpp.read_barcodes(picture, formats=_QR, is_pure=True)
        yield found[0].text if found else None


def _grey(content: bytes) -> Image.Image:
    """The picture in grey, transparent parts white.

    Decoders of hostile bytes raise whatever they like, from struct.error to MemoryError; to the sender all of it means
    the same.
    """
    try:
        with Image.open(io.BytesIO(content), formats=list(MAX_PIXELS)) as picture:
            if picture.width * picture.height > MAX_PIXELS[picture.format or ""]:
                raise _too_many_pixels()
            picture.draft("L", ENOUGH_PIXELS)
            if picture.has_transparency_data:
                return _on_white(picture)
            return picture.convert("L")
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise _too_many_pixels() from None
    except PictureRefused:
        raise
    except Exception as failure:
        raise PictureRefused(say("这个文件不是能读的图片，请传 JPEG、PNG 或 WebP 格式的照片。")) from failure


def _on_white(picture: Image.Image) -> Image.Image:
    layer = picture.convert("LA")
    paper = Image.new("L", picture.size, 255)
    paper.paste(layer.getchannel("L"), mask=layer.getchannel("A"))
    return paper


def _too_many_pixels() -> PictureRefused:
    return PictureRefused(say("图片的像素太多，请用普通分辨率再拍一张，存成 JPEG。"))

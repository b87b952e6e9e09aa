"""The typeface of the labels: a TrueType font with Chinese glyphs, measured in parts of its size."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from copy import copy
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from weakref import WeakKeyDictionary

from PIL import ImageFont
from reportlab.pdfbase.ttfonts import TTFError, TTFont, TTFontFace

from zuofang.rules.sentences import say
from zuofang.traceability.labels.refusals import LabelRefused

_SAMPLE = "国1"
"""The law measures the height of characters and of figures alike; the lower of the two decides."""
_MEASURED_AT = 1000


class TypefaceRefused(LabelRefused):
    """The font file cannot be used, or lacks a character of the label."""


@dataclass(frozen=True, slots=True)
class Typeface:
    """A font file and what printing needs to know of it; lengths are in parts of the size (1 em)."""

    path: Path
    widths: dict[str, float]
    """Advance of every character that the font can show."""
    height: float
    """Height of a character's ink."""

    @classmethod
    def at(cls, path: Path) -> Typeface:
        """Read a font file once per process.

        Raises:
            TypefaceRefused: there is no such file, or it is no font with TrueType outlines.
        """
        return _read(path)

    def width(self, text: str) -> float:
        """The length of a text set on one line."""
        return sum(self.widths[character] for character in text)

    def size_for(self, height: float) -> float:
        """The size at which characters are ``height`` high, in the same unit."""
        return height / self.height

    def spelled(self, text: str) -> str:
        """The text in characters that the font can show: one that is missing (℃) gives way to its parts (°C).

        Raises:
            TypefaceRefused: naming what would leave a hole in the text.
        """
        spelled = "".join(c if c in self.widths else unicodedata.normalize("NFKC", c) for c in text)
        if lacking := [character for character in dict.fromkeys(spelled) if character not in self.widths]:
            raise TypefaceRefused(say("字体里没有“%(characters)s”，印不出来。", characters="".join(lacking)))
        return spelled

    def for_pdf(self, name: str) -> TTFont:
        """The font for one document, which embeds the glyphs it uses; what it notes meanwhile stays with it."""
        font = copy(_font(self.path))
        font.fontName, font.face, font.state = name, copy(font.face), WeakKeyDictionary()
        return font

    def for_pictures(self, size: float) -> ImageFont.FreeTypeFont:
        """The font for drawing at ``size`` pixels an em."""
        return ImageFont.truetype(str(self.path), size, index=0)


@cache
def _font(path: Path) -> TTFont:
    """What the file says; reading it takes as long as drawing hundreds of labels."""
    return TTFont("measure", str(path), subfontIndex=0)


@cache
def _read(path: Path) -> Typeface:
    try:
        face = _font(path).face
        font = ImageFont.truetype(str(path), _MEASURED_AT, index=0)
    except (TTFError, OSError) as failure:
        raise TypefaceRefused(
            say("字体 %(path)s 不能用：请在设置里换一个 TrueType 轮廓的中文字体。", path=str(path))
        ) from failure
    boxes = [font.getbbox(character) for character in _SAMPLE]
    height = min(bottom - top for _, top, _, bottom in boxes) / _MEASURED_AT
    widths = {chr(code): face.charWidths.get(code, face.defaultWidth) / 1000 for code in _shown(face)}
    return Typeface(path, widths, height)


def _shown(face: TTFontFace) -> Iterator[int]:
    """Code points whose glyph has an outline, and the spaces; fonts list characters that they hold no drawing of."""
    for code, glyph in face.charToGlyph.items():
        has_outline = face.glyphPos[glyph] < face.glyphPos[glyph + 1]
        if has_outline or chr(code).isspace():
            yield code

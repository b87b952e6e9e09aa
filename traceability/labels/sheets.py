"""Label sheets and rolls as PDF.

Words and mark are the same on every label of a run and stand in the file once, as a form. What differs is written
straight into the page: the code in clear, and the symbol as one path of its dark runs with one fill, crisp at any
resolution and without seams. A page is compressed as soon as it is full, so a long run needs little memory. The same
labels always make the same bytes, so a run that is repeated after an interruption can be compared with the first.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import islice
from typing import Any, BinaryIO

import numpy as np
from reportlab.pdfbase.pdfdoc import PDFDictionary, PDFName, PDFStream
from reportlab.pdfgen.canvas import Canvas

from zuofang.traceability.codes import groups_of
from zuofang.traceability.labels.brand import FIELD, BrandMark
from zuofang.traceability.labels.face import Face, PlacedText, Square
from zuofang.traceability.labels.layouts import Layout
from zuofang.traceability.labels.printing import DrawnLabel
from zuofang.traceability.labels.symbols import QUIET_ZONE, dark_runs
from zuofang.traceability.labels.typeface import Typeface

_POINTS = 72 / 25.4
"""PDF points in a millimetre."""
_FACE = "face"
_COMPRESSION = 6
"""The last levels of zlib take seven times as long to save another tenth."""
_PATH_OPERATORS = {"M": "m", "L": "l", "C": "c", "Z": "h"}


def write_pdf(file: BinaryIO, labels: Iterable[DrawnLabel], face: Face, layout: Layout, typeface: Typeface) -> int:
    """Write the labels of one run as one PDF and return the number of its pages."""
    document = _Document(face, layout, typeface)
    remaining = iter(labels)
    pages = 0
    while page := list(islice(remaining, layout.per_page)):
        document.add_page(page)
        pages += 1
    document.save(file)
    return pages


class _Document:
    """A PDF that grows page by page; lengths inside a label are in points from its lower left corner."""

    def __init__(self, face: Face, layout: Layout, typeface: Typeface) -> None:
        self._face, self._layout = face, layout
        width, self._page_height = (side * _POINTS for side in layout.page_size)
        self._canvas: Any = Canvas("labels.pdf", (width, self._page_height), pageCompression=1, invariant=1)
        self._canvas.setTitle(layout.name)
        self._font = typeface.for_pdf(_FACE)
        self._canvas.beginForm(_FACE, 0, 0, face.width * _POINTS, face.height * _POINTS)
        self._canvas.addLiteral("\n".join(self._constant_operators()))
        self._canvas.endForm()

    def add_page(self, labels: Sequence[DrawnLabel]) -> None:
        """Fill a page, the last one perhaps in part."""
        paths = _symbol_paths(labels)
        for label, path, (x, y) in zip(labels, paths, self._layout.places, strict=False):
            corner = self._page_height - (y + self._face.height) * _POINTS
            self._canvas.addLiteral(f"q 1 0 0 1 {x * _POINTS:.2f} {corner:.2f} cm")
            self._canvas.doForm(_FACE)
            symbol = self._symbol_operators(path, len(label.modules))
            self._canvas.addLiteral(f"{self._code_operators(label.code)}\n{symbol} Q")
        self._canvas.showPage()
        _compress_last_page(self._canvas)

    def save(self, file: BinaryIO) -> None:
        """Write the document out."""
        file.write(self._canvas.getpdfdata())

    def _constant_operators(self) -> Iterator[str]:
        for text in self._face.texts:
            yield self._text_operators(text)
        if self._face.mark is not None:
            yield self._mark_operators(*self._face.mark)

    def _text_operators(self, text: PlacedText) -> str:
        """Set words; a font of more than 256 glyphs is embedded in parts, and words may need several of them."""
        shown = (
            f"{self._font_part(part)} {text.size * _POINTS:.2f} Tf <{encoded.hex()}> Tj"
            for part, encoded in self._font.splitString(text.text, self._canvas._doc)
        )
        return f"BT {text.x * _POINTS:.2f} {self._up(text.baseline):.2f} Td {' '.join(shown)} ET"

    def _code_operators(self, code: str) -> str:
        """Set the code in clear; the first part of the font holds ASCII at its usual places."""
        groups = groups_of(code)
        font = self._font_part(0)
        return "\n".join(
            f"BT {font} {line.size * _POINTS:.2f} Tf {line.x * _POINTS:.2f} {self._up(line.baseline):.2f} Td "
            f"({line.of(groups)}) Tj ET"
            for line in self._face.code
        )

    def _mark_operators(self, mark: BrandMark, place: Square) -> str:
        points = (
            " ".join([*(f"{x:g} {y:g}" for x, y in segment.points), _PATH_OPERATORS[segment.command]])
            for segment in mark.segments
        )
        return self._drawing(" ".join([*points, "f"]), place, FIELD)

    def _symbol_operators(self, path: str, size: int) -> str:
        module = self._face.symbol.side / (size + 2 * QUIET_ZONE)
        margin = QUIET_ZONE * module
        symbol = self._face.symbol
        return self._drawing(path, Square(symbol.x + margin, symbol.y + margin, size * module), size)

    def _drawing(self, operators: str, place: Square, field: float) -> str:
        """Draw into a square field whose coordinates run downwards from its upper left corner."""
        scale = place.side * _POINTS / field
        return f"q {scale:.5f} 0 0 {-scale:.5f} {place.x * _POINTS:.2f} {self._up(place.y):.2f} cm {operators} Q"

    def _font_part(self, part: int) -> str:
        return str(self._font.getSubsetInternalName(part, self._canvas._doc))

    def _up(self, y: float) -> float:
        return (self._face.height - y) * _POINTS


def _symbol_paths(labels: Sequence[DrawnLabel]) -> list[str]:
    """The dark runs of each symbol as rectangles of one path with its fill, in modules, y downwards."""
    modules = np.stack([label.modules for label in labels])
    size = modules.shape[-1]
    label, row, start, length = dark_runs(modules)
    operators = _rectangles(size)
    runs = [operators[key] for key in ((row * size + start) * size + length - 1).tolist()]
    ends = np.cumsum(np.bincount(label, minlength=len(labels))).tolist()
    return [" ".join([*runs[begin:end], "f"]) for begin, end in zip([0, *ends], ends, strict=False)]


@cache
def _rectangles(size: int) -> list[str]:
    """The rectangle of every possible run of a symbol, by row, start and length; formatting them anew is slow."""
    return [
        f"{start} {row} {length} 1 re" for row in range(size) for start in range(size) for length in range(1, size + 1)
    ]


def _compress_last_page(canvas: Any) -> None:
    """Hand the page its content compressed; reportlab would keep it as text until the document is saved."""
    page = canvas._doc.Pages.pages[-1]
    packed = zlib.compress(page.stream.encode("ascii"), _COMPRESSION)
    page.Contents = PDFStream(PDFDictionary({"Filter": PDFName("FlateDecode")}), packed)
    page.stream = None

"""Labels for thermal printers that speak ZPL II.

Everything that is the same on all labels of a run is sent once and kept by the printer as a stored format: words and
mark as a bitmap, because few printers hold a Chinese font, and the place of the symbol, which the printer draws itself
(``^BQ``). After that a label is one short line. The level of error correction stands in the data (``MA,``: level M,
automatic mode); a printer that misses it eats the first characters of the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from zuofang.traceability.codes import groups_of
from zuofang.traceability.labels.brand import FIELD, BrandMark, Point
from zuofang.traceability.labels.face import Face, Square
from zuofang.traceability.labels.layouts import DOTS_PER_MM
from zuofang.traceability.labels.printing import DrawnLabel
from zuofang.traceability.labels.symbols import QUIET_ZONE
from zuofang.traceability.labels.typeface import Typeface

_FORMAT = "R:ZUOFANG.ZPL"
_LARGEST_MODULE = 10
"""Dots a module may have in ``^BQ``."""
_SYMBOL_FIELD, _FIRST_CODE_FIELD = 1, 2
_CURVE_STEPS = 16

_Ink = NDArray[np.bool_]


def write_zpl(
    file: BinaryIO, labels: Iterable[DrawnLabel], face: Face, typeface: Typeface, dots_per_mm: int = DOTS_PER_MM[203]
) -> int:
    """Write the labels of one run and return how many there are."""
    count = 0
    for label in labels:
        if count == 0:
            _write(file, stored_format(face, typeface, len(label.modules), dots_per_mm))
        _write(file, _recall(label, face))
        count += 1
    _write(file, f"^XA^ID{_FORMAT}^FS^XZ")
    return count


def stored_format(face: Face, typeface: Typeface, symbol_size: int, dots_per_mm: int) -> str:
    """The format that the printer keeps: the constant part as a bitmap, and the fields that a label fills in."""
    commands = [
        f"^XA^DF{_FORMAT}^FS",
        f"^PW{round(face.width * dots_per_mm)}^LL{round(face.height * dots_per_mm)}^LH0,0",
        _bitmap(_constant_ink(face, typeface, dots_per_mm)),
        _symbol_field(face.symbol, symbol_size, dots_per_mm),
    ]
    for number, line in enumerate(face.code, _FIRST_CODE_FIELD):
        size = -(-line.size * dots_per_mm // 1)
        x, baseline = round(line.x * dots_per_mm), round(line.baseline * dots_per_mm)
        commands.append(f"^FT{x},{baseline}^A0N,{size:.0f},{size:.0f}^FN{number}^FS")
    return "\n".join([*commands, "^XZ"])


def _recall(label: DrawnLabel, face: Face) -> str:
    """One label: the text of its symbol and the lines of its code."""
    groups = groups_of(label.code)
    fields = [f"^FN{_SYMBOL_FIELD}{field_data('MA,' + label.text)}"]
    fields += [f"^FN{number}{field_data(line.of(groups))}" for number, line in enumerate(face.code, _FIRST_CODE_FIELD)]
    return f"^XA^XF{_FORMAT}^FS{''.join(fields)}^XZ"


def field_data(text: str) -> str:
    """A ``^FD`` field; characters that would begin a command are written in hexadecimal (``^FH``)."""
    escaped = re.sub("[\\^~_]", lambda match: f"_{ord(match[0]):02X}", text)
    return f"{'^FH' if escaped != text else ''}^FD{escaped}^FS"


def _symbol_field(symbol: Square, size: int, dots_per_mm: int) -> str:
    """The symbol in whole dots a module, in the middle of its place."""
    room = symbol.side * dots_per_mm
    module = min(int(room // (size + 2 * QUIET_ZONE)), _LARGEST_MODULE)
    margin = (room - module * size) / 2
    x, y = (round(side * dots_per_mm + margin) for side in (symbol.x, symbol.y))
    return f"^FO{x},{y}^BQN,2,{module}^FN{_SYMBOL_FIELD}^FS"


def _bitmap(ink: _Ink) -> str:
    """A ``^GF`` graphic of the part that holds ink; plain hexadecimal, which every printer understands."""
    rows, columns = np.nonzero(ink)
    if not len(rows):
        return ""
    top, left = rows.min(), columns.min()
    packed = np.packbits(ink[top : rows.max() + 1, left : columns.max() + 1], axis=1)
    return f"^FO{left},{top}^GFA,{packed.size},{packed.size},{packed.shape[1]},{packed.tobytes().hex().upper()}^FS"


def _constant_ink(face: Face, typeface: Typeface, dots_per_mm: int) -> _Ink:
    """Words and mark in dots."""
    picture = Image.new("1", (round(face.width * dots_per_mm), round(face.height * dots_per_mm)), 0)
    pen = ImageDraw.Draw(picture)
    pen.fontmode = "1"
    for text in face.texts:
        font = typeface.for_pictures(text.size * dots_per_mm)
        pen.text((text.x * dots_per_mm, text.baseline * dots_per_mm), text.text, fill=1, font=font, anchor="ls")
    ink = np.array(picture, bool)
    if face.mark is not None:
        ink |= _mark_ink(*face.mark, ink.shape, dots_per_mm)
    return ink


def _mark_ink(mark: BrandMark, place: Square, shape: tuple[int, ...], dots_per_mm: int) -> _Ink:
    """The mark filled by the nonzero rule: outlines that run the same way add up, a contrary one makes a hole."""
    windings = np.zeros(shape, np.int16)
    for outline in _outlines(mark):
        points = [
            ((place.x + x * place.side / FIELD) * dots_per_mm, (place.y + y * place.side / FIELD) * dots_per_mm)
            for x, y in outline
        ]
        picture = Image.new("1", (shape[1], shape[0]), 0)
        ImageDraw.Draw(picture).polygon(points, fill=1)
        windings += np.where(np.array(picture, bool), 1 if _area(points) > 0 else -1, 0).astype(np.int16)
    return np.asarray(windings != 0)


def _outlines(mark: BrandMark) -> Iterator[list[Point]]:
    """The closed outlines of a mark, curves as short straight strokes."""
    outline: list[Point] = []
    for segment in mark.segments:
        if segment.command == "M":
            if len(outline) > 2:
                yield outline
            outline = [segment.points[0]]
        elif segment.command == "L":
            outline.append(segment.points[0])
        elif segment.command == "C":
            outline.extend(_curve(outline[-1], *segment.points))
    if len(outline) > 2:
        yield outline


def _curve(start: Point, one: Point, two: Point, end: Point) -> Iterator[Point]:
    """Points along a cubic curve, without its start."""
    for step in range(1, _CURVE_STEPS + 1):
        t = step / _CURVE_STEPS
        weights = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t**2 * (1 - t), t**3)
        corners = (start, one, two, end)
        yield (
            sum(weight * corner[0] for weight, corner in zip(weights, corners, strict=True)),
            sum(weight * corner[1] for weight, corner in zip(weights, corners, strict=True)),
        )


def _area(points: list[Point]) -> float:
    """Twice the area inside an outline, negative where it runs the other way round."""
    return sum(x * below - right * y for (x, y), (right, below) in zip(points, [*points[1:], points[0]], strict=True))


def _write(file: BinaryIO, commands: str) -> None:
    file.write(commands.encode("ascii") + b"\n")

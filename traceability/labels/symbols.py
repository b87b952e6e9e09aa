"""QR symbols in bulk, module for module the ones that the qrcode library draws.

Of the bits of its text, a QR symbol is an affine map over GF(2): error correction, placement and masking are all
linear. So the map is asked of qrcode once per length of text, one symbol for each bit, and ten thousand labels are then
one matrix product. The mask is chosen by the penalty rules of ISO/IEC 18004 as qrcode counts them, here on whole rows
packed into machine words.

Every symbol is of level M in alphanumeric mode. Texts of one length make symbols of one version, so the labels of one
run never differ in size.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from qrcode.constants import ERROR_CORRECT_M
from qrcode.main import QRCode
from qrcode.util import QRData

from zuofang.traceability.labels.address import LONGEST_TEXT

ALPHANUMERIC = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
QUIET_ZONE = 4
"""Empty modules that belong around every symbol (ISO/IEC 18004)."""

MASKS = 8
_ALPHANUMERIC_MODE: Final = 2
_PAIR_BITS, _SINGLE_BITS = 11, 6
_ORIGIN = "A"
"""The map is learnt around a text of this character: any bit of it may be turned over and still spell something, and
qrcode cannot compute the error correction of a block of zeros."""
_CHUNK = 500
"""Symbols worked on at once; keeps the intermediate arrays within the processor's cache."""

Modules = NDArray[np.bool_]
"""Dark modules of one symbol, rows × columns, without quiet zone."""
_Words = NDArray[np.uint64]
"""Packed rows or columns: the first module in the highest bit."""
_Bits = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Symbols:
    """Symbols of one size; ``rows`` holds a word for every row, the leftmost module in its highest bit."""

    size: int
    rows: _Words

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def modules(self) -> NDArray[np.bool_]:
        """Dark modules, symbols × rows × columns."""
        octets = self.rows.astype(">u8").view(np.uint8).reshape(*self.rows.shape, 8)
        return np.unpackbits(octets, axis=2)[:, :, : self.size].astype(bool)


def draw(texts: Sequence[str]) -> Symbols:
    """Draw texts of one length, as ``qrcode.QRCode.add_data(text, optimize=0)`` would at level M.

    Raises:
        ValueError: there is no text, the texts differ in length, are longer than ``LONGEST_TEXT`` or leave the
            alphanumeric set.
    """
    lengths = {len(text) for text in texts}
    if len(lengths) != 1 or not 1 <= (length := lengths.pop()) <= LONGEST_TEXT:
        raise ValueError(f"texts of one run have one length between 1 and {LONGEST_TEXT}")
    symbol_map = symbol_map_of(length)
    chunks = [symbol_map.draw(texts[start : start + _CHUNK]) for start in range(0, len(texts), _CHUNK)]
    return Symbols(symbol_map.size, np.concatenate(chunks))


def draw_one(text: str) -> Modules:
    """The modules of a single symbol, for a page or a picture."""
    return np.asarray(draw([text]).modules[0])


@cache
def symbol_map_of(length: int) -> SymbolMap:
    """The map of texts of this length, learnt once per process (about a tenth of a second)."""
    return SymbolMap(length)


class SymbolMap:
    """The affine map from the bits of a text of one length to the modules of its symbol."""

    def __init__(self, length: int) -> None:
        self._length = length
        origin = _ORIGIN * length
        self._version = _smallest_version(origin)
        symbol = self._ask(origin, mask=0)
        self.size = len(symbol)
        self._origin_bits, self._origin_modules = _bits([origin], length), symbol.ravel()
        self._matrix = np.array([(self._ask(text, 0) ^ symbol).ravel() for text in _neighbours(length)], np.float32)
        masks = np.array([self._ask(origin, mask) ^ symbol for mask in range(MASKS)])
        self._mask_rows, self._mask_columns = _pack(masks), _pack(masks.swapaxes(1, 2))
        weighed = np.array([~self._format_cells(origin)])
        self._weighed_rows, self._weighed_columns = _pack(weighed), _pack(weighed.swapaxes(1, 2))

    def draw(self, texts: Sequence[str]) -> _Words:
        """Packed rows of the symbols, each under its best mask."""
        differing = (_bits(texts, self._length) ^ self._origin_bits).astype(np.float32)
        flipped = ((differing @ self._matrix).astype(np.int32) & 1).astype(bool)
        modules = (flipped ^ self._origin_modules).reshape(-1, self.size, self.size)
        rows, columns = _pack(modules), _pack(modules.swapaxes(1, 2))
        penalties = [self._penalty(rows, columns, mask) for mask in range(MASKS)]
        return np.asarray(rows ^ self._mask_rows[np.argmin(penalties, axis=0)])

    def _penalty(self, rows: _Words, columns: _Words, mask: int) -> NDArray[np.float64]:
        masked_rows = (rows ^ self._mask_rows[mask]) & self._weighed_rows
        masked_columns = (columns ^ self._mask_columns[mask]) & self._weighed_columns
        return penalty(masked_rows, masked_columns, self.size)

    def _ask(self, text: str, mask: int) -> Modules:
        return np.array(self._code(text, mask).get_matrix(), bool)

    def _format_cells(self, text: str) -> Modules:
        """The modules that qrcode leaves light while it weighs masks, because they name the mask."""
        found = np.zeros((self.size, self.size), bool)
        for mask in range(MASKS):
            code = self._code(text, mask)
            code.makeImpl(True, mask)
            found |= np.array(code.modules, bool) ^ self._ask(text, mask)
        return found

    def _code(self, text: str, mask: int) -> QRCode[Any]:
        code = QRCode(self._version, ERROR_CORRECT_M, border=0, mask_pattern=mask)
        code.add_data(QRData(text, _ALPHANUMERIC_MODE))
        return code


def penalty(rows: _Words, columns: _Words, size: int) -> NDArray[np.float64]:
    """Penalty points of symbols given as packed rows and as packed columns, by the four rules that choose a mask."""
    points = _blocks(rows, size)
    for lines in (rows, columns):
        points += _long_runs(lines, size) + _finder_lookalikes(lines, size)
    share = _count(rows) / float(size * size)
    return np.asarray(points + np.trunc(np.abs(share * 100 - 50) / 5) * 10)


def _long_runs(lines: _Words, size: int) -> NDArray[np.int64]:
    """A run of five modules of one colour or more costs its length less two."""
    alike = ~(lines ^ _next(lines, 1))
    five = alike & _next(alike, 1) & _next(alike, 2) & _next(alike, 3) & _first(size - 4)
    beginnings = five & ~(five >> np.uint64(1))
    return np.asarray(_count(five) + 2 * _count(beginnings))


def _finder_lookalikes(lines: _Words, size: int) -> NDArray[np.int64]:
    """Dark, light, three dark, light, dark with four light modules before or behind: 40 points each."""
    at = [_next(lines, offset) for offset in range(11)]
    either = ~at[1] & at[4] & ~at[5] & at[6] & ~at[9]
    light_behind = at[0] & at[2] & at[3] & ~at[7] & ~at[8] & ~at[10]
    light_before = ~at[0] & ~at[2] & ~at[3] & at[7] & at[8] & at[10]
    return np.asarray(40 * _count(either & (light_behind | light_before) & _first(size - 10)))


def _blocks(rows: _Words, size: int) -> NDArray[np.int64]:
    """Every square of two by two modules of one colour costs three points."""
    alike = ~(rows ^ _next(rows, 1))
    upper, lower = rows[:, :-1], rows[:, 1:]
    return np.asarray(3 * _count(alike[:, :-1] & alike[:, 1:] & ~(upper ^ lower) & _first(size - 1)))


def _next(words: _Words, offset: int) -> _Words:
    """Lay the module that stands ``offset`` further on over each module."""
    return words << np.uint64(offset)


def _count(words: _Words) -> NDArray[np.int64]:
    return np.asarray(np.bitwise_count(words).sum(axis=1, dtype=np.int64))


def _first(bits: int) -> np.uint64:
    """A word of which only the first bits are set."""
    return np.uint64((1 << 64) - (1 << (64 - bits)))


def _pack(modules: NDArray[np.bool_]) -> _Words:
    count, height, width = modules.shape
    padded = np.zeros((count, height, 64), bool)
    padded[:, :, :width] = modules
    return np.packbits(padded, axis=2).view(">u8")[:, :, 0].astype(np.uint64)


def _smallest_version(text: str) -> int:
    code = QRCode(error_correction=ERROR_CORRECT_M, border=0)
    code.add_data(QRData(text, _ALPHANUMERIC_MODE))
    return code.best_fit()


def _neighbours(length: int) -> Iterator[str]:
    """Texts that differ from the origin in one payload bit, in the order of :func:`_bits`."""
    for start in range(0, length, 2):
        pair = start + 2 <= length
        for bit in reversed(range(_PAIR_BITS if pair else _SINGLE_BITS)):
            yield (_ORIGIN * start + _flipped(2 if pair else 1, bit)).ljust(length, _ORIGIN)


def _flipped(characters: int, bit: int) -> str:
    """One or two characters of the origin with one bit of their common value turned over."""
    value = ALPHANUMERIC.index(_ORIGIN)
    if characters == 1:
        return ALPHANUMERIC[value ^ 1 << bit]
    high, low = divmod((value * len(ALPHANUMERIC) + value) ^ 1 << bit, len(ALPHANUMERIC))
    return ALPHANUMERIC[high] + ALPHANUMERIC[low]


def _bits(texts: Sequence[str], length: int) -> _Bits:
    """Payload bits, texts × bits: eleven for every two characters, six for a last odd one."""
    values = _values("".join(texts)).reshape(len(texts), length)
    even = length // 2 * 2
    pairs = values[:, 0:even:2] * len(ALPHANUMERIC) + values[:, 1:even:2]
    found = [_unpacked(pairs, _PAIR_BITS), _unpacked(values[:, even:], _SINGLE_BITS)]
    return np.concatenate(found, axis=1)


def _values(text: str) -> NDArray[np.uint16]:
    if not set(text) <= set(ALPHANUMERIC):
        raise ValueError("a text leaves the alphanumeric set of QR symbols")
    value_of = np.zeros(128, np.uint16)
    value_of[[ord(character) for character in ALPHANUMERIC]] = np.arange(len(ALPHANUMERIC))
    return np.asarray(value_of[np.frombuffer(text.encode("ascii"), np.uint8)])


def _unpacked(numbers: NDArray[np.uint16], bits: int) -> _Bits:
    places = np.arange(bits - 1, -1, -1, dtype=np.uint16)
    return (numbers[:, :, None] >> places & 1).reshape(len(numbers), -1).astype(bool)


def svg(modules: Modules) -> str:
    """One symbol with its quiet zone as a scalable drawing, black on white whatever the page's colours are."""
    width = len(modules) + 2 * QUIET_ZONE
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {width}" shape-rendering="crispEdges">'
        f'<path fill="#fff" d="M0 0h{width}v{width}H0z"/><path stroke="#000" d="{svg_path(modules)}"/></svg>'
    )


def svg_path(modules: Modules) -> str:
    """The dark runs of one symbol as strokes of width 1, in modules, moved in by the quiet zone."""
    strokes = (
        f"M{start + QUIET_ZONE} {row + QUIET_ZONE}.5h{length}"
        for row, start, length in zip(*(found.tolist() for found in dark_runs(modules)), strict=True)
    )
    return "".join(strokes)


def dark_runs(modules: NDArray[np.bool_]) -> tuple[NDArray[np.intp], ...]:
    """Horizontal runs of dark modules in reading order: the index of each axis but the last, then start and length."""
    edges = np.diff(modules.astype(np.int8), axis=-1, prepend=0, append=0)
    *lines, starts = np.nonzero(edges == 1)
    ends = np.nonzero(edges == -1)[-1]
    return (*lines, starts, ends - starts)


def png(modules: Modules, scale: int = 8) -> bytes:
    """One symbol with its quiet zone as a PNG of one bit a pixel, ``scale`` pixels a module."""
    light = np.pad(~modules, QUIET_ZONE, constant_values=True).repeat(scale, axis=0).repeat(scale, axis=1)
    lines = np.pad(np.packbits(light, axis=1), ((0, 0), (1, 0)))  # each line begins with its filter, 0 for none
    header = struct.pack(">IIBBBBB", *light.shape, 1, 0, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(lines.tobytes(), 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_png_chunk(name, content) for name, content in chunks)


def _png_chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))

"""The face of a label: what stands where, in millimetres from its upper left corner.

The symbol stands at the upper left, the brand mark at the upper right, the code in clear along the foot; the words flow
beside and below the symbol. Everything but symbol and code is the same on all labels of a run and is drawn once.
Characters are set as large as the label allows and never smaller than the law does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import product

from zuofang.rules.sentences import say
from zuofang.traceability.codes import ALPHABET, GROUP
from zuofang.traceability.labels.brand import BrandMark
from zuofang.traceability.labels.layouts import Layout
from zuofang.traceability.labels.refusals import LabelRefused
from zuofang.traceability.labels.typeface import Typeface

_GROWTH = (1.6, 1.5, 1.4, 1.3, 1.2, 1.1, 1.0)
"""How much larger than the smallest lawful size the words are tried, largest first."""
_LEADING = 1.05
"""Distance of lines, in sizes."""
_BASELINE = 0.88
"""Where the baseline lies below the top of a line, in sizes."""
_GAP = 1.0
"""Space between two entries on one line, in sizes."""
_WORTH_BEGINNING = 4.0
"""Where entries run on, so many sizes of one must fit on the line before the rest goes to the next."""
_BESIDE = 0.8
"""Space between the symbol or the mark and the words, in millimetres."""

# A run of Latin characters stays together, and closing punctuation never begins a line.
_UNBREAKABLE = re.compile(r"(?:[!-~]+|.)[，。、；：？！）》”’％℃]*", re.DOTALL)


class ContentsDoNotFit(LabelRefused):
    """The words do not fit on the label at the smallest lawful size."""


@dataclass(frozen=True, slots=True)
class Wording:
    """An entry of the label and the smallest height of its characters, in millimetres.

    An optional entry gives way where there is no room, the last one first.
    """

    text: str
    height: float
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Square:
    """A square field: its upper left corner and its side."""

    x: float
    y: float
    side: float


@dataclass(frozen=True, slots=True)
class PlacedText:
    """Words on one line; ``x`` and ``baseline`` say where they begin, ``size`` is 1 em."""

    x: float
    baseline: float
    size: float
    text: str


@dataclass(frozen=True, slots=True)
class CodeLine:
    """One line of the code in clear: its groups from ``first`` up to and without ``end``."""

    x: float
    baseline: float
    size: float
    first: int
    end: int

    def of(self, groups: Sequence[str]) -> str:
        """The part of a grouped code that stands on this line."""
        return "-".join(groups[self.first : self.end])


@dataclass(frozen=True, slots=True)
class Face:
    """Where everything on a label stands."""

    width: float
    height: float
    symbol: Square
    texts: tuple[PlacedText, ...]
    code: tuple[CodeLine, ...]
    mark: tuple[BrandMark, Square] | None = None


def compose(
    layout: Layout, wordings: Sequence[Wording], code_length: int, typeface: Typeface, mark: BrandMark | None = None
) -> Face:
    """Place the words of a label, of which one at least is not optional.

    Where room is short, entries run on in one text, then optional words give way and then the mark.

    Raises:
        ContentsDoNotFit: not even then, at the smallest lawful size.
        TypefaceRefused: the font lacks a character.
    """
    wordings = [replace(wording, text=typeface.spelled(wording.text)) for wording in wordings]
    for chosen, with_mark in _choices(wordings, mark if layout.mark else None):
        for run_in, growth in product((False, True), _GROWTH):
            flow = _Flow(layout, typeface, with_mark, run_in)
            try:
                return flow.filled(chosen, -(-code_length // GROUP), growth)
            except _Full:
                continue
    raise ContentsDoNotFit(
        say(
            "“%(layout)s”放不下标签内容：文字高度不得小于 %(height)s 毫米。请换大一号的标签纸，或缩短内容。",
            layout=layout.name,
            height=round(min(wording.height for wording in wordings), 1),
        )
    )


def _choices(
    wordings: Sequence[Wording], mark: BrandMark | None
) -> Iterator[tuple[Sequence[Wording], BrandMark | None]]:
    """Everything, then ever less of what may be left out."""
    optional = [place for place, wording in enumerate(wordings) if wording.optional]
    for dropped in range(len(optional) + 1):
        gone = optional[len(optional) - dropped :]
        yield [wording for place, wording in enumerate(wordings) if place not in gone], mark
    if mark is not None:
        yield [wording for wording in wordings if not wording.optional], None


class _Full(Exception):
    """There is no room left at this size."""


@dataclass(slots=True)
class _Flow:
    """Lays words line by line into the room that symbol, mark and code leave."""

    layout: Layout
    typeface: Typeface
    mark: BrandMark | None
    run_in: bool
    """Whether an entry may begin on a line that will not hold all of it."""
    texts: list[PlacedText] = field(default_factory=list)
    code: list[CodeLine] = field(default_factory=list)
    top: float = 0.0
    """Top of the current line."""
    line_size: float = 0.0
    x: float = 0.0
    """Where the next entry of the current line may begin."""
    end: float = 0.0
    floor: float = 0.0

    def __post_init__(self) -> None:
        self.top = self.layout.padding
        self.floor = self.layout.height - self.layout.padding

    @property
    def symbol(self) -> Square:
        return Square(self.layout.padding, self.layout.padding, self.layout.symbol)

    @property
    def mark_place(self) -> Square:
        side = self.layout.mark
        return Square(self.layout.width - self.layout.padding - side, self.layout.padding, side)

    def filled(self, wordings: Sequence[Wording], code_groups: int, growth: float) -> Face:
        """The face with these words, each ``growth`` times its smallest height."""
        self._reserve_code(code_groups, min(wording.height for wording in wordings) * growth)
        for wording in wordings:
            self._put(wording.text, self.typeface.size_for(wording.height * growth))
        mark = (self.mark, self.mark_place) if self.mark is not None else None
        return Face(self.layout.width, self.layout.height, self.symbol, tuple(self.texts), tuple(self.code), mark)

    def _reserve_code(self, groups: int, height: float) -> None:
        """Keep room for the code along the foot, on as few lines as hold it whatever its letters are."""
        size = self.typeface.size_for(height)
        widest = max(self.typeface.width(letter) for letter in ALPHABET)
        for lines in range(1, groups + 1):
            per_line = -(-groups // lines)
            firsts = range(0, groups, per_line)
            top = self.floor - len(firsts) * size * _LEADING
            start, end = self._span(top)
            if start + (per_line * GROUP * widest + per_line * self.typeface.width("-")) * size <= end:
                self.code = [
                    CodeLine(start, top + (line * _LEADING + _BASELINE) * size, size, first, first + per_line)
                    for line, first in enumerate(firsts)
                ]
                self.floor = top
                return
        raise _Full

    def _put(self, text: str, size: float) -> None:
        """Set one entry: after the one before where it fits on that line, else from a new line on."""
        begin = self.x + _GAP * size
        head = self._fitting(text, (self.end - begin) / size) if self.line_size == size else ""
        if head == text or (self.run_in and self.typeface.width(head) >= _WORTH_BEGINNING):
            self._set(begin, head)
            text = text[len(head) :].lstrip()
        while text:
            self._new_line(size)
            head = self._fitting(text, (self.end - self.x) / size) or self._cut(text, (self.end - self.x) / size)
            self._set(self.x, head)
            text = text[len(head) :].lstrip()

    def _new_line(self, size: float) -> None:
        self.top += self.line_size * _LEADING
        self.line_size = size
        if self.top + size * _LEADING > self.floor:
            raise _Full
        self.x, self.end = self._span(self.top)

    def _span(self, top: float) -> tuple[float, float]:
        """From where to where a line may run whose upper edge is at ``top``."""
        start, end = self.layout.padding, self.layout.width - self.layout.padding
        if top < self.symbol.y + self.symbol.side:
            start = self.symbol.x + self.symbol.side + _BESIDE
        if self.mark is not None and top < self.mark_place.y + self.mark_place.side:
            end = self.mark_place.x - _BESIDE
        return start, end

    def _set(self, x: float, text: str) -> None:
        self.texts.append(PlacedText(x, self.top + _BASELINE * self.line_size, self.line_size, text))
        self.x = x + self.typeface.width(text) * self.line_size

    def _fitting(self, text: str, room: float) -> str:
        """The unbreakable pieces from the start of a text that fit into the room, in sizes."""
        head = ""
        for piece in _pieces(text):
            if self.typeface.width(head + piece) > room:
                break
            head += piece
        return head

    def _cut(self, text: str, room: float) -> str:
        """As many characters as fit, where not even the first unbreakable piece does."""
        end = next((n for n in range(len(text), 0, -1) if self.typeface.width(text[:n]) <= room), 0)
        if end == 0:
            raise _Full
        return text[:end]


def _pieces(text: str) -> Iterator[str]:
    return (match[0] for match in _UNBREAKABLE.finditer(text))

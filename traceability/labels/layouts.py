"""The sheets and rolls that labels are printed on: geometry in millimetres, by name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from zuofang.rules.sentences import say
from zuofang.traceability.labels.refusals import LabelRefused

A4 = (210.0, 297.0)

DOTS_PER_MM = {203: 8, 300: 12, 600: 24}
"""Resolution of thermal print heads: dots per inch → dots per millimetre."""


class NoSuchLayout(LabelRefused):
    """There is no sheet or roll of this name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """One kind of label stock.

    ``padding`` stays empty along the edges of a label: for the cut, and on borderless sheets for the rim that office
    printers cannot reach. ``symbol`` is the side of the QR symbol with its quiet zone, ``mark`` the side of the field
    for the zone's brand mark, 0 where there is no room for one. Stock too small for the mandatory contents carries the
    code and a few names alone, and is stuck beside the producer's own label.
    """

    name: str
    width: float
    height: float
    symbol: float
    mark: float
    padding: float = 1.5
    holds_contents: bool = True
    page: tuple[float, float] | None = None
    """Size of the sheet; rolls have none, there every label is a page."""
    columns: int = 1
    rows: int = 1
    left: float = 0.0
    top: float = 0.0
    column_pitch: float = 0.0
    row_pitch: float = 0.0

    @property
    def page_size(self) -> tuple[float, float]:
        """Width and height of a page."""
        return self.page or (self.width, self.height)

    @property
    def places(self) -> Iterator[tuple[float, float]]:
        """The upper left corners of the labels of a page, row by row, from the page's upper left corner."""
        for row in range(self.rows):
            for column in range(self.columns):
                yield self.left + column * self.column_pitch, self.top + row * self.row_pitch

    @property
    def per_page(self) -> int:
        """Labels on a page."""
        return self.columns * self.rows


_ALL = (
    Layout(
        name="a4-8", width=99.1, height=67.7, symbol=26, mark=14,
        page=A4, columns=2, rows=4, left=4.65, top=13.1, column_pitch=101.6, row_pitch=67.7,
    ),
    Layout(
        name="a4-14", width=99.1, height=38.1, symbol=22, mark=10,
        page=A4, columns=2, rows=7, left=4.65, top=15.15, column_pitch=101.6, row_pitch=38.1,
    ),
    Layout(
        name="a4-21", width=63.5, height=38.1, symbol=18, mark=7,
        page=A4, columns=3, rows=7, left=7.25, top=15.15, column_pitch=66.0, row_pitch=38.1,
    ),
    Layout(
        name="a4-24", width=70.0, height=37.0, symbol=18, mark=7, padding=3.0,
        page=A4, columns=3, rows=8, left=0.0, top=0.5, column_pitch=70.0, row_pitch=37.0,
    ),
    Layout(
        name="a4-40", width=52.5, height=29.7, symbol=19, mark=7, padding=4.0, holds_contents=False,
        page=A4, columns=4, rows=10, left=0.0, top=0.0, column_pitch=52.5, row_pitch=29.7,
    ),
    Layout(
        name="a4-65", width=38.1, height=21.2, symbol=17, mark=0, holds_contents=False,
        page=A4, columns=5, rows=13, left=4.75, top=10.7, column_pitch=40.6, row_pitch=21.2,
    ),
    Layout(name="roll-100x70", width=100, height=70, symbol=28, mark=14),
    Layout(name="roll-80x60", width=80, height=60, symbol=24, mark=10),
    Layout(name="roll-60x40", width=60, height=40, symbol=19, mark=6),
    Layout(name="roll-50x30", width=50, height=30, symbol=19, mark=7, holds_contents=False),
    Layout(name="roll-40x30", width=40, height=30, symbol=18, mark=7, holds_contents=False),
)  # fmt: skip

LAYOUTS = {layout.name: layout for layout in _ALL}


def layout_named(name: str) -> Layout:
    """The layout of this name.

    Raises:
        NoSuchLayout: naming the layouts that exist.
    """
    try:
        return LAYOUTS[name]
    except KeyError:
        raise NoSuchLayout(
            say("没有名为“%(name)s”的标签纸，可选：%(known)s。", name=name, known="、".join(LAYOUTS))
        ) from None

"""An answer sheet as a PDF to be printed and filed. The same sheet always makes the same bytes, so that a sent file can
be compared with the one that would be made from what it carries."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfgen.canvas import Canvas

from zuofang.credit.verification.answers import LineAnswer
from zuofang.credit.verification.sheet import SignedSheet
from zuofang.rules.sentences import say
from zuofang.site.public.answer_table import HEADS, TITLE, facts_of, row_of
from zuofang.site.voice import Voice
from zuofang.traceability.labels.typeface import Typeface

FACE = "answers"
SIZE, TITLE_SIZE, LEADING = 8.5, 15.0, 12.0
MARGIN, GUTTER, PADDING = 42.0, 8.0, 4.0
"""In points, like all lengths here."""
COLUMNS = (26.0, 108.0, 118.0, 84.0, 175.0)
"""Widths of: line, what was written, who it is, certificate, answer."""
WIDTH, HEIGHT = A4
MISSING = "□"
NO_START = frozenset("，。、；：！？）》〉」』】〕”’…％%,.;:!?)]}")
"""Signs that close something: no line begins with one (行首禁则)."""
NO_END = frozenset("（《〈「『【〔“‘([{")
"""Signs that open something: no line ends with one."""
INK, RULE = 0.1, 0.75
"""Greys of letters and of lines."""


def printed(signed: SignedSheet, voice: Voice, font: Path) -> bytes:
    """The sheet as PDF.

    Raises:
        TypefaceRefused: the font of the installation cannot be used.
    """
    return _Paper(signed, voice, Typeface.at(font)).written()


class _Paper:
    """Pages filled from the top; ``_y`` is where the next row begins."""

    def __init__(self, signed: SignedSheet, voice: Voice, typeface: Typeface) -> None:
        self._signed, self._voice, self._typeface = signed, voice, typeface
        self._canvas: Any = Canvas("answers.pdf", A4, pageCompression=1, invariant=1)
        self._canvas.setTitle(voice.sentence(TITLE))
        self._canvas.setKeywords(signed.sealed)
        pdfmetrics.registerFont(typeface.for_pdf(FACE))
        self._page, self._y = 0, 0.0

    def written(self) -> bytes:
        """The whole document."""
        self._begin_page()
        self._heading()
        self._rows([[self._voice.sentence(HEADS[place]) for place in (0, 1, 3, 5, 8)]])
        self._rows(self._cells(answer) for answer in self._signed.sheet.answers)
        self._canvas.showPage()
        data: bytes = self._canvas.getpdfdata()
        return data

    def _heading(self) -> None:
        self._line(self._voice.sentence(TITLE), TITLE_SIZE)
        self._y -= LEADING
        facts = [self._voice.sentence(say("%(name)s：%(value)s", name=name, value=value))
                 for name, value in facts_of(self._signed, self._voice)]  # fmt: skip
        for fact in facts:
            for part in self._wrapped(fact, WIDTH - 2 * MARGIN):
                self._line(part, SIZE)
        self._y -= LEADING

    def _cells(self, answer: LineAnswer) -> list[str]:
        number, text, what, name, product, state, paper, until, standing, points, honours, candidates = row_of(
            answer, self._voice
        )
        return [
            number,
            f"{text}\n{what}",
            "\n".join(part for part in (name, product, honours, candidates) if part),
            "\n".join(part for part in (state, paper, until) if part),
            f"{standing}\n{points}" if points else standing,
        ]

    def _rows(self, rows: Iterator[list[str]] | Sequence[list[str]]) -> None:
        for cells in rows:
            wrapped = [self._wrapped(cell, width - GUTTER) for cell, width in zip(cells, COLUMNS, strict=True)]
            height = max(map(len, wrapped)) * LEADING + 2 * PADDING
            if self._y - height < MARGIN:
                self._canvas.showPage()
                self._begin_page()
            self._row(wrapped)
            self._y -= height

    def _row(self, wrapped: Sequence[Sequence[str]]) -> None:
        self._canvas.setStrokeGray(RULE)
        self._canvas.line(MARGIN, self._y, WIDTH - MARGIN, self._y)
        left = MARGIN
        for lines, width in zip(wrapped, COLUMNS, strict=True):
            for place, line in enumerate(lines, 1):
                self._canvas.drawString(left, self._y - PADDING - place * LEADING + (LEADING - SIZE), line)
            left += width

    def _begin_page(self) -> None:
        self._page += 1
        self._y = HEIGHT - MARGIN
        self._canvas.setFont(FACE, SIZE)
        self._canvas.setFillGray(INK)
        foot = f"{self._signed.sheet.site}/verify/check · {self._signed.key} · {self._page}"
        self._canvas.drawString(MARGIN, MARGIN - 2 * LEADING, self._shown(foot))

    def _line(self, text: str, size: float) -> None:
        self._canvas.setFont(FACE, size)
        self._canvas.drawString(MARGIN, self._y - size, self._shown(text))
        self._canvas.setFont(FACE, SIZE)
        self._y -= max(LEADING, size + PADDING)

    def _shown(self, text: str) -> str:
        """The text with a box for what the font cannot show: a buyer may have typed anything."""
        return "".join(sign if sign == "\n" or sign in self._typeface.widths else MISSING for sign in text)

    def _wrapped(self, text: str, width: float) -> list[str]:
        """The text in lines that fit."""
        lines = []
        for part in self._shown(text).split("\n"):
            line, used = "", 0.0
            for sign in part:
                advance = self._typeface.widths.get(sign, 1.0) * SIZE
                if used + advance > width and line:
                    line, carried = broken(line, sign)
                    lines.append(line)
                    line, used = carried, sum(self._typeface.widths.get(one, 1.0) for one in carried) * SIZE
                line, used = line + sign, used + advance
            lines.append(line)
        return lines


def broken(line: str, sign: str) -> tuple[str, str]:
    """A full line as it may stand before ``sign``, and what of its end goes down with the sign."""
    place = len(line)
    following = sign
    while place > 1 and (following in NO_START or line[place - 1] in NO_END):
        place -= 1
        following = line[place]
    if following in NO_START or place == 1:  # nothing but such signs: then the line breaks where it is full
        return line, ""
    return line[:place], line[place:]

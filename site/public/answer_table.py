"""An answer sheet as a table of plain texts: what the workbook shows, and what a sent workbook is compared with."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from zuofang.credit.verification.answers import LineAnswer, Paper
from zuofang.credit.verification.sheet import MARK, AnswerSheet, SignedSheet
from zuofang.rules.sentences import Sentence, say
from zuofang.site.public.words import word
from zuofang.site.voice import Voice

TITLE = say("核验答复单")
HEADS = (
    say("行"), say("您写的"), say("这是"), say("单位"), say("产品"), say("证书"), say("证书编号"), say("有效期至"),
    say("答复"), say("说明"), say("荣誉"), say("可能是"),
)  # fmt: skip
CHUNK = 30_000
"""Characters of the sealed sheet in one cell; a spreadsheet keeps 32,767."""
MOST_SHOWN = 20
"""So many changed cells are told."""
Rows = list[list[str]]


@dataclass(frozen=True, slots=True)
class Change:
    """A cell that no longer says what was signed; row and column count from 1."""

    row: int
    column: int
    signed: str
    found: str


def table_of(signed: SignedSheet, voice: Voice) -> Rows:
    """The whole table: what it is, one row for each line, and the sealed sheet at its end."""
    sheet = signed.sheet
    return [
        *([voice.sentence(name), value] for name, value in facts_of(signed, voice)),
        [],
        [voice.sentence(head) for head in HEADS],
        *(row_of(answer, voice) for answer in sheet.answers),
        [],
        [voice.sentence(say("签名数据，请不要改动："))],
        *([part] for part in chunks(signed.sealed)),
    ]


def facts_of(signed: SignedSheet, voice: Voice) -> Iterator[tuple[Sentence, str]]:
    """What is said of a sheet as a whole."""
    sheet = signed.sheet
    yield TITLE, sheet.site
    yield say("出具时间"), f"{voice.formats.tfmt(sheet.at)}（UTC+8）"
    yield say("数据版本"), version_of(sheet)
    yield say("行数"), voice.formats.nfmt(len(sheet.answers))
    for standing, count in sheet.counts.items():
        yield word(standing), voice.formats.nfmt(count)
    yield say("签名钥匙"), signed.key
    yield say("验证地址"), f"{sheet.site}/verify/check"
    yield say("请注意"), voice.sentence(CAUTION)


CAUTION = say("“未见问题记录”只说明登记簿当时没有公示中的问题，不等于保证没有问题。请以收货当天的核验为准。")


def version_of(sheet: AnswerSheet) -> str:
    """The state of the register that was asked, as people quote it."""
    return f"{sheet.state.seq}-{sheet.state.digest}"


def row_of(answer: LineAnswer, voice: Voice) -> list[str]:
    """One line as a row under :data:`HEADS`."""
    return [
        str(answer.number),
        answer.text,
        voice.sentence(word(answer.what)),
        answer.name or "",
        answer.product or "",
        *_paper_cells(answer.paper, voice),
        voice.sentence(word(answer.standing)),
        "".join(voice.sentence(point) for point in answer.points),
        "；".join(answer.honours),
        "；".join(f"{one.name}（{one.district}）" if one.district else one.name for one in answer.candidates),
    ]


def _paper_cells(paper: Paper | None, voice: Voice) -> list[str]:
    if paper is None:
        return ["", "", ""]
    until = "" if paper.until is None else paper.until.isoformat()
    return [voice.sentence(word(paper.state)), paper.number or "", until]


def chunks(sealed: str) -> list[str]:
    """The sealed sheet in parts that fit into cells."""
    return [sealed[place : place + CHUNK] for place in range(0, len(sealed), CHUNK)]


def sealed_in(rows: Sequence[Sequence[str]]) -> str:
    """The sealed sheet that a sent table carries, put together again; empty where there is none."""
    cells = [row[0].strip() if row else "" for row in rows]
    first = next((place for place, cell in enumerate(cells) if cell.startswith(MARK)), None)
    return "" if first is None else "".join(cells[first:])


def changes(signed: SignedSheet, rows: Sequence[Sequence[str]], voices: Sequence[Voice]) -> list[Change]:
    """Where a sent table departs from what was signed, told in the language in which it departs least."""
    return min((_differences(table_of(signed, voice), rows) for voice in voices), key=len)


def _differences(expected: Rows, found: Sequence[Sequence[str]]) -> list[Change]:
    width = len(HEADS)
    return [
        Change(row, column, wanted, seen)
        for row in range(1, max(len(expected), len(found)) + 1)
        for column, (wanted, seen) in enumerate(
            zip(_cells(expected, row, width), _cells(found, row, width), strict=True), 1
        )
        if wanted != seen
    ]


def _cells(rows: Sequence[Sequence[str]], row: int, width: int) -> list[str]:
    told = [cell.strip() for cell in rows[row - 1]] if row <= len(rows) else []
    return [*told[:width], *[""] * (width - len(told))]

"""ZPL for thermal rolls, read back by a small interpreter of the commands used."""

import io
import re

import numpy as np
import pytest
import zxingcpp
from thermal_printer import commands, field_text, filled, formats, printed, printed_labels

from zuofang.storage.settings import Settings
from zuofang.traceability.codes import LabelKeyring, groups_of, mint_range
from zuofang.traceability.labels.address import LabelAddress
from zuofang.traceability.labels.brand import BrandMark
from zuofang.traceability.labels.face import Face, Wording, compose
from zuofang.traceability.labels.layouts import DOTS_PER_MM, LAYOUTS
from zuofang.traceability.labels.printing import drawn
from zuofang.traceability.labels.typeface import Typeface
from zuofang.traceability.labels.zpl import field_data, write_zpl

typeface = Typeface.at(Settings().label_font)
address = LabelAddress.of_site("https://zf.a.example")
ROLLS = [name for name, layout in LAYOUTS.items() if layout.page is None]
RING = "M0 0H100V100H0ZM25 25V75H75V25Z"
CODES = list(mint_range(LabelKeyring({0: bytes(32)}, current=0), 77, 1, 5))


def face_on(name: str) -> Face:
    words = [Wording("酱牛肉", 1.8), Wording("北溪陈记卤味作坊", 1.8, True)]
    return compose(LAYOUTS[name], words, 20, typeface, BrandMark.of_path(RING))


def sent(name: str = "roll-60x40", dots_per_mm: int = 8) -> bytes:
    file = io.BytesIO()
    assert write_zpl(file, drawn(CODES, address), face_on(name), typeface, dots_per_mm) == len(CODES)
    return file.getvalue()


@pytest.mark.parametrize("dots_per_mm", DOTS_PER_MM.values())
@pytest.mark.parametrize("name", ROLLS)
def test_every_label_reads_back_as_a_printer_would_print_it(name: str, dots_per_mm: int) -> None:
    for code, label in zip(CODES, printed_labels(sent(name, dots_per_mm)), strict=True):
        seen = zxingcpp.read_barcodes(label)
        assert [symbol.text for symbol in seen] == [address.of(code)]


def test_the_data_of_a_symbol_begin_with_level_and_mode() -> None:
    _, first, *_ = formats(sent())
    assert filled(first)["1"] == f"MA,HTTPS://ZF.A.EXAMPLE/T/{CODES[0]}"


def test_the_code_stands_in_clear_in_groups() -> None:
    _, first, *_ = formats(sent())
    lines = [text for number, text in filled(first).items() if number != "1"]
    assert "-".join(lines) == "-".join(groups_of(CODES[0]))


def test_a_format_is_sent_once_recalled_for_every_label_and_deleted() -> None:
    given = commands(sent())
    assert sum(command.startswith("^DF") for command in given) == 1
    assert sum(command.startswith("^GFA") for command in given) == 1
    assert sum(command.startswith("^XF") for command in given) == len(CODES)
    assert [command for command in given if command.startswith("^ID")] == ["^IDR:ZUOFANG.ZPL"]


def test_a_label_takes_less_than_150_bytes() -> None:
    assert max(len(line) for line in sent().splitlines() if line.startswith(b"^XA^XF")) < 150


def test_the_bitmap_holds_the_words_and_the_mark_with_its_hole() -> None:
    layout, face = LAYOUTS["roll-60x40"], face_on("roll-60x40")
    stored, *_ = formats(sent())
    paper = np.asarray(printed([c for c in stored if "BQ" not in c], {"1": ""})) == 0
    assert face.mark is not None
    centre = int((face.mark[1].y + layout.mark / 2) * 8), int((face.mark[1].x + layout.mark / 2) * 8)
    assert not paper[centre]
    assert paper[int((face.mark[1].y + 0.5) * 8), centre[1]]
    for text in face.texts:
        line = paper[int((text.baseline - text.size) * 8) : int(text.baseline * 8), int(text.x * 8) :]
        assert line.any()
    symbol = face.symbol
    assert not paper[: int((symbol.y + symbol.side) * 8), : int((symbol.x + symbol.side) * 8)].any()


@pytest.mark.parametrize(
    ("text", "data"),
    [("MA,ABC", "^FDMA,ABC^FS"), ("A^B~C_D", "^FH^FDA_5EB_7EC_5FD^FS"), ("^XZ", "^FH^FD_5EXZ^FS")],
)
def test_characters_that_would_begin_a_command_are_written_in_hexadecimal(text: str, data: str) -> None:
    assert field_data(text) == data
    assert field_text(re.findall(r"\^FD[^\^]*", data)[0], "^FH" in data) == text

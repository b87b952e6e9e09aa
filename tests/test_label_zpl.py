"""ZPL for thermal rolls, read back by a small interpreter of the commands used."""

import io
import re

import numpy as np
import pytest
import zxingcpp
from PIL import Image

from zuofang.storage.settings import Settings
from zuofang.traceability.codes import LabelKeyring, groups_of, mint_range
from zuofang.traceability.labels.address import LabelAddress
from zuofang.traceability.labels.brand import BrandMark
from zuofang.traceability.labels.face import Face, Wording, compose
from zuofang.traceability.labels.layouts import DOTS_PER_MM, LAYOUTS
from zuofang.traceability.labels.printing import drawn
from zuofang.traceability.labels.symbols import draw_one
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


def commands(name: str = "roll-60x40", dots_per_mm: int = 8) -> list[str]:
    file = io.BytesIO()
    assert write_zpl(file, drawn(CODES, address), face_on(name), typeface, dots_per_mm) == len(CODES)
    return [command for command in re.split(r"(?=[\^~])", file.getvalue().decode("ascii").replace("\n", "")) if command]


def formats(name: str = "roll-60x40", dots_per_mm: int = 8) -> list[list[str]]:
    """The commands between each ``^XA`` and ``^XZ``."""
    joined = "\0".join(commands(name, dots_per_mm))
    return [block.split("\0") for block in re.findall(r"\^XA\0(.*?)\0\^XZ", joined)]


def field_text(command: str, escaped: bool) -> str:
    data = command.removeprefix("^FD")
    return re.sub("_([0-9A-F]{2})", lambda match: chr(int(match[1], 16)), data) if escaped else data


def filled(label: list[str]) -> dict[str, str]:
    """Field number → data of one label."""
    found: dict[str, str] = {}
    number, escaped = "", False
    for command in label:
        if command.startswith("^FN"):
            number, escaped = command[3:], False
        escaped = escaped or command == "^FH"
        if command.startswith("^FD"):
            found[number] = field_text(command, escaped)
    return found


def printed(stored: list[str], fields: dict[str, str]) -> Image.Image:
    """Draw a label as a printer would, the code in clear left out."""
    width, length = (int(next(c for c in stored if c.startswith(name))[3:]) for name in ("^PW", "^LL"))
    paper = Image.new("L", (width, length), 255)
    at, module = (0, 0), 0
    for command in stored:
        if command.startswith("^FO"):
            x, y = command[3:].split(",")
            at = int(x), int(y)
        elif command.startswith("^GFA"):
            paper.paste(0, at, graphic(command))
        elif command.startswith("^BQN,2,"):
            module = int(command.removeprefix("^BQN,2,"))
        elif command.startswith("^FN1") and module:
            level, text = fields["1"].split(",", 1)
            assert level == "MA"
            symbol = Image.fromarray(draw_one(text)).resize([29 * module] * 2)
            paper.paste(0, at, symbol)
    return paper


def graphic(command: str) -> Image.Image:
    _, total, again, row, digits = command.split(",")
    octets = bytes.fromhex(digits)
    assert int(total) == int(again) == len(octets)
    bits = np.unpackbits(np.frombuffer(octets, np.uint8).reshape(-1, int(row)), axis=1)
    return Image.fromarray(bits.astype(bool))


@pytest.mark.parametrize("dots_per_mm", DOTS_PER_MM.values())
@pytest.mark.parametrize("name", ROLLS)
def test_every_label_reads_back_as_a_printer_would_print_it(name: str, dots_per_mm: int) -> None:
    stored, *labels, _ = formats(name, dots_per_mm)
    assert len(labels) == len(CODES)
    for code, label in zip(CODES, labels, strict=True):
        seen = zxingcpp.read_barcodes(printed(stored, filled(label)))
        assert [symbol.text for symbol in seen] == [address.of(code)]


def test_the_data_of_a_symbol_begin_with_level_and_mode() -> None:
    _, first, *_ = formats()
    assert filled(first)["1"] == f"MA,HTTPS://ZF.A.EXAMPLE/T/{CODES[0]}"


def test_the_code_stands_in_clear_in_groups() -> None:
    _, first, *_ = formats()
    lines = [text for number, text in filled(first).items() if number != "1"]
    assert "-".join(lines) == "-".join(groups_of(CODES[0]))


def test_a_format_is_sent_once_recalled_for_every_label_and_deleted() -> None:
    sent = commands()
    assert sum(command.startswith("^DF") for command in sent) == 1
    assert sum(command.startswith("^GFA") for command in sent) == 1
    assert sum(command.startswith("^XF") for command in sent) == len(CODES)
    assert [command for command in sent if command.startswith("^ID")] == ["^IDR:ZUOFANG.ZPL"]


def test_a_label_takes_less_than_150_bytes() -> None:
    file = io.BytesIO()
    write_zpl(file, drawn(CODES, address), face_on("roll-60x40"), typeface)
    assert max(len(line) for line in file.getvalue().splitlines() if line.startswith(b"^XA^XF")) < 150


def test_the_bitmap_holds_the_words_and_the_mark_with_its_hole() -> None:
    layout, face = LAYOUTS["roll-60x40"], face_on("roll-60x40")
    stored, *_ = formats()
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

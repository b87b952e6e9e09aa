"""QR symbols in bulk: the same modules as qrcode, read back by an independent reader."""

import io
import random

import numpy as np
import pytest
import qrcode
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from qrcode.constants import ERROR_CORRECT_M

from zuofang.traceability.codes import ALPHABET
from zuofang.traceability.labels.address import LONGEST_TEXT, AddressRefused, LabelAddress
from zuofang.traceability.labels.decoding import read_symbols
from zuofang.traceability.labels.symbols import (
    ALPHANUMERIC,
    Modules,
    dark_runs,
    draw,
    draw_one,
    png,
    svg,
    svg_path,
)

PREFIX = "HTTPS://ZF.A.EXAMPLE/T/"


def by_qrcode(text: str, **how: int) -> Modules:
    code = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=0)
    code.add_data(text, **how)
    code.make(fit=True)
    return np.array(code.get_matrix(), bool)


def addresses(count: int, length: int = 20) -> list[str]:
    chance = random.Random(1)
    return [PREFIX + "".join(chance.choices(ALPHABET, k=length)) for _ in range(count)]


@pytest.mark.parametrize("length", [15, 20])
def test_labels_are_module_for_module_what_qrcode_draws(length: int) -> None:
    texts = addresses(60, length)
    for text, modules in zip(texts, draw(texts).modules, strict=True):
        assert np.array_equal(modules, by_qrcode(text)), text


@pytest.mark.parametrize("length", [1, 38, 61, LONGEST_TEXT])
@settings(max_examples=6, deadline=None)
@given(st.data())
def test_any_alphanumeric_text_of_every_version_is_what_qrcode_draws(length: int, data: st.DataObject) -> None:
    text = data.draw(st.text(ALPHANUMERIC[10:], min_size=length, max_size=length))
    assert np.array_equal(draw_one(text), by_qrcode(text, optimize=0))


def test_an_independent_reader_reads_every_symbol() -> None:
    texts = addresses(400)
    assert list(read_symbols(draw(texts))) == texts


def test_labels_of_one_run_have_one_size() -> None:
    assert draw(addresses(700)).modules.shape == (700, 29, 29)


@pytest.mark.parametrize("texts", [[], [""], ["A", "AB"], ["a"], ["测"], ["A_B"], ["A" * (LONGEST_TEXT + 1)]], ids=str)
def test_texts_that_have_no_symbol_of_ours_are_refused(texts: list[str]) -> None:
    with pytest.raises(ValueError, match="text"):
        draw(texts)


@pytest.mark.parametrize("scale", [1, 3, 8])
def test_the_picture_of_a_symbol_has_one_bit_a_pixel_and_is_read_back(scale: int) -> None:
    text = addresses(1)[0]
    picture = Image.open(io.BytesIO(png(draw_one(text), scale)))
    assert (picture.mode, picture.size) == ("1", (37 * scale, 37 * scale))
    assert zxingcpp.read_barcodes(picture.convert("L"))[0].text == text


def test_the_drawing_of_a_symbol_covers_exactly_its_dark_modules() -> None:
    modules = draw_one(addresses(1)[0])
    canvas = np.zeros((37, 37), bool)
    for stroke in svg_path(modules).split("M")[1:]:
        place, length = stroke.split("h")
        column, row = place.split(" ")
        canvas[int(float(row)), int(column) : int(column) + int(length)] = True
    assert np.array_equal(canvas[4:-4, 4:-4], modules)
    assert canvas.sum() == modules.sum()
    assert len(svg(modules)) < 3000


def test_runs_are_told_symbol_by_symbol_in_reading_order() -> None:
    modules = np.array([[[1, 1, 0], [0, 0, 1]], [[0, 0, 0], [1, 0, 1]]], bool)
    assert [list(map(int, run)) for run in zip(*dark_runs(modules), strict=True)] == [
        [0, 0, 0, 2],
        [0, 1, 2, 1],
        [1, 1, 0, 1],
        [1, 1, 2, 1],
    ]


@pytest.mark.parametrize(
    ("base", "prefix"),
    [
        ("https://zf.example.cn", "HTTPS://ZF.EXAMPLE.CN/T/"),
        ("http://127.0.0.1:8000/", "HTTP://127.0.0.1:8000/T/"),
        ("https://XN--FIQ228C.example", "HTTPS://XN--FIQ228C.EXAMPLE/T/"),
    ],
)
def test_the_printed_address_is_upper_case(base: str, prefix: str) -> None:
    assert LabelAddress.of_site(base).prefix == prefix


@pytest.mark.parametrize(
    "base",
    [
        "",
        "zf.example.cn",
        "ftp://zf.example.cn",
        "https://作坊.example",
        "https://zf_1.example",
        "https://zf.example/path",
        "https://zf.example?lang=zh",
        "https://user@zf.example",
        "https://[::1]",
        "https://[",
        "https://",
    ],
)
def test_a_base_address_that_leaves_the_compact_alphabet_is_refused(base: str) -> None:
    with pytest.raises(AddressRefused, match="不能印进二维码"):
        LabelAddress.of_site(base)


def test_a_base_address_that_is_too_long_is_refused_by_its_excess() -> None:
    longest = "https://" + "a" * 59
    assert len(LabelAddress.of_site(longest).of("0" * 20)) == LONGEST_TEXT
    with pytest.raises(AddressRefused, match="长 2 个字符"):
        LabelAddress.of_site(longest + "aa")


def test_the_code_is_found_in_a_scanned_text_of_our_site_alone() -> None:
    address = LabelAddress.of_site("https://zf.example.cn")
    assert address.code_in("https://ZF.example.cn/t/abc12?from=wechat") == "abc12"
    assert address.code_in("HTTPS://ZF.EXAMPLE.CN/T/ABC12") == "ABC12"
    assert address.code_in("https://zf.example.cn.evil.example/t/ABC12") is None
    assert address.code_in("ABC12") is None

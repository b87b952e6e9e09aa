"""Printed sheets: every symbol of a rendered page reads back, and the file stays small."""

import io
import re
from collections.abc import Callable

import numpy as np
import pypdfium2
import pytest
import zxingcpp
from PIL import Image

from zuofang.storage.settings import Settings
from zuofang.traceability.codes import LabelKeyring, mint_range
from zuofang.traceability.labels.address import LabelAddress
from zuofang.traceability.labels.brand import BrandMark
from zuofang.traceability.labels.face import Face, Wording, compose
from zuofang.traceability.labels.layouts import LAYOUTS, Layout
from zuofang.traceability.labels.printing import drawn
from zuofang.traceability.labels.sheets import write_pdf
from zuofang.traceability.labels.typeface import Typeface

typeface = Typeface.at(Settings().label_font)
keyring = LabelKeyring({0: bytes(32)}, current=0)
address = LabelAddress.of_site("https://zf.a.example")
NAMES = [Wording("酱牛肉", 1.8), Wording("北溪陈记卤味作坊", 1.8, True)]
MARK = BrandMark.of_path("M0 0H100V100H0Z")


def codes(count: int) -> list[str]:
    return list(mint_range(keyring, 77, 1, count))


def face_on(layout: Layout) -> Face:
    return compose(layout, NAMES, 20, typeface, MARK)


def pdf(layout: Layout, count: int) -> bytes:
    file = io.BytesIO()
    pages = write_pdf(file, drawn(codes(count), address), face_on(layout), layout, typeface)
    assert pages == -(-count // layout.per_page)
    return file.getvalue()


def rendered(content: bytes, page: int, dpi: int) -> Image.Image:
    with pypdfium2.PdfDocument(content) as document:
        return document[page].render(scale=dpi / 72).to_pil().convert("L")


def read(picture: Image.Image) -> set[str]:
    formats = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
    return {found.text for found in zxingcpp.read_barcodes(picture, formats=formats)}


@pytest.mark.parametrize("dpi", [150, 300])
@pytest.mark.parametrize("name", ["a4-24", "a4-65", "roll-50x30"])
def test_every_symbol_of_a_rendered_page_reads_back(name: str, dpi: int) -> None:
    layout = LAYOUTS[name]
    count = layout.per_page + 2
    content = pdf(layout, count)
    wanted = [address.of(code) for code in codes(count)]
    assert read(rendered(content, 0, dpi)) == set(wanted[: layout.per_page])
    last = (count - 1) // layout.per_page
    assert read(rendered(content, last, dpi)) == set(wanted[last * layout.per_page :])


def test_code_and_names_stand_in_clear_and_the_font_goes_with_the_file() -> None:
    content = pdf(LAYOUTS["a4-24"], 3)
    with pypdfium2.PdfDocument(content) as document:
        text = document[0].get_textpage().get_text_bounded()
    assert text.count("酱牛肉") == text.count("北溪陈记卤味作坊") == 3
    printed = re.sub("[^0-9A-Z]", "", text)
    assert all(code in printed for code in codes(3))
    assert b"/FontFile2" in content


def test_a_symbol_is_as_large_as_the_layout_says_and_its_edges_are_sharp() -> None:
    layout = LAYOUTS["a4-40"]
    dark = np.asarray(rendered(pdf(layout, 1), 0, 600)) < 128
    dots = 600 / 25.4
    top, left = (int((layout.padding + layout.symbol * 4 / 37) * dots) for _ in range(2))
    side = int(layout.symbol * 29 / 37 * dots)
    symbol = dark[top - 2 : top + side + 2, left - 2 : left + side + 2]
    rows, columns = np.nonzero(symbol)
    assert abs(rows.max() - rows.min() - side) <= 3
    assert abs(columns.max() - columns.min() - side) <= 3


def test_the_brand_mark_stands_at_the_upper_right() -> None:
    layout = LAYOUTS["roll-60x40"]
    dark = np.asarray(rendered(pdf(layout, 1), 0, 254)) < 128
    middle = (layout.padding + layout.mark / 2) * 10
    assert dark[int(middle), int(600 - middle)]


def test_the_same_labels_make_the_same_bytes() -> None:
    assert pdf(LAYOUTS["a4-24"], 30) == pdf(LAYOUTS["a4-24"], 30)


def test_a_sheet_written_while_another_is_under_way_changes_neither() -> None:
    other = compose(LAYOUTS["a4-24"], [Wording("豆腐干", 1.8)], 20, typeface)

    def written(face: Face, meanwhile: Callable[[], object] = bytes) -> bytes:
        file = io.BytesIO()
        labels = (label for label in drawn(codes(2), address) if meanwhile() is not None)
        write_pdf(file, labels, face, LAYOUTS["a4-24"], typeface)
        return file.getvalue()

    between = []
    assert written(other, lambda: between.append(pdf(LAYOUTS["a4-24"], 2)) or b"") == written(other)
    assert set(between) == {pdf(LAYOUTS["a4-24"], 2)}


def test_another_label_adds_at_most_350_bytes() -> None:
    layout = LAYOUTS["a4-40"]
    few, many = len(pdf(layout, 400)), len(pdf(layout, 1200))
    assert (many - few) / 800 <= 350


def test_a_run_of_batch_labels_prints_one_code_many_times() -> None:
    layout = LAYOUTS["a4-65"]
    code = "0000160000300AB"
    file = io.BytesIO()
    face = compose(layout, NAMES, 15, typeface)
    write_pdf(file, drawn([code] * layout.per_page, address), face, layout, typeface)
    found = zxingcpp.read_barcodes(rendered(file.getvalue(), 0, 300))
    assert [symbol.text for symbol in found] == [address.of(code)] * layout.per_page

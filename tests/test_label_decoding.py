"""Reading codes in pictures that anybody may send."""

import contextlib
import io
import struct
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageFilter

from zuofang.traceability.labels.decoding import MAX_BYTES, PictureRefused, read_picture
from zuofang.traceability.labels.symbols import draw_one, png

TEXT = "HTTPS://ZF.A.EXAMPLE/T/0000160000300000ABCD"
SYMBOL = png(draw_one(TEXT), scale=8)


def as_file(picture: Image.Image, kind: str, **how: int) -> bytes:
    file = io.BytesIO()
    picture.save(file, kind, **how)
    return file.getvalue()


def photograph(size: tuple[int, int] = (1280, 960), turned: float = 17) -> Image.Image:
    label = Image.open(io.BytesIO(SYMBOL)).convert("L").rotate(turned, expand=True, fillcolor=255)
    scene = Image.new("L", size, 180)
    scene.paste(label, (size[0] // 3, size[1] // 4))
    return scene.filter(ImageFilter.GaussianBlur(1.2))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("turned", [0, 17, 90, 200])
def test_a_code_is_read_from_a_photograph(kind: str, turned: float) -> None:
    assert read_picture(as_file(photograph(turned=turned), kind)) == (TEXT,)


def test_a_large_photograph_is_read_at_a_fraction_of_its_size() -> None:
    assert read_picture(as_file(photograph().resize((4800, 3600)), "JPEG", quality=40)) == (TEXT,)


def test_a_drawing_on_a_transparent_ground_is_read() -> None:
    dark = Image.open(io.BytesIO(SYMBOL)).convert("L").point(lambda value: 255 - value)
    drawing = Image.new("RGBA", dark.size, (0, 0, 0, 0))
    drawing.putalpha(dark)
    assert read_picture(as_file(drawing, "PNG")) == (TEXT,)


def test_every_code_of_a_picture_is_told_once() -> None:
    other = TEXT[:-1] + "E"
    sheet = Image.new("L", (700, 700), 255)
    for place, symbol in [((0, 0), SYMBOL), ((350, 0), SYMBOL), ((0, 350), png(draw_one(other)))]:
        sheet.paste(Image.open(io.BytesIO(symbol)).convert("L"), place)
    assert sorted(read_picture(as_file(sheet, "PNG"))) == [TEXT, other]


def test_a_picture_without_a_code_has_none() -> None:
    assert read_picture(as_file(Image.new("RGB", (300, 300), "white"), "PNG")) == ()


def test_a_file_of_too_many_bytes_is_refused_unread() -> None:
    with pytest.raises(PictureRefused, match="10 MB"):
        read_picture(SYMBOL + bytes(MAX_BYTES))


def huge_png(side: int) -> bytes:
    def chunk(name: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))

    header = struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(bytes(1000))) + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize("side", [2_900, 10_000, 60_000])
def test_a_picture_that_swells_is_refused_before_it_is_opened(side: int) -> None:
    with pytest.raises(PictureRefused, match="像素太多"):
        read_picture(huge_png(side))


@pytest.mark.parametrize("kind", ["GIF", "BMP", "TIFF", "PDF", "PPM"])
def test_other_kinds_of_files_are_refused(kind: str) -> None:
    with pytest.raises(PictureRefused, match="JPEG、PNG 或 WebP"):
        read_picture(as_file(photograph((600, 400)), kind))


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=200) | st.binary(max_size=60).map(lambda tail: SYMBOL[:50] + tail))
def test_bytes_that_are_no_picture_are_refused_and_never_anything_else(content: bytes) -> None:
    with pytest.raises(PictureRefused):
        read_picture(content)


@settings(max_examples=100, deadline=None)
@given(st.data(), st.sampled_from(["JPEG", "PNG", "WEBP"]))
def test_a_damaged_picture_is_read_or_refused(data: st.DataObject, kind: str) -> None:
    content = bytearray(as_file(photograph((320, 240)), kind))
    for _ in range(4):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    with contextlib.suppress(PictureRefused):
        assert set(read_picture(bytes(content))) <= {TEXT}

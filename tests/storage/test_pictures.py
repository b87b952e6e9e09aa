"""Pictures are made small by a process that limits itself, and nothing that came with them leaves."""

import io
import struct
import zlib
from pathlib import Path

import pytest
from PIL import Image

from zuofang.storage.acts import Refused
from zuofang.storage.pictures import shelf
from zuofang.storage.pictures.budget import SHIPPED, widths_of

CANARY = "29.87654321N 121.12345678E Meizu-18 许阿满"


def photograph(size: tuple[int, int] = (900, 600), kind: str = "JPEG", **more: object) -> bytes:
    """A picture with what a phone writes into it: place, device, text, and which way is up."""
    picture = Image.new("RGB", size, (200, 90, 40))
    exif = Image.Exif()
    exif[0x0112], exif[0x010F], exif[0x010E] = 6, "Meizu-18", CANARY  # lies on its side; device; description
    exif.get_ifd(0x8825).update({1: "N", 2: (29.0, 52.0, 35.5), 3: "E", 4: (121.0, 7.0, 24.4)})
    exif.get_ifd(0x8769)[0x9286] = CANARY.encode()
    written = io.BytesIO()
    picture.save(written, kind, exif=exif, **more)
    return written.getvalue()


def dark(side: int) -> bytes:
    """A PNG of a few kilobytes that unfolds to ``side`` times ``side`` pixels."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    body = zlib.compress(bytes(3 * side + 1) * 8)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


@pytest.mark.parametrize("kind", ["JPEG", "WEBP", "PNG"])
def test_nothing_but_pixels_leaves_and_the_right_way_up(tmp_path: Path, kind: str) -> None:
    sent = photograph(kind=kind)
    assert b"Meizu-18" in sent
    made = shelf.put(tmp_path, sent)
    assert (made.width, made.height) == (600, 900), "the picture is turned before its note of which way is up is gone"
    assert shelf.missing(tmp_path, made.digest, made.width) == []
    for path in tmp_path.iterdir():
        content = path.read_bytes()
        assert not any(word in content for word in (b"Meizu", b"29.876", "许阿满".encode(), b"Exif", b"http"))
        with Image.open(path) as copy:
            assert (dict(copy.getexif()), copy.info.get("icc_profile")) == ({}, None)
            assert copy.width == int(path.stem.rpartition("-")[2])


def test_the_same_picture_is_kept_once_and_can_be_taken_off(tmp_path: Path) -> None:
    first, second = shelf.put(tmp_path, photograph()), shelf.put(tmp_path, photograph())
    assert first == second
    assert len(list(tmp_path.iterdir())) == len(widths_of(600)) * 3
    shelf.take_off(tmp_path, first.digest)
    assert list(tmp_path.iterdir()) == []
    assert len(shelf.missing(tmp_path, first.digest, first.width)) == 6


def test_a_large_picture_is_made_in_three_widths_and_none_is_enlarged() -> None:
    assert widths_of(1600) == (480, 960, 1600)
    assert widths_of(900) == (480, 900)
    assert widths_of(400) == (400,)


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        (b"", "认不出"),
        (b"<svg onload='alert(1)'/>", "认不出"),
        (photograph()[:2000], "不完整"),
        (photograph(size=(300, 900)), "至少要有 320 像素"),
        (dark(11_000), "5000 万像素"),
        (dark(12_001), "5000 万像素"),
        (bytes(SHIPPED.file + 1), "超过 10 MB"),
    ],
    ids=["nothing", "a drawing", "cut off", "small", "a bomb", "a broad bomb", "heavy"],
)
def test_what_cannot_be_shown_is_refused_in_a_sentence(tmp_path: Path, sent: bytes, said: str) -> None:
    with pytest.raises(Refused, match=said):
        shelf.put(tmp_path, sent)
    assert list(tmp_path.iterdir()) == [], "nothing of it stays"

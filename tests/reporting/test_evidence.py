import io
import struct
import zlib
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import settings as slow
from hypothesis import strategies as st
from PIL import Image
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from tests.conftest import NOON

from zuofang.reporting.evidence import worker
from zuofang.reporting.evidence.budget import MEBIBYTE, Budget
from zuofang.reporting.evidence.kinds import START_BYTES, FileKind, Unfit, check_whole, kind_of
from zuofang.reporting.evidence.uploads import Uploads, tidy_name
from zuofang.reporting.evidence.worker import examine
from zuofang.reporting.forms import new_form
from zuofang.reporting.models import EvidenceChunk, EvidenceFile
from zuofang.storage.database import Database

Make = Callable[[], bytes]
BOX = (16).to_bytes(4) + b"ftypisom" + bytes(4)
MOOV = (8).to_bytes(4) + b"moov"


def picture(mode: str = "RGB", size: tuple[int, int] = (60, 40), form: str = "JPEG", **more: object) -> bytes:
    written = io.BytesIO()
    Image.new(mode, size).save(written, form, **more)
    return written.getvalue()


def tagged(form: str) -> bytes:
    tags = Image.Exif()
    tags[0x010F] = "CanaryPhone"
    tags[0x8825] = {1: "N", 2: (30.0, 15.0, 7.0)}
    more = {"comment": b"CanaryComment"} if form == "JPEG" else {}
    return picture(form=form, exif=tags, **more)


def recording(size: int) -> bytes:
    """Silence of so many bytes."""
    form = struct.pack("<4sIHHIIHH", b"fmt ", 16, 1, 1, 8000, 16000, 2, 16)
    return (
        b"RIFF"
        + (size + 36).to_bytes(4, "little")
        + b"WAVE"
        + form
        + b"data"
        + size.to_bytes(4, "little")
        + bytes(size)
    )


def wide_open(header: tuple[int, int]) -> bytes:
    """A PNG of a few bytes that claims to be enormous."""
    plain = picture(form="PNG")
    size = header[0].to_bytes(4) + header[1].to_bytes(4)
    head = b"IHDR" + size + plain[24:29]
    return plain[:8] + (13).to_bytes(4) + head + zlib.crc32(head).to_bytes(4) + plain[33:]


HOSTILE: dict[str, bytes] = {
    "nothing": b"",
    "one byte": b"\xff",
    "a page": b"<!DOCTYPE html><script>alert(1)</script>",
    "a drawing": b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
    "a drawing after a mark": b"\xef\xbb\xbf <svg onload=alert(1)>",
    "an archive": b"PK\x03\x04" + bytes(60),
    "a packed archive": b"Rar!\x1a\x07" + bytes(60),
    "another archive": b"7z\xbc\xaf\x27\x1c" + bytes(60),
    "a program": b"MZ" + bytes(100),
    "a program of Linux": b"\x7fELF" + bytes(100),
    "an old document": bytes.fromhex("d0cf11e0a1b11ae1") + bytes(100),
    "a moving picture": picture("P", form="GIF"),
    "a picture of another kind": picture(form="BMP"),
    "a rare picture": picture(form="TIFF"),
    "a script": b"#!/bin/sh\nrm -rf /\n",
    "a playlist that fetches": b"#EXTM3U\nhttp://127.0.0.1/secret\n",
    "a false video": b"\0\0\0\x18ftypisom<script>alert(1)</script>",
    "a video without content": BOX,
    "a video that runs over": BOX + (1 << 30).to_bytes(4) + b"moov",
    "a video of nothing": BOX + (0).to_bytes(4) + b"mdat" + b"x" * 20,
    "a video with an endless box": BOX + (1).to_bytes(4) + b"moov" + (1 << 63).to_bytes(8),
    "a video of tiny boxes": BOX + (8).to_bytes(4) * 3,
    "half a picture": tagged("JPEG")[:200],
    "the beginning of a picture": b"\xff\xd8\xff\xe0" + bytes(30),
    "half a PNG": picture(form="PNG")[:40],
    "half a WebP": picture(form="WEBP")[:30],
    "a flood of pixels": wide_open((50_000, 50_000)),
    "a long thin flood": wide_open((30_000, 1)),
    "no pixels": wide_open((0, 0)),
    "a video without a track": BOX + MOOV,
    "sound of nothing": b"ID3" + bytes(40),
    "an empty stream": b"OggS" + bytes(40),
    "an empty web video": b"\x1aE\xdf\xa3" + bytes(40),
    "half a recording": b"RIFF" + (1 << 20).to_bytes(4, "little") + b"WAVE",
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_in_a_sentence(name: str) -> None:
    with pytest.raises(Unfit) as refusal:
        examine(HOSTILE[name], Budget(pixels=1_000_000))
    assert str(refusal.value.sentence).endswith("。")


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_a_viewing_copy_holds_pixels_and_nothing_else(form: str) -> None:
    content = tagged(form)
    assert b"Canary" in content
    copy = Image.open(io.BytesIO(examine(content).copy))
    assert b"Canary" not in examine(content).copy
    assert not copy.getexif()
    assert set(copy.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density", "dpi"}


@pytest.mark.parametrize("tail", [b"PK\x03\x04evil.zip", b"<script>alert(1)</script>", b"%PDF-1.4 %%EOF"])
def test_a_file_that_is_two_things_leaves_only_its_pixels(tail: bytes) -> None:
    assert tail not in examine(picture() + tail).copy


def test_a_picture_stands_upright_in_its_copy_and_is_of_moderate_size() -> None:
    tags = Image.Exif()
    tags[0x0112] = 6
    assert Image.open(io.BytesIO(examine(picture(exif=tags)).copy)).size == (40, 60)
    assert max(Image.open(io.BytesIO(examine(picture(size=(3000, 20))).copy)).size) == 2048


@given(st.binary(max_size=400))
@slow(max_examples=300)
def test_no_bytes_make_the_look_at_a_file_stumble(content: bytes) -> None:
    try:
        check_whole(kind_of(content[:START_BYTES]), content, Budget())
    except Unfit:
        return


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "..\\..\\x.php\0.jpg", "证据.jpg", "", "\u202egpj.exe", "a" * 999]
)
def test_the_name_of_a_file_is_only_a_label(name: str) -> None:
    tidy = tidy_name(name)
    assert 0 < len(tidy) <= 100
    assert not {"/", "\\", "\0", "\u202e"} & set(tidy)


def test_a_broken_upload_goes_on_where_it_stopped(database: Database) -> None:
    uploads, form, whole = Uploads(database), new_form(NOON), recording(MEBIBYTE)
    ticket = b"t" * 16
    assert uploads.begin(form, ticket, len(whole), NOON) == 0
    assert uploads.add(form, ticket, 0, whole[:MEBIBYTE]) == MEBIBYTE
    assert uploads.add(form, ticket, 0, whole[:MEBIBYTE]) == MEBIBYTE, "a piece sent twice counts once"
    assert uploads.begin(form, ticket, len(whole), NOON) == MEBIBYTE
    with pytest.raises(Unfit):
        uploads.add(form, ticket, MEBIBYTE + 5, b"x")
    assert uploads.add(form, ticket, MEBIBYTE, whole[MEBIBYTE:]) == len(whole)
    about = uploads.finish(form, ticket, "录音.wav")
    assert (about.kind, about.size) == (FileKind.wav, len(whole))
    assert uploads.waiting(form) == [about]
    assert uploads.waiting(new_form(NOON)) == []


def test_a_form_takes_no_more_files_and_bytes_than_it_may_and_others_still_can(database: Database) -> None:
    uploads, form = Uploads(database, Budget(files=2, total=100, file=80)), new_form(NOON)
    for ticket, size in ((b"a", 60), (b"b", 40)):
        uploads.begin(form, ticket * 16, size, NOON)
    for ticket, size in ((b"c", 1), (b"d", 81), (b"e", 0)):
        with pytest.raises(Unfit):
            uploads.begin(form, ticket * 16, size, NOON)
    assert uploads.begin(new_form(NOON), b"c" * 16, 60, NOON) == 0


def test_a_file_whose_turn_does_not_come_is_told_to_wait_and_not_lost(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker, "PATIENCE", 0.01)
    uploads, form = Uploads(database), new_form(NOON)
    for _ in range(worker.AT_ONCE):
        assert worker.PLACES.acquire(blocking=False)
    try:
        with pytest.raises(worker.Crowded, match="还没有收下"):
            uploads.park(form, "a.jpg", picture(), NOON)
        assert uploads.waiting(form) == []
        with Session(database.read) as session:
            assert session.scalars(select(EvidenceFile.received)).one() == len(picture())
    finally:
        for _ in range(worker.AT_ONCE):
            worker.PLACES.release()
    uploads.park(form, "a.jpg", picture(), NOON)
    assert [one.name for one in uploads.waiting(form)] == ["a.jpg"]


def test_what_is_refused_leaves_nothing_behind(database: Database) -> None:
    with pytest.raises(Unfit):
        Uploads(database).park(new_form(NOON), "x.jpg", HOSTILE["half a picture"], NOON)
    with Session(database.read) as session:
        assert session.scalar(select(func.count()).select_from(EvidenceChunk)) == 0

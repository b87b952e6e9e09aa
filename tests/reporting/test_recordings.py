"""Viewing copies of video, sound and HEIC: what is seen and heard is in them, what was said about it is not."""

from __future__ import annotations

import io
from collections.abc import Callable
from contextlib import suppress

import av
import pillow_heif
import pytest
from hypothesis import given
from hypothesis import settings as slow
from hypothesis import strategies as st
from PIL import Image

from zuofang.reporting.evidence.budget import Budget
from zuofang.reporting.evidence.kinds import START_BYTES, FileKind, Unfit, check_whole, kind_of
from zuofang.reporting.evidence.pictures import picture_copy
from zuofang.reporting.evidence.recordings import recording_copy
from zuofang.reporting.evidence.worker import examine

TOLD = {
    "title": "CanaryTitle", "comment": "CanaryComment", "artist": "CanaryArtist", "location": "+31.2300+121.4700/",
    "com.apple.quicktime.model": "CanaryPhone", "creation_time": "2026-11-05T06:07:08",
}  # fmt: skip
OF_A_TRACK = {"title": "CanaryTrack", "handler_name": "CanaryHandler"}
CANARIES = (b"Canary", b"+31.23", b"x264", b"x265", b"Lavf6", b"2026-11-05")
"""Also the encoders: x264 and x265 sign inside the picture itself, where cameras hide places."""
TAIL = b"TAGCanaryTitle".ljust(128, b"\0")
"""An old tag of MP3; behind any other file it is only rubbish."""


def made(form: str, video: str = "", audio: str = "") -> bytes:
    """A second of grey and silence with everything a telephone writes about itself."""
    written = io.BytesIO()
    with av.open(written, "w", format=form, container_options={"movflags": "use_metadata_tags"}) as file:
        file.metadata.update(TOLD)
        quiet = {"x265-params": "log-level=none"} if video == "libx265" else {}
        tracks = [file.add_stream(one, rate=rate, options=quiet if one == video else {})
                  for one, rate in ((video, 10), (audio, 8000 if "amr" in audio else 48000)) if one]  # fmt: skip
        for track in tracks:
            track.metadata.update(OF_A_TRACK)
            if track.type == "video":
                track.width, track.height, track.pix_fmt = 64, 48, "yuv420p"
            else:
                track.layout = "mono"
        for track in tracks:
            size = track.codec_context.frame_size or 1024 if track.type == "audio" else 0
            for number in range(10):
                file.mux(track.encode(_silence(track, number, size) if size else _grey(number)))
            file.mux(track.encode(None))
    return written.getvalue()


def _grey(number: int) -> av.VideoFrame:
    frame = av.VideoFrame(64, 48, "yuv420p")
    frame.pts = number
    return frame


def _silence(track: object, number: int, size: int) -> av.AudioFrame:
    frame = av.AudioFrame(format=track.format.name, layout="mono", samples=size)  # type: ignore[attr-defined]
    for plane in frame.planes:
        plane.update(bytes(plane.buffer_size))
    frame.sample_rate, frame.pts = track.rate, number * size  # type: ignore[attr-defined]
    return frame


def amr() -> bytes:
    """Bare frames of speech, as old telephones record them."""
    with av.open(io.BytesIO(made("3gp", audio="libopencore_amrnb"))) as file:
        return b"#!AMR\n" + b"".join(bytes(packet) for packet in file.demux(audio=0))


MAKERS = {
    "a video of a telephone": (FileKind.mp4, lambda: made("mp4", "libx264", "aac")),
    "a video of a newer telephone": (FileKind.mp4, lambda: made("mp4", "libx265", "aac")),
    "a video with plain sound": (FileKind.mp4, lambda: made("mov", "libx264", "pcm_s16le")),
    "a video of an old telephone": (FileKind.mp4, lambda: made("3gp", audio="libopencore_amrnb")),
    "a video of a browser": (FileKind.webm, lambda: made("webm", "libvpx", "libopus") + TAIL),
    "a memo": (FileKind.m4a, lambda: made("ipod", audio="aac")),
    "a recording": (FileKind.mp3, lambda: made("mp3", audio="libmp3lame") + TAIL),
    "a plain recording": (FileKind.wav, lambda: made("wav", audio="pcm_s16le") + TAIL),
    "a recording of a browser": (FileKind.ogg, lambda: made("ogg", audio="libopus") + TAIL),
}


def shown(content: bytes) -> list[tuple[str, int]]:
    """The tracks of a file, and how many frames of each can be decoded."""
    found = []
    with av.open(io.BytesIO(content)) as file:
        kinds = [stream.type for stream in file.streams]
    for number, kind in enumerate(kinds):
        with av.open(io.BytesIO(content)) as file:
            found.append((kind, sum(1 for _ in file.decode(file.streams[number]))))
    return found


@pytest.mark.parametrize("name", MAKERS)
def test_a_copy_of_a_recording_shows_the_same_and_tells_nothing(name: str) -> None:
    kind, make = MAKERS[name]
    content = make()
    assert b"Canary" in content
    seen = examine(content)
    assert seen.kind is kind
    assert [one for one in CANARIES if one in seen.copy] == []
    clean = content.removesuffix(TAIL)
    assert [kind for kind, frames in shown(seen.copy) if frames] == [kind for kind, _ in shown(clean)]
    assert all(abs(here[1] - there[1]) <= 1 for here, there in zip(shown(seen.copy), shown(clean), strict=True))


@pytest.mark.parametrize(
    "tail", [TAIL, b"\x3cCanaryTitleCanaryTitleCanaryTitl", b"\x3cCanaryTitle", b"\x04CanaryTitle"]
)
def test_a_dictation_is_heard_to_its_end_and_nothing_written_behind_it_stays(tail: bytes) -> None:
    """Also a tag that begins as a frame of speech does: it becomes a sound of a fiftieth of a second."""
    copy = examine(amr() + tail).copy
    assert b"Canary" in amr() + tail
    assert b"Canary" not in copy
    with av.open(io.BytesIO(copy), format="wav") as file:
        (sound,) = file.streams
        assert (sound.codec_context.name, sound.rate) == ("pcm_s16le", 8000)  # type: ignore[attr-defined]
    assert 0 <= len(copy) - len(examine(amr()).copy) <= 320
    assert len(copy) > 65 * 320


def test_a_dictation_that_would_fill_the_disk_gets_no_copy() -> None:
    assert recording_copy(FileKind.amr, amr(), Budget(file=10_000)) == b""


def test_a_plain_recording_whose_sound_runs_over_what_follows_gets_no_copy() -> None:
    content = made("wav", audio="pcm_s16le")
    place = content.index(b"data") + 4
    more = b"LIST" + (12).to_bytes(4, "little") + b"INFOCanaryEnd"[:12]
    size = len(content) - 8 + len(more)
    lying = content[:4] + size.to_bytes(4, "little") + content[8:place]
    lying += (len(content) - place - 4 + 10).to_bytes(4, "little") + content[place + 4 :] + more
    assert examine(content).copy
    assert examine(lying).copy == b""


SOURCES: dict[str, bytes] = {}


def changed(name: str, make: Callable[[], bytes], data: st.DataObject) -> bytes:
    """A file from which something was cut and into which something was put, anywhere."""
    content = SOURCES.setdefault(name, make())
    place = data.draw(st.integers(0, len(content)))
    return content[:place] + data.draw(st.binary(max_size=60)) + content[place + data.draw(st.integers(0, 200)) :]


@pytest.mark.parametrize("name", [*MAKERS, "a dictation"])
@given(st.data())
@slow(max_examples=15, deadline=None)
def test_whatever_is_changed_in_a_recording_there_is_a_copy_or_a_plain_refusal(name: str, data: st.DataObject) -> None:
    kind, make = MAKERS.get(name, (FileKind.amr, amr))
    content = changed(name, make, data)
    with suppress(Unfit):
        check_whole(kind, content, Budget())
        copy = recording_copy(kind, content, Budget())
        sounds = {FileKind.m4a: FileKind.mp4}.get(kind, kind.of_copy)
        assert not copy or kind_of(copy[:START_BYTES]) is sounds


@given(st.data())
@slow(max_examples=60, deadline=None)
def test_whatever_is_changed_in_a_heic_its_copy_shows_pixels_or_it_is_broken(data: st.DataObject) -> None:
    pillow_heif.register_heif_opener()
    # One sentence for all of them; the decoders of the child are strict, so that a warning is an error.
    with suppress(Unfit, OSError, ValueError, SyntaxError, EOFError, RuntimeError, Warning):
        copy = picture_copy(FileKind.heic, changed("heic", heic, data), Budget(pixels=1_000_000))
        assert Image.open(io.BytesIO(copy)).format == "JPEG"
        assert b"Canary" not in copy


def test_a_cover_picture_stays_behind() -> None:
    sound = made("mp3", audio="libmp3lame")
    picture = b"\0image/jpeg\0\3Canary\0" + b"\xff\xd8\xff\xe0CanaryJpeg" + bytes(50)
    frame = b"APIC" + len(picture).to_bytes(4) + b"\0\0" + picture
    size = bytes(len(frame) >> shift & 127 for shift in (21, 14, 7, 0))
    copy = examine(b"ID3\3\0\0" + size + frame + sound[sound.index(b"\xff\xfb") :]).copy
    assert copy
    assert b"Canary" not in copy


def heic() -> bytes:
    tags, written = Image.Exif(), io.BytesIO()
    tags[0x010F] = "CanaryPhone"
    place = b"<x>CanaryPlace</x>"
    pillow_heif.from_pillow(Image.new("RGB", (60, 40))).save(written, exif=tags.tobytes(), xmp=place)
    return written.getvalue()


def test_the_copy_of_a_heic_is_a_plain_jpeg() -> None:
    content = heic()
    assert b"CanaryPhone" in content
    assert b"CanaryPlace" in content
    seen = examine(content)
    assert seen.kind is FileKind.heic
    assert b"Canary" not in seen.copy
    picture = Image.open(io.BytesIO(seen.copy))
    assert (picture.format, picture.size, len(picture.getexif())) == ("JPEG", (60, 40), 0)


def flooded() -> bytes:
    """A HEIC of a few bytes that claims to be enormous."""
    plain = heic()
    place = plain.index(b"ispe") + 8
    return plain[:place] + (60_000).to_bytes(4) * 2 + plain[place + 8 :]


def cut(name: str, share: float = 0.5) -> bytes:
    content = MAKERS[name][1]().removesuffix(TAIL)
    return content[: int(len(content) * share)]


@pytest.mark.parametrize(
    "content",
    [flooded(), heic()[:300], cut("a video of a telephone"), cut("a memo"), cut("a plain recording")],
    ids=["a flood", "half a HEIC", "half a video", "half a memo", "half a recording"],
)
def test_what_is_broken_or_enormous_is_refused_in_a_sentence(content: bytes) -> None:
    with pytest.raises(Unfit) as refusal:
        examine(content, Budget(pixels=1_000_000))
    assert str(refusal.value.sentence).endswith("。")


@pytest.mark.parametrize("name", ["a video of a browser", "a recording"])
def test_a_recording_that_was_cut_off_is_copied_as_far_as_it_goes(name: str) -> None:
    content = cut(name, 0.8)  # how much stands before the first frame differs from one making to the next
    assert any(frames for _, frames in shown(examine(content).copy))


def test_a_list_of_addresses_in_the_dress_of_a_recording_is_never_followed() -> None:
    with pytest.raises(Unfit):
        examine(b"ID3\3\0\0\0\0\0\0#EXTM3U\n#EXTINF:1,\nhttp://127.0.0.1/secret\n")

"""Viewing copies of video and sound: the same picture and sound in a fresh file, without anything said of them.

What is copied is named, everything else stays behind: tags, places, cover pictures, chapters, tracks of text and of
measurements, and what cameras hide inside the picture itself (SEI). A file in which something cannot be told apart from
what it shows gets no copy; then only its original is there, for a computer set apart.

Imported in the child process before its limits hold.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import cast

import av
import av.subtitles.stream  # at the first stream it would be too late
from av.audio.frame import AudioFrame
from av.audio.stream import AudioStream
from av.bitstream import BitStreamFilterContext
from av.container import InputContainer, OutputContainer
from av.packet import Packet
from av.stream import Disposition, Stream

from zuofang.reporting.evidence.budget import Budget
from zuofang.reporting.evidence.kinds import BROKEN, FileKind, Unfit

READERS = {
    FileKind.mp4: "mov", FileKind.m4a: "mov", FileKind.webm: "matroska", FileKind.mp3: "mp3", FileKind.wav: "wav",
    FileKind.ogg: "ogg", FileKind.amr: "amr",
}  # fmt: skip
"""How a kind is read; nothing is guessed from the content, so that no playlist or list of addresses is ever opened."""
PCM = {"pcm_s16le", "pcm_s16be", "pcm_s24le", "pcm_s24be", "pcm_s32le", "pcm_f32le", "pcm_u8", "pcm_alaw", "pcm_mulaw"}
PHONE = (
    ("mp4", {"h264", "hevc", "av1", "vp9", "aac", "mp3", "opus", "alac"}),
    ("mov", {"h264", "hevc", "h263", "aac", "mp3", "alac", "amr_nb", "amr_wb", *PCM}),
)
WRITERS: dict[FileKind, tuple[tuple[str, set[str]], ...]] = {
    FileKind.mp4: PHONE,
    FileKind.m4a: PHONE,
    FileKind.webm: (
        ("webm", {"vp8", "vp9", "av1", "opus"}),
        ("matroska", {"vp8", "vp9", "av1", "h264", "hevc", "opus", "aac", "mp3", "alac", *PCM}),
    ),
    FileKind.mp3: (("mp3", {"mp3"}),),
    FileKind.wav: (("wav", PCM),),
    FileKind.ogg: (("ogg", {"opus", "vorbis"}),),
}
"""In which file which codings are written: those whose headers hold nothing but how to decode, or whose writer makes
the header anew. The comments of Vorbis travel in its header and are replaced in Ogg only."""
PARTS_OUT = {
    "h264": "filter_units=remove_types=0|6|12|24-31",
    "hevc": "filter_units=remove_types=38-63",
    "av1": "filter_units=remove_types=5|15",
}
"""The units of a picture that carry messages, padding or what a maker likes, by the numbers of their standards."""
PLAIN = {"fflags": "+bitexact", "id3v2_version": "0", "write_xing": "0"}
"""Nothing of the writer either: no program, no time, no number of the file."""
NOT_SHOWN = Disposition.attached_pic | Disposition.timed_thumbnails
FRAME_STARTS = {
    "mp3": frozenset({0xFF}),
    "amr_nb": frozenset(kind << 3 | 4 for kind in (*range(9), 15)),
    "amr_wb": frozenset(kind << 3 | 4 for kind in (*range(10), 14, 15)),
}
"""The bytes with which frames of a bare stream of sound begin (MP3: its sign; AMR, RFC 4867, 5.3: a kind of frame and
that it is whole). What lies between frames or behind the last one is a tag, and stays behind."""
SPOKEN = "pcm_s16le"


def recording_copy(kind: FileKind, content: bytes, budget: Budget) -> bytes:
    """The recording in a fresh file, of its :attr:`FileKind.of_copy`; empty where none can be made.

    Raises:
        Unfit: it cannot be read as what it begins as, or holds neither picture nor sound.
    """
    if kind is FileKind.wav and not _adds_up(content):
        return b""
    try:
        source = av.open(io.BytesIO(content), "r", format=READERS[kind], metadata_errors="replace")
    except (av.FFmpegError, ValueError):
        raise Unfit(BROKEN) from None
    with source:
        shown = [stream for stream in source.streams if _is_shown(stream)]
        if not shown:
            raise Unfit(BROKEN)
        if kind is FileKind.amr:
            return _heard(source, shown[0], budget)
        codings = {_coding(stream) for stream in shown}
        writer = next((writer for writer, known in WRITERS[kind] if codings <= known), None)
        return _written(source, shown, writer) if writer else b""


def _adds_up(content: bytes) -> bool:
    """Whether the parts of a WAV end where they say; a sound that runs over would play what stands behind it."""
    whole, place = int.from_bytes(content[4:8], "little") + 8, 12
    while place + 8 <= whole:
        place += 8 + int.from_bytes(content[place + 4 : place + 8], "little")
        place += place % 2 if place < whole else 0
    return place == whole <= len(content)


def _is_shown(stream: Stream) -> bool:
    return stream.type in ("video", "audio") and not stream.disposition & NOT_SHOWN


def _coding(stream: Stream) -> str:
    return stream.codec_context.codec.canonical_name if stream.codec_context else ""


def _written(source: InputContainer, shown: list[Stream], writer: str) -> bytes:
    """The packets of these streams, by themselves; empty where the file goes wrong on the way."""
    made = io.BytesIO()
    try:
        with av.open(made, "w", format=writer, container_options=PLAIN) as target:
            tracks = {stream.index: Track.begun(target, stream) for stream in shown}
            for packet in source.demux(shown):
                target.mux(list(tracks[packet.stream.index].parts(packet)))
    except (av.FFmpegError, ValueError, IndexError):
        return b""
    return made.getvalue()


def _heard(source: InputContainer, stream: Stream, budget: Budget) -> bytes:
    """Speech as it is heard, sample by sample; empty where that would be larger than a file may be.

    A frame of speech is so short and so plain that a tag can pass for one, and no browser plays the coding anyway.
    """
    made, starts = io.BytesIO(), FRAME_STARTS[_coding(stream)]
    with av.open(made, "w", format="wav", container_options=PLAIN) as target:
        track = cast(AudioStream, target.add_stream(SPOKEN, rate=cast(AudioStream, stream).rate, layout="mono"))
        for packet in source.demux(stream):
            if packet.size and bytes(packet)[0] in starts:
                for frame in _frames(packet):
                    target.mux(track.encode(frame))
            if made.tell() > budget.file:
                return b""
        target.mux(track.encode(None))
    return made.getvalue()


def _frames(packet: Packet[Stream]) -> list[AudioFrame]:
    """What a packet sounds like; one that cannot be read is silent, and the next one is heard again."""
    try:
        return cast(list[AudioFrame], packet.decode())
    except av.FFmpegError:
        return []


def _hevc_head(head: bytes) -> bytes:
    """The parameter sets of an ``hvcC``, each behind a start code; messages stand there too and are left out."""
    if head[:1] != HVCC:
        raise ValueError("not the head of a file")
    sets, place = [], HVCC_LISTS + 1
    for _ in range(head[HVCC_LISTS]):
        kind, units, place = head[place] & 63, int.from_bytes(head[place + 1 : place + 3]), place + 3
        for _ in range(units):
            end = place + 2 + int.from_bytes(head[place : place + 2])
            sets += [START_CODE + head[place + 2 : end]] if kind in PARAMETER_SETS else []
            place = end
    return b"".join(sets)


HVCC, HVCC_LISTS, START_CODE, PARAMETER_SETS = b"\1", 22, b"\0\0\0\1", (32, 33, 34)
"""ISO/IEC 14496-15, 8.3.3: the version, where the number of lists stands, and the types of VPS, SPS and PPS."""
HEADS: dict[str, Callable[[bytes], bytes]] = {"hevc": _hevc_head, "av1": lambda head: head[:4]}
"""How to decode, without the messages that may stand beside it (HEVC: SEI; AV1: units behind the first four bytes,
which the picture repeats)."""


@dataclass(frozen=True, slots=True)
class Track:
    """One stream of the copy: it knows how to be decoded and nothing else."""

    stream: Stream
    units: BitStreamFilterContext
    unit: Fraction | None
    """Of its times, in seconds."""
    starts: frozenset[int] | None

    @classmethod
    def begun(cls, target: OutputContainer, source: Stream) -> Track:
        """The track for a stream of the original."""
        coding, fresh = _coding(source), target.add_stream_from_template(source, opaque=True)
        units = BitStreamFilterContext(PARTS_OUT.get(coding, "null"), source, fresh)
        if coding in HEADS:
            fresh.codec_context.extradata = HEADS[coding](source.codec_context.extradata or b"")
        return cls(fresh, units, source.time_base, FRAME_STARTS.get(coding))

    def parts(self, packet: Packet[Stream]) -> Iterator[Packet[Stream]]:
        """What a packet shows: its bytes, its times and whether one can begin with it; no data that came beside it."""
        for part in self.units.filter(packet if packet.size else None):
            content = bytes(part)
            if content and part.dts is not None and self._is_frame(content):
                plain = Packet(content)
                plain.pts, plain.dts, plain.duration = part.pts, part.dts, part.duration
                plain.is_keyframe, plain.stream = part.is_keyframe, self.stream
                if self.unit is not None:
                    plain.time_base = self.unit
                yield plain

    def _is_frame(self, content: bytes) -> bool:
        return self.starts is None or content[0] in self.starts

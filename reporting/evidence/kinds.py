"""What kind of file something is, by its content; the name that came with it decides nothing."""

from __future__ import annotations

from enum import StrEnum

from zuofang.reporting.evidence.budget import Budget
from zuofang.rules.sentences import Sentence, say


class FileKind(StrEnum):
    """What is taken as evidence: pictures, video, sound and PDF."""

    jpeg = "image/jpeg"
    png = "image/png"
    webp = "image/webp"
    heic = "image/heic"
    mp4 = "video/mp4"
    webm = "video/webm"
    m4a = "audio/mp4"
    mp3 = "audio/mpeg"
    wav = "audio/wav"
    ogg = "audio/ogg"
    amr = "audio/amr"
    pdf = "application/pdf"

    @property
    def is_picture(self) -> bool:
        """Whether it shows pixels."""
        return self in (FileKind.jpeg, FileKind.png, FileKind.webp, FileKind.heic)

    @property
    def is_recording(self) -> bool:
        """Whether it is video or sound."""
        return not self.is_picture and self is not FileKind.pdf

    @property
    def of_copy(self) -> FileKind:
        """What its viewing copy is: a JPEG of any picture, plain sound of telephone speech, else of its own kind."""
        if self.is_picture:
            return FileKind.jpeg
        return FileKind.wav if self is FileKind.amr else self


class Unfit(Exception):
    """A file that is not taken; the sentence says why and what to do."""

    def __init__(self, sentence: Sentence) -> None:
        super().__init__(str(sentence))
        self.sentence = sentence


HEIC_BRANDS = {b"heic", b"heix", b"mif1", b"msf1", b"heim", b"heis"}
SOUND_BRANDS = {b"M4A ", b"M4B ", b"F4A "}
OTHERS = {
    b"PK\x03\x04": say("这是压缩包或办公文档。请解开后只传里面的照片，或者把文档另存为 PDF。"),
    b"GIF8": say("不收动图（GIF）。请截一张图，或者传视频。"),
    b"MZ": say("这是程序，不是证据。请不要打开它，也不要传给我们。"),
    b"\x7fELF": say("这是程序，不是证据。请不要打开它，也不要传给我们。"),
    b"Rar!": say("这是压缩包。请解开后只传里面的照片或者视频。"),
    b"7z\xbc\xaf": say("这是压缩包。请解开后只传里面的照片或者视频。"),
    b"\xd0\xcf\x11\xe0": say("这是旧式办公文档。请另存为 PDF 再传。"),
}
WEB_PAGE = (b"<!doctype", b"<html", b"<svg", b"<?xml", b"<script")
UNKNOWN = say(
    "认不出这是什么文件。可以传照片（JPG、PNG、WebP、HEIC）、视频（MP4、MOV、WebM）、录音（M4A、MP3、WAV、AMR）和 PDF。"
)
BROKEN = say("文件不完整或者已经损坏。请在手机上打开看看，再重新传。")
START_BYTES = 64


def kind_of(start: bytes) -> FileKind:
    """The kind of a file by its first bytes.

    Raises:
        Unfit: it is of no kind that is taken.
    """
    if start[4:8] == b"ftyp":
        return _kind_of_brand(start[8:12])
    simple = {b"\xff\xd8\xff": FileKind.jpeg, b"\x89PNG\r\n\x1a\n": FileKind.png, b"\x1aE\xdf\xa3": FileKind.webm,
              b"OggS": FileKind.ogg, b"#!AMR": FileKind.amr, b"ID3": FileKind.mp3, b"%PDF-": FileKind.pdf}  # fmt: skip
    for magic, kind in simple.items():
        if start.startswith(magic):
            return kind
    if start.startswith(b"RIFF") and start[8:12] in (b"WEBP", b"WAVE"):
        return FileKind.webp if start[8:12] == b"WEBP" else FileKind.wav
    if len(start) > 1 and start[0] == 0xFF and start[1] & 0xE0 == 0xE0 and start[1] & 0x06:
        return FileKind.mp3
    raise Unfit(_why_not(start))


def check_whole(kind: FileKind, content: bytes, budget: Budget) -> None:
    """Check what can be checked of a file without decoding it.

    Raises:
        Unfit: it was cut off, or is not what it begins as.
    """
    if kind in (FileKind.mp4, FileKind.m4a, FileKind.heic):
        _walk_boxes(content, budget)
    elif _is_cut_off(kind, content):
        raise Unfit(BROKEN)


def _is_cut_off(kind: FileKind, content: bytes) -> bool:
    return kind in (FileKind.wav, FileKind.webp) and int.from_bytes(content[4:8], "little") + 8 > len(content)


def _kind_of_brand(brand: bytes) -> FileKind:
    if brand in HEIC_BRANDS:
        return FileKind.heic
    return FileKind.m4a if brand in SOUND_BRANDS else FileKind.mp4


def _why_not(start: bytes) -> Sentence:
    if not start:
        return say("文件是空的。")
    for magic, sentence in OTHERS.items():
        if start.startswith(magic):
            return sentence
    if start.lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith(WEB_PAGE):
        return say("这是网页或者矢量图，不收。请截一张图再传。")
    return UNKNOWN


def _walk_boxes(content: bytes, budget: Budget) -> None:
    """Follow the top-level boxes of an MP4 to its end; a file that pretends does not add up."""
    place, seen = 0, set()
    for _ in range(budget.boxes):
        if place == len(content):
            break
        head = content[place : place + 16]
        size, name = int.from_bytes(head[:4]), head[4:8]
        size = int.from_bytes(head[8:16]) if size == 1 else len(content) - place if size == 0 else size
        if size < 8 or place + size > len(content) or not name.isascii():
            raise Unfit(BROKEN)
        seen.add(name)
        place += size
    if place != len(content) or not seen & {b"moov", b"moof", b"meta"}:
        raise Unfit(BROKEN)

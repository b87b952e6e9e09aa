"""The child process: it limits itself, looks at one file from standard input and answers with its viewing copy.

Standard output carries the copy of a picture, pixels only and nothing that came with them; of other kinds, nothing.
Standard error carries one JSON object: the kind, or the refusal. The exit status says which.
"""

from __future__ import annotations

import io
import json
import os
import resource
import sys
import warnings
from typing import Any

from zuofang.reporting.evidence.budget import Budget
from zuofang.reporting.evidence.kinds import BROKEN, START_BYTES, FileKind, Unfit, check_whole, kind_of
from zuofang.rules.sentences import Sentence, say

REFUSED = 3
FORMATS = {FileKind.jpeg: "JPEG", FileKind.png: "PNG", FileKind.webp: "WEBP"}
WHITE = (255, 255, 255)
STANDARD_STREAMS = 3


def main() -> None:
    """Look at the file on standard input under the budget named by the first argument (JSON)."""
    budget = Budget(**json.loads(sys.argv[1]))
    content = sys.stdin.buffer.read(budget.file + 1)
    try:
        kind = _kind(content, budget)
        copy = _copy(kind, content, budget) if kind.is_picture else b""
    except Unfit as refusal:
        _finish(refusal.sentence)
    except MemoryError:
        _finish(say("图片太大，内存不够。请用手机缩小后再传。"))
    except Exception:  # whatever a hostile file does to a decoder, the answer is one sentence
        _finish(BROKEN)
    sys.stdout.buffer.write(copy)
    sys.stdout.buffer.flush()
    sys.stderr.write(json.dumps({"kind": kind.value}))


def _kind(content: bytes, budget: Budget) -> FileKind:
    if len(content) > budget.file:
        raise Unfit(say("文件太大。"))
    kind = kind_of(content[:START_BYTES])
    check_whole(kind, content, budget)
    return kind


def _copy(kind: FileKind, content: bytes, budget: Budget) -> bytes:
    """The pixels of a picture in a fresh one, upright and of moderate size."""
    sys.modules["numpy"] = None  # type: ignore[assignment]  # reserves memory for every core of the machine
    from PIL import Image, ImageOps, MpoImagePlugin, TiffImagePlugin, WebPImagePlugin  # noqa: F401 - see below

    Image.preinit()  # everything is imported now, because no file can be opened once the limits hold
    Image.MAX_IMAGE_PIXELS = None  # measured below, with a sentence of its own
    warnings.simplefilter("error")
    _limit(budget)
    with Image.open(io.BytesIO(content), formats=[FORMATS[kind]]) as picture:
        _measure(picture.size, budget)
        picture.draft("RGB", (budget.copy_side, budget.copy_side))
        upright: Any = ImageOps.exif_transpose(picture)
        upright.thumbnail((budget.copy_side, budget.copy_side))
        plain = Image.new("RGB", upright.size, WHITE)
        layer = upright.convert("RGBA")
        plain.paste(layer, mask=layer)
    written = io.BytesIO()
    plain.save(written, "JPEG", quality=budget.copy_quality)
    return written.getvalue()


def _measure(size: tuple[int, int], budget: Budget) -> None:
    if max(size) > budget.side or size[0] * size[1] > budget.pixels:
        raise Unfit(say("图片超过 %(limit)s 万像素。请用手机缩小后再传。", limit=budget.pixels // 10_000))


def _limit(budget: Budget) -> None:
    """Bind this process: memory, time, no file and no connection opened from now on, no child, no core."""
    for what, most in (
        (resource.RLIMIT_AS, budget.memory),
        (resource.RLIMIT_CPU, budget.processor),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, STANDARD_STREAMS),
    ):
        resource.setrlimit(what, (most, most))


def _finish(sentence: Sentence) -> None:
    sys.stderr.write(json.dumps({"text": sentence.text, "values": sentence.values}))
    sys.stderr.flush()
    os._exit(REFUSED)  # a decoder that ran out of memory may not survive an orderly end

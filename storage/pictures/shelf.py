"""The shelf of pictures: each copy is a file whose name begins with the digest of the picture, and never changes.

Only what was made by us lies here; the file that somebody sent is kept nowhere. Whether a picture is public says its
row in the database, not the file.
"""

from __future__ import annotations

import hashlib
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from zuofang.rules.sentences import Sentence, say
from zuofang.storage.acts import Refused
from zuofang.storage.children import answered, command
from zuofang.storage.pictures.budget import KINDS, MEBIBYTE, SHIPPED, Budget, widths_of

CHILD = "zuofang.storage.pictures.child"
DIGEST_LETTERS = 32
"""Hexadecimal letters of a SHA-256 that name a picture: 128 bits."""
TOO_MUCH = say("读这张图片超出了允许的内存或时间，已经停止。请缩小后再传。")


@dataclass(frozen=True, slots=True)
class Made:
    """A picture on the shelf: the digest that names it, and its size in pixels as it is kept."""

    digest: str
    width: int
    height: int


def put(folder: Path, content: bytes, budget: Budget = SHIPPED) -> Made:
    """Make the copies of a picture that somebody sent and put them on the shelf; the same picture is put there once.

    Raises:
        Refused: it is no picture, is damaged, too small, or asks for more than the budget.
    """
    if len(content) > budget.file:
        raise Refused(say("图片超过 %(limit)s MB。请缩小后再传。", limit=budget.file // MEBIBYTE))
    told, stream = _in_child(content, budget)
    copies = list(_cut(told["copies"], stream))
    digest = hashlib.sha256(copies[-1][2]).hexdigest()[:DIGEST_LETTERS]
    folder.mkdir(parents=True, exist_ok=True, mode=0o750)
    for width, kind, written in copies:
        _write(folder / name_of(digest, width, kind), written)
    return Made(digest, told["width"], told["height"])


def name_of(digest: str, width: int, kind: str) -> str:
    """The name of a copy, which is also the end of its address."""
    return f"{digest}-{width}.{kind}"


def digest_in(name: str) -> str:
    """The digest in the name of a copy."""
    return name[:DIGEST_LETTERS]


def missing(folder: Path, digest: str, width: int) -> list[str]:
    """The names of the copies of a picture that do not lie on the shelf."""
    names = [name_of(digest, one, kind) for one in widths_of(width) for kind in KINDS]
    return [name for name in names if not (folder / name).is_file()]


def take_off(folder: Path, digest: str) -> None:
    """Take every copy of a picture off the shelf, for good."""
    for path in folder.glob(f"{digest}-*"):
        path.unlink()


def _write(path: Path, content: bytes) -> None:
    if not path.exists():
        fresh = path.with_name(path.name + ".new")
        fresh.write_bytes(content)
        fresh.rename(path)


def _in_child(content: bytes, budget: Budget) -> tuple[dict[str, Any], bytes]:
    asked = command(CHILD, budget)
    try:
        done = subprocess.run(  # noqa: S603 - our own interpreter, and nothing from the file is an argument
            asked, input=content, capture_output=True, timeout=budget.patience, cwd="/", env={}, check=False
        )
    except subprocess.TimeoutExpired:
        raise Refused(TOO_MUCH) from None
    found = answered(done.returncode, done.stderr)
    if isinstance(found, Sentence):
        raise Refused(found)
    if "copies" not in found:
        raise Refused(TOO_MUCH)
    return found, done.stdout


def _cut(lengths: list[tuple[int, str, int]], stream: bytes) -> Iterator[tuple[int, str, bytes]]:
    place = 0
    for width, kind, length in lengths:
        yield width, kind, stream[place : place + length]
        place += length

"""Opening a table that a stranger sent. All of it is read by a child process before any row is handed out."""

from __future__ import annotations

import hashlib
import json
import os
import selectors
import stat
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from zuofang.rules.sentences import Sentence, say
from zuofang.storage.acts import Refused
from zuofang.storage.children import answered, command
from zuofang.storage.sheets.budget import MEBIBYTE, SHIPPED, Budget
from zuofang.storage.sheets.child import LENGTH_BYTES

Rows = list[list[str]]

CHILD = "zuofang.storage.sheets.child"
BLOCK = 256 * 1024
TOO_MUCH = say("读这个表格超出了允许的内存或时间，已经停止。请分成几个文件，或者另存为 .csv。")


class BadTable(Refused):
    """A file that cannot be read as a table; the sentence says why and what to do."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table that was read: how many rows it has, the digest of its file, and the rows themselves, kept on disk."""

    rows: int
    sha256: str
    _frames: IO[bytes]

    def batches(self) -> Iterator[Rows]:
        """The rows in order, some hundreds at a time. A blank row is an empty list."""
        self._frames.seek(0)
        while head := self._frames.read(LENGTH_BYTES):
            yield json.loads(self._frames.read(int.from_bytes(head, "big")))


@contextmanager
def open_table(file: Path, budget: Budget = SHIPPED) -> Iterator[Table]:
    """Read a table; it lasts as long as the block.

    Raises:
        BadTable: the file is no table, is damaged, or asks for more than the budget.
        OSError: there is no such file, or it may not be read.
    """
    with open(file, "rb", opener=_without_waiting) as source, tempfile.TemporaryFile() as frames:
        _refuse_at_sight(source, budget)
        digest = hashlib.file_digest(source, "sha256").hexdigest()
        source.seek(0)
        told = _read_in_child(source, frames, budget)
        yield Table(int(told["rows"]), digest, frames)


@contextmanager
def open_sent_table(content: bytes, budget: Budget) -> Iterator[Table]:
    """Read a table that came with a request; what is written meanwhile has no name on disk and goes with the block.

    Raises:
        BadTable: it is no table, is damaged, or asks for more than the budget.
    """
    with tempfile.TemporaryFile() as source, tempfile.TemporaryFile() as frames:
        source.write(content)
        source.seek(0)
        _refuse_at_sight(source, budget)
        told = _read_in_child(source, frames, budget)
        yield Table(int(told["rows"]), hashlib.sha256(content).hexdigest(), frames)


def _without_waiting(path: str, flags: int) -> int:
    return os.open(path, flags | os.O_NONBLOCK | os.O_CLOEXEC)  # a named pipe would keep us waiting for ever


def _refuse_at_sight(source: IO[bytes], budget: Budget) -> None:
    known = os.fstat(source.fileno())
    if not stat.S_ISREG(known.st_mode):
        raise BadTable(say("这不是普通文件。"))
    if known.st_size > budget.file:
        raise BadTable(say("文件超过 %(limit)s MB。请分成几个文件。", limit=budget.file // MEBIBYTE))


def _read_in_child(source: IO[bytes], frames: IO[bytes], budget: Budget) -> dict[str, Any]:
    """Let a child read ``source`` and collect its frames.

    Raises:
        BadTable: the child refused the file, or died of it.
    """
    with subprocess.Popen(  # noqa: S603 - our own interpreter, and nothing from the file is an argument
        command(CHILD, budget), stdin=source, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd="/",
        env={"OPENPYXL_LXML": "False"},
    ) as child:  # fmt: skip
        try:
            _collect(child, frames, budget)
            told = child.stderr.read(BLOCK) if child.stderr else b""
        finally:
            child.kill()
    found = answered(child.wait(), told)
    if isinstance(found, Sentence):
        raise BadTable(found)
    if "rows" not in found:
        raise BadTable(TOO_MUCH)
    return found


def _collect(child: subprocess.Popen[bytes], frames: IO[bytes], budget: Budget) -> None:
    if child.stdout is None:
        raise AssertionError
    size = 0
    with selectors.DefaultSelector() as pipe:  # select() itself fails in a process with more than 1,024 open files
        pipe.register(child.stdout, selectors.EVENT_READ)
        while pipe.select(budget.silence):
            block = os.read(child.stdout.fileno(), BLOCK)
            if not block:
                return
            size += frames.write(block)
            if size > budget.unpacked:
                raise BadTable(say("表格解开后超过 %(limit)s MB。请分成几个文件。", limit=budget.unpacked // MEBIBYTE))
    raise BadTable(say("读这个表格用的时间太长，已经停止。请分成几个文件，或者另存为 .csv。"))

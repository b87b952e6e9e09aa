"""Letting a child process look at a file that a stranger sent."""

from __future__ import annotations

import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from zuofang.reporting.evidence.budget import SHIPPED, Budget
from zuofang.reporting.evidence.copies import Copy, Lack
from zuofang.reporting.evidence.kinds import START_BYTES, FileKind, Unfit, kind_of
from zuofang.rules.sentences import Sentence, say
from zuofang.storage.children import answered, command

CHILD = "zuofang.reporting.evidence.child"
AT_ONCE = 2
"""Files that one process lets its children look at together: each may take a core and much memory for a while, and who
sends them has proved nothing yet."""
PATIENCE = 2.0
"""Seconds to wait for one of these places."""
TOO_MUCH = say("读这个文件超出了允许的内存或时间，已经停止。请缩小照片，或者换一个文件。")


CROWDED = say("现在看文件的人多，这个文件还没有收下。请过一分钟再选一次。")
PLACES = threading.BoundedSemaphore(AT_ONCE)


class Crowded(Unfit):
    """So many files are being looked at that this one must wait; nothing is wrong with it."""


@dataclass(frozen=True, slots=True)
class Examined:
    """What the child found: the kind, and a copy of what is seen and heard; empty where none can be made."""

    kind: FileKind
    made: Copy

    @property
    def copy(self) -> bytes:
        """The bytes of the copy."""
        return self.made.content


def examine(content: bytes, budget: Budget = SHIPPED) -> Examined:
    """Look at a file.

    Raises:
        Crowded: its turn did not come.
        Unfit: it is not taken; the sentence says why.
    """
    kind = kind_of(content[:START_BYTES])  # what is plainly nothing of ours costs no process
    with _a_place():
        return _examined(kind, content, budget)


@contextmanager
def _a_place() -> Iterator[None]:
    if not PLACES.acquire(timeout=PATIENCE):
        raise Crowded(CROWDED)
    try:
        yield
    finally:
        PLACES.release()


def _examined(kind: FileKind, content: bytes, budget: Budget) -> Examined:
    asked = command(CHILD, budget)
    try:
        done = subprocess.run(  # noqa: S603 - our own interpreter, and nothing from the file is an argument
            asked, input=content, capture_output=True, timeout=budget.patience, cwd="/", env={}, check=False
        )
    except subprocess.TimeoutExpired:
        return _without_copy(kind)
    found = answered(done.returncode, done.stderr)
    if isinstance(found, Sentence):
        raise Unfit(found)
    if "kind" not in found:
        return _without_copy(kind)
    lack = Lack(found["lack"]) if found["lack"] else None
    return Examined(FileKind(found["kind"]), Copy(done.stdout, tuple(found["pages"]), found["of"], lack))


def _without_copy(kind: FileKind) -> Examined:
    """What follows when the child had to be stopped: a document can be read elsewhere, anything else is refused.

    Raises:
        Unfit: it is no document.
    """
    if kind is not FileKind.pdf:
        raise Unfit(TOO_MUCH)
    return Examined(kind, Copy(lack=Lack.too_much))

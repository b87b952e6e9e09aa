"""Letting a child process look at a file that a stranger sent."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import zuofang
from zuofang.reporting.evidence.budget import SHIPPED, Budget
from zuofang.reporting.evidence.copies import Copy, Lack
from zuofang.reporting.evidence.kinds import START_BYTES, FileKind, Unfit, kind_of
from zuofang.rules.sentences import Sentence, say
from zuofang.storage.confinement import REFUSED

ROOT = Path(zuofang.__file__).parents[1]
START = "import sys; sys.path.insert(0, sys.argv.pop()); from zuofang.reporting.evidence.child import main; main()"
TOO_MUCH = say("读这个文件超出了允许的内存或时间，已经停止。请缩小照片，或者换一个文件。")


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
        Unfit: it is not taken; the sentence says why.
    """
    kind = kind_of(content[:START_BYTES])  # what is plainly nothing of ours costs no process
    command = [sys.executable, "-I", "-c", START, json.dumps(asdict(budget)), str(ROOT)]
    try:
        done = subprocess.run(  # noqa: S603 - our own interpreter, and nothing from the file is an argument
            command, input=content, capture_output=True, timeout=budget.patience, cwd="/", env={}, check=False
        )
    except subprocess.TimeoutExpired:
        return _without_copy(kind)
    message = _message(done.stderr)
    if done.returncode == REFUSED and "text" in message:
        raise Unfit(Sentence(message["text"], message["values"]))
    if done.returncode != 0 or "kind" not in message:
        return _without_copy(kind)
    lack = Lack(message["lack"]) if message["lack"] else None
    return Examined(FileKind(message["kind"]), Copy(done.stdout, tuple(message["pages"]), message["of"], lack))


def _without_copy(kind: FileKind) -> Examined:
    """What follows when the child had to be stopped: a document can be read elsewhere, anything else is refused.

    Raises:
        Unfit: it is no document.
    """
    if kind is not FileKind.pdf:
        raise Unfit(TOO_MUCH)
    return Examined(kind, Copy(lack=Lack.too_much))


def _message(told: bytes) -> dict[str, Any]:
    """What the child said; nothing where it was stopped before it could."""
    try:
        return dict(json.loads(told))
    except ValueError:
        return {}

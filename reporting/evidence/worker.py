"""Letting a child process look at a file that a stranger sent."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import asdict, dataclass
from pathlib import Path

import zuofang
from zuofang.reporting.evidence.budget import SHIPPED, Budget
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
    copy: bytes


def examine(content: bytes, budget: Budget = SHIPPED) -> Examined:
    """Look at a file.

    Raises:
        Unfit: it is not taken; the sentence says why.
    """
    kind_of(content[:START_BYTES])  # what is plainly nothing of ours costs no process
    command = [sys.executable, "-I", "-c", START, json.dumps(asdict(budget)), str(ROOT)]
    try:
        done = subprocess.run(  # noqa: S603 - our own interpreter, and nothing from the file is an argument
            command, input=content, capture_output=True, timeout=budget.patience, cwd="/", env={}, check=False
        )
    except subprocess.TimeoutExpired:
        raise Unfit(TOO_MUCH) from None
    return Examined(_verdict(done.returncode, done.stderr), done.stdout)


def _verdict(status: int, told: bytes) -> FileKind:
    try:
        message = json.loads(told)
    except ValueError:
        message = {}
    if status == REFUSED and "text" in message:
        raise Unfit(Sentence(message["text"], message["values"]))
    if status != 0 or "kind" not in message:
        raise Unfit(TOO_MUCH)
    return FileKind(message["kind"])

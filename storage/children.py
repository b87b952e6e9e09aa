"""Letting a child process read a file that a stranger sent: how it is begun, and what it answers when it ends."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import zuofang
from zuofang.rules.sentences import Sentence
from zuofang.storage.confinement import REFUSED

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

ROOT = Path(zuofang.__file__).parents[1]
START = "import sys; sys.path.insert(0, sys.argv.pop()); from {module} import main; main()"


def command(module: str, budget: DataclassInstance) -> list[str]:
    """The command that begins the ``main`` of a module of ours: our own interpreter, alone, and its budget.

    Nothing of the file is an argument; it is read from standard input.
    """
    return [sys.executable, "-I", "-c", START.format(module=module), json.dumps(asdict(budget)), str(ROOT)]


def answered(status: int, told: bytes) -> dict[str, Any] | Sentence:
    """What a child said of the file, or the sentence with which it refused it; nothing where it died of it."""
    try:
        message: dict[str, Any] = json.loads(told)
    except ValueError:
        return {}
    if status == REFUSED and "text" in message:
        return Sentence(message["text"], message["values"])
    return message if status == 0 else {}

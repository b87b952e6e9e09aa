"""What a child process that reads a stranger's file binds itself to, and how it says that it refuses the file."""

from __future__ import annotations

import json
import os
import resource
import sys
from typing import NoReturn

from zuofang.rules.sentences import Sentence

REFUSED = 3
"""The status with which a child ends that refuses the file; the sentence is on its standard error, as JSON."""
STANDARD_STREAMS = 3


def confine(memory: int, processor: int, *, opens: bool = False) -> None:
    """Bind this process: bytes of memory, seconds of processor time, nothing written.

    Unless it ``opens`` what it still has to import, it can open no file and no connection from now on.
    """
    for what, most in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, processor),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        *([] if opens else [(resource.RLIMIT_NOFILE, STANDARD_STREAMS)]),
    ):
        bound = resource.getrlimit(what)[1]  # whoever started us may have bound us more tightly
        least = most if bound == resource.RLIM_INFINITY else min(most, bound)
        resource.setrlimit(what, (least, least))


def refuse_and_end(sentence: Sentence) -> NoReturn:
    """Say why the file is refused, and end at once: a decoder that ran out of memory may not survive an orderly end."""
    sys.stderr.write(json.dumps({"text": sentence.text, "values": sentence.values}))
    sys.stderr.flush()
    os._exit(REFUSED)

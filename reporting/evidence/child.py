"""The child process: it limits itself, looks at one file from standard input and answers with its viewing copy.

Standard output carries the copy: the pixels of a picture, the picture and sound of a recording, the drawn pages of a
document, and nothing that came with them. Standard error carries one JSON object: the kind and what is to be known of
the copy, or the refusal. The exit status says which.
"""

from __future__ import annotations

import json
import os
import sys

from zuofang.reporting.evidence.budget import Budget
from zuofang.reporting.evidence.copies import Copy
from zuofang.reporting.evidence.kinds import BROKEN, START_BYTES, FileKind, Unfit, check_whole, kind_of
from zuofang.rules.sentences import say
from zuofang.storage.confinement import confine, refuse_and_end


def main() -> None:
    """Look at the file on standard input under the budget named by the first argument (JSON)."""
    sys.modules["numpy"] = None  # type: ignore[assignment]  # reserves memory for every core of the machine
    budget = Budget(**json.loads(sys.argv[1]))
    content = sys.stdin.buffer.read(budget.file + 1)
    try:
        kind = _kind(content, budget)
        copy = _copy(kind, content, budget)
    except Unfit as refusal:
        refuse_and_end(refusal.sentence)
    except MemoryError:
        refuse_and_end(say("文件太大，内存不够。照片请缩小、视频请剪短后再传。"))
    except Exception:  # whatever a hostile file does to a decoder, the answer is one sentence
        refuse_and_end(BROKEN)
    sys.stdout.buffer.write(copy.content)
    sys.stdout.buffer.flush()
    sys.stderr.write(json.dumps({"kind": kind.value, "pages": copy.pages, "of": copy.of, "lack": copy.lack}))
    sys.stderr.flush()
    os._exit(0)  # a decoder that was fed a hostile file may not survive an orderly end


def _kind(content: bytes, budget: Budget) -> FileKind:
    if len(content) > budget.file:
        raise Unfit(say("文件太大。"))
    kind = kind_of(content[:START_BYTES])
    check_whole(kind, content, budget)
    return kind


def _copy(kind: FileKind, content: bytes, budget: Budget) -> Copy:
    """The viewing copy. Everything is imported before the limits hold, because no file can be opened afterwards."""
    if kind.is_recording:
        from zuofang.reporting.evidence.recordings import recording_copy

        confine(budget.memory, budget.processor)
        return Copy(recording_copy(kind, content, budget))
    from zuofang.reporting.evidence.pictures import make_ready, picture_copy

    make_ready()
    if kind.is_picture:
        confine(budget.memory, budget.processor)
        return Copy(picture_copy(kind, content, budget))
    from zuofang.reporting.evidence.documents import document_copy

    confine(budget.memory, budget.processor)
    return document_copy(content, budget)

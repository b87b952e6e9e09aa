"""What was made of a file for people to look at, or why nothing could be."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from zuofang.rules.sentences import Sentence, say


class Lack(StrEnum):
    """Why a document that is taken has no viewing copy; its original lies sealed all the same."""

    locked = "locked"
    unreadable = "unreadable"
    too_much = "too_much"


TOLD: dict[Lack, Sentence] = {
    Lack.locked: say("这份 PDF 有密码，我们打不开；原件照样封存。请再传一份没有密码的，或者把密码写在经过里。"),
    Lack.unreadable: say("这份 PDF 读不出页面，可能不完整；原件照样封存。能重新导出或者拍照的，请再传一份。"),
    Lack.too_much: say("这份 PDF 太大或者太复杂，做不出浏览副本；原件照样封存，办案人员会在专门的电脑上看。"),
}
"""What the sender is told about it."""


@dataclass(frozen=True, slots=True)
class Copy:
    """A viewing copy: of a document, the pictures of its first pages one behind the other."""

    content: bytes = field(default=b"", repr=False)
    pages: tuple[int, ...] = ()
    """Bytes of the picture of each page."""
    of: int = 0
    """Pages of the whole document."""
    lack: Lack | None = None

    def page(self, number: int) -> bytes:
        """The picture of one page, from 1; empty where there is none."""
        if not 1 <= number <= len(self.pages):
            return b""
        start = sum(self.pages[: number - 1])
        return self.content[start : start + self.pages[number - 1]]

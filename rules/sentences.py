"""Sentences that a rule says about a case, kept apart from the language they are read in.

A rule knows nothing of languages or pages. It answers with a :class:`Sentence`: Chinese text with named places and the
values for them. ``str()`` gives the Chinese; a page looks the text up in its own language and fills in the same values.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence with named places, for example ``say("检出 %(value)s，限量为 %(limit)s", value=…, limit=…)``."""

    text: str
    values: dict[str, Any] = field(default_factory=dict, hash=False)

    def __str__(self) -> str:
        return self.text % self.values if self.values else self.text


def say(text: str, /, **values: Any) -> Sentence:
    """Make a sentence; the translation catalogue collects the texts given to this function."""
    return Sentence(text, values)

"""One errand under way, and what its kinds have in common."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic
from typing import Any

from zuofang.rules.sentences import Sentence
from zuofang.site.locales import LANGUAGES
from zuofang.site.voice import voice_of
from zuofang.storage.acts import Office
from zuofang.storage.errands import Ended, ErrandState, Folder, Progress
from zuofang.storage.settings import Settings

NOTED_EVERY = 0.5
"""Seconds between two notes of how far an errand has come."""


@dataclass(slots=True)
class Job:
    """What a kind of errand works with. ``who`` is the account that asked."""

    office: Office
    settings: Settings
    errand: int
    who: str
    wanted: Mapping[str, Any]
    folder: Folder
    _noted: float = field(default=-NOTED_EVERY)

    @property
    def place(self) -> Path:
        """The folder of this errand."""
        return self.folder.of(self.errand)

    def tell(self, what: str, share: float) -> None:
        """Note how far it has come, a few times a second at most.

        Raises:
            Stopped: it shall stop.
        """
        now = monotonic()
        if now - self._noted >= NOTED_EVERY:
            self._noted = now
            self.folder.tell(self.errand, Progress(what, min(max(share, 0.0), 1.0)))


Do = Callable[[Job], Ended]


def both(sentence: Sentence) -> dict[str, str]:
    """A sentence in every language, by the code of the language."""
    return {language.code: voice_of(language.code).sentence(sentence) for language in LANGUAGES}


def done(sentence: Sentence, *, file: str | None = None, **told: Any) -> Ended:
    """An errand that is done, and what is said of it."""
    return Ended(ErrandState.done, {"sentence": both(sentence), **told}, file)


def refused(sentence: Sentence, **told: Any) -> Ended:
    """An errand that cannot be done, and why."""
    return Ended(ErrandState.refused, {"sentence": both(sentence), **told})

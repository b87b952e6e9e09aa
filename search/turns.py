"""Working beside an index that answers: one piece after the other, and a rest after each."""

from __future__ import annotations

import threading
from time import perf_counter, sleep
from types import TracebackType


class Turns:
    """One piece of work at a time; after each a rest, so many times as long as it took.

    Being polite to the scheduler is not enough: memory and disk are shared as well.
    """

    def __init__(self, rest: float) -> None:
        self._rest, self._one = rest, threading.Lock()

    def __enter__(self) -> None:
        """Wait for one's turn."""
        self._one.acquire()
        self._began = perf_counter()

    def __exit__(
        self, kind: type[BaseException] | None, failure: BaseException | None, at: TracebackType | None
    ) -> None:
        if kind is None:
            sleep((perf_counter() - self._began) * self._rest)
        self._one.release()

"""Who comes to which desk on which day: the city lives through its months one transaction after the other.

Acts are recorded at the moment they would have been done, so that the journal of the city reads like one that grew.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from enum import Enum
from heapq import heappop, heappush

from zuofang.storage.acts import Desk, Office
from zuofang.storage.backups import Progress, silent
from zuofang.traceability.recalls import CHINA

Act = Callable[[Desk], object]


class Shift(Enum):
    """A desk, the time of day at which it works, and who sits there."""

    workshop = time(6, 30), "作坊主"
    laboratory = time(14, 30), "检验员"
    dispatch = time(16, 30), "放行员"
    bureau = time(17, 15), "监管员"
    review = time(17, 40), "复核员"

    @property
    def hour(self) -> time:
        """The time of day, in China."""
        return self.value[0]

    @property
    def who(self) -> str:
        """The name in the journal."""
        return self.value[1]


@contextmanager
def at_desk(office: Office, day: date, shift: Shift) -> Iterator[Desk]:
    """One transaction at a desk, at its time on a day that may be long ago."""
    moment = moment_of(day, shift)
    with replace(office, clock=lambda: moment).writing(shift.who) as desk:
        yield desk


def moment_of(day: date, shift: Shift) -> datetime:
    """When a desk works on a day."""
    return moment_at(day, shift.hour)


def moment_at(day: date, hour: time) -> datetime:
    """A time of day in China."""
    return datetime.combine(day, hour, CHINA)


@dataclass(slots=True)
class Agenda:
    """What is to be done from the ``opening`` of the register until ``today``.

    What would have been done earlier is done on the first day; what lies ahead is never done.
    """

    opening: date
    today: date
    _due: dict[tuple[date, time], list[Act]] = field(default_factory=lambda: defaultdict(list))
    _order: list[tuple[date, time, str]] = field(default_factory=list)

    def add(self, day: date, shift: Shift, act: Act) -> None:
        """Put an act on the list of a desk; acts of one desk and day are done in the order they were put there."""
        if day > self.today:
            return
        day = max(day, self.opening)
        acts = self._due[day, shift.hour]
        if not acts:
            heappush(self._order, (day, shift.hour, shift.name))
        acts.append(act)

    def run(self, office: Office, tell: Progress = silent) -> None:
        """Do everything that is due by the office's clock, in order of time; acts may put further acts on the list."""
        now, length = office.clock(), max((self.today - self.opening).days, 1)
        while self._order:
            day, hour, shift = heappop(self._order)
            tell(f"{day}", min((day - self.opening).days / length, 1.0))
            if moment_at(day, hour) > now:
                break
            with at_desk(office, day, Shift[shift]) as desk:
                for act in self._due.pop((day, hour)):
                    act(desk)

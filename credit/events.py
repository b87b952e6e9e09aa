"""What can happen to a record after it was made. An event is a fact with its day; it never edits the record."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Self


class Change(StrEnum):
    """What became of the decision a record rests on (PUB Art 11)."""

    changed = "变更"
    annulled = "撤销"
    unlawful = "确认违法"
    void = "确认无效"


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that happened on the day ``on``; ``why`` is the reason that stands in its document."""

    on: date
    why: str = ""

    def as_of(self, on: date) -> Self:
        """Return the event as it was known on the day ``on``."""
        return self


@dataclass(frozen=True, slots=True, kw_only=True)
class Annulled(Event):
    """The decision was changed, annulled, held unlawful or void (被依法变更、撤销、确认违法、确认无效)."""

    change: Change = Change.annulled


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawn(Event):
    """The bureau took the record back because it should not have been shown (撤回公示)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Corrected(Event):
    """What was shown was put right (更正); the term runs on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Repaired(Event):
    """Credit repair was granted (准予信用修复)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RepairRefused(Event):
    """Credit repair was refused; ``fraud`` where the party gave false material (弄虚作假)."""

    fraud: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RepairRevoked(Event):
    """A granted repair or removal was revoked because it was got by fraud (撤销准予修复、撤销移出)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Delisted(Event):
    """The party was removed from the serious-violation list (移出严重违法失信名单).

    It stands on the listing itself and on every penalty that the listing rests on.
    """


@dataclass(frozen=True, slots=True, kw_only=True)
class Deregistered(Event):
    """The party was lawfully deregistered (注销登记)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Repeated(Event):
    """The party was penalised again: for a breach of the same kind (PUB Art 16), while listed more heavily (REP 13)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stayed(Event):
    """A court or the reviewing body stopped the execution of the decision (停止执行), until ``lifted_on``."""

    lifted_on: date | None = None

    def as_of(self, on: date) -> Stayed:
        """Return the stay as known on ``on``: a lifting that is still to come is not known yet."""
        if self.lifted_on is not None and self.lifted_on > on:
            return replace(self, lifted_on=None)
        return self

"""Measures that are no penalty and stand in the credit file: interviews, orders to rectify, referrals to the police.

What of them may be public, and for how long, :mod:`zuofang.credit.publishing.measure` decides.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import ClassVar

from zuofang.credit.records import Record


class Called(StrEnum):
    """Who was called in: one operator (个别约谈), or a whole trade of a place (行业约谈)."""

    one = "个别约谈"
    trade = "行业约谈"


@dataclass(frozen=True, slots=True, kw_only=True)
class Interview(Record):
    """An interview with the bureau (责任约谈, FSL Art 114); it goes into the credit file (INSP Art 41).

    ``ground`` says why; ``promised`` what the operator promised, to be done by ``promised_until``; ``kept_on`` is the
    day the bureau found the promise kept. An interview of a trade names the ``trade`` and the ``place`` and says
    nothing against any one of those called in. Who spoke for the operator is never written here.
    """

    held_on: date
    ground: str
    called: Called = Called.one
    trade: str = ""
    place: str = ""
    attended: bool = True
    promised: str = ""
    promised_until: date | None = None
    kept_on: date | None = None

    dated_facts: ClassVar[tuple[str, ...]] = ("published_on", "kept_on")

    def __post_init__(self) -> None:
        Record.__post_init__(self)
        if (self.called is Called.trade) != bool(self.trade and self.place):
            raise ValueError("an interview of a trade names the trade and the place, and only such a one does")

    @property
    def made_on(self) -> date:
        """The day of the interview."""
        return self.held_on


@dataclass(frozen=True, slots=True, kw_only=True)
class Rectification(Record):
    """An order to put something right (责令改正、限期整改) and what came of it; it is no penalty.

    ``due_on`` is the last day of the order, ``done_on`` the day on which the operator said it was done, ``accepted_on``
    the day on which the bureau looked again and found it done (复查合格).
    """

    ordered_on: date
    demands: str
    basis: str = ""
    due_on: date | None = None
    done_on: date | None = None
    accepted_on: date | None = None

    dated_facts: ClassVar[tuple[str, ...]] = ("published_on", "done_on", "accepted_on")

    @property
    def made_on(self) -> date:
        """The day of the order."""
        return self.ordered_on


@dataclass(frozen=True, slots=True, kw_only=True)
class Referral(Record):
    """A case handed to the police because a crime is suspected (移送公安机关).

    ``suspicion`` names the suspected crime. ``accepted_on`` is the day the police opened a case, ``returned_on`` the
    day they sent it back, ``convicted_on`` that of a final judgment. None of it is ever published here.
    """

    referred_on: date
    suspicion: str
    to: str = ""
    accepted_on: date | None = None
    returned_on: date | None = None
    convicted_on: date | None = None

    dated_facts: ClassVar[tuple[str, ...]] = ("published_on", "accepted_on", "returned_on", "convicted_on")

    @property
    def made_on(self) -> date:
        """The day of the referral."""
        return self.referred_on

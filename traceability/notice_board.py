"""What the notice board of a workshop may say of the people who handle food: that all are fit to, and never who.

Health is sensitive personal data (PIPL Art 28): no name, no number of those without a certificate, no finding.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Health(StrEnum):
    """从业人员健康状况 as a reader is told it."""

    all_valid = "all_valid"
    lapsed = "lapsed"
    not_all = "not_all"
    nobody = "nobody"
    not_recorded = "not_recorded"
    not_read = "not_read"


@dataclass(frozen=True, slots=True)
class Handlers:
    """The people who handle food as they were counted on the day ``seen_on``; none where nobody looked."""

    seen_on: date | None = None
    count: int | None = None
    all_certified: bool | None = None
    next_expiry: date | None = None


def health_on(handlers: Handlers, on: date) -> Health:
    """What may be said on a day. Once a certificate has run out, what was seen says nothing about today."""
    if handlers.seen_on is None:
        return Health.not_read
    if handlers.count == 0:
        return Health.nobody
    if handlers.all_certified is None:
        return Health.not_recorded
    if not handlers.all_certified:
        return Health.not_all
    over = handlers.next_expiry is not None and handlers.next_expiry < on
    return Health.lapsed if over else Health.all_valid

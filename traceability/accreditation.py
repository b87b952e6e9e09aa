"""The accreditation gate: which figures of a laboratory may be published at all.

Nobody may publish test information of a body without 资质认定 (FSLR Art 43; the fine stands in Art 80). A zone's own
laboratory usually has none, so this gate stands between every figure and every page, file and answer.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

REMARK = re.compile(r"[（(][^（）()]*[）)]")
"""A remark in brackets, such as （以苯甲酸计）, says how a figure is counted and not what is tested."""


@dataclass(frozen=True, slots=True)
class Scope:
    """One certificate of 资质认定: its days (both inclusive) and the items it covers."""

    number: str
    since: date
    until: date
    revoked_on: date | None
    items: frozenset[str]

    def in_force(self, on: date) -> bool:
        """Whether the certificate holds on the day ``on``."""
        return self.since <= on <= self.until and (self.revoked_on is None or on < self.revoked_on)

    def covers(self, item: str, on: date) -> bool:
        """Whether this certificate lets its body test ``item`` on the day ``on``."""
        return self.in_force(on) and plain_item(item) in self.items


def plain_item(item: str) -> str:
    """The name of a test item without remarks in brackets and spaces."""
    return REMARK.sub("", item).replace(" ", "")


def scope(number: str, since: date, until: date, revoked_on: date | None, items: Iterable[str]) -> Scope:
    """A scope with its items' names made plain."""
    return Scope(number, since, until, revoked_on, frozenset(map(plain_item, items)))


def may_publish(item: str, tested_on: date, scopes: Iterable[Scope]) -> bool:
    """Whether the figure of ``item``, tested on that day by the body with these scopes, may be published.

    The day of the test counts, not the day of viewing: a figure that was lawful stays lawful, and an accreditation won
    later opens nothing that was measured before it.
    """
    return any(one.covers(item, tested_on) for one in scopes)

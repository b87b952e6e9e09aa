"""Short ways to write a record down, and to ask about it, in tests."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from zuofang.credit.publication import Publication, publication
from zuofang.credit.records import Ground, Kind, Listing, Penalty, Record, Tier
from zuofang.rules.book import read_rules

rules = read_rules()


def day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def penalty(decided: str, *kinds: Kind, published: str | None = None, fine: int | None = None, **more: Any) -> Penalty:
    """A decision; without kinds it is a fine of 1,500 yuan at the lighter tier."""
    named = frozenset(kinds or {Kind.fine})
    if Kind.fine in named and fine is None:
        fine = 1500
    return Penalty(
        decided_on=date.fromisoformat(decided),
        published_on=day(published),
        kinds=named,
        fine=None if fine is None else Decimal(fine),
        **{"tier": Tier.lighter, **more},
    )


def listing(listed: str, published: str | None = None, **more: Any) -> Listing:
    """An entry of a county bureau with the consent it needs."""
    listed_on = date.fromisoformat(listed)
    given: dict[str, Any] = {"consent_on": listed_on, "grounds": (Ground.no_permit,), **more}
    return Listing(listed_on=listed_on, published_on=day(published), **given)


def ask(record: Record, on: str) -> Publication:
    return publication(record, date.fromisoformat(on), rules)

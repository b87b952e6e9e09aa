"""The credit card of a workshop: what the label page says in answer to the fourth question.

Until the regulator's findings are kept here, the card says that none are recorded, which is not the same as none.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, bindparam, or_, select

from zuofang.credit.models import Honour, HonourKind

_HONOURS = (
    select(Honour.kind, Honour.title, Honour.since, Honour.until)
    .where(
        Honour.workshop_id == bindparam("workshop"),
        Honour.since <= bindparam("on"),
        or_(Honour.until.is_(None), Honour.until >= bindparam("on")),
        or_(Honour.withdrawn_on.is_(None), Honour.withdrawn_on > bindparam("on")),
    )
    .order_by(Honour.since)
)


@dataclass(frozen=True, slots=True)
class HonourLine:
    """An honour in force."""

    kind: HonourKind
    title: str
    since: date
    until: date | None


@dataclass(frozen=True, slots=True)
class CreditCard:
    """What may be said about a workshop's credit on one line of its label page."""

    honours: tuple[HonourLine, ...]


def credit_card(connection: Connection, workshop: int, on: date) -> CreditCard:
    """The card of a workshop as it stands on a day. One statement."""
    rows = connection.execute(_HONOURS, {"workshop": workshop, "on": on})
    return CreditCard(tuple(HonourLine(*row) for row in rows))

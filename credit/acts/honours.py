"""Acts on honours: granting one and taking it back."""

from __future__ import annotations

from datetime import date

from zuofang.credit.models import Honour
from zuofang.storage.acts import Desk
from zuofang.storage.outbox import Subject


def grant(desk: Desk, honour: Honour, why: str) -> Honour:
    """Enter an honour of an operator or a zone."""
    desk.session.add(honour)
    desk.record("honour.grant", honour, why, kind=honour.kind, title=honour.title, touches=[_holder(honour)])
    return honour


def withdraw(desk: Desk, honour: Honour, on: date, reason: str, why: str) -> None:
    """Take an honour back; it stays on record with the reason."""
    honour.withdrawn_on, honour.withdrawn_why = on, reason
    desk.record("honour.withdraw", honour, why, on=on, touches=[_holder(honour)])


def restore(desk: Desk, honour: Honour, why: str) -> None:
    """Give back an honour whose withdrawal was annulled."""
    honour.withdrawn_on, honour.withdrawn_why = None, None
    desk.record("honour.restore", honour, why, touches=[_holder(honour)])


def _holder(honour: Honour) -> Subject:
    return ("workshop", str(honour.workshop_id)) if honour.workshop_id else ("zone", str(honour.zone_id))

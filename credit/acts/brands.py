"""Acts on what stands behind a brand: bearers and apprentices of a craft, and places of sale."""

from __future__ import annotations

from datetime import date

from zuofang.credit.models import Bearer, Honour, HonourKind, Outlet, OutletKind
from zuofang.rules.sentences import say
from zuofang.storage.acts import Desk, Refused
from zuofang.storage.outbox import Subject


def enter_bearer(desk: Desk, bearer: Bearer, why: str) -> Bearer:
    """Enter who bears or learns a craft.

    Raises:
        Refused: the honour is no heritage (非遗).
    """
    if desk.session.get_one(Honour, bearer.honour_id).kind is not HonourKind.heritage:
        raise Refused(say("只有非物质文化遗产才登记传承人和学徒。"))
    desk.session.add(bearer)
    desk.record("bearer.enter", bearer, why, role=bearer.role, since=bearer.since, touches=[_of_bearer(bearer)])
    return bearer


def leave_bearer(desk: Desk, bearer: Bearer, until: date | None, why: str) -> None:
    """End the time of a bearer or an apprentice; again without a day undoes it."""
    _end(desk, bearer, until, "bearer.leave", why, _of_bearer(bearer))


def strike_out_bearer(desk: Desk, bearer: Bearer, why: str) -> None:
    """Strike out a bearer entered in error."""
    desk.record("bearer.strike_out", bearer, why, role=bearer.role, touches=[_of_bearer(bearer)])
    _take_out(desk, bearer)


def open_outlet(desk: Desk, outlet: Outlet, why: str) -> Outlet:
    """Enter a place of sale.

    Raises:
        Refused: a fair has no last day, or the days cannot be.
    """
    if outlet.kind is OutletKind.fair and outlet.until is None:
        raise Refused(say("展销会要写明最后一天。"))
    _check_days(outlet.since, outlet.until)
    desk.session.add(outlet)
    desk.record("outlet.open", outlet, why, kind=outlet.kind, name=outlet.name, touches=[_of_outlet(outlet)])
    return outlet


def close_outlet(desk: Desk, outlet: Outlet, until: date | None, why: str) -> None:
    """Say until when goods are sold there; again without a day opens it anew."""
    _end(desk, outlet, until, "outlet.close", why, _of_outlet(outlet))


def strike_out_outlet(desk: Desk, outlet: Outlet, why: str) -> None:
    """Strike out a place of sale entered in error."""
    desk.record("outlet.strike_out", outlet, why, name=outlet.name, touches=[_of_outlet(outlet)])
    _take_out(desk, outlet)


def _end(desk: Desk, row: Bearer | Outlet, until: date | None, act: str, why: str, touched: Subject) -> None:
    _check_days(row.since, until)
    row.until = until
    desk.record(act, row, why, until=until, touches=[touched])


def _take_out(desk: Desk, row: Bearer | Outlet) -> None:
    desk.session.delete(row)
    desk.session.flush()


def _check_days(since: date, until: date | None) -> None:
    if until is not None and until < since:
        raise Refused(say("结束的日期早于开始的日期。"))


def _of_bearer(bearer: Bearer) -> Subject:
    return "honour", str(bearer.honour_id)


def _of_outlet(outlet: Outlet) -> Subject:
    return ("workshop", str(outlet.workshop_id)) if outlet.workshop_id else ("zone", str(outlet.zone_id))

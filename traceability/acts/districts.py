"""Acts on administrative divisions (行政区划): a code gets its name, and loses it when the division is dissolved."""

from __future__ import annotations

from datetime import date

from zuofang.rules.sentences import say
from zuofang.storage.acts import Desk, Refused
from zuofang.traceability.acts.lookups import require
from zuofang.traceability.models import District


def enter(desk: Desk, code: str, name: str, since: date, why: str) -> District:
    """Enter what a code means from a day on; a reborn code is a division of its own (GB/T 2260)."""
    district = District(code=code, name=name, since=since)
    desk.session.add(district)
    desk.record("district.enter", district, why, code=code, name=name, since=since)
    return district


def dissolve(desk: Desk, key: int, until: date, why: str) -> None:
    """Record the last day on which the code meant this division.

    Raises:
        Refused: there is no such division, or it began later.
    """
    district = require(desk, District, key, say("没有这个行政区划。"))
    if until < district.since:
        raise Refused(say("撤销的日期早于设立的日期。"))
    district.until = until
    desk.record("district.dissolve", district, why, code=district.code, until=until)


def restore(desk: Desk, key: int, why: str) -> None:
    """Take back a dissolution that was recorded in error."""
    district = require(desk, District, key, say("没有这个行政区划。"))
    district.until = None
    desk.record("district.restore", district, why, code=district.code)

"""Days in addresses: written 2026-11-20, really there, and not yet to come."""

from __future__ import annotations

import re
from datetime import date
from http import HTTPStatus

from zuofang.rules.sentences import say
from zuofang.site.errors import refuse
from zuofang.site.window import window


def day_typed(typed: str) -> date | None:
    """The day that an address names; none where it names none. What is no day ends the request."""
    typed = typed.strip()
    if not typed:
        return None
    found = _day(typed)
    if found is None:
        refuse(HTTPStatus.BAD_REQUEST, say("日期请写成 2026-11-20 这样的形式，并且是真有的一天。"))
    return found


def past_day_typed(typed: str) -> date | None:
    """The same for a day that must have come."""
    found = day_typed(typed)
    if found is not None and found > window().today:
        refuse(HTTPStatus.BAD_REQUEST, say("这一天还没有到，请选择今天或者以前的日期。"))
    return found


def _day(typed: str) -> date | None:
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", typed):
        return None
    try:
        return date.fromisoformat(typed)
    except ValueError:
        return None

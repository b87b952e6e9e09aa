"""The clocks of a recall (食品召回管理办法 Art 13 and 18): hours from knowing, working days from the notice."""

from __future__ import annotations

from datetime import date, datetime

from zuofang.rules.book import RuleBook
from zuofang.rules.calendar import CHINA as CHINA
from zuofang.rules.calendar import Deadline, hours_after
from zuofang.rules.calendar import china_day as china_day

LEVELS = (1, 2, 3)


def hours_to_start(level: int, on: date, rules: RuleBook) -> int:
    """Hours from knowing within which a recall of this level must begin, as the law stands on the day."""
    return rules.parameters(f"recall.level{level}.start", on).whole


def start_due(level: int, known_at: datetime, rules: RuleBook) -> datetime:
    """The moment by which a recall of this level must have begun."""
    return hours_after(known_at, rules.parameters(f"recall.level{level}.start", china_day(known_at)))


def finish_due(level: int, announced_on: date, rules: RuleBook) -> Deadline:
    """The day by which a recall of this level must be finished, counted from its notice."""
    return rules.calendar.after(announced_on, rules.parameters(f"recall.level{level}.finish", announced_on))

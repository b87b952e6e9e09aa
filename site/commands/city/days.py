"""The made-up calendar of the city: its days are counted from the day it is looked at, not by any term of law."""

from __future__ import annotations

from datetime import date, timedelta


def ago(today: date, days: int) -> date:
    """So many days before ``today``; a negative number lies ahead."""
    return today - timedelta(days=days)


def later(day: date, days: int) -> date:
    """So many days after ``day``."""
    return day + timedelta(days=days)

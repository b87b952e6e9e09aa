"""Short ways to write a matter down in tests."""

from __future__ import annotations

from datetime import date
from typing import Any

from zuofang.reporting.law.duties import Duty, Task
from zuofang.reporting.law.matters import Happening, Matter, NoticeKind, ReportKind, StopCause, What
from zuofang.rules.book import read_rules

rules = read_rules()


def on(text: str) -> date:
    return date.fromisoformat(text)


def happened(*told: str) -> tuple[Happening, ...]:
    """``"2026-05-06 stopped 检测"``, ``"2026-05-07 told result"``, ``"2026-05-08 extended 2026-09-01"``."""
    return tuple(_one(*line.split()) for line in told)


def _one(day: str, what: str, more: str = "") -> Happening:
    kind = What(what)
    return Happening(
        kind,
        on(day),
        cause=StopCause(more) if kind in (What.stopped, What.resumed) else None,
        until=on(more) if kind is What.extended and more else None,
        notice=NoticeKind(more) if kind is What.told else None,
    )


def report(received: str, *told: str, **more: Any) -> Matter:
    return Matter(kind=ReportKind.report, received_on=on(received), happened=happened(*told), **more)


def complaint(received: str, *told: str, **more: Any) -> Matter:
    return Matter(kind=ReportKind.complaint, received_on=on(received), happened=happened(*told), **more)


def only(found: tuple[Duty, ...], task: Task) -> Duty:
    (one,) = (duty for duty in found if duty.task is task)
    return one

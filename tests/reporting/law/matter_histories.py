"""Random histories of complaints and reports as plain data, and the matter that the engine reads made from the same."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Any

from zuofang.reporting.law.matters import (
    Happening,
    Matter,
    NoticeKind,
    Origin,
    ReportKind,
    Standing,
    StopCause,
    What,
)

History = dict[str, Any]

SWITCHES = (date(2024, 9, 19), date(2026, 4, 15), date(2021, 7, 15), date(2026, 12, 20), date(2026, 2, 10))
CAUSES = [str(cause.value) for cause in StopCause]
GROUPS = {
    "complaint": [
        "accepted", "accepted", "accepted", "rejected", "settled", "terminated", "terminated", "withdrawn", "stopped",
        "stopped", "resumed", "resumed", "told:acceptance", "told:rejection", "told:termination", "handed_over",
    ],
    "report": [
        "renewed", "renewed", "filed", "filed", "filed", "not_filed", "decided", "decided", "served", "closed",
        "stopped", "stopped", "stopped", "resumed", "resumed", "extended", "extended", "extended", "told:filing",
        "told:result", "told:reward", "handed_over", "told:hand_over", "joined",
    ],
}  # fmt: skip
SHARED = ["disputed", "agreed", "referred", "assigned"]


def _received(random: Random) -> date:
    if random.random() < 0.4:
        return random.choice(SWITCHES) + timedelta(days=random.randint(-9, 5))
    return date(2021, 1, 4) + timedelta(days=random.randint(0, 2300))


def random_history(random: Random) -> History:
    kind = random.choice(["complaint", "report", "report"])
    received = _received(random)
    return {
        "kind": kind,
        "received": received,
        "standing": "named" if kind == "complaint" else random.choice(["anonymous", "named", "insider"]),
        "clue": kind == "report" and random.random() < 0.15,
        "food": random.random() < 0.8,
        "unlicensed": random.random() < 0.3,
        "workshop": random.random() < 0.7,
        "place": random.choice(["330200", "330212", "320281", "350981", ""]),
        "reward": random.random() < 0.4,
        "events": _events(random, kind, received),
    }


def _events(random: Random, kind: str, received: date) -> list[tuple[date, str, Any]]:
    """A few things in order of their days; a second stop for the same cause waits until the first has ended."""
    events: list[tuple[date, str, Any]] = []
    day, running = received, set[str]()
    for _ in range(random.choice([0, 1, 2, 3, 4, 6, 8])):
        day += timedelta(days=random.choice([0, 0, 1, 3, 7, 12, 30, 60]))
        name = random.choice(GROUPS[kind] + SHARED)
        more: Any = None
        if name == "stopped":
            more = random.choice([*CAUSES[:4], *CAUSES[:4], *CAUSES])
            if more in running:
                continue
            running.add(more)
        elif name == "resumed":
            if not running:
                continue
            more = random.choice(sorted(running))
            running.discard(more)
        elif name == "extended":
            more = random.choice([None, day + timedelta(days=random.randint(1, 200))])
        events.append((day, name, more))
    return events


def as_matter(history: History) -> Matter:
    """The matter that the engine reads."""
    return Matter(
        kind=ReportKind(history["kind"]),
        received_on=history["received"],
        standing=Standing(history["standing"]),
        origin=Origin.clue if history["clue"] else Origin.letter,
        food=history["food"],
        unlicensed=history["unlicensed"],
        workshop=history["workshop"],
        place=history["place"],
        reward_due=history["reward"],
        happened=tuple(_happening(*event) for event in history["events"]),
    )


def _happening(day: date, name: str, more: Any) -> Happening:
    what, _, notice = name.partition(":")
    return Happening(
        What(what),
        day,
        cause=StopCause(more) if what in ("stopped", "resumed") else None,
        until=more if what == "extended" else None,
        notice=NoticeKind(notice) if notice else None,
    )

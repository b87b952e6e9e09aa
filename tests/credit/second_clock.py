"""A second way to the same dates, written from the articles without the engine, its tables or its calendar.

It reads plain histories (:mod:`tests.credit.histories`), knows the law as literals, counts working days on a list of
all working days taken from an independent library, adds months by trying dates, and looks for the next thing that
matters instead of telling events in order. Where it and the engine differ, one of them has misread the law.

Dates it computed on a calendar are pairs ``(day, True)``; dates that stand in the history are ``(day, False)``.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from bisect import bisect_right
from datetime import date, timedelta
from typing import Any

import chinese_calendar

History = dict[str, Any]
Dated = tuple[date, bool]

MEASURES, OGI = ("interview", "rectification"), date(2019, 5, 15)
ONE = timedelta(days=1)
FIRST_TEXT, TEXT_OF_2025, ORDER_36 = date(2021, 9, 1), date(2025, 12, 25), date(2026, 4, 1)
FINAL = ("annulled", "withdrawn", "deregistered", "own")
STANDING_OF = {"annulled": "withdrawn", "withdrawn": "withdrawn", "deregistered": "ended"}
HEAVIEST = {"降低资质等级", "吊销许可证件", "吊销营业执照", "责令关闭"}
RESTRICTING = {"限制开展生产经营活动", "责令停产停业", "限制从业"}


def _works(day: date) -> bool:
    return chinese_calendar.is_workday(day) if _announced(day) else day.isoweekday() <= 5


def _announced(day: date) -> bool:
    return 2021 <= day.year <= 2026


WORKING_DAYS = [day for day in (date(2018, 1, 1) + n * ONE for n in range(9000)) if _works(day)]


def working(start: date, count: int) -> Dated:
    return WORKING_DAYS[bisect_right(WORKING_DAYS, start) + count - 1], True


def months(start: date, count: int) -> Dated:
    """The same day of a later month, or the last one that month has."""
    year, month = divmod(start.year * 12 + start.month - 1 + count, 12)
    for day in range(start.day, 0, -1):
        try:
            return date(year, month + 1, day), True
        except ValueError:
            continue
    raise AssertionError("a month without days")


def _late(*dates: Dated) -> Dated:
    best = dates[0]
    for other in dates[1:]:
        if other[0] > best[0]:
            best = other
    return best


def _known(day: date | None, on: date) -> date | None:
    return day if day is not None and day <= on else None


class Life(ABC):
    """One history as known on one day; the kinds of record fill in what their articles say."""

    def __init__(self, history: History, on: date) -> None:
        self.h, self.on = history, on
        self.published = _known(history["published"], on)
        listed = [
            (self.effective(d, name), name, more) for d, name, more in sorted(history["events"], key=lambda e: e[0])
        ]
        found = [(d, name, more) for d, name, more in self.own() + listed if d is not None and d <= on]
        self.events = sorted(found, key=lambda e: e[0])

    def own(self) -> list[tuple[date | None, str, Any]]:
        return []

    def effective(self, day: date, name: str) -> date | None:
        return max(day, TEXT_OF_2025) if name == "deregistered" else day

    def anchor(self) -> date | None:
        return self.published

    @abstractmethod
    def last(self, anchor: date | None) -> Dated | None: ...

    @abstractmethod
    def due(self) -> Dated | None: ...

    def repair(self, anchor: date | None) -> Dated | None:
        return None

    def admits(self, day: date, name: str) -> bool:
        return True

    def restarts(self, day: date) -> bool:
        return day >= TEXT_OF_2025

    def way_down(self, day: date, name: str) -> Dated:
        counted = name in ("annulled", "repaired", "delisted") and day >= FIRST_TEXT
        return working(day, 3) if counted else (day, False)

    def run(self, anchor: date | None, lost: bool, events: list[Any]) -> dict[str, Any]:
        """Find what ends this stretch, and whether a revoked repair opens another one."""
        last = self.last(anchor)
        alive = [e for e in events if last is None or e[0] <= last[0]]
        ends = next((i for i, e in enumerate(alive) if e[1] in FINAL), len(alive))
        early = None
        for index, (day, name, _) in enumerate(alive[:ends]):
            lost = lost or name == "repeated"
            if name in ("repaired", "delisted") and not lost and self.admits(day, name):
                early = index
                break
        if early is not None:
            return self._after_early(anchor, alive[early], events[events.index(alive[early]) + 1 :])
        if ends < len(alive):
            return self._stopped(alive[ends], alive[ends])
        return {"last": last, "anchor": anchor, "lost": lost, "standing": None, "down": None}

    def _after_early(self, anchor: date | None, early: Any, rest: list[Any]) -> dict[str, Any]:
        for index, event in enumerate(rest):
            if event[1] in FINAL:
                return self._stopped(early, event)
            if event[1] == "revoked":
                return self.run(event[0] if self.restarts(event[0]) else anchor, True, rest[index + 1 :])
        return self._stopped(early, early)

    def _stopped(self, taken_down: Any, named: Any) -> dict[str, Any]:
        standing = STANDING_OF.get(named[1], "repaired") if named[1] != "own" else self.h["own_standing"]
        down = self.way_down(taken_down[0], taken_down[1])
        return {"last": (taken_down[0] - ONE, False), "anchor": None, "lost": True, "standing": standing, "down": down}

    def barred(self) -> date | None:
        days = [e[0] for e in self.events if e[1] == "refused" and e[2] and e[0] >= TEXT_OF_2025]
        return max((months(d, 36)[0] for d in days), default=None)

    def stayed(self) -> bool:
        return any(
            name == "stayed" and d >= FIRST_TEXT and _known(more, self.on) is None for d, name, more in self.events
        )

    def answer(self) -> dict[str, Any]:
        way = self.run(self.anchor(), False, self.events)
        last, standing = way["last"], way["standing"]
        if standing is None:
            standing = self._natural(last)
        repair = None if way["standing"] or way["lost"] or standing == "expired" else self.repair(way["anchor"])
        if repair is not None:
            bar = self.barred()
            repair = _late(repair, (bar, False)) if bar else repair
            repair = None if last is not None and repair[0] > last[0] else repair
        due = self.due()
        if standing in ("due", "public", "stayed"):
            counted = [last, repair, None if self.published else due]
        else:
            counted = [way["down"]]
        return {
            "standing": standing,
            "due": due and due[0],
            "last": last and last[0],
            "repair": repair and repair[0],
            "down": way["down"] and way["down"][0],
            "provisional": any(d is not None and d[1] and not _announced(d[0]) for d in counted),
        }

    def _natural(self, last: Dated | None) -> str:
        if last is not None and last[0] < self.on:
            return "expired"
        if self.stayed():
            return "stayed"
        return "public" if self.published else "due"


class PenaltyLife(Life):
    @property
    def new(self) -> bool:
        return self.h["made"] >= TEXT_OF_2025

    @property
    def kinds(self) -> set[str]:
        return set(self.h["kinds"])

    def due(self) -> Dated:
        if not self.h["elsewhere"]:
            return working(self.h["made"], 20)
        return working(_known(self.h["pushed"], self.on) or working(self.h["made"], 10)[0], 10)

    def anchor(self) -> date | None:
        return self.h["made"] if self.h["made"] >= ORDER_36 else self.published

    def light(self, new: bool) -> bool:
        if self.kinds - {"警告", "通报批评", "罚款"}:
            return False
        fine = self.h["fine"]
        if fine is None:
            return True
        return new and self.h["tier"] in ("从轻", "减轻") and fine <= (5000 if self.h["person"] else 50000)

    def last(self, anchor: date | None) -> Dated | None:
        if anchor is None:
            return None
        if self.light(self.new):
            return months(anchor, 3)
        short = self.new and not self.h["food"] and not self.kinds & (HEAVIEST | RESTRICTING)
        end = months(anchor, 12 if short else 36)
        if not (self.new and self.kinds & RESTRICTING):
            return end
        return _late(end, (self.h["until"], False)) if self.h["until"] else None

    def repair(self, anchor: date | None) -> Dated | None:
        if anchor is None:
            return None
        if not self.new and not self.light(False) and not self.kinds & (HEAVIEST | RESTRICTING):
            day = months(anchor, 6)
            if day[0] < TEXT_OF_2025:
                return day
        return self._repair_since_2025(anchor)

    def _repair_since_2025(self, anchor: date) -> Dated | None:
        if self.light(True) or self.kinds & HEAVIEST:
            return None
        limited = bool(self.kinds & RESTRICTING)
        if limited and self.h["until"] is None:
            return None
        waits = [months(anchor, 12 if self.h["food"] or limited else 3)]
        if limited:
            waits.append((self.h["until"] + ONE, False))
        return _late(*waits, (TEXT_OF_2025, False))

    def effective(self, day: date, name: str) -> date | None:
        if name != "deregistered":
            return day
        if "限制从业" not in self.kinds:
            return max(day, TEXT_OF_2025)
        return max(day, TEXT_OF_2025, self.h["until"] + ONE) if self.h["until"] else None

    def admits(self, day: date, name: str) -> bool:
        if name == "repaired":
            return not self.kinds & (HEAVIEST if day >= TEXT_OF_2025 else HEAVIEST | RESTRICTING)
        running = bool(self.kinds & RESTRICTING) and (self.h["until"] is None or self.h["until"] >= day)
        return day >= TEXT_OF_2025 and not running and not self.kinds & HEAVIEST


class ListingLife(Life):
    def due(self) -> Dated:
        if not self.h["elsewhere"]:
            return working(self.h["made"], 20)
        return working(_known(self.h["pushed"], self.on) or working(self.h["made"], 10)[0], 10)

    def anchor(self) -> date:
        made: date = self.h["made"]
        return made

    def last(self, anchor: date | None) -> Dated:
        assert anchor is not None
        end = months(anchor, 36)
        return _late(end, (self.h["until"], False)) if self.h["until"] else end

    def repair(self, anchor: date | None) -> Dated:
        assert anchor is not None
        end = months(anchor, 12)
        return _late(end, (self.h["until"] + ONE, False)) if self.h["until"] else end

    def restarts(self, day: date) -> bool:
        return True


class FindingLife(Life):
    def bad(self) -> bool:
        return bool(self.h["bad"])

    def due(self) -> Dated | None:
        return working(self.h["made"], 20)

    def last(self, anchor: date | None) -> Dated | None:
        if anchor is None or not self.bad():
            return None
        own = _late(months(anchor, 3), (TEXT_OF_2025 - ONE, False))
        after = self.h["after"]
        if after is None or after["made"] > self.on or not is_told(after, self.on):
            return own
        life = life_of(after, self.on)
        if isinstance(life, PenaltyLife) and life.light(life.new):
            return own
        then = life.answer()
        if then["standing"] == "withdrawn":
            return own
        return (
            _late(own, (then["last"], life.run(life.anchor(), False, life.events)["last"][1])) if then["last"] else None
        )


class SampleLife(FindingLife):
    def own(self) -> list[tuple[date | None, str, Any]]:
        upheld = [o["decided"] for o in self.h["objections"] if o["upheld"] and _known(o["decided"], self.on)]
        return [(min(upheld), "own", None)] if upheld else []

    def bad(self) -> bool:
        again = self.h["again"]
        if again and _known(again["concluded"], self.on):
            return bool(again["failed"])
        return bool(self.h["bad"])

    def due(self) -> Dated | None:
        if not self.h["bad"]:
            return working(self.h["made"], 20)
        open_or_decided = [o["decided"] for o in self.h["objections"] if o["filed"] <= self.on]
        if self.h["again"] and self.h["again"]["asked"] <= self.on:
            open_or_decided.append(self.h["again"]["concluded"])
        decided = [_known(d, self.on) for d in open_or_decided]
        if None in decided:
            return None
        if decided:
            return working(max(d for d in decided if d), 20)
        served = _known(self.h["served"], self.on)
        if served is None or working(served, 7)[0] >= self.on:
            return None
        return working(working(served, 7)[0], 20)


class InterviewLife(Life):
    def due(self) -> Dated:
        return working(self.h["made"], 20)

    def last(self, anchor: date | None) -> Dated | None:
        return months(anchor, 3) if anchor else None


class OrderLife(InterviewLife):
    def last(self, anchor: date | None) -> Dated | None:
        accepted = _known(self.h["accepted"], self.on)
        return months(max(anchor, accepted), 3) if anchor and accepted else None


LIVES: dict[str, type[Life]] = {
    "penalty": PenaltyLife,
    "listing": ListingLife,
    "sample": SampleLife,
    "inspection": FindingLife,
    "interview": InterviewLife,
    "rectification": OrderLife,
}


def life_of(history: History, on: date) -> Life:
    return LIVES[history["kind"]](history, on)


def is_told(history: History, on: date) -> bool:
    """Whether the law lets the public know of it at all."""
    return verdict_before_any_date(history, on) is None


def verdict_before_any_date(history: History, on: date) -> str | None:
    made = history["made"]
    if made > on:
        return "not_yet"
    first = {"sample": date(2019, 10, 1), "inspection": date(2022, 3, 15), **dict.fromkeys(MEASURES, OGI)}.get(
        history["kind"], FIRST_TEXT
    )
    if made < first:
        return "unsettled"
    if history["kind"] == "penalty" and (history["summary"] or set(history["kinds"]) == {"警告"}):
        return "never"
    if history["kind"] == "listing" and (history["no_intent"] or not _known(history["consent"], on)):
        return "never"
    return None


def answer(history: History, on: date) -> dict[str, Any]:
    """What the second clock says of a history on a day."""
    short = verdict_before_any_date(history, on)
    if short is not None:
        return {"standing": short, "due": None, "last": None, "repair": None, "down": None, "provisional": False}
    return life_of(history, on).answer()

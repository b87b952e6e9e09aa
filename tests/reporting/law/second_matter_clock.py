"""A second way to the same days, written from the articles without the engine, its tables or its calendar.

It reads plain histories, knows the law as literals, and does not count: it writes out every day of a term, strikes out
those that the article leaves out, and takes the one at the place that the article names. Where it and the engine
differ, one of them has misread the law.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import chinese_calendar

History = dict[str, Any]
ONE = timedelta(days=1)
ORDER_121, REVISED_PENALTY_LAW, INSIDERS = date(2026, 4, 15), date(2021, 7, 15), date(2024, 9, 19)
CHECK = {"检测", "检验", "检疫", "鉴定", "辨认", "鉴别"}
MEDIATION = {"检测", "检验", "检疫", "鉴定"}
DECISION = CHECK | {"中止", "听证", "公告", "责令退款"}
LAST_NOTICE = 2026


def _announced(day: date) -> bool:
    return 2021 <= day.year <= LAST_NOTICE


def _works(day: date) -> bool:
    return chinese_calendar.is_workday(day) if _announced(day) else day.isoweekday() <= 5


def _is_off(day: date) -> bool:
    """A day that the yearly notice gives off; an ordinary weekend is none."""
    if not _announced(day):
        return False
    off, name = chinese_calendar.get_holiday_detail(day)
    return bool(off and name)


EVERY_DAY = [date(2020, 12, 1) + n * ONE for n in range(4600)]
WORKS = {day: _works(day) for day in EVERY_DAY}
OFF = {day: _is_off(day) for day in EVERY_DAY}
PLACE = {day: place for place, day in enumerate(EVERY_DAY)}


class Second:
    """One history seen on one day."""

    def __init__(self, history: History, on: date) -> None:
        self.h, self.on = history, on
        self.events = [event for event in history["events"] if event[0] <= on]

    def day_of(self, *names: str) -> date | None:
        days = [day for day, name, _ in self.events if name in names]
        return days[0] if days else None

    def periods(self, causes: set[str], through: date) -> list[tuple[date, date, bool]]:
        """From and to of every stop, and whether it still runs."""
        found = []
        for place, (day, name, cause) in enumerate(self.events):
            if name == "stopped" and cause in causes:
                ends = [d for d, n, c in self.events[place + 1 :] if n == "resumed" and c == cause]
                found.append((day, min(ends[0] if ends else through, through), not ends))
        return found

    def end(self, start: date, days: int, working: bool, causes: set[str], through: date) -> date:
        struck: set[date] = set()
        for since, until, _ in self.periods(causes, through):
            struck.update(EVERY_DAY[PLACE[since] + 1 : PLACE[until] + 1])
        ahead = EVERY_DAY[PLACE[start] + 1 : PLACE[start] + 1 + 3 * days + 40 + len(struck)]
        counting = [day for day in ahead if day not in struck and (WORKS[day] or not working)]
        last = counting[days - 1]
        if not working:
            last = next(day for day in ahead if day >= last and day not in struck and not OFF[day])
        return last

    def line(
        self, task: str, start: date, days: int, done: date | None, *, working: bool = True,
        causes: set[str] = frozenset(), more: int = 0, discussed: bool = False,
    ) -> Any:  # fmt: skip
        """Task, start, last day, whether the calendar reaches it, when it was done, whether it is stopped."""
        through = done or self.on
        last, sure, fixed, used = self.end(start, days, working, causes, through), True, False, 0
        sure = _announced(last)
        grants = [(d, m) for d, n, m in self.events if n == "extended" and start <= d <= through] if more else []
        for granted, until in grants:
            if granted > last or fixed:
                continue
            if not used:
                last = self.end(last, more, working, causes, through)
                sure, used = sure and _announced(last), 1
            elif discussed and until is not None:
                if until > last:
                    last, sure = until, True
                fixed = True
        running = [since for since, _, open_ in self.periods(causes, through) if open_]
        stopped = done is None and not fixed and bool(running) and min(running) < last
        return (task, start, last, not sure, done, stopped)

    def answer(self) -> list[Any]:
        """Every duty, in the order in which the engine tells them."""
        walk = self.complaint() if self.h["kind"] == "complaint" else self.report()
        return [*self.dispute(), *walk, *self.told()]

    def dispute(self) -> list[Any]:
        began = self.day_of("disputed")
        if began is None:
            return []
        agreed = self.line("agree", began, 7, self.day_of("agreed", "referred", "assigned", "handed_over", "joined"))
        referred, last = self.day_of("referred"), agreed[2]
        if referred is not None:
            return [agreed, ("refer", began, last, not _announced(last), referred_first(self), False)]
        if agreed[4] is None and self.on > last:
            return [agreed, ("refer", last, last, not _announced(last), None, False)]
        return [agreed]

    def complaint(self) -> list[Any]:
        gone = ("handed_over", "joined", "withdrawn")
        lines = [self.line("accept", self.h["received"], 7, self.day_of("accepted", "rejected", *gone))]
        accepted = self.day_of("accepted")
        if accepted is not None:
            ended = self.day_of("settled", "terminated", *gone)
            old = self.h["received"] < ORDER_121
            lines.append(self.line("mediate", accepted, 45 if old else 60, ended, working=old, causes=MEDIATION))
        return lines

    def began(self) -> date:
        """Receipt, or the last report with new facts, before anything was settled; only since order 121."""
        settled = self.day_of("filed", "not_filed", "handed_over", "joined")
        again = [d for d, name, _ in self.events if name == "renewed" and d >= ORDER_121]
        days = [d for d in again if settled is None or d <= settled]
        return max([self.h["received"], *days])

    def report(self) -> list[Any]:
        start = self.began()
        settled = self.day_of("filed", "not_filed", "handed_over", "joined")
        left_out = CHECK if start >= REVISED_PENALTY_LAW else set()
        lines = [self.line("check", start, 15, settled, causes=left_out, more=15)]
        filed, decided = self.day_of("filed"), self.day_of("decided")
        if filed is not None:
            ended = self.day_of("decided", "handed_over", "joined")
            lines.append(self.line("decide", filed, 90, ended, working=False, causes=DECISION, more=30, discussed=True))
        if decided is not None:
            lines.append(self.line("serve", decided, 7, self.day_of("served")))
        return lines

    def told(self) -> list[Any]:
        lines = []
        if self.h["kind"] == "complaint":
            for kind, event in (("acceptance", "accepted"), ("rejection", "rejected")):
                if self.day_of(event):
                    lines.append(self.line(f"tell_{kind}", self.h["received"], 7, self.day_of(f"told:{kind}")))
            ended = self.day_of("terminated")
            if ended:
                lines.append(self.line("tell_termination", ended, 7, self.day_of("told:termination")))
        else:
            lines += self.told_of_report()
        gone = self.day_of("handed_over")
        start = self.h["received"] if self.h["kind"] == "complaint" else self.began()
        if gone and (self.h["food"] or start >= ORDER_121):
            lines.append(self.line("tell_hand_over", gone, 5, self.day_of("told:hand_over")))
        rewarded = self.h["kind"] == "report" and self.h["reward"] and self.day_of("closed")
        if rewarded:
            lines.append(self.line("tell_reward", rewarded, 15, self.day_of("told:reward")))
        return lines

    def told_of_report(self) -> list[Any]:
        lines, start, standing = [], self.began(), self.h["standing"]
        settled = self.day_of("filed", "not_filed")
        if settled and standing != "anonymous" and (start < ORDER_121 or standing == "insider"):
            lines.append(self.line("tell_filing", settled, 5, self.day_of("told:filing")))
        known = self.day_of("not_filed", "decided")
        in_zhejiang = self.h["workshop"] and self.h["place"].startswith("33")
        unlicensed = self.h["unlicensed"] and standing != "anonymous"
        if known and (self.h["food"] or in_zhejiang or unlicensed):
            lines.append(self.line("tell_result", known, 5, self.day_of("told:result")))
        return lines


def referred_first(second: Second) -> date | None:
    """When the superior was asked, or had already said who is competent."""
    return second.day_of("referred", "assigned")


def answer(history: History, on: date) -> list[Any]:
    return Second(history, on).answer()

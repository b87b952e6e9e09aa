"""Dates and figures as people read them, remembered because a page says the same ones again and again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cache, lru_cache
from zoneinfo import ZoneInfo

from babel.dates import format_date

from zuofang.site.locales import ENGLISH

HERE = ZoneInfo("Asia/Shanghai")


@dataclass(frozen=True, slots=True)
class Formats:
    """How one language writes a day, a moment in Chinese time, a number and an amount of money."""

    dfmt: Callable[[date], str]
    tfmt: Callable[[datetime], str]
    nfmt: Callable[[int | Decimal], str]
    yuan: Callable[[int | Decimal], str]

    def value(self, value: object) -> object:
        """A value in the place of a sentence: days, moments and numbers are written out, all else stays as it is."""
        if isinstance(value, datetime):
            return self.tfmt(value)
        if isinstance(value, date):
            return self.dfmt(value)
        if isinstance(value, int | Decimal) and not isinstance(value, bool):
            return self.nfmt(value)
        return value


@cache
def formats_of(locale: str) -> Formats:
    """The formats of a locale."""
    english = locale == ENGLISH.code
    day = lru_cache(8192)(_english_day if english else _chinese_day)

    def moment(at: datetime) -> str:
        here = at.astimezone(HERE)
        return f"{day(here.date())}{', ' if english else ' '}{here:%H:%M}"

    return Formats(dfmt=day, tfmt=moment, nfmt=_number, yuan=_yuan_english if english else _yuan_chinese)


def _chinese_day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _english_day(day: date) -> str:
    return str(format_date(day, "d MMMM y", locale="en"))


def _number(value: int | Decimal) -> str:
    """Thousands apart, every digit kept: a laboratory's 1.20 is not 1.2, though they are equal, and not remembered."""
    return f"{value:,f}" if isinstance(value, Decimal) else f"{value:,}"


def _yuan_chinese(amount: int | Decimal) -> str:
    return f"{_number(amount)} 元"


def _yuan_english(amount: int | Decimal) -> str:
    return f"{_number(amount)} yuan"

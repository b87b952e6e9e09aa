"""Plans as data: one TOML file each, with indicators, dated targets, and the sentence of the plan behind each.

A plan of another city is one more file in ``programmes/data/``; ``docs/plans.md`` says what may stand in it.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

SHIPPED = Path(__file__).parent / "data"
SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
WORDS = ("title", "summary", "name", "why", "note")
Setting = str | int | tuple[str, ...]


class PlanFileError(Exception):
    """A plan file says something that cannot be; the message names file and place."""


@dataclass(frozen=True, slots=True)
class Text:
    """Words of ours about a plan, in both languages; the plan itself is quoted as it was printed."""

    chinese: str
    english: str = ""


@dataclass(frozen=True, slots=True)
class Target:
    """What is to be reached by the end of a day: a share in per cent, or a number."""

    by: date
    value: Decimal


@dataclass(frozen=True, slots=True)
class Indicator:
    """One figure of a plan; ``formula`` is empty where no record of ours can tell it, and ``why`` then says why.

    ``note`` says where our figure is not quite what the plan means.
    """

    key: str
    name: Text
    sentence: str
    formula: str = ""
    settings: tuple[tuple[str, Setting], ...] = ()
    targets: tuple[Target, ...] = ()
    why: Text | None = None
    note: Text | None = None

    @property
    def measure(self) -> tuple[str, tuple[tuple[str, Setting], ...]]:
        """What is computed; two indicators with the same measure are computed once."""
        return self.formula, self.settings


@dataclass(frozen=True, slots=True)
class Plan:
    """A plan of a city, with its days and its indicators."""

    slug: str
    title: Text
    city: str
    issuer: str
    document: str
    issued_on: date
    since: date
    until: date
    summary: Text
    indicators: tuple[Indicator, ...]

    @property
    def measured(self) -> tuple[Indicator, ...]:
        """The indicators that our records can tell."""
        return tuple(one for one in self.indicators if one.formula)


@cache
def read_plans(folder: Path = SHIPPED) -> tuple[Plan, ...]:
    """Every plan, the newest first.

    Raises:
        PlanFileError: a file cannot be right.
    """
    plans = [_read(path) for path in sorted(folder.glob("*.toml"))]
    return tuple(sorted(plans, key=lambda plan: plan.issued_on, reverse=True))


def _read(path: Path) -> Plan:
    try:
        told = tomllib.loads(path.read_text(encoding="utf-8"))
        indicators = tuple(_indicator(one) for one in told.pop("indicator"))
        plan = Plan(slug=path.stem, indicators=indicators, **_worded(told))
    except (
        OSError,
        UnicodeDecodeError,
        tomllib.TOMLDecodeError,
        KeyError,
        TypeError,
        ValueError,
        ArithmeticError,
    ) as failure:
        raise PlanFileError(f"{path}: {failure}") from failure
    keys = [one.key for one in indicators]
    if not SLUG.fullmatch(plan.slug) or len(set(keys)) < len(keys) or not plan.since <= plan.until:
        raise PlanFileError(f"{path}: the slug, the keys of the indicators or the days cannot be right")
    return plan


def _indicator(told: Mapping[str, Any]) -> Indicator:
    targets = tuple(Target(one["by"], Decimal(str(one["value"]))) for one in told.get("target", ()))
    settings = tuple((name, _setting(value)) for name, value in sorted(told.get("settings", {}).items()))
    plain = {name: value for name, value in told.items() if name not in ("target", "settings")}
    found = Indicator(targets=targets, settings=settings, **_worded(plain))
    if bool(found.formula) == bool(found.why):
        raise ValueError(f"{found.key} needs either a formula or the reason why there is none")
    return found


def _worded(told: Mapping[str, Any]) -> dict[str, Any]:
    """Our own words, which stand as Chinese alone or as Chinese and English."""
    return {
        name: (Text(value) if isinstance(value, str) else Text(*value)) if name in WORDS else value
        for name, value in told.items()
    }


def _setting(value: Any) -> Setting:
    return tuple(value) if isinstance(value, list) else value

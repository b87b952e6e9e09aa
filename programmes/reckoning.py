"""The daily clock of the plans: the value of every indicator on every past day, computed anew and kept as copies.

All of it is computed, because a correction may change any day; only what differs is written.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, select

from zuofang.programmes.formulas import FORMULAS, Values
from zuofang.programmes.models import ProgrammeReckoning, ProgrammeValue
from zuofang.programmes.plans import Plan, read_plans
from zuofang.programmes.reading import read_records
from zuofang.programmes.records import Records
from zuofang.rules.book import RuleBook
from zuofang.storage.database import Database

HISTORY = 1826
"""Days of the past whose values are kept: five years."""
FINGERPRINT = 16
Row = tuple[int, int | None]


@dataclass(frozen=True, slots=True)
class Reckoned:
    """What one run did: plans computed, and values that were not as they had been."""

    plans: int = 0
    changed: int = 0


def refresh(database: Database, today: date, rules: RuleBook, plans: Sequence[Plan] | None = None) -> Reckoned:
    """Compute the plans that were not computed today, or whose file is another one; else do nothing."""
    plans = read_plans() if plans is None else plans
    with database.read.connect() as connection:
        waiting = [plan for plan in plans if not _is_done(connection, plan, today)]
        if not waiting:
            return Reckoned()
        records = read_records(connection, today, rules)
    days = range(today.toordinal() - HISTORY + 1, today.toordinal() + 1)
    computed = _compute(waiting, records, days)
    changed = 0
    for plan in waiting:
        with database.write.begin() as connection:
            changed += _keep(connection, plan, today, computed, days)
    return Reckoned(len(waiting), changed)


def fingerprint(plan: Plan) -> str:
    """What tells one state of a plan's indicators from another."""
    told = repr([(one.key, one.measure) for one in plan.measured])
    return hashlib.sha256(told.encode()).hexdigest()[:FINGERPRINT]


def _is_done(connection: Connection, plan: Plan, today: date) -> bool:
    row = connection.execute(
        select(ProgrammeReckoning.on, ProgrammeReckoning.plan).where(ProgrammeReckoning.programme == plan.slug)
    ).one_or_none()
    return row is not None and tuple(row) == (today, fingerprint(plan))


def _compute(plans: Sequence[Plan], records: Records, days: range) -> dict[Any, Values]:
    """Every measure that some plan asks for, each once."""
    measures = {one.measure for plan in plans for one in plan.measured}
    return {(name, given): FORMULAS[name].values(records, given, days) for name, given in measures}


def _keep(
    connection: Connection, plan: Plan, today: date, computed: Mapping[Any, Values], days: range
) -> int:  # fmt: skip
    """Write the values of a plan that differ from what is kept, and take away those of days and indicators gone."""
    columns = (ProgrammeValue.indicator, ProgrammeValue.on, ProgrammeValue.part, ProgrammeValue.whole)
    kept = {
        (indicator, on): (part, whole)
        for indicator, on, part, whole in connection.execute(
            select(*columns).where(ProgrammeValue.programme == plan.slug)
        )
    }
    wanted = dict(_rows(plan, computed, days))
    differing = {key for key in kept.keys() | wanted.keys() if kept.get(key) != wanted.get(key)}
    _forget(connection, plan, kept.keys() & differing)
    fresh = [
        {"programme": plan.slug, "indicator": key[0], "on": key[1], "part": wanted[key][0], "whole": wanted[key][1]}
        for key in differing
        if key in wanted
    ]
    if fresh:
        connection.execute(insert(ProgrammeValue), fresh)
    connection.execute(delete(ProgrammeReckoning).where(ProgrammeReckoning.programme == plan.slug))
    connection.execute(insert(ProgrammeReckoning).values(programme=plan.slug, on=today, plan=fingerprint(plan)))
    return len(differing)


def _forget(connection: Connection, plan: Plan, keys: set[tuple[str, date]]) -> None:
    if keys:
        table = ProgrammeValue.__table__
        statement = delete(ProgrammeValue).where(
            table.c.programme == plan.slug, table.c.indicator == bindparam("of"), table.c.on == bindparam("day")
        )
        connection.execute(statement, [{"of": indicator, "day": on} for indicator, on in keys])


def _rows(plan: Plan, computed: Mapping[Any, Values], days: range) -> Iterator[tuple[tuple[str, date], Row]]:
    """The values worth keeping: a share of nothing is none."""
    dates = [date.fromordinal(day) for day in days]
    for one in plan.measured:
        for on, value in zip(dates, computed[one.measure], strict=True):
            if value[1] != 0:
                yield (one.key, on), value

"""Whether the copies of grades are what computing them again gives."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from zuofang.credit.copies import reckonings
from zuofang.credit.models import Reckoning, WorkshopGrade
from zuofang.rules.book import RuleBook
from zuofang.storage.database import Database

BATCH = 500


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A workshop whose kept grade is not the computed one; None where there should be none, or is none."""

    workshop: int
    scheme: str
    kept: tuple[str, int] | None
    computed: tuple[str, int] | None

    def __str__(self) -> str:
        kept, computed = _told(self.kept), _told(self.computed)
        return f"workshop {self.workshop}: {self.scheme} is kept as {kept} and computed as {computed}"


def _told(grade: tuple[str, int] | None) -> str:
    return f"{grade[0]} ({grade[1]})" if grade else "none"


def disagreements(database: Database, rules: RuleBook, processes: int = 1) -> Iterator[Disagreement]:
    """Compute every kept grade again for the day it was kept for, and tell those that differ.

    Grades computed by other rules are passed over: the clock makes them again.
    """
    days = _days(database, rules)
    for on, workshops in days.items():
        batches = [workshops[start : start + BATCH] for start in range(0, len(workshops), BATCH)]
        for batch, reckoned in zip(batches, reckonings(database, batches, on, rules, processes), strict=True):
            kept = _kept(database, batch)
            for one in reckoned:
                yield from _differing(one.workshop, kept[one.workshop], dict(one.grades))


def _differing(
    workshop: int, kept: dict[str, tuple[str, int]], computed: dict[str, tuple[str, int]]
) -> Iterator[Disagreement]:
    for scheme in sorted(kept.keys() | computed.keys()):
        if kept.get(scheme) != computed.get(scheme):
            yield Disagreement(workshop, scheme, kept.get(scheme), computed.get(scheme))


def _days(database: Database, rules: RuleBook) -> dict[date, list[int]]:
    found: dict[date, list[int]] = defaultdict(list)
    statement = select(Reckoning.on, Reckoning.workshop_id).where(Reckoning.rules == rules.fingerprint)
    with Session(database.read) as session:
        for on, workshop in session.execute(statement.order_by(Reckoning.on, Reckoning.workshop_id)):
            found[on].append(workshop)
    return found


def _kept(database: Database, workshops: list[int]) -> dict[int, dict[str, tuple[str, int]]]:
    found: dict[int, dict[str, tuple[str, int]]] = defaultdict(dict)
    columns = WorkshopGrade.workshop_id, WorkshopGrade.scheme, WorkshopGrade.letter, WorkshopGrade.score
    with Session(database.read) as session:
        for workshop, scheme, letter, score in session.execute(
            select(*columns).where(WorkshopGrade.workshop_id.in_(workshops))
        ):
            found[workshop][scheme] = (letter, score)
    return found

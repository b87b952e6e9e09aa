"""How long publication and grade take: of many records of many workshops, and of the one workshop a change touches.

Run ``python bench/credit.py [workshops] [records each]``. Figures are of one process; the work of different workshops
shares nothing, so it divides over as many cores as there are.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from zuofang.credit.facts import Facts
from zuofang.credit.findings import Inspection, Sample
from zuofang.credit.grade import grade
from zuofang.credit.publication import publication
from zuofang.credit.records import Kind, Outcome, Penalty, Record, Result, Tier
from zuofang.rules.book import read_rules

TODAY = date(2026, 11, 20)
TARGET = 1_000_000, 300.0, 2
"""Records, seconds and cores of the target: everything recomputed in five minutes on a small machine."""


def records(workshop: int, each: int) -> Iterator[Record]:
    """The records of one workshop; half of them fines, the rest samples and inspections, over three years."""
    for number in range(each):
        day = TODAY - timedelta(days=30 + (workshop * 7 + number * 97) % 300)
        shown = day + timedelta(days=20)
        match number % 4:
            case 0 | 1:
                tier = Tier.lighter if number % 2 else Tier.ordinary
                yield Penalty(
                    decided_on=day, kinds=frozenset({Kind.fine}), fine=Decimal(1500), tier=tier, published_on=shown
                )
            case 2:
                yield Sample(concluded_on=day, outcome=Outcome.failed, served_on=day, published_on=shown)
            case _:
                yield Inspection(found_on=day, result=Result.conforming, published_on=shown)


def main(workshops: int, each: int) -> None:
    """Measure and print."""
    rules = read_rules()
    files = [Facts(registered_on=date(2023, 1, 1), records=tuple(records(one, each))) for one in range(workshops)]
    count = workshops * each
    started = time.perf_counter()
    public = sum(publication(record, TODAY, rules).public for file in files for record in file.records)
    asked = time.perf_counter() - started
    started = time.perf_counter()
    letters = [grade(file, TODAY, "risk", rules).letter for file in files]
    graded = time.perf_counter() - started
    started = time.perf_counter()
    changed = replace(files[0], records=files[0].records[1:])
    grade(changed, TODAY, "risk", rules)
    one = time.perf_counter() - started
    print(f"{count} records of {workshops} workshops, {public} public, grades {''.join(sorted(set(letters)))}")
    tell("publication", asked / count)
    tell("grade with publication", graded / count)
    print(f"one changed record: {one * 1e3:.2f} ms, its workshop alone")


def tell(what: str, each: float) -> None:
    """Print the seconds of one record, and what that makes of the target."""
    wanted, seconds, cores = TARGET
    print(
        f"{what}: {each * 1e6:.0f} µs a record; {each * wanted / cores:.0f} s for {wanted:,} on {cores} cores", end=""
    )
    print(f" (target {seconds:.0f} s)")


if __name__ == "__main__":
    sizes = [int(word) for word in sys.argv[1:3]]
    main(*sizes, *(1000, 10)[len(sizes) :])

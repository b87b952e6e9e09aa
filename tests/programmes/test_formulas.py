"""Every formula on records small enough to count on one's fingers."""

import pytest

from zuofang.credit.models import HonourKind
from zuofang.programmes.formulas import FORMULAS
from zuofang.programmes.plans import Setting
from zuofang.programmes.records import AcceptedZone, BatchDay, Found, Honoured, Operator, Records
from zuofang.programmes.spans import FOR_EVER
from zuofang.traceability.models import OperatorKind

DAYS = range(100, 106)
Given = tuple[tuple[str, Setting], ...]


def operator(
    known: int = 90, licensed: tuple[int, int] | None = (100, FOR_EVER), *, county: str = "339901",
    categories: tuple[str, ...] = ("tofu", "soy-product"), kind: OperatorKind = OperatorKind.workshop,
    zone: tuple[int, int] | None = None,
) -> Operator:  # fmt: skip
    return Operator(
        kind, county, known, (licensed,) if licensed else (), frozenset(categories), (zone,) if zone else ()
    )


def values(name: str, records: Records, **settings: Setting) -> list[tuple[int, int | None]]:
    return list(FORMULAS[name].values(records, tuple(settings.items()), DAYS))


def test_registered_are_those_with_a_certificate_among_those_known() -> None:
    records = Records({1: operator(), 2: operator(101, None), 3: operator(90, (102, 103))})
    assert values("registered", records) == [(1, 2), (1, 3), (2, 3), (2, 3), (1, 3), (1, 3)]


def test_kinds_and_categories_narrow_who_is_counted() -> None:
    records = Records({1: operator(), 2: operator(kind=OperatorKind.stall, categories=("tea",))})
    assert values("registered", records, kinds=("stall",))[0] == (1, 1)
    assert values("registered", records, categories=("soy-product",))[0] == (1, 1)
    assert values("registered", records, categories=("baijiu",))[0] == (0, 0)


@pytest.mark.parametrize("name", ["inspected", "sampled"])
def test_coverage_lasts_as_long_as_the_window_and_the_certificate(name: str) -> None:
    seen = (Found(1, 101, True), Found(2, 101, True), Found(3, 90, True))
    operators = {1: operator(), 2: operator(90, (100, 101)), 3: operator()}
    records = Records(operators, inspections=seen, samples=seen)
    assert values(name, records, window_days=3) == [(0, 3), (2, 3), (1, 2), (1, 2), (0, 2), (0, 2)]


def test_the_first_sample_counts_if_it_came_in_time() -> None:
    operators = {1: operator(90, (98, FOR_EVER)), 2: operator(90, (99, FOR_EVER)), 3: operator(90, None)}
    records = Records(operators, samples=(Found(1, 101, False), Found(2, 103, True)))
    assert values("first_sampled", records, within_days=3, window_days=2) == [
        (0, 0), (1, 1), (1, 2), (0, 1), (0, 0), (0, 0),
    ]  # fmt: skip


def test_a_failure_is_followed_up_from_the_day_something_was_done() -> None:
    samples = (Found(1, 100, False), Found(2, 101, False), Found(1, 101, True), Found(3, 101, None))
    records = Records(samples=samples, followed={1: [99, 103], 2: [90]})
    assert values("disposed", records, window_days=10) == [(0, 1), (0, 2), (0, 2), (1, 2), (1, 2), (1, 2)]


@pytest.mark.parametrize("name", ["samples_passed", "inspections_passed"])
def test_a_pass_share_leaves_out_what_is_undecided(name: str) -> None:
    seen = (Found(1, 100, True), Found(1, 101, False), Found(1, 102, None))
    records = Records(samples=seen, inspections=seen)
    assert values(name, records, window_days=2) == [(1, 1), (1, 2), (0, 1), (0, 0), (0, 0), (0, 0)]


def honours() -> Records:
    fine, five = HonourKind.fine_workshop, HonourKind.five_s
    held = (Honoured(fine, 1, (100, 103)), Honoured(fine, 2, (101, FOR_EVER)), Honoured(five, 2, (102, FOR_EVER)))
    return Records({1: operator(), 2: operator(county="339902")}, honours=held)


def test_honours_are_counted_while_they_are_in_force() -> None:
    assert [part for part, _ in values("honoured", honours(), kind="fine_workshop")] == [1, 2, 2, 2, 1, 1]


def test_the_county_with_the_fewest_decides() -> None:
    told = values("honoured_in_each_county", honours(), kind="fine_workshop")
    assert told == [(0, None), (1, None), (1, None), (1, None), (0, None), (0, None)]


def test_who_holds_one_honour_may_hold_another() -> None:
    told = values("honoured_also", honours(), kind="fine_workshop", also="five_s")
    assert told == [(0, 1), (0, 2), (1, 2), (1, 2), (1, 1), (1, 1)]


def test_zones_count_from_their_acceptance() -> None:
    zones = (AcceptedZone("339901", 102), AcceptedZone("339901", 104), AcceptedZone("339902", None))
    records = Records({1: operator(), 2: operator(county="339902")}, zones=zones)
    assert [part for part, _ in values("zones_accepted", records)] == [0, 0, 1, 1, 2, 2]
    assert values("counties_with_zone", records) == [(0, 2), (0, 2), (1, 2), (1, 2), (1, 2), (1, 2)]


def test_a_workshop_is_in_a_zone_on_the_days_it_sits_there() -> None:
    records = Records({1: operator(zone=(102, 103)), 2: operator(), 3: operator(kind=OperatorKind.stall)})
    assert values("in_zone", records) == [(0, 2), (0, 2), (1, 2), (1, 2), (0, 2), (0, 2)]


def test_standards_are_met_from_the_day_they_were_found_so() -> None:
    records = Records(zones=(AcceptedZone("339901", None, (101, 103)),), standards=4)
    assert values("standards_met", records) == [(0, 4), (1, 4), (1, 4), (2, 4), (2, 4), (2, 4)]


def test_batches_are_summed_over_the_window() -> None:
    records = Records(batches=(BatchDay(99, 4, 4), BatchDay(101, 3, 1), BatchDay(200, 9, 9)))
    assert values("batches_tested", records, window_days=2) == [(4, 4), (1, 3), (1, 3), (0, 0), (0, 0), (0, 0)]

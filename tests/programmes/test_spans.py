"""Spans of days: counted as if every day were looked at."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from zuofang.programmes.spans import Span, common, count, first_from, merged, windows

DAYS = range(10, 40)
spans = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=12)


def covers(those: list[Span], day: int) -> bool:
    return any(first <= day <= last for first, last in those)


@given(spans)
def test_merged_spans_cover_the_same_days_and_never_touch(those: list[Span]) -> None:
    found = merged(those)
    assert [day for day in range(70) if covers(found, day)] == [day for day in range(70) if covers(those, day)]
    assert all(before[1] + 1 < after[0] for before, after in pairwise(found))


@given(spans, spans)
def test_common_days_lie_in_both(one: list[Span], other: list[Span]) -> None:
    a, b = merged(one), merged(other)
    assert [day for day in range(70) if covers(common(a, b), day)] == [
        day for day in range(70) if covers(a, day) and covers(b, day)
    ]


@given(spans)
def test_a_count_is_what_looking_at_every_day_finds(those: list[Span]) -> None:
    assert count(those, DAYS) == [sum(first <= day <= last for first, last in those) for day in DAYS]


@given(st.lists(st.integers(0, 60)), st.integers(1, 20))
def test_a_window_holds_so_many_days_after_each_event(events: list[int], length: int) -> None:
    found = windows(events, length)
    assert [covers(found, day) for day in range(90)] == [
        any(day - length < one <= day for one in events) for day in range(90)
    ]


@given(st.lists(st.integers(0, 60)).map(sorted), st.integers(-5, 70))
def test_the_first_day_from_a_day(days: list[int], start: int) -> None:
    assert first_from(days, start) == min((day for day in days if day >= start), default=None)

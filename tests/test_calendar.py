"""Working days and natural days, by the vectors of the 2026 notice and against an independent library."""

from datetime import date, timedelta

import chinese_calendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from zuofang.rules.book import SHIPPED, read_rules
from zuofang.rules.calendar import Deadline, read_calendar
from zuofang.rules.tables import RuleFileError

calendar = read_rules().calendar
announced_days = st.dates(date(2021, 1, 1), date(2026, 12, 31))


@pytest.mark.parametrize(
    ("start", "amount", "end"),
    [
        ("2026-04-15", 5, "2026-04-22"),
        ("2026-04-15", 15, "2026-05-09"),
        ("2026-09-18", 7, "2026-09-29"),
        ("2026-09-18", 20, "2026-10-22"),
        ("2026-02-10", 5, "2026-02-24"),
        ("2026-02-10", 20, "2026-03-16"),
        ("2026-04-30", 5, "2026-05-11"),
        ("2026-12-24", 5, "2026-12-31"),
    ],
)
def test_working_days_skip_holidays_and_count_made_up_weekends(start: str, amount: int, end: str) -> None:
    found = calendar.after_working_days(date.fromisoformat(start), amount)
    assert found == Deadline(date.fromisoformat(end), provisional=False)


@pytest.mark.parametrize(("start", "end"), [("2026-07-29", "2026-09-28"), ("2026-08-04", "2026-10-08")])
def test_natural_days_that_end_in_a_holiday_move_past_it(start: str, end: str) -> None:
    assert calendar.after_natural_days(date.fromisoformat(start), 60).day == date.fromisoformat(end)


def test_a_term_past_the_last_announced_year_is_provisional() -> None:
    assert calendar.after_working_days(date(2026, 12, 24), 7).provisional
    assert calendar.after_natural_days(date(2026, 12, 1), 90).provisional


def test_a_term_before_the_first_noticed_year_is_provisional_too() -> None:
    assert calendar.after_working_days(date(2020, 6, 1), 20).provisional
    assert not calendar.after_working_days(date(2021, 3, 1), 20).provisional


@given(announced_days)
def test_working_days_agree_with_an_independent_library(day: date) -> None:
    assert calendar.is_working_day(day) == chinese_calendar.is_workday(day)


@given(st.dates(date(2021, 1, 1), date(2026, 9, 1)), st.integers(1, 60))
def test_counting_agrees_with_a_second_way_of_counting(start: date, amount: int) -> None:
    following = (start + timedelta(days=n) for n in range(1, 120))
    working = [day for day in following if chinese_calendar.is_workday(day)]
    assert calendar.after_working_days(start, amount).day == working[amount - 1]


def test_a_day_that_stands_twice_is_refused_with_its_line(tmp_path) -> None:
    file = tmp_path / "calendar.csv"
    file.write_text((SHIPPED / "calendar.csv").read_text() + "2026-01-01,off,元旦,又一次\n")
    lines = len(file.read_text().splitlines())
    with pytest.raises(RuleFileError, match=rf"calendar\.csv:{lines}: 2026-01-01 写了两次"):
        read_calendar(file)

"""What is kept about a workshop holds until the day it says, and is what its records give."""

from datetime import date, timedelta
from random import Random
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from tests.credit.cases import penalty, rules
from tests.credit.histories import as_record, random_history

from zuofang.credit.codec import dump
from zuofang.credit.events import Stayed
from zuofang.credit.publication import publication
from zuofang.credit.reckoning import File, Kept, Reckoned, next_look, reckon
from zuofang.credit.records import Record, Tier

TODAY = date(2026, 11, 20)
FAR = date(2027, 12, 31)
EARLY = (date(2025, 6, 2),)


def kept(key: int, record: Record, **more: Any) -> Kept:
    told = "".join((dump(record), *map(dump, record.events)))
    return Kept(key, record, told, **{"taken_down": False, "last_day": None, "look_again_on": FAR, **more})


def file(*records: Record, **more: Any) -> File:
    given = {"papers": EARLY, "categories": ("pastry",), "tenancies": ((EARLY[0], None),), **more}
    return File(workshop=1, records=tuple(kept(key, record) for key, record in enumerate(records)), **given)


def grades(file: File, on: date) -> Any:
    return reckon(file, on, rules).grades


histories = st.integers(0, 10**6).map(lambda seed: as_record(random_history(Random(seed))))
days = st.dates(date(2022, 3, 15), date(2027, 12, 31))
spans = st.dates(date(2022, 3, 15), date(2027, 12, 31)).flatmap(
    lambda since: st.tuples(st.just(since), st.none() | st.dates(since, date(2028, 12, 31)))
)


@given(st.lists(histories, max_size=3), st.lists(spans, max_size=2), days, st.integers(1, 900))
def test_a_grade_holds_until_the_day_it_says(records: list[Record], tenancies: Any, on: date, later: int) -> None:
    known = file(*records, tenancies=tuple(tenancies))
    found = reckon(known, on, rules)
    again = found.again_on or date.max
    day = min(on + timedelta(days=later), again - timedelta(days=1))
    assert again > on
    assert grades(known, day) == found.grades


@given(histories, days, st.integers(1, 900))
def test_a_record_stands_as_it_does_until_the_day_it_must_be_looked_at(record: Record, on: date, later: int) -> None:
    now = publication(record, on, rules)
    look = next_look(kept(1, record).text, now, on)
    day = min(on + timedelta(days=later), look - timedelta(days=1))
    assume(day > on)
    then = publication(record, day, rules)
    assert then.public is now.public


def test_a_workshop_without_a_certificate_has_no_grade() -> None:
    assert reckon(file(papers=()), TODAY, rules).grades == {}
    early = reckon(file(papers=(date(2026, 12, 1),)), TODAY, rules)
    assert (early.grades, early.again_on) == ({}, date(2026, 12, 1))


def test_leaving_the_zone_is_a_day_on_which_the_grade_may_turn() -> None:
    found = reckon(file(tenancies=((EARLY[0], date(2026, 12, 31)),)), TODAY, rules)
    assert found.again_on == date(2027, 1, 1)


SHOWN = penalty("2026-10-12", published="2026-10-15", tier=Tier.lighter)


def days_of(record: Record, **more: Any) -> Reckoned:
    one = kept(7, record, **more)
    return reckon(File(1, EARLY, (), (), (one,)), TODAY, rules)


def test_a_copy_that_is_right_is_left_alone() -> None:
    last = date(2027, 1, 12)
    assert days_of(SHOWN, last_day=last, look_again_on=last + timedelta(days=1)).days == ()


@pytest.mark.parametrize("more", [{"last_day": date(2029, 1, 12)}, {"look_again_on": date(2028, 1, 1)}])
def test_a_copy_made_by_other_rules_is_put_right(more: dict[str, Any]) -> None:
    (one,) = days_of(SHOWN, **more).days
    assert (one.last_day, one.look_again_on) == (date(2027, 1, 12), date(2027, 1, 13))


def test_what_is_shown_and_must_not_be_is_looked_at_this_very_day() -> None:
    over = penalty("2026-04-15", published="2026-04-20", tier=Tier.lighter)
    (one,) = days_of(over).days
    assert one.look_again_on == TODAY
    (back,) = days_of(SHOWN, taken_down=True).days
    assert back.look_again_on == TODAY


def test_a_hidden_record_is_looked_at_when_its_stay_is_lifted() -> None:
    stay = Stayed(on=date(2026, 11, 2), lifted_on=date(2027, 1, 5))
    hidden = penalty("2026-10-12", published="2026-10-15", tier=Tier.ordinary, events=(stay,))
    assert next_look(kept(1, hidden).text, publication(hidden, TODAY, rules), TODAY) == date(2027, 1, 5)


def test_digits_in_somebodys_words_are_no_day() -> None:
    assert next_look('"why":"编号2026-13-45"', publication(SHOWN, TODAY, rules), TODAY) == date(2027, 1, 13)

"""From cells to values: every usual spelling is understood, and what is not is refused, never guessed."""

from collections.abc import Callable
from contextlib import suppress
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zuofang.rules.identifiers import identity_check
from zuofang.traceability.importing import cells
from zuofang.traceability.importing.cells import NOT_RECORDED, BadCell

DAYS = st.dates(date(1900, 1, 1), date(2199, 12, 31))
SPELLINGS: list[Callable[[date], str]] = [
    lambda on: on.isoformat(),
    lambda on: f"{on.year}.{on.month}.{on.day}",
    lambda on: f"{on.year}/{on.month:02}/{on.day}",
    lambda on: f"{on.year}年{on.month}月{on.day}日",
    lambda on: f"{on.year} 年 {on.month} 月 {on.day} 日",
    lambda on: f"{on:%Y%m%d}",
    lambda on: f"{on} 00:00:00",
    lambda on: f" {on.year}．{on.month}．{on.day}\u3000",
    lambda on: "".join(chr(ord(sign) + 0xFEE0) if sign.isdigit() else sign for sign in on.isoformat()),
]
CLEANERS: list[Callable[[str], Any]] = [
    cells.optional(cells.day), cells.optional(cells.last_day), cells.optional(cells.amount),
    cells.optional(cells.whole), cells.optional(cells.words(200)), cells.optional(cells.number()),
    cells.optional(cells.credit_code),
    cells.optional(cells.identity), cells.optional(cells.several), cells.optional(cells.slug), cells.spoken(200),
    cells.optional(cells.district), cells.optional(cells.shelf_life), cells.required(cells.certificate_number),
    cells.required(cells.choice({"甲": 1})),
]  # fmt: skip


@settings(max_examples=200)
@given(DAYS, st.sampled_from(SPELLINGS))
def test_a_day_is_read_in_every_spelling(on: date, spell: Callable[[date], str]) -> None:
    assert cells.optional(cells.day)(spell(on)) == on


def test_a_day_is_read_as_a_spreadsheet_counts_it() -> None:
    assert cells.day("46277") == date(2026, 9, 12)


@pytest.mark.parametrize(
    "text", ["2026-02-30", "2026-13-01", "26-09-12", "2026-09", "九月十二日", "2026-9-12至2027-9-11", "0"]
)
def test_what_is_no_day_is_refused(text: str) -> None:
    with pytest.raises(BadCell):
        cells.day(text)


@settings(max_examples=200)
@given(st.text(max_size=40), st.sampled_from(CLEANERS))
def test_whatever_stands_in_a_cell_the_answer_is_a_value_or_a_sentence(text: str, clean: Callable[[str], Any]) -> None:
    with suppress(BadCell):
        value = clean(text)
        assert value is NOT_RECORDED or value is None or value == clean(text)


@pytest.mark.parametrize("text", ["", "  ", "\u3000", "未记载", "不详", "\ufeff", "\u00ad\u061c\U000e0041"])
def test_a_blank_says_nothing(text: str) -> None:
    assert cells.optional(cells.words(10))(text) is NOT_RECORDED


@pytest.mark.parametrize("text", ["无", "/", " — ", "-"])
def test_none_says_that_there_is_none(text: str) -> None:
    assert cells.optional(cells.words(10))(text) is None
    with pytest.raises(BadCell, match="不能为空"):
        cells.required(cells.words(10))(text)


def test_none_of_an_allergen_is_a_fact_of_its_own() -> None:
    assert cells.spoken(10)("/") == "无"
    assert cells.spoken(10)("") is NOT_RECORDED


@pytest.mark.parametrize("text", ["=1+1", "=HYPERLINK(A1)", " =cmd|' /C calc'!A0"])
def test_a_formula_is_refused(text: str) -> None:
    with pytest.raises(BadCell, match="公式"):
        cells.optional(cells.words(100))(text)


def test_a_number_kept_from_being_rounded_is_unwrapped_and_a_rounded_one_refused() -> None:
    assert cells.optional(cells.number())('="00123"') == "00123"
    for clean in (cells.number(), cells.identity):
        with pytest.raises(BadCell, match="科学计数法"):
            clean("3.30106E+17")


@pytest.mark.parametrize(
    ("text", "value"),
    [("１２.５０", "12.50"), ("1,200", "1200"), ("0", "0"), ("1,200,000.5", "1200000.5"), (" 3 ", "3")],
)
def test_an_amount_is_kept_as_written(text: str, value: str) -> None:
    assert str(cells.optional(cells.amount)(text)) == value


@pytest.mark.parametrize("text", ["12袋", "-1", "1e5", "1,20", "NaN", "inf", "十二", "9" * 20])
def test_what_is_no_amount_is_refused(text: str) -> None:
    with pytest.raises(BadCell):
        cells.amount(text)


@settings(max_examples=100)
@given(st.decimals(0, 10**9, places=3))
def test_any_amount_is_read_exactly(value: Decimal) -> None:
    assert cells.amount(f"{value}") == value


@settings(max_examples=100)
@given(st.dates(date(1930, 1, 1), date(2008, 1, 1)), st.integers(0, 999))
def test_an_identity_number_prints_masked_and_is_never_kept_in_text(born: date, order: int) -> None:
    body = f"339901{born:%Y%m%d}{order:03}"
    number = body + identity_check(body)
    assert number not in f"{cells.identity(number)} {cells.identity(number)!r}"
    assert cells.identity(number.lower()) == cells.identity(f" {number} ")
    assert number not in cells.words(100)(f"经营者身份证{number}。")
    with pytest.raises(BadCell, match="身份证号"):
        cells.number()(number)


def test_months_of_shelf_life_are_not_turned_into_days() -> None:
    assert cells.shelf_life("15天") == cells.shelf_life("１５") == 15
    with pytest.raises(BadCell, match="按天写"):
        cells.shelf_life("12个月")


def test_a_term_without_end_has_no_last_day() -> None:
    assert cells.last_day("长期") is None
    assert cells.last_day("2028-02-29") == date(2028, 2, 29)

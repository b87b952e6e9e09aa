"""Reading a buyer's list: what a person pastes, what a spreadsheet holds, and how much is looked at."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zuofang.credit.verification.lines import (
    LONGEST,
    MOST,
    Line,
    TooManyLines,
    bare,
    lines_of_rows,
    lines_of_text,
    looks_like_number,
    tidy,
)


def test_blank_lines_are_counted_and_left_out() -> None:
    assert lines_of_text("甲\n\n  \n乙\n") == (Line(1, "甲"), Line(4, "乙"))


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("1. 北溪陈记卤味作坊", "北溪陈记卤味作坊"),
        ("2、北溪陈记", "北溪陈记"),
        ("（3）号作坊", "（3）号作坊"),
        ("- 北溪陈记", "北溪陈记"),
        ("3家村豆腐坊", "3家村豆腐坊"),
        ("\u200b甲\t乙", "甲 乙"),
        ("12345", "12345"),
    ],
)
def test_a_line_loses_the_numbering_of_its_list_and_nothing_else(written: str, read: str) -> None:
    assert tidy(written) == read


def test_of_a_row_the_first_telling_cell_counts_and_headings_are_no_lines() -> None:
    rows = [["名称", "地址"], ["1", "", "甲作坊"], [], ["2", "91330000MA0000000X"], ["名称"], ["7"]]
    assert [line.text for line in lines_of_rows(rows)] == ["甲作坊", "91330000MA0000000X", "7"]


def test_one_line_too_many_is_refused_and_the_last_allowed_one_is_not() -> None:
    assert len(lines_of_text("甲\n" * MOST)) == MOST
    with pytest.raises(TooManyLines):
        lines_of_text("甲\n" * (MOST + 1))


def test_spellings_of_one_name_compare_equal() -> None:
    assert bare("北溪 陈记【总店】") == bare("北溪陈记（总店）") == bare("北溪陈记(总店)")
    assert bare("ＺＦ３３９９ 0100012") == "ZF33990100012"


def test_a_number_is_told_from_a_name() -> None:
    assert looks_like_number("ZF33990100012")
    assert looks_like_number("ＺＦ３３")
    assert not looks_like_number("三家村3号作坊")
    assert not looks_like_number("ABC")


@given(st.text())
def test_whatever_is_pasted_becomes_short_visible_lines(text: str) -> None:
    try:
        found = lines_of_text(text)
    except TooManyLines:
        return
    for line in found:
        assert 0 < len(line.text) <= LONGEST
        assert line.text.isprintable()
        assert line.text == line.text.strip()

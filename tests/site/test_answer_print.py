"""Lines of the printed answer sheet break as Chinese lines may: closing signs begin none, opening ones end none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zuofang.site.public.answer_print import NO_END, NO_START, broken


@pytest.mark.parametrize(
    ("line", "sign", "kept", "carried"),
    [
        ("本批检验合格", "。", "本批检验合", "格"),
        ("依照（食品", "安", "依照（食品", ""),
        ("依照食品（", "安", "依照食品", "（"),
        ("他说：“好”", "。", "他说：", "“好”"),
        ("。。。。", "。", "。。。。", ""),
    ],
)
def test_a_line_breaks_before_a_sign(line: str, sign: str, kept: str, carried: str) -> None:
    assert broken(line, sign) == (kept, carried)


@given(st.text("字码。，（）“”", min_size=1, max_size=12), st.sampled_from("字。（"))
def test_nothing_is_lost_and_what_can_be_broken_well_is(line: str, sign: str) -> None:
    kept, carried = broken(line, sign)
    assert kept + carried == line
    assert kept
    if carried:
        assert carried[0] not in NO_START
        assert kept[-1] not in NO_END

"""Values of the credit room survive being written down, and nothing else is read as one."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.credit.histories import as_record, random_history

from zuofang.credit.codec import Unreadable, dump, load
from zuofang.credit.records import Penalty, Record


@given(st.randoms(use_true_random=False))
def test_every_record_comes_back_as_it_was(random: Random) -> None:
    record: Record = as_record(random_history(random))
    assert load(type(record), dump(record)) == record


@given(st.text(max_size=40))
def test_any_other_text_is_refused(text: str) -> None:
    with pytest.raises(Unreadable):
        load(Penalty, text)


def test_a_field_nobody_knows_is_refused() -> None:
    with pytest.raises(Unreadable):
        load(Penalty, '{"is":"Penalty","decided_on":"2026-01-05","kinds":["警告"],"colour":"red"}')

import hashlib
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st
from tests.conftest import NOON

from zuofang.reporting.forms import LIFE, FormToken, is_worked, new_form, read_form

KEY = b"k" * 32


def test_a_form_of_ours_is_known_again() -> None:
    form = new_form(NOON)
    assert read_form(KEY, form.text(KEY)) == form
    assert read_form(b"l" * 32, form.text(KEY)) is None


@given(st.integers(0, 49), st.sampled_from("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"))
def test_a_changed_form_is_not_ours(place: int, sign: str) -> None:
    text = FormToken(b"n" * 16, 1_790_000_000).text(KEY)
    changed = text[:place] + sign + text[place + 1 :]
    assert (read_form(KEY, changed) is not None) == (changed == text)


def test_a_form_grows_too_old_and_none_comes_from_the_future() -> None:
    form = new_form(NOON)
    assert not form.is_expired(NOON + timedelta(seconds=LIFE))
    assert form.is_expired(NOON + timedelta(seconds=LIFE + 1))
    assert form.is_expired(NOON - timedelta(minutes=2))


def test_work_is_recognised_and_cannot_be_carried_to_another_form() -> None:
    text = new_form(NOON).text(KEY)
    found = next(str(n) for n in range(1 << 20) if hashlib.sha256(f"{text}:{n}".encode()).digest()[0] == 0)
    assert is_worked(text, found, 8)
    assert not is_worked(text, found, 40)
    assert not is_worked(text, "１２", 0)
    assert not all(is_worked(new_form(NOON).text(KEY), found, 8) for _ in range(20))

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zuofang.reporting.receipts import (
    ALPHABET,
    HIDDEN,
    Receipt,
    digest_of,
    masked,
    matches,
    new_locator,
    read_receipt,
    secret_of,
)

SECRET = "Q4TX9F3BW6HN2RDP"


@given(st.text(ALPHABET, min_size=4, max_size=5), st.text(ALPHABET, min_size=16, max_size=16), st.data())
def test_a_receipt_is_read_however_it_is_typed(locator: str, secret: str, data: st.DataObject) -> None:
    text = Receipt(locator, secret).text
    spaced = "".join(sign + data.draw(st.sampled_from(["", " ", "-", "—", "\n"])) for sign in text)
    assert read_receipt(spaced.lower()) == Receipt(locator, secret)


def test_letters_that_look_like_digits_are_taken_for_them() -> None:
    assert read_receipt("ilok-0000-0000-0000-0000") == Receipt("110K", "0" * 16)


@given(st.text(max_size=300))
def test_no_text_makes_the_reader_stumble(text: str) -> None:
    read = read_receipt(text)
    assert read is None or set(read.locator + read.secret) <= set(ALPHABET)


def test_the_secret_follows_from_the_form_and_the_key_alone() -> None:
    forms = [number.to_bytes(16) for number in range(2000)]
    secrets = {secret_of(bytes(32), form, "report") for form in forms}
    assert len(secrets) == 2000
    assert {len(secret) for secret in secrets} == {16}
    assert secret_of(bytes(32), forms[7], "report") == secret_of(bytes(32), forms[7], "report")
    assert secret_of(bytes(32), forms[7], "report") != secret_of(bytes(32), forms[7], "complaint")
    assert secret_of(bytes(32), forms[7], "report") != secret_of(b"1" * 32, forms[7], "report")


def test_every_sign_of_the_alphabet_stands_at_every_place_of_a_secret() -> None:
    secrets = [secret_of(bytes(32), number.to_bytes(16), "report") for number in range(3000)]
    assert all({secret[place] for secret in secrets} == set(ALPHABET) for place in range(16))
    assert len({new_locator() for _ in range(200)}) > 190


def test_one_secret_is_kept_differently_in_every_row() -> None:
    assert digest_of(SECRET, b"a" * 16) != digest_of(SECRET, b"b" * 16)
    assert matches(SECRET, b"a" * 16, digest_of(SECRET, b"a" * 16))
    assert not matches(SECRET, b"b" * 16, digest_of(SECRET, b"a" * 16))
    assert not matches(SECRET, None, None)


@pytest.mark.parametrize("typed", ["7K2M-Q4TX-9F3B-W6HN-2RDP", "7k2m q4tx 9f3b w6hn 2rdp", "7K2MQ4TX9F3BW6HN2RDP"])
def test_a_receipt_pasted_into_a_text_is_hidden(typed: str) -> None:
    assert masked(f"我的回执是 {typed}，请查。") == f"我的回执是 {HIDDEN}，请查。"


def test_ordinary_words_and_numbers_are_left_alone() -> None:
    plain = "二维码 3F7KQ2M9XT4B，电话 13800000000 13900000000，" + string.ascii_lowercase
    assert masked(plain) == plain

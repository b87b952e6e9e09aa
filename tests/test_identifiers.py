"""Credit codes and identity numbers: check characters, and numbers of people never in sight."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zuofang.rules import identifiers

EXAMPLE = "92320281MA1ABC2DX3"
"""The invented individual business of the rules' worked example."""

credit_bodies = st.tuples(
    st.text(identifiers.CREDIT_ALPHABET, min_size=2, max_size=2),
    st.from_regex(r"[0-9]{6}", fullmatch=True),
    st.text(identifiers.CREDIT_ALPHABET, min_size=9, max_size=9),
).map("".join)
identity_bodies = st.builds(
    lambda place, day, order: f"{place}{day:%Y%m%d}{order:03}",
    st.integers(110000, 829999),
    st.dates(date(1900, 1, 1), date(2026, 11, 20)),
    st.integers(0, 999),
)
identity_numbers = identity_bodies.map(lambda body: body + identifiers.identity_check(body))
around = st.text(st.characters(exclude_categories=["N", "L", "C"]) | st.sampled_from("身份证号"), max_size=8)
"""Text without letters and digits of its own, which could join a number."""


def full_width(text: str) -> str:
    return "".join(chr(ord(sign) + 0xFEE0) for sign in text)


def test_the_worked_example_of_a_credit_code() -> None:
    assert identifiers.credit_check(EXAMPLE[:17]) == "3"
    assert identifiers.is_credit_code(EXAMPLE)
    assert identifiers.credit_code_district(EXAMPLE) == "320281"


@pytest.mark.parametrize("text", ["", EXAMPLE[:17], EXAMPLE + "3", EXAMPLE.lower(), "92320281MA1ABC2DX4", "9" * 18])
def test_what_is_no_credit_code(text: str) -> None:
    assert not identifiers.is_credit_code(text)


@settings(max_examples=200)
@given(credit_bodies, st.integers(0, 17), st.sampled_from(identifiers.CREDIT_ALPHABET))
def test_one_wrong_character_in_a_credit_code_is_found(body: str, place: int, sign: str) -> None:
    code = body + identifiers.credit_check(body)
    assert identifiers.is_credit_code(code)
    wrong = code[:place] + sign + code[place + 1 :]
    assert identifiers.is_credit_code(wrong) == (wrong == code)


@settings(max_examples=200)
@given(identity_numbers, st.integers(0, 16), st.sampled_from("0123456789"))
def test_one_wrong_digit_in_an_identity_number_is_found(number: str, place: int, digit: str) -> None:
    assert identifiers.is_identity_number(number)
    wrong = number[:place] + digit + number[place + 1 :]
    assert identifiers.is_identity_number(wrong) == (wrong == number)


def test_an_identity_number_with_an_impossible_day_is_none() -> None:
    body = "33010619990230123"
    assert not identifiers.is_identity_number(body + identifiers.identity_check(body))


@settings(max_examples=200)
@given(identity_numbers, around, around, st.booleans())
def test_an_identity_number_is_found_and_masked_inside_any_text(
    number: str, before: str, after: str, wide: bool
) -> None:
    text = before + (full_width(number) if wide else number) + after
    assert identifiers.find_identity_numbers(text) == [number]
    masked = identifiers.mask_identity_numbers(text)
    assert masked == before + number[:10] + "****" + number[14:] + after
    assert identifiers.find_identity_numbers(masked) == []


@pytest.mark.parametrize("separator", [" ", "-"])
def test_an_identity_number_written_in_groups_is_found(separator: str) -> None:
    number = "33010619900101123X"
    grouped = separator.join([number[:6], number[6:14], number[14:]])
    assert identifiers.find_identity_numbers(f"经营者{grouped}。") == [number]


@settings(max_examples=200)
@given(st.text(max_size=60) | st.from_regex(r"[0-9]{10,30}", fullmatch=True))
def test_masking_leaves_all_other_text_alone(text: str) -> None:
    masked = identifiers.mask_identity_numbers(text)
    assert masked == text or "****" in masked
    if "*" not in text and masked == text:
        assert identifiers.find_identity_numbers(text) == []


def test_an_identity_number_with_a_slip_is_masked_too() -> None:
    assert identifiers.mask_identity_numbers("身份证339901198804120011") == "身份证3399011988****0011"
    assert identifiers.mask_identity_numbers("条码339901198813320011") == "条码339901198813320011"


@pytest.mark.parametrize("text", ["33010619900101123X0", "133010619900101123X", EXAMPLE])
def test_a_longer_number_is_not_taken_for_an_identity_number(text: str) -> None:
    assert identifiers.find_identity_numbers(text) == []

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zuofang.rules.quantities import (
    NO_UNIT,
    Quantity,
    Span,
    looks_like_thousands,
    number_text,
    plain,
    read_grouped_number,
    read_number,
    read_unit,
)

numbers = st.decimals(min_value=0, max_value=10**9, places=4, allow_nan=False)


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("0.468", "0.468"),
        ("1.2×10⁴", "12000"),
        ("1.2*10^4", "12000"),
        ("1.2 × 10 ^ 4", "12000"),
        ("１．２×１０⁴", "12000"),
        ("1.2·10<sup>4</sup>", "12000"),
        ("10^5", "100000"),
        ("10⁻³", "0.001"),
        ("1.2E4", "12000"),
        ("1.2e-3", "0.0012"),
        ("0.0800", "0.0800"),
        (".5", "0.5"),
    ],
)
def test_numbers_are_read_as_printed(printed, value):
    assert read_number(printed) == Decimal(value)


@pytest.mark.parametrize(
    "printed",
    ["", "1.2×104", "1.2x10", "1..2", "1.2.3", "½", "10₄", "٣", "-0.5", "1,200", "<10", "十", "1e999", "9" * 40],
)
def test_what_is_not_plainly_a_number_is_not_read(printed):
    assert read_number(printed) is None


def test_marks_of_a_list_never_melt_into_the_numbers():
    assert plain("①120②130⒈140") == "120 130 140"


def test_thousands_are_joined_only_where_a_number_stands_alone():
    assert read_grouped_number("10,000") == 10_000
    assert read_grouped_number("1 000") == 1_000
    assert looks_like_thousands("1,200")
    assert not looks_like_thousands("100,750,160,180,500")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("μg/kg", "ug/kg"),
        ("µg/kg", "ＭＣＧ／ＫＧ"),
        ("mg／kg", "mg/kg"),
        ("CFU/g", "cfu / g"),
        ("mg/100cm²", "mg/100cm2"),
        ("%vol", "％ VOL"),
        ("%vol", "%(V/V)"),
        ("mg/kg", "(mg/kg)"),
        ("/", ""),
    ],
)
def test_one_unit_in_two_prints_is_one_unit(one, other):
    assert read_unit(one) == read_unit(other)


@pytest.mark.parametrize(
    ("large", "small", "power"),
    [
        ("g/kg", "mg/kg", 3),
        ("mg/kg", "μg/kg", 3),
        ("g/100g", "g/kg", 1),
        ("mg/g", "g/kg", 0),
        ("mg/dm²", "mg/100cm²", 0),
        ("g/L", "mg/L", 3),
        ("mg/mL", "mg/L", 3),
        ("mg/L", "mg/100mL", 1),
    ],
)
def test_like_units_differ_by_an_exact_power_of_ten(large, small, power):
    big, little = read_unit(large), read_unit(small)
    assert big.like(little)
    assert abs(big.power - little.power) == power


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("mg/kg", "mg/L"),
        ("g/100g", "%"),
        ("CFU/g", "CFU/mL"),
        ("CFU/mL", "CFU/250mL"),
        ("MPN/g", "CFU/g"),
        ("mmol/kg", "g/100g"),
        ("/25g", "/10g"),
        ("%", "%vol"),
        ("mg/250mL", "mg/L"),
        ("mg/kg", ""),
    ],
)
def test_unlike_units_are_never_carried_over(one, other):
    assert not read_unit(one).like(read_unit(other))


def test_an_unfamiliar_unit_still_compares_with_itself():
    assert read_unit("µ/g").like(read_unit("μ/g"))
    assert read_unit("mg/每日").like(read_unit("mg/每日"))


@pytest.mark.parametrize("text", ["不合格", "mg/kg不合格", "超标", "g;kg"])
def test_words_are_no_unit(text):
    assert read_unit(text) is None


@given(numbers)
def test_a_number_survives_being_printed(value):
    assert read_number(number_text(value)) == value


@given(st.text(max_size=60))
def test_any_text_is_read_or_declined_without_an_error(text):
    read_number(text)
    read_unit(text)
    assert plain(plain(text)) == plain(text)


def full_width(text):
    return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)


@given(numbers, st.sampled_from(["g/kg", "mg/kg", "CFU/g", "%vol", "g/100g"]))
def test_full_width_and_half_width_print_mean_the_same(value, unit):
    assert read_number(full_width(f"{value:f}")) == value
    assert read_unit(full_width(unit)) == read_unit(unit)


@given(numbers, numbers)
def test_a_span_is_never_both_inside_and_apart(value, limit):
    exact, allowed = Span(value, value), Span(high=limit)
    assert exact.within(allowed) is (value <= limit)
    assert exact.apart_from(allowed) is (value > limit)


def test_open_ends_decide_at_the_limit_itself():
    below_ten = Span(high=Decimal(10), high_open=True)
    assert below_ten.within(Span(high=Decimal(10), high_open=True))
    assert not Span(Decimal(10), Decimal(10)).within(below_ten)
    assert Span(low=Decimal(10), low_open=True).apart_from(Span(high=Decimal(10)))


def test_a_quantity_prints_with_its_unit():
    assert str(Quantity(Decimal("0.468"), read_unit("g/kg"))) == "0.468 g/kg"
    assert str(Quantity(Decimal("14.1"), read_unit("% vol"))) == "14.1%vol"
    assert str(Quantity(Decimal("110000"), read_unit("CFU/g"))) == "1.1×10⁵ CFU/g"
    assert str(Quantity(Decimal("2.2"), NO_UNIT)) == "2.2"

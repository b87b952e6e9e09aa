from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zuofang.rules.quantities import NO_UNIT, Quantity, Unreadable, number_text, read_unit
from zuofang.traceability.printed_results import read_result
from zuofang.traceability.readings import (
    Censored,
    Declared,
    Detected,
    NotDetected,
    Retested,
    Series,
    Value,
)


def q(value, unit=""):
    return Quantity(Decimal(value), read_unit(unit))


def values(*numbers, unit=""):
    return Series(tuple(Value(q(number, unit)) for number in numbers))


FIVE = values(12, 34, 56, 78, 90, unit="CFU/g")


@pytest.mark.parametrize(
    ("printed", "meant"),
    [
        ("0.468g/kg", Value(q("0.468", "g/kg"))),
        ("3.97×10³µg/kg", Value(q("3970", "μg/kg"))),
        ("0.17mg/100cm²", Value(q("0.17", "mg/100cm²"))),
        ("0.5（mg／kg）", Value(q("0.5", "mg/kg"))),
        ("2.2/", Value(q("2.2"))),
        ("检出值：0.5mg/kg", Value(q("0.5", "mg/kg"))),
        ("检出0.5mg/kg", Value(q("0.5", "mg/kg"))),
        ("检出（0.5mg/kg）", Value(q("0.5", "mg/kg"))),
        ("0.5（限量≤0.3mg/kg）", Value(q("0.5"))),
        ("0.5mg/kg(以Pb计)", Value(q("0.5", "mg/kg"))),
        ("0.5g/kg（不合格）", Value(q("0.5", "g/kg"))),
        ("32,000CFU/g", Value(q("32000", "CFU/g"))),
        ("＜10CFU/g", Censored(q("10", "CFU/g"))),
        (">3.0×10⁵CFU/g", Censored(q("300000", "CFU/g"), above=True)),
        ("≤0.5mg/kg", Censored(q("0.5", "mg/kg"), inclusive=True)),
        ("未检出", NotDetected()),
        ("N.D.", NotDetected()),
        ("＜检出限", NotDetected()),
        ("阴性", NotDetected()),
        ("未检出/25g", NotDetected(read_unit("/25g"))),
        ("未检出（检出限0.01mg/kg）", NotDetected(read_unit("mg/kg"), q("0.01", "mg/kg"))),
        ("ND(<0.01mg/kg)", NotDetected(read_unit("mg/kg"), q("0.01", "mg/kg"))),
        ("检出", Detected()),
        ("检出/50cm²", Detected(read_unit("/50cm²"))),
        ("不符合商业无菌要求", Declared(conforms=False)),
        ("合格", Declared(conforms=True)),
        ("商业无菌", Declared(conforms=True)),
        ("商业无菌：不合格", Declared(conforms=False)),
        ("复检结果：0.64mg/kg", Retested(None, Value(q("0.64", "mg/kg")))),
    ],
)
def test_a_result_is_read_as_printed(printed, meant):
    assert read_result(printed) == meant


@pytest.mark.parametrize(
    "printed",
    [
        "12,34,56,78,90CFU/g",
        "12，34，56，78，90CFU/g",
        "12、34、56、78、90 CFU/g",
        "12;34；56;78；90（CFU/g）",
        "12/34/56/78/90CFU/g",
        "12 34 56 78 90 CFU/g",
        "12\n34\n56\n78\n90CFU/g",
        "12、34；56，78,90 cfu/g",
        "①12②34③56④78⑤90CFU/g",
        "1#:12,2#:34,3#:56,4#:78,5#:90CFU/g",
        "12CFU/g,34CFU/g,56CFU/g,78CFU/g,90CFU/g",
    ],
)
def test_five_values_are_five_whatever_stands_between_them(printed):
    assert read_result(printed) == FIVE


def test_a_series_mixes_values_bounds_and_absence():
    assert read_result("7.3×10²,<10,未检出CFU/g") == Series(
        (Value(q("730", "CFU/g")), Censored(q("10", "CFU/g")), NotDetected(read_unit("CFU/g")))
    )


def test_one_word_for_all_samples_counts_only_where_their_number_is_said():
    assert read_result("5份样品均未检出") == Series((NotDetected(),) * 5)
    assert read_result("均未检出") == NotDetected()


def test_the_unit_column_serves_only_values_without_a_unit_of_their_own():
    assert read_result("0.3", "mg/kg") == Value(q("0.3", "mg/kg"))
    assert read_result("0.3 g/kg", "mg/kg") == Value(q("0.3", "g/kg"))
    assert read_result("检出", "mg/kg") == Detected()
    assert read_result("0.3", "见附件") == Unreadable("0.3")


@pytest.mark.parametrize(
    ("printed", "first", "final"),
    [
        ("初检结果：128μg/kg复检结果：51.8μg/kg", "128 μg/kg", "51.8 μg/kg"),
        ("初检：0.66mg/kg，复检：0.64mg/kg", "0.66 mg/kg", "0.64 mg/kg"),
        ("初检0.66、复检0.64mg/kg", "0.66 mg/kg", "0.64 mg/kg"),
        ("0.66mg/kg(初检)；0.64mg/kg(复检)", "0.66 mg/kg", "0.64 mg/kg"),
        ("复检结果：0.64mg/kg；初检结果：0.66mg/kg", "0.66 mg/kg", "0.64 mg/kg"),
        ("初检结果：0.66mg/kg；复检结果：维持初检结论", "0.66 mg/kg", "0.66 mg/kg"),
        ("初检结果：检出；复检结果：未检出", "检出", "未检出"),
    ],
)
def test_first_result_and_retest_are_kept_apart(printed, first, final):
    assert read_result(printed) == Retested(read_result(first), read_result(final))


@pytest.mark.parametrize(
    "printed",
    [
        "",
        "/",
        "—",
        "1.2×104",
        "1,200",
        "12,000,13,000",
        "007mg/kg",
        "100,200,300",
        "约0.5",
        "0.5±0.1",
        "标签中未标注成分",
        "0.5mg/kg,0.6",
        "½",
        "符合性不足",
        "合格率低",
        "1.2万",
        "0.5mg/kg 0.6mg/L 0.7",
        "检出(1.2.3)",
        "未检出(检出限0.01mg/kg)0.5",
        "九" * 500,
    ],
)
def test_what_could_mean_two_things_is_not_read(printed):
    reading = read_result(printed)
    assert reading == Unreadable(printed)


def test_values_of_three_digits_are_values_where_the_plan_asks_for_that_many():
    assert read_result("100,200,300", expected=3) == values(100, 200, 300)
    assert read_result("100,750,160,180,500CFU/g") == values(100, 750, 160, 180, 500, unit="CFU/g")


units = st.sampled_from([NO_UNIT, *map(read_unit, ("mg/kg", "g/100g", "CFU/g", "%vol", "mg/100cm²"))])
quantities = st.builds(Quantity, st.decimals(min_value=0, max_value=10**8, places=3), units)
singles = (
    st.builds(Value, quantities)
    | st.builds(Censored, quantities, st.booleans(), st.booleans())
    | st.builds(NotDetected, units)
    | st.builds(Detected, units)
)


@given(singles)
def test_a_reading_survives_being_printed(single):
    assert read_result(str(single)) == single


@given(
    st.lists(st.decimals(min_value=0, max_value=10**7, places=1), min_size=2, max_size=5), st.sampled_from("、;；，")
)
def test_a_series_survives_any_separator(numbers, separator):
    printed = separator.join(map(number_text, numbers)) + "CFU/g"
    assert read_result(printed) == values(*numbers, unit="CFU/g")


@given(st.text(alphabet="0123456789.,，、;/ <>≤×10^检出未初复结果：（）()CFUgmk", max_size=40) | st.text(max_size=80))
def test_no_text_makes_the_reader_stumble(text):
    reading = read_result(text)
    if isinstance(reading, Unreadable):
        assert reading.text == text

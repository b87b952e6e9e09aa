from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zuofang.rules.book import SHIPPED, read_rules
from zuofang.rules.limit_tables import read_limits
from zuofang.rules.limits import (
    Absent,
    ByProductStandard,
    Ceiling,
    Floor,
    Forbidden,
    LabelTolerance,
    Negative,
    NoLimit,
    Plan,
    ProportionSum,
    Range,
    Requirement,
    Unsigned,
)
from zuofang.rules.parameters import NoSuchRule
from zuofang.rules.printed_limits import parse_limit
from zuofang.rules.quantities import NO_UNIT, Quantity, Unreadable, read_unit
from zuofang.rules.tables import RuleFileError

GB2762_2025 = date(2026, 9, 2)
GB2760_2024 = date(2025, 2, 8)


def q(value, unit=""):
    return Quantity(Decimal(value), read_unit(unit))


def plan(n, c, m, most=None, unit=""):
    return Plan(n, c, Decimal(m), None if most is None else Decimal(most), read_unit(unit))


PRINTED = [
    ("≤0.3mg/kg", Ceiling(q("0.3", "mg/kg"))),
    ("≦0.3 mg／kg", Ceiling(q("0.3", "mg/kg"))),
    ("<=0.3mg/kg", Ceiling(q("0.3", "mg/kg"))),
    ("不得超过0.3mg/kg", Ceiling(q("0.3", "mg/kg"))),
    ("标准值：≤0.3mg/kg", Ceiling(q("0.3", "mg/kg"))),
    ("≤0.1mg/kg（以Pb计）", Ceiling(q("0.1", "mg/kg"))),
    ("≤100mg/kg(干样品，以Al计)", Ceiling(q("100", "mg/kg"))),
    ("≤0.5（mg/kg）", Ceiling(q("0.5", "mg/kg"))),
    ("≤10³CFU/g", Ceiling(q("1000", "CFU/g"))),
    ("≤1/", Ceiling(q("1"))),
    ("＜10mg/kg", Ceiling(q("10", "mg/kg"), strict=True)),
    ("≥1.50g/100mL", Floor(q("1.50", "g/100mL"))),
    ("52.0~54.0 %vol", Range(Decimal("52.0"), Decimal("54.0"), read_unit("%vol"))),
    ("52.0–54.0%vol", Range(Decimal("52.0"), Decimal("54.0"), read_unit("%vol"))),
    ("52.0～54.0%vol", Range(Decimal("52.0"), Decimal("54.0"), read_unit("%vol"))),
    ("52.0 to 54.0%vol", Range(Decimal("52.0"), Decimal("54.0"), read_unit("%vol"))),
    ("≥52.0%vol，≤54.0%vol", Range(Decimal("52.0"), Decimal("54.0"), read_unit("%vol"))),
    ("53%vol±1.0%vol", Range(Decimal("52.0"), Decimal("54.0"), read_unit("%vol"))),
    ("18-33mg/kg", Range(Decimal(18), Decimal(33), read_unit("mg/kg"))),
    ("6.5～8.5", Range(Decimal("6.5"), Decimal("8.5"))),
    ("不得使用", Forbidden()),
    ("不得添加", Forbidden()),
    ("不得检出", Absent()),
    ("不得检出/25g", Absent(read_unit("/25g"))),
    ("0/25g", Absent(read_unit("/25g"))),
    ("n=5,c=2,m=10⁴,M=10⁵CFU/g", plan(5, 2, 10**4, 10**5, "CFU/g")),
    ("n=5，c=2，m=10000，M=100000（CFU/g）", plan(5, 2, 10**4, 10**5, "CFU/g")),
    ("n=5、c=2、m=10⁴CFU/g、M=10⁵CFU/g", plan(5, 2, 10**4, 10**5, "CFU/g")),
    ("n=5,c=2,m=10,000,M=50,000CFU/g", plan(5, 2, 10**4, 5 * 10**4, "CFU/g")),
    ("n=5 c=0 m=0/25g", plan(5, 0, 0, None, "/25g")),
    ("≤n=5,c=0,m=0CFU/250mL", plan(5, 0, 0, None, "CFU/250mL")),
    ("n=5,c=0,m=0,M=-", plan(5, 0, 0)),
    ("防腐剂", None),
    ("比例之和≤1", ProportionSum()),
    ("标签明示值±1.0%vol", LabelTolerance(q("1.0", "%vol"))),
    ("阴性", Negative()),
    ("不设限量", NoLimit()),
    ("按产品明示标准", ByProductStandard()),
    ("应符合商业无菌要求", Requirement("符合商业无菌要求")),
    ("25CFU/g", Unsigned(q("25", "CFU/g"))),
    ("0CFU/g", Ceiling(q("0", "CFU/g"))),
    ("≤/g/100g", None),
    ("", None),
    ("/", None),
    ("≤5.0(2.0)", None),
    ("≥80%标示值", None),
    ("n=5,c=2,m=104,M=105", None),
    ("n=5,c=2,m=10⁵,M=10⁴", None),
    ("n=5,c=2", None),
    ("n=5,c=5,m=10,M=100", None),
    ("54.0~52.0%vol", None),
    ("≤0.3mg/kg " * 60, None),
]


@pytest.mark.parametrize(("printed", "meant"), PRINTED)
def test_a_limit_is_read_as_printed(printed, meant):
    assert parse_limit(printed) == (meant or Unreadable(printed))


@pytest.mark.parametrize("limit", [meant for _, meant in PRINTED if meant])
def test_a_limit_survives_being_printed(limit):
    assert parse_limit(str(limit)) == limit


quantities = st.builds(
    Quantity,
    st.decimals(min_value=Decimal("0.0001"), max_value=10**7, places=4),
    st.sampled_from([NO_UNIT, read_unit("mg/kg"), read_unit("CFU/g"), read_unit("%vol"), read_unit("g/100g")]),
)


@given(quantities, st.booleans(), st.sampled_from([Ceiling, Floor]))
def test_any_bound_survives_being_printed(quantity, strict, kind):
    assert parse_limit(str(kind(quantity, strict))) == kind(quantity, strict)


@given(st.text(alphabet="nmcM=≤<0123456789.,×10^~±（）()/gk%不得检出使用标签值 ", max_size=40) | st.text(max_size=80))
def test_no_text_makes_the_reader_stumble(text):
    limit = parse_limit(text)
    assert isinstance(limit, Unreadable) or parse_limit(str(limit)) == limit


@pytest.fixture(scope="module")
def book():
    return read_rules().limits


@pytest.mark.parametrize(
    ("category", "item", "made_on", "limit", "standard"),
    [
        ("pastry", "脱氢乙酸", GB2760_2024 - timedelta(days=1), "≤0.5 g/kg", "GB 2760-2014"),
        ("pastry", "脱氢乙酸", GB2760_2024, "不得使用", "GB 2760-2024"),
        ("braised-meat", "铅", GB2762_2025 - timedelta(days=1), "≤0.3 mg/kg", "GB 2762-2022"),
        ("braised-meat", "铅", GB2762_2025, "≤0.3 mg/kg", "GB 2762-2025"),
        ("braised-meat", "沙门氏菌", date(2021, 11, 21), None, None),
        ("braised-meat", "沙门氏菌", date(2021, 11, 22), "n=5,c=0,m=0/25g", "GB 29921-2021"),
        ("braised-meat-bulk", "沙门氏菌", date(2022, 3, 7), "不得检出/25g", "GB 31607-2021"),
        ("braised-meat-bulk", "单核细胞增生李斯特氏菌", date(2026, 1, 1), None, None),
        ("braised-meat", "苯并[a]芘", date(2026, 1, 1), "不设限量", "GB 2762-2022"),
        ("smoked-meat-prepacked", "苯并(a)芘", date(2026, 1, 1), "≤5.0 μg/kg", "GB 2762-2022"),
        ("braised-liver-bulk", "镉（以Cd计）", date(2026, 1, 1), "≤0.5 mg/kg", "GB 2762-2022"),
        ("braised-liver", "铅", date(2026, 1, 1), "≤0.5 mg/kg", "GB 2762-2022"),
        ("braised-kidney", "镉", date(2026, 1, 1), "≤1.0 mg/kg", "GB 2762-2022"),
        ("年糕", "二氧化硫残留量", date(2025, 12, 9), "不得使用", "GB 2760-2024"),
        ("pancake", "山梨酸及其钾盐(以山梨酸计)", date(2026, 1, 1), "不得使用", "GB 2760-2024"),
        ("pastry", "山梨酸及其钾盐(以山梨酸计)", date(2026, 1, 1), "≤1.0 g/kg", "GB 2760-2024"),
        ("dried-tofu", "山梨酸", date(2026, 1, 1), "不得使用", "GB 2760-2024"),
        ("seasoned-tofu", "山梨酸", date(2026, 1, 1), "≤1.0 g/kg", "GB 2760-2024"),
        ("fermented-soy", "脱氢乙酸", date(2026, 1, 1), "≤0.3 g/kg", "GB 2760-2024"),
        ("rice-wine", "甜蜜素(以环己基氨基磺酸计)", date(2024, 11, 25), "不得使用", "GB 2760-2014"),
        ("rice-wine", "环己基氨基磺酸钠", date(2025, 3, 1), "不得使用", "GB 2760-2024"),
        ("baijiu-grain", "甲醇", date(2026, 1, 1), "≤0.6 g/L", "GB 2757-2012"),
        ("pressed-peanut-maize-oil", "黄曲霉毒素B₁", date(2026, 1, 1), "≤20 μg/kg", "GB 2761-2017"),
        ("pressed-peanut-maize-oil", "溶剂残留量", date(2026, 1, 1), "不得检出", "GB 2716-2018"),
        ("tea", "铅(以Pb计)", date(2026, 1, 1), "≤5.0 mg/kg", "GB 2762-2022"),
    ],
)
def test_the_limit_follows_the_day_the_batch_was_made(book, category, item, made_on, limit, standard):
    found = book.limit(category, item, made_on)
    assert (found.limit, found.standard) if found else (limit, standard) == (None, None)


def test_the_day_of_viewing_changes_nothing_in_a_sheet(book):
    before = {line.item.name: line.rule.limit for line in book.sheet("braised-meat", GB2762_2025 - timedelta(days=1))}
    after = {line.item.name: line.rule.limit for line in book.sheet("braised-meat", GB2762_2025)}
    assert before == after
    assert len(before) == 25


def test_a_sheet_keeps_an_item_whose_text_of_that_day_we_do_not_hold(book):
    lines = {line.item.name: line.rule for line in book.sheet("pastry", date(2020, 1, 1))}
    assert lines["甜蜜素"] is None
    assert lines["脱氢乙酸"].limit == "≤0.5 g/kg"


def test_microbiological_items_are_known_as_such(book):
    sheet = book.sheet("braised-meat", date(2026, 1, 1))
    assert {line.item.name for line in sheet if line.item.nature.microbiological} == {
        "菌落总数",
        "大肠菌群",
        "沙门氏菌",
        "金黄色葡萄球菌",
        "单核细胞增生李斯特氏菌",
    }


def test_a_category_is_found_by_code_and_by_chinese_name(book):
    assert book.category("卤菜") is book.category("braised-meat")
    assert book.category("酱卤肉制品（散装）") is book.category("braised-meat-bulk")
    with pytest.raises(NoSuchRule):
        book.category("月饼")


@pytest.fixture
def files(tmp_path):
    for name in ("categories.csv", "items.csv", "limits.csv"):
        (tmp_path / name).write_bytes((SHIPPED / name).read_bytes())
    return tmp_path


def last_line(path):
    return len(path.read_text(encoding="utf-8").splitlines())


@pytest.mark.parametrize(
    ("file", "line", "complaint"),
    [
        ("limits.csv", "pastry,酸价,≤6 mg/g,X,2026-01-01,,M,", "pastry/酸价：2016-09-22 起的那一行还没有结束"),
        ("limits.csv", "pastry,酸价,about 5,X,2026-01-01,,M,", "“about 5”不是读得懂的限量"),
        ("limits.csv", "pastry,铬,≤1 mg/kg,X,2026-01-01,2025-01-01,M,", "铬：2025-01-01 结束，早于"),
        ("limits.csv", "cakes,酸价,≤5 mg/g,X,2026-01-01,,M,", "categories.csv 里没有 cakes"),
        ("limits.csv", "pastry,酸加,≤5 mg/g,X,2026-01-01,,M,", "items.csv 里没有 酸加"),
        ("limits.csv", "pastry,酸价,≤5 mg/g,X,2026-13-01,,M,", "“since”这一列的“2026-13-01”不是日期"),
        ("items.csv", "蔗糖素钠,三氯蔗糖,additive,", "三氯蔗糖 已经是第"),
        ("categories.csv", "pastry,点心,,,,", "pastry 已经是第"),
        ("categories.csv", "buns,包子,,noodles,,", "buns 写明属于 noodles"),
        ("categories.csv", "odd,怪味,,pastry;braised-meat,,", "的限量不一样"),
    ],
)
def test_a_wrong_file_is_refused_by_name_and_line(files, file, line, complaint):
    path = files / file
    path.write_text(path.read_text(encoding="utf-8") + line + "\n", encoding="utf-8")
    with pytest.raises(RuleFileError) as refusal:
        read_limits(files)
    assert f"{path}:{last_line(path)}:" in str(refusal.value)
    assert complaint in str(refusal.value)


def test_the_shipped_files_are_right():
    assert read_limits(SHIPPED).categories

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zuofang.rules.book import read_rules
from zuofang.rules.quantities import Quantity, read_unit
from zuofang.site.voice import voice_of
from zuofang.traceability import conformity
from zuofang.traceability.conformity import Outcome, judge, judge_line

RULES = read_rules()
ITEMS = RULES.limits.items
PLAN = "n=5,c=2,m=10⁴,M=10⁵CFU/g"
COLIFORMS = "n=5,c=2,m=10,M=10²CFU/g"
CONFORMS, FAILS, INCOMPARABLE = Outcome.conforms, Outcome.fails, Outcome.incomparable


@pytest.mark.parametrize(
    ("result", "limit", "outcome"),
    [
        ("0.3mg/kg", "≤0.3mg/kg", CONFORMS),
        ("0.30001mg/kg", "≤0.3mg/kg", FAILS),
        ("10mg/kg", "<10mg/kg", FAILS),
        ("300μg/kg", "≤0.3mg/kg", CONFORMS),
        ("0.0301g/kg", "≤30mg/kg", FAILS),
        ("0.25g/100g", "≤2.5g/kg", CONFORMS),
        ("0.5mg/kg", "≤0.5mg/L", INCOMPARABLE),
        ("0.5", "≤0.5mg/kg", INCOMPARABLE),
        ("0.5mg/kg", "≤0.5", INCOMPARABLE),
        ("0.274mg/每日", "≤2mg/每日", CONFORMS),
        ("2.2/", "≤1/", FAILS),
        ("0.98", "比例之和≤1", CONFORMS),
        ("16.9g/100g", "≥18.6g/100g", FAILS),
        ("未检出", "≥35mg/kg", FAILS),
        ("6.9%vol", "11.0~13.0%vol", FAILS),
        ("13.0%vol", "11.0~13.0%vol", CONFORMS),
        ("<10CFU/g", "≤150CFU/g", CONFORMS),
        ("<10CFU/g", "<10CFU/g", CONFORMS),
        ("<10CFU/g", "≤5CFU/g", INCOMPARABLE),
        (">3.0×10⁵CFU/g", "≤10⁵CFU/g", FAILS),
        ("≤0.5mg/kg", "<0.5mg/kg", INCOMPARABLE),
        ("未检出", "≤0.05mg/kg", CONFORMS),
        ("未检出（检出限0.1mg/kg）", "≤0.05mg/kg", INCOMPARABLE),
        ("未检出（检出限10μg/kg）", "≤0.05mg/kg", CONFORMS),
        ("检出", "≤3.0MPN/g", INCOMPARABLE),
        ("合格", "≤0.3mg/kg", INCOMPARABLE),
        ("10,20,180,30,40CFU/g", "≤150CFU/g", FAILS),
    ],
)
def test_values_against_numbers(result, limit, outcome):
    assert judge(result, limit).outcome is outcome


@pytest.mark.parametrize(
    ("result", "limit", "outcome"),
    [
        ("0.468g/kg", "不得使用", FAILS),
        ("检出", "不得使用", FAILS),
        ("未检出", "不得使用", CONFORMS),
        ("<0.005g/kg", "不得使用", INCOMPARABLE),
        ("0.80µg/kg", "不得检出", FAILS),
        ("检出/50cm²", "不得检出", FAILS),
        ("未检出", "不得检出/25g", CONFORMS),
        ("未检出/25g", "0/25g", CONFORMS),
        ("未检出/10g", "0/25g", INCOMPARABLE),
        ("0CFU/g", "0/25g", INCOMPARABLE),
        ("10CFU/g", "0/25g", FAILS),
        ("未检出,检出,未检出,未检出,未检出", "不得检出", FAILS),
        ("阳性", "阴性", FAILS),
        ("阴性", "阴性", CONFORMS),
        ("0.02", "阴性", INCOMPARABLE),
        ("不符合商业无菌要求", "商业无菌", FAILS),
        ("商业无菌不合格", "商业无菌", FAILS),
        ("符合", "应符合商业无菌要求", CONFORMS),
        ("0.5mg/kg", "不设限量", Outcome.measured_only),
        ("0.5g/L", "按产品明示标准", INCOMPARABLE),
        ("120CFU/g", "25CFU/g", INCOMPARABLE),
        ("0.5mg/kg", "≤/mg/kg", Outcome.unreadable),
        ("约0.5mg/kg", "≤1mg/kg", Outcome.unreadable),
        ("约0.5mg/kg", "不设限量", Outcome.unreadable),
    ],
)
def test_values_against_prohibitions_and_words(result, limit, outcome):
    assert judge(result, limit).outcome is outcome


@pytest.mark.parametrize(
    ("result", "plan", "outcome"),
    [
        ("10000,10000,20000,99000,10000CFU/g", PLAN, CONFORMS),
        ("10000,10001,20000,99000,10000CFU/g", PLAN, FAILS),
        ("10,10,10,10,100001CFU/g", PLAN, FAILS),
        ("2.6×10⁵,1.3×10⁴,5.8×10⁴,4.5×10⁵,6.8×10⁴CFU/g", PLAN, FAILS),
        ("10,10,10,10CFU/g", PLAN, INCOMPARABLE),
        ("10,10,10,100001CFU/g", PLAN, FAILS),
        ("20000,20000,20000CFU/g", PLAN, FAILS),
        ("100001CFU/g", PLAN, FAILS),
        ("10CFU/g", PLAN, INCOMPARABLE),
        ("20000,20000,20000,10,10,10CFU/g", PLAN, INCOMPARABLE),
        ("10,10,10,10,10,100001CFU/g", PLAN, FAILS),
        ("10,10,10,10,10CFU/mL", PLAN, INCOMPARABLE),
        ("10,10,10,10,10", PLAN, INCOMPARABLE),
        ("<10,<10,<10,<10,<10CFU/g", COLIFORMS, CONFORMS),
        ("<30,<30,<10,<10,<10CFU/g", COLIFORMS, CONFORMS),
        ("<30,<30,<30,<10,<10CFU/g", COLIFORMS, INCOMPARABLE),
        ("<300,<10,<10,<10,<10CFU/g", COLIFORMS, INCOMPARABLE),
        ("7.3×10²,<10,<10,<10,<10CFU/g", COLIFORMS, FAILS),
        (">3.0×10⁵,>3.0×10⁵,>3.0×10⁵,>3.0×10⁵,>3.0×10⁵CFU/g", PLAN, FAILS),
        ("未检出,1,53,160,未检出CFU/250mL", "≤n=5,c=0,m=0CFU/250mL", FAILS),
        ("未检出,未检出,未检出,未检出,未检出", "n=5,c=0,m=0CFU/250mL", CONFORMS),
        ("0,0,0,0,0CFU/250mL", "n=5,c=0,m=0CFU/250mL", CONFORMS),
        ("检出,未检出,未检出,未检出,未检出/25g", "n=5,c=0,m=0/25g", FAILS),
        ("5份样品均未检出", "n=5 c=0 m=0/25g", CONFORMS),
        ("未检出/10g,未检出/10g,未检出/10g,未检出/10g,未检出/10g", "n=5,c=0,m=0/25g", INCOMPARABLE),
        ("未检出", "n=5,c=0,m=0/25g", INCOMPARABLE),
        ("检出", "n=5,c=0,m=0/25g", FAILS),
        ("100,750,160,180,500CFU/g", "n=5,c=2,m=10,M=10²CFU/g", FAILS),
    ],
)
def test_values_against_sampling_plans(result, plan, outcome):
    assert judge(result, plan).outcome is outcome


@pytest.mark.parametrize(
    ("result", "limit", "sentence"),
    [
        ("0.468g/kg", "不得使用", "检出 0.468 g/kg，本类食品不得使用。"),
        ("2.68g/L", "≤0.6g/L", "结果为 2.68 g/L，限量为 ≤0.6 g/L，不符合。"),
        ("检出/50cm²", "不得检出", "结果为 检出/50cm²，按规定不得检出。"),
        ("3μg/kg", "不设限量", "结果为 3 μg/kg；这类食品没有规定限量，只报实测值。"),
        ("约3", "≤1", "检验结果「约3」无法识别，没有判定。"),
        ("1mg/kg", "≤1mg/L", "结果的单位是 mg/kg，限量的单位是 mg/L，无法比较。"),
        (
            "20000,20000,20000,10,10CFU/g",
            PLAN,
            "结果为 2×10⁴、2×10⁴、2×10⁴、10、10 CFU/g，3 份超过 m，最多允许 2 份，"
            "不符合采样方案 n=5,c=2,m=10⁴,M=10⁵ CFU/g。",
        ),
    ],
)
def test_the_answer_explains_itself(result, limit, sentence):
    assert str(judge(result, limit).sentence) == sentence


def test_a_retest_is_final():
    judgement = judge("初检结果：0.66mg/kg；复检结果：0.44mg/kg", "≤0.5mg/kg", item=ITEMS.find("镉"))
    assert judgement.outcome is CONFORMS
    assert str(judgement.remarks[0]) == "初检0.66 mg/kg；复检0.44 mg/kg，以复检为准。"


def test_a_microbe_is_never_cleared_by_a_retest():
    judgement = judge("初检结果：2×10⁵CFU/g；复检结果：10CFU/g", "≤10⁵CFU/g", item=ITEMS.find("菌落总数"))
    assert judgement.outcome is FAILS
    assert "微生物项目不予复检" in str(judgement.remarks[0])
    assert judge("复检结果：10CFU/g", "≤10⁵CFU/g", item=ITEMS.find("菌落总数")).outcome is Outcome.unreadable
    assert judge("复检结果：0.4mg/kg", "≤0.5mg/kg", item=ITEMS.find("镉")).outcome is CONFORMS


def test_a_limit_without_a_sign_is_an_upper_one_only_where_no_lower_one_exists():
    assert judge("120CFU/g", "25CFU/g", item=ITEMS.find("霉菌")).outcome is FAILS
    assert judge("48%vol", "50%vol", item=ITEMS.find("酒精度")).outcome is INCOMPARABLE


def test_the_label_decides_the_alcohol_content():
    tolerance, label = "标签明示值±1.0%vol", Quantity(Decimal(52), read_unit("%vol"))
    assert judge("51.0%vol", tolerance, label=label).outcome is CONFORMS
    assert judge("50.9%vol", tolerance, label=label).outcome is FAILS
    assert judge("51.0%vol", tolerance).outcome is INCOMPARABLE
    assert judge("51.0%vol", tolerance, label=Quantity(Decimal(52), read_unit("g/L"))).outcome is INCOMPARABLE


def line(category, item, made_on):
    sheet = conformity.test_sheet(category, made_on, RULES)
    return next(entry for entry in sheet if entry.item.name == item)


@pytest.mark.parametrize(
    ("category", "item", "made_on", "result", "unit", "outcome"),
    [
        ("pastry", "脱氢乙酸", date(2025, 2, 7), "0.08", "g/kg", CONFORMS),
        ("pastry", "脱氢乙酸", date(2025, 2, 8), "0.08", "g/kg", FAILS),
        ("pastry", "脱氢乙酸", date(2010, 1, 1), "0.08", "g/kg", INCOMPARABLE),
        ("braised-meat", "苯并[a]芘", date(2026, 1, 1), "7.1", "μg/kg", Outcome.measured_only),
        ("smoked-meat-bulk", "苯并[a]芘", date(2026, 1, 1), "7.1", "μg/kg", FAILS),
        ("braised-meat-bulk", "金黄色葡萄球菌", date(2026, 1, 1), "<10", "CFU/g", CONFORMS),
        ("braised-meat", "金黄色葡萄球菌", date(2026, 1, 1), "<10", "CFU/g", INCOMPARABLE),
        ("rice-cake", "二氧化硫", date(2025, 12, 9), "0.0638", "g/kg", FAILS),
        ("soy-milk", "脲酶试验", date(2026, 1, 1), "阴性", "", CONFORMS),
        ("tea", "铅", date(2026, 10, 1), "0.8", "mg/kg", CONFORMS),
    ],
)
def test_a_batch_is_judged_by_the_law_of_its_own_day(category, item, made_on, result, unit, outcome):
    assert judge_line(line(category, item, made_on), result, unit).outcome is outcome


def test_a_limit_written_down_from_memory_says_so():
    remarks = judge_line(line("tea", "克百威", date(2026, 1, 1)), "0.01mg/kg").remarks
    assert [str(remark) for remark in remarks] == ["这项限量（GB 2763-2021）尚未与标准原文核对。"]


def test_a_verdict_that_contradicts_its_own_figure_is_not_overruled():
    assert judge("0.3mg/kg（不合格）", "≤0.5mg/kg").outcome is INCOMPARABLE
    assert judge("0.6mg/kg（不合格）", "≤0.5mg/kg").outcome is FAILS


results = st.sampled_from(["检出", "未检出", "<10CFU/g", "0.5", "1,2,3CFU/g", "初检1mg/kg复检2mg/kg"]) | st.text(
    max_size=40
)
limits = st.sampled_from(["不得使用", PLAN, "≤1mg/kg", "阴性", "标签明示值±1", "0/25g", "3", "6~8"]) | st.text(
    max_size=40
)


@given(results, limits, st.sampled_from(["", "mg/kg", "CFU/g", "见附件"]))
def test_any_pair_of_texts_gets_an_answer_and_a_sentence(result, limit, unit):
    judgement = judge(result, limit, unit=unit, item=ITEMS.find("菌落总数"))
    assert str(judgement.sentence).endswith("。")


amounts = st.decimals(min_value=0, max_value=10**6, places=3)


@given(amounts, amounts, amounts, st.sampled_from(["g/kg", "mg/kg", "μg/kg", "g/100g"]))
def test_more_of_it_never_turns_a_failure_into_a_pass(less, extra, limit, unit):
    smaller = judge(f"{less:f}{unit}", f"≤{limit:f}mg/kg").outcome
    larger = judge(f"{less + extra:f}{unit}", f"≤{limit:f}mg/kg").outcome
    assert (smaller, larger) != (FAILS, CONFORMS)


@given(st.lists(st.integers(0, 10**6), min_size=1, max_size=7), st.integers(0, 6), st.integers(1, 10**6))
def test_more_colonies_never_turn_a_failure_into_a_pass(counts, place, extra):
    worse = [count + extra if number == place % len(counts) else count for number, count in enumerate(counts)]
    before, after = (judge("、".join(map(str, each)) + "CFU/g", PLAN).outcome for each in (counts, worse))
    assert (before, after) != (FAILS, CONFORMS)


@given(st.lists(st.integers(0, 2 * 10**5), min_size=5, max_size=5))
def test_a_plan_is_judged_as_the_standard_defines_it(counts):
    fails = any(count > 10**5 for count in counts) or sum(count > 10**4 for count in counts) > 2
    outcome = judge("、".join(map(str, counts)) + "CFU/g", PLAN).outcome
    assert outcome is (FAILS if fails else CONFORMS)


@given(amounts, amounts)
def test_a_bound_never_says_more_than_the_value_below_it(bound, limit):
    censored = judge(f"<{bound:f}mg/kg", f"≤{limit:f}mg/kg").outcome
    assert censored is (CONFORMS if bound <= limit else INCOMPARABLE)


@pytest.mark.parametrize(
    ("result", "limit", "english"),
    [
        ("0.468g/kg", "不得使用", "Found 0.468 g/kg; it must not be used in this food."),
        ("检出/50cm²", "不得检出", "Result found/50cm²; by the rule it must not be found."),
        ("未检出,<10CFU/g", "≤10CFU/g", "Result not found, <10 CFU/g, limit ≤10 CFU/g: conforms."),
    ],
)
def test_the_answer_leaves_no_chinese_word_in_an_english_page(result, limit, english):
    assert voice_of("en").sentence(judge(result, limit).sentence) == english

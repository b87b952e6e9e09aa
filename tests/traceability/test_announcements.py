import pytest
from hypothesis import given
from hypothesis import strategies as st

from zuofang.rules.book import read_rules
from zuofang.rules.quantities import Unreadable
from zuofang.traceability.announcements import OfficialFinding, judge_finding, parse_official_cell
from zuofang.traceability.conformity import Outcome

ITEMS = read_rules().limits.items
LEAD = OfficialFinding("铅（以Pb计）", "0.815mg/kg", "≤0.5mg/kg")
BLUE = OfficialFinding("亮蓝", "0.00706g/kg", "不得使用")


@pytest.mark.parametrize(
    ("cell", "findings"),
    [
        ("铅（以Pb计）║0.815mg/kg║≤0.5mg/kg", [LEAD]),
        ("║铅（以Pb计）║0.815mg/kg║≤0.5mg/kg║", [LEAD]),
        ("铅（以Pb计）‖0.815mg/kg‖≤0.5mg/kg", [LEAD]),
        ("铅（以Pb计）||0.815mg/kg||≤0.5mg/kg", [LEAD]),
        ("铅（以Pb计）｜0.815mg/kg｜≤0.5mg/kg", [LEAD]),
        ("铅（以Pb计）丨0.815mg/kg丨≤0.5mg/kg", [LEAD]),
        ("不合格：铅（以Pb计）║0.815mg/kg║≤0.5mg/kg；", [LEAD]),
        ("铅（以Pb计）║≤0.5mg/kg║0.815mg/kg", [LEAD]),
        ("铅（以Pb计）║0.815mg/kg║≤0.5mg/kg；亮蓝║0.00706g/kg║不得使用", [LEAD, BLUE]),
        ("铅（以Pb计）║0.815mg/kg║≤0.5mg/kg,亮蓝║0.00706g/kg║不得使用", [LEAD, BLUE]),
        ("铅（以Pb计）║0.815mg/kg║≤0.5mg/kg\n亮蓝║0.00706g/kg║不得使用", [LEAD, BLUE]),
        ("1.铅（以Pb计）║0.815mg/kg║≤0.5mg/kg 2、亮蓝║0.00706g/kg║不得使用", [LEAD, BLUE]),
        ("①铅（以Pb计）║0.815mg/kg║≤0.5mg/kg②亮蓝║0.00706g/kg║不得使用", [LEAD, BLUE]),
        ("铅（以Pb计）||0.815mg/kg||≤0.5mg/kg|亮蓝||0.00706g/kg||不得使用", [LEAD, BLUE]),
        ("铅（以Pb计）|0.815mg/kg|≤0.5mg/kg|亮蓝|0.00706g/kg|不得使用", [LEAD, BLUE]),
        ("铅（以Pb计），检验结果：0.815mg/kg，标准值：≤0.5mg/kg", [LEAD]),
        ("铅（以Pb计）；标准值：≤0.5mg/kg；实测值：0.815mg/kg", [LEAD]),
        ("铅（以Pb计）检测值为 0.815mg/kg，(标准值为≤0.5mg/kg)", [LEAD]),
        ("亮蓝║0.00706g/kg；铅（以Pb计）║0.815mg/kg║≤0.5mg/kg", [OfficialFinding("亮蓝", "0.00706g/kg", ""), LEAD]),
        (
            "铝的残留量(干样品,以Al计)║150mg/kg║≤100mg/kg,2,4-滴║0.2mg/kg║≤0.1mg/kg",
            [
                OfficialFinding("铝的残留量(干样品,以Al计)", "150mg/kg", "≤100mg/kg"),
                OfficialFinding("2,4-滴", "0.2mg/kg", "≤0.1mg/kg"),
            ],
        ),
        (
            "大肠菌群║60,1.2×10²,60,60,60CFU/g║n=5,c=2,m=10,M=10²CFU/g,菌落总数║>3.0×10⁵CFU/g║n=5,c=2,m=10⁴,M=10⁵CFU/g",
            [
                OfficialFinding("大肠菌群", "60,1.2×10²,60,60,60CFU/g", "n=5,c=2,m=10,M=10²CFU/g"),
                OfficialFinding("菌落总数", ">3.0×10⁵CFU/g", "n=5,c=2,m=10⁴,M=10⁵CFU/g"),
            ],
        ),
        (
            "氨基酸态氮║0.50g/100mL║≤/g/100mL,全氮(以氮计)║0.86g/100mL║≤/g/100mL",
            [
                OfficialFinding("氨基酸态氮", "0.50g/100mL", "≤/g/100mL"),
                OfficialFinding("全氮(以氮计)", "0.86g/100mL", "≤/g/100mL"),
            ],
        ),
        (
            "总氮║1g/kg║≤/g/kg,铝的残留量(干样品,以Al计)║150mg/kg║≤100mg/kg",
            [
                OfficialFinding("总氮", "1g/kg", "≤/g/kg"),
                OfficialFinding("铝的残留量(干样品,以Al计)", "150mg/kg", "≤100mg/kg"),
            ],
        ),
        ("/", []),
        ("", []),
    ],
)
def test_a_cell_comes_apart_as_the_bureau_meant_it(cell, findings):
    assert parse_official_cell(cell) == tuple(findings)


@pytest.mark.parametrize("cell", ["铅超标", "铅║0.8║≤0.5║镉，砷║1", "║", "铅║1║约五，镉，汞║2║≤1"])
def test_a_cell_that_cannot_be_divided_is_kept_whole(cell):
    assert parse_official_cell(cell) == Unreadable(cell)


names = st.sampled_from(
    ["铅（以Pb计）", "2,4-滴", "铝的残留量(干样品,以Al计)", "N-二甲基亚硝胺", "菌落总数", "1,2-丙二醇"]
)
texts = st.sampled_from(
    ["0.8mg/kg", "检出/25g", "60,1.2×10²,60,60,<10CFU/g", "初检结果：1mg/kg；复检结果：2mg/kg", "2.2/"]
)
signs = st.sampled_from(["≤0.5mg/kg", "不得使用", "不得检出/25g", "n=5,c=2,m=10,M=10²CFU/g", "11.0~13.0%vol", "≤1/"])
cells = st.lists(st.builds(OfficialFinding, names, texts, signs), min_size=1, max_size=5)


@given(cells, st.sampled_from(["║", "‖", "||", "｜"]), st.sampled_from(["；", ";", ",", "，", "\n", "、", " "]))
def test_nothing_is_lost_and_nothing_invented(findings, bar, separator):
    cell = separator.join(bar.join((each.item, each.result, each.limit)) for each in findings)
    assert parse_official_cell(cell) == tuple(findings)


@given(st.text(alphabet="铅镉║|；，,≤0.5mg/kg不得使用检出()（）初复：", max_size=60) | st.text(max_size=80))
def test_no_cell_makes_the_reader_stumble(cell):
    findings = parse_official_cell(cell)
    if not isinstance(findings, Unreadable):
        for finding in findings:
            judge_finding(finding, ITEMS)


@pytest.mark.parametrize(
    ("finding", "outcome"),
    [
        (LEAD, Outcome.fails),
        (OfficialFinding("过氧化值", "0.68g/100g", "≤0.50"), Outcome.fails),
        (OfficialFinding("总砷(以As计)", "0.9", "≤0.5mg/kg"), Outcome.fails),
        (OfficialFinding("大肠菌群", "40,<10,<10,20,30CFU/g", "n=5,c=2,m=10,M=100"), Outcome.fails),
        (OfficialFinding("霉菌", "120CFU/g", "25CFU/g"), Outcome.fails),
        (OfficialFinding("二氧化硫残留量", "0.117g/kg", "0.05g/kg"), Outcome.fails),
        (OfficialFinding("维生素B₂", "0.274mg/每日", "≤2mg/每日"), Outcome.conforms),
        (OfficialFinding("总氮(以N计)", "2.81g/100g", "≤/g/100g"), Outcome.unreadable),
        (OfficialFinding("铅", "0.8mg/kg", ""), Outcome.unreadable),
    ],
)
def test_a_finding_is_judged_by_what_its_cell_states(finding, outcome):
    assert judge_finding(finding, ITEMS).outcome is outcome


def test_a_unit_column_serves_both_sides():
    finding = OfficialFinding("菌落总数", "2×10⁵", "≤10⁵")
    assert judge_finding(finding, ITEMS, "CFU/g").outcome is Outcome.fails
    assert "2×10⁵ CFU/g" in str(judge_finding(finding, ITEMS, "CFU/g").sentence)

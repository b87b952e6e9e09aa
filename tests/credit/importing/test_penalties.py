"""Penalties in the fields of the national standard: sums exact, texts masked, terms never taken from a table."""

from decimal import Decimal

import pytest
from tests.credit.importing.offices import CODE, NAME, PENALTY, CreditOffice, doubts
from tests.importing.tables import IDENTITY, reasons

from zuofang.credit.importing.money import from_ten_thousands
from zuofang.credit.importing.penalty_kinds import read_kinds
from zuofang.credit.models import CreditRecord, RecordKind, RecordState
from zuofang.credit.records import Kind
from zuofang.rules.identifiers import credit_check
from zuofang.traceability.importing.cells import BadCell

AUTHORITY = "11320281014034461" + credit_check("11320281014034461")


@pytest.mark.parametrize(
    ("cell", "kinds"),
    [
        ("罚款、没收违法所得、没收非法财物", {Kind.fine, Kind.gains_confiscated, Kind.goods_confiscated}),
        ("警告；罚款", {Kind.warning, Kind.fine}),
        ("1.警告 2.通报批评", {Kind.warning, Kind.criticism}),
        ("罚款/吊销许可证", {Kind.fine, Kind.permit_revoked}),
        ("其他-责令改正", {Kind.other}),
        ("法律、行政法规规定的其他行政处罚", {Kind.other}),
        ("责令停产停业,限制从业", {Kind.shut_down, Kind.barred}),
    ],
)
def test_several_kinds_in_one_cell_are_told_apart(cell: str, kinds: set[Kind]) -> None:
    assert read_kinds(cell) == kinds


@pytest.mark.parametrize("cell", ["暂扣或者吊销许可证", "取缔", "行政拘留", "罚"])
def test_what_is_no_kind_of_penalty_is_refused(cell: str) -> None:
    with pytest.raises(BadCell):
        read_kinds(cell)


@pytest.mark.parametrize(
    ("cell", "yuan"),
    [("0.15", "1500"), ("0.032051", "320.51"), ("5", "50000"), ("０．１", "1000"), ("1500元", "1500"),
     ("0.2万元", "2000"),     ("0.00", "0"), ("1,000", "10000000")],
)  # fmt: skip
def test_sums_in_ten_thousands_become_yuan_exactly(cell: str, yuan: str) -> None:
    assert str(from_ten_thousands(cell)) == str(Decimal(yuan))


def test_a_decision_becomes_a_record_of_its_party(credit: CreditOffice) -> None:
    credit.took("penalties", PENALTY)
    record = credit.only()
    assert (record.kind, record.workshop_id, record.state) == (RecordKind.penalty, 1, RecordState.entered)
    assert (record.document, record.title) == ("清市监处罚〔2026〕12号", "使用超过保质期的食品原料")
    facts = credit.facts()
    assert (facts["fine"], facts["kinds"], facts["tier"], facts["field"]) == ("1500", ["罚款"], "从轻", "食品安全")
    assert "罚款金额：1500元" in record.content


def test_a_column_in_yuan_is_not_taken_for_ten_thousands(credit: CreditOffice) -> None:
    in_yuan = {key: text for key, text in PENALTY.items() if "金额" not in key} | {"罚款金额（元）": "1500"}
    credit.took("penalties", in_yuan)
    assert credit.facts()["fine"] == "1500"


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"罚款金额（万元）": "/"}, "罚款金额 处罚类别有罚款，要写明罚款金额。"),
        ({"处罚类别": "警告"}, "处罚类别 有罚款金额，处罚类别却没有罚款。"),
        ({"处罚决定日期": "2027-01-01"}, "处罚决定日期 日期在今天之后。"),
        ({"罚款金额（万元）": "千五"}, "罚款金额 这里只写数字，例如 12.5；单位写在单位一列。"),
    ],
)
def test_what_cannot_be_is_refused_by_row_and_column(credit: CreditOffice, change: dict[str, str], reason: str) -> None:
    report = credit.take("penalties", PENALTY, {**PENALTY, "行政处罚决定书文号": "13号", **change})
    assert reasons(report) == [f"3 {reason}"]
    assert credit.count(CreditRecord) == 0


def test_texts_are_masked_and_every_mark_is_told(credit: CreditOffice) -> None:
    fact = f"举报人王小明（{IDENTITY}，手机13800000000）称食品变质"
    report = credit.take(
        "penalties", {**PENALTY, "违法事实": fact, "法定代表人证件号码": IDENTITY, "证件号码": IDENTITY}
    )
    assert credit.leaked() == []
    assert doubts(report) == [
        "2 违法事实 疑似第三人姓名，请核对，1 处。",
        "2 违法事实 已隐去居民身份证号码 1 处。",
        "2 违法事实 已隐去手机号码 1 处。",
    ]
    assert IDENTITY[:10] not in credit.only().content


def test_a_term_in_the_table_is_not_believed(credit: CreditOffice) -> None:
    credit.took("penalties", {**PENALTY, "公示截止期": "2099-12-31", "处罚有效期": "2026-07-02"})
    assert "2099" not in credit.only().content + credit.only().facts


def test_a_natural_person_counts_as_the_trader_until_somebody_says_otherwise(credit: CreditOffice) -> None:
    report = credit.take("penalties", {**PENALTY, "行政相对人类别": "自然人"})
    assert (len(doubts(report)), credit.facts()["party"]) == (1, "经营主体")
    stated = {**PENALTY, "行政处罚决定书文号": "14号", "行政相对人类别": "自然人", "处罚对象": "责任人员"}
    assert credit.take("penalties", stated).to_check == []


def test_a_party_of_another_province_is_known_by_the_credit_codes(credit: CreditOffice) -> None:
    elsewhere = {**PENALTY, "统一社会信用代码": CODE, "处罚机关统一社会信用代码": AUTHORITY}
    credit.took("penalties", elsewhere)
    assert credit.facts()["province"] == "外省登记"


def test_a_decision_twice_is_one_record_and_a_changed_one_is_refused(credit: CreditOffice) -> None:
    credit.took("penalties", PENALTY)
    again = credit.take("penalties", PENALTY)
    assert (again.created, again.unchanged) == (0, 1)
    changed = credit.take("penalties", {**PENALTY, "违法事实": "另一种说法"})
    assert [(one.column, one.value) for one in changed.refused] == [("名称", NAME)]


def test_a_breach_that_does_not_speak_of_food_is_told(credit: CreditOffice) -> None:
    report = credit.take("penalties", {**PENALTY, "违法行为类型": "未按规定明码标价", "违法事实": "没有价签"})
    assert credit.facts()["field"] == "其他领域"
    assert len(report.to_check) == 1

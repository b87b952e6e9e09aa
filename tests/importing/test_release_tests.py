"""Release tests: judged by the law of the batch's day, never overwritten, stopped where they contradict themselves."""

import json

import pytest
from sqlalchemy import event
from tests.importing.tables import BATCH, TEST, Bureau, reasons

from zuofang.storage.outbox import OutboxItem
from zuofang.traceability.acts import batches
from zuofang.traceability.models import Batch, BatchState, Conclusion, Laboratory, Method, ReleaseTest, TestResult

SECOND = {**TEST, "检验项目": "亚硝酸盐", "检验结果": "<1", "单位": "mg/kg", "限量": "≤30"}
FAILED = {**TEST, "报告编号": "QX-2", "检验结果": "0.12", "结论": "不合格"}


@pytest.fixture(autouse=True)
def prepared(bureau: Bureau) -> None:
    bureau.prepare()


def test_a_sheet_is_entered_with_its_items_as_printed_and_judged(bureau: Bureau) -> None:
    report = bureau.take("release-tests", {**TEST, "检验员": "周小禾", "抽样日期": "2026-11-10"}, SECOND)
    assert (report.created, [str(note) for note in report.notes]) == (
        2, ["新登记加工区以外的检验机构“清溪检验室”，没有资质认定记录。"],
    )  # fmt: skip
    [sheet] = bureau.rows(ReleaseTest)
    assert (sheet.number, sheet.conclusion, sheet.method, sheet.tester) == (
        "QX-1", Conclusion.passed, Method.regular, "周小禾",
    )  # fmt: skip
    first, second = bureau.rows(TestResult)
    assert (first.item, first.result, first.unit, first.limit, first.judgement) == (
        "山梨酸", "0.03", "g/kg", "≤0.075", "conforms",
    )  # fmt: skip
    assert (second.result, second.judgement) == ("<1", "conforms")


def test_a_limit_that_the_sheet_leaves_out_is_that_of_the_batchs_day(bureau: Bureau) -> None:
    bureau.took("release-tests", {**TEST, "限量": "", "限量依据": ""})
    [result] = bureau.rows(TestResult)
    assert (result.limit, result.standard) == ("≤0.075 g/kg", "GB 2760-2024")


def test_the_same_file_twice_changes_nothing(bureau: Bureau) -> None:
    bureau.took("release-tests", TEST, SECOND)
    before = len(bureau.entries()), bureau.count(OutboxItem)
    report = bureau.take("release-tests", TEST, SECOND)
    assert (report.created, report.updated, report.unchanged) == (0, 0, 2)
    assert (len(bureau.entries()), bureau.count(OutboxItem)) == before


def test_the_entry_touches_the_batch(bureau: Bureau) -> None:
    bureau.took("release-tests", TEST, SECOND)
    entry = bureau.entries()[-1]
    touched = {(item.subject_kind, item.subject_key) for item in bureau.rows(OutboxItem) if item.seq == entry.seq}
    assert ("batch", str(bureau.rows(Batch)[0].id)) in touched
    assert json.loads(entry.facts)["created"] == 2


def test_a_conclusion_that_contradicts_an_item_is_refused_with_the_reason(bureau: Bureau) -> None:
    report = bureau.take("release-tests", TEST, {**SECOND, "检验结果": "45"})
    assert reasons(report) == [
        "3 结论 结论写合格，但这一项不合格：结果为 45 mg/kg，限量为 ≤30 mg/kg，不符合。",
    ]
    assert report.refused[0].value == "合格"
    assert (bureau.count(ReleaseTest), bureau.count(Laboratory)) == (0, 0)


def test_a_verdict_on_one_item_must_agree_too(bureau: Bureau) -> None:
    assert "单项判定却写不合格" in reasons(bureau.take("release-tests", {**TEST, "单项判定": "不合格"}))[0]
    assert "单项判定写合格" in reasons(bureau.take("release-tests", {**FAILED, "单项判定": "合格"}))[0]
    bureau.took("release-tests", {**FAILED, "单项判定": "不合格"})


@pytest.mark.parametrize(
    ("result", "limit", "word"),
    [
        ("感官正常", "应有正常色泽", "unreadable"),
        ("31", "≤30", "fails"),
        ("30", "≤30", "conforms"),
        ("12", "", "unreadable"),
    ],
)
def test_an_item_that_no_rule_knows_is_judged_by_the_printed_limit(
    bureau: Bureau, result: str, limit: str, word: str
) -> None:
    row = {**TEST, "检验项目": "氨基酸态", "检验结果": result, "单位": "g/100g", "限量": limit, "结论": "未判定"}
    bureau.took("release-tests", row)
    assert bureau.rows(TestResult)[0].judgement == word


def test_the_printed_limit_may_show_a_failure_but_never_conformity_where_the_law_asks_for_more(bureau: Bureau) -> None:
    """The law wants five samples of colony counts; one value under the printed limit proves nothing."""
    counted = {**TEST, "检验项目": "菌落总数", "单位": "CFU/g", "限量": "≤30000"}
    bureau.took("release-tests", {**counted, "检验结果": "100"})
    assert bureau.rows(TestResult)[0].judgement == "incomparable"
    assert "不合格" in reasons(bureau.take("release-tests", {**counted, "报告编号": "QX-9", "检验结果": "50000"}))[0]


def test_a_sheet_that_is_registered_is_never_overwritten(bureau: Bureau) -> None:
    bureau.took("release-tests", TEST)
    for changed in ({"检验结果": "0.04"}, {"检验日期": "2026-11-12"}, {"检验员": "另一人"}):
        report = bureau.take("release-tests", {**TEST, **changed})
        assert "已经登记，内容不同" in reasons(report)[0]
    assert bureau.rows(TestResult)[0].result == "0.03"


def test_nothing_is_added_to_an_annulled_sheet(bureau: Bureau) -> None:
    bureau.took("release-tests", TEST)
    with bureau.office.writing("lab") as desk:
        batches.annul_test(desk, bureau.rows(ReleaseTest)[0].id, "抄错")
    assert bureau.take("release-tests", TEST).unchanged == 1
    assert reasons(bureau.take("release-tests", TEST, SECOND)) == ["3 报告编号 这份报告已经作废。请用新编号登记。"]


def test_an_item_that_was_forgotten_is_added_to_its_sheet(bureau: Bureau) -> None:
    bureau.took("release-tests", TEST)
    report = bureau.take("release-tests", TEST, SECOND)
    assert (report.created, report.unchanged, bureau.count(TestResult)) == (1, 1, 2)


def test_rows_of_one_sheet_that_contradict_each_other_are_refused(bureau: Bureau) -> None:
    report = bureau.take("release-tests", TEST, {**SECOND, "检验日期": "2026-11-12"})
    assert reasons(report) == ["3 检验日期 与第 2 行说的不一样。"]
    report = bureau.take("release-tests", TEST, {**TEST, "检验结果": "0.04"})
    assert reasons(report) == ["3 检验项目 与第 2 行说的不一样。"]


def test_a_sheet_that_fails_blocks_a_released_batch(bureau: Bureau) -> None:
    bureau.took("release-tests", TEST)
    with bureau.office.writing("lab") as desk:
        batches.release(desk, desk.session.get_one(Batch, bureau.rows(Batch)[0].id), "合格")
    bureau.took("release-tests", FAILED)
    [batch] = bureau.rows(Batch)
    assert (batch.state, batch.block_reason) == (BatchState.blocked, "出厂检验不合格")
    assert [entry.act for entry in bureau.entries()][-2:] == ["batch.block", "import.release-tests"]


@pytest.mark.parametrize(
    ("change", "refusal", "unmatched"),
    [
        ({"登记证编号": "ZF-NO"}, "2 登记证编号 没有登记这个编号的证书。请先导入作坊。", 1),
        ({"产品名称": "烧鸡"}, "2 产品名称 这家作坊没有登记这个产品。请先导入产品。", 1),
        ({"批号": "L9"}, "2 批号 这个产品没有登记这个批号。请先导入批次。", 1),
        ({"规格": "500克"}, "2 规格 这个产品没有登记这种规格。", 1),
        ({"食品小作坊名称": "别家"}, "2 食品小作坊名称 这个登记证编号属于“北溪陈记卤味作坊”。", 0),
        ({"检验日期": "2026-11-01"}, "2 检验日期 检验日期早于生产日期。", 0),
        ({"检验日期": "2026-11-21"}, "2 检验日期 日期在今天之后。", 0),
        ({"抽样日期": "2026-11-12"}, "2 抽样日期 抽样日期晚于检验日期。", 0),
        ({"结论": "大概合格"}, "2 结论 这里只能写：合格、不合格、未判定、符合、不符合、待定。", 0),
    ],
)
def test_what_cannot_be_is_refused_where_it_stands(
    bureau: Bureau, change: dict[str, str], refusal: str, unmatched: int
) -> None:
    report = bureau.take("release-tests", {**TEST, **change})
    assert reasons(report) == [refusal]
    assert (report.unmatched, bureau.count(ReleaseTest)) == (unmatched, 0)


def test_every_row_of_a_sheet_without_a_batch_is_refused(bureau: Bureau) -> None:
    report = bureau.take("release-tests", {**TEST, "批号": "L9"}, {**SECOND, "批号": "L9"}, TEST)
    assert (report.rows, report.unmatched, [one.row for one in report.refused]) == (3, 2, [2, 3])


def test_a_product_of_several_pack_sizes_needs_its_size(bureau: Bureau) -> None:
    product = {**BATCH, "规格": "500克", "食品类别": "酱卤牛肉", "包装形式": "预包装"}
    bureau.took("products", product)
    report = bureau.take("release-tests", TEST)
    assert reasons(report) == ["2 规格 这个产品登记了 2 种规格，请写明规格。"]
    bureau.took("release-tests", {**TEST, "规格": "200克"})


def test_laboratories_of_one_name_are_not_guessed_between(bureau: Bureau) -> None:
    zone = {"地址": "清溪县", "区划代码": "339901", "检验室名称": "检验室"}
    bureau.took("zones", {**zone, "加工区名称": "甲区", "网址名": "a"}, {**zone, "加工区名称": "乙区", "网址名": "b"})
    report = bureau.take("release-tests", {**TEST, "检验机构": "检验室"})
    assert reasons(report) == ["2 检验机构 有 2 个同名的检验机构，请写全称。"]


def test_sheets_longer_than_a_portion_are_one_sheet(bureau: Bureau, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("zuofang.traceability.importing.engine.PORTION", 1)
    many = [{**TEST, "检验项目": f"项目{n}", "结论": "未判定", "检验结果": "1", "限量": ""} for n in range(1_200)]
    report = bureau.take("release-tests", *many)
    assert (report.created, bureau.count(ReleaseTest), bureau.count(TestResult)) == (1_200, 1, 1_200)
    again = bureau.take("release-tests", *many, {**many[0], "检验结果": "2"})
    assert len(again.refused) == 1


def test_statements_do_not_grow_with_rows(bureau: Bureau) -> None:
    def statements(count: int) -> int:
        told: list[str] = []
        rows = [{**TEST, "报告编号": f"S-{count}-{n}"} for n in range(count)]
        event.listen(bureau.office.database.write, "before_cursor_execute", lambda *a: told.append(a[2]))
        bureau.took("release-tests", *rows)
        return len(told)

    bureau.took("release-tests", TEST)
    assert statements(300) <= statements(30) + 2

"""Sampling tables as they are printed: no row lost, none invented, every item as printed with our word for it."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.credit.importing.offices import ADDRESS, NAME, NUMBER, ROW, SAMPLE, TODAY, CreditOffice, doubts
from tests.importing.tables import reasons

from zuofang.credit.acts import records
from zuofang.credit.file import value_of
from zuofang.credit.findings import Sample
from zuofang.credit.models import CreditParty, CreditRecord, RecordState, SampleItem
from zuofang.credit.records import Outcome
from zuofang.storage.outbox import OutboxItem
from zuofang.storage.sheets.reading import BadTable


def items(credit: CreditOffice) -> list[tuple[str, str, str, str]]:
    return [(one.item, one.result, one.limit, one.judgement) for one in credit.rows(SampleItem)]


def test_an_official_row_becomes_one_record_of_its_producer(credit: CreditOffice) -> None:
    credit.took("sampling", SAMPLE)
    record = credit.only()
    assert record.workshop_id == 1
    assert (record.party, record.title, record.document) == (NAME, "酱牛肉", "清溪-2026-7")
    assert (record.state, record.published_on, record.proposed_by) == (RecordState.entered, None, None)
    assert "被抽样单位名称：城关便民超市\n" in record.content
    assert "公告日期：2026-06-10" in record.content
    assert credit.facts()["concluded_on"] == "2026-06-10"
    assert items(credit) == [("山梨酸", "0.12g/kg", "≤0.075g/kg", "fails")]
    assert [(one.role, one.name) for one in credit.rows(CreditParty)] == [
        ("producer", NAME),
        ("sampled", "城关便民超市"),
    ]


def test_a_workshop_in_which_its_own_food_was_sampled_is_found_as_the_sampled_unit(credit: CreditOffice) -> None:
    credit.took(
        "sampling",
        {**SAMPLE, "标称生产企业名称": "/", "标称生产企业地址": "/", "被抽样单位名称": NAME, "被抽样单位地址": ADDRESS},
    )
    assert credit.only().workshop_id == 1


def test_a_maker_sampled_at_home_is_found_by_either_of_its_addresses(credit: CreditOffice) -> None:
    credit.took(
        "sampling", {**SAMPLE, "标称生产企业地址": "清溪县老街1号", "被抽样单位名称": NAME, "被抽样单位地址": ADDRESS}
    )
    assert credit.only().workshop_id == 1


def test_a_seller_of_what_others_made_is_no_more_than_a_candidate(credit: CreditOffice) -> None:
    credit.took(
        "sampling", {**SAMPLE, "标称生产企业名称": "外地食品厂", "被抽样单位名称": NAME, "被抽样单位地址": ADDRESS}
    )
    assert credit.only().workshop_id is None
    (waiting,) = credit.waiting()
    assert [one.name for one in waiting.match.candidates] == [NAME]
    assert str(waiting.match.reason) == "登记的单位不是这一行的生产者，请核对由谁负责。"


def test_a_made_to_order_food_belongs_to_who_made_it(credit: CreditOffice) -> None:
    credit.took("sampling", {**SAMPLE, "标称生产企业名称": f"委托方：外地公司；受托方：{NAME}"})
    assert (credit.only().workshop_id, credit.only().party) == (1, NAME)


def test_several_items_and_a_second_test_stay_word_for_word(credit: CreditOffice) -> None:
    cell = "山梨酸║0.12g/kg║≤0.075g/kg；菌落总数║初检：5.2×10⁴；复检：维持初检结果║≤10000CFU/g\n甲醇║2.68g/L║≤0.6g/L"
    credit.took("sampling", {**SAMPLE, "不合格项目║检验结果║标准值": cell})
    assert items(credit) == [
        ("山梨酸", "0.12g/kg", "≤0.075g/kg", "fails"),
        ("菌落总数", "初检：5.2×10⁴；复检：维持初检结果", "≤10000CFU/g", "fails"),
        ("甲醇", "2.68g/L", "≤0.6g/L", "fails"),
    ]
    assert credit.facts()["microbiological"] is True


def test_a_cell_that_cannot_be_taken_apart_is_kept_whole_and_told(credit: CreditOffice) -> None:
    report = credit.take("sampling", {**SAMPLE, "不合格项目║检验结果║标准值": "甲║乙║丙║丁║戊"})
    assert items(credit) == [("甲║乙║丙║丁║戊", "", "", "unreadable")]
    assert doubts(report) == ["2 不合格项目║检验结果║标准值 这一格不能确定地分成各个项目，已按原文整格保存。"]


def test_a_figure_that_contradicts_the_conclusion_is_told_and_the_conclusion_stands(credit: CreditOffice) -> None:
    report = credit.take("sampling", {**SAMPLE, "不合格项目║检验结果║标准值": "维生素B₂║0.3mg/kg║≤2mg/kg"})
    assert len(doubts(report)) == 1
    assert "与表中的结论不同" in doubts(report)[0]
    assert credit.facts()["outcome"] == "不合格"


def test_a_table_without_the_column_of_failures_is_of_passed_samples(credit: CreditOffice) -> None:
    credit.took("sampling", {key: text for key, text in SAMPLE.items() if "║" not in key})
    assert (credit.facts()["outcome"], items(credit)) == ("合格", [])


def test_a_row_that_leaves_open_what_was_found_is_refused(credit: CreditOffice) -> None:
    report = credit.take("sampling", {**SAMPLE, "不合格项目║检验结果║标准值": "/"})
    assert reasons(report) == ["2 不合格项目║检验结果║标准值 没有写不合格项目，也没有写判定。"]
    assert credit.count(CreditRecord) == 0


def test_without_a_day_of_announcement_the_record_says_so_and_waits_for_its_day(credit: CreditOffice) -> None:
    report = credit.take("sampling", {**SAMPLE, "公告日期": "/"})
    assert credit.only().made_on == TODAY
    assert "公告日期：未载明" in credit.only().content
    assert [str(note) for note in report.notes] == [
        "没有公告日期的，暂以导入当天为结论日期；提交审核前请在记录上更正。"
    ]


def test_the_rows_of_one_aggregated_sample_become_one_record(credit: CreditOffice) -> None:
    more = {**ROW, "检测项目": "铅", "检测结果": "0.9", "单位": "mg/kg", "限量值": "≤0.5", "备注": "复检"}
    report = credit.take("sampling", ROW, more, {**ROW, "供应商": "另一家店"})
    assert (report.rows, report.created, credit.count(CreditRecord)) == (3, 3, 2)
    assert [one[:3] for one in items(credit)][:2] == [("色价", "624µ/g", "≥1000 µ/g"), ("铅", "0.9", "≤0.5")]
    first = credit.rows(CreditRecord)[0]
    assert first.content.endswith("备注：复检\n单位：铅：mg/kg")
    assert "生产日期/批号：未载明" in first.content
    assert first.authority == "国内监督抽查"


def test_equal_rows_without_items_are_as_many_samples(credit: CreditOffice) -> None:
    passed = {**ROW, "判定": "合格", "检测项目": "", "检测结果": "", "限量值": ""}
    for created in (3, 0):
        report = credit.take("sampling", passed, passed, passed)
        assert (report.created, report.unchanged) == (created, 3 - created)
    assert credit.count(CreditRecord) == 3


def test_the_same_table_twice_adds_nothing_and_another_day_changes_nothing(credit: CreditOffice) -> None:
    rows = [SAMPLE, {**SAMPLE, "食品名称": "卤豆干", "公告日期": "/"}, {**SAMPLE, "食品名称": "卤鸭"}]
    credit.took("sampling", *rows)
    before = len(credit.entries())
    report = credit.take("sampling", *reversed(rows))
    assert (report.created, report.updated, report.unchanged, report.unmatched) == (0, 0, 3, 0)
    assert (report.to_check, len(credit.entries())) == ([], before)


def test_a_known_sample_that_says_something_else_is_refused(credit: CreditOffice) -> None:
    credit.took("sampling", SAMPLE)
    for change in ({"不合格项目║检验结果║标准值": "山梨酸║0.2g/kg║≤0.075g/kg"}, {"被抽样单位地址": "清溪县城关镇2号"}):
        report = credit.take("sampling", {**SAMPLE, **change})
        assert len(report.refused) == 1
        assert "请在原记录上更正" in reasons(report)[0]


def test_a_record_corrected_at_the_desk_is_still_the_row_it_came_from(credit: CreditOffice) -> None:
    credit.took("sampling", SAMPLE)
    with credit.office.writing("officer") as desk:
        record = desk.session.get_one(CreditRecord, credit.only().id)
        value = value_of(record)
        assert isinstance(value, Sample)
        records.correct(desk, record, "食品名称抄错", title="酱牛腱", content="更正", value=value)
    report = credit.take("sampling", SAMPLE)
    assert (report.unchanged, report.refused) == (1, [])


def test_one_sample_number_is_one_sample(credit: CreditOffice) -> None:
    numbered = {**SAMPLE, "抽样编号": "XBJ26339901"}
    credit.took("sampling", numbered, {**numbered, "不合格项目║检验结果║标准值": "甲醇║2.68g/L║≤0.6g/L"})
    assert (credit.count(CreditRecord), len(items(credit))) == (1, 2)
    again = {**numbered, "抽样编号": "XBJ26339902"}
    report = credit.take("sampling", again, again)
    assert reasons(report) == ["3 抽样编号 与第 2 行的抽样编号相同。"]


def test_a_certificate_in_the_table_finds_the_workshop_under_a_masked_name(credit: CreditOffice) -> None:
    credit.took(
        "sampling", {**SAMPLE, "标称生产企业名称": "北溪*记作坊", "登记证编号": NUMBER, "标称生产企业地址": "/"}
    )
    assert credit.only().workshop_id == 1


def test_personal_data_are_never_stored_in_clear(credit: CreditOffice) -> None:
    secret = "身份证339901198804120013，电话13800000000"
    report = credit.take(
        "sampling", {**SAMPLE, "备注": secret, "被抽样单位名称": "张三 13800000000", "任务来源": secret}
    )
    assert report.refused == []
    assert credit.leaked() == []
    assert "2 备注 已隐去手机号码 1 处。" in doubts(report)
    assert "138" not in credit.only().content


def test_one_entry_of_the_journal_tells_the_whole_import(credit: CreditOffice) -> None:
    credit.took("sampling", SAMPLE, {**SAMPLE, "食品名称": "卤鸭", "标称生产企业名称": "别家"})
    entry = credit.entries()[-1]
    assert (entry.act, entry.subject_kind) == ("import.sampling", "import")
    assert '"created":2' in entry.facts
    assert '"unmatched":1' in entry.facts
    touched = {(one.subject_kind, one.subject_key) for one in credit.rows(OutboxItem) if one.seq == entry.seq}
    assert {("workshop", "1"), ("credit_record", "1"), ("credit_record", "2")} <= touched


def test_a_dry_run_keeps_nothing(credit: CreditOffice) -> None:
    report = credit.take("sampling", SAMPLE, dry_run=True)
    assert (report.created, credit.count(CreditRecord)) == (1, 0)


def test_an_imported_record_still_needs_two_officers(credit: CreditOffice) -> None:
    credit.took("sampling", {**SAMPLE, "不合格项目║检验结果║标准值": "", "判定": "合格"})
    with credit.office.writing("officer") as desk:
        records.propose(desk, desk.session.get_one(CreditRecord, 1), "提交")
    with credit.office.writing("reviewer") as desk:
        records.approve(desk, desk.session.get_one(CreditRecord, 1), "审核")
    value = value_of_only(credit)
    assert (value.outcome, credit.only().state) == (Outcome.passed, RecordState.approved)


def value_of_only(credit: CreditOffice) -> Sample:
    with credit.office.writing("reader") as desk:
        value = value_of(desk.session.get_one(CreditRecord, 1))
    assert isinstance(value, Sample)
    return value


def test_a_file_that_is_no_table_is_refused(credit: CreditOffice) -> None:
    credit.file.write_bytes(b"PK\x03\x04nonsense")
    with pytest.raises(BadTable):
        credit.take_file("sampling")


CELLS = st.sampled_from(
    ["", "/", "合格", "不合格", "山梨酸║0.12g/kg║≤0.075g/kg", "║║", "2026-02-30", "2026.6.10", "甲；乙", "=1+1"]
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rows=st.lists(st.fixed_dictionaries(dict.fromkeys((*SAMPLE, "判定", "检测项目"), CELLS)), min_size=1, max_size=4)
)
def test_every_row_is_created_unchanged_or_refused(credit: CreditOffice, rows: list[dict[str, str]]) -> None:
    rows = [{**row, "食品名称": f"食品{place}"} for place, row in enumerate(rows)]
    report = credit.take("sampling", *rows)
    refused = {one.row for one in report.refused}
    assert report.rows == len(rows)
    assert report.created + report.unchanged == (0 if refused else len(rows)) or refused
    assert not refused or report.created == 0

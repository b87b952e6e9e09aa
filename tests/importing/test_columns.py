"""Headings are found in any order and spelling; what is missing is refused, what is unknown is said."""

import pytest
from tests.importing.tables import WORKSHOP, Bureau, reasons, table

from zuofang.storage.sheets.reading import BadTable
from zuofang.traceability.importing.columns import find_layout, heading
from zuofang.traceability.importing.engine import run
from zuofang.traceability.importing.kinds import KINDS
from zuofang.traceability.importing.zones import COLUMNS
from zuofang.traceability.models import Workshop


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.name)
def test_no_heading_means_two_columns(kind: object) -> None:
    columns = KINDS[kind.name].columns  # type: ignore[attr-defined]
    headings = [heading(name) for column in columns for name in {heading(n) for n in (column.key, *column.names)}]
    assert len(headings) == len(set(headings))


@pytest.mark.parametrize(
    "spelling", ["登记证编号", "  登记证 编号 ", "*登记证编号", "登记证编号（必填）", "登记证号", "certificate"]
)
def test_a_heading_is_known_in_many_spellings(spelling: str) -> None:
    layout = find_layout(KINDS["workshops"].columns, [["食品小作坊名称", spelling, "生产加工地址"]])
    assert layout.places[1][1].column.key == "certificate"


def test_titles_above_the_headings_and_their_order_do_not_matter(bureau: Bureau) -> None:
    turned = table([dict(reversed(WORKSHOP.items()))])
    bureau.file.write_text(f"附件1,,,\n\n清溪县食品小作坊登记表,,,\n{turned}", encoding="gb18030")
    report = run(bureau.office, KINDS["workshops"], bureau.file, "tester", False)
    assert report.as_json() == {"rows": 1, "created": 1, "updated": 0, "unchanged": 0, "unmatched": 0, "refused": []}


def test_a_refusal_names_the_row_as_a_person_counts(bureau: Bureau) -> None:
    bad = table([WORKSHOP, {**WORKSHOP, "发证日期": "去年"}])
    bureau.file.write_text(f"登记表\n\n{bad.splitlines()[0]}\n\n" + "\n".join(bad.splitlines()[1:]), encoding="utf-8")
    report = run(bureau.office, KINDS["workshops"], bureau.file, "tester", False)
    assert reasons(report) == ["6 发证日期 日期要写成 2026-09-12 这样的年月日。"]
    assert report.refused[0].value == "去年"


def test_a_missing_column_is_refused_by_name() -> None:
    with pytest.raises(BadTable, match="缺少这些列：区划代码、地址。"):
        find_layout(COLUMNS, [["加工区名称", "网址名"]])


def test_a_column_that_stands_twice_is_refused() -> None:
    with pytest.raises(BadTable, match="“加工区名称”一列出现了不止一次"):
        find_layout(COLUMNS, [["加工区名称", "加工区", "区划代码", "地址"]])


@pytest.mark.parametrize("rows", [[], [["甲", "乙"]], [[], ["1", "2"]]])
def test_a_table_without_headings_is_refused(rows: list[list[str]]) -> None:
    with pytest.raises(BadTable, match="没有找到表头"):
        find_layout(COLUMNS, rows)


def test_an_unknown_column_is_said_and_left_alone(bureau: Bureau) -> None:
    report = bureau.take("workshops", {**WORKSHOP, "网格员": "甲"})
    assert [str(note) for note in report.notes] == ["没有用到“网格员”一列。"]
    assert bureau.count(Workshop) == 1

"""The quarterly table as a file: a whole workbook, or a sentence and nothing written."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from openpyxl import load_workbook
from tests import scene
from tests.credit.filed import INSPECTED, filed
from tests.scene import WHY
from tests.site.commands.conftest import Run

from zuofang.programmes.quarters import Column
from zuofang.storage.acts import Office
from zuofang.traceability.acts import districts


def test_the_quarterly_table_is_written_with_its_evidence(run: Run, office: Office, tmp_path: Path) -> None:
    with office.writing("tests") as desk:
        districts.enter(desk, "339901", "清溪县", date(2020, 1, 1), WHY)
        workshop = scene.build(desk).workshop.id
    filed(office, workshop, INSPECTED, published=False)
    file = tmp_path / "q4.xlsx"
    said = run("quarter", "2026", "4", str(file))
    assert (said.exit_code, said.stdout[:10]) == (0, "1 counties")
    book = load_workbook(file)
    figures = {row[0]: row[1:] for row in book["统计表"].iter_rows(min_row=3, values_only=True)}
    inspections = list(Column).index(Column.inspections)
    assert (figures["清溪县"][inspections], figures["合计"][inspections]) == (1, 1)
    assert "监督检查（次）" in {row[1] for row in book["明细"].iter_rows(values_only=True)}


def test_a_table_that_is_no_workbook_is_refused(run: Run, office: Office, tmp_path: Path) -> None:
    assert run("quarter", "2026", "4", str(tmp_path / "q4.csv")).exit_code == 2
    assert run("quarter", "2026", "5", str(tmp_path / "q4.xlsx")).exit_code == 2
    assert list(tmp_path.glob("q4*")) == []

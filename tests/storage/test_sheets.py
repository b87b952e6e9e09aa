"""Tables of strangers: read as they are, or refused in one sentence, without harm to the reader."""

import csv
import io
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import ExitStack, suppress
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.storage import hostile

from zuofang.storage.sheets.budget import MEBIBYTE, SHIPPED, Budget
from zuofang.storage.sheets.reading import BadTable, open_table

ROWS = [["食品小作坊名称", "登记证编号"], ["北溪陈记卤味作坊", "ZF33990100012"]]

MORNING = datetime(2026, 9, 12, 8, 30)  # noqa: DTZ001 - a spreadsheet knows no time zone


def rows(file: Path, budget: Budget = SHIPPED) -> list[list[str]]:
    with open_table(file, budget) as table:
        found = [row for batch in table.batches() for row in batch]
        assert table.rows == len(found)
        return found


def written(lines: list[list[str]], separator: str = ",") -> str:
    text = io.StringIO()
    csv.writer(text, delimiter=separator).writerows(lines)
    return text.getvalue()


@pytest.mark.parametrize("make", hostile.FILES, ids=lambda make: make.__name__)
def test_a_hostile_file_is_refused_in_one_sentence(make: Callable[[Path], Path], tmp_path: Path) -> None:
    file = make(tmp_path)
    with pytest.raises(BadTable, match=hostile.FILES[make]) as refused:
        rows(file)
    assert str(refused.value).count("\n") == 0
    assert str(file) not in str(refused.value)


MEASURE = """
import resource, sys
from contextlib import suppress
from pathlib import Path
from zuofang.storage.sheets.reading import BadTable, open_table
for name in sys.argv[1:]:
    with suppress(BadTable), open_table(Path(name)) as table:
        for batch in table.batches():
            pass
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024)
"""


def test_no_hostile_file_costs_the_child_more_memory_than_it_may_have(tmp_path: Path) -> None:
    files = []
    for make in hostile.FILES:
        (folder := tmp_path / make.__name__).mkdir()
        files.append(str(make(folder)))
    # A child is charged with the size its parent had when it began, so a small parent asks.
    told = subprocess.run([sys.executable, "-c", MEASURE, *files], capture_output=True, text=True, check=True)
    assert int(told.stdout) < SHIPPED.memory


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("separator", [",", "\t", ";"])
def test_text_is_read_in_the_usual_encodings_and_separators(encoding: str, separator: str, tmp_path: Path) -> None:
    assert rows(hostile.text(tmp_path, written(ROWS, separator).encode(encoding))) == ROWS


def test_a_text_that_looks_like_utf8_at_first_is_still_read_as_gb18030(tmp_path: Path) -> None:
    lines = [["联通", "单位"], ["清溪县", "千克"]]
    assert rows(hostile.text(tmp_path, written(lines).encode("gb18030"))) == lines


def test_blank_rows_are_kept_so_that_rows_count_as_a_person_counts(tmp_path: Path) -> None:
    assert rows(hostile.text(tmp_path, b"a,b\n\n,\nc,d\n\n\n")) == [["a", "b"], [], [], ["c", "d"]]


def test_a_formula_is_text_and_a_day_is_a_day(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["=1+1", date(2026, 9, 12), MORNING, 12, 12.0, 0.00001, 330106199001011235, True])
    book.save(tmp_path / "a.xlsx")
    assert rows(tmp_path / "a.xlsx") == [
        ["=1+1", "2026-09-12", "2026-09-12 08:30:00", "12", "12", "0.00001", "3.30106199001011E+17", "TRUE"]
    ]


def test_the_first_visible_sheet_is_read(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    hidden = book.active
    assert hidden is not None
    hidden.append(["hidden"])
    hidden.sheet_state = "hidden"
    book.create_sheet("b").append(["seen"])
    book.save(tmp_path / "a.xlsx")
    assert rows(tmp_path / "a.xlsx") == [["seen"]]


def test_a_table_longer_than_one_frame_keeps_its_order(tmp_path: Path) -> None:
    lines = [[str(number), "甲"] for number in range(2_345)]
    assert rows(hostile.text(tmp_path, written(lines).encode())) == lines


def test_a_child_that_runs_out_of_time_is_stopped(tmp_path: Path) -> None:
    file = hostile.text(tmp_path, b"a,b\n" * 400_000)
    began = time.monotonic()
    with pytest.raises(BadTable, match="时间太长"):
        rows(file, replace(SHIPPED, silence=0.0))
    assert time.monotonic() - began < 5


def test_a_child_that_runs_out_of_memory_is_refused(tmp_path: Path) -> None:
    file = hostile.bomb_in_the_styles(tmp_path)
    with pytest.raises(BadTable, match=r"内存|读不出来"):
        rows(file, replace(SHIPPED, part=64 * MEBIBYTE, memory=96 * MEBIBYTE))


def test_a_file_over_the_budget_is_not_even_opened_by_the_child(tmp_path: Path) -> None:
    with pytest.raises(BadTable, match="超过 64 MB"):
        rows(hostile.text(tmp_path, b"a,b\n" * (17 * MEBIBYTE)))


def test_a_named_pipe_does_not_keep_the_reader_waiting(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(BadTable, match="不是普通文件"):
        rows(tmp_path / "pipe")


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=300))
def test_whatever_the_bytes_the_answer_is_rows_or_a_sentence(tmp_path: Path, content: bytes) -> None:
    for start in (b"", b"PK\x03\x04"):
        with suppress(BadTable):
            rows(hostile.text(tmp_path, start + content))


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.lists(st.text(st.characters(exclude_categories=["C"]), min_size=1), min_size=2, max_size=4), min_size=1)
)
def test_what_was_written_is_read_back(tmp_path: Path, lines: list[list[str]]) -> None:
    head = ["名称", "登记证编号"]
    assert rows(hostile.text(tmp_path, written([head, *lines]).encode("utf-8-sig"))) == [head, *lines]


def test_a_table_is_read_where_the_system_allows_less_than_our_budget(tmp_path: Path) -> None:
    file = tmp_path / "rows.csv"
    file.write_text(written(ROWS), encoding="utf-8")
    bound = "import resource; resource.setrlimit(resource.RLIMIT_CPU, (100, 100))\n"
    reader = subprocess.run(
        [sys.executable, "-c", bound + MEASURE.replace("with suppress(BadTable), ", "with "), str(file)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert reader.returncode == 0, reader.stderr


def test_a_process_with_many_open_files_reads_a_table_like_any_other(tmp_path: Path) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, min(hard, 4096)), hard))
    with ExitStack() as held:
        for _ in range(1100):
            held.callback(os.close, os.dup(0))
        assert rows(hostile.text(tmp_path, b"a,b\n1,2\n")) == [["a", "b"], ["1", "2"]]
    resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))

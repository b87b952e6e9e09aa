"""Counting scans: nothing lost, nothing counted twice, everyone sees everyone's scans."""

import os
import signal
import subprocess
import sys
import textwrap
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from math import inf
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from zuofang.rules.calendar import CHINA
from zuofang.traceability.scans import READ_AT, ScanLog, fold, scan_key

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=CHINA)
ONE, TWO = scan_key(1, 0), scan_key(1, 2)


def log(folder: Path, moment: datetime = NOON) -> ScanLog:
    return ScanLog(folder, seconds=moment.timestamp)


def test_the_first_scan_knows_that_it_is_the_first(tmp_path: Path) -> None:
    scans = log(tmp_path)
    assert [scans.scan(ONE), scans.scan(ONE), scans.scan(TWO)] == [0, 1, 0]


def test_processes_see_each_others_scans(tmp_path: Path) -> None:
    here, there = log(tmp_path), log(tmp_path)
    assert here.scan(ONE) == 0
    assert there.scan(ONE) == 1
    assert here.scan(ONE) == 2


def test_counts_stay_through_fold_restart_and_midnight(tmp_path: Path) -> None:
    before = log(tmp_path)
    before.scan(ONE)
    assert fold(tmp_path, NOON) == 1
    assert before.scan(ONE) == 1, "a process that knew the code"
    assert log(tmp_path).scan(ONE) == 2, "a process started after the fold"
    tomorrow = log(tmp_path, NOON + timedelta(days=1))
    assert tomorrow.scan(ONE) == 3
    assert fold(tmp_path, NOON + timedelta(days=1)) == 3
    assert before.earlier(TWO) == 0, "another code brings the new epoch"
    assert before.earlier(ONE) == 4


def test_folded_logs_are_deleted_when_nobody_can_write_to_them_any_more(tmp_path: Path) -> None:
    log(tmp_path).scan(ONE)
    later = NOON + timedelta(days=3)
    assert fold(tmp_path, later) == 1
    assert list(tmp_path.glob("*.log")) == []
    assert log(tmp_path, later).scan(ONE) == 1


def test_a_line_cut_short_by_a_full_disk_is_left_for_later(tmp_path: Path) -> None:
    scans = log(tmp_path)
    scans.scan(ONE)
    with (tmp_path / "2026-11-20.log").open("ab") as file:
        file.write(b"1 ")
    assert fold(tmp_path, NOON) == 1
    assert fold(tmp_path, NOON) == 0


steps = st.lists(
    st.sampled_from(["a scans", "b scans", "a below", "b below", "fold", "a again", "next day"]), max_size=30
)


@given(steps)
@settings(max_examples=100, deadline=None)
def test_any_order_of_scans_folds_restarts_and_days_counts_right(tmp_path_factory, history: list[str]) -> None:
    folder, clock, true = tmp_path_factory.mktemp("scans"), [NOON], 0

    def open_log() -> ScanLog:
        return ScanLog(folder, seconds=lambda: clock[0].timestamp())

    logs = {name: open_log() for name in "ab"}
    for step in history:
        match step:
            case "fold":
                fold(folder, clock[0])
            case "next day":
                clock[0] += timedelta(days=1)
            case "a again":
                logs["a"].close()
                logs["a"] = open_log()
            case "a below" | "b below":
                assert not logs[step[0]].scan_below(ONE, true)
                assert logs[step[0]].scan_below(ONE, true + 1)
                true += 1
            case _:
                assert logs[step[0]].scan(ONE) == true
                true += 1
    assert open_log().earlier(ONE) == true


def test_no_scan_that_was_answered_is_lost_to_kill_9(tmp_path: Path) -> None:
    worker = textwrap.dedent("""
        import sys
        from pathlib import Path
        from zuofang.traceability.scans import ScanLog, scan_key
        scans = ScanLog(Path(sys.argv[1]))
        while True:
            scans.scan(scan_key(7, 1))
            sys.stdout.write("x"); sys.stdout.flush()
    """)
    answered = 0
    for _ in range(3):
        process = subprocess.Popen([sys.executable, "-c", worker, str(tmp_path)], stdout=subprocess.PIPE)
        assert process.stdout is not None
        answered += len(process.stdout.read(500))
        os.kill(process.pid, signal.SIGKILL)
        answered += len(process.stdout.read())
        process.stdout.close()
        process.wait()
    counted = fold(tmp_path, datetime.now(CHINA))
    assert answered <= counted <= answered + 3, "at most the scan that was being answered when the process died"


def test_a_scan_is_counted_below_a_bound_and_refused_from_it_on(tmp_path: Path) -> None:
    here, there = log(tmp_path), log(tmp_path)
    assert here.scan_below(ONE, 3)
    assert there.scan(ONE) == 1
    assert here.scan_below(ONE, 3)
    assert not here.scan_below(ONE, 3)
    assert not there.scan_below(ONE, 3)
    assert there.scan_below(ONE, 4)
    assert log(tmp_path).earlier(ONE) == 4


def test_scans_of_others_are_read_in_time_though_no_bound_is_near(tmp_path: Path) -> None:
    here, there = log(tmp_path), log(tmp_path)
    here.scan(ONE)
    for _ in range(READ_AT // len(TWO) + 2):
        there.scan_below(TWO, inf)
    assert here.scan_below(ONE, 10**9)
    assert here.scan_below(TWO, inf)
    assert here.earlier(TWO) == READ_AT // len(TWO) + 3


def test_threads_share_a_log_without_losing_or_repeating_a_scan(tmp_path: Path) -> None:
    scans = log(tmp_path)
    with ThreadPoolExecutor(4) as threads:
        earlier = list(threads.map(lambda _: scans.scan(ONE), range(400)))
        allowed = sum(threads.map(lambda _: scans.scan_below(ONE, 500), range(400)))
    assert sorted(earlier) == list(range(400))
    assert allowed == 100

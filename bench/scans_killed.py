"""Whether a scan that was answered can be lost: counting and folding processes are killed 50 times without warning.

Run: ``python bench/scans_killed.py``. Each counting process notes in memory that outlives it how many scans it has
answered; afterwards the counters are asked how many there were.
"""

import mmap
import multiprocessing
import random
import signal
import struct
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from measure import tell

from zuofang.traceability.scans import ScanLog, fold, scan_key

ROUNDS, COUNTING = 50, 2
KEY = scan_key(4711, 17)


def count(folder: Path, answered: mmap.mmap) -> None:
    """Scan until killed, and note after every scan how many were answered."""
    log, scans = ScanLog(folder), 0
    while True:
        log.scan(KEY)
        scans += 1
        struct.pack_into("<Q", answered, 0, scans)


def fold_on(folder: Path) -> None:
    """Fold until killed."""
    while True:
        fold(folder, datetime.now(UTC))


def kill_round(folder: Path, seconds: float) -> int:
    """Let two processes count and one fold, kill all three; answers how many scans were answered."""
    notes = [mmap.mmap(-1, 8) for _ in range(COUNTING)]
    workers = [multiprocessing.Process(target=count, args=(folder, note), daemon=True) for note in notes]
    workers.append(multiprocessing.Process(target=fold_on, args=(folder,), daemon=True))
    for worker in workers:
        worker.start()
    time.sleep(seconds)
    for worker in workers:
        worker.kill()
    for worker in workers:
        worker.join()
    assert {worker.exitcode for worker in workers} == {-signal.SIGKILL}, "a worker ended by itself"
    return sum(struct.unpack("<Q", note)[0] for note in notes)


def main() -> None:
    multiprocessing.set_start_method("fork")
    chance = random.Random(4711)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        answered = sum(kill_round(folder, chance.uniform(0.05, 0.4)) for _ in range(ROUNDS))
        fold(folder, datetime.now(UTC))
        counted = ScanLog(folder).earlier(KEY)
    print(f"{ROUNDS} rounds, {answered:,} scans answered, {counted:,} counted")
    # A process may be killed between writing a scan and noting that it was answered.
    spare = counted - answered
    tell(f"no scan lost in {ROUNDS} rounds of kill -9", f"{max(0, -spare)} lost", spare >= 0)
    tell("none counted twice", f"{spare} more than answered", spare <= ROUNDS * COUNTING)


if __name__ == "__main__":
    main()

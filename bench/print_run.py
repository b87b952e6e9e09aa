"""A long print run, killed half way and resumed: memory, serials, and every printed code read back from the sheets.

Run: ``python bench/print_run.py [LABELS]``. The sheets are drawn as pictures again and read by a decoder that is not
ours, on every core; that takes longer than printing them.
"""

import os
import re
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pypdfium2
import zxingcpp
from measure import ZUOFANG, Installation, install, keyring, tell
from sqlalchemy import Row, select

from zuofang.traceability.codes import read
from zuofang.traceability.labels.layouts import LAYOUTS
from zuofang.traceability.models import LabelRun

LAYOUT = "a4-40"
FEW, MANY = 10_000, 100_000
GROWTH_MIB = 20
"""Target: memory that a run may take beyond one of a tenth of its size."""
FINE, FINER = 150, 300
"""Dots per inch of the pictures; a page on which a code was not read is drawn anew."""


def issue(city: Installation, batch: int, count: int) -> subprocess.Popen[bytes]:
    """Begin a run of labels by the command line."""
    words = ("labels", "issue", str(batch), "--count", str(count), "--layout", LAYOUT)
    return subprocess.Popen([*ZUOFANG, *words], env=city.environment, stdout=subprocess.DEVNULL)


def begun(city: Installation, count: int) -> Row[tuple[int, int, int]]:
    """The run of so many labels, as soon as its serials are taken."""
    newest = select(LabelRun.id, LabelRun.first, LabelRun.last).order_by(LabelRun.id.desc()).limit(1)
    while True:
        with city.office.database.read.connect() as connection:
            run = connection.execute(newest).one()
        if run.last - run.first + 1 == count:
            return run
        time.sleep(0.05)


def peak(process: subprocess.Popen[bytes]) -> float:
    """Wait for a command that must succeed; answers the most memory it held, in MiB."""
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0
    return used.ru_maxrss / 1024


def kill_half_way(process: subprocess.Popen[bytes], folder: Path, files: int) -> int:
    """Kill a run without warning when half of its files are there; answers how many there were."""
    while len(sheets(folder)) < files // 2:
        assert process.poll() is None, "it was over too soon"
        time.sleep(0.05)
    process.kill()
    process.wait()
    return len(sheets(folder))


def sheets(folder: Path) -> list[Path]:
    """The finished files of a run."""
    return sorted(folder.glob("*.pdf"))


def codes_on(task: tuple[Path, int]) -> list[str]:
    """The codes on one page of a file."""
    path, page = task
    with pypdfium2.PdfDocument(path) as document:
        for dpi in (FINE, FINER):
            picture = document[page].render(scale=dpi / 72, grayscale=True).to_numpy()
            found = [result.text for result in zxingcpp.read_barcodes(picture)]
            if len(found) == LAYOUTS[LAYOUT].per_page:
                break
    return [re.sub(r".*/", "", text) for text in found]


def pages(folder: Path) -> Iterator[tuple[Path, int]]:
    """Every page of every file of a run."""
    for path in sheets(folder):
        with pypdfium2.PdfDocument(path) as document:
            count = len(document)
        yield from ((path, page) for page in range(count))


def serials_read(city: Installation, folder: Path) -> Counter[int]:
    """How often each serial stands on the sheets."""
    ring = keyring(city.office)
    with ProcessPoolExecutor() as pool:
        found = pool.map(codes_on, pages(folder), chunksize=20)
        return Counter(read(ring, code).serial or 0 for codes in found for code in codes)


def main(many: int) -> None:
    with tempfile.TemporaryDirectory() as name:
        city = install(Path(name))
        batch = read(keyring(city.office), city.released).batch
        small = peak(issue(city, batch, FEW))
        process = issue(city, batch, many)
        run = begun(city, many)
        folder = city.settings.data / "labels" / f"run-{run.id:06}"
        began = time.perf_counter()
        done = kill_half_way(process, folder, many // 5_000)
        print(f"killed with {done} files written; resuming")
        resumed = subprocess.Popen([*ZUOFANG, "labels", "resume", str(run.id)], env=city.environment,
                                   stdout=subprocess.DEVNULL)  # fmt: skip
        large = peak(resumed)
        print(f"{many:,} labels written in {time.perf_counter() - began:.0f} s, two runs; reading them back")
        found = serials_read(city, folder)
    wanted = set(range(run.first, run.last + 1))
    print(f"most memory: {small:.0f} MiB for {FEW:,} labels, {large:.0f} MiB for the rest of {many:,}")
    tell(f"at most {GROWTH_MIB} MiB more", f"{large - small:.0f}", large - small <= GROWTH_MIB)
    tell("every code read back", f"{len(wanted & found.keys()):,} of {many:,}", found.keys() == wanted)
    twice = sum(times > 1 for times in found.values())
    tell("no serial printed twice", f"{twice} twice", twice == 0)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else MANY)

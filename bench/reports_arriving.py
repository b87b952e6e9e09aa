"""Label pages while 1,000 reports arrive, beside the same pages while none does.

Run: ``make bench BENCH=bench/reports_arriving.py``. The site is served by ``zuofang serve``. A second process hands in
reports one after the other, sealed and with their receipts, into the same database; it is halted in every other round.
Pages are of single packets, which are never kept, and are asked for one at a time at the pace of ``EVERY``.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from itertools import cycle
from pathlib import Path
from statistics import median, quantiles

from measure import HOST, Installation, free_port, install, running
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from zuofang.reporting.keys import roles
from zuofang.reporting.keys.letterbox import new_letterbox
from zuofang.reporting.models import Report, Role

REPORTS, SECONDS, EVERY = int(os.environ.get("REPORTS", "1000")), 8, 0.02
CHILD = Path(__file__).with_name("reports.py")


def letterbox(city: Installation) -> None:
    """Keys for every role of the city."""
    new_letterbox(city.settings.keys)
    roles.new_recovery(city.settings.keys)
    for role in Role:
        roles.add_role_key(city.settings.keys, role, role.value, "a passphrase for the bench")


def arrived(city: Installation) -> int:
    with Session(city.office.database.read) as session:
        return session.scalar(select(func.count()).select_from(Report)) or 0


def read(port: int, paths: cycle[str]) -> list[float]:
    """Milliseconds of each page of one round."""
    found, end = [], time.monotonic() + SECONDS
    while time.monotonic() < end:
        asked = urllib.request.Request(f"http://127.0.0.1:{port}{next(paths)}", headers={"Host": HOST})
        begun = time.perf_counter()
        with urllib.request.urlopen(asked) as answer:
            answer.read()
        found.append((time.perf_counter() - begun) * 1000)
        time.sleep(EVERY)
    return found


def slow(times: list[float]) -> float:
    """The time that 95 of 100 pages keep."""
    return quantiles(times, n=20)[-1]


def tell(way: str, times: list[float]) -> None:
    print(f"{way:28} {len(times):5} pages   p50 {median(times):6.1f} ms   p95 {slow(times):6.1f} ms")


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        city, port = install(Path(folder)), free_port()
        letterbox(city)
        paths = cycle([f"/t/{code}" for code in city.packets(2000)])
        serve = [str(Path(sys.executable).with_name("zuofang")), "serve", "--public-only", "--port", str(port)]
        sender = [sys.executable, str(CHILD), "child", folder]
        quiet: list[float] = []
        pressed: list[float] = []
        before = arrived(city)
        with running(serve, f"http://127.0.0.1:{port}/healthz", city.environment):
            read(port, paths)  # every kind of page once
            with subprocess.Popen(sender, stdout=subprocess.DEVNULL) as child:
                while arrived(city) - before < REPORTS:
                    pressed += read(port, paths)
                    child.send_signal(signal.SIGSTOP)
                    quiet += read(port, paths)
                    child.send_signal(signal.SIGCONT)
                child.kill()
        print(f"{arrived(city) - before} reports arrived")
        tell("no report arrives", quiet)
        tell("reports arrive", pressed)
        print(f"ratio p50 {median(pressed) / median(quiet):.2f}, p95 {slow(pressed) / slow(quiet):.2f}")


if __name__ == "__main__":
    main()

"""The desk while it works: 100,000 labels asked for in a browser, beside the same run from the command line.

Run: ``make bench BENCH=bench/desk.py``; ``LABELS`` says how many. The laboratory signs in, asks for the labels and
closes the page. Its worklist and the label page of a citizen are read in turns before that and until it is printed.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path
from statistics import median

from measure import ZUOFANG, Installation, free_port, install, running, tell
from playwright.sync_api import BrowserContext, sync_playwright
from sqlalchemy import select
from sqlalchemy.orm import Session

from zuofang.site.commands.city.staff import PASSWORD, hire
from zuofang.storage.errands import Errand, ErrandState
from zuofang.traceability.models import Batch, BatchState, Zone
from zuofang.traceability.queries.belonging import of_batch

LABELS, READS, PAUSE, LAYOUT = int(os.environ.get("LABELS", "100000")), 100, 0.1, "a4-40"
NEXT_PAGE = 3.0
"""Target: seconds until the next page, however many labels were asked for."""


def sign_in(desk: BrowserContext, address: str) -> None:
    """Come in as the laboratory of the example city; demonstration desks show the code of the moment."""
    page = desk.new_page()
    page.goto(f"{address}/sign-in")
    page.fill("#name", "jianyan")
    page.fill("#password", PASSWORD)
    page.click("main button")
    code = re.search(r"\d{6}", page.inner_text(".notice"))
    assert code
    page.fill("#code", code[0])
    page.click("form[action*=second] button")
    page.wait_for_url(lambda url: "/sign-in" not in url)
    page.close()


def ask(desk: BrowserContext, address: str, batch: int) -> float:
    """Ask for the labels and close the page; answers the seconds until the next page stood there."""
    page = desk.new_page()
    page.goto(f"{address}/laboratory/batches/{batch}")
    form = page.locator("form:has([name=copies])")
    page.eval_on_selector_all("details", "all => all.forEach(one => one.open = true)")
    form.locator("[name=copies]").fill(str(LABELS))
    form.locator("[name=kind][value=item]").check()
    form.locator("[name=layout]").select_option(LAYOUT)
    began = time.perf_counter()
    form.locator("button").click()
    page.wait_for_url("**/errands/*")
    took = time.perf_counter() - began
    page.close()
    return took


def seconds(once: Callable[[], object]) -> float:
    began = time.perf_counter()
    once()
    return time.perf_counter() - began


def released(city: Installation) -> int:
    """The newest batch that the laboratory of the first zone released."""
    with city.office.database.read.connect() as connection:
        zone = connection.scalars(select(Zone.id).order_by(Zone.id)).first()
        newest = select(Batch.id).where(Batch.state == BatchState.released).order_by(Batch.made_on.desc())
        places = ((batch, of_batch(connection, batch)) for batch in connection.scalars(newest).all())
        return next(batch for batch, place in places if place and zone in place.zones)


def done(city: Installation) -> bool:
    """Whether the errand has ended; it must have ended well."""
    with Session(city.office.database.read) as session:
        state = session.scalars(select(Errand.state).order_by(Errand.id.desc())).first()
    assert state not in (ErrandState.refused, ErrandState.stopped), state
    return state is ErrandState.done


def read(ways: dict[str, Callable[[], object]], until: Callable[[], bool]) -> dict[str, list[float]]:
    """Read the pages in turns; answers the milliseconds of each."""
    found: dict[str, list[float]] = {way: [] for way in ways}
    while not until():
        for way, once in ways.items():
            found[way].append(seconds(once) * 1000)
        time.sleep(PAUSE)
    return found


def compare(quiet: dict[str, list[float]], busy: dict[str, list[float]]) -> None:
    """Print what each page took before the labels were printed and meanwhile."""
    for way, times in busy.items():
        before, meanwhile = median(quiet[way]), median(times)
        print(f"{way:20} quiet {before:6.1f} ms   printing {meanwhile:6.1f} ms   {meanwhile / before:.2f} times")


def by_command(city: Installation, batch: int) -> float:
    """Seconds that the same run takes from the command line."""
    words = ("labels", "issue", str(batch), "--count", str(LABELS), "--layout", LAYOUT)
    command = [*ZUOFANG, *words]
    return seconds(lambda: subprocess.run(command, env=city.environment, stdout=subprocess.DEVNULL, check=True))


def measure(city: Installation, desk: BrowserContext, desks: str, label: str) -> None:
    """Sign in, read, ask, read on, and do the same by command."""
    sign_in(desk, desks)
    batch = released(city)
    ways: dict[str, Callable[[], object]] = {
        "worklist": lambda: desk.request.get(f"{desks}/").body(),
        "label page": lambda: urllib.request.urlopen(label).read(),
    }
    turns = iter(range(READS))
    quiet = read(ways, lambda: next(turns, None) is None)
    began = time.perf_counter()
    page = ask(desk, desks, batch)
    busy = read(ways, lambda: done(city))
    printed, command = time.perf_counter() - began, by_command(city, batch)
    tell(f"{LABELS:,} labels: next page within {NEXT_PAGE:.0f} s", f"{page:.1f} s", page <= NEXT_PAGE)
    print(f"printed behind a closed page {printed:.0f} s, by command {command:.0f} s: {printed / command:.2f} times")
    compare(quiet, busy)


def main() -> None:
    browser_path = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if browser_path is None:
        sys.exit("This bench needs Chromium; on Debian: apt-get install chromium")
    with tempfile.TemporaryDirectory() as folder:
        city, port, desk_port = install(Path(folder)), free_port(), free_port()
        hire(city.office)
        site = f"http://127.0.0.1:{port}"
        desks = f"http://127.0.0.1:{desk_port}"
        there = {**city.environment, "ZUOFANG_BASE_URL": site}
        serve = [*ZUOFANG, "serve", "--public-only", "--port", str(port)]
        sit = [*ZUOFANG, "desks", "--port", str(desk_port), "--demonstration"]
        with (
            running(serve, f"{site}/healthz", there),
            running(sit, f"{desks}/healthz", there),
            sync_playwright() as playwright,
        ):
            browser = playwright.chromium.launch(executable_path=browser_path, args=["--no-sandbox"])
            measure(city, browser.new_context(), desks, f"{site}/t/{city.packets(1)[0]}")
            browser.close()


if __name__ == "__main__":
    main()

"""How soon a label page is painted on a cheap phone, and how many requests that takes.

Run: ``make bench BENCH=bench/first_paint.py``. Chromium stands in for the phone, with a line of 500 kbit/s and 300 ms
and a processor six times slower; every visit is the first. The page comes from the production server.
"""

import shutil
import statistics
import sys
import tempfile
from pathlib import Path

from measure import free_port, granian, install, running, tell
from playwright.sync_api import Browser, sync_playwright

VISITS = 9
LIMIT = 1_200
"""Target: milliseconds until the first paint with content."""
LINE = {"offline": False, "latency": 300, "downloadThroughput": 500_000 / 8, "uploadThroughput": 500_000 / 8}
SLOWER = 6
PHONE = {"width": 360, "height": 640}
PAINTED = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime"
WAIT = "() => " + PAINTED
FETCHED = f"1 + performance.getEntriesByType('resource').filter(one => one.startTime < {PAINTED}).length"
"""The page itself, and whatever it made the browser ask for before there was something to see."""


def visit(browser: Browser, address: str) -> tuple[float, int]:
    """Milliseconds until something was painted, and how many requests it took until then."""
    context = browser.new_context(viewport=PHONE, locale="zh-CN")
    page = context.new_page()
    phone = context.new_cdp_session(page)
    phone.send("Network.enable")
    phone.send("Network.emulateNetworkConditions", LINE)
    phone.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    page.goto(address, wait_until="commit")
    page.wait_for_function(WAIT)
    painted, requests = float(page.evaluate(PAINTED)), int(page.evaluate(FETCHED))
    context.close()
    return painted, requests


def main() -> None:
    browser_path = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if browser_path is None:
        sys.exit("This bench needs Chromium; on Debian: apt-get install chromium")
    with tempfile.TemporaryDirectory() as name:
        city, port = install(Path(name) / "city"), free_port()
        with running(*granian(city, port)), sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=browser_path, args=["--no-sandbox"])
            visits = [visit(browser, f"http://127.0.0.1:{port}/t/{code}") for code in city.packets(VISITS)]
            browser.close()
    painted = statistics.median(one for one, _ in visits)
    print("first paint, ms:", ", ".join(f"{one:.0f}" for one, _ in sorted(visits)))
    tell(f"painted within {LIMIT} ms", f"{painted:.0f} ms", painted < LIMIT)
    requests = {fetched for _, fetched in visits}
    tell("one request to the first paint", str(sorted(requests)), requests == {1})


if __name__ == "__main__":
    main()

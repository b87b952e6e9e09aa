"""What a label page costs in one process: from memory, from the database, and a bare Flask answer beside them.

Run: ``python bench/label_page.py``. All ways take turns in one run and are compared by processor time.
"""

import statistics
import tempfile
from functools import partial
from pathlib import Path

from flask import Flask
from measure import ask, cost, in_turns, install, ratio, tell
from sqlalchemy import event

from zuofang.site.app import settle_memory
from zuofang.site.wsgi import open_public_site
from zuofang.traceability.scans import ScanLog, scan_key

ROUNDS, ANSWERS = 9, 300
PACKETS = 400
BARE, BUILT, KEPT, SCAN = "a bare Flask answer", "page from the database", "page from memory", "one scan counted"
BUILT_LIMIT, KEPT_LIMIT, SCAN_LIMIT, SIZE_LIMIT = 25, 10, 10, 8_000
"""Targets: times a bare answer, microseconds, microseconds, bytes."""


def bare() -> Flask:
    """The smallest Flask application."""
    app = Flask("hello")
    app.add_url_rule("/", view_func=lambda: "hello")
    return app


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        city = install(folder / "city")
        site = open_public_site(city.settings)
        scans, key = ScanLog(folder / "other-scans"), scan_key(1, 1)
        # A page that tells how often its packet was scanned is never kept, so every one of these is built anew.
        packets = [f"/t/{code}" for code in city.packets(PACKETS)]
        calls = {
            BARE: (ask(bare(), "/"), ANSWERS * 5),
            BUILT: (ask(site.wsgi_app, *packets), ANSWERS),
            KEPT: (ask(site.wsgi_app, f"/t/{city.released}"), ANSWERS * 50),
            SCAN: (lambda: scans.scan(key), ANSWERS * 100),
        }
        for once, _ in calls.values():
            for _ in range(50):
                once()
        statements = count_statements(site.extensions["zuofang.window"].database.read, calls[BUILT][0])
        settle_memory()
        found = in_turns({way: partial(cost, *call) for way, call in calls.items()}, ROUNDS)
        for way, figures in found.items():
            print(f"{way:24} {statistics.median(figures):8.1f} µs   {ratio(figures, found[BARE]):6.2f} × bare Flask")
        built, size = ratio(found[BUILT], found[BARE]), len(calls[KEPT][0]())
        kept, scan = statistics.median(found[KEPT]), statistics.median(found[SCAN])
        print(f"statements for a page from the database: {statements}")
        tell(
            f"built from the database at most {BUILT_LIMIT} times a bare Flask answer",
            f"{built:.1f}",
            built <= BUILT_LIMIT,
        )
        tell(f"from memory at most {KEPT_LIMIT} µs", f"{kept:.1f}", kept <= KEPT_LIMIT)
        tell(f"a scan at most {SCAN_LIMIT} µs", f"{scan:.1f}", scan <= SCAN_LIMIT)
        tell(f"at most {SIZE_LIMIT} bytes, compressed", str(size), size <= SIZE_LIMIT)


def count_statements(engine, once) -> int:
    """How many statements one answer asks."""
    seen: list[str] = []
    event.listen(engine, "before_cursor_execute", lambda *asked: seen.append(asked[2]))
    once()
    return len(seen)


if __name__ == "__main__":
    main()

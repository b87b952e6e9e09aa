"""What a label page costs in one process: from memory, from the database, and a bare Flask answer beside them.

Run: ``python bench/label_page.py``. All ways take turns in one run and are compared by processor time.
"""

import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import event
from werkzeug.test import EnvironBuilder

from zuofang.site.app import settle_memory
from zuofang.site.commands.city.build import build
from zuofang.site.wsgi import open_public_site
from zuofang.storage import schema
from zuofang.storage.acts import Office
from zuofang.storage.database import open_database
from zuofang.storage.keys import new_keys
from zuofang.storage.settings import Settings
from zuofang.traceability.codes import LabelKeyring, mint
from zuofang.traceability.scans import ScanLog, scan_key

ROUNDS, ANSWERS = 7, 300
Application = Callable[..., Any]


def make_city(folder: Path) -> tuple[Settings, str]:
    """A small example city, and the code of a released label in it."""
    settings = Settings(data=folder, base_url="https://zf.example.cn")
    office = Office(open_database(settings.database), new_keys(settings.keys))
    schema.upgrade(office.database)
    example = build(office, 1, days=62).examples["released"]
    ring = LabelKeyring(office.keys.labels, max(office.keys.labels))
    return settings, mint(ring, example.batch_id, example.serial)


def bare() -> Flask:
    """The smallest Flask application."""
    app = Flask("hello")
    app.add_url_rule("/", view_func=lambda: "hello")
    return app


def ask(app: Application, path: str) -> Callable[[], bytes]:
    """Answer one request and read the answer."""
    environ = EnvironBuilder(path=path, base_url="https://zf.example.cn", headers={"Accept-Encoding": "gzip"})
    made = environ.get_environ()

    def once() -> bytes:
        return b"".join(app(dict(made), lambda *_: None))

    return once


def cost(once: Callable[[], object], times: int) -> float:
    """Microseconds of processor time for one call."""
    began = time.process_time()
    for _ in range(times):
        once()
    return (time.process_time() - began) / times * 1e6


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        settings, code = make_city(folder)
        site = open_public_site(settings)
        seen: list[str] = []
        event.listen(
            site.extensions["zuofang.window"].database.read, "before_cursor_execute", lambda *a: seen.append(a[2])
        )
        scans = ScanLog(folder / "other-scans")
        key = scan_key(1, 1)
        ways = {
            "a bare Flask answer": (ask(bare(), "/"), ANSWERS * 5),
            "label page from the database": (ask(site.wsgi_app.app._app, f"/t/{code}"), ANSWERS),  # type: ignore[attr-defined]
            "label page from memory": (ask(site.wsgi_app, f"/t/{code}"), ANSWERS * 50),
            "one scan counted": (lambda: scans.scan(key), ANSWERS * 100),
        }
        for once, _ in ways.values():
            for _ in range(30):
                once()
        seen.clear()
        ways["label page from the database"][0]()
        statements = len([statement for statement in seen if statement.startswith("SELECT")])
        settle_memory()
        rounds = [{way: cost(once, times) for way, (once, times) in ways.items()} for _ in range(ROUNDS)]
        for way in ways:
            ratio = statistics.median(found[way] / found["a bare Flask answer"] for found in rounds)
            print(f"{way:32} {statistics.median(found[way] for found in rounds):8.1f} µs   {ratio:6.2f} × bare Flask")
        print(f"statements for a page from the database: {statements}")
        print(f"page as sent, compressed: {len(ways['label page from memory'][0]())} bytes")


if __name__ == "__main__":
    main()

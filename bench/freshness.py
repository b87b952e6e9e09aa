"""How long a published record takes until a search shows it, and a withdrawn one until it is gone: from act to page.

    python bench/freshness.py [RECORDS]

The example city is served with its housekeeper, who follows the outbox; the acts are those of the desks.
"""

from __future__ import annotations

import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

from measure import ZUOFANG, Installation, free_port, install, running, tell

sys.path.append(str(Path(__file__).parents[1]))
from tests.credit import filed
from tests.scene import WHY

from zuofang.credit.acts import records
from zuofang.credit.models import CreditRecord
from zuofang.site.housekeeping import tidy

SOON = 2.0
"""Seconds within which an act must show in the search."""
PATIENCE = 60.0


def until(right: Callable[[], bool]) -> float:
    """Seconds until something is so, asked twenty times a second."""
    began = time.perf_counter()
    while not right():
        assert time.perf_counter() - began < PATIENCE, "it does not come"
        time.sleep(0.05)
    return time.perf_counter() - began


def shown(base: str, key: int) -> bool:
    """Whether a search by the number of the decision shows a record."""
    with urllib.request.urlopen(f"{base}/disclosures/?q={quote('清市监〔2026〕12号')}") as answer:
        return f"/disclosures/{key}" in answer.read().decode()


def withdrawn(made: Installation, key: int) -> None:
    with made.office.writing("reviewer") as desk:
        records.withdraw(desk, desk.session.get_one(CreditRecord, key), "决定被撤销", WHY)


def main(many: int) -> None:
    with tempfile.TemporaryDirectory() as name:
        made, port = install(Path(name) / "data"), free_port()
        tidy(made.office, made.settings.scans)  # the first day of a city is no usual one
        base = f"http://127.0.0.1:{port}"
        serve = [*ZUOFANG, "serve", "--port", str(port), "--desk-port", str(free_port())]
        with running(serve, f"{base}/healthz", {**made.environment, "ZUOFANG_BASE_URL": base}):
            times: dict[str, list[float]] = {"published": [], "withdrawn": []}
            for _ in range(many):
                key = filed.filed(made.office, None, filed.FINE)
                times["published"].append(until(lambda key=key: shown(base, key)))  # type: ignore[misc]
                withdrawn(made, key)
                times["withdrawn"].append(until(lambda key=key: not shown(base, key)))  # type: ignore[misc]
    for what, taken in times.items():
        found = f"slowest {max(taken):.2f} s, half within {sorted(taken)[len(taken) // 2]:.2f} s"
        tell(f"{what} and seen so in the search within {SOON:.0f} s", found, max(taken) <= SOON)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20)

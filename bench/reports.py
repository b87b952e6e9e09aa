"""What the promises about reports cost and whether they hold: look-ups, their timing, kills, a full disk, replays.

Everything runs against real files in a folder of its own; figures are printed, nothing is asserted.
"""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from math import erfc, sqrt
from pathlib import Path
from statistics import median

from sqlalchemy import event, func, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from zuofang.reporting import receipts
from zuofang.reporting.followup import find, look_up
from zuofang.reporting.forms import FormToken, new_form
from zuofang.reporting.intake import Letterbox, Statement
from zuofang.reporting.keys import roles
from zuofang.reporting.keys.letterbox import new_letterbox, read_letterbox
from zuofang.reporting.models import Report, ReportKind, ReportLetter, ReportSecret, Role, Standing
from zuofang.reporting.receipts import Receipt, read_receipt
from zuofang.storage import schema
from zuofang.storage.database import Database, check_integrity, open_database

EVERY = int(os.environ.get("EVERY", "97"))
"""Between two budgets of bytes; 1 takes half an hour."""
ROUNDS = int(os.environ.get("ROUNDS", "200"))
LOOK_UPS = 400
REPLAYS = int(os.environ.get("REPLAYS", "10000"))
BUDGETS, FILLING = 200, 20
LOG_HEAD, LOG_PAGE, MORE = 32, 4096 + 24, 8
"""Bytes of the head of SQLite's log, and of a page in it with its own head; pages that another report may need more."""
NOW = datetime(2026, 11, 20, 4, 0, tzinfo=UTC)
SAID = Statement(ReportKind.report, Standing.anonymous, {"facts": "后院用工业盐腌肉。" * 50}, {}, "zh")


def installation(folder: Path) -> Path:
    """Keys for every role, and an empty database."""
    keys = folder / "keys"
    new_letterbox(keys)
    roles.new_recovery(keys)
    for role in Role:
        roles.add_role_key(keys, role, role.value, "a passphrase for the bench")
    database = open_database(f"sqlite:///{folder / 'zuofang.db'}")
    schema.upgrade(database)
    database.dispose()
    return folder


def box_of(folder: Path) -> Letterbox:
    found = read_letterbox(folder / "keys")
    if found is None:
        raise SystemExit("the bench has no keys")
    return Letterbox(open_database(f"sqlite:///{folder / 'zuofang.db'}"), found)


def hand_in(box: Letterbox, form: FormToken | None = None) -> Receipt:
    return box.hand_in(form or new_form(NOW), [SAID], NOW)[0].receipt


def timed(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return (time.perf_counter() - begun) * 1000


def mann_whitney(one: list[float], other: list[float]) -> float:
    """The two-sided p of the rank-sum test, by the normal approximation."""
    ranked = sorted([(value, 0) for value in one] + [(value, 1) for value in other])
    ranks = sum(place for place, (_, group) in enumerate(ranked, 1) if group == 0)
    n, m = len(one), len(other)
    u = ranks - n * (n + 1) / 2
    z = (u - n * m / 2) / sqrt(n * m * (n + m + 1) / 12)
    return erfc(abs(z) / sqrt(2))


def look_ups(box: Letterbox) -> None:
    """Cost of a look-up, and whether known and unknown locators can be told apart by their time."""
    known = [hand_in(box) for _ in range(20)]
    wrong = [Receipt(one.locator, "0" * 16) for one in known]
    absent = [Receipt("ZZZZ" + "Z" * (number % 2), "0" * 16) for number in range(20)]
    times: tuple[list[float], list[float]] = ([], [])
    with Session(box.database.read) as session:
        for number in range(LOOK_UPS):
            pair = ((wrong, times[0]), (absent, times[1]))
            for receipts, kept in pair if number % 2 else reversed(pair):
                receipt = receipts[number % 20]
                kept.append(timed(lambda receipt=receipt: find(session, receipt)))  # type: ignore[misc]
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    whole = [timed(lambda: look_up(box, known[0])) for _ in range(50)]
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    print(f"look-up: median {median(times[0]):.1f} ms known, {median(times[1]):.1f} ms unknown, "
          f"Mann-Whitney p = {mann_whitney(*times):.3f} (n = {LOOK_UPS} each)")  # fmt: skip
    print(f"all that a follow-up page asks: median {median(whole):.1f} ms; peak memory grew by {grown:.1f} MiB")


def replays(box: Letterbox) -> None:
    """One form sent many times at once."""
    form = new_form(NOW)
    with Session(box.database.read) as session:
        before = session.scalar(select(func.count()).select_from(Report)) or 0
    with ThreadPoolExecutor(8) as pool:
        seen = set(pool.map(lambda _: hand_in(box, form), range(REPLAYS)))
    with Session(box.database.read) as session:
        after = session.scalar(select(func.count()).select_from(Report)) or 0
    print(f"replays: {REPLAYS} copies of one form made {after - before} report and {len(seen)} receipt")


def kills(folder: Path) -> None:
    """A process that hands in and tells each receipt is killed at a random moment; every receipt told must open."""
    told: list[str] = []
    for number in range(ROUNDS):
        command = [sys.executable, __file__, "child", str(folder)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as child:
            assert child.stdout is not None
            told.append(child.stdout.readline())
            time.sleep((number * 37 % 100) / 1000)
            child.send_signal(signal.SIGKILL)
            told += child.stdout.read().splitlines()
    box = box_of(folder)
    whole = [receipt for line in told if len(line.strip()) == 24 and (receipt := read_receipt(line))]
    lost = [receipt for receipt in whole if look_up(box, receipt) is None]
    damage = check_integrity(box.database, thorough=True)
    print(f"kill -9: {ROUNDS} rounds, {len(whole)} receipts told, {len(lost)} lost, database {damage or 'whole'}")
    box.database.dispose()


def child(folder: Path) -> None:
    """Hand in without end and tell each receipt once it is there."""
    box = box_of(folder)
    while True:
        print(hand_in(box).text, flush=True)


def full_disk(folder: Path) -> None:
    """The database may grow by so many pages; what was acknowledged must be there, what was not must not be half."""
    kept = lost = refused = 0
    for pages in range(1, BUDGETS + 1):
        box = box_of(folder)
        _allow(box.database, pages)
        acknowledged: list[Receipt] = []
        try:
            while len(acknowledged) < FILLING:
                acknowledged.append(hand_in(box))
        except DBAPIError:
            refused += 1
        box.database.dispose()
        box = box_of(folder)
        kept += len(acknowledged)
        lost += sum(look_up(box, receipt) is None for receipt in acknowledged)
        damage = check_integrity(box.database, thorough=True)
        if damage:
            print(f"full disk: damaged at {pages} pages: {damage}")
        box.database.dispose()
    print(f"full disk: {BUDGETS} budgets, refused at {refused}, {kept} acknowledged, {lost} lost")


def _allow(database: Database, pages: int) -> None:
    with database.read.connect() as connection:
        used = connection.exec_driver_sql("PRAGMA page_count").scalar_one()

    @event.listens_for(database.write, "connect")
    def _limit(connection: object, _record: object) -> None:
        connection.execute(f"PRAGMA max_page_count={used + pages}")  # type: ignore[attr-defined]


def byte_budgets(folder: Path) -> None:
    """The log of the database may hold so many bytes and no more, swept over everything that one report writes.

    Every 97th byte (``EVERY``), and each within two of the edge of a page of the log. What was acknowledged must be
    there; of what was refused nothing may be. The digest of a receipt is made cheap here: it costs time and no byte.
    """
    receipts.MEMORY, receipts.PASSES = 8, 1
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    box, log = box_of(folder), folder / "zuofang.db-wal"
    _empty_log(box.database)
    hand_in(box)
    whole = log.stat().st_size + MORE * LOG_PAGE
    edges = {place + near for place in range(LOG_HEAD, whole + 1, LOG_PAGE) for near in range(-2, 3)}
    budgets = sorted(edges | set(range(0, whole + EVERY, EVERY)))
    before, acknowledged = _rows(box), []
    for budget in budgets:
        _empty_log(box.database)
        try:
            resource.setrlimit(resource.RLIMIT_FSIZE, (budget, resource.RLIM_INFINITY))
            acknowledged.append(hand_in(box))
        except DBAPIError:
            pass
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    lost = sum(look_up(box, receipt) is None for receipt in acknowledged)
    half = [now - then - len(acknowledged) for now, then in zip(_rows(box), before, strict=True)]
    damage = check_integrity(box.database, thorough=True)
    print(f"full disk by the byte: {len(budgets)} budgets over {whole} bytes, {len(acknowledged)} acknowledged, "
          f"{lost} lost, rows beyond what was acknowledged {half}, database {damage or 'whole'}")  # fmt: skip
    box.database.dispose()


def _empty_log(database: Database) -> None:
    with database.write.connect() as connection:
        connection.connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _rows(box: Letterbox) -> list[int]:
    """Reports, their letters, and what is sealed to a role."""
    with Session(box.database.read) as session:
        return [session.scalar(select(func.count()).select_from(one)) or 0
                for one in (Report, ReportLetter, ReportSecret)]  # fmt: skip


def main() -> None:
    """Run everything."""
    with tempfile.TemporaryDirectory() as name:
        folder = installation(Path(name))
        box = box_of(folder)
        print(f"handing in: median {median(timed(lambda: hand_in(box)) for _ in range(30)):.1f} ms")
        look_ups(box)
        replays(box)
        box.database.dispose()
        full_disk(folder)
        kills(folder)
        byte_budgets(folder)


if __name__ == "__main__":
    if sys.argv[1:2] == ["child"]:
        child(Path(sys.argv[2]))
    main()

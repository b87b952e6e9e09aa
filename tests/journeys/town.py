"""An installation that is really served: the example city, and a batch for every verdict made by the acts."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import count
from pathlib import Path

from tests import scene
from tests.scene import WHY, Scene

from zuofang.rules.calendar import china_day
from zuofang.storage.acts import Desk, Office, system_clock
from zuofang.storage.database import open_database
from zuofang.storage.keys import read_keys
from zuofang.storage.settings import Settings
from zuofang.traceability.acts import batches, labels, recalls
from zuofang.traceability.codes import LabelKeyring, mint
from zuofang.traceability.models import Batch, LabelKind
from zuofang.traceability.verdict import Verdict

ZUOFANG = (sys.executable, "-c", "from zuofang.site.commands import main; main()")
STOCK = 2000
"""Packets of each batch on the shelf."""
RECALLED_FOR, VOID_FOR = "检出沙门氏菌", "整卷标签被盗"


@dataclass(frozen=True, slots=True)
class Fate:
    """How a batch comes to its verdict: made so many days ago, tested or not, and what happens after printing."""

    age: int = 1
    tested: bool = True
    then: Callable[[Desk, Batch], object] = lambda desk, batch: None


def _recall(desk: Desk, batch: Batch) -> None:
    recalls.announce(desk, recalls.recall(desk, batch, 1, RECALLED_FOR, desk.now, WHY), desk.today, WHY)


def _void(desk: Desk, batch: Batch) -> None:
    labels.revoke(desk, batch.id, 1, batch.next_serial - 1, VOID_FOR, WHY)


FATES = {
    Verdict.do_not_eat: Fate(then=_recall),
    Verdict.not_released: Fate(tested=False),
    Verdict.past_date: Fate(age=20),
    Verdict.take_care: Fate(then=_void),
    Verdict.released: Fate(),
}


@dataclass(slots=True)
class Town:
    """A served installation: where it answers, where its data lie, who works there, and what is on the shelf."""

    address: str
    data: Path
    office: Office
    scene: Scene
    shelf: dict[Verdict, int] = field(default_factory=dict)
    _lots: Iterator[int] = field(default_factory=lambda: count(1))
    _taken: Iterator[int] = field(default_factory=lambda: count(1))

    def make(self, verdict: Verdict) -> int:
        """A new batch that is ready for its labels; answers its number."""
        fate = FATES[verdict]
        with self.office.writing("作坊") as desk:
            made_on = desk.today - timedelta(days=fate.age)
            product = desk.session.merge(self.scene.product)
            batch = batches.open_batch(desk, product, f"{made_on:%Y%m%d}-{next(self._lots)}", made_on, WHY)
            if fate.tested:
                self._release(desk, batch, made_on)
            return batch.id

    def meet_fate(self, verdict: Verdict, batch: int) -> None:
        """Let happen to a labelled batch what leads to the verdict."""
        with self.office.writing("监管人员") as desk:
            FATES[verdict].then(desk, desk.session.get_one(Batch, batch))

    def packet(self, verdict: Verdict = Verdict.released) -> str:
        """The code of a packet that nobody has scanned yet."""
        if verdict not in self.shelf:
            self.shelf[verdict] = self._stock(verdict)
        ring = LabelKeyring(self.office.keys.labels, max(self.office.keys.labels))
        return mint(ring, self.shelf[verdict], next(self._taken))

    def run(self, *words: str) -> str:
        """Run a command of this installation; answers what it printed."""
        return _run(self.data, *words, ZUOFANG_BASE_URL=self.address)

    def _stock(self, verdict: Verdict) -> int:
        batch = self.make(verdict)
        with self.office.writing("作坊") as desk:
            labels.issue(desk, batch, LabelKind.item, STOCK, "a4-24", WHY)
        self.meet_fate(verdict, batch)
        return batch

    def _release(self, desk: Desk, batch: Batch, on: date) -> None:
        self.scene.batch, self.scene.laboratory = batch, desk.session.merge(self.scene.laboratory)
        scene.sheet(desk, self.scene, number=f"QX-{batch.lot}", on=on)
        batches.release(desk, batch, WHY)


@contextmanager
def served(data: Path) -> Iterator[str]:
    """Serve a small example city from a process of its own; it is stopped as an operator stops it."""
    _run(data, "demo", "--scale", "0", "--no-serve")
    command, settings = [*ZUOFANG, "serve", "--port", "0", "--public-only"], environment(data, PYTHONUNBUFFERED="1")
    with subprocess.Popen(command, env=settings, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        told = server.stdout.readline()
        found = re.search(r"http://\S+", told)
        assert found, f"the server did not start: {told}"
        yield found[0]
        server.send_signal(signal.SIGTERM)
        assert server.wait(timeout=15) == 0


@contextmanager
def stocked(data: Path, address: str) -> Iterator[Town]:
    """Open the office of the installation and enter the workshop whose packets are on the shelf."""
    settings = Settings(data=data, base_url=address)
    database = open_database(settings.database)
    office = Office(database, read_keys(settings.keys), heads=settings.heads)
    with office.writing("监管人员") as desk:
        made = scene.build(desk, until=china_day(system_clock()) + timedelta(days=400))
    yield Town(address, data, office, made)
    database.dispose()


def _run(data: Path, *words: str, **settings: str) -> str:
    done = subprocess.run(
        [*ZUOFANG, *words], env=environment(data, **settings), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def environment(data: Path, **settings: str) -> dict[str, str]:
    return {**os.environ, "ZUOFANG_DATA": str(data), **settings}

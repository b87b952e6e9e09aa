"""What the benches share: an example installation, servers beside one another, and figures told as ratios.

A bench is a script that prints what it measured. Ways are measured in turns within one run and compared with each
other, so that a slow or busy machine slows all of them down.
"""

from __future__ import annotations

import os
import re
import shutil
import socket
import statistics
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import select
from werkzeug.test import EnvironBuilder

from zuofang.site.commands.city.build import build
from zuofang.storage import schema
from zuofang.storage.acts import Office
from zuofang.storage.database import open_database
from zuofang.storage.keys import new_keys
from zuofang.storage.settings import Settings
from zuofang.traceability.codes import LabelKeyring, mint
from zuofang.traceability.models import Batch, BatchState, LabelKind, LabelRun

HOST = "zf.example.cn"
ADDRESS = f"https://{HOST}"
SERVERS = Path(__file__).parent.parent / ".venv-bench" / "bin"
"""Where servers are installed that the program itself does not need."""
ZUOFANG = (sys.executable, "-c", "from zuofang.site.commands import main; main()")
PATIENCE = 60
"""Seconds in which a server must answer for the first time."""
TICKS = os.sysconf("SC_CLK_TCK")

Application = Callable[..., Any]


@dataclass(frozen=True, slots=True)
class Installation:
    """An example city: its settings, and its office with every key."""

    settings: Settings
    office: Office
    released: str
    """The code that all packets of one released batch share; its page stays the same."""

    def packets(self, most: int) -> list[str]:
        """Codes of single packets, as many different batches as there are before a second one of the same."""
        with self.office.database.read.connect() as connection:
            runs = connection.execute(
                select(LabelRun.batch_id, LabelRun.first, LabelRun.last).where(LabelRun.kind == LabelKind.item)
            ).all()
        serials = ((batch, serial) for turn in range(most) for batch, first, last in runs
                   if (serial := first + turn) <= last)  # fmt: skip
        ring = keyring(self.office)
        return [mint(ring, batch, serial) for (batch, serial), _ in zip(serials, range(most), strict=False)]

    @property
    def environment(self) -> dict[str, str]:
        """What a process needs to know to work for this installation."""
        return {**os.environ, "ZUOFANG_DATA": str(self.settings.data), "ZUOFANG_BASE_URL": self.settings.base_url}


def install(folder: Path, days: int = 62) -> Installation:
    """Make an example city with the work of so many days."""
    settings = Settings(data=folder, base_url=ADDRESS)
    office = Office(open_database(settings.database), new_keys(settings.keys), heads=settings.heads)
    schema.upgrade(office.database)
    build(office, 1, days=days)
    with office.database.read.connect() as connection:
        shared = connection.execute(
            select(Batch.id).join(LabelRun).where(LabelRun.kind == LabelKind.batch, Batch.state == BatchState.released)
            .order_by(Batch.made_on.desc()).limit(1)
        ).scalar_one()  # fmt: skip
    return Installation(settings, office, mint(keyring(office), shared))


def keyring(office: Office) -> LabelKeyring:
    """The keys by which labels of this installation are minted."""
    return LabelKeyring(office.keys.labels, max(office.keys.labels))


def ask(app: Application, *paths: str) -> Callable[[], bytes]:
    """Answer one request within this process, of each path in turn, and read the answer."""
    made = [
        EnvironBuilder(path=path, base_url=ADDRESS, headers={"Accept-Encoding": "gzip"}).get_environ() for path in paths
    ]
    turns = iter(range(sys.maxsize))

    def once() -> bytes:
        said: list[str] = []
        body = b"".join(app(dict(made[next(turns) % len(made)]), lambda status, *_: said.append(status)))
        assert said[0].startswith("200"), said
        return body

    return once


def cost(once: Callable[[], object], times: int) -> float:
    """Microseconds of processor time for one call."""
    began = time.process_time()
    for _ in range(times):
        once()
    return (time.process_time() - began) / times * 1e6


def in_turns(ways: Mapping[str, Callable[[], float]], rounds: int) -> dict[str, list[float]]:
    """Measure all ways in turns; answers the figures of each, round by round."""
    found: dict[str, list[float]] = {way: [] for way in ways}
    for _ in range(rounds):
        for way, measure in ways.items():
            found[way].append(measure())
    return found


def ratio(figures: Sequence[float], beside: Sequence[float]) -> float:
    """How one way compares with another: the median of the rounds' ratios."""
    return statistics.median(one / other for one, other in zip(figures, beside, strict=True))


def tell(target: str, found: str, met: bool) -> None:
    """Print a target and what was found."""
    print(f"{'met' if met else 'MISSED':7}{target}: {found}")


def program(name: str, package: str) -> str:
    """The path of a program of this machine, or a word on how to install it."""
    found = shutil.which(name, path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")
    if found is None:
        sys.exit(f"This bench needs {name}; on Debian: apt-get install {package}")
    return found


def server(name: str) -> str:
    """The path of a server that the benches install for themselves."""
    if not (SERVERS / name).exists():
        sys.exit(f"This bench needs {name}; start it by: make bench")
    return str(SERVERS / name)


def free_port() -> int:
    """A port on which nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
        return port


@contextmanager
def running(command: Sequence[str], address: str, environment: Mapping[str, str] | None = None) -> Iterator[int]:
    """Run a server until the end of the block; answers its process, once ``address`` answers."""
    with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            _wait_for(address, process)
            yield process.pid
        finally:
            process.terminate()
            process.wait(PATIENCE)


def _wait_for(address: str, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            with urllib.request.urlopen(address) as answer:
                answer.read()
            return
        except OSError:
            if time.monotonic() > deadline or process.poll() is not None:
                raise
            time.sleep(0.1)


def granian(installation: Installation, port: int) -> tuple[list[str], str, dict[str, str]]:
    """The production server as ``docs/operations.md`` has it, for :func:`running`."""
    command = [server("granian"), "--interface", "wsgi", "--factory", "zuofang.site.wsgi:application"]
    command += ["--workers", "2", "--blocking-threads", "4", "--no-ws", "--port", str(port)]
    return command, f"http://127.0.0.1:{port}/healthz", installation.environment


def processor_time(process: int) -> float:
    """Seconds of processor time that a process and its descendants have used so far."""
    children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS + sum(processor_time(int(child)) for child in children)


@dataclass(frozen=True, slots=True)
class Load:
    """What a server bore: answers, and the seconds it took."""

    answers: int
    seconds: float

    @property
    def rate(self) -> float:
        """Answers a second."""
        return self.answers / self.seconds


def load(port: int, paths: Sequence[str], seconds: int, headers: Mapping[str, str], folder: Path) -> Load:
    """Ask a server for the paths in turn over 16 connections that stay open."""
    script = folder / f"{port}.lua"
    script.write_text(_LUA % ",".join(f'"{path}"' for path in paths))
    said = subprocess.run(
        [program("wrk", "wrk"), "-t1", "-c16", f"-d{seconds}s", "-s", script, f"http://127.0.0.1:{port}",
         *(word for name, value in headers.items() for word in ("-H", f"{name}: {value}"))],
        check=True, capture_output=True, text=True,
    ).stdout  # fmt: skip
    assert "Non-2xx" not in said, said
    assert "Socket errors" not in said, said
    found = re.search(r"(\d+) requests in ([\d.]+)s", said)
    assert found, said
    return Load(int(found[1]), float(found[2]))


_LUA = """
local paths, turn = {%s}, 0
request = function()
  turn = turn %% #paths + 1
  return wrk.format("GET", paths[turn])
end
"""

"""Search servers of our own, each on a socket in a folder, that can be stopped and started again."""

from __future__ import annotations

import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from zuofang.search.sphinx.configuration import configuration
from zuofang.search.sphinx.servers import Address, Failed, Link

SEARCHD = "searchd"
INSTALLED = shutil.which(SEARCHD) is not None
PATIENCE = 20.0


class Daemons:
    """As many servers as are wanted; the first is number 0."""

    def __init__(self, folder: Path, many: int, memory: int = 16) -> None:
        self.folder, self._running = folder, dict[int, subprocess.Popen[bytes]]()
        self.addresses = tuple(str(folder / str(number) / "s") for number in range(many))
        for number, address in enumerate(self.addresses):
            place = folder / str(number)
            place.mkdir()
            text = configuration(number + 1, many, Address.read(address), place, memory)
            (place / "sphinx.conf").write_text(text, encoding="utf-8")

    def start(self, number: int) -> None:
        """Start a server and wait until it answers."""
        command = [SEARCHD, "--nodetach", "-c", str(self.folder / str(number) / "sphinx.conf")]
        self._running[number] = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        deadline = time.monotonic() + PATIENCE
        while True:
            link = Link(Address.read(self.addresses[number]), 1.0)
            try:
                link.ask("SELECT 1")
                return
            except Failed:
                assert time.monotonic() < deadline, "a search server does not start"
                time.sleep(0.05)
            finally:
                link.close()

    def stop(self, number: int, how: signal.Signals = signal.SIGKILL) -> None:
        """Stop a server and wait until it has gone."""
        process = self._running.pop(number)
        process.send_signal(how)
        process.wait(PATIENCE)

    def signal(self, number: int, what: signal.Signals) -> None:
        """Send a signal to a server."""
        self._running[number].send_signal(what)

    def pids(self) -> list[int]:
        """The processes that run."""
        return [process.pid for process in self._running.values()]

    def start_missing(self) -> None:
        """Start those that were stopped."""
        for number in range(len(self.addresses)):
            if number not in self._running:
                self.start(number)

    def stop_all(self) -> None:
        """Stop those that run."""
        for number in list(self._running):
            self.stop(number)


@contextmanager
def daemons_in_a_folder(many: int, memory: int = 16) -> Iterator[Daemons]:
    """Servers in a folder whose name is short enough for sockets."""
    with tempfile.TemporaryDirectory(prefix="zf") as name:
        daemons = Daemons(Path(name), many, memory)
        try:
            daemons.start_missing()
            yield daemons
        finally:
            daemons.stop_all()

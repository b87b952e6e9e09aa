"""Looking after the search by hand: ``zuofang search rebuild``, ``check`` and ``keep``."""

from __future__ import annotations

import logging
import subprocess
import sys
from collections.abc import Sequence
from os import PRIO_PROCESS, setpriority
from pathlib import Path
from time import monotonic

import click

from zuofang.rules.calendar import china_day
from zuofang.search import following, keeping
from zuofang.search.engines import Engine, Spread
from zuofang.search.sphinx.configuration import configuration
from zuofang.search.sphinx.servers import Address
from zuofang.site.commands.context import working
from zuofang.site.commands.progress import telling
from zuofang.site.searching import engine_of, shelf_of
from zuofang.storage.acts import Office
from zuofang.storage.backups import Progress
from zuofang.storage.database import Database
from zuofang.storage.settings import Settings, read_settings

KEEP = (sys.executable, "-c", "from zuofang.site.commands import main; main()", "search", "keep")
POLITE = 19
"""Niceness of the process that builds an index beside a server; its reading and writing waits as well."""
REST = 60
"""Seconds after which an index that could not be kept, on a full disk for example, is tried again."""
BUSY = "another process is writing the search index; wait for it, then try again"
WITHOUT = "search_engine is database: there is no index, the database answers"

log = logging.getLogger(__name__)


@click.group()
def search() -> None:
    """Keep what is published findable. The index is a copy; its folder may be deleted at any time."""


@search.command()
def rebuild() -> None:
    """Look at every record anew, then build the index beside the old one and switch to it."""
    settings = read_settings()
    with working(settings) as office, telling() as tell:
        differed = renew(office, tell)
        held = build(settings, office, tell)
    click.echo(f"{differed} documents put right")
    click.echo(WITHOUT if held is None else f"{held} documents in the index")


@search.command()
def check() -> None:
    """Compare the index with the database, file by file and document by document; build it anew where they differ."""
    settings = read_settings()
    with working(settings) as office, telling() as tell:
        differed = renew(office, tell)
        click.echo(f"{differed} documents put right")
        engine = engine_of(settings)
        if engine is None:
            click.echo(WITHOUT)
            return
        found = keeping.state(office.database, shelf_of(settings), engine)
        if found.damage is None:
            click.echo(f"{found.documents} documents in the index, {found.behind} changes since; it is sound")
            return
        click.echo(f"the index was not in order: {found.damage}")
        click.echo(f"{build(settings, office, tell)} documents in the new index")


@search.command()
def keep() -> None:
    """Follow what was published and withdrawn, and bring the index up to date where it needs it."""
    settings = read_settings()
    with working(settings) as office:
        following.follow_all(office.database, china_day(office.clock()), office.rules)
        keep_index(settings, office)


@search.command()
@click.argument("number", type=click.IntRange(1))
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--memory", type=click.IntRange(16), default=128, help="Megabytes of a table before it goes to disk.")
def server(number: int, folder: Path, memory: int) -> None:
    """Print the configuration of the search server NUMBER of search_servers, whose tables lie in FOLDER."""
    servers = read_settings().servers
    if number > len(servers):
        raise click.ClickException(f"search_servers names {len(servers)} servers; there is no number {number}")
    click.echo(configuration(number, len(servers), Address.read(servers[number - 1]), folder, memory), nl=False)


def renew(office: Office, tell: Progress) -> int:
    """Bring every document up to date; answers how many were not."""
    today, differed = china_day(office.clock()), 0
    following.follow_all(office.database, today, office.rules)
    for share, those in following.rewrite(office.database, today, office.rules):
        differed += those
        tell("documents", share)
    return differed


def build(settings: Settings, office: Office, tell: Progress) -> int | None:
    """Build the index anew; answers how many documents it holds, nothing where there is to be none."""
    engine = engine_of(settings)
    if engine is None:
        return None
    held = keeping.build(office.database, shelf_of(settings), engine, tell)
    if held is None:
        raise click.ClickException(BUSY)
    return held


def keep_index(settings: Settings, office: Office) -> None:
    """Do for the index what it needs."""
    engine = engine_of(settings)
    need = keeping.needs(office.database, shelf_of(settings), engine) if engine else None
    if engine and need == "build":
        keeping.build(office.database, shelf_of(settings), engine)
    elif engine and need == "change":
        keeping.catch_up(office.database, shelf_of(settings), engine)
    elif need == "mend" and isinstance(engine, Spread):
        keeping.mend(office.database, shelf_of(settings), engine)


class IndexKeeper:
    """Looks after the index beside a server, in a process of its own that gives way to readers."""

    def __init__(self, settings: Settings, database: Database, command: Sequence[str] = KEEP) -> None:
        self._settings, self._database, self._command = settings, database, command
        self._engine: Engine | None = engine_of(settings)
        self._process: subprocess.Popen[bytes] | None = None
        self._rest_until = 0.0

    def __call__(self) -> None:
        """Start the process where the index needs something and none is running, nor has failed just now."""
        if self._engine is None or self._resting() or monotonic() < self._rest_until:
            return
        if keeping.needs(self._database, shelf_of(self._settings), self._engine):
            self._process = subprocess.Popen(self._command, stdout=subprocess.DEVNULL)  # noqa: S603 - our own command
            setpriority(PRIO_PROCESS, self._process.pid, POLITE)

    def _resting(self) -> bool:
        if self._process is None:
            return False
        if (status := self._process.poll()) is None:
            return True
        if status:
            self._process, self._rest_until = None, monotonic() + REST
            log.warning("the search index could not be kept; the database answers, tried again in %d s", REST)
        return False

    def stop(self) -> None:
        """End the process; what it was building is thrown away."""
        if self._process is not None and self._process.poll() is None:
            self._process.terminate()
            self._process.wait()

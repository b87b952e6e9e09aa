"""Serving with the server that comes along, and stopping without cutting an answer short.

The public site and the desks are two processes on two ports. ``zuofang serve`` starts both: it takes the ports, hands
the second one to a process of its own, and ends it when it is told to stop; ``zuofang desks`` serves the desks alone.
"""

from __future__ import annotations

import logging
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import click
import waitress

from zuofang.site.commands.context import check_schema, holding, opened
from zuofang.site.commands.search import IndexKeeper
from zuofang.site.housekeeping import Housekeeper
from zuofang.storage.acts import Office
from zuofang.storage.database import open_database
from zuofang.storage.editions import standing_rules
from zuofang.storage.keys import NoKeys, read_keys, read_label_keys
from zuofang.storage.settings import PREFIX, Settings, read_settings

PATIENCE = 10
"""Seconds that answers under way have to reach their readers once the server is told to stop."""
EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}  # noqa: S104 - what the operator asked for, not a default
PROXY = {"trusted_proxy": "127.0.0.1", "trusted_proxy_count": 1, "trusted_proxy_headers": {"x-forwarded-for"}}
"""A proxy on this machine may say for whom it asks; nobody else may."""
Greeting = Callable[[Settings], Iterable[str]]
Application = Callable[..., Any]


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address of this machine to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(0, 65535), help="0 takes any free port.")
@click.option("--desk-port", default=8001, show_default=True, type=click.IntRange(0, 65535), help="Port of the desks.")
@click.option("--public-only", is_flag=True, help="Leave the desks to: zuofang desks")
@click.option("--threads", default=4, show_default=True, type=click.IntRange(1, 64))
def serve(host: str, port: int, desk_port: int, public_only: bool, threads: int) -> None:
    """Serve the public site and the desks until Ctrl+C or SIGTERM; answers under way are finished first."""
    run_sites(read_settings(), host, port, None if public_only else desk_port, threads)


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address of this machine to listen on.")
@click.option("--port", default=8001, show_default=True, type=click.IntRange(0, 65535), help="0 takes any free port.")
@click.option("--threads", default=4, show_default=True, type=click.IntRange(1, 64))
@click.option("--socket", "given", type=(int, int), hidden=True, help="A socket that listens, and who gave it.")
@click.option("--demonstration", is_flag=True, hidden=True, help="Everything here is invented.")
def desks(host: str, port: int, threads: int, given: tuple[int, int] | None, demonstration: bool) -> None:
    """Serve the desks alone, for example as another user of the machine than the public site."""
    from zuofang.site.console.wsgi import open_desks  # only this command needs the desks

    settings = read_settings()
    with opened(settings) as database:
        check_schema(database)
    with holding(settings, alone=False), _listener(host, port, given) as listener:
        if given is None:
            settings = _where_it_listens(settings, listener)
            click.echo(f"The desks are served at {settings.console_url} (stop with Ctrl+C)")
        application = open_desks(settings, demonstration=demonstration)
        serve_until_told(application, listener, threads, _orphaned(given))


def _listener(host: str, port: int, given: tuple[int, int] | None) -> socket.socket:
    return listening(host, port) if given is None else socket.socket(fileno=given[0])


def _orphaned(given: tuple[int, int] | None) -> Callable[[], bool]:
    """Whether the process that handed its socket over is gone."""
    return lambda: given is not None and os.getppid() != given[1]


def _where_it_listens(settings: Settings, listener: socket.socket) -> Settings:
    """The settings with the address of the desks where nobody chose one."""
    if settings.console_url != Settings().console_url:
        return settings
    return replace(settings, console_url=f"http://localhost:{listener.getsockname()[1]}")


@contextmanager
def beside(settings: Settings, host: str, port: int | None, demonstration: bool) -> Iterator[Callable[[], bool]]:
    """The desks in a process of their own for as long as a block runs, and whether they have ended by themselves."""
    if port is None:
        yield lambda: False
        return
    with listening(host, port) as listener:
        settings = _where_it_listens(settings, listener)
        click.echo(f"The desks are served at {settings.console_url}")
        command = [sys.executable, "-c", "from zuofang.site.commands import main; main()", "desks"]
        command += [
            "--socket",
            str(listener.fileno()),
            str(os.getpid()),
            *(["--demonstration"] if demonstration else []),
        ]
        child = subprocess.Popen(  # noqa: S603 - our own program
            command, pass_fds=[listener.fileno()], env={**os.environ, **_told(settings)}, stdin=subprocess.DEVNULL
        )
    try:
        yield lambda: child.poll() is not None
    finally:
        child.terminate()
        child.wait(PATIENCE * 2)


def _told(settings: Settings) -> dict[str, str]:
    """What the process beside us must know as we do."""
    names = ("data", "base_url", "console_url", "bureau")
    return {PREFIX + name.upper(): str(getattr(settings, name)) for name in names}


def run_sites(
    settings: Settings, host: str, port: int, desk_port: int | None, threads: int = 4, also: Greeting | None = None
) -> None:
    """Check that the installation is ready, say where it is served and what ``also`` there is to say, and serve it.

    What says more stands in an invented city; its desks are told so.
    """
    from zuofang.site.wsgi import open_public_site  # only this command needs every page

    with opened(settings) as database:
        check_schema(database)
    read_label_keys(settings.keys)
    with holding(settings, alone=False), listening(host, port) as listener:
        address = _address(host, listener)
        if settings.base_url == Settings().base_url:  # nobody chose one: codes lead to where this server listens
            settings = replace(settings, base_url=address)
        application = open_public_site(settings)
        housekeeper, keeper = _housekeeper(settings)
        housekeeper.start()
        click.echo(f"{settings.site_name} is served at {address} (stop with Ctrl+C)")
        with beside(settings, host, desk_port, demonstration=also is not None) as ended:
            for line in also(settings) if also else ():
                click.echo(line)
            serve_until_told(application, listener, threads, ended)
            lost = ended()
        housekeeper.stop()
        keeper.stop()
        if lost:
            raise click.ClickException("the desks ended by themselves; see above, or serve without: --public-only")


def _housekeeper(settings: Settings) -> tuple[Housekeeper, IndexKeeper]:
    """The housekeeper of this server; it tends the credit file where the keys of the journal are at hand."""
    database = open_database(settings.database)
    keeper = IndexKeeper(settings, database)
    try:
        office = Office(database, read_keys(settings.keys), standing_rules(database), heads=settings.heads)
    except (NoKeys, PermissionError):
        return Housekeeper(database, settings.scans, keep_index=keeper), keeper
    return Housekeeper(database, settings.scans, office=office, keep_index=keeper), keeper


def listening(host: str, port: int) -> socket.socket:
    """A socket that listens.

    Raises:
        click.ClickException: the port is taken or not ours to take.
    """
    try:
        return socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
    except OSError as failure:
        told = failure.strerror or str(failure)
        raise click.ClickException(f"cannot listen on {host} port {port}: {told}; try another with --port") from None


def serve_until_told(
    application: Application, listener: socket.socket, threads: int, ended: Callable[[], bool] = lambda: False
) -> None:
    """Answer requests until SIGTERM or Ctrl+C, or until ``ended``; then finish the answers under way and return."""
    told: list[int] = []
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda number, _frame: told.append(number))
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # a short queue is no news
    sockets: dict[int, Any] = {}
    server = waitress.create_server(application, map=sockets, sockets=[listener], threads=threads, ident=None, **PROXY)

    def turn() -> None:
        server.asyncore.loop(timeout=0.2, map=sockets, count=1)

    while not (told or ended()):
        turn()
    listener.close()
    server.accepting = False
    deadline = time.monotonic() + PATIENCE
    while any(map(_is_answering, sockets.values())) and time.monotonic() < deadline:
        turn()
    server.task_dispatcher.shutdown()


def _is_answering(channel: Any) -> bool:
    return bool(getattr(channel, "requests", None) or getattr(channel, "total_outbufs_len", 0))


def _address(host: str, listener: socket.socket) -> str:
    shown = EVERYWHERE.get(host, f"[{host}]" if ":" in host else host)
    return f"http://{shown}:{listener.getsockname()[1]}"

"""Serving the public site with the server that comes along, and stopping without cutting an answer short."""

from __future__ import annotations

import logging
import signal
import socket
import time
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

import click
import waitress

from zuofang.site.commands.context import check_schema, holding, opened
from zuofang.site.commands.search import IndexKeeper
from zuofang.site.housekeeping import Housekeeper
from zuofang.storage.acts import Office
from zuofang.storage.database import open_database
from zuofang.storage.keys import NoKeys, read_keys, read_label_keys
from zuofang.storage.settings import Settings, read_settings

PATIENCE = 10
"""Seconds that answers under way have to reach their readers once the server is told to stop."""
EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}  # noqa: S104 - what the operator asked for, not a default
Greeting = Callable[[Settings], Iterable[str]]
Application = Callable[..., Any]


def silence(_settings: Settings) -> Iterable[str]:
    """Nothing more to say."""
    return ()


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address of this machine to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(0, 65535), help="0 takes any free port.")
@click.option("--threads", default=4, show_default=True, type=click.IntRange(1, 64))
def serve(host: str, port: int, threads: int) -> None:
    """Serve the public site until Ctrl+C or SIGTERM; answers under way are finished first."""
    run_public_site(read_settings(), host, port, threads)


def run_public_site(settings: Settings, host: str, port: int, threads: int = 4, also: Greeting = silence) -> None:
    """Check that the installation is ready, say where it is served and what ``also`` there is to say, and serve it."""
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
        for line in also(settings):
            click.echo(line)
        serve_until_told(application, listener, threads)
        housekeeper.stop()
        keeper.stop()


def _housekeeper(settings: Settings) -> tuple[Housekeeper, IndexKeeper]:
    """The housekeeper of this server; it tends the credit file where the keys of the journal are at hand."""
    database = open_database(settings.database)
    keeper = IndexKeeper(settings, database)
    try:
        office = Office(database, read_keys(settings.keys), heads=settings.heads)
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


def serve_until_told(application: Application, listener: socket.socket, threads: int) -> None:
    """Answer requests until SIGTERM or Ctrl+C, then finish the answers under way and return."""
    told: list[int] = []
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda number, _frame: told.append(number))
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # a short queue is no news
    sockets: dict[int, Any] = {}
    server = waitress.create_server(application, map=sockets, sockets=[listener], threads=threads, ident=None)

    def turn() -> None:
        server.asyncore.loop(timeout=0.2, map=sockets, count=1)

    while not told:
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

"""The command that does the long work asked for at the desks: ``zuofang errands run``."""

from __future__ import annotations

import click

from zuofang.site.commands.context import holding, working
from zuofang.storage.settings import read_settings


@click.group()
def errands() -> None:
    """Do the long work that was asked for at the desks."""


@errands.command()
def run() -> None:
    """Do what waits, one after the other; the desks start this by themselves.

    What was cut short is begun again, and loses nothing by it. Only one process does errands at a time.
    """
    from zuofang.site.errands.working import work_off  # draws labels, which takes long to load

    settings = read_settings()
    with working(settings) as office, holding(settings, alone=False):
        click.echo(f"{work_off(office, settings)} errands done")

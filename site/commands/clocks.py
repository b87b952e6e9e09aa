"""What must happen by itself, done now: ``zuofang clocks run``."""

from __future__ import annotations

import click

from zuofang.site.commands.context import working
from zuofang.site.housekeeping import tidy
from zuofang.storage.settings import read_settings


@click.group()
def clocks() -> None:
    """Do what is due by itself."""


@clocks.command()
def run() -> None:
    """Bring the change log of pages up to date and fold the scan logs; doing it again changes nothing."""
    settings = read_settings()
    with working(settings) as office:
        done = tidy(office.database, settings.scans, office.clock())
    click.echo(f"{done.pages} changes followed, {done.scans} scans folded")

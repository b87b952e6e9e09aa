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
    """Publish and take down what is due in credit files, follow changes in the log of pages, fold the scan logs.

    Doing it again the same day changes nothing; a run that was stopped is finished by the next one.
    """
    settings = read_settings()
    with working(settings) as office:
        done = tidy(office, settings.scans)
    credit = done.credit
    click.echo(
        f"{credit.published} records published, {credit.taken_down} taken down, {credit.put_up_again} put up again"
    )
    click.echo(f"{done.pages} changes followed, {done.scans} scans folded")

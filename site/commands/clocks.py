"""What must happen by itself, done now: ``zuofang clocks run``."""

from __future__ import annotations

import os

import click

from zuofang.site.commands.context import working
from zuofang.site.commands.progress import telling
from zuofang.site.commands.search import keep_index
from zuofang.site.housekeeping import tidy
from zuofang.storage.settings import read_settings


@click.group()
def clocks() -> None:
    """Do what is due by itself."""


@clocks.command()
def run() -> None:
    """Publish and take down what is due, grade, follow changes in the page log and in the search, fold the scan logs.

    Doing it again the same day changes nothing; a run that was stopped is finished by the next one.
    """
    settings = read_settings()
    with working(settings) as office, telling() as tell:
        done = tidy(office, settings.scans, processes=os.cpu_count() or 1, tell=tell)
        keep_index(settings, office)
    credit = done.credit
    click.echo(
        f"{credit.published} records published, {credit.taken_down} taken down, {credit.put_up_again} put up again, "
        f"{credit.graded} workshops graded"
    )
    click.echo(f"{done.pages} changes followed, {done.scans} scans folded, {done.found} acts followed by the search")

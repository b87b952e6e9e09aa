"""Commands about reports: ``zuofang reports``."""

from __future__ import annotations

import click

from zuofang.reporting import receiving, retention
from zuofang.site.commands.context import working
from zuofang.site.commands.report_cases import due, handover
from zuofang.storage.settings import read_settings


@click.group(commands=[due, handover])
def reports() -> None:
    """Look after what people handed in."""


@reports.command()
def purge() -> None:
    """Destroy what is over its term of retention, with its proof in the journal.

    The daily clock does the same; doing it again changes nothing.
    """
    with working(read_settings()) as office:
        noted = receiving.take_note(office)
        done = retention.purge(office)
    click.echo(f"{noted} letters entered in the journal")
    click.echo(
        f"{done.identities} identities, {done.accounts} accounts and {done.contents} reports destroyed, "
        f"{done.uploads} files that were never handed in deleted"
    )

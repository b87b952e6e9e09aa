"""Commands that copy an installation away and put it back."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from zuofang import __version__
from zuofang.site.commands.context import database_file, holding, opened
from zuofang.site.commands.progress import telling
from zuofang.storage import backups, schema
from zuofang.storage.settings import read_settings

FOLDER = click.Path(file_okay=False, path_type=Path)


@click.command()
@click.option(
    "--to", "into", type=FOLDER, help="Folder for the dated folder of this backup; else 'backups' in the data."
)
def backup(into: Path | None) -> None:
    """Copy databases, journal heads and files into one dated folder, while the server runs.

    The keys are not in it: copy the folder 'keys' once, to another place, so that who finds a backup cannot sign.
    """
    settings = read_settings()
    with opened(settings) as database:
        revision = schema.current(database)
    into = into or settings.data / "backups"
    with telling() as tell:
        made = backups.write_backup(settings, into, datetime.now(UTC), __version__, revision, tell)
    click.echo(f"{made} is written and checked.")
    click.echo(f"It holds no keys: keep a copy of {settings.keys} in another place.")


@click.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--replace", is_flag=True, help="Move what the data folder holds now aside, and put the backup there.")
def restore(folder: Path, replace: bool) -> None:
    """Put a backup back. Stop the server first; the keys stay as they are."""
    settings = read_settings()
    settings.data.mkdir(parents=True, exist_ok=True, mode=0o750)
    file = database_file(settings)
    if not replace and (file is None or file.exists()):
        raise click.ClickException(f"{file or 'the server'} holds a database; to replace it add: --replace")
    aside = settings.data / "before-restore" / f"{datetime.now(UTC):%Y%m%dT%H%M%S%fZ}"
    with holding(settings, alone=True), telling() as tell:
        restored = backups.restore_backup(settings, folder, aside, tell)
    click.echo(f"Restored what was backed up at {restored.made} by zuofang {restored.program}.")
    if aside.exists():
        click.echo(f"What was here before is in {aside}.")
    click.echo("Next: zuofang init, which brings the tables up to date, then zuofang verify.")

"""Commands that make an installation and its keys."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import click

from zuofang.reporting.keys.letterbox import new_letterbox
from zuofang.reporting.models import Role
from zuofang.site.commands import role_keys
from zuofang.site.commands.context import database_file, refuse_half_restored, working
from zuofang.storage import schema
from zuofang.storage.database import open_database
from zuofang.storage.keys import JOURNAL, Keys, new_keys, rotate_keys
from zuofang.storage.settings import Settings, read_settings

ROTATION = "newer keys sign and mint from now on"


@click.command()
def init() -> None:
    """Make or upgrade the installation: data folder, keys, tables.

    Run it once at the beginning and again after every new release; what exists already stays.
    """
    settings = read_settings()
    make_installation(settings)
    click.echo(f"The installation in {settings.data} is ready. Start it with: zuofang serve")


def make_installation(settings: Settings) -> None:
    """Make what is missing of an installation, and say what was made."""
    refuse_half_restored(settings)
    settings.data.mkdir(parents=True, exist_ok=True, mode=0o750)
    if not (settings.keys / JOURNAL).exists():
        click.echo(f"Making keys in {settings.keys}; keep a copy of that folder in another place than the backups.")
    new_keys(settings.keys)
    new_letterbox(settings.keys)
    database = open_database(settings.database)
    try:
        before = schema.current(database)
        schema.upgrade(database)
        after = schema.current(database)
    finally:
        database.dispose()
    if before != after:
        click.echo(f"Brought the database {_place(settings)} from revision {before or 'none'} to {after}.")


def _place(settings: Settings) -> str:
    file = database_file(settings)
    return str(file) if file else "on the server"


@click.group()
def keys() -> None:
    """Make and rotate the secret keys."""


for _command in role_keys.COMMANDS:
    keys.add_command(_command)


@keys.command()
@click.argument("role", required=False, type=click.Choice([role.value for role in Role]))
@click.option("--holder", help="Who holds the key of the role, by a name of your choice.")
@role_keys.passphrase_option
def new(role: str | None, holder: str | None, passphrase_file: Path | None) -> None:
    """Make the first keys of an installation; or, with ROLE, the first or a newer key of a role.

    The roles are case (reads reports), identity (knows who reported) and payout (pays rewards). Older keys of a role go
    on opening what is sealed to them, until `zuofang keys reseal` has sealed it anew.
    """
    if role is not None:
        if not holder:
            raise click.ClickException("say who holds the key: --holder NAME")
        return role_keys.make_role_key(role, holder, passphrase_file)
    settings = read_settings()
    if (settings.keys / JOURNAL).exists():
        raise click.ClickException(f"{settings.keys} has keys already; add newer ones with: zuofang keys rotate")
    settings.data.mkdir(parents=True, exist_ok=True, mode=0o750)
    click.echo(f"Made in {settings.keys}: {_names(new_keys(settings.keys))}.")
    return None


@keys.command()
def rotate() -> None:
    """Add a new journal key and a new label key; what the older ones signed and minted stays valid."""
    settings = read_settings()
    with working(settings) as office:
        added = rotate_keys(settings.keys)
        with replace(office, keys=added).writing("zuofang keys rotate") as desk:
            desk.record("keys.rotate", ("keys", added.journal.name), ROTATION, label_version=max(added.labels))
    click.echo(f"Added to {settings.keys}: {_names(added)}. Copy the folder again and restart the server.")


def _names(made: Keys) -> str:
    return f"journal key {made.journal.name}, label key version {max(made.labels)}"

"""Commands for the keys of the roles. A passphrase is asked for without showing it, or read from a file."""

from __future__ import annotations

from pathlib import Path

import click

from zuofang.reporting.keys import resealing, roles
from zuofang.reporting.keys.letterbox import new_letterbox, public_keys
from zuofang.reporting.models import Role
from zuofang.reporting.sealing import OpeningKey, name_of
from zuofang.site.commands.context import working
from zuofang.site.commands.progress import telling
from zuofang.storage.keys import NoKeys
from zuofang.storage.settings import Settings, read_settings

role_argument = click.argument("role", type=click.Choice([role.value for role in Role]))
holder_option = click.option("--holder", required=True, help="Who holds the key, by a name of your choice.")
passphrase_option = click.option(
    "--passphrase-file", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="Read it from a file."
)
HALVES = """Two halves of the recovery key. Print each, give them to two people who do not share a safe; keep no copy.

first:  {}

second: {}"""


@click.command()
def recovery() -> None:
    """Make the recovery key and print its two halves, which bring back any role when its holders are gone."""
    settings = read_settings()
    new_letterbox(settings.keys)
    click.echo(HALVES.format(*roles.new_recovery(settings.keys)))


def make_role_key(role: str, holder: str, passphrase_file: Path | None) -> None:
    """Make the first or a newer key of a role and say what is still missing."""
    settings = read_settings()
    new_letterbox(settings.keys)
    made = roles.add_role_key(settings.keys, Role(role), holder, passphrase(passphrase_file, new=True))
    file = roles.role_file(settings.keys, Role(role))
    click.echo(f"Made key {name_of(made.public)} of {role} for {holder} in {file}.")
    missing = [one.value for one in Role if not public_keys(settings.keys, one)]
    if missing:
        click.echo(f"Reports can be taken in once these have a key too: {', '.join(missing)}.")
    else:
        click.echo("Restart the server; reports are sealed to this key from then on.")


@click.command()
@role_argument
@holder_option
@click.option("--to", required=True, help="Who shall hold it too.")
@passphrase_option
@click.option("--to-passphrase-file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def share(role: str, holder: str, to: str, passphrase_file: Path | None, to_passphrase_file: Path | None) -> None:
    """Let another person hold the keys of a role."""
    settings = read_settings()
    opened = roles.open_role(settings.keys, Role(role), holder, passphrase(passphrase_file))
    roles.share(settings.keys, opened, to, passphrase(to_passphrase_file, new=True, whose=to))
    click.echo(f"{to} holds the keys of {role} too; take it back with: zuofang keys withdraw {role} --holder {to}")


@click.command()
@role_argument
@holder_option
def withdraw(role: str, holder: str) -> None:
    """Take the keys of a role from a person; make a newer key afterwards, for a copy may be with them."""
    roles.withdraw(read_settings().keys, Role(role), holder)
    click.echo(f"{holder} no longer opens {role}. Now make a newer key: zuofang keys new {role} --holder …")


@click.command()
@role_argument
@holder_option
@passphrase_option
@click.option(
    "--halves-file", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="Both halves, a line each."
)
def recover(role: str, holder: str, passphrase_file: Path | None, halves_file: Path | None) -> None:
    """Give the keys of a role to a new holder by the two halves of the recovery key."""
    settings = read_settings()
    opened = roles.recover(
        settings.keys, Role(role), _join(settings, halves_file), holder, passphrase(passphrase_file, new=True)
    )
    click.echo(f"{holder} holds {len(opened.keys)} keys of {role} now.")


@click.command()
@role_argument
@holder_option
@passphrase_option
@click.option("--forget", is_flag=True, help="Destroy the older keys once nothing is sealed to them.")
def reseal(role: str, holder: str, passphrase_file: Path | None, forget: bool) -> None:
    """Seal everything of a role to its newest key; may be stopped and started again."""
    settings = read_settings()
    opened = roles.open_role(settings.keys, Role(role), holder, passphrase(passphrase_file))
    newest = public_keys(settings.keys, role)[-1]
    with working(settings) as office, telling() as tell:
        done = resealing.reseal(office, opened, newest, lambda share: tell(f"sealing {role}", share))
    click.echo(f"{done} seals are to key {name_of(newest)} now.")
    if forget:
        older = set(opened.keys) - {name_of(newest)}
        roles.forget_versions(settings.keys, Role(role), older)
        click.echo(f"Destroyed {len(older)} older keys here; destroy their copies too.")


def _join(settings: Settings, halves_file: Path | None) -> OpeningKey:
    if halves_file is None:
        one, other = (click.prompt(f"{which} half", hide_input=True) for which in ("First", "Second"))
    else:
        lines = halves_file.read_text(encoding="utf-8").splitlines()
        if len(lines) < 2:
            raise NoKeys(f"{halves_file} needs both halves, a line each")
        one, other = lines[:2]
    return roles.join_recovery(settings.keys, one, other)


def passphrase(file: Path | None, *, new: bool = False, whose: str = "") -> str:
    """The passphrase of a holder, from the first line of a file or asked for without showing it."""
    if file is not None:
        return (file.read_text(encoding="utf-8").splitlines() or [""])[0]
    text: str = click.prompt(f"Passphrase {whose}".strip(), hide_input=True, confirmation_prompt=new)
    return text


COMMANDS = (recovery, share, withdraw, recover, reseal)

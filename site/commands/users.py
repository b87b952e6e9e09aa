"""Accounts from the command line: the first administrator, and whoever cannot be reached otherwise."""

from __future__ import annotations

import click
from sqlalchemy import select

from zuofang.site.commands.context import KEY, working
from zuofang.storage.accounts import acts
from zuofang.storage.accounts.models import Account, Role, ScopeKind
from zuofang.storage.accounts.terms import INVITATION_HOURS
from zuofang.storage.settings import read_settings

WHO = "zuofang user"


@click.group()
def user() -> None:
    """Accounts of the people at the desks."""


@user.command()
@click.argument("name")
@click.option("--person", required=True, help="Name of the person; shown at the desks only.")
@click.option("--role", required=True, type=click.Choice([role.value for role in Role]))
@click.option("--zone", type=KEY, help="Number of the zone, for people of a zone.")
@click.option("--workshop", type=KEY, help="Number of the workshop, for its owner.")
@click.option("--district", help="Beginning of the code of the district; the whole city where left out.")
def add(name: str, person: str, role: str, zone: int | None, workshop: int | None, district: str | None) -> None:
    """Open an account called NAME and print the link by which the person takes it up."""
    scope = _scope(zone, workshop, district)
    settings = read_settings()
    with working(settings) as office, office.writing(f"{WHO} add") as desk:
        account = acts.open_account(desk, name, person, f"{WHO} add")
        acts.grant(desk, account, Role(role), *scope, f"{WHO} add")
        secret = acts.invite(desk, account, f"{WHO} add")
    click.echo(_link(settings.console_url, secret))


@user.command()
@click.argument("name")
def invite(name: str) -> None:
    """Print a new link for the account called NAME; using it sets password and second factor anew."""
    settings = read_settings()
    with working(settings) as office, office.writing(f"{WHO} invite") as desk:
        account = desk.session.scalars(select(Account).filter_by(name=name)).one_or_none()
        if account is None:
            raise click.ClickException(f"there is no account called {name!r}; make it with: zuofang user add")
        secret = acts.invite(desk, account, f"{WHO} invite")
    click.echo(_link(settings.console_url, secret))


def _scope(zone: int | None, workshop: int | None, district: str | None) -> tuple[ScopeKind, str]:
    given = [
        (kind, str(key))
        for kind, key in ((ScopeKind.zone, zone), (ScopeKind.workshop, workshop), (ScopeKind.district, district))
        if key is not None
    ]
    if len(given) > 1:
        raise click.UsageError("Say one place only: --zone, --workshop or --district.")
    return given[0] if given else (ScopeKind.city, "")


def _link(console: str, secret: str) -> str:
    link = f"{console.rstrip('/')}/take-up?key={secret}"
    return f"{link} (good once, for {INVITATION_HOURS} hours; hand it over in person)"

"""The state of the installation for administrators: what ``zuofang doctor`` finds, in words, and the keys."""

from __future__ import annotations

from flask import Blueprint, Response, current_app
from sqlalchemy import select
from sqlalchemy.orm import Session

from zuofang.reporting.keys.states import Purpose, holders, key_states
from zuofang.site.commands.findings import consult
from zuofang.site.console.answers import page
from zuofang.site.console.counter import counter
from zuofang.site.console.office.words import PURPOSES
from zuofang.site.console.rights import may
from zuofang.storage.accounts.models import Account, AccountState, Grant, Role
from zuofang.storage.keys import NoKeys
from zuofang.storage.settings import Settings

pages = Blueprint("state", __name__)
AT_DESK: dict[Purpose, Role] = {
    Purpose.case: Role.case_officer,
    Purpose.identity: Role.custodian,
    Purpose.payout: Role.finance,
}
"""The role at the desks whose people need a key of the role that seals."""


@pages.get("/health")
@may(Role.administrator)
def health() -> Response:
    """What is set up well, what deserves a look and what is wrong, each with what to do."""
    return page("console/office/health.html", found=consult(_settings()))


@pages.get("/keys")
@may(Role.administrator)
def keys() -> Response:
    """Which keys there are, since when and until when; who holds which; nothing of a secret."""
    folder, here = _settings().keys, counter()
    try:
        states, held = key_states(folder), holders(folder)
    except NoKeys as failure:
        return page(
            "console/office/keys.html", broken=failure.told, states=[], people={}, on=here.today, purposes=PURPOSES
        )
    with Session(here.office.database.read) as session:
        people = {purpose: _people(session, role, held[purpose]) for purpose, role in AT_DESK.items()}
    return page("console/office/keys.html", broken="", states=states, people=people, on=here.today, purposes=PURPOSES)


def _people(session: Session, role: Role, held: tuple[str, ...]) -> list[tuple[str, bool, bool]]:
    """Who has a role at the desks or a key of it: the account, whether it has the role, whether it has the key."""
    statement = select(Account.name).join(Grant).where(Grant.role == role, Account.state == AccountState.active)
    granted = set(session.scalars(statement))
    return [(name, name in granted, name in held) for name in sorted(granted | set(held))]


def _settings() -> Settings:
    found: Settings = current_app.config["ZUOFANG"]
    return found

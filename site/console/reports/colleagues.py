"""The people who handle reports in a place."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from zuofang.site.console.rights import reaches
from zuofang.storage.accounts.models import Account, AccountState, Grant, Role
from zuofang.storage.accounts.sessions import Held
from zuofang.traceability.queries.belonging import Belonging


def colleagues(session: Session, place: str) -> list[tuple[str, str]]:
    """Account and name of everybody at work who handles reports there; one statement."""
    rows = session.execute(
        select(Account.name, Account.person, Grant.scope_kind, Grant.scope_key)
        .join(Grant)
        .where(Account.state == AccountState.active, Grant.role == Role.case_officer)
        .order_by(Account.id)
    )
    here = Belonging(place)
    found = {row.name: row.person for row in rows if reaches(Held(Role.case_officer, *row[2:]), here)}
    return list(found.items())

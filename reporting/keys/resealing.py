"""Sealing anew to the newest key of a role, so that an older one can be destroyed."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from zuofang.reporting.intake import context
from zuofang.reporting.keys.roles import RoleKeys
from zuofang.reporting.models import Report, ReportSecret
from zuofang.reporting.sealing import name_of, seal
from zuofang.storage.acts import Office

AT_ONCE = 500
WHO = "zuofang keys reseal"
WHY = "换用新密钥"
Tell = Callable[[float], None]


def reseal(office: Office, opened: RoleKeys, public: bytes, tell: Tell | None = None) -> int:
    """Seal everything of a role to its newest public key; answers how many seals. Killed, it goes on the next time.

    Raises:
        WillNotOpen: a seal is to a key that is not among the opened ones; nothing of its step is changed.
    """
    name, done, total = name_of(public), 0, left(office, opened, public)
    while step := _step(office, opened, public, name):
        done += step
        if tell is not None:
            tell(done / total)
    return done


def left(office: Office, opened: RoleKeys, public: bytes) -> int:
    """How many seals of a role are to an older key."""
    older = select(func.count()).select_from(ReportSecret).where(*_older(opened, name_of(public)))
    with Session(office.database.read) as session:
        return session.scalar(older) or 0


def _older(opened: RoleKeys, name: str) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return ReportSecret.role == opened.role, ReportSecret.key != name


def _step(office: Office, opened: RoleKeys, public: bytes, name: str) -> int:
    with office.writing(WHO) as desk:
        rows = desk.session.execute(
            select(ReportSecret, Report.locator)
            .join(Report, Report.id == ReportSecret.report_id)
            .where(*_older(opened, name))
            .order_by(ReportSecret.id)
            .limit(AT_ONCE)
        ).all()
        for secret, locator in rows:
            purpose = context(locator, opened.role)
            secret.sealed = seal(public, opened.open(secret.key, secret.sealed, purpose), purpose)
            secret.key = name
        if rows:
            desk.record("keys.reseal", ("keys", name), WHY, role=opened.role, seals=len(rows))
    return len(rows)

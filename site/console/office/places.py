"""Where a role is granted, as people say it: a zone by name, a workshop by certificate, a district by code."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from zuofang.rules.sentences import Sentence, say
from zuofang.storage.accounts.models import Grant, ScopeKind
from zuofang.storage.acts import Refused
from zuofang.traceability.models import Certificate, Workshop, Zone

NO_ZONE = say("没有这个加工区。请写全称，或者它公开页面地址的最后一段。")
NO_WORKSHOP = say("没有这个登记证编号的作坊。")
NO_DISTRICT = say("请填区划代码的前几位数字。")


def place_named(session: Session, kind: ScopeKind, named: str) -> str:
    """The key under which a grant keeps the place that somebody named; empty for the whole city.

    Raises:
        Refused: there is no such place.
    """
    if kind is ScopeKind.zone:
        return _found(session.scalar(select(Zone.id).where(or_(Zone.name == named, Zone.slug == named))), NO_ZONE)
    if kind is ScopeKind.workshop:
        return _found(session.scalar(select(Certificate.workshop_id).filter_by(number=named)), NO_WORKSHOP)
    if kind is ScopeKind.district and not (named.isascii() and named.isdigit()):
        raise Refused(NO_DISTRICT)
    return named


def names_of(session: Session, grants: Iterable[Grant]) -> dict[int, str]:
    """How the place of each grant is called, by the number of the grant."""
    return {one.id: _name(session, one) for one in grants}


def _found(key: int | None, missing: Sentence) -> str:
    if key is None:
        raise Refused(missing)
    return str(key)


def _name(session: Session, grant: Grant) -> str:
    if grant.scope_kind is ScopeKind.zone:
        zone = session.get(Zone, int(grant.scope_key))
        return zone.name if zone else grant.scope_key
    if grant.scope_kind is ScopeKind.workshop:
        workshop = session.get(Workshop, int(grant.scope_key))
        return workshop.name if workshop else grant.scope_key
    return grant.scope_key

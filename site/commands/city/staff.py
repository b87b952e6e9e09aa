"""The people at the desks of the example city: one account for every desk, all with the same password."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select

from zuofang.credit.models import CreditRecord
from zuofang.storage.accounts import acts, factors, passwords
from zuofang.storage.accounts.models import Role, ScopeKind
from zuofang.storage.acts import Desk, Office
from zuofang.traceability.models import Tenancy, Zone, ZoneUnit

PASSWORD = "granary ferry lantern 57"  # noqa: S105 - of an invented city; it is printed when the city is served
WHY = "演示"


@dataclass(frozen=True, slots=True)
class Hand:
    """A person of the city: name at sign-in, name, and role."""

    name: str
    person: str
    role: Role
    place: ScopeKind = ScopeKind.city


STAFF = (
    Hand("jianyan", "沈禾", Role.laboratory, ScopeKind.zone),
    Hand("yuanqu", "陆岩", Role.zone_manager, ScopeKind.zone),
    Hand("zuofang", "许阿满", Role.owner, ScopeKind.workshop),
    Hand("zhifa", "方一川", Role.officer),
    Hand("shenhe", "钟敏", Role.reviewer),
    Hand("banan", "周启", Role.case_officer),
    Hand("fuhe", "严冬", Role.case_officer),
    Hand("baoguan", "顾清", Role.custodian),
    Hand("caiwu", "田禾", Role.finance),
    Hand("bianji", "林越", Role.editor),
    Hand("guanli", "江白", Role.administrator),
)
"""Everybody who can sign in, in the order in which they are introduced."""


def hire(office: Office) -> None:
    """Open an account for every desk, ready to be used."""
    kept = passwords.digest(PASSWORD)
    with office.writing("zuofang demo") as desk:
        places = _places(desk)
        for hand in STAFF:
            _hire(desk, hand, places[hand.place], kept)


def _hire(desk: Desk, hand: Hand, key: str, kept: str) -> None:
    account = acts.open_account(desk, hand.name, hand.person, WHY)
    acts.grant(desk, account, hand.role, hand.place, key, WHY)
    acts.take_up(desk, acts.invite(desk, account, WHY), PASSWORD, kept, WHY)
    generator = factors.new_generator()
    acts.set_generator(desk, account, generator, generator.code(desk.now), WHY)
    account.totp_step = 0  # whoever signs in at once may use this very code


def _places(desk: Desk) -> dict[ScopeKind, str]:
    """The first zone, and of its workshops the one of which most was found."""
    zone = desk.session.scalars(select(Zone.id).order_by(Zone.id).limit(1)).one()
    tenants = (
        select(Tenancy.workshop_id)
        .join(ZoneUnit, ZoneUnit.id == Tenancy.unit_id)
        .outerjoin(CreditRecord, CreditRecord.workshop_id == Tenancy.workshop_id)
        .where(ZoneUnit.zone_id == zone, Tenancy.until.is_(None))
        .group_by(Tenancy.workshop_id)
        .order_by(func.count(CreditRecord.id).desc(), Tenancy.workshop_id)
    )
    workshop = desk.session.scalars(tenants.limit(1)).one()
    return {ScopeKind.city: "", ScopeKind.zone: str(zone), ScopeKind.workshop: str(workshop)}

"""What waits at the desks of the zone and of the owner who can sign in, so that every desk opens on something due."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from sqlalchemy import or_, select

from zuofang.credit.acts import honours, proposals, records
from zuofang.credit.measures import Rectification
from zuofang.credit.models import CreditRecord, Honour, HonourKind, RecordKind, ZoneProposal
from zuofang.credit.proposals import Paid, Words
from zuofang.site.commands.city.agenda import Shift, moment_of
from zuofang.site.commands.city.days import ago, later
from zuofang.site.commands.city.geography import CITY_BUREAU, CITY_GOVERNMENT
from zuofang.storage.accounts.models import Grant, Role
from zuofang.storage.acts import Desk, Office
from zuofang.traceability.acts import applications, zones
from zuofang.traceability.models import (
    Certificate,
    OperatorKind,
    StandardState,
    Tenancy,
    Workshop,
    Zone,
    ZoneUnit,
)

WHY = "演示"
MANAGER, OFFICER, REVIEWER, EDITOR = "yuanqu", "zhifa", "shenhe", "bianji"
MORE = "二〇二六年起，老卤每周送检一次，检验单贴在每个单元的门口。"
MORE_EN = "Since 2026 the old broth is tested every week, and the sheet hangs at the door of every unit."
WANTS = ("要一个带冷库的单元，日产 200 公斤", "要一个靠近装卸口的单元，和现在的产品一样")
SPENT = "检测经费补贴"
NO_DOCUMENT = "没有写拨付文件的文号，请补上再提交"


@dataclass(frozen=True, slots=True)
class Moments:
    """The desks of single people on past days."""

    office: Office
    today: date

    @contextmanager
    def at(self, days: int, who: str) -> Iterator[Desk]:
        """The desk of somebody so many days ago."""
        moment = moment_of(ago(self.today, days), Shift.bureau)
        with replace(self.office, clock=lambda: moment).writing(who) as desk:
            yield desk


def leave_work(office: Office, today: date) -> None:
    """Let things wait for the manager of the first zone and for the owner of a workshop in it."""
    moments = Moments(office, today)
    zone, workshop = (_place(office, role) for role in (Role.zone_manager, Role.owner))
    _ask_to_come_in(moments, zone)
    _find_faults(moments, zone)
    _put_forward(moments, zone)
    _order(moments, workshop)


def _place(office: Office, role: Role) -> int:
    with office.database.read.connect() as connection:
        return int(connection.execute(select(Grant.scope_key).filter_by(role=role)).scalar_one())


def _ask_to_come_in(moments: Moments, zone: int) -> None:
    """Two workshops of the district of the zone ask: the first with a cold store, the second with a yard."""
    with moments.at(6, MANAGER) as desk:
        here = desk.session.get_one(Zone, zone)
        for workshop, wants in zip(_outside(desk, here), WANTS, strict=False):
            applications.apply(desk, here, workshop, wants, WHY)


def _outside(desk: Desk, zone: Zone) -> Sequence[Workshop]:
    """The newest workshops of the district of a zone that sit in none and whose certificate lasts."""
    lasting = or_(Certificate.until.is_(None), Certificate.until > later(desk.today, 60))
    outside = (
        select(Workshop)
        .join(Certificate)
        .where(Workshop.kind == OperatorKind.workshop, Workshop.id.not_in(select(Tenancy.workshop_id)), lasting)
        .where(Certificate.revoked_on.is_(None), Certificate.since <= desk.today)
        .where(Workshop.district_code == zone.district_code)
        .order_by(Workshop.id.desc())
    )
    return desk.session.scalars(outside.limit(len(WANTS))).all()


def _find_faults(moments: Moments, zone: int) -> None:
    """A camera that is out, and a cold store whose record broke off."""
    with moments.at(1, MANAGER) as desk:
        units = select(ZoneUnit).filter_by(zone_id=zone).order_by(ZoneUnit.number)
        unit = desk.session.scalars(units).all()[6]
        zones.count_cameras(desk, unit, 3, desk.today, f"报修单 {desk.today:%m%d}-1：东北角掉线", WHY)
        zones.find_standard(
            desk, desk.session.get_one(Zone, zone), "cold_store", StandardState.not_met, WHY,
            found="2 号冷藏库的温度记录中断 6 小时", evidence=f"巡查记录 {desk.today:%m%d}", on=desk.today,
        )  # fmt: skip


def _put_forward(moments: Moments, zone: int) -> None:
    """A story that waits for somebody to look at it, and a subsidy that was sent back."""
    with moments.at(9, MANAGER) as desk:
        paid = Paid(ago(moments.today, 20), Decimal(36_000), SPENT, CITY_GOVERNMENT)
        sent = proposals.propose(desk, desk.session.get_one(Zone, zone), paid, WHY).id
    with moments.at(8, EDITOR) as desk:
        row = desk.session.get_one(ZoneProposal, sent)
        proposals.send_back(desk, row, NO_DOCUMENT, NO_DOCUMENT)
    with moments.at(2, MANAGER) as desk:
        told = desk.session.get_one(Zone, zone)
        story, story_en = f"{told.story}\n{MORE}", f"{told.story_en}\n{MORE_EN}"
        proposals.propose(desk, told, Words(told.brand or "", story, told.brand_en or "", story_en), WHY)


def _order(moments: Moments, workshop: int) -> None:
    """An order to put something right that is not public yet, and an honour that ends soon."""
    today = moments.today
    with moments.at(3, OFFICER) as desk:
        party = desk.session.get_one(Workshop, workshop).name
        order = Rectification(
            ordered_on=desk.today, demands="冷却间的纱窗换新，补记一周的温度", due_on=later(today, 5),
            basis="食品生产经营监督检查管理办法 第三十二条",
        )  # fmt: skip
        row = CreditRecord(
            kind=RecordKind.rectification, workshop_id=workshop, party=party, authority=CITY_BUREAU,
            document=f"清市监责改〔{today.year}〕388 号", made_on=desk.today, title="责令改正：冷却间纱窗破损",
            content="冷却间纱窗破损，冷藏温度漏记两天，责令限期改正。",
        )  # fmt: skip
        records.enter(desk, row, order, WHY)
        records.propose(desk, row, WHY)
        held = Honour(
            kind=HonourKind.fine_workshop, title="清溪市名特优食品作坊", workshop_id=workshop, granted_by=CITY_BUREAU,
            document=f"清市监发〔{today.year - 3}〕41 号", since=ago(today, 3 * 365 - 18), until=later(today, 18),
        )  # fmt: skip
        honours.grant(desk, held, WHY)
    with moments.at(2, REVIEWER) as desk:
        records.approve(desk, desk.session.get_one(CreditRecord, row.id), WHY)

"""The changes that a proposal of a zone may ask for: how each is checked beforehand, done, and undone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from zuofang.credit.models import ProposalKind
from zuofang.credit.proposals import CameraHours, Facts, Found, Live, Paid, Row, Step, UnitCameras, Words
from zuofang.rules.sentences import say
from zuofang.storage.acts import Desk, Refused
from zuofang.traceability.acts import support, zones
from zuofang.traceability.models import (
    CameraMonth,
    LivePicture,
    StandardState,
    Subsidy,
    Zone,
    ZoneStandard,
    ZoneStep,
    ZoneUnit,
)


@dataclass(frozen=True, slots=True)
class Change:
    """How a kind of change is checked when it is put forward, done, and undone by what stood there before."""

    check: Callable[[Desk, Zone, Any], None]
    make: Callable[[Desk, Zone, Any, str], Facts]
    """Does it, and answers what stood there before or the number of the row that was made."""
    undo: Callable[[Desk, Zone, Any, str], object]


def _check_words(_desk: Desk, _zone: Zone, facts: Words) -> None:
    if not facts.brand or not facts.story:
        raise Refused(say("品牌名称和故事至少要有中文。"))


def _tell(desk: Desk, zone: Zone, facts: Words, why: str) -> Words:
    story = zones.Story(facts.brand, facts.story, facts.brand_en, facts.story_en)
    before = zones.tell_story(desk, zone, story, why)
    return Words(before.brand, before.story, before.brand_en, before.story_en)


def _check_found(desk: Desk, _zone: Zone, facts: Found) -> None:
    if facts.standard not in desk.rules.registers.standards:
        raise Refused(say("没有名为“%(standard)s”的建设标准。", standard=facts.standard))
    if facts.on is None or facts.on > desk.today:
        raise Refused(say("请写明查看的日期，不能在今天之后。"))
    if facts.state in (StandardState.met, StandardState.not_met) and not facts.evidence:
        raise Refused(say("达到或者没有达到，都要写明凭什么：文件名称或者文号。"))


def _find(desk: Desk, zone: Zone, facts: Found, why: str) -> Found:
    row = desk.session.scalars(select(ZoneStandard).filter_by(zone_id=zone.id, standard=facts.standard)).one_or_none()
    before = Found(facts.standard, StandardState.not_recorded)
    if row is not None:
        before = Found(row.standard, row.state, row.found, row.evidence, row.on)
    zones.find_standard(
        desk, zone, facts.standard, facts.state, why, found=facts.found, evidence=facts.evidence, on=facts.on
    )
    return before


def _check_unit(desk: Desk, zone: Zone, facts: UnitCameras) -> None:
    _unit(desk, zone, facts.unit)
    if facts.cameras is None or facts.on is None or facts.on > desk.today:
        raise Refused(say("请写明点位数和清点日期，日期不能在今天之后。"))


def _count(desk: Desk, zone: Zone, facts: UnitCameras, why: str) -> UnitCameras:
    unit = _unit(desk, zone, facts.unit)
    before = UnitCameras(unit.id, unit.cameras, unit.cameras_on, unit.cameras_evidence)
    zones.count_cameras(desk, unit, facts.cameras, facts.on, facts.evidence, why)
    return before


def _unit(desk: Desk, zone: Zone, key: int) -> ZoneUnit:
    unit = desk.session.get(ZoneUnit, key)
    if unit is None or unit.zone_id != zone.id:
        raise Refused(say("这个加工区没有这个单元。"))
    return unit


def _check_step(desk: Desk, zone: Zone, facts: Step) -> None:
    if facts.on > desk.today:
        raise Refused(say("步骤的日期不能在今天之后。"))
    same = select(ZoneStep.id).filter_by(zone_id=zone.id, kind=facts.kind, on=facts.on)
    if desk.session.scalars(same).first() is not None:
        raise Refused(say("这一步在这一天已经登记过。"))


def _step(desk: Desk, zone: Zone, facts: Step, why: str) -> Row:
    _check_step(desk, zone, facts)
    return Row(zones.take_step(desk, zone, facts.kind, facts.on, why, by=facts.by, report=facts.report).id)


def _unstep(desk: Desk, _zone: Zone, made: Row, why: str) -> None:
    zones.take_back_step(desk, desk.session.get_one(ZoneStep, made.key), why)


def _check_paid(desk: Desk, zone: Zone, facts: Paid) -> None:
    support.check_subsidy(desk, _subsidy(zone, facts))


def _pay(desk: Desk, zone: Zone, facts: Paid, why: str) -> Row:
    return Row(support.pay_subsidy(desk, _subsidy(zone, facts), why).id)


def _unpay(desk: Desk, _zone: Zone, made: Row, why: str) -> None:
    support.strike_out_subsidy(desk, desk.session.get_one(Subsidy, made.key), why)


def _subsidy(zone: Zone, facts: Paid) -> Subsidy:
    return Subsidy(
        zone_id=zone.id, on=facts.on, amount=facts.amount, purpose=facts.purpose, payer=facts.payer,
        document=facts.document,
    )  # fmt: skip


def _check_hours(desk: Desk, zone: Zone, facts: CameraHours) -> None:
    support.check_cameras(desk, _hours(zone, facts))
    if desk.session.scalars(select(CameraMonth.id).filter_by(zone_id=zone.id, month=facts.month)).first() is not None:
        raise Refused(say("这个月已经填报过。"))


def _run(desk: Desk, zone: Zone, facts: CameraHours, why: str) -> Row:
    _check_hours(desk, zone, facts)
    return Row(support.report_cameras(desk, _hours(zone, facts), why).id)


def _unrun(desk: Desk, _zone: Zone, made: Row, why: str) -> None:
    support.strike_out_cameras(desk, desk.session.get_one(CameraMonth, made.key), why)


def _hours(zone: Zone, facts: CameraHours) -> CameraMonth:
    return CameraMonth(zone_id=zone.id, month=facts.month, owed_hours=facts.owed, online_hours=facts.online)


def _check_live(desk: Desk, zone: Zone, facts: Live) -> None:
    if facts.address:
        support.check_live(facts.address)
    elif desk.session.get(LivePicture, zone.id) is None:
        raise Refused(say("现在没有实时画面的网址，不用撤下。"))


def _live(desk: Desk, zone: Zone, facts: Live, why: str) -> Live:
    now = desk.session.get(LivePicture, zone.id)
    before = Live(now.address if now else "")
    if facts.address:
        support.show_live(desk, zone, facts.address, why)
    elif now is not None:
        support.hide_live(desk, zone, why)
    return before


CHANGES: dict[ProposalKind, Change] = {
    ProposalKind.words: Change(_check_words, _tell, _tell),
    ProposalKind.standard: Change(_check_found, _find, _find),
    ProposalKind.unit_cameras: Change(_check_unit, _count, _count),
    ProposalKind.step: Change(_check_step, _step, _unstep),
    ProposalKind.subsidy: Change(_check_paid, _pay, _unpay),
    ProposalKind.camera_hours: Change(_check_hours, _run, _unrun),
    ProposalKind.live: Change(_check_live, _live, _live),
}

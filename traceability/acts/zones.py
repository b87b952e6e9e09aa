"""Acts on zones: founding, standards, steps to acceptance, units and who works in them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from zuofang.rules.sentences import say
from zuofang.storage.acts import Desk, Refused
from zuofang.traceability.models import (
    Batch,
    Certificate,
    Product,
    StandardState,
    Tenancy,
    Workshop,
    Zone,
    ZoneStandard,
    ZoneStep,
    ZoneStepKind,
    ZoneUnit,
)

TAKEN = ("compare",)
"""Names in addresses that belong to pages about several zones."""


def found_zone(desk: Desk, zone: Zone, why: str) -> Zone:
    """Enter a new zone.

    Raises:
        Refused: another page of ``/zones/`` stands at its address.
    """
    if zone.slug in TAKEN:
        raise Refused(say("这个网址名已经另有用处，请换一个。"))
    desk.session.add(zone)
    desk.record("zone.found", zone, why, slug=zone.slug, name=zone.name)
    return zone


@dataclass(frozen=True, slots=True)
class Story:
    """What a zone says of itself: its brand and its story, in Chinese and in English; empty where nothing is said."""

    brand: str
    story: str
    brand_en: str = ""
    story_en: str = ""


def tell_story(desk: Desk, zone: Zone, story: Story, why: str) -> Story:
    """Change what a zone says of itself; answers what it said before, with which the same act takes it back."""
    before = Story(zone.brand or "", zone.story or "", zone.brand_en or "", zone.story_en or "")
    zone.brand, zone.story = story.brand or None, story.story or None
    zone.brand_en, zone.story_en = story.brand_en or None, story.story_en or None
    changed = [
        name for name in ("brand", "story", "brand_en", "story_en") if getattr(before, name) != getattr(story, name)
    ]
    desk.record("zone.story", zone, why, changed=changed)
    return before


def count_cameras(
    desk: Desk, unit: ZoneUnit, cameras: int | None, on: date | None, evidence: str | None, why: str
) -> None:
    """Enter how many cameras a unit has and when they were counted; the same act with the old figures takes it back."""
    before = unit.cameras
    unit.cameras, unit.cameras_on, unit.cameras_evidence = cameras, on, evidence
    desk.record("zone.cameras", unit.zone, why, unit=unit.number, before=before, after=cameras, on=on)


def add_unit(desk: Desk, zone: Zone, number: str, cameras: int | None, why: str) -> ZoneUnit:
    """Enter a unit of a zone; ``cameras`` is empty while nobody has counted them."""
    unit = ZoneUnit(zone=zone, number=number, cameras=cameras)
    desk.session.add(unit)
    desk.record("zone.unit", zone, why, number=number, cameras=cameras)
    return unit


def find_standard(
    desk: Desk, zone: Zone, standard: str, state: StandardState, why: str, *,
    found: str | None = None, evidence: str | None = None, on: date | None = None,
) -> ZoneStandard:  # fmt: skip
    """Record what was found about one standard; the newest finding is the one shown, the older stays in the journal.

    Raises:
        Refused: the standard is not one of the rules.
    """
    if standard not in desk.rules.registers.standards:
        raise Refused(say("没有名为“%(standard)s”的建设标准。", standard=standard))
    row = desk.session.scalars(select(ZoneStandard).filter_by(zone_id=zone.id, standard=standard)).one_or_none()
    before = row.state if row else None
    row = row or ZoneStandard(zone=zone, standard=standard)
    row.state, row.found, row.evidence, row.on = state, found, evidence, on
    desk.session.add(row)
    desk.record("zone.standard", zone, why, standard=standard, before=before, after=state, found=found, on=on)
    return row


def take_step(
    desk: Desk, zone: Zone, kind: ZoneStepKind, on: date, why: str, *, by: str | None = None, report: str | None = None
) -> ZoneStep:
    """Record a step to acceptance (申报、建设、初评、验收、复核)."""
    step = ZoneStep(zone=zone, kind=kind, on=on, by=by, report=report)
    desk.session.add(step)
    desk.record("zone.step", zone, why, step=kind, on=on, report=report)
    return step


def take_back_step(desk: Desk, step: ZoneStep, why: str) -> None:
    """Take back a step that was recorded in error."""
    desk.session.delete(step)
    desk.record("zone.step_back", step.zone, why, step=step.kind, on=step.on)


def admit(desk: Desk, workshop: Workshop, unit: ZoneUnit, since: date, why: str) -> Tenancy:
    """Let a workshop into a unit: without a certificate in force there is no entry (福安市工作方案 二（四）).

    Raises:
        Refused: no certificate is in force on that day, or the unit is taken.
    """
    if not certificate_in_force(desk, workshop, since):
        raise Refused(say("“%(name)s”在 %(day)s 没有有效的登记证，不能进驻。", name=workshop.name, day=since))
    taken = select(Tenancy).where(Tenancy.unit_id == unit.id, (Tenancy.until.is_(None)) | (Tenancy.until >= since))
    if desk.session.scalars(taken).first():
        raise Refused(say("单元 %(number)s 在 %(day)s 已有作坊。", number=unit.number, day=since))
    tenancy = Tenancy(workshop_id=workshop.id, unit=unit, since=since)
    desk.session.add(tenancy)
    desk.record("zone.admit", workshop, why, unit=unit.number, since=since, touches=[unit.zone])
    return tenancy


def leave(desk: Desk, tenancy: Tenancy, until: date, why: str) -> None:
    """End a workshop's time in its unit; ``until`` is its last day there."""
    if until < tenancy.since:
        raise Refused(say("离开的日期早于进驻的日期。"))
    tenancy.until = until
    subject = ("workshop", str(tenancy.workshop_id))
    desk.record("zone.leave", subject, why, unit=tenancy.unit.number, until=until, touches=[tenancy.unit.zone])


def undo_leave(desk: Desk, tenancy: Tenancy, why: str) -> None:
    """Take back that a workshop left its unit.

    Raises:
        Refused: it did not leave, or another workshop sits there by now.
    """
    if tenancy.until is None:
        raise Refused(say("这家作坊没有离开这个单元。"))
    later = select(Tenancy.id).where(Tenancy.unit_id == tenancy.unit_id, Tenancy.since > tenancy.until)
    if desk.session.scalars(later).first():
        raise Refused(say("单元 %(number)s 之后已有别的作坊。", number=tenancy.unit.number))
    tenancy.until = None
    subject = ("workshop", str(tenancy.workshop_id))
    desk.record("zone.undo_leave", subject, why, unit=tenancy.unit.number, touches=[tenancy.unit.zone])


def undo_admission(desk: Desk, tenancy: Tenancy, why: str) -> None:
    """Take back an admission that was recorded in error, as long as the workshop has made nothing there.

    Raises:
        Refused: a batch was made since.
    """
    made = (
        select(Batch.id).join(Product).where(Product.workshop_id == tenancy.workshop_id, Batch.made_on >= tenancy.since)
    )
    if desk.session.scalars(made).first():
        raise Refused(say("进驻以后已经有生产批次，不能撤销，只能登记离开。"))
    subject = ("workshop", str(tenancy.workshop_id))
    desk.record("zone.undo_admission", subject, why, unit=tenancy.unit.number, touches=[tenancy.unit.zone])
    desk.session.delete(tenancy)
    desk.session.flush()


def certificate_in_force(desk: Desk, workshop: Workshop, on: date) -> bool:
    """Whether a workshop holds a certificate in force on a day."""
    statement = select(Certificate.id).where(
        Certificate.workshop_id == workshop.id,
        Certificate.since <= on,
        (Certificate.until.is_(None)) | (Certificate.until >= on),
        (Certificate.revoked_on.is_(None)) | (Certificate.revoked_on > on),
    )
    return desk.session.scalars(statement).first() is not None

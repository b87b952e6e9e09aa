"""What a zone must look after: papers of those inside, cameras of its units, standards that are not met."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import Connection, Date, func, or_, select, type_coerce

from zuofang.rules.book import RuleBook
from zuofang.rules.registers import ZoneStandardRule
from zuofang.rules.sentences import Sentence, say
from zuofang.traceability.models import (
    CameraMonth,
    Certificate,
    StandardState,
    Tenancy,
    Workshop,
    ZoneStandard,
    ZoneUnit,
)


class CheckKind(StrEnum):
    """What is to be looked after: 证照、监控、设施."""

    papers = "papers"
    cameras = "cameras"
    facility = "facility"


@dataclass(frozen=True, slots=True)
class Check:
    """One thing to look after in a zone: ``key`` names the unit or the standard, as in an address.

    ``day`` is its last day where it has one (``ends``), else since when.
    """

    zone: int
    kind: CheckKind
    key: str
    about: str | Sentence
    why: Sentence
    source: str
    day: date
    ends: bool = False


@dataclass(frozen=True, slots=True)
class Watch:
    """Which zones are looked at, on which day, and how far ahead."""

    zones: frozenset[int]
    on: date
    until: date
    rules: RuleBook

    def standard(self, key: str) -> ZoneStandardRule | None:
        """A standard of zones that is in force on the day."""
        rule = self.rules.registers.standards.get(key)
        return rule if rule and rule.since <= self.on and (rule.until is None or self.on <= rule.until) else None


def zone_checks(connection: Connection, watch: Watch) -> list[Check]:
    """Everything to look after in these zones. Four statements."""
    return [*_papers(connection, watch), *_cameras(connection, watch), *_hours(connection, watch),
            *_standards(connection, watch)]  # fmt: skip


def _papers(connection: Connection, watch: Watch) -> Iterator[Check]:
    """Those inside whose certificate has ended or soon will: without one nobody may produce in a zone."""
    last = (
        select(func.max(func.coalesce(Certificate.revoked_on, Certificate.until, date.max)))
        .where(Certificate.workshop_id == Workshop.id, Certificate.since <= watch.on)
        .scalar_subquery()
    )
    inside = or_(Tenancy.until.is_(None), Tenancy.until >= watch.on)
    rows = (
        select(ZoneUnit.zone_id, ZoneUnit.number, Workshop.name, Tenancy.since, type_coerce(last, Date))
        .join(Tenancy, Tenancy.unit_id == ZoneUnit.id)
        .join(Workshop, Workshop.id == Tenancy.workshop_id)
        .where(ZoneUnit.zone_id.in_(watch.zones), inside)
        .order_by(ZoneUnit.number)
    )
    rule = watch.standard("papers")
    for zone, unit, name, since, until in connection.execute(rows):
        about = say("%(unit)s %(name)s", unit=unit, name=name)
        if rule is not None and until is None:
            yield Check(zone, CheckKind.papers, "", about, say("没有登记证"), rule.source, since)
        elif rule is not None and until <= watch.until:
            why = say("登记证%(day)s到期，没有新证不能在区内生产", day=until)
            yield Check(zone, CheckKind.papers, "", about, why, rule.source, until, ends=True)


def _cameras(connection: Connection, watch: Watch) -> Iterator[Check]:
    """Units in which fewer cameras work than a unit must have."""
    rule = watch.standard("cameras")
    if rule is None or rule.minimum is None:
        return
    rows = (
        select(ZoneUnit)
        .where(ZoneUnit.zone_id.in_(watch.zones), ZoneUnit.cameras < rule.minimum)
        .order_by(ZoneUnit.number)
    )
    for row in connection.execute(rows):
        told = {"count": row.cameras, "least": int(rule.minimum), "evidence": row.cameras_evidence or ""}
        why = say("能用的监控点位 %(count)s 个，至少要有 %(least)s 个。%(evidence)s", **told)
        about, since = say("单元 %(unit)s", unit=row.number), row.cameras_on or watch.on
        yield Check(row.zone_id, CheckKind.cameras, f"unit={row.id}", about, why, rule.source, since)


def _hours(connection: Connection, watch: Watch) -> Iterator[Check]:
    """Zones that have reported months of their cameras before, and not the last one."""
    rule, this = watch.standard("monitoring"), watch.on.replace(day=1)
    rows = (
        select(CameraMonth.zone_id, type_coerce(func.max(CameraMonth.month), Date))
        .where(CameraMonth.zone_id.in_(watch.zones))
        .group_by(CameraMonth.zone_id)
    )
    for zone, newest in connection.execute(rows):
        if rule is not None and (this.year - newest.year) * 12 + this.month - newest.month > 1:
            about, why = say("摄像头在线时长"), say("上个月的还没有登记")
            yield Check(zone, CheckKind.cameras, "", about, why, rule.source, this)


def _standards(connection: Connection, watch: Watch) -> Iterator[Check]:
    """Standards that were found not to be met."""
    rows = (
        select(ZoneStandard.zone_id, ZoneStandard.standard, ZoneStandard.found, type_coerce(ZoneStandard.on, Date))
        .where(ZoneStandard.zone_id.in_(watch.zones), ZoneStandard.state == StandardState.not_met)
        .order_by(ZoneStandard.id)
    )
    for zone, key, found, on in connection.execute(rows):
        rule = watch.standard(key)
        if rule is not None:
            why = say("没有达到：%(requirement)s。%(found)s", requirement=rule.requirement, found=found or "")
            yield Check(zone, CheckKind.facility, f"standard={key}", rule.name, why, rule.source, on or watch.on)
